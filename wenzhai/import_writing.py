"""Imported texts are written: into a site, as sources and articles, or as articles into a folder.

Owns the order in which things are written, copies of sources, and what is told of each.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from wenzhai.config import SETTINGS_FILE, SOURCES
from wenzhai.conversions import write_file
from wenzhai.convert import convert_sources, renewed, site_tags
from wenzhai.duplicates import find_duplicates
from wenzhai.engine import opened
from wenzhai.fetching import Web
from wenzhai.image_fetching import fetch_image
from wenzhai.image_files import copy_files
from wenzhai.image_keeping import keep_images
from wenzhai.import_names import Clashes
from wenzhai.import_offers import Job, Part, Reading, read_offers
from wenzhai.import_report import Imported, Outcome
from wenzhai.importers.formats import is_container
from wenzhai.importers.image_links import localised, recorded_images
from wenzhai.importers.origin import ORIGIN, origin_json
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import markdown
from wenzhai.intake import Intake
from wenzhai.lock import build_lock
from wenzhai.memo import Progress
from wenzhai.model import RelPath
from wenzhai.pairing import ARTICLES, Pair, digest_of, record_of
from wenzhai.problems import Problem, Span, problem
from wenzhai.reconciling import reconcile
from wenzhai.records import read_record, record_path
from wenzhai.request import Run
from wenzhai.scan import scan_sources
from wenzhai.snapshot import Snapshot, take_snapshot
from wenzhai.store import Store
from wenzhai.verdicts import Place, Settled, Wanted, Wish, judge

BRIEF = ("confidence", "doubts", "held", "warnings")
"""What a line on an import tells of a record."""


def write_offers(job: Job, web: Web, intake: Intake, progress: Progress) -> Outcome:
    """Convert all offers and write what they become; one that cannot be is a problem.

    Problem codes: those of read_offers, Clashes.find, judge, reconcile, keep_images, copy_files,
    convert_sources and find_duplicates, E703 two offers for one article, E708 cannot be written.

    Raises:
        Locked: if a build of this site is running.
        OSError: if the cache cannot be written.
    """
    told = _Told(job, web)
    into = _into_folder if job.target else _into
    return into(told, intake, progress)


def counted_tags(job: Job) -> TagStatistics:
    """Count the tags of the site, if there is one."""
    if not (job.site / SETTINGS_FILE).is_file():
        return TagStatistics()
    return site_tags(take_snapshot(scan_sources(job.site, (), time.time_ns()), {})[0])


def _into_folder(told: _Told, intake: Intake, progress: Progress) -> Outcome:
    """Write articles and records into the folder of ``--to``."""
    job = told.job
    taken: dict[str, str] = {}
    with _locked(job):
        for one in read_offers(job, intake.offers, counted_tags(job), progress):
            if isinstance(one, Problem):
                told.problems.append(one)
                continue
            for part in one.parts:
                article = _article(job, part)
                other = taken.setdefault(article, one.offer.shown)
                span = Span(one.offer.shown)
                clash = problem("E703", span, other=other, article=article)
                free = other == one.offer.shown
                told.add(one, part, _write(job, Path(), one, part) if free else clash, article)
        if job.target:
            told.problems += copy_files(job.target, intake.files)
    return told.outcome()


@contextmanager
def _locked(job: Job) -> Iterator[None]:
    """Hold the site's lock where there is a site."""
    if not (job.site / SETTINGS_FILE).is_file():
        yield
        return
    with build_lock(job.site):
        yield


def _write(job: Job, folder: Path, one: Reading, part: Part) -> Settled | Problem:
    """Write one article, sparing edits; its path counts from ``folder``."""
    article, digest = RelPath(_article(job, part)), part.made.record.source_sha256
    source = one.source if job.target is None else RelPath(one.offer.shown)
    record = record_of(article)
    places = digest_of(folder / article), digest_of(folder / record)
    place = Place(folder, Wish(None, job.force, job.keep, job.accept))
    verdict = judge(place, Pair(source, article, record, digest, *places), lambda: digest)
    try:
        if not isinstance(verdict, Wanted):
            return verdict
        made = localised(part.made, recorded_images(read_record(folder / record)))
        return reconcile(place, verdict, made)
    except OSError as error:
        return problem("E708", Span(one.offer.shown), reason=error.strerror or error)


def _into(told: _Told, intake: Intake, progress: Progress) -> Outcome:
    """Copy what lies outside into the site, and convert it there."""
    job, full = told.job, []
    with opened(Run(job.site, job.site / "public", job.now)) as store:
        clashes = Clashes(job.site, force=job.force)
        for one in read_offers(job, intake.offers, counted_tags(job), progress):
            clash = one if isinstance(one, Problem) else clashes.find(one) or _copy(job, one)
            if isinstance(one, Problem) or clash:
                told.problems += [clash] if clash else []
            elif is_container(one.source):
                full.append(one)
            else:
                (part,) = one.parts
                told.add(one, part, _write(job, job.site, one, part), one.source)
        told.problems += copy_files(job.site / SOURCES, intake.files)
        if full:
            _convert_full(told, full, _snapshot(job, store))
        articles = frozenset(RelPath(one.article) for one in told.imported)
        if articles:
            told.problems += find_duplicates(job.site, _snapshot(job, store), store, articles)
    return told.outcome()


def _snapshot(job: Job, store: Store) -> Snapshot:
    return take_snapshot(scan_sources(job.site, (), time.time_ns()), store.files())[0]


def _convert_full(told: _Told, full: list[Reading], snapshot: Snapshot) -> None:
    """Convert sources that hold many articles: they have a listing besides."""
    job, wanted = told.job, frozenset(one.source for one in full)
    wish = Wish(wanted, job.force, job.keep, job.accept)
    zone = job.config.timezone
    done = convert_sources(job.site, snapshot, lambda _: False, job.today, zone, wish, job.jobs)
    told.problems += done.problems
    faulty = {item.span.path for item in done.problems}
    for one in full:
        written = [part for part in one.parts if ARTICLES + part.path in done.imported]
        for part in one.parts:
            told.keep_images(part)
        for part in written:
            told.enter(one, part)
        if not written and one.source not in faulty:
            told.unchanged.append(one.source)


def _copy(job: Job, one: Reading) -> Problem | None:
    """Copy what lies outside into content/sources, its bytes as they are."""
    place = job.site / one.source
    try:
        content = b"" if one.offer.inside else one.offer.read()
        if one.offer.inside or (place.is_file() and place.read_bytes() == content):
            return None
        write_file(place, content)
        if one.offer.origin:
            beside = place.with_name(place.name + ORIGIN)
            write_file(beside, origin_json(one.offer.origin).encode())
    except OSError as error:
        return problem("E708", Span(one.offer.shown), reason=error.strerror or error)
    return None


class _Told:
    """What an import has done so far."""

    def __init__(self, job: Job, web: Web) -> None:
        self.job = job
        self._web = web
        self.imported: list[Imported] = []
        self.unchanged: list[str] = []
        self.problems: list[Problem] = []

    def add(self, one: Reading, part: Part, end: Settled | Problem, unchanged: str) -> None:
        """Enter what became of one article; ``unchanged`` is what it is called if nothing did."""
        if isinstance(end, Problem):
            self.problems.append(end)
            return
        self.problems += [*end.notes, *renewed((end,))]
        self.keep_images(part)
        if end.written:
            self.enter(one, part)
        else:
            self.unchanged.append(unchanged)

    def enter(self, one: Reading, part: Part) -> None:
        """Enter an article that was written."""
        record = record_path(_place(self.job, part))
        self.imported.append(told_of(self.job, one, part, record.read_bytes()))

    def keep_images(self, part: Part) -> None:
        """Give an article copies of its images, where that is wanted."""
        article = _place(self.job, part)
        if self.job.images and article.is_file():
            fetch = partial(fetch_image, web=self._web)
            self.problems += keep_images(article, _article(self.job, part), fetch).problems

    def outcome(self) -> Outcome:
        """Return all of it."""
        return Outcome(tuple(self.imported), tuple(self.unchanged), tuple(self.problems))


def told_of(job: Job, one: Reading, part: Part, record: bytes) -> Imported:
    """Say what was made; of many articles only what is told of them is kept."""
    copied = one.offer.inside or job.target is None
    source = str(one.source) if copied else one.offer.shown
    table = json.loads(record)
    if job.whole:
        return Imported(source, _article(job, part), table, markdown(part.made))
    return Imported(source, _article(job, part), {name: table[name] for name in BRIEF}, "")


def _article(job: Job, part: Part) -> str:
    if job.target is None:
        return ARTICLES + part.path
    return (job.target / part.path).as_posix()


def _place(job: Job, part: Part) -> Path:
    """Return the file of an article."""
    return (Path() if job.target else job.site) / _article(job, part)
