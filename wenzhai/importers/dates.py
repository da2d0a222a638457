"""Dates as sources print them; a date is read, never guessed.

A year that is not printed, a relative time without the moment of fetching, or a day that does not
exist gives no date at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wenzhai.importers.lines import fold

HAN_DIGITS = "〇零一二三四五六七八九"
HAN = r"[〇零一二三四五六七八九十]"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
DAY = "|".join(
    (
        r"(?P<y1>(?:19|20)\d\d) ?年 ?(?P<m1>\d{1,2}) ?月 ?(?P<d1>\d{1,2}) ?[日号號]?",
        r"(?P<y2>(?:19|20)\d\d)(?P<s>[-/.])(?P<m2>\d{1,2})(?P=s)(?P<d2>\d{1,2})(?!\d)",
        rf"(?P<y3>[二一][〇零一二三四五六七八九]{{3}})年(?P<m3>{HAN}{{1,2}})月(?P<d3>{HAN}{{1,3}})日",
        (
            r"(?P<era>令和|平成|昭和) ?(?P<y4>\d{1,2}|元) ?年 ?(?P<m4>\d{1,2}) ?月 "
            r"?(?P<d4>\d{1,2}) ?日"
        ),
        rf"(?P<m5>{MONTH})\.? (?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y5>(?:19|20)\d\d)(?!\d)",
        (
            rf"(?<!\d)(?P<d6>\d{{1,2}})(?:st|nd|rd|th)? (?P<m6>{MONTH})\.?,? (?P<y6>(?:19|"
            rf"20)\d\d)(?!\d)"
        ),
        r"(?<!\d)(?P<y7>20\d\d)(?P<m7>[01]\d)(?P<d7>[0-3]\d)(?!\d)",
        r"(?<![\d-])(?P<y8>\d\d)-(?P<m8>\d\d)-(?P<d8>\d\d)(?= \d{1,2}:\d\d)",
    ),
)
CLOCK = (
    r"(?:[ ,T]*[(]?(?:星期|周|週|礼拜)[一二三四五六日天][)]?|[ ]?[(][月火水木金土日](?:曜日?)?[)]|"
    r",? (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)?"
    r"(?:(?:[ ,T]| at )*(?P<half>上午|下午|晚上|晚间|凌晨|中午|早上|午前|午後)? ?"
    r"(?P<hour>[012]?\d)(?::|时|時|点|點)(?:(?P<minute>[0-5]\d)(?!\d)|(?P<thirty>半))?分?"
    r"(?::?(?P<second>[0-5]\d)秒?(?:\.\d{1,9})?)?(?: ?(?P<noon>[ap])\.?m\.?)?"
    r"(?P<zone> ?(?:Z|UTC|GMT)(?![A-Za-z])|[+-]\d\d:?\d\d)?)?"
)
DATE = re.compile(rf"(?:{DAY}){CLOCK}", re.IGNORECASE)
RELATIVE = re.compile(
    r"(?:刚刚|剛剛|昨[天日]|前天|今[天日])(?: ?(?:上午|下午|晚上|凌晨)? ?\d{1,2}:\d\d)?|"
    r"半[小个]时前|"
    r"(?P<count>\d{1,3}|[一两三四五六七八九十]) ?个?(?P<unit>分钟|分鐘|小时|小時|天|周|週|日|"
    r"時間|分|个?月|年)前|"
    r"(?P<count_en>\d{1,3}|an?) (?P<unit_en>minute|hour|day|week|month|year)s? ago|yesterday",
    re.IGNORECASE,
)
STEPS = {
    "分": timedelta(minutes=1),
    "小": timedelta(hours=1),
    "時": timedelta(hours=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "周": timedelta(weeks=1),
    "週": timedelta(weeks=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A printed date: ISO 8601 (a day, or a time with offset) and where it stood."""

    value: str
    start: int
    end: int


def find_date(text: str, zone: str, at: int = 0) -> FoundDate | None:
    """Find the first whole date of a text, with its time where one follows.

    ``zone`` is the IANA zone of times without offset. Returns None where no full date stands.
    """
    for found in DATE.finditer(fold(text), at):
        value = _value(found, zone)
        if value:
            end = found.end() - (len(found[0]) - len(found[0].rstrip(" ,")))
            return FoundDate(value, found.start(), end)
    return None


def match_date(text: str, zone: str, at: int = 0) -> FoundDate | None:
    """Read a date that starts exactly at an offset, or return None."""
    found = DATE.match(fold(text), at)
    value = _value(found, zone) if found else ""
    if not found or not value:
        return None
    return FoundDate(value, at, at + len(found[0].rstrip(" ,")))


def match_relative(text: str, at: int = 0) -> re.Match[str] | None:
    """Match a relative time (3小时前, yesterday) at an offset."""
    return RELATIVE.match(fold(text), at)


def resolve_relative(found: re.Match[str], fetched: str) -> str:
    """Return the day a relative time means, counted from an ISO moment; empty if not certain."""
    words = found[0].lower()
    base = datetime.fromisoformat(fetched)
    if found["count"] or found["count_en"]:
        step = STEPS.get(found["unit_en"].lower() if found["unit_en"] else found["unit"][0])
        return "" if step is None else (base - step * _count(found)).date().isoformat()
    days = {"昨": 1, "前": 2, "今": 0, "刚": 0, "剛": 0, "y": 1}.get(words[0])
    return "" if days is None else (base - timedelta(days=days)).date().isoformat()


def _count(found: re.Match[str]) -> int:
    count = found["count"] or found["count_en"].lower()
    if count in {"a", "an"}:
        return 1
    return int(count) if count.isdigit() else 2 if count == "两" else _han_number(count)


def _value(found: re.Match[str], zone: str) -> str:
    year, month, day = _day_parts(found)
    hour = int(found["hour"]) if found["hour"] else 0
    half = found["half"] or found["noon"] or ""
    if half.lower() in {"下午", "晚上", "晚间", "午後", "p"} and hour < 12:  # noqa: PLR2004  # noon
        hour += 12
    try:
        moment = datetime(  # noqa: DTZ001  # the zone is set below
            year, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0)
        )
    except ValueError:
        return ""
    return _with_zone(moment, found, zone) if found["hour"] else moment.date().isoformat()


def _with_zone(moment: datetime, found: re.Match[str], zone: str) -> str:
    if found["thirty"]:
        moment = moment.replace(minute=30)
    stated = (found["zone"] or "").strip().upper()
    if not stated:
        return moment.replace(tzinfo=ZoneInfo(zone)).isoformat()
    offset = "+00:00" if stated in {"Z", "UTC", "GMT"} else stated
    try:
        return (
            datetime.fromisoformat(moment.isoformat() + offset)
            .astimezone(ZoneInfo(zone))
            .isoformat()
        )
    except (ValueError, OverflowError):
        return ""


def _day_parts(found: re.Match[str]) -> tuple[int, int, int]:
    for form in "12345678":
        if found[f"y{form}"]:
            break
    year, month, day = found[f"y{form}"], found[f"m{form}"], found[f"d{form}"]
    if form == "3":
        digits = "".join(str(_han_digit(char)) for char in year)
        return int(digits), _han_number(month), _han_number(day)
    if form == "4":
        return ERAS[found["era"]] + (1 if year == "元" else int(year)), int(month), int(day)
    if form in "56":
        return int(year), MONTHS.index(month[:3].lower()) + 1, int(day)
    return int(year) + (2000 if form == "8" else 0), int(month), int(day)


def _han_digit(char: str) -> int:
    return max(0, HAN_DIGITS.index(char) - 1)


def _han_number(text: str) -> int:
    """Read 1 to 99 in Chinese numerals (十二, 二十, 三十一)."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _han_digit(text[0]) if len(text) == 1 else 0
    return (_han_digit(tens[0]) if tens else 1) * 10 + (_han_digit(ones[0]) if ones else 0)
