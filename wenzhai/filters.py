"""The words and filters of templates: dates, numbers, JSON and UI words in the site's language.

Owns how values read on a page; knows nothing of themes, files or the build. Every wording comes
from a table of words (``i18n/zh.toml``), so that a new language needs no code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import markupsafe
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from wenzhai.model import Moment
from wenzhai.views import TermLink

Words = Mapping[str, str]
# The C function below markupsafe.escape, which wraps each result in Markup at three times the cost.
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class UnknownWordError(LookupError):
    """A template asked for a word that no table has; the first argument is its key."""


def translate(words: Words, key: str, arguments: Mapping[str, object]) -> str:
    """Return the UI words of a key, such as 约 7 分钟 for ``"minutes"|t(count=7)``.

    A key with the forms ``KEY.one`` and ``KEY.other`` is chosen by ``count`` (CLDR plural rules of
    English; Chinese and Japanese have ``other`` alone). Raises UnknownWordError.
    """
    text = words.get(key)
    if text is None:
        text = words.get(_plural(words, key, arguments.get("count")))
    if text is None:
        raise UnknownWordError(key)
    return text.format(**arguments) if arguments else text


def format_date(moment: Moment | str, words: Words) -> str:
    """Write the day of a date in words: ``2024-03-04T15:05:00+08:00`` is 2024年3月4日.

    The pattern is the word ``date``, with year, month, month_name and day. ISO text as in Moment;
    the time of day is left out.
    """
    text = moment.text if isinstance(moment, Moment) else moment
    return _date_words(text[:10], _word(words, "date"), _word(words, "months"))


def format_days(first: str, last: str, words: Words) -> str:
    """Write a span of days (ISO dates): 2024年3月4日至10日, and 2024年2月26日至3月3日.

    The patterns are the words days (one month), days_of_year and days_of_years; each has the
    names of ``date`` and the same with ``last_`` before them.
    """
    months = _word(words, "months")
    ends = {f"last_{name}": value for name, value in _day_names(last, months).items()}
    return _word(words, _span_key(first, last)).format(**_day_names(first, months), **ends)


def format_period(label: str, words: Words) -> str:
    """Write a year (``2024``), month (``2024-03``) or ISO week (``2024-w10``) in words.

    The patterns are the words year, month and week.
    """
    year, _, part = label.partition("-")
    if not part:
        return _word(words, "year").format(year=year)
    if part.startswith("w"):
        return _word(words, "week").format(year=year, week=int(part[1:]))
    name = _word(words, "months").split()[int(part) - 1]
    return _word(words, "month").format(year=year, month=int(part), month_name=name)


def format_number(value: int) -> str:
    """Group the digits of a number by thousands: 2680 is 2,680."""
    return f"{value:,}"


def url(address: str, root: str) -> str:
    """Lead from a page to an address of the site; absolute URLs stay as they are.

    ``root`` is the one that every template is given.
    """
    if ":" in address.partition("/")[0] or address.startswith("//"):
        return address
    return root + address


def compact(table: Mapping[str, object]) -> dict[str, object]:
    """Leave out the entries of a table that say nothing (empty text, list or None)."""
    return {key: value for key, value in table.items() if value not in (None, "", (), [], {})}


def to_json(value: object) -> Markup:
    """Write a value as JSON that is safe inside ``<script>``; text stays readable."""
    return htmlsafe_json_dumps(value, dumps=_dumps)


def persons(names: Iterable[str]) -> list[dict[str, str]]:
    """Make schema.org Persons of names, for JSON-LD."""
    return [{"@type": "Person", "name": name} for name in names]


def names(terms: Iterable[TermLink]) -> list[str]:
    """Return the names of tags or regions."""
    return [term.name for term in terms]


def digits(text: str) -> str:
    """Keep the ASCII digits of a text: the number inside 京公网安备11010502030143号."""
    return "".join(char for char in text if char in "0123456789")


def escape_output(value: object) -> str:
    """Escape a value that a template puts out, as plain text: nothing but joining follows."""
    if type(value) is str:
        return _escape_text(value)
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return _escape_text(str(value))


def filters(words: Words) -> dict[str, Callable[..., object]]:
    """Return the filters that templates have besides Jinja's own, for one table of words."""
    return {
        "compact": compact,
        "date": lambda moment: format_date(moment, words),
        "days": lambda first, last: format_days(first, last, words),
        "digits": digits,
        "names": names,
        "number": format_number,
        "persons": persons,
        "period": lambda label: format_period(label, words),
        "tojson": to_json,
        "t": lambda key, **arguments: translate(words, key, arguments),
        "url": url,
    }


def _plural(words: Words, key: str, count: object) -> str:
    one = f"{key}.one"
    return one if count == 1 and one in words else f"{key}.other"


def _word(words: Words, key: str) -> str:
    if key not in words:
        raise UnknownWordError(key)
    return words[key]


@lru_cache(maxsize=4096)
def _date_words(day: str, pattern: str, months: str) -> str:
    return pattern.format(**_day_names(day, months))


def _span_key(first: str, last: str) -> str:
    if first[:4] != last[:4]:
        return "days_of_years"
    return "days" if first[:7] == last[:7] else "days_of_year"


def _day_names(day: str, months: str) -> dict[str, object]:
    year, month, number = day.split("-")
    name = months.split()[int(month) - 1]
    return {"year": year, "month": int(month), "month_name": name, "day": int(number)}


def _dumps(value: object, **_: object) -> str:
    return _ENCODER.encode(value)
