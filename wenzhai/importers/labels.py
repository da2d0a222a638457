"""Every line of a saved text gets its label: title, credit, text, related, hot, or removed.

A state machine that is steered by labels in the text, not by positions: region, address, related
and hot lists come in any order. Knows nothing of headings and captions, which are text here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wenzhai.importers.bare_names import Around, may_be_name
from wenzhai.importers.beside import after_hot, in_comments, in_related
from wenzhai.importers.credit import Credits, Place
from wenzhai.importers.credits import read_credits
from wenzhai.importers.folding import bare, fold
from wenzhai.importers.hot import is_text_again
from wenzhai.importers.labelled import Labelled, Walk, credit_line
from wenzhai.importers.line_credits import article_credits, may_state
from wenzhai.importers.lines import Line
from wenzhai.importers.noise import (
    SHORT,
    boilerplate,
    glued_back_link,
    is_section,
    is_statement_label,
    opens_comments,
)
from wenzhai.importers.openings import Opening, find_opening
from wenzhai.importers.page_parts import find_title, is_prose, prose_follows
from wenzhai.importers.title import is_repeated
from wenzhai.regions import parse_region

LEAD_LABEL = re.compile(
    r"[【\[■◆▍ ]{0,2}(?:划重点|本文要点|内容要点|要点速览|太长不看|文章摘要|内容摘要|摘要|"
    r"核心提示|内容提要|编者按|导语|导读|"
    r"正文|Key (?:points|takeaways)|TL;DR)[】\]]? ?[:•·]?",
    re.IGNORECASE,
)
BARE_COUNT = re.compile(r"(?!0[1-9]$)\+?[\d,.]{1,7}[万wWkK+%]?")
NAMED = frozenset({"author", "source", "editor"})
WORDS = re.compile(r"(?=.{1,8}$)\w+(?: \w+)?")
"""A few words without a mark of punctuation."""
LONGEST_PLACE = 8
SHORTEST_SENTENCE = 14
"""Characters; labels that end like sentences are shorter."""
PROSE_START = re.compile(
    "[“「『]?(?:[\u3041-\u30ff\u3400-\u7b2b\u7b2d-\u9fff]|第(?=[\u3400-\u9fff]))"
    "|(?!(?i:no|to))[A-Za-z]{2}"
)
"""A Han or Kana character or a Latin word, but none that may begin a rank: 第1, No.1, TOP 1."""


def label_lines(lines: Sequence[Line], zone: str) -> tuple[Labelled, ...]:
    """Label all lines of a text, in their order; nothing is dropped."""
    title = find_title(lines, zone)
    prose = prose_follows(lines)
    walk = Walk(bare(lines[title].text) if title is not None else "", title or 0)
    out: list[Labelled] = []
    for index, line in enumerate(lines):
        if index == title:
            out.append(Labelled("title", line))
        elif index < walk.top and is_section(line.text):
            out.append(Labelled("removed", line, "navigation"))
        elif walk.skip:
            walk.skip -= 1
            out.append(Labelled("hot", line, "hot list"))
        else:
            out += _label(lines, index, walk, zone, tail=not prose[index])
    return tuple(out)


def _label(
    lines: Sequence[Line], index: int, walk: Walk, zone: str, *, tail: bool
) -> Iterator[Labelled]:
    line = lines[index]
    if walk.started and not tail and _is_paragraph(line.text, walk):
        yield Labelled("text", line)
    elif opening := find_opening(lines, index, walk.top, started=walk.started):
        yield _enter(line, opening, walk)
    elif walk.state == "comments":
        yield in_comments(line, zone)
    elif (walk.state == "related" and (row := in_related(line, walk, zone, tail=tail))) or (
        walk.state == "hot" and not is_text_again(line.text) and (row := after_hot(line, zone))
    ):
        yield row
    else:
        walk.state = "article"
        titled = index - 1 == walk.top and bool(walk.title)
        around = Around(lines[max(0, index - 1) : index], lines[index + 1 : index + 4], titled)
        walk.placed = not walk.started and (walk.dated or _is_only_place(lines, index, walk.top))
        walk.heads = not walk.started and _head_goes_on(around.below, zone)
        yield from _in_article(line, walk, zone, around, tail=tail)


def _is_paragraph(text: str, walk: Walk) -> bool:
    """Tell a paragraph between paragraphs that no rule below could take for anything else."""
    return (
        walk.state == "article"
        and not walk.notice
        and len(text) > SHORTEST_SENTENCE
        and (text[-1] in "。”" or (len(text) > SHORT and text[-1] in "！？"))
        and bool(PROSE_START.match(text))
        and not may_state(text)
        and not boilerplate(text)
        and not opens_comments(text)
        and glued_back_link(text) == len(text)
    )


def _is_only_place(lines: Sequence[Line], index: int, top: int) -> bool:
    """Tell whether one place stands alone on a line near the top, and no other anywhere."""
    if index - top > 3 or not parse_region(lines[index].text):  # noqa: PLR2004  # title, name, place
        return False
    return not any(
        len(line.text) <= LONGEST_PLACE and parse_region(line.text) for line in lines[index + 1 :]
    )


def _head_goes_on(below: Sequence[Line], zone: str) -> bool:
    """Tell whether a line that states several facts follows soon: then a lead stands before it."""
    stated: list[set[str] | None] = []
    for line in below:
        read = read_credits(line.text, zone, "head")
        named = set[str]() if may_be_name(line) else None
        stated.append({credit.field for credit in read.credits} if read else named)
    if any(fields and "date" in fields and fields & NAMED for fields in stated[:2]):
        return True
    run = next((at for at, fields in enumerate(stated) if fields is None), len(stated))
    return run > 1 and any(stated[:run])


def _enter(line: Line, opening: Opening, walk: Walk) -> Labelled:
    """Go on as the opening says; its label is left out."""
    walk.state = opening.state
    if opening.state == "comments":
        return Labelled("removed", line, "comment")
    walk.rows, walk.listed = 0, True
    walk.skip = opening.rows - opening.is_row
    if opening.is_row:
        return Labelled("hot", line, "hot list")
    return Labelled("removed", line, f"{opening.state} list")


def _in_article(
    line: Line, walk: Walk, zone: str, around: Around, *, tail: bool
) -> Iterator[Labelled]:
    text = line.text
    place: Place = "tail" if tail else "body" if walk.started else "head"
    if walk.title and (not walk.started or tail) and is_repeated(text, walk.title):
        yield Labelled("removed", line, "duplicate title")
    elif boilerplate(text) == "advert":
        walk.closed = walk.closed or tail
        yield Labelled("removed", line, "advert")
    elif read := article_credits(line, zone, place, around, dated=walk.dated, placed=walk.placed):
        walk.credited = walk.credited or tail
        yield from _with_rest(line, read, walk)
    elif reason := _notice(text, walk) or (
        boilerplate(text) or _stray(line, walk, place) or _lead_label(text)
    ):
        walk.closed = walk.closed or tail
        yield Labelled("removed", line, reason)
    else:
        walk.started = walk.started or (is_prose(text) and not walk.heads)
        cut = glued_back_link(text)
        yield Labelled("text", line.cut(0, cut))
        if cut < len(text):
            yield Labelled("removed", line.cut(cut), "navigation")


def _notice(text: str, walk: Walk) -> str:
    """A statement of the platform may stand below its label."""
    announced, walk.notice = walk.notice, is_statement_label(text)
    return "statement" if announced or walk.notice else ""


def _lead_label(text: str) -> str:
    """The label of a lead is furniture; what it announces is text."""
    return "label" if LEAD_LABEL.fullmatch(fold(text)) else ""


def _with_rest(line: Line, read: Credits, walk: Walk) -> Iterator[Labelled]:
    walk.dated = walk.dated or any(credit.field == "date" for credit in read.credits)
    if read.rest >= len(line.text):
        yield credit_line(line, read)
        return
    yield Labelled("removed", line.cut(0, read.rest), "label", read.credits)
    walk.started = True
    yield Labelled("text", line.cut(read.rest))


def _stray(line: Line, walk: Walk, place: Place) -> str:
    """Bare numbers in head and tail are counters; short lines behind lists are page furniture.

    So are words between the credits of the head: nothing of the article stands there.
    """
    if place == "head" and walk.heads and WORDS.fullmatch(line.text):
        return "page furniture"
    if place != "body" and BARE_COUNT.fullmatch(line.text):
        return "counter"
    if place == "tail" and walk.credited and WORDS.fullmatch(line.text):
        return "page furniture"
    if place == "tail" and (walk.listed or walk.closed) and not is_prose(line.text):
        return "page furniture"
    return ""
