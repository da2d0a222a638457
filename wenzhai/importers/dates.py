"""Dates as sources print them; a date is read, never guessed.

A year that is not printed or a day that does not exist gives no date at all. Relative times are
the business of :mod:`wenzhai.importers.relative_dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wenzhai.importers.lines import small

HAN = "〇零○一二三四五六七八九十"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民国": 1911, "民國": 1911}
ZONES = {"EST": -5, "EDT": -4, "PST": -8, "PDT": -7, "BST": 1, "CET": 1, "CEST": 2}
ZONES |= {"JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "UTC": 0, "GMT": 0, "Z": 0}
"""Hours east of Greenwich; CST, which is Chinese as well as American, is not among them."""
AMERICAN = {"ET": "America/New_York", "PT": "America/Los_Angeles", "CT": "America/Chicago"}
"""Times that are an hour ahead in summer, by their IANA zones."""

_YEAR = r"(?:19|20)\d\d"
_NUMBER = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})"
_MONTH_DAY = rf"(?P<m1>{_NUMBER}) ?月 ?(?P<d1>{_NUMBER}) ?[日号號]"
_ENGLISH_DAY = r"(?:st|nd|rd|th)?"
_FORMS = {
    "1": rf"(?P<y1>{_YEAR}|[二一][{HAN[:-1]}]{{3}}|(?<!\d)\d\d) ?年 ?{_MONTH_DAY}",
    "2": rf"(?P<y2>{_YEAR}) ?年 ?(?P<m2>\d{{1,2}}) ?月 ?(?P<d2>\d{{1,2}})(?![\d日号號])",
    "3": rf"(?<![\d-])(?P<y3>{_YEAR})(?P<s>[-/.]) ?(?P<m3>\d{{1,2}})(?P=s) ?(?P<d3>\d{{1,2}})"
    r"(?![\d-]*\d|[/.]\d)",
    "4": r"(?P<era>令和|平成|昭和|民国|民國) ?(?P<y4>\d{1,3}|元) ?年 ?"
    r"(?P<m4>\d{1,2}) ?月 ?(?P<d4>\d{1,2}) ?日",
    "5": rf"(?<![a-z])(?P<m5>{MONTH})\.? (?P<d5>\d{{1,2}}){_ENGLISH_DAY},? (?P<y5>{_YEAR})(?!\d)",
    "6": rf"(?<!\d)(?P<d6>\d{{1,2}}){_ENGLISH_DAY} (?P<m6>{MONTH})\.?,? (?P<y6>{_YEAR})(?!\d)",
    "7": r"(?<![\d-])(?P<y7>20\d\d)(?P<m7>[01]\d)(?P<d7>[0-3]\d)(?![\d-])",
    "8": r"(?<![\d-])(?P<y8>\d\d)-(?P<m8>\d\d)-(?P<d8>\d\d)(?= \d{1,2}:\d\d)",
}
"""The printed forms of a day; the number of a form ends the names of its groups."""
WEEKDAY = (
    r"(?:[ ,t]*[(]?(?:星期|周|週|礼拜)[一二三四五六日天][)]?|[ ]?[(][月火水木金土日](?:曜日?)?[)]"
    r"|,? (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)?"
)
HALVES = "凌晨|清晨|早上|早|上午|午前|中午|下午|午後|傍晚|晚上|晚间|晚|深夜"
EVENINGS = frozenset({"下午", "午後", "傍晚", "晚上", "晚间", "晚", "深夜", "p"})
CLOCK = (
    rf"(?:(?:[ ,t|]| at )*(?P<half>{HALVES})? ?(?P<hour>[012]?\d|[{HAN}]{{1,3}}(?=[时時点點])) ?"
    r"(?::(?P<minute>[0-5]\d)(?!\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,9})?)?"
    r"|[时時点點] ?(?:(?P<thirty>半)"
    r"|(?P<written>[0-5]?\d)(?: ?分|(?!\d))(?: ?(?P<seconds>[0-5]?\d) ?秒)?)?)"
    r"(?: ?(?P<noon>[ap])\.?m\b\.?)?"
    rf"(?P<zone> ?(?:{'|'.join(sorted({*ZONES, *AMERICAN}, reverse=True)).lower()}|cst)(?![a-z])"
    r"| ?[+-]\d\d:?\d\d)?)?"
)
DATE = re.compile(f"(?:{'|'.join(_FORMS.values())}){WEEKDAY}{CLOCK}")
DATED = re.compile(rf"(?:19|20)\d\d|\d\d ?年|\d\d-\d\d-\d\d|[{HAN}和成昭国國]\d? ?年|元年")
"""What every date holds; most lines hold nothing of it."""


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
    folded = small(text)
    for found in DATE.finditer(folded, at) if DATED.search(folded, at) else ():
        if read := _read(found, zone):
            return read
    return None


def match_date(text: str, zone: str, at: int = 0) -> FoundDate | None:
    """Read a date that starts exactly at an offset, or return None."""
    found = DATE.match(small(text), at)
    return _read(found, zone) if found else None


def _read(found: re.Match[str], zone: str) -> FoundDate | None:
    value = _value(found, zone)
    end = found.start() + len(found[0].rstrip(" ,"))
    return FoundDate(value, found.start(), end) if value else None


def _value(found: re.Match[str], zone: str) -> str:
    year, month, day = _day_parts(found)
    hour, minute, second = _clock_parts(found)
    try:
        moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # the zone is set below
    except ValueError:
        return ""
    return _with_zone(moment, found, zone) if found["hour"] else moment.date().isoformat()


def _clock_parts(found: re.Match[str]) -> tuple[int, int, int]:
    hour = number(found["hour"]) if found["hour"] else 0
    half = (found["half"] or found["noon"] or "").lower()
    if half in EVENINGS and hour < 12:  # noqa: PLR2004  # noon
        hour += 12
    if half in {"凌晨", "a"} and hour == 12:  # noqa: PLR2004  # midnight
        hour = 0
    minute = 30 if found["thirty"] else int(found["minute"] or found["written"] or 0)
    return hour, minute, int(found["second"] or found["seconds"] or 0)


def _with_zone(moment: datetime, found: re.Match[str], zone: str) -> str:
    stated = (found["zone"] or "").strip().upper()
    if stated in AMERICAN:
        there = moment.replace(tzinfo=ZoneInfo(AMERICAN[stated]))
        return there.astimezone(ZoneInfo(zone)).isoformat()
    offset = _offset(stated)
    if offset is None:
        return moment.replace(tzinfo=ZoneInfo(zone)).isoformat()
    try:
        return (
            (datetime.fromisoformat(f"{moment.isoformat()}+00:00") - offset)
            .astimezone(ZoneInfo(zone))
            .isoformat()
        )
    except (ValueError, OverflowError):
        return ""


def _offset(stated: str) -> timedelta | None:
    """Return a printed offset from Greenwich, or None where none is understood."""
    if stated in ZONES:
        return timedelta(hours=ZONES[stated])
    signed = re.fullmatch(r"([+-])(\d\d):?(\d\d)", stated)
    if not signed:
        return None
    size = timedelta(hours=int(signed[2]), minutes=int(signed[3]))
    return size if signed[1] == "+" else -size


def _day_parts(found: re.Match[str]) -> tuple[int, int, int]:
    form = next(form for form in _FORMS if found[f"y{form}"])
    year, month, day = found[f"y{form}"], found[f"m{form}"], found[f"d{form}"]
    if form in "56":
        return int(year), MONTHS.index(month[:3].lower()) + 1, int(day)
    if form == "4":
        return ERAS[found["era"]] + (1 if year == "元" else int(year)), int(month), int(day)
    return _year(year), number(month), number(day)


def _year(written: str) -> int:
    digits = "".join(char if char.isdigit() else str(_digit(char)) for char in written)
    return int(digits) + (2000 if len(digits) == 2 else 0)  # noqa: PLR2004  # 24年3月4日


def number(written: str) -> int:
    """Read 0 to 99 in digits or in Chinese numerals (十二, 二十, 三十一)."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _digit(written) if len(written) == 1 else 0
    return (_digit(tens[0]) if tens else 1) * 10 + (_digit(ones[0]) if ones else 0)


def _digit(char: str) -> int:
    return max(0, HAN.index(char) - 2)
