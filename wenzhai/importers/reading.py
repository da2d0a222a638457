"""The bytes of one source become a conversion: decoded, then read by the importer of their kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath

from wenzhai.importers.confidence import is_doubtful
from wenzhai.importers.decode import Decoded, decode
from wenzhai.importers.entries import Entry, Split, with_facts
from wenzhai.importers.origin import Origin, with_origin
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion, convert_text
from wenzhai.importers.verbatim import convert_markdown
from wenzhai.problems import Problem, Span, problem

KINDS = frozenset({".txt", ".md"})
CONTAINERS: Mapping[str, Split] = {}
"""Suffixes of sources that hold many articles, and what splits them."""
LARGEST_CONTAINER = 64_000_000
"""Bytes; a feed with all its history."""
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
    made = _convert(data, path, today, zone, tags, origin)
    return made if isinstance(made, Problem) else hold(with_origin(made, origin))


def _convert(
    data: bytes,
    path: str,
    today: str,
    zone: str,
    tags: TagStatistics | None,
    origin: Origin | None = None,
) -> Conversion | Problem:
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
    return replace(made, record=record)


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


def is_container(path: str) -> bool:
    """Tell whether a source of this name holds many articles."""
    return PurePosixPath(path).suffix.lower() in CONTAINERS


def split_source(data: bytes, path: str) -> tuple[Entry, ...] | Problem:
    """Split a container into its entries.

    Problem codes: E707 too large, E714 no entry, and those of the container's importer.
    """
    if len(data) > LARGEST_CONTAINER:
        return problem("E707", Span(path), size=len(data), limit=LARGEST_CONTAINER)
    entries = CONTAINERS[PurePosixPath(path).suffix.lower()](data, path)
    return entries or problem("E714", Span(path))


def convert_entry(
    entry: Entry, path: str, today: str, zone: str, tags: TagStatistics | None = None
) -> Conversion | Problem:
    """Convert an entry of the container at ``path``; problems name it as ``path#name``.

    Problem codes: those of convert_bytes.
    """
    shown = f"{path}#{entry.name}"
    made = _convert(entry.content, f"{shown}{entry.kind}", today, zone, tags)
    if isinstance(made, Problem):
        return replace(made, span=replace(made.span, path=shown))
    made = with_facts(made, entry.facts)
    record = replace(made.record, source_path=path, entry=entry.id, source_sha256=entry.sha256)
    return hold(replace(made, record=record))


def unknown_kind(path: str) -> Problem | None:
    """Return a problem (W702) for a file whose kind no importer understands."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in KINDS or suffix in CONTAINERS:
        return None
    known = " ".join(sorted(KINDS.union(CONTAINERS)))
    return problem("W702", Span(path), kind=suffix or "—", known=known)


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
