"""The files in a zip archive, as far as they can be trusted.

Owns what an archive may do: its names stay inside, its files end where they must, and what it
says of sizes is not believed.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from lzma import LZMAError
from stat import S_ISLNK
from typing import BinaryIO

from wenzhai.importers.decode import Decoded, decode
from wenzhai.importers.formats import unknown_kind
from wenzhai.importers.image_kinds import image_kind
from wenzhai.pairing import is_companion, is_saved_along
from wenzhai.problems import Problem, Span, problem
from wenzhai.scan import is_ignored

ZIP = ".zip"
MOST_FILES = 20_000
MOST_BYTES = 500_000_000
"""Of all files of an archive and those in it, unpacked."""
WORST_RATIO = 200
"""Unpacked to packed size; text is packed to a tenth, a page of one word to a hundredth."""
SMALL = 1_000_000
"""Bytes of a file that harms nobody, however well it was packed."""
DEEPEST = 2
"""An archive in an archive."""
_UNSAFE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|\x00")
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    LZMAError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path in it (NFC, no part of it hidden), and its bytes.

    One that comes ``along`` is an image that a browser saved with a page.
    """

    name: str
    content: bytes
    along: bool = False


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked; archives in an archive share it."""

    files: int
    size: int


def read_archive(
    archive: BinaryIO, shown: str, largest: int, files: int = MOST_FILES, size: int = MOST_BYTES
) -> Iterator[Member | Problem]:
    """Unpack what could be an article in a zip archive and in archives in it.

    Args:
        archive: the open archive.
        shown: what problems call it; its files are shown/NAME.
        largest: bytes of a file; one that has more ends one byte behind that, for the reader of
            its kind to refuse.
        files: how many files are unpacked at most, those of inner archives too.
        size: how many bytes they have at most, all together.

    Problem codes: E740 cannot be read, E741 encrypted, E742 unsafe name, E743 too much, E744 too
    deep, W702 kind not understood.
    """
    yield from _unpack(archive, shown, largest, _Budget(files, size), 1)


def _unpack(
    archive: BinaryIO, shown: str, largest: int, budget: _Budget, depth: int
) -> Iterator[Member | Problem]:
    try:
        opened = zipfile.ZipFile(archive)
    except _BROKEN as error:
        yield problem("E740", Span(shown), reason=error)
        return
    with opened:
        rows = [row for row in opened.infolist() if not row.is_dir()]
        for row, name in zip(rows, _names(rows), strict=True):
            budget.files -= 1
            if budget.files < 0:
                yield problem("E743", Span(shown), limit=f"{MOST_FILES:,}")
                return
            if any(is_ignored(part) for part in name.split("/") if part != ".."):
                continue
            if is_companion(name) and not is_saved_along(name):
                continue
            if is_companion(name):
                yield from _images(_take(opened, row, name, f"{shown}/{name}", largest, budget))
                continue
            if unknown := None if name.lower().endswith(ZIP) else unknown_kind(name):
                yield replace(unknown, span=Span(f"{shown}/{name}"))
                continue
            found = _take(opened, row, name, f"{shown}/{name}", largest, budget)
            if isinstance(found, Member) and name.lower().endswith(ZIP):
                yield from _inner(found, f"{shown}/{name}", largest, budget, depth)
            else:
                yield found


def _images(found: Member | Problem) -> Iterator[Member | Problem]:
    """Give an image; scripts and styles that were saved with a page are of no use."""
    if isinstance(found, Problem):
        yield found
    elif image_kind(found.content):
        yield replace(found, along=True)


def _inner(
    found: Member, shown: str, largest: int, budget: _Budget, depth: int
) -> Iterator[Member | Problem]:
    if depth == DEEPEST:
        yield problem("E744", Span(shown))
        return
    for item in _unpack(io.BytesIO(found.content), shown, largest, budget, depth + 1):
        folder = found.name[: -len(ZIP)]
        yield replace(item, name=f"{folder}/{item.name}") if isinstance(item, Member) else item


def _take(
    opened: zipfile.ZipFile,
    row: zipfile.ZipInfo,
    name: str,
    shown: str,
    largest: int,
    budget: _Budget,
) -> Member | Problem:
    if _UNSAFE.search(name) or S_ISLNK(row.external_attr >> 16):
        return problem("E742", Span(shown), name=name)
    if row.flag_bits & _ENCRYPTED:
        return problem("E741", Span(shown), name=name)
    if row.file_size > SMALL and row.file_size > WORST_RATIO * row.compress_size:
        return problem("E743", Span(shown), limit=f"1:{WORST_RATIO}")
    limit = budget.size if name.lower().endswith(ZIP) else min(budget.size, largest)
    try:
        with opened.open(row) as file:
            content = file.read(limit + 1)
    except _BROKEN as error:
        return problem("E740", Span(shown), reason=error)
    budget.size -= len(content)
    if budget.size < 0:
        return problem("E743", Span(shown), limit=f"{MOST_BYTES // 1_000_000} MB")
    return Member(name, content)


def _names(rows: list[zipfile.ZipInfo]) -> list[str]:
    """Read the names as they were meant: Windows packs Chinese ones as GBK and does not say so.

    The library reads names that are not marked as UTF-8 as code page 437 (APPNOTE D.1).
    """
    plain = [row.filename for row in rows if not row.flag_bits & _UTF8_NAME]
    encoding = _encoding_of(b"\n".join(name.encode("cp437", "replace") for name in plain))
    names = []
    for row in rows:
        name = row.filename
        if not row.flag_bits & _UTF8_NAME:
            name = name.encode("cp437", "replace").decode(encoding, "replace")
        names.append(unicodedata.normalize("NFC", name.replace("\\", "/")))
    return names


def _encoding_of(names: bytes) -> str:
    """Guess the encoding of all names at once; a few characters are too few to count."""
    if names.isascii():
        return "ascii"
    found = decode(names)
    if isinstance(found, Decoded):
        return found.encoding
    try:
        names.decode("gb18030")
    except UnicodeDecodeError:
        return "cp437"
    return "gb18030"
