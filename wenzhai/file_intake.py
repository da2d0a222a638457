"""The files, folders, archives and other sites that a person names for import, as offers.

Owns reading outside the site and what is refused; knows nothing of formats but their suffixes.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import BinaryIO

from wenzhai.archives import ZIP, Member, read_archive
from wenzhai.config import SOURCES
from wenzhai.importers.formats import LARGEST_CONTAINER, largest, unknown_kind
from wenzhai.importers.html.saved import is_page
from wenzhai.importers.image_kinds import image_kind
from wenzhai.importers.origin import Origin
from wenzhai.offers import OPML, Offer
from wenzhai.pairing import ARTICLES, SAVED_FOLDERS, is_companion
from wenzhai.problems import Problem, Span, problem
from wenzhai.scan import is_ignored
from wenzhai.site_intake import SiteArticle, SiteFile, SiteFolder, open_site, site_articles

Found = Offer | SiteFile | Problem


@dataclass(frozen=True, slots=True)
class Ground:
    """What paths are seen from: the site, and a folder for what is unpacked on the way.

    ``apart`` tells that articles and what they show go to a folder of their own, not to the site.
    """

    site: Path
    unpacked: Path
    apart: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    shown: str
    name: str
    inside: bool


def find_offers(source: str, ground: Ground) -> Iterator[Found]:
    """Find what lies at a path, which counts from here, else from the site's folder.

    Problem codes: W702 kind not understood, E707 too large, E708 cannot be read, E711 folder of
    the site itself, E712 name that is ignored, E713 nothing there; those of archives and of
    site_articles.
    """
    path = Path(source)
    if not path.exists() and (ground.site / source).exists():
        path = ground.site / source
    own, real = (ground.site / SOURCES).resolve(), path.resolve()
    if not path.exists():
        yield problem("E713", Span(source))
    elif path.is_dir():
        yield from _in_folder(path, source, real, own, ground)
    else:
        inside = real.is_relative_to(own)
        name = real.relative_to(own).as_posix() if inside else path.name
        yield from _offers(_File(path, source, unicodedata.normalize("NFC", name), inside), ground)


def _in_folder(path: Path, shown: str, real: Path, own: Path, ground: Ground) -> Iterator[Found]:
    inside = real.is_relative_to(own)
    if not inside and (own.is_relative_to(real) or real.is_relative_to(ground.site.resolve())):
        yield problem("E711", Span(shown))
        return
    other = None if inside else open_site(real)
    if other is not None:
        yield from _in_site(other, shown, ground)
        return
    base = own if inside else real
    for file in sorted(_walk(real), key=lambda item: item.relative_to(real).as_posix()):
        relative = unicodedata.normalize("NFC", file.relative_to(base).as_posix())
        near = (path / file.relative_to(real)).as_posix()
        yield from _offers(_File(file, near, relative, inside), ground)


def _in_site(other: SiteFolder, shown: str, ground: Ground) -> Iterator[Found]:
    """Offer the articles of another generator's site, and what they show."""
    for item in site_articles(other, shown, ARTICLES if ground.apart else SOURCES):
        if not isinstance(item, SiteArticle):
            yield item
            continue
        found = _read(_File(item.path, f"{shown}/{item.place}", item.name, inside=False))
        origin = Origin(former=item.former)
        yield replace(found, origin=origin) if isinstance(found, Offer) else found


def _walk(folder: Path) -> Iterator[Path]:
    """Find the files below a folder but those that are ignored or only come along."""
    for place, folders, names in os.walk(folder):
        folders[:] = [
            name for name in folders if not (is_ignored(name) or name.endswith(SAVED_FOLDERS))
        ]
        for name in names:
            if not is_ignored(name) and not is_companion(name):
                yield Path(place, name)


def _offers(file: _File, ground: Ground) -> Iterator[Found]:
    if not file.name.lower().endswith(ZIP) or not file.path.is_file():
        found = _read(file)
        yield found
        if isinstance(found, Offer) and is_page(file.name) and not (file.inside or ground.apart):
            yield from _saved_with(file)
        return
    try:
        with file.path.open("rb") as archive:
            yield from in_archive(archive, file.shown, file.name[: -len(ZIP)], ground)
    except OSError as error:
        yield problem("E708", Span(file.shown), reason=error.strerror or error)


def _saved_with(file: _File) -> Iterator[SiteFile]:
    """Give the images that a browser saved in a folder beside a page, whatever their names."""
    for end in SAVED_FOLDERS:
        folder = file.path.with_name(file.path.stem + end)
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink() and _is_image(path):
                place = PurePosixPath(file.name).parent / path.relative_to(folder.parent).as_posix()
                yield SiteFile(path, unicodedata.normalize("NFC", place.as_posix()))


def _is_image(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(image_kind(file.read(2048)))
    except OSError:
        return False


def in_archive(archive: BinaryIO, shown: str, folder: str, ground: Ground) -> Iterator[Found]:
    """Offer the files of an archive in a folder of its name, even if that is their folder in it.

    Images that were saved with pages are unpacked, so that the pages have them beside.
    Problem codes: those of read_archive, E708 image not to be unpacked.
    """
    top = PurePosixPath(folder).name + "/"
    room = ground.unpacked / sha256(shown.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    for item in read_archive(archive, shown, LARGEST_CONTAINER):
        if isinstance(item, Problem):
            yield item
            continue
        name = f"{folder}/{item.name.removeprefix(top)}"
        place = room / name
        if item.along:
            found = _unpacked(item, place, name, shown)
            yield from () if ground.apart and isinstance(found, SiteFile) else (found,)
        else:
            yield Offer(f"{shown}/{item.name}", name, item.content, folder=place.parent)


def _unpacked(item: Member, place: Path, name: str, shown: str) -> SiteFile | Problem:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(item.content)
    except OSError as error:
        return problem("E708", Span(f"{shown}/{item.name}"), reason=error.strerror or error)
    return SiteFile(place, name)


def _read(file: _File) -> Offer | Problem:
    unknown = unknown_kind(file.name)
    if unknown and not file.name.lower().endswith(OPML):
        return replace(unknown, span=Span(file.shown))
    if any(is_ignored(part) for part in file.name.split("/")):
        return problem("E712", Span(file.shown), name=file.name)
    try:
        status = file.path.stat()
        if not S_ISREG(status.st_mode):
            return problem("E708", Span(file.shown), reason="not a regular file")
        limit = largest(file.name)
        if status.st_size > limit:
            return problem("E707", Span(file.shown), size=status.st_size, limit=limit)
        folder = file.path.parent.resolve()
        with file.path.open("rb"):  # one that may not be read is told now
            real = file.path.resolve()
            return Offer(file.shown, file.name, b"", file.inside, folder=folder, file=real)
    except OSError as error:
        return problem("E708", Span(file.shown), reason=error.strerror or error)
