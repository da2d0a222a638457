"""Facts in lines around a headline that say more than credits: a date among addresses and counts.

Used only where whole credit lines stated nothing; a line of prose is never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wenzhai.importers.credit import Credit
from wenzhai.importers.credit_labels import field_of, label_pattern
from wenzhai.importers.credit_values import read_value
from wenzhai.importers.dates import find_date
from wenzhai.importers.lines import fold
from wenzhai.importers.record import Field
from wenzhai.regions import find_region_prefix

LONGEST = 120
WANTED = frozenset({"author", "editor", "source", "region"})
MARKUP = re.compile(r"[<>=\"]")
PLACE = re.compile(
    r"(?:IP ?(?:属地|屬地|归属地)|发布于|发表于|發佈於|来自)[: ]*(?=[^ ])", re.IGNORECASE
)
END = re.compile(r"[|\[\]()]|\s{1,}|$")


def loose_fields(
    rows: Iterable[tuple[int, str]], zone: str, known: Iterable[str]
) -> tuple[Field, ...]:
    """Read the facts that lines hold among other things.

    Args:
        rows: the lines with their numbers, those right behind the headline first.
        zone: IANA zone of printed times.
        known: the names of fields that are stated already.
    """
    found: dict[str, Field] = {}
    taken = frozenset(known)
    for number, text in rows:
        if len(text) > LONGEST or "。" in text:
            continue
        date = find_date(text, zone)
        if date and "date" not in taken:
            found.setdefault("date", Field("date", date.value, text[date.start : date.end], number))
        place = PLACE.search(fold(text))
        region = find_region_prefix(text[place.end() :]) if place else None
        if region and "region" not in taken:
            found.setdefault("region", Field("region", region[0].name, text, number))
        for credit in _labelled(text, zone):
            if credit.field not in taken and credit.values and not MARKUP.search(credit.written):
                many = credit.field in {"author", "editor"}
                value: object = credit.values if many else credit.values[0]
                found.setdefault(credit.field, Field(credit.field, value, credit.written, number))
    return tuple(found.values())


def _labelled(text: str, zone: str) -> Iterator[Credit]:
    folded = fold(text)
    for match in label_pattern().finditer(folded):
        field = field_of(match["label"])
        if field not in WANTED or match["mark"].isspace():
            continue
        start = match.end()
        while start < len(text) and folded[start] in " [(":
            start += 1
        end = END.search(folded, start)
        value = text[start : end.start() if end else len(text)].strip()
        yield from read_value(field, value, zone) or ()
