"""Facts in lines around a headline that say more than credits: a date among addresses and counts.

Used only where whole credit lines stated nothing; a line of prose is never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wenzhai.importers.credit import Credit
from wenzhai.importers.credit_labels import field_of, label_pattern
from wenzhai.importers.credit_values import read_value
from wenzhai.importers.dates import FoundDate, find_date
from wenzhai.importers.lines import fold
from wenzhai.importers.noise import is_section
from wenzhai.importers.record import Field
from wenzhai.regions import find_region_prefix

LONGEST = 120
WANTED = frozenset({"author", "editor", "source", "region"})
MARKUP = re.compile(r"[<>=\"]")
PLACE = re.compile(
    r"(?:IP ?(?:属地|屬地|归属地)|发布于|发表于|發佈於|来自)[: ]*(?=[^ ])", re.IGNORECASE
)
CELL = re.compile(r"(?P<label>来源|來源|稿源|作者|编辑|责编|责任编辑) ?(?P<value>\S.{0,20})")
FEWEST_CELLS = 3
NOTE = re.compile(r"[\[【(（](?:整理|编译|综合|转载|原创)[\]】)）]")
NAME = re.compile(r"[\u4e00-\u9fff][\w·]{1,11}")
LABEL = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,6}) ?:")
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
        date = None if is_mislabelled(text) else find_date(text, zone)
        if date and "date" not in taken:
            found.setdefault("date", Field("date", date.value, text[date.start : date.end], number))
        place = PLACE.search(fold(text))
        region = find_region_prefix(text[place.end() :]) if place else None
        if region and "region" not in taken:
            found.setdefault("region", Field("region", region[0].name, text, number))
        for credit in (*_labelled(text, zone), *_in_cells(text, zone), *_beside(text, date)):
            if credit.field not in taken and credit.values and not MARKUP.search(credit.written):
                many = credit.field in {"author", "editor"}
                value: object = credit.values if many else credit.values[0]
                found.setdefault(credit.field, Field(credit.field, value, credit.written, number))
    return tuple(found.values())


def is_mislabelled(text: str) -> bool:
    """Tell whether a line states something else than we know of: ``建立于:2004年10月6日``."""
    label = LABEL.match(fold(text))
    return label is not None and not field_of(label["label"])


def _in_cells(text: str, zone: str) -> Iterator[Credit]:
    """Read what cells of a line state under a label without its mark: ``| 来源 X | 作者 Y |``."""
    cells = re.split(r"\s*[|｜]\s*", text)
    for cell in cells if len(cells) >= FEWEST_CELLS else ():
        if found := CELL.fullmatch(cell):
            yield from read_value(field_of(found["label"]), found["value"].strip(), zone) or ()


def _beside(text: str, date: FoundDate | None) -> Iterator[Credit]:
    """Read the one name that a line holds behind its date, beside sections and counts."""
    if date is None or date.start:
        return
    words = [NOTE.sub("", word) for word in text[date.end :].split()]
    names = [word for word in words if not word.isdigit() and not is_section(word)]
    if len(names) == 1 and len(words) > 1 - bool(NOTE.search(text)) and NAME.fullmatch(names[0]):
        yield Credit("source", (names[0],), names[0])


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
