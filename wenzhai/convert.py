"""The conversion stage: sources become articles beside their records, before a build.

Owns when to convert and when to keep: a person's edit is never overwritten. The formats
themselves are the importers'.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from wenzhai.digest import digest, digest_bytes
from wenzhai.importers.decode import Decoded, decode
from wenzhai.importers.front_tags import count_tags
from wenzhai.importers.record import record_json
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import CONVERTER, Conversion, convert_text, markdown
from wenzhai.importers.verbatim import convert_markdown
from wenzhai.model import Digest, RelPath
from wenzhai.problems import Problem, Span, problem, sort_problems
from wenzhai.snapshot import Snapshot

SOURCES = "content/sources/"
ARTICLES = "content/articles/"
RECORD = ".import.json"
KINDS = frozenset({".txt", ".md"})
COMPANION_SUFFIXES = (
    ".jpg .jpeg .png .gif .webp .avif .svg .ico .css .js .woff .woff2 .mp3 .mp4 .import.json"
)
COMPANIONS = frozenset(COMPANION_SUFFIXES.split())
"""What saved pages bring along; no article by itself."""
LONGEST_FRONT = 65_536
LARGEST = 2_000_000
"""Bytes; an article's cap."""


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """What a run of the stage did.

    ``imported`` are the articles written; ``settled`` the keys of all sources that are in order
    now, to be passed back as ``settled`` next time.
    """

    imported: tuple[RelPath, ...]
    settled: tuple[Digest, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A source, its article and its record, with the digests of their bytes (empty: no file)."""

    source: RelPath
    article: RelPath
    record: RelPath
    source_digest: str
    article_digest: str
    record_digest: str

    @property
    def key(self) -> Digest:
        return digest(
            "convert",
            self.source,
            self.source_digest,
            self.article_digest,
            self.record_digest,
            CONVERTER,
        )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A conversion to make; ``added`` is the day to keep, or empty."""

    pair: _Pair
    added: str


def convert_sources(
    site: Path,
    snapshot: Snapshot,
    settled: Callable[[Digest], bool],
    today: str,
    zone: str,
    force: frozenset[RelPath] = frozenset(),
) -> ConvertReport:
    """Convert new and changed sources of a site; one bad file never stops the others.

    Args:
        site: the site's folder.
        snapshot: its sources.
        settled: tells whether a key was in order in an earlier run; such a source is not read.
        today: ISO 8601 day for ``added`` of new articles.
        zone: IANA zone of printed times.
        force: sources to convert whatever their articles hold.

    Problem codes: E701 not a text, W702 kind not understood, E703 two sources for one article,
    W704 both source and article changed, W705 article without record, W706 record not readable,
    E707 too large, E708 cannot be read or written.
    """
    pairs, problems = _pairs(site, snapshot)
    done: list[Digest] = []
    wanted: list[_Wanted] = []
    for pair in pairs:
        if pair.source not in force and settled(pair.key):
            done.append(pair.key)
            continue
        verdict = _judge(site, snapshot, pair, forced=pair.source in force)
        if isinstance(verdict, Problem):
            problems.append(verdict)
        elif verdict is None:
            done.append(pair.key)
        else:
            wanted.append(verdict)
    tags = _site_tags(snapshot) if wanted else TagStatistics()
    imported: list[RelPath] = []
    for item in wanted:
        made = _convert(site, snapshot, item, today, zone, tags)
        if isinstance(made, Problem):
            problems.append(made)
        else:
            imported.append(item.pair.article)
            done.append(made)
    return ConvertReport(tuple(imported), tuple(done), sort_problems(problems))


def preview(
    data: bytes, path: str, today: str, zone: str, tags: TagStatistics | None = None
) -> Conversion | Problem:
    """Return the conversion of one source without writing anything (``import --dry-run``).

    Problem codes: E701 not a text, E707 too large, W702 kind not understood.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in KINDS:
        return problem("W702", Span(path), kind=suffix or "—", known=" ".join(sorted(KINDS)))
    if len(data) > LARGEST:
        return problem("E707", Span(path), size=len(data), limit=LARGEST)
    decoded = decode(data, path)
    if isinstance(decoded, Problem):
        return decoded
    return _converted(decoded, data, path, today, zone, tags or TagStatistics())


def article_of(source: str) -> RelPath:
    """Return the path of a source's article: the same relative path, ending in ``.md``."""
    relative = PurePosixPath(source.removeprefix(SOURCES))
    return RelPath(ARTICLES + relative.with_suffix(".md").as_posix())


def _converted(
    decoded: Decoded, data: bytes, path: str, today: str, zone: str, tags: TagStatistics
) -> Conversion:
    name = PurePosixPath(path).name
    if path.lower().endswith(".md"):
        made = convert_markdown(decoded.text, today)
    else:
        made = convert_text(decoded.text, name, today, zone, tags)
    record = replace(
        made.record,
        source_path=path,
        source_sha256=sha256(data).hexdigest(),
        encoding=decoded.encoding,
    )
    return replace(made, record=record)


def _pairs(site: Path, snapshot: Snapshot) -> tuple[list[_Pair], list[Problem]]:
    """Find the sources of known kinds; report unknown kinds and articles claimed twice."""
    problems: list[Problem] = []
    claims: dict[RelPath, list[RelPath]] = defaultdict(list)
    for path in snapshot.files:
        suffix = PurePosixPath(path).suffix.lower()
        if not path.startswith(SOURCES) or suffix in COMPANIONS or path.endswith(RECORD):
            continue
        if suffix in KINDS:
            claims[article_of(path)].append(path)
        else:
            known = " ".join(sorted(KINDS))
            problems.append(problem("W702", Span(path), kind=suffix or "—", known=known))
    pairs = []
    for article, sources in claims.items():
        if len(sources) > 1:
            first, second = sorted(sources)[:2]
            problems.append(problem("E703", Span(second), other=first, article=article))
            continue
        record = RelPath(article.removesuffix(".md") + RECORD)
        digests = (_digest_at(site, snapshot, path) for path in (sources[0], article, record))
        pairs.append(_Pair(sources[0], article, record, *digests))
    return pairs, problems


def _digest_at(site: Path, snapshot: Snapshot, path: RelPath) -> str:
    """Return a file's digest; records may be no part of a snapshot, so look on disk as well."""
    known = snapshot.files.get(path)
    if known is not None:
        return known
    with suppress(OSError):
        return digest_bytes((site / path).read_bytes())
    return ""


def _judge(
    site: Path, snapshot: Snapshot, pair: _Pair, *, forced: bool
) -> _Wanted | Problem | None:
    """Decide about one source: convert it, report it, or nothing (None)."""
    if not pair.article_digest:
        return _Wanted(pair, "")
    record = _read_record(site / pair.record)
    if forced:
        return _Wanted(pair, _added(record))
    if record is not None:
        return _compare(site, snapshot, pair, record)
    if pair.record_digest:
        return problem("W706", Span(pair.record), article=pair.article)
    return problem("W705", Span(pair.article), source=pair.source)


def _compare(
    site: Path, snapshot: Snapshot, pair: _Pair, record: dict[str, object]
) -> _Wanted | Problem | None:
    """Compare source and article with what the record says of them."""
    try:
        source = sha256(snapshot.read(pair.source)).hexdigest()
        article = sha256((site / pair.article).read_bytes()).hexdigest()
    except OSError as error:
        return problem("E708", Span(pair.source), reason=error.strerror or error)
    if _entry(record, "source", "sha256") == source:
        return None
    if _entry(record, "article", "sha256") == article:
        return _Wanted(pair, _added(record))
    return problem("W704", Span(pair.source), article=pair.article)


def _read_record(path: Path) -> dict[str, object] | None:
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _entry(record: dict[str, object] | None, section: str, key: str) -> str:
    part = (record or {}).get(section)
    value = part.get(key) if isinstance(part, dict) else None
    return value if isinstance(value, str) else ""


def _added(record: dict[str, object] | None) -> str:
    fields = (record or {}).get("fields")
    added = _entry(fields, "added", "value") if isinstance(fields, dict) else ""
    return added if re.fullmatch(r"\d{4}-\d\d-\d\d", added) else ""


def _convert(
    site: Path, snapshot: Snapshot, item: _Wanted, today: str, zone: str, tags: TagStatistics
) -> Digest | Problem:
    """Convert one source and write its article, then its record; return the new key."""
    pair = item.pair
    try:
        data = snapshot.read(pair.source)
        made = preview(data, pair.source, item.added or today, zone, tags)
        if isinstance(made, Problem):
            return made
        article = markdown(made).encode()
        hashed = replace(made.record, article_sha256=sha256(article).hexdigest())
        record = record_json(hashed).encode()
        _write(site / pair.article, article)
        _write(site / pair.record, record)
    except OSError as error:
        return problem("E708", Span(pair.source), reason=error.strerror or error)
    written = replace(
        pair, article_digest=digest_bytes(article), record_digest=digest_bytes(record)
    )
    return written.key


def _write(path: Path, data: bytes) -> None:
    """Replace a file as a whole: a reader sees the old bytes or the new ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=".", suffix=".tmp", delete=False
    ) as out:
        temporary = Path(out.name)
    try:
        # Closed before it is moved: a full disk shows only when a file is closed.
        temporary.write_bytes(data)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _site_tags(snapshot: Snapshot) -> TagStatistics:
    """Count the tags of all articles; one that cannot be read has none."""
    heads = []
    for path in snapshot.files:
        if path.startswith(ARTICLES) and path.endswith(".md"):
            with suppress(OSError):
                heads.append(snapshot.read(path)[:LONGEST_FRONT])
    return count_tags(heads)
