"""Times that count from when a page was read: 3小时前, yesterday, 昨天 18:30, 03-04 09:15.

They become dates only where the source itself says when it was fetched.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wenzhai.importers.dates import EVENINGS, HALVES, number
from wenzhai.importers.folding import fold

UNITS = {
    "分": timedelta(minutes=1),
    "小": timedelta(hours=1),
    "時": timedelta(hours=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "周": timedelta(weeks=1),
    "週": timedelta(weeks=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
"""By the first character of a unit; months and years have no certain length."""
DAYS = {"昨": 1, "前": 2, "今": 0, "y": 1, "t": 0}
"""How many days ago a word's first character means."""
WEEKDAYS = "一二三四五六日"
_TIME = rf"(?: ?(?P<half>{HALVES})? ?(?P<hour>\d{{1,2}}):(?P<minute>\d\d))?"
RELATIVE = re.compile(
    r"(?P<now>刚刚|剛剛|たった今|just now)"
    r"|(?P<thirty>半(?:个|個)?小[时時]前|half an hour ago)"
    r"|(?P<count>\d{1,3}|[一两兩二三四五六七八九十]{1,2}|an?) ?[个個]?"
    r"(?P<unit>分钟|分鐘|小时|小時|時間|分|天|日|周|週間?|星期|个?月|[个個]月|ヶ月|年"
    r"|minute|min|hour|hr|day|week|month|year)s?(?:之?前| ago)"
    rf"|(?P<day>昨[天日晚]|前天|今[天日早晚]|yesterday|today){_TIME}"
    r"|上(?:周|週|个?星期)(?P<weekday>[一二三四五六日天])",
    re.IGNORECASE,
)
YEARLESS = re.compile(
    r"(?<![\d-])(?P<month>\d{1,2})(?:[-/]|月)(?P<date>\d{1,2})日? ?"
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d\d))(?!\d)"
)


def match_relative(text: str, at: int = 0) -> re.Match[str] | None:
    """Match a relative time (3小时前, yesterday) or a day without its year at an offset."""
    folded = fold(text)
    return RELATIVE.match(folded, at) or YEARLESS.match(folded, at)


def resolve_relative(found: re.Match[str], fetched: str, zone: str) -> str:
    """Return the day or the moment a relative time means; empty where that is not certain.

    ``fetched`` is ISO 8601; a day alone is too coarse for hours. Days end at midnight in ``zone``.
    """
    base = datetime.fromisoformat(fetched)
    timed = "T" in fetched
    if base.tzinfo:
        base = base.astimezone(ZoneInfo(zone))
    if found.re is YEARLESS:
        return _last_such_day(found, base, timed=timed)
    if found["now"] or found["thirty"]:
        return _moment(base - timedelta(minutes=30 * bool(found["thirty"]))) if timed else ""
    if found["count"]:
        return _ago(found, base, timed=timed)
    if found["weekday"]:
        back = 7 + base.weekday() - WEEKDAYS.index(found["weekday"].replace("天", "日"))
        return (base - timedelta(days=back)).date().isoformat()
    day = base - timedelta(days=DAYS[found["day"][0].lower()])
    return _at_time(found, day, timed=timed)


def _ago(found: re.Match[str], base: datetime, *, timed: bool) -> str:
    unit = found["unit"].lower()
    if "月" in unit or unit in {"month", "year", "年"}:
        return ""
    step = UNITS["周"] if unit == "星期" else UNITS[unit[0]]
    if step < timedelta(days=1) and not timed:
        return ""
    then = base - step * _count(found["count"].lower())
    return _moment(then) if step < timedelta(days=1) else then.date().isoformat()


def _count(written: str) -> int:
    if written in {"a", "an"}:
        return 1
    return 2 if written in {"两", "兩"} else number(written)


def _at_time(found: re.Match[str], day: datetime, *, timed: bool) -> str:
    if not found["hour"]:
        return day.date().isoformat()
    late = (found["half"] or found["day"][-1]) in EVENINGS and int(found["hour"]) < 12  # noqa: PLR2004  # noon
    try:
        then = day.replace(hour=int(found["hour"]) + 12 * late, minute=int(found["minute"]))
    except ValueError:
        return ""
    return _moment(then) if timed else day.date().isoformat()


def _last_such_day(found: re.Match[str], base: datetime, *, timed: bool) -> str:
    """A day without its year is the last one of its name before the page was read."""
    for year in (base.year, base.year - 1):
        try:
            then = base.replace(
                year=year,
                month=int(found["month"]),
                day=int(found["date"]),
                hour=int(found["hour"]),
                minute=int(found["minute"]),
            )
        except ValueError:
            continue
        if then.date() <= base.date():
            return _moment(then) if timed else then.date().isoformat()
    return ""


def _moment(then: datetime) -> str:
    return then.replace(second=0, microsecond=0).isoformat()
