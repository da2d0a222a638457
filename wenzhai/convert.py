"""The conversion stage: sources become articles beside their records, before a build.

Owns when to convert and when to keep: a person's edit is never overwritten. The formats
themselves are the importers'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from wenzhai.config import SOURCES
from wenzhai.conversions import (
    RECORD,
    compare,
    day_added,
    kept_record,
    pack,
    read_record,
    write_file,
)
from wenzhai.digest import digest, digest_bytes
from wenzhai.importers.front_tags import count_tags
from wenzhai.importers.origin import ORIGIN, read_origin
from wenzhai.importers.reading import convert_bytes, unknown_kind
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import CONVERTER
from wenzhai.model import Digest, RelPath
from wenzhai.problems import Problem, Span, problem, sort_problems
from wenzhai.snapshot import Snapshot

ARTICLES = "content/articles/"
COMPANION_SUFFIXES = (
    ".jpg .jpeg .png .gif .webp .avif .svg .ico .css .js .woff .woff2 .mp3 .mp4 .import.json"
)
COMPANIONS = frozenset(COMPANION_SUFFIXES.split())
"""What saved pages bring along; no article by itself."""
LONGEST_FRONT = 65_536


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for beyond a build.

    ``only`` are the sources to look at (None: all); ``force`` converts them whatever their
    articles hold, ``keep`` accepts articles that were edited.
    """

    only: frozenset[RelPath] | None = None
    force: bool = False
    keep: bool = False


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


NO_WISH = Wish()


def convert_sources(
    site: Path,
    snapshot: Snapshot,
    settled: Callable[[Digest], bool],
    today: str,
    zone: str,
    wish: Wish = NO_WISH,
) -> ConvertReport:
    """Convert new and changed sources of a site; one bad file never stops the others.

    Args:
        site: the site's folder.
        snapshot: its sources.
        settled: tells whether a key was in order in an earlier run; such a source is not read.
        today: ISO 8601 day for ``added`` of new articles.
        zone: IANA zone of printed times.
        wish: what ``wenzhai import`` asks for beyond a build.

    Problem codes: E701 not a text, W702 kind not understood, E703 two sources for one article,
    W704 both source and article changed, W705 article without record, W706 record not readable,
    E707 too large, E708 cannot be read or written, E714 no article.
    """
    pairs, problems = _pairs(site, snapshot, wish)
    verdicts = [None if settled(pair.key) else _judge(site, snapshot, pair, wish) for pair in pairs]
    problems += [item for item in verdicts if isinstance(item, Problem)]
    wanted = [item for item in verdicts if isinstance(item, _Wanted)]
    done = [pair.key for pair, item in zip(pairs, verdicts, strict=True) if item is None]
    tags = site_tags(snapshot) if wanted else TagStatistics()
    imported: list[RelPath] = []
    for item in wanted:
        made = _convert(site, snapshot, item, today, zone, tags)
        if isinstance(made, Problem):
            problems.append(made)
        else:
            imported.append(item.pair.article)
            done.append(made)
    return ConvertReport(tuple(imported), tuple(done), sort_problems(problems))


def article_of(source: str) -> RelPath:
    """Return the path of a source's article: the same relative path, ending in ``.md``."""
    relative = PurePosixPath(source.removeprefix(SOURCES))
    return RelPath(ARTICLES + relative.with_suffix(".md").as_posix())


def is_companion(path: str) -> bool:
    """Tell whether a file only comes along with saved pages."""
    return PurePosixPath(path).suffix.lower() in COMPANIONS or path.endswith((RECORD, ORIGIN))


def site_tags(snapshot: Snapshot) -> TagStatistics:
    """Count the tags of all articles; one that cannot be read has none."""
    heads = []
    for path in snapshot.files:
        if path.startswith(ARTICLES) and path.endswith(".md"):
            with suppress(OSError):
                heads.append(snapshot.read(path)[:LONGEST_FRONT])
    return count_tags(heads)


def _pairs(site: Path, snapshot: Snapshot, wish: Wish) -> tuple[list[_Pair], list[Problem]]:
    """Find the sources of known kinds; report unknown kinds and articles claimed twice."""
    problems: list[Problem] = []
    claims: dict[RelPath, list[RelPath]] = defaultdict(list)
    for path in snapshot.files:
        if not path.startswith(SOURCES) or is_companion(path):
            continue
        unknown = unknown_kind(path)
        if unknown is None:
            claims[article_of(path)].append(path)
        elif wish.only is None or path in wish.only:
            problems.append(unknown)
    pairs = []
    for article, sources in claims.items():
        if wish.only is not None and wish.only.isdisjoint(sources):
            continue
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


def _judge(site: Path, snapshot: Snapshot, pair: _Pair, wish: Wish) -> _Wanted | Problem | None:
    """Decide about one source: convert it, report it, or nothing (None)."""
    if not pair.article_digest:
        return _Wanted(pair, "")
    record = read_record(site / pair.record)
    if wish.force:
        return _Wanted(pair, day_added(record))
    if record is None:
        code = "W706" if pair.record_digest else "W705"
        where = pair.record if pair.record_digest else pair.article
        return problem(code, Span(where), article=pair.article, source=pair.source)
    return _compare(site, snapshot, pair, record, wish)


def _compare(
    site: Path, snapshot: Snapshot, pair: _Pair, record: dict[str, object], wish: Wish
) -> _Wanted | Problem | None:
    """Let the record tell who changed what; note what a person decided to keep."""
    try:
        source = sha256(snapshot.read(pair.source)).hexdigest()
        article = sha256((site / pair.article).read_bytes()).hexdigest()
        verdict = compare(record, source, article)
        if verdict == "convert":
            return _Wanted(pair, day_added(record))
        if verdict == "both changed" and wish.keep:
            write_file(site / pair.record, kept_record(record, source))
            return None
    except OSError as error:
        return problem("E708", Span(pair.source), reason=error.strerror or error)
    if verdict == "settled":
        return None
    return problem("W704", Span(pair.source), article=pair.article, source=pair.source)


def _convert(
    site: Path, snapshot: Snapshot, item: _Wanted, today: str, zone: str, tags: TagStatistics
) -> Digest | Problem:
    """Convert one source and write its article, then its record; return the new key."""
    pair = item.pair
    try:
        data = snapshot.read(pair.source)
        beside = RelPath(pair.source + ORIGIN)
        origin = read_origin(snapshot.read(beside)) if beside in snapshot.files else None
        made = convert_bytes(data, pair.source, item.added or today, zone, tags, origin)
        if isinstance(made, Problem):
            return made
        article, record = pack(made)
        write_file(site / pair.article, article)
        write_file(site / pair.record, record)
    except OSError as error:
        return problem("E708", Span(pair.source), reason=error.strerror or error)
    written = replace(
        pair, article_digest=digest_bytes(article), record_digest=digest_bytes(record)
    )
    return written.key
