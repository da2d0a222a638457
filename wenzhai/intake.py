"""What a person names for import becomes texts: files, folders, addresses or standard input.

Owns reading outside the site and what is refused; knows nothing of formats but their suffixes.
"""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import BinaryIO

from wenzhai.archives import ZIP, read_archive
from wenzhai.config import SOURCES
from wenzhai.importers.formats import LARGEST_CONTAINER, is_container, largest, unknown_kind
from wenzhai.importers.html.saved import is_page
from wenzhai.importers.image_kinds import image_kind
from wenzhai.importers.origin import Origin
from wenzhai.importers.sniff import sniff
from wenzhai.importers.subscriptions import read_opml
from wenzhai.pairing import SAVED_FOLDERS, is_companion
from wenzhai.problems import Problem, Span, problem
from wenzhai.scan import is_ignored
from wenzhai.site_intake import SiteArticle, SiteFile, SiteFolder, open_site, site_articles

LARGEST_INPUT = 100_000_000
"""Bytes of standard input that are read; it may be an archive."""
OPML = ".opml"
AT_ONCE = 8
"""Feeds of a list that are fetched at a time; they are on different hosts as a rule."""
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A text offered for import.

    ``shown`` is what messages call it, ``name`` its path below content/sources (NFC; empty for
    standard input, which has none), ``inside`` whether it lies there already, ``origin`` where it
    was fetched from, ``kind`` the suffix that it gets where it has no name, ``folder`` the one
    that it lies in. Of a ``file`` the content is read when it is needed.
    """

    shown: str
    name: str
    content: bytes
    inside: bool = False
    origin: Origin | None = None
    kind: str = ".txt"
    folder: Path | None = None
    file: Path | None = None

    def read(self) -> bytes:
        """Return the content.

        Raises:
            OSError: if the file cannot be read.
        """
        return self.content if self.file is None else self.file.read_bytes()


_Found = Offer | SiteFile | Problem
Fetch = Callable[[str], Offer | Problem]
"""Fetch what an address gives."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What was found: texts, what is wrong with things asked for, and notes on folders' rest.

    ``files`` are images and the like that the articles of another site show.
    """

    offers: tuple[Offer, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    files: tuple[SiteFile, ...] = ()

    @property
    def misnamed(self) -> bool:
        """Tell whether something was named that is not there."""
        return any(item.code == "E713" for item in self.problems)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    shown: str
    name: str
    inside: bool


def take_in(sources: Sequence[str], site: Path, stdin: BinaryIO, fetch: Fetch) -> Intake:
    """Read all that the command line names; ``-`` is standard input, addresses are fetched.

    Problem codes: W702 kind not understood, E707 too large, E708 cannot be read, E711 folder of
    the site itself, E712 name that is ignored, E713 nothing there; those of archives and ``fetch``.
    """
    offers: dict[tuple[str, bytes, Path | None], Offer] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    files: dict[str, SiteFile] = {}
    found: list[_Found]
    for source in sources:
        if source == "-":
            found = list(_standard_input(stdin))
        elif ADDRESS.match(source):
            found = [fetch(source)]
        else:
            found = list(_at(_resolve(source, site), source, site))
        for item in _subscribed(found, fetch):
            if isinstance(item, Offer):
                offers.setdefault((item.name, item.content, item.file), item)
            elif isinstance(item, SiteFile):
                files.setdefault(item.name, item)
            elif item.code == "W739" or (item.code == "W702" and item.span.path != source):
                notes.append(item)
            else:
                problems.append(item)
    return Intake(tuple(offers.values()), tuple(problems), tuple(notes), tuple(files.values()))


def _subscribed(found: Iterable[_Found], fetch: Fetch) -> Iterator[_Found]:
    """Put the feeds that a list of subscriptions names in its place."""
    for item in found:
        if not isinstance(item, Offer) or not item.name.lower().endswith(OPML):
            yield item
            continue
        urls = read_opml(item.read(), item.shown)
        if isinstance(urls, Problem):
            yield urls
            continue
        with ThreadPoolExecutor(AT_ONCE) as threads:
            yield from threads.map(fetch, urls)


def _standard_input(stdin: BinaryIO) -> Iterator[Offer | Problem]:
    """Read what is piped in; its bytes tell its kind."""
    content = stdin.read(LARGEST_INPUT + 1)
    kind = sniff(content) or ".txt"
    if kind == ZIP:
        yield from _in_archive(io.BytesIO(content), "-", "archive")
    elif kind == OPML or is_container(f"-{kind}"):
        yield Offer("-", f"feed-{sha256(content).hexdigest()[:8]}{kind}", content)
    else:
        yield unknown_kind(f"-{kind}") or Offer("-", "", content, kind=kind)


def _resolve(source: str, site: Path) -> Path:
    """Find a path from here, else from the site's folder, where messages count from."""
    path = Path(source)
    return path if path.exists() or not (site / source).exists() else site / source


def _at(path: Path, shown: str, site: Path) -> Iterator[_Found]:
    own = (site / SOURCES).resolve()
    real = path.resolve()
    if not path.exists():
        yield problem("E713", Span(shown))
    elif path.is_dir():
        yield from _in_folder(path, shown, real, own, site.resolve())
    else:
        inside = real.is_relative_to(own)
        name = real.relative_to(own).as_posix() if inside else path.name
        yield from _offers(_File(path, shown, unicodedata.normalize("NFC", name), inside))


def _in_folder(path: Path, shown: str, real: Path, own: Path, site: Path) -> Iterator[_Found]:
    inside = real.is_relative_to(own)
    if not inside and (own.is_relative_to(real) or real.is_relative_to(site)):
        yield problem("E711", Span(shown))
        return
    other = None if inside else open_site(real)
    if other is not None:
        yield from _in_site(other, shown)
        return
    base = own if inside else real
    for file in sorted(_walk(real), key=lambda item: item.relative_to(real).as_posix()):
        relative = unicodedata.normalize("NFC", file.relative_to(base).as_posix())
        near = (path / file.relative_to(real)).as_posix()
        yield from _offers(_File(file, near, relative, inside))


def _in_site(other: SiteFolder, shown: str) -> Iterator[_Found]:
    """Offer the articles of another generator's site, and what they show."""
    for item in site_articles(other, shown):
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


def _offers(file: _File) -> Iterator[_Found]:
    if not file.name.lower().endswith(ZIP) or not file.path.is_file():
        found = _read(file)
        yield found
        if isinstance(found, Offer) and is_page(file.name) and not file.inside:
            yield from _saved_with(file)
        return
    try:
        with file.path.open("rb") as archive:
            yield from _in_archive(archive, file.shown, file.name[: -len(ZIP)])
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


def _in_archive(archive: BinaryIO, shown: str, folder: str) -> Iterator[Offer | Problem]:
    """Offer the files of an archive in a folder of its name, even if that is their folder in it."""
    top = PurePosixPath(folder).name + "/"
    for item in read_archive(archive, shown, LARGEST_CONTAINER):
        if isinstance(item, Problem):
            yield item
        else:
            name = f"{folder}/{item.name.removeprefix(top)}"
            yield Offer(f"{shown}/{item.name}", name, item.content)


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
