"""Lines of a source text: cleaned for reading, each character still knowing where it stood.

Owns splitting, invisible characters, entities and stray tags, and the repair of wrapped or
run-together lines; knows nothing of what lines mean.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from wenzhai.importers.folding import display_width, fold

BREAK = re.compile(r"\r\n|\r|\n")
"""Only these end a line: U+2028, U+0085 and form feeds stand inside text that was pasted."""

TAGS = "strong|b|em|i|u|s|p|br|div|span|font|section|center|h[1-6]|a|img|li|ul|ol|blockquote|hr"
SCRAP = re.compile(
    rf"(?P<entity>&(?:#\d{{1,7}}|#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z]{{2,8}});)"
    rf"|(?P<tag></?(?:{TAGS})(?:\s[^<>]{{0,500}})?/?>)"
    r"|(?P<hidden>[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u2060\ufeff]+)",
)
SCRAP_START = re.compile(r"[&<\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u2060\ufeff]")
SENTENCE_END = re.compile(r"[。！？!?…；;.：:][”’」』）)】》\"']*$")
WIDE_GAP = re.compile(r"(?<=[。！？!?…”」）)])[\u3000 ]*\u3000\u3000[\u3000 ]*")
ANY_GAP = re.compile(r"(?<![\u3000 ])[\u3000 ]*\u3000\u3000[\u3000 ]*")
NARROWEST_SCREEN, WIDEST_SCREEN = 40, 130
"""Columns at which old programs wrapped texts."""
LONG_SINGLE = 100
"""A text of one or two physical lines at least this long was run together."""


class Line(NamedTuple):
    """A cleaned line: ``text`` has no margins; ``origin`` gives each character's source offset.

    ``gap`` tells that a blank line stood before it, ``indent`` that it began with white space.
    """

    text: str
    origin: Sequence[int]
    gap: bool = False
    indent: bool = False

    def cut(self, start: int, end: int | None = None) -> Line:
        """Return a stretch of this line without margins; offsets in ``text``."""
        piece = self.text[start:end]
        shown = piece.strip()
        if len(shown) == len(self.text):
            return self
        start += len(piece) - len(piece.lstrip())
        return Line(shown, self.origin[start : start + len(shown)], self.gap, self.indent)

    @property
    def folded(self) -> str:
        """The text with full-width forms, bars and spaces made ASCII: for matching only."""
        return fold(self.text)


@dataclass(frozen=True, slots=True)
class Scrap:
    """A stretch of the source, in offsets, that no reader should see."""

    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A source split into lines; ``starts`` are the offsets at which physical lines begin."""

    source: str
    starts: tuple[int, ...]
    lines: tuple[Line, ...]
    scraps: tuple[Scrap, ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line (from 1) and the column (from 0) of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1]

    def number(self, line: Line) -> int:
        """Return the physical line (from 1) on which a line starts."""
        return self.place(line.origin[0])[0] if line.origin else 0


def join_lines(lines: Sequence[Line], glue: str | None = None) -> Line:
    """Join lines into one; the glue's characters have the origin of what stands before them.

    Without a glue, a space parts Latin text and nothing parts Han characters.
    """
    texts = [lines[0].text]
    origin = list(lines[0].origin)
    for before, line in pairwise(lines):
        latin = before.text[-1] < "\u1100" and line.text[0] < "\u1100"
        between = (" " if latin else "") if glue is None else glue
        texts += between, line.text
        origin += [origin[-1]] * len(between)
        origin += line.origin
    return Line("".join(texts), origin, lines[0].gap, lines[0].indent)


def read_page(source: str) -> Page:
    """Split a source into cleaned lines and mend its line structure."""
    starts, raw = _physical(source)
    lines: list[Line] = []
    scraps: list[Scrap] = []
    gap = False
    scrappy = SCRAP_START.search(source) is not None
    for start, text in raw:
        doubtful = scrappy and SCRAP_START.search(text)
        line = _clean(text, start, scraps) if doubtful else _plain(text, start)
        if line.text:
            lines.append(Line(line.text, line.origin, gap, text[:1].isspace()))
        gap = not line.text
    parted = [piece for line in lines for piece in _part(line, whole=len(lines) <= 3)]  # noqa: PLR2004  # title, credits, text
    return Page(source, starts, _unwrap(parted), tuple(scraps))


def _physical(source: str) -> tuple[tuple[int, ...], list[tuple[int, str]]]:
    starts, raw, start = [0], [], 0
    for found in BREAK.finditer(source):
        raw.append((start, source[start : found.start()]))
        start = found.end()
        starts.append(start)
    raw.append((start, source[start:]))
    return tuple(starts), raw


def _plain(text: str, start: int) -> Line:
    return Line(text, range(start, start + len(text))).cut(0)


def _clean(text: str, start: int, scraps: list[Scrap]) -> Line:
    """Drop invisible characters and stray tags, decode entities, note each in ``scraps``."""
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for found in SCRAP.finditer(text):
        shown, reason = _shown(found, text)
        if not reason:
            continue
        pieces += text[at : found.start()], shown
        origin += range(start + at, start + found.start())
        origin += [start + found.start()] * len(shown)
        scraps.append(Scrap(reason, start + found.start(), start + found.end()))
        at = found.end()
    if not at:
        return _plain(text, start)
    origin += range(start + at, start + len(text))
    return Line("".join(pieces) + text[at:], origin).cut(0)


def _shown(found: re.Match[str], text: str) -> tuple[str, str]:
    """Return what stands for a scrap and why, or an empty reason where it is text after all."""
    if found["hidden"]:
        return "", "invisible"
    if found["entity"]:
        shown = html.unescape(found[0])
        keep = shown == found[0] or SCRAP.fullmatch(shown)
        return (found[0], "") if keep else (" " if shown.isspace() else shown, "entity")
    name = re.sub(r"\W", " ", found[0]).split()[0]
    paired = f"</{name}" in text and f"<{name}" in text
    return ("", "markup") if paired or name in {"br", "img", "hr", "p"} else (found[0], "")


def _part(line: Line, *, whole: bool) -> list[Line]:
    """Part a line at the wide gaps that once were paragraph indents."""
    if "\u3000\u3000" not in line.text:
        return [line]
    pattern = ANY_GAP if whole and len(line.text) >= LONG_SINGLE else WIDE_GAP
    cuts = [found.span() for found in pattern.finditer(line.text)]
    if not cuts:
        return [line]
    bounds = [0, *(edge for cut in cuts for edge in cut), len(line.text)]
    pieces = [line.cut(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
    return [piece for piece in pieces if piece.text]


def _unwrap(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Join lines that were wrapped at a fixed width; others stay as they are."""
    limit = _wrap_width(lines)
    if not limit:
        return tuple(lines)
    marked = any(line.gap or line.indent for line in lines[2:])
    out: list[list[Line]] = []
    for before, line in pairwise([None, *lines]):
        if before and line and _continues(before, line, limit, marked=marked):
            out[-1].append(line)
        elif line:
            out.append([line])
    return tuple(join_lines(group) if group[1:] else group[0] for group in out)


def _wrap_width(lines: Sequence[Line]) -> int:
    """Return the width at which a text was wrapped, or 0.

    Wrapped text has many lines of nearly the same width that break off inside a sentence.
    """
    if any(_is_too_wide(line.text) for line in lines):
        return 0
    widths = [display_width(line.text) for line in lines]
    limit = max(widths, default=0)
    broken = [
        width
        for line, width in zip(lines, widths, strict=True)
        if not SENTENCE_END.search(line.text) and width * 2 > limit
    ]
    full = [width for width in broken if width >= limit * 0.8]
    wide = sum(width * 3 > limit for width in widths)  # title, credits and greetings are no prose
    enough = len(full) >= 3 and len(full) * 4 >= wide  # noqa: PLR2004  # two may be chance
    return limit if limit >= NARROWEST_SCREEN and enough else 0


def _is_too_wide(text: str) -> bool:
    """Tell whether a line is wider than any screen; a character takes two columns at most."""
    return len(text) * 2 > WIDEST_SCREEN and display_width(text) > WIDEST_SCREEN


def _continues(before: Line, line: Line, limit: int, *, marked: bool) -> bool:
    if line.gap or (line.indent and not before.indent):
        return False
    ended = bool(SENTENCE_END.search(before.text))
    if ended and not marked:
        return False
    first = re.match(r"[!-~]+|.{1,2}", line.text)
    room = display_width(before.text) + (display_width(first[0]) if first else 0)
    return room > limit - 1
