"""The facts that a text states about itself, each once, from credit lines and datelines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wenzhai.importers.credit import Credit
from wenzhai.importers.dates import find_date
from wenzhai.importers.labelled import Labelled
from wenzhai.importers.lines import Page
from wenzhai.importers.record import Field
from wenzhai.importers.relative_dates import match_relative, resolve_relative
from wenzhai.importers.structure import Part

LISTS = frozenset({"author", "editor", "translator", "tags"})
NAMED = frozenset({"author", "editor", "translator", "source"})
OWNER = re.compile(
    r"(?:[版著]作?[权權](?:归属?|歸屬?|属|屬)[于於]?|"
    r"[转轉][载載][请請]注明(?:出处|出處|来源|來源)?[:：]?) ?"
    r"[“「《]?(?P<name>[\w·]{2,16}?)[”」》]?(?=所有|[\s，,。；;)）]|$)"
)
"""``版权归X所有``, ``转载请注明出处：X``"""
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[ ©]*(?:(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?)?[ ,]*"
    r"(?P<name>[A-Z][^.|,，。0-9]{1,30}?|[\w·]{2,16}?) ?(?:\d{4}|[.|,，。]|Media|All rights|$)",
    re.IGNORECASE,
)
DATELINE = re.compile(
    r"[\u4e00-\u9fff·]{2,20}?(?:\d{1,2}月)?\d{1,2}日(?:电|讯|消息|電|訊) ?"
    r"[(（](?:[^()（）]{0,8})?(?:记者|記者) ?(?P<names>[\u4e00-\u9fff·]{2,6}(?:[、 "
    r"][\u4e00-\u9fff·]{2,6}){0,5})[)）]"
)
BYLINED = re.compile(
    r"(?:【[^】]{2,16}】|[\u4e00-\u9fff]{2,12}(?:讯|消息))? ?[(（](?:本[报刊网社]|首席|特约|实习)?"
    r"(?:记者|通讯员|"
    r"記者)[ :：](?P<names>[\u4e00-\u9fff·]{2,4}(?:[、 ][\u4e00-\u9fff·]{2,4}){0,4})[)）]"
)
"""``【东风财讯】（记者 彭程 曲靖）``"""
ISLAND_DATELINE = re.compile(
    r"[(（][\u4e00-\u9fff]{2,8}[社報网網]記者(?P<names>[\u4e00-\u9fff]{3}(?:、[\u4e00-\u9fff]{3}){0,3})"
    r"[\u4e00-\u9fff]{2,4}\d{1,2}日[電电][)）]"
)
"""``（東岸通訊社記者潘韻如花蓮30日電）``: the name has three characters, then comes the place."""
LATIN_DATELINE = re.compile(r"[A-Z][A-Za-z .]{1,30}(?:, [A-Z][A-Za-z. ]{1,20})?, (?=[A-Z][a-z]{2})")


def stated_fields(
    labelled: Sequence[Labelled],
    parts: Sequence[Part],
    page: Page,
    zone: str,
    fetched: str = "",
) -> tuple[Field, ...]:
    """Return every stated fact once: lists are gathered, of the rest the first counts.

    Relative times count from the moment of fetching that the text states, else from ``fetched``.
    """
    facts = [
        (credit, page.number(item.line))
        for item in labelled
        if item.kind in {"credit", "removed"}
        for credit in item.credits
        if credit.field != "title"
    ]
    first = next((part.lines[0] for part in parts if part.kind == "paragraph"), None)
    if first:
        facts += [(credit, page.number(first)) for credit in _dateline(first.text, zone)]
    facts += _resolved(facts, fetched, zone)
    facts += _instead(facts, "updated", "date") + _instead(facts, "translator", "author")
    if any(re.match("转自|转载自|轉載自", item.line.text) for item in labelled if item.credits):
        facts.append((Credit("kind", ("reprint",), ""), 0))
    if any(credit.field == "translator" for credit, _ in facts):
        facts.append((Credit("kind", ("translation",), ""), 0))
    fields = _gather(facts)
    days = {field.name: field.value for field in fields}
    again = days.get("updated") == days.get("date")
    return tuple(field for field in fields if field.name != "updated" or not again)


def stated_names(labelled: Sequence[Labelled]) -> frozenset[str]:
    """Return the names of publications and people that credits and copyright notices state."""
    names = {
        name
        for item in labelled
        for credit in item.credits
        if credit.field in NAMED
        for name in credit.values
    }
    return frozenset(names | owners(labelled))


def owners(labelled: Sequence[Labelled]) -> frozenset[str]:
    """Return whom the notices around an article name as owners of its rights."""
    notices = [item.line.text for item in labelled if item.kind == "removed"]
    found = [name for notice in notices for name in OWNER.findall(notice)]
    return frozenset(found + [name for notice in notices for name in COPYRIGHT.findall(notice)])


def _gather(facts: Sequence[tuple[Credit, int]]) -> tuple[Field, ...]:
    gathered: dict[str, Field] = {}
    for credit, line in _settled(facts):
        before = gathered.get(credit.field)
        if not credit.values or (before and credit.field not in LISTS):
            continue
        if credit.field not in LISTS:
            gathered[credit.field] = Field(credit.field, credit.values[0], credit.written, line)
            continue
        earlier = before.value if before and isinstance(before.value, tuple) else ()
        values = tuple(dict.fromkeys((*earlier, *credit.values)))
        written = f"{before.written} {credit.written}" if before else credit.written
        gathered[credit.field] = Field(
            credit.field, values, written, before.line if before else line
        )
    return tuple(gathered.values())


def _settled(facts: Sequence[tuple[Credit, int]]) -> list[tuple[Credit, int]]:
    """What labels say goes before what places say.

    Where a label names the author, a bare name above was that of the account.
    """
    said = [fact for fact in facts if fact[0].labelled]
    authors = {name for credit, _ in said if credit.field == "author" for name in credit.values}
    out = said
    for credit, line in facts:
        if credit.labelled or (credit.field == "source" and authors.issuperset(credit.values)):
            continue
        account = credit.field == "author" and authors and authors.isdisjoint(credit.values)
        out.append((replace(credit, field="source") if account else credit, line))
    return out


def _dateline(text: str, zone: str) -> tuple[Credit, ...]:
    """Names and, in English wires, the date that open the first paragraph; they stay there."""
    if found := DATELINE.match(text) or ISLAND_DATELINE.match(text) or BYLINED.match(text):
        names = tuple(re.split("[、 ]", found["names"]))
        return (Credit("author", names, found["names"]),)
    if found := LATIN_DATELINE.match(text):
        date = find_date(text[:90], zone)
        if date and date.start == found.end():
            return (Credit("date", (date.value,), text[date.start : date.end]),)
    return ()


def _instead(
    facts: Sequence[tuple[Credit, int]], field: str, wanted: str
) -> list[tuple[Credit, int]]:
    """Where only the second best is stated, it stands for the wanted field."""
    if any(credit.field == wanted and credit.values for credit, _ in facts):
        return []
    return [
        (Credit(wanted, credit.values, credit.written), line)
        for credit, line in facts
        if credit.field == field
    ]


def _resolved(
    facts: Sequence[tuple[Credit, int]], fetched: str, zone: str
) -> list[tuple[Credit, int]]:
    """A relative time is a date only where it is known when the source was fetched."""
    fetched = next((c.values[0] for c, _ in facts if c.field == "fetched"), fetched)
    if not fetched:
        return []
    for credit, line in facts:
        found = match_relative(credit.written) if credit.field == "relative" else None
        day = resolve_relative(found, fetched, zone) if found else ""
        if day:
            return [(Credit("date", (day,), credit.written), line)]
    return []
