"""Lists that pages put beside an article: related titles and ranked hot titles.

Owns their labels, where they end, and the taking apart of glued rows such as
``- 62023年起,银行存取款迎来 10014``: rank 6, not 62023.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from wenzhai.importers.dates import find_date
from wenzhai.importers.lines import display_width, fold, small
from wenzhai.importers.list_words import HOT as HOT_LABELS
from wenzhai.importers.list_words import RELATED as RELATED_LABELS
from wenzhai.importers.record import Hot

_DECORATION = r"[-—=【\[《■◆▍▎#* ▼▽▲△●○★☆|:>»】\]》]{0,4}"
RELATED = re.compile(rf"{_DECORATION}(?:{'|'.join(RELATED_LABELS)}){_DECORATION}")
HOT = re.compile(rf"{_DECORATION}(?:{'|'.join(HOT_LABELS)}){_DECORATION}")
LONGEST_LABEL = 44
BULLET = re.compile(r"[-·|*▪●○■◆▶►>+–—]+ ?")
COUNT = (
    r"(?P<views>\d[\d,.]*) ?(?P<unit>万|亿|[kKmMwW](?![a-z]))?\+? ?"
    r"(?:次?阅读|次?浏览|热度|views?|reads?|次|人|pv)?"
)
TRAILING_COUNT = re.compile(rf"^(?P<title>.*\S)[ \t]+{COUNT}$", re.IGNORECASE)
COUNT_ONLY = re.compile(rf"{COUNT}", re.IGNORECASE)
UNITS = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "k": 1000, "m": 1_000_000, "": 1}
NUMBERING = re.compile(
    r"(?:第|No\.?|TOP)? ?\d{1,2} ?(?:位|名|[.、:：)])[ ]*|\[\d{1,2}\] ?", re.IGNORECASE
)
RANK_BEFORE = re.compile(r"(?:第|No\.?|TOP)? ?0?", re.IGNORECASE)
RANK_AFTER = re.compile(r"(?: ?(?:位|名|[.、:)](?!\d)))? ?")
FIRST_RANK = re.compile(r"[^\w#]{0,3} ?(?:第|No\.?|TOP)? ?0?1", re.IGNORECASE)
ROW_REST = re.compile(
    r"[ ·|]*(?:(?<= )(?:昨天|前天|刚刚|今天)(?: \d\d:\d\d)?"
    r"|\d+ ?(?:跟贴|评论|阅读|回复).{0,10}"
    r"|·?\d+ ?(?:小时|分钟|天|周)前"
    r"|(?:Ad|AD|广告|推广)[ ·•|].{0,30}"
    r"|(?<![\d-])\d{1,2}-\d{1,2}(?: \d\d:\d\d)?)$"
)
ROW_EXTRA = re.compile(
    r"(?:\d{6,}|广告|推广|\d{1,2}:\d\d|Ad(?:[ ·•|].{0,30})?|·? ?\d+ ?(?:小时|分钟|天|周)前|\d+ "
    r"?跟贴(?: ?\d+)?|"
    r".{0,16} ?\d+ ?(?:评论|跟贴|阅读)(?: ?\d+)?|"
    r"[\d.]+[万wWkK]? ?(?:次?阅读|次?浏览|评论|播放|观看)[ ·|]*"
    r"(?:\d+ ?(?:小时|分钟|天|周|个?月)前)?)",
    re.IGNORECASE,
)
BADGES = frozenset({"热", "新", "爆", "沸", "荐", "熱", "HOT", "NEW", "new", "hot"})
LONGEST_SOURCE = 20
LONGEST_NAME = 12
"""Columns; what is that short before a day is the name of who published it."""
LONGEST_ROW = 90
"""Columns: 45 Han characters; what is longer and ends a sentence is text again."""


def opens_related(text: str) -> bool:
    """Tell whether a line is the label of a list of related articles."""
    return len(text) <= LONGEST_LABEL and bool(RELATED.fullmatch(small(text).strip()))


def opens_hot(text: str) -> bool:
    """Tell whether a line is the label of a hot list."""
    known = len(text) <= LONGEST_LABEL and HOT.fullmatch(small(text).strip())
    return bool(known) and not opens_related(text)


def opens_titles(text: str) -> bool:
    """Tell whether a hot list's label promises articles, not words that people searched for."""
    return not re.search(r"搜|热词|熱詞|话题|話題|标签|topics", small(text))


def is_text_again(text: str) -> bool:
    """Tell whether a line after a list is a paragraph rather than one more title."""
    if text.rstrip('”」』）)"').endswith("。"):
        return True
    if display_width(text) <= LONGEST_ROW:
        return False
    return "。" in text or text.rstrip('”」』）)"')[-1:] in tuple("。！？!?.…：:")


def related_title(text: str, zone: str) -> str:
    """Return the title in a row of a related list, or an empty string for a row without one.

    Numbering, 《》, a date glued to the end and counters go.
    """
    folded = fold(text)
    if ROW_EXTRA.fullmatch(folded):
        return ""
    start = bullet.end() if (bullet := BULLET.match(folded)) else 0
    if numbering := NUMBERING.match(folded, start):
        start = numbering.end()
    end = len(text)
    if rest := ROW_REST.search(folded, start):
        end = rest.start()
    date = find_date(text[:end], zone, start)
    if date and date.end >= end - 1:
        # A source with the minute of its post is no title; a title may end with its day.
        longest = LONGEST_SOURCE if "T" in date.value else LONGEST_NAME
        if display_width(text[start : date.start].strip()) <= longest:
            return ""
        end = date.start
    title = re.sub(
        r"^\[(?:旧文|图|视频|专题)\] ?|^【(?:旧文|图|视频|专题)】", "", text[start:end].strip()
    )
    inner = re.fullmatch(r"《(?P<title>[^《》]+)》", title)
    return inner["title"] if inner else title


def hot_run(rows: Sequence[str]) -> int:
    """Return how many of the rows continue a ranked list: 1, 2, 3, … with counts between."""
    steps = list(_steps(rows))
    titles = sum(after is not None for _, _, after in steps)
    return steps[-1][0] + 1 if titles > 1 else 0  # one row is no list


def read_hot(rows: Sequence[str]) -> tuple[Hot, ...]:
    """Take ranked rows apart: rank, title, views (None where no count is given)."""
    counted = _has_counts(rows)
    out: list[Hot] = []
    for index, folded, after in _steps(rows):
        if after is not None:
            out.append(_row(rows[index], folded, after, len(out) + 1, counted=counted))
        elif out and (views := _count_of(folded)) is not None:
            out[-1] = Hot(out[-1].rank, out[-1].title, views)
    return tuple(out)


def _steps(rows: Sequence[str]) -> Iterator[tuple[int, str, int | None]]:
    """Yield the rows of a ranked list: index, folded text, where the title begins.

    None instead of that place means: the row is the count of the title before it. Where the first
    rank has a line of its own, all have, and the titles follow them.
    """
    rank, waiting = 1, False
    apart = bool(rows) and _is_rank(rows[0], 1)
    for index, row in enumerate(rows):
        folded = unicodedata.normalize("NFKC", row)
        if waiting:
            yield index, folded, 0
            rank, waiting = rank + 1, False
        elif apart and _is_rank(folded, rank):
            waiting = True
        elif not apart and (after := _ranked(folded, rank)) is not None:
            yield index, folded, after
            rank += 1
        elif rank > 1 and (folded.strip() in BADGES or _count_of(folded) is not None):
            yield index, folded, None
        else:
            return


def is_first_rank(text: str) -> bool:
    """Tell whether a row could be the first of a ranked list: it begins with a one."""
    return bool(FIRST_RANK.match(unicodedata.normalize("NFKC", text[:8])))


def _is_rank(row: str, rank: int) -> bool:
    """Tell whether a row holds nothing but the expected rank."""
    folded = fold(row).strip()
    return _after_rank(folded, 0, str(rank)) == len(folded)


def _has_counts(rows: Sequence[str]) -> bool:
    """Trailing numbers are counts only if all but a few rows have one: 崩了 12 is a title."""
    found = [bool(TRAILING_COUNT.match(unicodedata.normalize("NFKC", row))) for row in rows]
    return sum(found) * 3 >= len(found) * 2


def _row(row: str, folded: str, after: int, rank: int, *, counted: bool) -> Hot:
    match = TRAILING_COUNT.match(folded, 0) if counted else None
    # NFKC may change lengths (㈱, ½), so the original is cut only where it did not.
    shown = row if len(row) == len(folded) else folded
    if match and match.end("title") > after:
        return Hot(rank, _shown(shown[after : match.end("title")]), _views(match))
    return Hot(rank, _shown(shown[after:]), None)


def _shown(title: str) -> str:
    """A point that a digit follows belongs to the rank before it: ３．２０２５年."""
    return title.strip().lstrip(".．、").lstrip()


def _ranked(folded: str, rank: int) -> int | None:
    """Return where the title begins if the row has the expected rank, else None."""
    bullet = BULLET.match(folded)
    start = bullet.end() if bullet else 0
    after = _after_rank(folded, start, str(rank))
    if after is None or after >= len(folded):
        return None
    alone = COUNT_ONLY.fullmatch(folded) and not bullet
    return None if alone else after


def _after_rank(folded: str, start: int, rank: str) -> int | None:
    """Return where a rank and its mark end that begin at an offset."""
    before = RANK_BEFORE.match(folded, start)
    start = before.end() if before else start
    if not folded.startswith(rank, start):
        return None
    after = RANK_AFTER.match(folded, start + len(rank))
    return after.end() if after else start + len(rank)


def _count_of(folded: str) -> int | None:
    match = COUNT_ONLY.fullmatch(folded.strip())
    return _views(match) if match else None


def _views(match: re.Match[str]) -> int:
    digits = match["views"].replace(",", "").rstrip(".")
    try:
        return round(float(digits) * UNITS[(match["unit"] or "").lower()])
    except ValueError:
        return 0
