"""Lines of an article's text become blocks: paragraphs, headings, captions and lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from wenzhai.importers.caption_sources import Evidence, gather_evidence
from wenzhai.importers.captions import find_caption
from wenzhai.importers.credit_labels import field_of
from wenzhai.importers.folding import fold
from wenzhai.importers.headings import Outline, Style, heading_levels, heading_style
from wenzhai.importers.lines import Line, join_lines
from wenzhai.importers.page_parts import is_prose

LABEL = re.compile(r"(?P<label>[^\s，,。：:“”]{1,8})[：:]")
MARKER = re.compile(r"[-*•·●▪] ?(?=\S)")
NUMBER = re.compile(r"(?P<number>\d{1,3})[.、)] ?(?=\S)")
MOST_CAPTIONS = 50
"""In one line; each costs a walk over it."""
MARKER_WIDTH = 8
"""Characters from which a list's marker is told."""
SHORT_TITLE = 20
MOST_BARE = 0.5
"""Where more of the lines are bare than this, they are verses or rows, not headings."""


class Part(NamedTuple):
    """A block with the lines it was made of; a list has a line an item.

    ``dropped`` are stretches that the markup replaces, such as list markers.
    """

    kind: Literal["paragraph", "heading", "caption", "bullets", "numbers"]
    lines: tuple[Line, ...]
    level: int = 0
    dropped: tuple[Line, ...] = ()


def build_blocks(lines: Sequence[Line], names: Iterable[str] = ()) -> tuple[Part, ...]:
    """Return the blocks of an article's lines, in order.

    ``names`` are those that its credits state: they tell where a caption's source ends.
    """
    evidence = gather_evidence((line.text for line in lines), names)
    pieces = [piece for line in lines for piece in _split_captions(line, evidence)]
    return tuple(_with_headings(tuple(_with_lists(pieces)), evidence.names))


def _split_captions(line: Line, evidence: Evidence) -> Iterator[Part]:
    """Cut captions out of the line they are glued to."""
    rest = line
    for _ in range(MOST_CAPTIONS):
        found = find_caption(rest.text, evidence)
        if not found:
            break
        start, end = found
        before = rest.cut(0, start)
        if before.text:
            yield Part("paragraph", (before,))
        yield Part("caption", (rest.cut(start, end),))
        rest = rest.cut(end)
    if rest.text:
        yield Part("paragraph", (rest,))


def _with_lists(parts: Sequence[Part]) -> Iterator[Part]:
    at = 0
    while at < len(parts):
        first = parts[at].lines[0].text[0]
        count = _run(parts, at, numbered=True) if first.isdigit() else 0
        bullets = _run(parts, at, numbered=False) if not first.isalnum() else 0
        if count > 1:
            yield _list(parts[at : at + count], NUMBER, "numbers")
        elif bullets > 1:
            yield _list(parts[at : at + bullets], MARKER, "bullets")
        else:
            yield parts[at]
        at += max(count, bullets, 1) if max(count, bullets) > 1 else 1


def _run(parts: Sequence[Part], at: int, *, numbered: bool) -> int:
    """Count the list items from an index on: numbers run from 1, bullets are alike."""
    count, first = 0, ""
    for part in parts[at:]:
        text = fold(part.lines[0].text[:MARKER_WIDTH])
        found = (NUMBER if numbered else MARKER).match(text) if part.kind == "paragraph" else None
        if not found or (numbered and int(found[0].rstrip(".、) ")) != count + 1):
            break
        first = first or text[0]
        if not numbered and text[0] != first:
            break
        count += 1
    return count


def _list(
    parts: Sequence[Part], pattern: re.Pattern[str], kind: Literal["bullets", "numbers"]
) -> Part:
    items, markers = [], []
    for part in parts:
        line = part.lines[0]
        found = pattern.match(fold(line.text))
        end = found.end() if found else 0
        markers.append(line.cut(0, end))
        items.append(line.cut(end))
    return Part(kind, tuple(items), dropped=tuple(markers))


def _with_headings(parts: Sequence[Part], names: frozenset[str]) -> Iterator[Part]:
    styles = [_style(part, names) for part in parts]
    styles = _plausible(parts, styles)
    levels = heading_levels(frozenset(styles))
    at, outline = 0, Outline()
    while at < len(parts):
        size = _heading_size(parts, styles, at)
        if not size:
            yield parts[at]
            at += 1
            continue
        joined = join_lines([part.lines[0] for part in parts[at : at + size]], " ")
        level = outline.enter(levels[styles[at]])
        yield Part("heading", (joined if size > 1 else parts[at].lines[0],), level)
        at += size


def _style(part: Part, names: frozenset[str]) -> Style:
    """Return how a part could be a heading; whoever signs a letter is none."""
    text = part.lines[0].text
    return heading_style(text) if part.kind == "paragraph" and text not in names else ""


def _plausible(parts: Sequence[Part], styles: Sequence[Style]) -> list[Style]:
    """Drop styles that cannot mean headings in this text."""
    if styles.count("section") < 2:  # noqa: PLR2004  # the word alone may be any heading
        styles = ["bare" if style == "section" else style for style in styles]
    styles = _without_speakers(parts, styles)
    paragraphs = sum(part.kind == "paragraph" for part in parts)
    bare = styles.count("bare")
    dropped: set[Style] = set()
    if bare > 2 and bare > MOST_BARE * paragraphs:  # noqa: PLR2004  # a few prove nothing
        dropped.add("bare")
    digits = [
        part.lines[0].text for part, style in zip(parts, styles, strict=True) if style == "digit"
    ]
    if [int(re.match(r"\d+", fold(text))[0]) for text in digits] != list(range(1, len(digits) + 1)):  # type: ignore[index]  # the style begins with digits
        dropped.add("digit")
    if len(digits) < 2:  # noqa: PLR2004  # a lone 1. opens a paragraph
        dropped.add("digit")
    return ["" if style in dropped else style for style in styles]


def _without_speakers(parts: Sequence[Part], styles: Sequence[Style]) -> list[Style]:
    """Take labelled lines for bare ones where other headings vouch for them, else for text.

    Whoever speaks twice is no title, nor are facts in rows.
    """
    labels = Counter(found["label"] for part in parts if (found := LABEL.match(part.lines[0].text)))
    many = styles.count("labelled") > 1 or "bare" in styles or "section" in styles
    out: list[Style] = []
    for at, style in enumerate(styles):
        if style != "labelled":
            out.append(style)
            continue
        label = LABEL.match(parts[at].lines[0].text)
        beside = {*styles[max(0, at - 1) : at], *styles[at + 1 : at + 2]}
        alone = label and labels[label["label"]] == 1 and not field_of(label["label"])
        alone = alone and not beside & {"labelled", "bare"}
        out.append("bare" if many and alone else "")
    return out


def _heading_size(parts: Sequence[Part], styles: Sequence[Style], at: int) -> int:
    """Return how many parts from an index on form one heading: 0, 1 or 2 (number and title)."""
    style = styles[at]
    if not style or (style == "bare" and not _follows_text(parts, at)):
        return 0
    if style == "number":
        titled = styles[at + 1 : at + 2] and styles[at + 1] in {
            "bare",
            "mark",
            "han",
            "digit",
            "frame",
        }
        size = 2 if titled or _short(parts, at + 1) else 1
        return size if _leads_to_text(parts, styles, at + size) else 0
    if style in {"frame", "section"}:
        return 1 if at + 1 < len(parts) else 0
    if style == "bare":
        run = next((n for n in range(len(parts) - at) if styles[at + n] != "bare"), len(parts) - at)
        before = at > 0 and styles[at - 1] == "bare"
        # Before all text stand names and dates that nothing claimed; a heading has companions.
        before = before or (at == 0 and (run > 1 or styles.count("bare") == 1))
        # A number heads what follows it, so that a bare line above it heads nothing.
        ahead = at + run < len(parts) and styles[at + run] != "number"
        fits = run <= 2 and ahead and not before  # noqa: PLR2004  # two lines, one heading
        return run if fits and _leads_to_text(parts, styles, at + run) else 0
    return 1 if at + 1 < len(parts) else 0


def _short(parts: Sequence[Part], at: int) -> bool:
    """A title that ends like a question is still a title behind its number."""
    return (
        at + 1 < len(parts)
        and parts[at].kind == "paragraph"
        and len(parts[at].lines[0].text) <= SHORT_TITLE
        and not parts[at].lines[0].text.endswith("。")
    )  # a short line


def _follows_text(parts: Sequence[Part], at: int) -> bool:
    """After a colon comes what it announces, not a heading."""
    return at == 0 or parts[at - 1].lines[-1].text[-1] not in ":："


def _leads_to_text(parts: Sequence[Part], styles: Sequence[Style], at: int) -> bool:
    if at >= len(parts):
        return False
    return bool(
        parts[at].kind != "paragraph"
        or styles[at] not in {"", "bare"}
        or is_prose(parts[at].lines[0].text)
    )
