"""What stands behind the label of a credit line, read as its field demands."""

from __future__ import annotations

import re

from wenzhai.importers.credit import STOPS, Credit, read_names
from wenzhai.importers.dates import find_date, match_date
from wenzhai.importers.lines import fold
from wenzhai.importers.loose_credits import read_loose
from wenzhai.importers.names import is_outlet
from wenzhai.importers.noise import boilerplate
from wenzhai.importers.relative_dates import match_relative
from wenzhai.importers.urls import clean_url, find_url
from wenzhai.regions import parse_region

NAMED = frozenset({"author", "editor", "translator", "source", "region"})
NAMED |= {"counter", "cover", "category"}
BUTTON_BEHIND = re.compile(r"[ \u3000]+(?:举报|投诉|收藏|分享|订阅|关注|\+关注|打印|评论)$")
FRAMED = re.compile(r"[《“\"「『](?P<title>[^《》“”\"「」『』]+)[》”\"」』]")
BAR = re.compile(r" ?[|｜丨│] ?")
LATIN_OUTLET = re.compile(r"[A-Z][\w.'’&-]*(?: [\w.'’&-]+){0,3}", re.ASCII)
COUNT = re.compile(
    r"[\d,.]+ ?[万亿kKwW+]* ?\S{0,3}|(?:A[-+]?[ /]*)+|[宋楷黑]体?|"
    r"[\[(]? ?(?:[特超]?[大中小][ /]*)+[\])】]?"
)
"""A number and its unit, or the sizes of letters to choose from."""


def read_value(field: str, value: str, zone: str) -> list[Credit] | None:  # noqa: PLR0911  # a table of fields
    """Read a value, or return None where it cannot be one of its field.

    ``zone`` is the IANA zone of printed times.
    """
    if not value:
        return []
    if field in NAMED:
        return _with_trailing_date(field, value, zone)
    if field in {"date", "updated", "placed", "fetched"}:
        return _moment(field, value, zone)
    if field == "url":
        return _url(value)
    if field == "tags":
        return _tags(value)
    if field in {"title", "original_title"}:
        shown = _unframed(value.strip(" ）)"))
        return [Credit(field, (shown,), value)] if len(value) <= 120 else None  # noqa: PLR2004  # no title is longer
    return [Credit(field, (value,), value)] if field == "summary" else None


def _with_trailing_date(field: str, value: str, zone: str) -> list[Credit] | None:
    date = find_date(value, zone)
    if date and field != "counter":
        before, after = value[: date.start].rstrip(" |·,　"), value[date.start :]
        first = read_value(field, before, zone) if before else []
        rest = read_loose(after, zone, "head")
        return None if first is None or rest is None else first + rest
    if field == "region":
        region = parse_region(value)
        return [Credit("region", (region.name,), value)] if region else None
    if field == "counter":
        return [] if COUNT.fullmatch(fold(value)) else None
    if field in {"cover", "category"}:
        return [] if len(value) <= 30 and not STOPS.search(fold(value)) else None  # noqa: PLR2004  # a name
    if field == "source":
        return _url(value) or _source(value)
    return _names(field, value, zone)


def _names(field: str, value: str, zone: str) -> list[Credit] | None:
    """Read names; behind authors and a bar may stand who published them."""
    bar = BAR.search(value) if field == "author" else None
    names = read_names(field, value, 0, bar.start() if bar else len(value))
    if not bar or not names.values:
        return [names] if names.values else None
    rest = value[bar.end() :].strip()
    if is_outlet(rest) or LATIN_OUTLET.fullmatch(rest):
        return [names, Credit("source", (rest,), rest)]
    more = _with_trailing_date("author", rest, zone)
    return None if more is None else [names, *more]


def _url(value: str) -> list[Credit] | None:
    """Read an address with nothing but a notice behind it."""
    match = find_url(value)
    after = value[match.end() :].strip(" )）。") if match else ""
    if not match or (after and not boilerplate(after)):
        return None
    return [Credit("url", (clean_url(match[0]),), match[0])]


def _unframed(title: str) -> str:
    """Take the marks off that enclose a whole title; those around its last word stay."""
    inner = FRAMED.fullmatch(title)
    return inner["title"].strip() if inner else title


def _source(value: str) -> list[Credit] | None:
    """Read the name of a publication; buttons and the region behind it go."""
    name = BUTTON_BEHIND.sub("", value)
    shown = re.sub(r"官方账号$|[(（]ID ?[:：] ?[\w-]+[)）]$", "", name).strip('《》“”"「」【】 ')
    if not 0 < len(shown) <= 30 or STOPS.search(fold(shown)):  # noqa: PLR2004  # a name
        return None
    for length in range(2, min(5, len(shown) - 2)):
        region = parse_region(shown[-length:]) if is_outlet(shown[:-length].rstrip()) else None
        if region:
            name = shown[:-length].rstrip()
            return [Credit("source", (name,), name), Credit("region", (region.name,), shown)]
    return [Credit("source", (shown,), value)]


def _moment(field: str, value: str, zone: str) -> list[Credit] | None:
    """A date, a region after 发布于, or a relative time (kept as written, read later)."""
    date = match_date(value, zone)
    name = field if field in {"fetched", "updated"} else "date"
    if date:
        said, after = Credit(name, (date.value,), value[: date.end]), value[date.end :]
        if after[:1].isspace() and (place := parse_region(after.strip())):
            return [said, Credit("region", (place.name,), after.strip())]
        rest = read_loose(after, zone, "head")
        return None if rest is None else [said, *rest]
    relative = match_relative(value)
    if relative and relative.end() == len(value):
        return [Credit("relative", (), value)]
    region = parse_region(value) if field == "placed" else None
    return [Credit("region", (region.name,), value)] if region else None


def _tags(value: str) -> list[Credit] | None:
    gap = r"[,，、/|;；#＃｜丨│·]+" if re.search("[,，、/|;；｜丨│]", value) else r"[#＃\s·]+"
    parts = [part.strip("#＃ \t\u3000\xa0") for part in re.split(gap, value)]
    tags = tuple(dict.fromkeys(part for part in parts if part))
    fine = tags and len(tags) <= 30 and all(len(tag) <= 30 for tag in tags)  # noqa: PLR2004  # words, not text
    return [Credit("tags", tags, value)] if fine and not re.search("[。！？]", value) else None
