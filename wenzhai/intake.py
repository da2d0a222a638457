"""What a person names for import becomes texts: files, folders, or standard input.

Owns reading outside the site and what is refused; knows nothing of formats but their suffixes.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from wenzhai.config import SOURCES
from wenzhai.importers.reading import LARGEST, LARGEST_CONTAINER, is_container, unknown_kind
from wenzhai.pairing import is_companion
from wenzhai.problems import Problem, Span, problem
from wenzhai.scan import is_ignored

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A text offered for import.

    ``shown`` is what messages call it, ``name`` its path below content/sources (NFC; empty for
    standard input, which has none), ``inside`` whether it lies there already.
    """

    shown: str
    name: str
    content: bytes
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """What was found: texts, what is wrong with things asked for, and notes on folders' rest."""

    offers: tuple[Offer, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]

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


def take_in(sources: Sequence[str], site: Path, stdin: BinaryIO) -> Intake:
    """Read all that the command line names; ``-`` is standard input.

    Problem codes: W702 kind not understood, E707 too large, E708 cannot be read, W709 a web
    address, E711 folder of the site itself, E712 name that is ignored, E713 nothing there.
    """
    offers: dict[tuple[str, bytes], Offer] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    for source in sources:
        if source == "-":
            found: list[Offer | Problem] = [Offer("-", "", stdin.read(LARGEST + 1))]
        elif ADDRESS.match(source):
            found = [problem("W709", Span(source), url=source)]
        else:
            found = list(_at(_resolve(source, site), source, site))
        for item in found:
            if isinstance(item, Offer):
                offers.setdefault((item.name, item.content), item)
            elif item.code == "W702" and item.span.path != source:
                notes.append(item)
            else:
                problems.append(item)
    return Intake(tuple(offers.values()), tuple(problems), tuple(notes))


def _resolve(source: str, site: Path) -> Path:
    """Find a path from here, else from the site's folder, where messages count from."""
    path = Path(source)
    return path if path.exists() or not (site / source).exists() else site / source


def _at(path: Path, shown: str, site: Path) -> Iterator[Offer | Problem]:
    own = (site / SOURCES).resolve()
    real = path.resolve()
    if not path.exists():
        yield problem("E713", Span(shown))
    elif path.is_dir():
        yield from _in_folder(path, shown, real, own, site.resolve())
    else:
        inside = real.is_relative_to(own)
        name = real.relative_to(own).as_posix() if inside else path.name
        yield _read(_File(path, shown, unicodedata.normalize("NFC", name), inside))


def _in_folder(
    path: Path, shown: str, real: Path, own: Path, site: Path
) -> Iterator[Offer | Problem]:
    inside = real.is_relative_to(own)
    if not inside and (own.is_relative_to(real) or real.is_relative_to(site)):
        yield problem("E711", Span(shown))
        return
    base = own if inside else real
    for file in sorted(_walk(real), key=lambda item: item.relative_to(real).as_posix()):
        relative = unicodedata.normalize("NFC", file.relative_to(base).as_posix())
        near = (path / file.relative_to(real)).as_posix()
        yield _read(_File(file, near, relative, inside))


def _walk(folder: Path) -> Iterator[Path]:
    """Find the files below a folder but those that are ignored or only come along."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not is_ignored(name)]
        for name in names:
            if not is_ignored(name) and not is_companion(name):
                yield Path(place, name)


def _read(file: _File) -> Offer | Problem:
    if unknown := unknown_kind(file.shown):
        return unknown
    if any(is_ignored(part) for part in file.name.split("/")):
        return problem("E712", Span(file.shown), name=file.name)
    try:
        status = file.path.stat()
        if not S_ISREG(status.st_mode):
            return problem("E708", Span(file.shown), reason="not a regular file")
        limit = LARGEST_CONTAINER if is_container(file.shown) else LARGEST
        if status.st_size > limit:
            return problem("E707", Span(file.shown), size=status.st_size, limit=limit)
        return Offer(file.shown, file.name, file.path.read_bytes(), file.inside)
    except OSError as error:
        return problem("E708", Span(file.shown), reason=error.strerror or error)
