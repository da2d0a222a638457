"""The record of a conversion: where each fact came from and what was left out, verbatim.

With front matter and body it holds every character of the source but white space;
:mod:`wenzhai.importers.account` checks that.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import NamedTuple

from wenzhai.importers.confidence import Doubt, rate


@dataclass(frozen=True, slots=True)
class Field:
    """A front-matter value, what the source wrote for it, and on which line (0: on none).

    ``proposed`` marks a value that the source does not state, such as tags found by counting.
    """

    name: str
    value: object
    written: str = ""
    line: int = 0
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """A title that the page recommended; ``url`` is empty where none stood."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Hot:
    """A row of a hot list; ``views`` is None where no count stood."""

    rank: int
    title: str
    views: int | None


class Removed(NamedTuple):
    """A stretch of the source that is not in the body.

    ``line`` counts from 1; ``start`` and ``end`` are columns in code points from 0, end excluded,
    so ``text`` is ``source_line[start:end]``. Where ``end`` is 0 no column is known.
    """

    line: int
    start: int
    end: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class LocalImage:
    """An image with a local copy: its URL, the path from the article, hex SHA-256 and bytes."""

    url: str
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about one conversion that the article itself does not say.

    ``entry`` is the id of an article in a source that holds many, and ``source_sha256`` is then
    that of the entry. ``fetched`` is the moment a page was read from the web, ISO 8601, or empty.
    ``doubts`` are what a person should look at, and make up ``confidence``; ``held`` says that the
    article was written as a draft because of them. Digests are hex SHA-256. ``article_text`` is the
    Markdown as it was written and ``article_sha256`` its digest, so that a later edit by a person
    can be seen, and merged with a later change of the source.
    """

    source_path: str = ""
    entry: str = ""
    source_sha256: str = ""
    encoding: str = ""
    url: str = ""
    fetched: str = ""
    converter: str = ""
    doubts: tuple[Doubt, ...] = ()
    held: bool = False
    fields: tuple[Field, ...] = ()
    related: tuple[Related, ...] = ()
    hot: tuple[Hot, ...] = ()
    removed: tuple[Removed, ...] = ()
    images: tuple[LocalImage, ...] = ()
    warnings: tuple[str, ...] = ()
    article_sha256: str = ""
    article_text: str = ""

    @property
    def confidence(self) -> float:
        """Return how far the conversion can be trusted, 0 to 1."""
        return rate(self.doubts)


def record_json(record: Record) -> str:
    """Return the record as JSON text with a final newline, keys in a fixed order."""
    shape = {
        "source": {
            "path": record.source_path,
            **({"entry": record.entry} if record.entry else {}),
            "sha256": record.source_sha256,
            "encoding": record.encoding,
            "url": record.url,
        }
        | ({"fetched": record.fetched} if record.fetched else {}),
        "article": {
            "sha256": record.article_sha256,
            **({"lines": record.article_text.split("\n")} if record.article_text else {}),
        },
        "converter": record.converter,
        "confidence": record.confidence,
        "doubts": [{"reason": one.reason, "cost": one.cost} for one in record.doubts],
        "held": record.held,
        "fields": {field.name: _field(field) for field in record.fields},
        "related": [{"title": row.title, "url": row.url} for row in record.related],
        "hot": [{"rank": row.rank, "title": row.title, "views": row.views} for row in record.hot],
        "removed": [
            {
                "line": cut.line,
                "start": cut.start,
                "end": cut.end,
                "reason": cut.reason,
                "text": cut.text,
            }
            for cut in record.removed
        ],
        "images": [asdict(image) for image in record.images],
        "warnings": list(record.warnings),
    }
    return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"


def _field(field: Field) -> dict[str, object]:
    shown: dict[str, object] = {"value": field.value, "written": field.written, "line": field.line}
    return shown | {"proposed": True} if field.proposed else shown
