"""The conversion stage: sources become articles beside their records, before a build.

Owns carrying out what is to be done: a page that readers see never makes way for a doubtful
conversion, and one bad source never stops the others. The formats are the importers'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from wenzhai.config import SOURCES
from wenzhai.container_entries import Opened, close_container, few_of, open_container
from wenzhai.converting import Manner, Task, convert_all
from wenzhai.importers.front_tags import count_tags
from wenzhai.importers.image_links import localised, recorded_images
from wenzhai.importers.origin import ORIGIN, Origin, read_origin
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion
from wenzhai.memo import Progress, silent
from wenzhai.model import Digest, RelPath
from wenzhai.pairing import ARTICLES, Pair, find_sources, is_companion
from wenzhai.problems import Problem, Span, problem, sort_problems
from wenzhai.reconciling import reconcile
from wenzhai.records import read_record
from wenzhai.snapshot import Snapshot
from wenzhai.verdicts import NO_WISH, Place, Settled, Wanted, Wish, judge

LONGEST_FRONT = 65_536


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
    jobs: int
    progress: Progress

    @property
    def place(self) -> Place:
        """Where articles are written."""
        return Place(self.site, self.wish)


_End = Settled | Problem


def convert_sources(
    site: Path,
    snapshot: Snapshot,
    settled: Callable[[Digest], bool],
    today: str,
    zone: str,
    wish: Wish = NO_WISH,
    jobs: int = 1,
    progress: Progress = silent,
) -> ConvertReport:
    """Convert new and changed sources of a site; one bad file never stops the others.

    Args:
        site: the site's folder.
        snapshot: its sources.
        settled: tells whether a key was in order in an earlier run; such a source is not read.
        today: ISO 8601 day for ``added`` of new articles.
        zone: IANA zone of printed times.
        wish: what ``wenzhai import`` asks for beyond a build.
        jobs: how many processes convert.
        progress: told how many conversions are done.

    Problem codes: those of find_sources, judge, convert_all, reconcile and close_container, W771
    converted again by a newer converter (as a note).
    """
    stage = _Stage(site, snapshot, wish, today, zone, jobs, progress)
    found = find_sources(site, snapshot, wish.only)
    asked = [pair for pair in found.pairs if wish.again or not settled(pair.key)]
    ajar = [
        open_container(site, snapshot, one, anew=wish.force)
        for one in found.containers
        if wish.again or not settled(one.key)
    ]
    opened = [one for one in ajar if isinstance(one, Opened)]
    every = [*asked, *(pair for one in opened for pair, _ in one.pairs)]
    ends = {pair.article: end for pair, end in zip(every, _run(stage, every), strict=True)}
    known = [*(pair.key for pair in found.pairs), *(one.key for one in found.containers)]
    keys = [key for key in known if settled(key)]
    keys += [end.pair.key for pair in asked if isinstance(end := ends[pair.article], Settled)]
    problems = [end for pair in asked if isinstance(end := ends[pair.article], Problem)]
    problems += [*found.problems, *(one for one in ajar if isinstance(one, Problem))]
    for one in opened:
        told, key = close_container(site, one, ends)
        problems += told
        keys += [key] if key else []
    done = [end for end in ends.values() if isinstance(end, Settled)]
    problems += [*(note for end in done for note in end.notes), *renewed(done)]
    imported = tuple(end.pair.article for end in done if end.written)
    return ConvertReport(imported, tuple(dict.fromkeys(keys)), sort_problems(problems))


def renewed(done: Iterable[Settled]) -> tuple[Problem, ...]:
    """Say in one note (W771) which articles a newer converter changed, if any."""
    names = sorted(end.pair.article for end in done if end.renewed and end.written)
    if not names:
        return ()
    return (problem("W771", Span(SOURCES.rstrip("/")), count=len(names), names=few_of(names)),)


def site_tags(snapshot: Snapshot) -> TagStatistics:
    """Count the tags of all articles; one that cannot be read has none."""
    heads = []
    for path in snapshot.files:
        if path.startswith(ARTICLES) and path.endswith(".md"):
            with suppress(OSError):
                heads.append(snapshot.read(path)[:LONGEST_FRONT])
    return count_tags(heads)


def _run(stage: _Stage, pairs: Iterable[Pair]) -> list[_End]:
    """Judge all pairs, then convert those that want it."""
    verdicts = [judge(stage.place, pair, partial(_source_sha256, stage, pair)) for pair in pairs]
    wanted = [item for item in verdicts if isinstance(item, Wanted)]
    tags = site_tags(stage.snapshot) if wanted else TagStatistics()
    near = _companions(stage.snapshot) if wanted else {}
    manner = Manner(stage.zone, tags, stage.wish.accept, near)
    made = convert_all((_task(stage, one) for one in wanted), len(wanted), manner, stage.jobs)
    counted = enumerate(made, 1)
    return [
        _write(stage, item, *next(counted), len(wanted)) if isinstance(item, Wanted) else item
        for item in verdicts
    ]


def _source_sha256(stage: _Stage, pair: Pair) -> str:
    if pair.entry:
        return pair.entry.sha256
    return sha256(stage.snapshot.read(pair.source)).hexdigest()


def _companions(snapshot: Snapshot) -> dict[str, tuple[str, Digest]]:
    """Return where what was saved with pages lies, by its path in the site, and its digest."""
    return {
        path: (snapshot.origins[path], content)
        for path, content in snapshot.files.items()
        if path.startswith(SOURCES) and is_companion(path)
    }


def _task(stage: _Stage, item: Wanted) -> Task:
    pair, day = item.pair, item.added or stage.today
    origin = _origin(stage.snapshot, pair.source)
    if pair.entry:
        return Task(pair.source, day, entry=pair.entry, origin=origin)
    place, content = str(stage.snapshot.origins[pair.source]), stage.snapshot.files[pair.source]
    return Task(pair.source, day, place=place, digest=content, origin=origin)


def _write(stage: _Stage, item: Wanted, done: int, made: Conversion | Problem, count: int) -> _End:
    stage.progress("convert", done, count)
    try:
        if isinstance(made, Conversion):
            record = read_record(stage.site / item.pair.record)
            made = localised(made, recorded_images(record))
        return reconcile(stage.place, item, made)
    except OSError as error:
        return problem("E708", Span(item.pair.source), reason=error.strerror or error)


def _origin(snapshot: Snapshot, source: RelPath) -> Origin | None:
    """Read where a source was fetched from, if that is known."""
    beside = RelPath(source + ORIGIN)
    return read_origin(snapshot.read(beside)) if beside in snapshot.files else None
