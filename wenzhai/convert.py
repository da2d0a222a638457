"""The conversion stage: sources become articles beside their records, before a build.

Owns when to convert and when to keep: a person's edit is never overwritten, and a page that
readers see never makes way for a doubtful conversion. The formats themselves are the importers'.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from wenzhai.conversions import (
    accepted,
    compare,
    day_added,
    is_held,
    kept_record,
    pack,
    read_record,
    write_file,
)
from wenzhai.digest import digest_bytes
from wenzhai.importers.front_tags import count_tags
from wenzhai.importers.origin import ORIGIN, Origin, read_origin
from wenzhai.importers.reading import convert_bytes, release
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion
from wenzhai.model import Digest, RelPath
from wenzhai.pairing import ARTICLES, Pair, find_pairs
from wenzhai.problems import Problem, Span, problem, sort_problems
from wenzhai.snapshot import Snapshot

LONGEST_FRONT = 65_536


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for beyond a build.

    ``only`` are the sources to look at (None: all); ``force`` converts them whatever their
    articles hold, ``keep`` accepts articles beside sources that changed, ``accept`` publishes
    articles that are held or would be.
    """

    only: frozenset[RelPath] | None = None
    force: bool = False
    keep: bool = False
    accept: bool = False

    @property
    def again(self) -> bool:
        """Tell whether sources that are in order must be looked at all the same."""
        return self.force or self.accept


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
class _Stage:
    """One run: where, over what, for whom, and what conversions need to know."""

    site: Path
    snapshot: Snapshot
    wish: Wish
    today: str
    zone: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A conversion to make: ``added`` is the day to keep, or empty.

    ``published`` is the record of an article that no one edited and readers may see, else None.
    """

    pair: Pair
    added: str = ""
    published: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class _Settled:
    """A pair that is in order now; ``written`` tells whether its article was."""

    pair: Pair
    written: bool = False


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

    Problem codes: those of find_pairs, E701 not a text, W704 both source and article changed, W705
    article without record, W706 record not readable, E707 too large, E708 cannot be read or
    written, E714 no article, W750 doubtful conversion of a published article.
    """
    stage = _Stage(site, snapshot, wish, today, zone)
    pairs, problems = find_pairs(site, snapshot, wish.only)
    verdicts = [
        _Settled(pair) if settled(pair.key) and not wish.again else _judge(stage, pair)
        for pair in pairs
    ]
    wanted = [item for item in verdicts if isinstance(item, _Wanted)]
    tags = site_tags(snapshot) if wanted else TagStatistics()
    ends = [_convert(stage, item, tags) if isinstance(item, _Wanted) else item for item in verdicts]
    done = [item for item in ends if isinstance(item, _Settled)]
    problems += [item for item in ends if isinstance(item, Problem)]
    imported = tuple(item.pair.article for item in done if item.written)
    return ConvertReport(imported, tuple(item.pair.key for item in done), sort_problems(problems))


def site_tags(snapshot: Snapshot) -> TagStatistics:
    """Count the tags of all articles; one that cannot be read has none."""
    heads = []
    for path in snapshot.files:
        if path.startswith(ARTICLES) and path.endswith(".md"):
            with suppress(OSError):
                heads.append(snapshot.read(path)[:LONGEST_FRONT])
    return count_tags(heads)


def _judge(stage: _Stage, pair: Pair) -> _Wanted | _Settled | Problem:
    """Decide about one source: convert it, leave it, or report it."""
    if not pair.article_digest:
        return _Wanted(pair)
    record = read_record(stage.site / pair.record)
    if stage.wish.force:
        return _Wanted(pair, day_added(record))
    if record is None:
        code = "W706" if pair.record_digest else "W705"
        where = pair.record if pair.record_digest else pair.article
        return problem(code, Span(where), article=pair.article, source=pair.source)
    try:
        return _compare(stage, pair, record)
    except OSError as error:
        return problem("E708", Span(pair.source), reason=error.strerror or error)


def _compare(stage: _Stage, pair: Pair, record: dict[str, object]) -> _Wanted | _Settled | Problem:
    """Let the record tell who changed what; carry out what a person decided."""
    source = sha256(stage.snapshot.read(pair.source)).hexdigest()
    article = (stage.site / pair.article).read_bytes()
    verdict = compare(record, source, sha256(article).hexdigest())
    if verdict == "convert":
        return _Wanted(pair, day_added(record), None if is_held(record) else record)
    if verdict == "both changed" and not stage.wish.keep:
        return problem("W704", Span(pair.source), article=pair.article, source=pair.source)
    if verdict == "both changed":
        return _write(stage, pair, article, kept_record(record, source))
    if stage.wish.accept and is_held(record):
        return _write(stage, pair, *accepted(article, record))
    return _Settled(pair)


def _convert(stage: _Stage, item: _Wanted, tags: TagStatistics) -> _Settled | Problem:
    """Convert one source and write its article, then its record."""
    pair = item.pair
    try:
        data = stage.snapshot.read(pair.source)
        day = item.added or stage.today
        origin = _origin(stage.snapshot, pair.source)
        made = convert_bytes(data, pair.source, day, stage.zone, tags, origin)
        if isinstance(made, Problem):
            return made
        made = release(made) if stage.wish.accept else made
        if made.record.held and item.published is not None:
            return _spare(stage, pair, made, item.published)
        return _write(stage, pair, *pack(made))
    except OSError as error:
        return problem("E708", Span(pair.source), reason=error.strerror or error)


def _origin(snapshot: Snapshot, source: RelPath) -> Origin | None:
    """Read where a source was fetched from, if that is known."""
    beside = RelPath(source + ORIGIN)
    return read_origin(snapshot.read(beside)) if beside in snapshot.files else None


def _spare(
    stage: _Stage, pair: Pair, made: Conversion, record: dict[str, object]
) -> _Settled | Problem:
    """Leave a published article as it is where its source became doubtful."""
    if stage.wish.keep:
        article = (stage.site / pair.article).read_bytes()
        return _write(stage, pair, article, kept_record(record, made.record.source_sha256))
    percent = round(made.record.confidence * 100)
    where = {"article": pair.article, "source": pair.source}
    return problem("W750", Span(pair.source), percent=percent, **where)


def _write(stage: _Stage, pair: Pair, article: bytes, record: bytes) -> _Settled:
    """Write what differs of article and record, the record last: it vouches for the article.

    Raises:
        OSError: if one cannot be written.
    """
    after = replace(pair, article_digest=digest_bytes(article), record_digest=digest_bytes(record))
    written = after.article_digest != pair.article_digest
    if written:
        write_file(stage.site / pair.article, article)
    if after.record_digest != pair.record_digest:
        write_file(stage.site / pair.record, record)
    return _Settled(after, written)
