"""Sources that hold many articles: what an importer hands over of each, and how it is told apart.

A feed, a mailbox or the like is split into entries; each entry is then converted like a source of
its own kind, and what the container says of it is entered into the result.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

from wenzhai.importers.confidence import Doubt, dispelled
from wenzhai.importers.record import Field, Removed
from wenzhai.importers.text import FRONT_KEYS, NO_TITLE, Conversion
from wenzhai.problems import Problem


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file that a source carries, and the address by which its text shows it (``cid:…``)."""

    url: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a container.

    ``id`` is what the container calls it for ever (a guid, a Message-ID, else its URL); ``name``
    what a person would call its file, without a suffix; ``kind`` the suffix of the importer that
    understands ``content`` (``.html``, ``.txt``, ``.md``, or one of the kinds of
    :mod:`~wenzhai.importers.bodies`); ``facts`` are the fields that the container states, named as
    front matter names them (``title``, ``date``, ``author``, ``source_url``, ``tags`` …). ``base``
    is what relative addresses in it count from. ``files`` are the images in it; ``removed``,
    ``doubts`` and ``warnings`` go into the record as they are. ``encoding`` is what the text was
    decoded by, as Python calls it, or empty.
    """

    id: str
    name: str
    kind: str
    content: bytes
    facts: tuple[Field, ...] = ()
    base: str = ""
    files: tuple[Embedded, ...] = ()
    removed: tuple[Removed, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = ()
    encoding: str = ""

    @property
    def sha256(self) -> str:
        """The digest (hex) of all that a conversion depends on: another one is another text."""
        facts = [[fact.name, fact.value, fact.written] for fact in self.facts]
        shape = json.dumps(
            [self.id, self.kind, self.base, facts], ensure_ascii=False, sort_keys=True
        )
        return sha256(shape.encode("utf-8", "surrogatepass") + b"\0" + self.content).hexdigest()


Split = Callable[[bytes, str], "tuple[Entry, ...] | Problem"]
"""Split a container's bytes into entries, newest or first one first; the path is for problems."""


def with_facts(made: Conversion, facts: tuple[Field, ...]) -> Conversion:
    """Enter what a container states into an entry's conversion; it knows better than the text.

    What the text stated otherwise stays in the record, as the field "NAME in the text".
    """
    known = {fact.name: fact for fact in facts if fact.value}
    if not known:
        return made
    order = [key for key, _ in FRONT_KEYS]
    values = dict(made.front) | {name: fact.value for name, fact in known.items() if name in order}
    front = tuple((key, values[key]) for key in order if key in values)
    fields = [_displaced(field, known) for field in made.record.fields]
    doubts = dispelled(made.record.doubts, frozenset(known))
    url = known["source_url"].value if "source_url" in known else made.record.url
    kept = tuple(field for field in fields if field is not None)
    record = replace(
        made.record,
        fields=(*known.values(), *kept),
        doubts=doubts,
        url=str(url),
        warnings=_warnings(made, known),
    )
    return replace(made, front=front, record=record)


def _displaced(field: Field, known: dict[str, Field]) -> Field | None:
    """Rename a field that the container states too; drop it where nothing in the text stated it."""
    if field.name not in known:
        return field
    if field.proposed or not field.written or field.value == known[field.name].value:
        return None
    return replace(field, name=f"{field.name} in the text")


def _warnings(made: Conversion, known: dict[str, Field]) -> tuple[str, ...]:
    titled = "title" in known
    return tuple(text for text in made.record.warnings if not (titled and text == NO_TITLE))
