"""The command ``import``: texts from anywhere become sources of the site and articles.

Owns what happens around a conversion that a person asked for: names, clashes, copies, the lock.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from wenzhai.config import SETTINGS_FILE, SOURCES, Config
from wenzhai.console import say
from wenzhai.conversions import compare, pack, read_record, record_path, write_file
from wenzhai.convert import Wish, convert_sources, site_tags
from wenzhai.engine import opened
from wenzhai.fetching import Web
from wenzhai.import_names import Reading, without_clashes
from wenzhai.import_report import Imported, Outcome, show_outcome
from wenzhai.importers.origin import ORIGIN, origin_json
from wenzhai.importers.reading import convert_bytes, release
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion, markdown
from wenzhai.intake import Offer, take_in
from wenzhai.lock import build_lock
from wenzhai.pairing import article_of
from wenzhai.problems import Language, Problem, Span, problem, sort_problems
from wenzhai.request import Run, read_settings
from wenzhai.scan import scan_sources
from wenzhai.slugs import title_slug
from wenzhai.snapshot import take_snapshot
from wenzhai.web_intake import offer_of
from wenzhai.words import MESSAGES

DONE, PROBLEMS, USAGE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class _Job:
    """One call of the command; ``target`` is the folder of ``--to``, or None."""

    site: Path
    target: Path | None
    config: Config
    now: int
    force: bool
    keep: bool
    accept: bool

    @property
    def today(self) -> str:
        """The day of the import in the site's zone, ISO 8601."""
        return datetime.fromtimestamp(self.now, ZoneInfo(self.config.timezone)).date().isoformat()


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
    job = _job(options, os.environ)
    intake = take_in(options.sources, job.site, sys.stdin.buffer, _fetch(job))
    if intake.misnamed:
        outcome = Outcome(problems=intake.problems)
    elif options.dry_run:
        outcome = _preview(job, intake.offers)
    else:
        outcome = _into_folder(job, intake.offers) if job.target else _into(job, intake.offers)
    problems = sort_problems((*intake.problems, *outcome.problems))
    outcome = replace(outcome, problems=problems, notes=intake.notes)
    show_outcome(outcome, language, as_json=options.json, dry=options.dry_run)
    if intake.misnamed:
        return USAGE
    return PROBLEMS if outcome.problems else DONE


def _job(options: argparse.Namespace, environment: Mapping[str, str]) -> _Job:
    """Read the settings; a conversion into some folder needs no site."""
    site = Path(options.site).absolute()
    target = Path(options.to) if options.to else None
    siteless = target is not None and not (site / SETTINGS_FILE).is_file()
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    now = int(epoch) if epoch.isdigit() else int(time.time())
    config = Config() if siteless else read_settings(site)
    return _Job(site, target, config, now, options.force, options.keep, options.accept)


def _fetch(job: _Job) -> Callable[[str], Offer | Problem]:
    """Make what fetches addresses; one call of the command asks each robots.txt once."""
    web = Web()
    moment = datetime.fromtimestamp(job.now, ZoneInfo(job.config.timezone)).isoformat()
    return lambda url: offer_of(url, web, moment)


def _preview(job: _Job, offers: tuple[Offer, ...]) -> Outcome:
    """Convert without writing anything."""
    read, problems = _read_all(job, offers, _tags(job))
    if job.target is None:
        read, clashes = without_clashes(job.site, read, force=job.force)
        problems += clashes
    shown = tuple(_imported(job, one, pack(one.made)[1]) for one in read)
    return Outcome(shown, (), tuple(problems))


def _tags(job: _Job) -> TagStatistics:
    if not (job.site / SETTINGS_FILE).is_file():
        return TagStatistics()
    return site_tags(take_snapshot(scan_sources(job.site, (), time.time_ns()), {})[0])


def _into_folder(job: _Job, offers: tuple[Offer, ...]) -> Outcome:
    """Write articles and records into the folder of ``--to``."""
    with _locked(job):
        read, problems = _read_all(job, offers, _tags(job))
        imported, unchanged = [], []
        taken: dict[str, str] = {}
        for one in read:
            article = _article(job, one)
            other = taken.setdefault(article, one.offer.shown)
            found = _write_beside(job, one) if other == one.offer.shown else None
            if found is None:
                problems.append(
                    problem("E703", Span(one.offer.shown), other=other, article=article)
                )
            elif isinstance(found, Problem):
                problems.append(found)
            elif isinstance(found, Imported):
                imported.append(found)
            else:
                unchanged.append(found)
    return Outcome(tuple(imported), tuple(unchanged), tuple(problems))


@contextmanager
def _locked(job: _Job) -> Iterator[None]:
    """Hold the site's lock where there is a site."""
    if not (job.site / SETTINGS_FILE).is_file():
        yield
        return
    with build_lock(job.site):
        yield


def _write_beside(job: _Job, one: Reading) -> Imported | Problem | str:
    """Write one article into a folder of the person's, sparing edits; a text means: unchanged."""
    article = Path(_article(job, one))
    beside = record_path(article)
    try:
        if article.exists() and not job.force:
            record = read_record(beside)
            if record is None:
                return problem("W705", Span(str(article)), source=one.offer.shown, article=article)
            source = one.made.record.source_sha256
            verdict = compare(record, source, sha256(article.read_bytes()).hexdigest())
            if verdict == "settled":
                return str(article)
            if verdict == "both changed":
                shown = one.offer.shown
                return problem("W704", Span(shown), article=article, source=shown)
        text, packed = pack(one.made)
        write_file(article, text)
        write_file(beside, packed)
    except OSError as error:
        return problem("E708", Span(one.offer.shown), reason=error.strerror or error)
    return _imported(job, one, packed)


def _into(job: _Job, offers: tuple[Offer, ...]) -> Outcome:
    """Copy what lies outside into the site, then let the conversion stage do the rest."""
    with opened(Run(job.site, job.site / "public", job.now)) as store:
        read, problems = _read_all(job, offers, TagStatistics())
        read, clashes = without_clashes(job.site, read, force=job.force)
        copied, failed = _copy(job, read)
        wanted = frozenset(one.source for one in copied)
        snapshot, _ = take_snapshot(scan_sources(job.site, (), time.time_ns()), store.files())
        wish = Wish(wanted, job.force, job.keep, job.accept)
        zone = job.config.timezone
        done = convert_sources(job.site, snapshot, lambda _: False, job.today, zone, wish)
    faulty = {item.span.path for item in done.problems}
    imported, unchanged = [], []
    for one in copied:
        if article_of(one.source) in done.imported:
            record = job.site / record_path(Path(article_of(one.source)))
            imported.append(_imported(job, one, record.read_bytes()))
        elif one.source not in faulty:
            unchanged.append(one.source)
    every = (*problems, *clashes, *failed, *done.problems)
    return Outcome(tuple(imported), tuple(unchanged), every)


def _read_all(
    job: _Job, offers: tuple[Offer, ...], tags: TagStatistics
) -> tuple[list[Reading], list[Problem]]:
    """Convert all offers, so that nothing is copied that cannot be an article."""
    read, problems = [], []
    for offer in offers:
        path = SOURCES + offer.name if offer.inside else offer.name or f"-{offer.kind}"
        zone = job.config.timezone
        made = convert_bytes(offer.content, path, job.today, zone, tags, offer.origin)
        if isinstance(made, Problem):
            problems.append(replace(made, span=replace(made.span, path=offer.shown)))
            continue
        name = offer.name or _name_of(made, offer.kind, job.config.language)
        path = name if job.target and not offer.inside else SOURCES + name
        made = replace(made, record=replace(made.record, source_path=path))
        made = release(made) if job.accept else made
        read.append(Reading(replace(offer, name=name), made))
    return read, problems


def _name_of(made: Conversion, kind: str, language: str) -> str:
    """Name a text that has no file by its title, or by its content where it has none."""
    title = next((field for field in made.record.fields if field.name == "title"), None)
    if title is None or title.proposed:
        return f"text-{made.record.source_sha256[:8]}{kind}"
    return f"{title_slug(str(title.value), language)}{kind}"


def _copy(job: _Job, read: list[Reading]) -> tuple[list[Reading], list[Problem]]:
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


def _imported(job: _Job, one: Reading, record: bytes) -> Imported:
    copied = one.offer.inside or job.target is None
    source = str(one.source) if copied else one.offer.shown
    return Imported(source, _article(job, one), json.loads(record), markdown(one.made))


def _article(job: _Job, one: Reading) -> str:
    if job.target is None:
        return article_of(one.source)
    return (job.target / PurePosixPath(one.offer.name).with_suffix(".md")).as_posix()
