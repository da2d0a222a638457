"""Credits without labels: dates, regions behind 发布于, counters, and names known by position."""

from __future__ import annotations

import re

from wenzhai.importers.credit import STOPS, Credit, Place
from wenzhai.importers.credit_labels import CATEGORIES
from wenzhai.importers.dates import find_date, match_date
from wenzhai.importers.lines import fold, small
from wenzhai.importers.names import is_outlet, is_person
from wenzhai.importers.noise import COUNTERS
from wenzhai.importers.relative_dates import match_relative
from wenzhai.importers.reporters import match_reporters
from wenzhai.regions import find_region_prefix, parse_region

ORIGINAL_WORD = "原创"
ORIGINAL = re.compile("(?:原创|原創) ?[:|]? ?(?=[^ ])")
LONGEST_NAME = 24
LONGEST_PERSON = 4
"""Han characters."""
LATIN_NAME = re.compile(r"[A-Z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*){1,3}(?![\w])", re.ASCII)
PLACED = re.compile(
    r"(?:IP ?(?:属地|屬地|归属地)|发布于|发表于|發布於|發佈於|来自|發自|发自) ?:? ?"
)
WORD_END = re.compile(r"[ |·,]")
MINUTES = re.compile(r"\d{1,3} min(?:ute)?s? read")
NUMBERED = re.compile(r"[\u4e00-\u9fff]{2,4} ?: ?[\d,.]+[万wk+]*(?= |\||$)")
"""A counter under any name: 围观: 3321."""
SHEET = re.compile(
    r"第? ?[a-z]?\d{1,3} ?版(?:面)?(?: ?[:·] ?[^\s|:]{1,8})?|(?:总?第 ?\d{1,6} ?期)(?=[ |·,]|$)"
)
"""The sheet of a newspaper, the number of an issue: 03版：综合, 第128期."""
LOOSE_GAP = re.compile(
    r"[ |·,]+|[于於](?= ?\d{4}[-年/])|(?:公開|掲載|発表|更新|发布|發布|刊发|(?<=\d)发表)(?=[ |"
    r"·,]|$)"
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
    lower = small(text)
    for pattern in (LOOSE_GAP, COUNTERS, SHEET, MINUTES, NUMBERED):
        if passed := pattern.match(lower, at):
            return passed.end()
    if end := _loose_moment(text, folded, at, zone, out):
        return end
    if marked := ORIGINAL.match(folded, at):
        words.append((len(out), ORIGINAL_WORD))
        return marked.end()
    if reporters := match_reporters(text, folded, at):
        out += reporters[1]
        return reporters[0]
    verb = PLACED.match(folded, at)
    return _after_verb(text, verb.end(), out) if verb else _loose_word(text, at, zone, words, out)


def _loose_moment(text: str, folded: str, at: int, zone: str, out: list[Credit]) -> int:
    """Read a date or a relative time and return where it ends, or 0."""
    if date := match_date(text, zone, at):
        out.append(Credit("date", (date.value,), text[at : date.end]))
        return date.end
    relative = match_relative(folded, at)
    if relative and not folded[relative.end() : relative.end() + 1].isalpha():
        out.append(Credit("relative", (), relative[0]))
        return relative.end()
    return 0


def _after_verb(text: str, at: int, out: list[Credit]) -> int:
    """Read the region that 发布于 announces; a date or a name there is read on its own."""
    region = find_region_prefix(text[at:])
    if not region:
        return at
    end = at + region[1]
    out.append(Credit("region", (region[0].name,), text[at:end]))
    return end


def _loose_word(
    text: str, at: int, zone: str, words: list[tuple[int, str]], out: list[Credit]
) -> int:
    folded = fold(text)
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
    if len(names[0]) > LONGEST_PERSON >= len(names[1]) and not names[0].isascii():
        return True
    return is_person(names[1]) and not is_person(names[0])


def _is_author(name: str) -> bool:
    return (is_person(name) or bool(LATIN_NAME.fullmatch(name))) and not is_outlet(name)


def _place_words(out: list[Credit], words: list[tuple[int, str]]) -> list[Credit] | None:
    """Give unlabelled words of a dated line their meaning by position."""
    marked = any(word == ORIGINAL_WORD for _, word in words)
    rest = [(at, word) for at, word in words if word != ORIGINAL_WORD and word not in CATEGORIES]
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
        credits_.append(Credit("author", (names[0],), names[0], labelled=marked))
        names = names[1:]
    if names:
        name = names[-1].removesuffix("官方账号")
        credits_.append(Credit("source", (name,), names[-1], labelled=marked))
    return out + credits_
