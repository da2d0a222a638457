"""The bytes of one source become a conversion: decoded, then read by the importer of their kind."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath

from wenzhai.importers.bodies import FRAGMENT, NEWSLETTER, convert_body
from wenzhai.importers.confidence import is_doubtful
from wenzhai.importers.decode import Decoded, decode
from wenzhai.importers.entries import Entry, with_facts
from wenzhai.importers.formats import LARGEST, largest, taken_out_by, unknown_kind, unwrapper
from wenzhai.importers.html.saved import Beside, Known, convert_saved, is_page, nothing_beside
from wenzhai.importers.origin import Origin, with_origin
from wenzhai.importers.sites.article import convert_site_article
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion, convert_text
from wenzhai.importers.verbatim import convert_markdown
from wenzhai.problems import Problem, Span, problem

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
    beside: Beside = nothing_beside,
) -> Conversion | Problem:
    """Convert one source without writing anything; the record names ``path`` and ``origin``.

    ``beside`` reads what was saved with a page. Problem codes: E701 not a text, E707 too large,
    E714 no article, E720 no page in a web archive, W702 kind not understood.
    """
    made = _convert(data, path, today, zone, tags, origin, beside)
    return made if isinstance(made, Problem) else hold(with_origin(made, origin))


def _convert(
    data: bytes,
    path: str,
    today: str,
    zone: str,
    tags: TagStatistics | None,
    origin: Origin | None = None,
    beside: Beside = nothing_beside,
) -> Conversion | Problem:
    if unknown := unknown_kind(path):
        return unknown
    if len(data) > largest(path):
        return problem("E707", Span(path), size=len(data), limit=largest(path))
    if unwrap := unwrapper(path):
        return _convert_wrapped(unwrap(data, path), data, path, today, zone, tags)
    if is_page(path):
        return _convert_page(data, path, today, zone, tags, origin, beside)
    return _convert_decoded(data, path, today, zone, tags, origin)


def _convert_page(
    data: bytes,
    path: str,
    today: str,
    zone: str,
    tags: TagStatistics | None,
    origin: Origin | None,
    beside: Beside,
) -> Conversion | Problem:
    known = Known()
    if origin:
        known = Known(origin.final_url or origin.url, origin.fetched, origin.charset)
    made = convert_saved(data, path, today, zone, tags or TagStatistics(), known, beside)
    if isinstance(made, Problem):
        return made
    if not _WORD.search(made.body):
        return problem("E714", Span(path))
    digest = sha256(data).hexdigest()
    return replace(made, record=replace(made.record, source_path=path, source_sha256=digest))


def _convert_wrapped(
    entry: Entry | Problem,
    data: bytes,
    path: str,
    today: str,
    zone: str,
    tags: TagStatistics | None,
) -> Conversion | Problem:
    """Convert what was taken out of a source; its record is about the source."""
    if isinstance(entry, Problem):
        return entry
    made = _convert_entry(entry, path, PurePosixPath(path).stem, today, zone, tags)
    if isinstance(made, Problem):
        return made
    made = _taken_out(made, path)
    digest = sha256(data).hexdigest()
    return replace(made, record=replace(made.record, source_path=path, source_sha256=digest))


def _convert_decoded(
    data: bytes,
    path: str,
    today: str,
    zone: str,
    tags: TagStatistics | None,
    origin: Origin | None,
) -> Conversion | Problem:
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


def convert_entry(
    entry: Entry,
    path: str,
    today: str,
    zone: str,
    tags: TagStatistics | None = None,
    fetched: str = "",
) -> Conversion | Problem:
    """Convert an entry of the container at ``path``; problems name it as ``path#name``.

    ``fetched`` is when the container was, ISO 8601 with offset, or empty.
    Problem codes: those of convert_bytes.
    """
    shown = f"{path}#{entry.name}"
    made = _convert_entry(entry, shown, entry.name, today, zone, tags, fetched)
    if isinstance(made, Problem):
        return made
    made = _taken_out(made, path)
    record = replace(made.record, source_path=path, entry=entry.id, source_sha256=entry.sha256)
    return hold(replace(made, record=replace(record, fetched=fetched)))


def _taken_out(made: Conversion, path: str) -> Conversion:
    """Name what took an article out of its source before what converted it."""
    versions = f"{taken_out_by(path)} {made.record.converter}"
    return replace(made, record=replace(made.record, converter=versions))


def _convert_entry(
    entry: Entry,
    shown: str,
    name: str,
    today: str,
    zone: str,
    tags: TagStatistics | None,
    fetched: str = "",
) -> Conversion | Problem:
    """Convert what an entry holds and enter what it states; problems name it as ``shown``."""
    made = _convert_content(entry, name, today, zone, tags, Origin(fetched=fetched))
    if isinstance(made, Problem):
        return replace(made, span=replace(made.span, path=shown))
    made = with_facts(made, entry.facts)
    record = replace(
        made.record,
        removed=(*made.record.removed, *entry.removed),
        doubts=(*made.record.doubts, *entry.doubts),
        warnings=(*made.record.warnings, *entry.warnings),
    )
    return replace(made, record=record)


def _convert_content(
    entry: Entry,
    name: str,
    today: str,
    zone: str,
    tags: TagStatistics | None,
    origin: Origin,
) -> Conversion | Problem:
    if entry.kind not in {FRAGMENT, NEWSLETTER}:
        return _convert(entry.content, f"{name}{entry.kind}", today, zone, tags, origin)
    if len(entry.content) > LARGEST:
        return problem("E707", Span(name), size=len(entry.content), limit=LARGEST)
    made = convert_body(entry, name, today, tags or TagStatistics())
    return made if _WORD.search(made.body) else problem("E714", Span(name))


def _read(
    decoded: Decoded,
    path: str,
    today: str,
    zone: str,
    tags: TagStatistics,
    origin: Origin | None,
) -> Conversion:
    if path.lower().endswith(".md"):
        former = origin.former if origin else None
        made = convert_site_article(decoded.text, former, today) if former else None
        return made or convert_markdown(decoded.text, today)
    fetched = origin.fetched if origin else ""
    return convert_text(decoded.text, PurePosixPath(path).name, today, zone, tags, fetched)
