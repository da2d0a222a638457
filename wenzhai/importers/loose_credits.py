"""Credits without labels: dates, regions behind 发布于, counters, and names known by position."""

from __future__ import annotations

import re

from wenzhai.importers.credit import STOPS, Credit, Place
from wenzhai.importers.credit_labels import CATEGORIES
from wenzhai.importers.dates import find_date, match_date
from wenzhai.importers.lines import fold
from wenzhai.importers.names import is_outlet, is_person
from wenzhai.importers.relative_dates import match_relative
from wenzhai.importers.reporters import match_reporters
from wenzhai.regions import find_region_prefix, parse_region

LONGEST_NAME = 24
LATIN_NAME = re.compile(r"[A-Z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*){1,3}(?![\w])", re.ASCII)
PLACED = re.compile(
    r"(?:IP ?(?:属地|屬地|归属地)|发布于|发表于|發布於|發佈於|来自|發自|发自) ?:? ?"
)
WORD_END = re.compile(r"[ |·,]")
LOOSE_GAP = re.compile(r"[ |·,]+|(?:公開|掲載|発表|更新|发布|發布|刊发|(?<=\d)发表)(?=[ |·,]|$)")
COUNTER = re.compile(
    r"(?:阅读|浏览|评论|点赞|人气|点击|热度|收藏)(?:量|数|次数)?[: ]*[\d,.]+[万亿wWkK+]*[次人条]?|"
    r"[\d,.]+[万亿wWkK+]*(?:次|人|条)? ?(?:阅读|浏览|评论|点赞|收藏|参与|跟贴|views?|"
    r"comments?)|\d{1,3} min(?:ute)?s? read"
)


def read_loose(text: str, zone: str, place: Place) -> list[Credit] | None:
    """Read unlabelled credits: dates, 发布于REGION, counters, and in the head short names.

    Returns an empty list for nothing, None where something is left that is no credit.
    """
    folded = fold(text)
    out: list[Credit] = []
    words: list[tuple[int, str]] = []
    at = 0
    while at < len(folded):
        step = _loose_step(text, folded, at, zone, out, words)
        if step <= at:
            return None
        at = step
    if not words:
        return out
    dated = any(credit.field in {"date", "relative"} for credit in out)
    return _place_words(out, words) if dated and place == "head" else None


def _loose_step(
    text: str, folded: str, at: int, zone: str, out: list[Credit], words: list[tuple[int, str]]
) -> int:
    """Read one item at an offset and return where it ends."""
    if passed := LOOSE_GAP.match(folded, at) or COUNTER.match(folded, at):
        return passed.end()
    if date := match_date(text, zone, at):
        out.append(Credit("date", (date.value,), text[at : date.end]))
        return date.end
    if relative := match_relative(folded, at):
        out.append(Credit("relative", (), relative[0]))
        return relative.end()
    if reporters := match_reporters(text, folded, at):
        out += reporters[1]
        return reporters[0]
    if verb := PLACED.match(folded, at):
        return _after_verb(text, verb.end(), out)
    return _loose_word(text, folded, at, zone, out, words)


def _after_verb(text: str, at: int, out: list[Credit]) -> int:
    """Read the region that 发布于 announces; a date or a name there is read on its own."""
    region = find_region_prefix(text[at:])
    if not region:
        return at
    end = at + region[1]
    out.append(Credit("region", (region[0].name,), text[at:end]))
    return end


def _loose_word(
    text: str, folded: str, at: int, zone: str, out: list[Credit], words: list[tuple[int, str]]
) -> int:
    latin = LATIN_NAME.match(folded, at)
    gap = WORD_END.search(folded, latin.end() if latin else at)
    end = gap.start() if gap else len(folded)
    date = find_date(text[at:end], zone)
    end = at + date.start if date and date.start else end
    if end == at or end - at > LONGEST_NAME or STOPS.search(folded[at:end]):
        return at
    if not re.search(r"[^\W\d_]", folded[at:end]):
        return at  # a number is no name
    words.append((len(out), text[at:end]))
    return end


def _is_source_first(names: list[str]) -> bool:
    if is_outlet(names[0]) != is_outlet(names[1]):
        return is_outlet(names[0])
    return is_person(names[1]) and not is_person(names[0])


def _is_author(name: str) -> bool:
    return is_person(name) and not is_outlet(name)


def _place_words(out: list[Credit], words: list[tuple[int, str]]) -> list[Credit] | None:
    """Give unlabelled words of a dated line their meaning by position."""
    marked = any(word == "原创" for _, word in words)
    rest = [(at, word) for at, word in words if word != "原创" and word not in CATEGORIES]
    regions = [(word, parse_region(word)) for at, word in rest if at]
    credits_ = [Credit("region", (region.name,), word) for word, region in regions if region]
    names = [word for at, word in rest if not (at and parse_region(word))]
    if len(names) > 2 or len(credits_) > 1:  # noqa: PLR2004  # author and account
        return None
    if len(names) == 2 and not marked and names[1].endswith("官方账号"):  # noqa: PLR2004  # as above
        names = names[:1]
    if len(names) == 2 and _is_source_first(names):  # noqa: PLR2004  # as above
        names.reverse()
    if len(names) == 2 or (names and _is_author(names[0])):  # noqa: PLR2004  # as above
        credits_.append(Credit("author", (names[0],), names[0]))
        names = names[1:]
    if names:
        credits_.append(Credit("source", (names[-1].removesuffix("官方账号"),), names[-1]))
    return out + credits_
