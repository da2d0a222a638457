"""Credit lines: who wrote, when, where, for whom, and under which address.

A line is a credit line only if
all of it can be read as credits; anything left over makes it text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from wenzhai.importers.credit_labels import (
    CATEGORIES,
    HEAD_ONLY,
    SPACED,
    field_of,
    label_pattern,
)
from wenzhai.importers.dates import find_date, match_date, match_relative
from wenzhai.importers.lines import fold
from wenzhai.importers.urls import clean_url, find_url
from wenzhai.regions import find_region_prefix, parse_region

Place = Literal["head", "body", "tail"]

STOPS = re.compile(r"[。！？!?…“”「」]|[,;:][^A-Za-z0-9]")
STAFF_CODE = re.compile(r"[ _]*(?:[A-Z]{1,3}[_-]?[A-Z]?\d{2,6}|\([^()]{1,8}\))$")
NAME_GAP = re.compile(r"[、,;&·]|(?<![A-Za-z.])/| and |(?<=[\u3400-\u9fff])[ ]+(?=[\u3400-\u9fff])")
LONGEST_NAME = 24
PLACED = re.compile(r"(?:发布于|发表于|發布於|發佈於|来自|發自|发自) ?:? ?")
WORD_END = re.compile(r"[ |·,]")
LOOSE_GAP = re.compile(r"[ |·,]+")
COUNTER = re.compile(
    r"(?:阅读|浏览|评论|点赞|人气|点击|热度|收藏)(?:量|数|次数)?[: ]*[\d,.]+[万亿wWkK+]*[次人条]?|"
    r"[\d,.]+[万亿wWkK+]*(?:次|人|条)? ?(?:阅读|浏览|评论|点赞|收藏|参与|跟贴|views?|"
    r"comments?)|\d{1,3} min(?:ute)?s? read"
)
REPORTERS = re.compile(
    r"\(?(?:本报|本刊|本网|本社|本台|[\u4e00-\u9fff]{2,6}[社网报刊]|[\u4e00-\u9fff]{2,6}新闻)?"
    r"(?:特约|首席|实习|见习|驻[\u4e00-\u9fff]{2,4})?(?:记者|記者|通讯员)[ :]*"
    r"(?P<names>[\u4e00-\u9fff·]{2,12}(?:[ 、,和][\u4e00-\u9fff·]{2,8}){0,5})"
    r"(?:[ /]+[\u4e00-\u9fff]{2,4}(?:报道|報導|报导|电|電)|[ /]*(?:报道|報導|整理))?\)?"
)
FROM_ACCOUNT = re.compile(
    r"\(?(?:本文|以下文章|文章|内容)(?:首发|来自|转自|来源|源自|转载自|选自|经授权转自)[于自]?"
    r"(?:微信)?(?:公众号|公号|微信号)?[ "
    r":]*[“\"「『《]?(?P<source>[^“”\"「」『』《》(),，。:]{1,24})[”\"」』》]?"
    r"(?:\(ID ?: ?[\w-]+\))?(?:[,，] ?作者[: ]*(?P<author>[^,，。:|]{2,12})(?=[,，]|$))?"
)
BYLINE = re.compile(
    r"(?i:by|written by|words by) (?P<names>[A-Z][\w.'’-]*(?:,? (?:and |[A-Zd])[\w.'’-]*){0,7})"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """One stated fact: ``field``, its cleaned values, and what the source wrote."""

    field: str
    values: tuple[str, ...]
    written: str


@dataclass(frozen=True, slots=True)
class Credits:
    """What a credit line states; from the offset ``rest`` on the line is text (as after 正文:)."""

    credits: tuple[Credit, ...]
    rest: int


def read_credits(text: str, zone: str, place: Place) -> Credits | None:
    """Read a whole line as credits, or return None where it is text.

    ``place`` tells whether the line stands before, inside or after the body: between paragraphs
    only labels that never occur in prose count. ``zone`` is the IANA zone of times.
    """
    if len(text) > 400:  # noqa: PLR2004  # no credit line is that long
        return _opening(text, place)
    for inner in _unbracketed(text):
        found = _special(inner) or _segments(inner, zone, place)
        if found is not None:
            return Credits(found, len(text))
    return _opening(text, place)


def _unbracketed(text: str) -> tuple[str, ...]:
    """The text, then the text inside a pair of brackets that encloses all of it."""
    pairs = {"(": ")", "（": "）", "[": "]", "【": "】", "［": "］"}
    close = pairs.get(text[:1])
    if not close:
        return (text,)
    if text.endswith(close) and text.count(text[0]) == 1:
        return (text[1:-1].strip(),)
    return (text,)


def _opening(text: str, place: Place) -> Credits | None:
    """A label that opens a longer text: a summary takes it all, 正文 leaves it."""
    folded = fold(text)
    match = re.match(r"[【\[(]? ?(\S{2,4}?)(?:[】\])][ :]*| ?[:|] ?)", folded)
    field = field_of(match[1]) if match else ""
    if match and field == "summary" and match.end() < len(text):
        value = text[match.end() :].strip()
        return (
            Credits((Credit("summary", (value,), value),), len(text)) if place != "body" else None
        )
    if match and field == "body" and place == "head":
        return Credits((), match.end())
    return None


def _special(text: str) -> tuple[Credit, ...] | None:
    folded = fold(text)
    if match := REPORTERS.fullmatch(folded):
        return (_names("author", text, *match.span("names")),)
    if match := re.fullmatch(r"(?:原题|原标题)为? ?《(?P<title>[^《》]{2,100})》", folded):
        written = text[slice(*match.span("title"))]
        return (Credit("original_title", (written,), written),)
    if match := BYLINE.fullmatch(folded):
        return (_names("author", text, *match.span("names")),)
    return None


def _segments(text: str, zone: str, place: Place) -> tuple[Credit, ...] | None:
    """Cut a line at its labels and read each part; None if any part cannot be read."""
    folded = fold(text)
    out: list[Credit] = []
    start = 0
    if match := FROM_ACCOUNT.match(folded):
        written = text[slice(*match.span("source"))]
        out.append(Credit("source", (written.strip(),), written))
        if match["author"]:
            out.append(_names("author", text, *match.span("author")))
        start = match.end()
    labels = _labels(folded, start)
    first = labels[0][0] if labels else len(text)
    loose = _loose(text[start:first], zone, place if start == 0 else "head")
    if loose is None or (not labels and not start and not loose):
        return None
    out += loose
    for (_, end, field), following in pairwise([*labels, (len(text), 0, "")]):
        read = _labelled(field, text[end : following[0]].strip(" |·,，;；\u3000\t、/｜丨│"), zone)
        if read is None or (place == "body" and field in HEAD_ONLY):
            return None
        out += read
    return tuple(out)


def _labels(folded: str, at: int) -> list[tuple[int, int, str]]:
    """Find labels with their separators: start, end of the separator, field."""
    found = []
    for match in label_pattern().finditer(folded, at):
        start, word = match.start("label"), match["label"]
        glued = start > at and folded[start - 1] not in " |,;·、/)]("
        if glued and (len(word) < 2 or match["mark"].isspace() or word.isascii()):  # noqa: PLR2004  # 文 alone is a word
            continue
        if match["mark"].isspace() and word not in SPACED:
            continue
        if match["mark"] == "/" and not (start == at or folded[start - 1] in " |/"):
            continue
        found.append((start, match.end(), field_of(word)))
        if found[-1][2] in {"url", "title", "original_title", "summary"}:
            break
    return found


def _labelled(field: str, value: str, zone: str) -> list[Credit] | None:  # noqa: PLR0911  # a table of fields
    if not value:
        return []
    if field in {
        "author",
        "editor",
        "translator",
        "source",
        "region",
        "counter",
        "cover",
        "category",
    }:
        return _with_trailing_date(field, value, zone)
    if field in {"date", "placed", "fetched"}:
        return _moment(field, value, zone)
    if field == "url":
        match = find_url(value)
        after = match and value[match.end() :].strip(" )）。")
        return [Credit("url", (clean_url(match[0]),), match[0])] if match and not after else None
    if field == "tags":
        return _tags(value)
    if field in {"title", "original_title"}:
        shown = value.strip('《》“”"「」 ）)')
        return [Credit(field, (shown,), value)] if len(value) <= 120 else None  # noqa: PLR2004  # no title is longer
    return [Credit(field, (value,), value)] if field == "summary" else None


def _with_trailing_date(field: str, value: str, zone: str) -> list[Credit] | None:
    date = find_date(value, zone)
    if date and field != "counter":
        before, after = value[: date.start].rstrip(" |·,　"), value[date.start :]
        first = _labelled(field, before, zone) if before else []
        rest = _loose(after, zone, "head")
        return None if first is None or rest is None else first + rest
    if field == "region":
        region = parse_region(value)
        return [Credit("region", (region.name,), value)] if region else None
    if field == "counter":
        return [] if re.fullmatch(r"[\d,.]+ ?[万亿kKwW+]* ?\S{0,3}", fold(value)) else None
    if field in {"cover", "category"}:
        return [] if len(value) <= 30 and not STOPS.search(fold(value)) else None  # noqa: PLR2004  # a name
    if field == "source":
        shown = re.sub(r"官方账号$|\(ID ?[:：] ?[\w-]+\)$", "", value).strip('《》“”"「」【】 ')
        short = 0 < len(shown) <= 30 and not STOPS.search(fold(shown))  # noqa: PLR2004  # a name
        return [Credit("source", (shown,), value)] if short else None
    names = _names(field, value, 0, len(value))
    return [names] if names.values else None


def _names(field: str, text: str, start: int, end: int) -> Credit:
    """Split a list of names; no values if any part is no name."""
    written = text[start:end]
    folded = fold(written)
    out: list[str] = []
    at = 0
    for match in [*NAME_GAP.finditer(folded), None]:
        stop = match.start() if match else len(folded)
        part = STAFF_CODE.sub("", folded[at:stop].strip())
        name = written[at:stop].strip()[: len(part)].strip()
        at = match.end() if match else stop
        if len(name) > 24 or STOPS.search(part) or re.search(r"\d{3}|https?:|[。，的了]", part):  # noqa: PLR2004  # a name
            return Credit(field, (), written)
        out += [name] if name else []
    return Credit(field, tuple(out) if len(out) <= 10 else (), written)  # noqa: PLR2004  # as many as share a byline


def _moment(field: str, value: str, zone: str) -> list[Credit] | None:
    """A date, a region after 发布于, or a relative time (kept as written, read later)."""
    date = match_date(value, zone)
    name = "fetched" if field == "fetched" else "date"
    if date:
        rest = _loose(value[date.end :], zone, "head")
        return None if rest is None else [Credit(name, (date.value,), value[: date.end]), *rest]
    relative = match_relative(value)
    if relative and relative.end() == len(value):
        return [Credit("relative", (), value)]
    region = parse_region(value) if field == "placed" else None
    return [Credit("region", (region.name,), value)] if region else None


def _tags(value: str) -> list[Credit] | None:
    parts = [part.strip("#＃ ") for part in re.split(r"[,，、/|;；#＃｜\s\u3000]+", value)]
    tags = tuple(dict.fromkeys(part for part in parts if part))
    fine = tags and len(tags) <= 30 and all(len(tag) <= 30 for tag in tags)  # noqa: PLR2004  # words, not text
    return [Credit("tags", tags, value)] if fine and not re.search("[。！？]", value) else None


def _loose(text: str, zone: str, place: Place) -> list[Credit] | None:
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
    gap = WORD_END.search(folded, at)
    end = gap.start() if gap else len(folded)
    date = find_date(text[at:end], zone)
    end = at + date.start if date and date.start else end
    if end == at or end - at > LONGEST_NAME or STOPS.search(folded[at:end]):
        return at
    words.append((len(out), text[at:end]))
    return end


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
    if len(names) == 2:  # noqa: PLR2004  # as above
        credits_.append(Credit("author", (names[0],), names[0]))
    if names:
        credits_.append(Credit("source", (names[-1].removesuffix("官方账号"),), names[-1]))
    return out + credits_
