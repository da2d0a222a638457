"""The command ``import``: texts from anywhere become sources of the site and articles.

Owns what happens around a conversion that a person asked for: names, clashes, copies, the lock.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from wenzhai.config import SETTINGS_FILE, Config
from wenzhai.console import say
from wenzhai.conversions import pack, read_record, record_path, write_file
from wenzhai.convert import convert_sources, site_tags
from wenzhai.duplicates import find_duplicates
from wenzhai.engine import opened
from wenzhai.fetching import Web
from wenzhai.image_fetching import fetch_image
from wenzhai.image_files import copy_files
from wenzhai.image_keeping import keep_images
from wenzhai.import_names import Clashes
from wenzhai.import_offers import Job, Part, Reading, read_offers
from wenzhai.import_report import Imported, Outcome, show_outcome
from wenzhai.importers.extras import missing_extra
from wenzhai.importers.formats import is_container
from wenzhai.importers.image_links import localised, recorded_images
from wenzhai.importers.origin import ORIGIN, origin_json
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import markdown
from wenzhai.intake import Intake, Offer, take_in
from wenzhai.lock import build_lock
from wenzhai.memo import Progress, silent
from wenzhai.model import RelPath
from wenzhai.pairing import ARTICLES, Pair, digest_of, record_of
from wenzhai.problems import Language, Problem, Span, problem, sort_problems
from wenzhai.reconciling import reconcile
from wenzhai.request import Run, read_settings
from wenzhai.scan import scan_sources
from wenzhai.snapshot import Snapshot, take_snapshot
from wenzhai.store import Store
from wenzhai.verdicts import Place, Settled, Wanted, Wish, judge
from wenzhai.web_intake import offer_of
from wenzhai.words import MESSAGES

DONE, PROBLEMS, USAGE = 0, 1, 2
BRIEF = ("confidence", "doubts", "held", "warnings")
"""What a line on an import tells of a record."""
TOLD = frozenset({"W752", "W755", "W756", "W757", "W760", "W771", "W772"})
"""Codes that tell what was done; nobody has to mend anything."""


def import_sources(
    options: argparse.Namespace, language: Language, progress: Progress = silent
) -> int:
    """Import files, folders or standard input, and return the exit code.

    Raises:
        SettingsError: if the folder is no site, where one is needed.
        Locked: if a build of this site is running.
        OSError: if the cache cannot be written.
    """
    if options.force and options.keep:
        say(MESSAGES[language]["force or keep"])
        return USAGE
    if options.images and (missing := missing_extra("web", "httpx", "protego", path="--images")):
        show_outcome(Outcome(problems=(missing,)), language, as_json=options.json, dry=False)
        return USAGE
    job = _job(options, os.environ)
    web = Web()  # one for all, so that each robots.txt is asked for once
    fetch = partial(offer_of, web=web, moment=job.moment)
    intake = take_in(options.sources, job.site, sys.stdin.buffer, fetch)
    if intake.misnamed:
        outcome = Outcome(problems=intake.problems)
    elif options.dry_run:
        outcome = _preview(job, intake.offers, progress)
    else:
        told = _Told(job, web)
        into = _into_folder if job.target else _into
        outcome = into(told, intake, progress)
    problems = sort_problems((*intake.problems, *outcome.problems))
    notes = tuple(item for item in problems if item.code in TOLD)
    problems = tuple(item for item in problems if item.code not in TOLD)
    outcome = replace(outcome, problems=problems, notes=(*intake.notes, *notes))
    show_outcome(outcome, language, as_json=options.json, dry=options.dry_run)
    if intake.misnamed:
        return USAGE
    return PROBLEMS if outcome.problems else DONE


def _job(options: argparse.Namespace, environment: Mapping[str, str]) -> Job:
    """Read the settings; a conversion into some folder needs no site."""
    site = Path(options.site).absolute()
    target = Path(options.to) if options.to else None
    siteless = target is not None and not (site / SETTINGS_FILE).is_file()
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    now = int(epoch) if epoch.isdigit() else int(time.time())
    jobs, whole = os.cpu_count() or 1, options.json or options.dry_run
    config = Config() if siteless else read_settings(site)
    force, keep, accept, images = options.force, options.keep, options.accept, options.images
    return Job(site, target, config, now, force, keep, accept, images, jobs, whole)


def _preview(job: Job, offers: tuple[Offer, ...], progress: Progress) -> Outcome:
    """Convert without writing anything."""
    clashes = Clashes(job.site, force=job.force)
    shown, problems = [], []
    for one in read_offers(job, offers, _tags(job), progress):
        clash = one if isinstance(one, Problem) else None if job.target else clashes.find(one)
        if isinstance(one, Problem) or clash:
            problems += [clash] if clash else []
        else:
            shown += [_imported(job, one, part, pack(part.made)[1]) for part in one.parts]
    return Outcome(tuple(shown), (), tuple(problems))


def _tags(job: Job) -> TagStatistics:
    if not (job.site / SETTINGS_FILE).is_file():
        return TagStatistics()
    return site_tags(take_snapshot(scan_sources(job.site, (), time.time_ns()), {})[0])


def _into_folder(told: _Told, intake: Intake, progress: Progress) -> Outcome:
    """Write articles and records into the folder of ``--to``."""
    job = told.job
    taken: dict[str, str] = {}
    with _locked(job):
        for one in read_offers(job, intake.offers, _tags(job), progress):
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
        for one in read_offers(job, intake.offers, _tags(job), progress):
            clash = one if isinstance(one, Problem) else clashes.find(one) or _copy(job, one)
            if isinstance(one, Problem) or clash:
                told.problems += [clash] if clash else []
            elif is_container(one.source):
                full.append(one)
            else:
                (part,) = one.parts
                told.add(one, part, _write(job, job.site, one, part), one.source)
        told.problems += copy_files(job.site, intake.files)
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
        self.problems += end.notes
        self.keep_images(part)
        if end.written:
            self.enter(one, part)
        else:
            self.unchanged.append(unchanged)

    def enter(self, one: Reading, part: Part) -> None:
        """Enter an article that was written."""
        record = record_path(_place(self.job, part))
        self.imported.append(_imported(self.job, one, part, record.read_bytes()))

    def keep_images(self, part: Part) -> None:
        """Give an article copies of its images, where that is wanted."""
        article = _place(self.job, part)
        if self.job.images and article.is_file():
            fetch = partial(fetch_image, web=self._web)
            self.problems += keep_images(article, _article(self.job, part), fetch).problems

    def outcome(self) -> Outcome:
        """Return all of it."""
        return Outcome(tuple(self.imported), tuple(self.unchanged), tuple(self.problems))


def _imported(job: Job, one: Reading, part: Part, record: bytes) -> Imported:
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
