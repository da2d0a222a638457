"""What the margins of an article state beyond whole credit lines.

Lines above the headline, between it and the text, behind the text; and the names that the text
itself opens or ends with. What whole credit lines stated comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wenzhai.importers.html.bylines import closing_names, opening_names, signing_names
from wenzhai.importers.html.loose import is_mislabelled, loose_fields
from wenzhai.importers.html.naming import is_name, is_role, joined
from wenzhai.importers.html.posts import read_posted
from wenzhai.importers.html.rows import Row, Shown, is_prose
from wenzhai.importers.lines import bare, fold
from wenzhai.importers.names import is_person
from wenzhai.importers.record import Field

ABOVE = 4
STATES = re.compile(
    r"(?:时间|日期|来源|作者|编辑|发布|更新|source|posted|published|by) ?:", re.IGNORECASE
)
"""Above a headline stand page clocks too: only a labelled line counts there."""
BELOW = 4
"""Lines behind the text that may still speak of it; then come comments and other posts."""
SIGNING = 8
"""First and last lines of the text among which the writer's may be: a summary, notices."""
STATED_LATE = frozenset({"region", "editor"})
LABELLED = re.compile(r"作者|文|撰|采写|记者|記者|执笔|译|原创|[Bb]y|[Aa]uthor|[Ww]ords")
CLOCK = re.compile(r"\d{4}|\d:\d\d")
LATIN = re.compile(r"[A-Za-z][\w.'’ -]+", re.ASCII)
ORIGINAL = re.compile(r"(?:原创|原創)(?: .*)?")


def margin_fields(
    stated: Sequence[Field], shown: Shown, rows: Sequence[Row], zone: str
) -> tuple[Field, ...]:
    """Return all that an article's surroundings state, each fact once.

    Args:
        stated: what whole credit lines state.
        shown: the page.
        rows: the lines around the article, and its own.
        zone: IANA zone of printed times.
    """
    found = {one.name: one for one in map(_cleaned, stated) if one and _is_backed(one, rows)}
    for source in (_behind, _signed, _posted, _above, _late, _kind):
        for one in map(_cleaned, source(shown, rows, zone, frozenset(found))):
            if one:
                found.setdefault(one.name, one)
    return tuple(found.values())


def _cleaned(field: Field) -> Field | None:
    """Take what is no name out of a field of names; None where nothing is left of it."""
    if field.name == "source":
        return field if is_name(str(field.value), 60) else None
    if field.name not in {"author", "editor"} or not isinstance(field.value, tuple):
        return field
    values = tuple(
        joined(one) for one in map(str, field.value) if is_name(one) and not is_role(one)
    )
    return Field(field.name, values, field.written, field.line) if values else None


def _is_backed(field: Field, rows: Sequence[Row]) -> bool:
    """Tell whether a line says what was read from it.

    Two words beside a date may be a section and an account; a day may be that of something else
    that the line names (``建立于:2004年10月6日``).
    """
    if field.name == "date":
        return not any(field.written in row.text and is_mislabelled(row.text) for row in rows)
    if field.name != "author" or not isinstance(field.value, tuple) or len(field.value) > 1:
        return True
    name = str(field.value[0])
    beside = next((row.text for row in rows if row.number == field.line and name in row.text), "")
    return bool(
        not beside
        or not CLOCK.search(beside)
        or LABELLED.search(beside)
        or is_person(name)
        or LATIN.fullmatch(name)
        or beside.strip() == name
    )


def _first_prose(rows: Sequence[Row]) -> int:
    own = (at for at, row in enumerate(rows) if row.block is not None and is_prose(row.text))
    return next(own, len(rows))


def _ended(rows: Sequence[Row]) -> int:
    return max((at for at, row in enumerate(rows) if row.block is not None), default=0)


def _behind(
    _shown: Shown, rows: Sequence[Row], zone: str, known: frozenset[str]
) -> Iterator[Field]:
    """Read the facts that lines behind the headline hold among other things."""
    behind = [(row.number, row.text) for row in rows[1 : _first_prose(rows)]]
    yield from loose_fields(behind, zone, known)


def _signed(
    _shown: Shown, rows: Sequence[Row], _zone: str, known: frozenset[str]
) -> Iterator[Field]:
    """Read the names that the text opens or ends with, or that stand above it with a role."""
    own = [row for row in rows if row.block is not None]
    told = [row for row in own if is_prose(row.text)]
    if "author" in known or not told:
        return
    if names := opening_names([row.text for row in told]):
        yield Field("author", names, "、".join(names), told[0].number)
    ends = own[own.index(told[-1]) :]
    for row in ends[:SIGNING]:
        if names := closing_names(row.text):
            yield Field("author", names, "、".join(names), row.number)
    for row in (*own[-SIGNING:], *rows[1 : _first_prose(rows) + SIGNING]):
        if names := signing_names(row.text):
            yield Field("author", names, "、".join(names), row.number)


def _posted(
    shown: Shown, rows: Sequence[Row], zone: str, _known: frozenset[str]
) -> Iterator[Field]:
    """Read who put a post up, and when, from lines around it."""
    ended = _ended(rows)
    near = (*rows[1 : _first_prose(rows)], *rows[max(ended - 1, 1) : ended + 1 + BELOW])
    lines = [(row.number, row.text) for row in near]
    for number, text in (*lines, *_lines_above(shown, rows)):
        if posted := read_posted(text, zone):
            yield Field("date", posted.date, posted.written, number)
            if posted.name:
                yield Field("author", (posted.name,), posted.name, number)
            return


def _above(shown: Shown, rows: Sequence[Row], zone: str, known: frozenset[str]) -> Iterator[Field]:
    """Read what labelled lines above the headline state, the nearest first."""
    yield from loose_fields(list(reversed(_lines_above(shown, rows))), zone, known)


def _lines_above(shown: Shown, rows: Sequence[Row]) -> list[tuple[int, str]]:
    title = bare(shown.title)
    place = next(
        (at for at, (_, text) in enumerate(shown.lines) if title and bare(text) == title), 0
    )
    if all(row.block is None for row in rows):
        return []
    above = shown.lines[max(place - ABOVE, 0) : place]
    return [(number, text) for number, text in above if STATES.search(fold(text))]


def _late(_shown: Shown, rows: Sequence[Row], zone: str, known: frozenset[str]) -> Iterator[Field]:
    """Read what lines behind the text state among other things; dates there are others'."""
    ends = [(row.number, row.text) for row in rows[max(_ended(rows) - 2, _first_prose(rows)) :]]
    yield from (one for one in loose_fields(ends, zone, known) if one.name in STATED_LATE)
    told = [row for row in ends if STATES.search(fold(row[1]))][:BELOW]
    labelled = loose_fields(told, zone, known)
    if len({one.value for one in labelled if one.name == "date"}) == 1:
        yield from labelled


def _kind(
    _shown: Shown, rows: Sequence[Row], _zone: str, _known: frozenset[str]
) -> Iterator[Field]:
    """Read the mark of platforms on what was written for them."""
    for row in rows[1 : _first_prose(rows)]:
        if ORIGINAL.fullmatch(row.text) and not is_prose(row.text):
            yield Field("kind", "original", row.text[:2], row.number)
            return
