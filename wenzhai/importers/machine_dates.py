"""Dates as machines write them, in feeds and messages: RFC 5322, and RFC 3339 in its profiles.

Nothing is guessed: general parsers turn ``10`` and ``May`` into days of the month at hand.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from wenzhai.dates import parse_date
from wenzhai.model import Moment

_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?", re.IGNORECASE)
_MESSAGE = re.compile(r"(?:[a-z]{3,9},? +)?\d{1,2} +[a-z]{3,9}\.? +\d{4}\b.*", re.IGNORECASE)
_MONTH = re.compile(r"(?<=\d )([A-Za-z]{3})[a-z]*\.?(?= +\d)")


def read_machine_date(text: str) -> str:
    """Return a date for front matter: ISO 8601 to the second, with the offset that is stated.

    Empty where the text is neither form, or no day of the calendar.
    """
    text = " ".join(text.split())
    if _MESSAGE.fullmatch(text):
        try:
            return _iso(parsedate_to_datetime(_MONTH.sub(r"\1", text)))
        except (ValueError, OverflowError, TypeError, IndexError):
            return ""
    try:
        return (
            _iso(datetime.fromisoformat(text.upper())) if _STAMP.fullmatch(text) else _plain(text)
        )
    except ValueError:
        return _plain(text)


def _plain(text: str) -> str:
    """Take the forms that front matter takes as they are written."""
    return text if isinstance(parse_date(text, "UTC"), Moment) else ""


def _iso(moment: datetime) -> str:
    """Write a moment; midnight without an offset is a day, for nobody states it to the second."""
    moment = moment.replace(microsecond=0)
    if moment.tzinfo is None and (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return _plain(moment.date().isoformat())
    return _plain(moment.isoformat())
