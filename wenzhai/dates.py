"""Dates as people write them become moments in the site's zone.

Owns the forms of dates in front matter and in file names; what a date is for is the schema's.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from wenzhai.model import Moment

Fault = Literal["form", "day", "clock", "range", "offset"]
"""Why a text is no date: its form, an impossible day or time, the year, the offset."""

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # offsets are kept beside naive times
DAY = (
    r"(\d{4,6})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号])"
)
CLOCK = r"(\d{1,2})(?:[时点]|[:：时点](\d{1,2})(?:[:：分](\d{1,2})(?:[.,]\d{1,9})?秒?|分)?)"
OFFSET = r"(Z|z|UTC|GMT|([+-])(\d{2}):?(\d{2})?)"
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
WRITTEN = re.compile(rf"{DAY}(?:(?:[Tt]|\s+|(?<=[日号])){CLOCK}(?:\s*{OFFSET})?)?", re.ASCII)
USUAL = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
NAMED = re.compile(r"(\d{4})(-?)(\d{2})\2(\d{2})(?=$|[-_ T.])", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1000, 9999
LAST_HOUR, LAST_MINUTE = 23, 59


def parse_date(text: str, zone: str) -> Moment | Fault:
    """Read a date or a date and time; one without offset counts in the zone (an IANA name).

    Takes ISO 8601 (RFC 3339 section 5.6, seconds and offset optional, space or T),
    ``2024/3/4``, ``2024.3.4``, ``20240304`` and ``2024年3月4日 15:05``. Fractions of a second are
    dropped. A time that a clock change skips or repeats takes the offset before the change.
    """
    text = text.strip()
    if usual := USUAL.fullmatch(text):
        year, month, day, hour, minute, second, offset = usual.groups()
        return _moment((year, month, day), (hour, minute, second), offset, zone)
    if compact := COMPACT.fullmatch(text):
        return _moment((compact[1], compact[2], compact[3]), (None, None, None), None, zone)
    written = WRITTEN.fullmatch(text)
    if written is None:
        return "form"
    month, day = [part for part in written.groups()[1:9] if part is not None]
    clock = (written[10], written[11], written[12])
    return _moment((written[1], month, day), clock, written[13], zone)


def date_in_name(stem: str, zone: str) -> Moment | None:
    """Return the date a file name begins with: ``2024-03-04-title`` or ``20240304-title``."""
    found = NAMED.match(stem)
    if found is None:
        return None
    moment = _moment((found[1], found[3], found[4]), (None, None, None), None, zone)
    return moment if isinstance(moment, Moment) else None


def stem_without_date(stem: str) -> str:
    """Return what follows the date in a file name, or the whole name where nothing does."""
    found = NAMED.match(stem)
    return (stem[found.end() :].lstrip("-_ T.") if found else "") or stem


def _moment(
    day: tuple[str, str, str],
    clock: tuple[str | None, str | None, str | None],
    offset: str | None,
    zone: str,
) -> Moment | Fault:
    year, month, date = int(day[0]), int(day[1]), int(day[2])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return "range"
    try:
        when = datetime(year, month, date)  # noqa: DTZ001  # the offset is kept beside it
    except ValueError:
        return "day"
    if clock[0] is None:
        text = f"{year:04}-{month:02}-{date:02}"
        return Moment(text, _stamp(when, _minutes(_zone(zone).utcoffset(when))))
    try:
        when = when.replace(
            hour=int(clock[0]), minute=int(clock[1] or 0), second=int(clock[2] or 0)
        )
    except ValueError:
        return "clock"
    if offset is not None:
        return _shifted(when, offset, zone)
    return _timed(when, _minutes(_zone(zone).utcoffset(when)))


def _shifted(when: datetime, offset: str, zone: str) -> Moment | Fault:
    """Bring a time with a stated offset into the zone."""
    stated = _offset(offset)
    if stated is None:
        return "offset"
    own = _zone(zone)
    if own.utcoffset(when) == stated == own.utcoffset(when.replace(fold=1)):
        return _timed(when, _minutes(stated))  # the usual case, and no clock changes near it
    try:
        utc = when - stated
        minutes = _minutes(utc.replace(tzinfo=UTC).astimezone(own).utcoffset())
        local = utc + timedelta(minutes=minutes)
    except OverflowError:
        return "range"
    return _timed(local, minutes) if local.year >= FIRST_YEAR else "range"


def _timed(local: datetime, minutes: int) -> Moment:
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return Moment(f"{local.isoformat()}{sign}{hours:02}:{rest:02}", _stamp(local, minutes))


def _minutes(offset: timedelta | None) -> int:
    """Return an offset in minutes; RFC 3339 has no room for the odd seconds of local mean time."""
    return 0 if offset is None else (offset.days * 86400 + offset.seconds) // 60


def _stamp(local: datetime, minutes: int) -> int:
    since = local - EPOCH
    return since.days * 86400 + since.seconds - minutes * 60


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@cache
def _offset(text: str) -> timedelta | None:
    """Return a stated offset, or None where RFC 3339 section 5.6 allows no such offset."""
    if text in {"Z", "z", "UTC", "GMT"}:
        return timedelta(0)
    hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > len("+08") else 0
    if hours > LAST_HOUR or minutes > LAST_MINUTE:
        return None
    span = timedelta(hours=hours, minutes=minutes)
    return -span if text[0] == "-" else span
