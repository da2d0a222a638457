"""The bytes of one source become a conversion: decoded, then read by the importer of their kind."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath

from wenzhai.importers.confidence import is_doubtful
from wenzhai.importers.decode import Decoded, decode
from wenzhai.importers.origin import Origin, with_origin
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion, convert_text
from wenzhai.importers.verbatim import convert_markdown
from wenzhai.problems import Problem, Span, problem

KINDS = frozenset({".txt", ".md"})
LARGEST = 2_000_000
"""Bytes; an article's cap."""
DRAFT = ("draft", True)
"""The front-matter entry of an article that waits for a person."""

_WORD = re.compile(r"\w")


def convert_bytes(
    data: bytes,
    path: str,
    today: str,
    zone: str,
    tags: TagStatistics | None = None,
    origin: Origin | None = None,
) -> Conversion | Problem:
    """Convert one source without writing anything; the record names ``path`` and ``origin``.

    Problem codes: E701 not a text, E707 too large, E714 no article, W702 kind not understood.
    """
    if unknown := unknown_kind(path):
        return unknown
    if len(data) > LARGEST:
        return problem("E707", Span(path), size=len(data), limit=LARGEST)
    decoded = decode(data, path)
    if isinstance(decoded, Problem):
        return decoded
    made = _read(decoded, path, today, zone, tags or TagStatistics(), origin)
    if not _WORD.search(decoded.text if path.lower().endswith(".md") else made.body):
        return problem("E714", Span(path))
    record = replace(
        made.record,
        source_path=path,
        source_sha256=sha256(data).hexdigest(),
        encoding=decoded.encoding,
    )
    return hold(with_origin(replace(made, record=record), origin))


def hold(conversion: Conversion) -> Conversion:
    """Make a draft of a conversion that is too doubtful to be published unseen."""
    if not is_doubtful(conversion.record.doubts):
        return conversion
    record = replace(conversion.record, held=True)
    return replace(conversion, front=(DRAFT, *conversion.front), record=record)


def release(conversion: Conversion) -> Conversion:
    """Undo :func:`hold`: a person accepts the conversion as it is."""
    front = tuple(pair for pair in conversion.front if pair != DRAFT)
    return replace(conversion, front=front, record=replace(conversion.record, held=False))


def unknown_kind(path: str) -> Problem | None:
    """Return a problem (W702) for a file whose kind no importer understands."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in KINDS:
        return None
    return problem("W702", Span(path), kind=suffix or "—", known=" ".join(sorted(KINDS)))


def _read(
    decoded: Decoded,
    path: str,
    today: str,
    zone: str,
    tags: TagStatistics,
    origin: Origin | None,
) -> Conversion:
    if path.lower().endswith(".md"):
        return convert_markdown(decoded.text, today)
    fetched = origin.fetched if origin else ""
    return convert_text(decoded.text, PurePosixPath(path).name, today, zone, tags, fetched)
