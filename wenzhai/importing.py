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
from wenzhai.import_names import without_clashes
from wenzhai.import_offers import Job, Part, Reading, read_offers
from wenzhai.import_report import Imported, Outcome, show_outcome
from wenzhai.importers.extras import missing_extra
from wenzhai.importers.image_links import localised, recorded_images
from wenzhai.importers.origin import ORIGIN, origin_json
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import markdown
from wenzhai.intake import Intake, Offer, take_in
from wenzhai.lock import build_lock
from wenzhai.model import RelPath
from wenzhai.pairing import ARTICLES, Pair, digest_of, record_of
from wenzhai.problems import Language, Problem, Span, problem, sort_problems
from wenzhai.reconciling import reconcile
from wenzhai.request import Run, read_settings
from wenzhai.scan import scan_sources
from wenzhai.snapshot import take_snapshot
from wenzhai.verdicts import Place, Settled, Wanted, Wish, judge
from wenzhai.web_intake import offer_of
from wenzhai.words import MESSAGES

DONE, PROBLEMS, USAGE = 0, 1, 2
TOLD = frozenset({"W752", "W755", "W756", "W757", "W760"})
"""Codes that tell what was done; nobody has to mend anything."""


def import_sources(options: argparse.Namespace, language: Language) -> int:
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
        outcome = _preview(job, intake.offers)
    else:
        outcome = _into_folder(job, web, intake.offers) if job.target else _into(job, web, intake)
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
    config = Config() if siteless else read_settings(site)
    return Job(
        site, target, config, now, options.force, options.keep, options.accept, options.images
    )


def _preview(job: Job, offers: tuple[Offer, ...]) -> Outcome:
    """Convert without writing anything."""
    read, problems = read_offers(job, offers, _tags(job))
    if job.target is None:
        read, clashes = without_clashes(job.site, read, force=job.force)
        problems += clashes
    shown = tuple(
        _imported(job, one, part, pack(part.made)[1]) for one in read for part in one.parts
    )
    return Outcome(shown, (), tuple(problems))


def _tags(job: Job) -> TagStatistics:
    if not (job.site / SETTINGS_FILE).is_file():
        return TagStatistics()
    return site_tags(take_snapshot(scan_sources(job.site, (), time.time_ns()), {})[0])


def _into_folder(job: Job, web: Web, offers: tuple[Offer, ...]) -> Outcome:
    """Write articles and records into the folder of ``--to``."""
    with _locked(job):
        read, problems = read_offers(job, offers, _tags(job))
        imported, unchanged = [], []
        taken: dict[str, str] = {}
        for one, part in ((each, part) for each in read for part in each.parts):
            article = _article(job, part)
            other = taken.setdefault(article, one.offer.shown)
            clash = problem("E703", Span(one.offer.shown), other=other, article=article)
            found = _write_beside(job, one, part) if other == one.offer.shown else clash
            if isinstance(found, Problem):
                problems.append(found)
                continue
            problems += [*found.notes, *_keep_images(job, web, Path(article))]
            if found.written:
                imported.append(_imported(job, one, part, record_path(Path(article)).read_bytes()))
            else:
                unchanged.append(article)
    return Outcome(tuple(imported), tuple(unchanged), tuple(problems))


@contextmanager
def _locked(job: Job) -> Iterator[None]:
    """Hold the site's lock where there is a site."""
    if not (job.site / SETTINGS_FILE).is_file():
        yield
        return
    with build_lock(job.site):
        yield


def _write_beside(job: Job, one: Reading, part: Part) -> Settled | Problem:
    """Write one article into a folder of the person's, sparing edits."""
    article, made = RelPath(_article(job, part)), part.made
    record, digest = record_of(article), made.record.source_sha256
    pair = Pair(
        RelPath(one.offer.shown),
        article,
        record,
        digest,
        digest_of(Path(article)),
        digest_of(Path(record)),
    )
    made = localised(made, recorded_images(read_record(Path(record))))
    place = Place(Path(), Wish(None, job.force, job.keep, job.accept))
    verdict = judge(place, pair, lambda: digest)
    try:
        return reconcile(place, verdict, made) if isinstance(verdict, Wanted) else verdict
    except OSError as error:
        return problem("E708", Span(one.offer.shown), reason=error.strerror or error)


def _into(job: Job, web: Web, intake: Intake) -> Outcome:
    """Copy what lies outside into the site, then let the conversion stage do the rest."""
    with opened(Run(job.site, job.site / "public", job.now)) as store:
        read, problems = read_offers(job, intake.offers, TagStatistics())
        read, clashes = without_clashes(job.site, read, force=job.force)
        copied, failed = _copy(job, read)
        failed += copy_files(job.site, intake.files)
        wanted = frozenset(one.source for one in copied)
        snapshot, _ = take_snapshot(scan_sources(job.site, (), time.time_ns()), store.files())
        wish = Wish(wanted, job.force, job.keep, job.accept)
        zone = job.config.timezone
        done = convert_sources(job.site, snapshot, lambda _: False, job.today, zone, wish)
        articles = [job.site / ARTICLES / part.path for one in copied for part in one.parts]
        failed += [item for path in articles for item in _keep_images(job, web, path)]
        snapshot, _ = take_snapshot(scan_sources(job.site, (), time.time_ns()), store.files())
        twins = find_duplicates(job.site, snapshot, store, frozenset(done.imported))
    faulty = {item.span.path for item in done.problems}
    imported, unchanged = [], []
    for one in copied:
        written = [part for part in one.parts if ARTICLES + part.path in done.imported]
        for part in written:
            record = record_path(job.site / ARTICLES / part.path)
            imported.append(_imported(job, one, part, record.read_bytes()))
        if not written and one.source not in faulty:
            unchanged.append(one.source)
    every = (*problems, *clashes, *failed, *done.problems, *twins)
    return Outcome(tuple(imported), tuple(unchanged), every)


def _keep_images(job: Job, web: Web, article: Path) -> tuple[Problem, ...]:
    """Give an article copies of its images, where that is wanted."""
    if not (job.images and article.is_file()):
        return ()
    inside = job.target is None and article.is_relative_to(job.site)
    shown = article.relative_to(job.site).as_posix() if inside else article.as_posix()
    return keep_images(article, shown, partial(fetch_image, web=web)).problems


def _copy(job: Job, read: list[Reading]) -> tuple[list[Reading], list[Problem]]:
    """Copy what lies outside into content/sources, its bytes as they are."""
    copied, problems = [], []
    for one in read:
        place = job.site / one.source
        try:
            if not one.offer.inside and not (
                place.is_file() and place.read_bytes() == one.offer.content
            ):
                write_file(place, one.offer.content)
                if one.offer.origin:
                    beside = place.with_name(place.name + ORIGIN)
                    write_file(beside, origin_json(one.offer.origin).encode())
        except OSError as error:
            reason = error.strerror or error
            problems.append(problem("E708", Span(one.offer.shown), reason=reason))
            continue
        copied.append(one)
    return copied, problems


def _imported(job: Job, one: Reading, part: Part, record: bytes) -> Imported:
    copied = one.offer.inside or job.target is None
    source = str(one.source) if copied else one.offer.shown
    return Imported(source, _article(job, part), json.loads(record), markdown(part.made))


def _article(job: Job, part: Part) -> str:
    if job.target is None:
        return ARTICLES + part.path
    return (job.target / part.path).as_posix()
