"""The command ``import``: texts from anywhere become sources of the site and articles.

Owns what happens around a conversion that a person asked for: names, clashes, copies, the lock.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from wenzhai.config import SETTINGS_FILE, Config
from wenzhai.console import say
from wenzhai.conversions import pack
from wenzhai.fetching import Web
from wenzhai.file_intake import Ground
from wenzhai.import_names import Clashes
from wenzhai.import_offers import Job, read_offers
from wenzhai.import_report import Outcome, show_outcome
from wenzhai.import_writing import counted_tags, told_of, write_offers
from wenzhai.importers.extras import missing_extra
from wenzhai.intake import take_in
from wenzhai.memo import Progress, silent
from wenzhai.offers import Offer
from wenzhai.problems import Language, Problem, sort_problems
from wenzhai.request import read_settings
from wenzhai.web_intake import offer_of
from wenzhai.words import MESSAGES

DONE, PROBLEMS, USAGE = 0, 1, 2
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
    with TemporaryDirectory(prefix="wenzhai-") as unpacked:
        ground = Ground(job.site, Path(unpacked), apart=job.target is not None)
        intake = take_in(options.sources, ground, sys.stdin.buffer, fetch)
        if intake.misnamed:
            outcome = Outcome(problems=intake.problems)
        elif options.dry_run:
            outcome = _preview(job, intake.offers, progress)
        else:
            outcome = write_offers(job, web, intake, progress)
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
    for one in read_offers(job, offers, counted_tags(job), progress):
        clash = one if isinstance(one, Problem) else None if job.target else clashes.find(one)
        if isinstance(one, Problem) or clash:
            problems += [clash] if clash else []
        else:
            shown += [told_of(job, one, part, pack(part.made)[1]) for part in one.parts]
    return Outcome(tuple(shown), (), tuple(problems))
