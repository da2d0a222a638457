"""Credit lines: who wrote, when, where, for whom, and under which address.

A line is a credit line only if
all of it can be read as credits; anything left over makes it text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from wenzhai.importers.credit import STOPS, Credit, Credits, Place, read_names
from wenzhai.importers.credit_labels import (
    DOTTED,
    HEAD_ONLY,
    SPACED,
    field_of,
    label_pattern,
    plain,
)
from wenzhai.importers.credit_values import read_value
from wenzhai.importers.dates import find_date
from wenzhai.importers.lines import fold
from wenzhai.importers.loose_credits import read_loose
from wenzhai.importers.names import is_outlet
from wenzhai.importers.reporters import match_reporters

FROM_ACCOUNT = re.compile(
    r"\(?(?:本文|以下文章|文章|内容)(?:首发|来自|转自|来源|源自|转载自|选自|经授权转自)[于自]?"
    r"(?:微信)?(?:公众号|公号|微信号)?[ "
    r":]*(?:[“\"「『《](?P<quoted>[^“”\"「」『』《》,，。:]{1,24})[”\"」』》]|"
    r"(?P<plain>[^\s“”\"「」『』《》(),，。:]{1,24}(?: [A-Za-z0-9]{1,12})*(?=[ (,，。]|$)))"
    r"(?:\(ID ?: ?[\w-]+\))?(?: ?[,，] ?作者[: ]*(?P<author>[^,，。:|]{2,12})(?=[,，]|$))?"
)
OPENING = re.compile(r"[【\[(]? ?(\S{2,4}?)(?:[】\])][ :]*| ?[:|] ?)")
MARK = re.compile("[:|/·= ]")
OPEN_ENDED = frozenset({"url", "title", "original_title", "summary"})
"""Fields whose value may hold what looks like a label."""
STAFF = frozenset({"author", "editor"})
LONGEST_NOBODY = 16
MOMENTS = frozenset({"date", "updated", "fetched", "placed"})
IMPRINT = re.compile(
    r"\(?(?:原载|原載|选自|刊于|刊載於|原刊)?:? ?《(?P<source>[^《》]{2,16})》 ?,? ?\(? ?"
    r"(?P<day>(?:19|"
    r"20)\d\d ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?) ?[ ,]?(?:第? ?[A-Z]?\d{1,3} ?版?"
    r"(?:[:：]?.{0,8}版?)?)? ?\)?\)?"
)
"""``《X日报》（2024年05月10日 04版）``"""
RETITLED = re.compile(
    r"(?:本文|文章)?(?:原题|原标题|原題|原標題)为? ?《(?P<title>[^《》]{2,100})》"
)
ACCOUNT = re.compile(
    r"(?P<name>[^()\s|:“”\"]{2,16}) ?\((?:微信)?(?:公众号|公号|微信号|"
    r"id)(?:id)? ?[: ] ?[\w-]{3,30}\)",
    re.IGNORECASE,
)
"""``智能前哨（公众号：zhinengqs）``"""
PHOTO_REPORT = re.compile(
    r"(?P<names>[\u4e00-\u9fff·]{2,4}(?:[、 ][\u4e00-\u9fff·]{2,4}){0,3})[ /]+"
    r"(?:摄影报道|图文报道|摄影|攝影報導|文并摄|文并图|图/?文|文/?图|撰文|编译)"
)
BYLINE = re.compile(
    r"(?i:(?:written |words |story |reported )?by) "
    r"(?P<names>[A-Z][\w.'’-]*(?:,? (?:and |[A-Zd])[\w.'’-]*){0,7})"
)


@lru_cache(maxsize=512)
def read_credits(text: str, zone: str, place: Place) -> Credits | None:
    """Read a whole line as credits, or return None where it is text.

    ``place`` tells whether the line stands before, inside or after the body: between paragraphs
    only labels that never occur in prose count. ``zone`` is the IANA zone of times.
    """
    if len(text) > 400:  # noqa: PLR2004  # no credit line is that long
        return _opening(text, place)
    for inner in _unbracketed(text):
        if "。" in inner and not label_pattern().match(plain(inner)):
            break  # sentences; looking for labels in them would only take time
        found = _special(inner) or _segments(inner, zone, place)
        if found is not None:
            return Credits(found, len(text))
    return _opening(text, place)


def _unbracketed(text: str) -> tuple[str, ...]:
    """The text, then the text inside a pair of brackets that encloses all of it."""
    pairs = {"(": ")", "（": "）", "[": "]", "【": "】", "［": "］", "〔": "〕"}
    close = pairs.get(text[:1])
    if not close:
        return (text,)
    if text.endswith(close) and text.count(text[0]) == 1:
        return (text[1:-1].strip(),)
    return (text,)


def _opening(text: str, place: Place) -> Credits | None:
    """A label that opens a longer text: a summary takes it all, 正文 leaves it."""
    folded = fold(text)
    match = OPENING.match(folded)
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
    reporters = match_reporters(text, folded, 0)
    if reporters and reporters[0] == len(text):
        return reporters[1]
    if match := IMPRINT.fullmatch(folded):
        written = text[slice(*match.span("source"))]
        return (Credit("source", (written,), written), *_printed(match["day"]))
    if match := RETITLED.fullmatch(folded):
        written = text[slice(*match.span("title"))]
        return (Credit("original_title", (written,), written),)
    if match := ACCOUNT.fullmatch(folded):
        written = text[slice(*match.span("name"))]
        return (Credit("source", (written,), written),)
    if match := PHOTO_REPORT.fullmatch(folded) or BYLINE.fullmatch(folded):
        return (read_names("author", text, *match.span("names")),)
    return None


def _segments(text: str, zone: str, place: Place) -> tuple[Credit, ...] | None:
    """Cut a line at its labels and read each part; None if any part cannot be read."""
    folded = fold(text)
    out: list[Credit] = []
    start = 0
    if match := FROM_ACCOUNT.match(folded):
        written = text[slice(*match.span("quoted" if match["quoted"] else "plain"))]
        out.append(Credit("source", (written.strip(),), written))
        if match["author"]:
            out.append(read_names("author", text, *match.span("author")))
        start = match.end()
    labels = _labels(folded, start)
    first = labels[0][0] if labels else len(text)
    loose = read_loose(text[start:first], zone, place if start == 0 else "head")
    if loose is None and labels and labels[0][2] in STAFF and is_outlet(text[:first].strip()):
        loose = [_placed("source", text[:first].strip())]  # 地表新闻编辑 | 许凉
    if loose is None or (not labels and not start and not loose):
        return None
    out += loose
    for (start, end, field), following in pairwise([*labels, (len(text), 0, "")]):
        value = text[end : following[0]].strip(" |·,，;；\u3000\t、｜丨│【[")
        value = value if "://" in value else value.strip("/ ")
        read = read_value(field, value, zone)
        if read is None and field == "author" and _is_nobody(value, folded[start:end]):
            read = []
        if read is None or (place == "body" and field in HEAD_ONLY):
            return None
        if (
            text[end - 1 : end].isspace()
            and not re.search("[:：|｜丨│/]", text[start:end])
            and (re.search("[的了是]", value))
        ):
            return None  # behind a mere space this is a sentence
        out += read
    return tuple(out)


def _placed(field: str, name: str) -> Credit:
    return Credit(field, (name,), name, labelled=False)


def _is_nobody(value: str, label: str) -> bool:
    """``口述｜一位不愿具名的司机``: a byline without a name is no text either."""
    return "|" in label and len(value) <= LONGEST_NOBODY and not STOPS.search(fold(value))


def _labels(folded: str, at: int) -> list[tuple[int, int, str]]:
    """Find labels with their separators: start, end of the separator, field."""
    found: list[tuple[int, int, str]] = []
    if not MARK.search(folded, at):
        return found
    for match in label_pattern().finditer(plain(folded), at):
        word = match["label"]
        if _is_label(word, match, folded, at):
            inside = match.start() > at and folded[match.start() - 1].isalnum()
            start = match.start("label") if inside else match.start()  # 地表新闻|编辑
            found.append((start, match.end(), field_of(word)))
            if found[-1][2] in OPEN_ENDED:
                break
    return found


def _is_label(word: str, match: re.Match[str], folded: str, at: int) -> bool:
    """Tell a label from a word that only reads like one: by its mark and what stands around it."""
    mark, start = match["mark"].strip()[:1], match.start()
    glued = start > at and folded[start - 1] not in " |,;·、/)]("
    if not mark:
        value = folded[match.end() : match.end() + 4]
        moment = field_of(word) in MOMENTS and value[:1].isdigit()
        return not glued and (word in SPACED or moment or value == "http")
    if mark in "·=":
        return word in DOTTED and not glued
    if mark == "/":
        return start == at or folded[start - 1] in " |/"
    return not glued or (len(word) > 1 and not word.isascii())  # 文 alone is a word


def _printed(day: str) -> tuple[Credit, ...]:
    """Return the day of a newspaper's issue."""
    found = find_date(re.sub(r"\s", "", day), "UTC")
    return (Credit("date", (found.value,), day),) if found else ()
