"""Offers for import are read: each becomes articles to be, or a problem; nothing is written.

Owns the names that articles get; where they may lie is another module's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from wenzhai.config import SOURCES, Config
from wenzhai.containers import name_entries, read_listing
from wenzhai.conversions import day_added, read_record, record_path
from wenzhai.importers.html.saved import LARGEST_IMAGE, nothing_beside
from wenzhai.importers.reading import (
    convert_bytes,
    convert_entry,
    is_container,
    release,
    split_source,
)
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion
from wenzhai.intake import Offer
from wenzhai.model import RelPath
from wenzhai.pairing import ARTICLES, article_of
from wenzhai.problems import Problem, Span, problem
from wenzhai.slugs import title_slug


@dataclass(frozen=True, slots=True)
class Job:
    """One call of the command; ``target`` is the folder of ``--to``, or None."""

    site: Path
    target: Path | None
    config: Config
    now: int
    force: bool
    keep: bool
    accept: bool
    images: bool = False

    @property
    def today(self) -> str:
        """The day of the import in the site's zone, ISO 8601."""
        return self.moment[: len("2024-01-01")]

    @property
    def moment(self) -> str:
        """The moment of the import in the site's zone, ISO 8601."""
        return datetime.fromtimestamp(self.now, ZoneInfo(self.config.timezone)).isoformat()


@dataclass(frozen=True, slots=True)
class Part:
    """An article of an offer: its path below a folder of articles, and its conversion."""

    path: str
    made: Conversion


@dataclass(frozen=True, slots=True)
class Reading:
    """An offer that could be converted, under the name it gets; most have a single part."""

    offer: Offer
    parts: tuple[Part, ...]

    @property
    def source(self) -> RelPath:
        """Its path in the site."""
        return RelPath(SOURCES + self.offer.name)


def read_offers(
    job: Job, offers: tuple[Offer, ...], tags: TagStatistics
) -> tuple[list[Reading], list[Problem]]:
    """Convert all offers, so that nothing is copied that cannot be an article."""
    read, problems = [], []
    for offer in offers:
        found, faults = _read_offer(job, offer, tags)
        read += [Reading(*found)] if found else []
        problems += faults
    return read, problems


def _read_offer(
    job: Job, offer: Offer, tags: TagStatistics
) -> tuple[tuple[Offer, tuple[Part, ...]] | None, list[Problem]]:
    """Convert one offer; give it with its name and parts, unless it has none."""
    path = SOURCES + offer.name if offer.inside else offer.name or f"-{offer.kind}"
    if is_container(path):
        parts, faults = _read_entries(job, offer, path, tags)
        return (offer, parts) if parts else None, faults
    zone = job.config.timezone
    day = _day(job, _article_name(job, offer, offer.name)) if offer.name else job.today
    beside = partial(_read_beside, offer.folder) if offer.folder else nothing_beside
    made = convert_bytes(offer.content, path, day, zone, tags, offer.origin, beside)
    if isinstance(made, Problem):
        return None, [_shown_as(made, offer.shown)]
    name = offer.name or _name_of(made, offer.kind, job.config.language)
    part = Part(_article_name(job, offer, name), _prepared(job, made, _path_of(job, offer, name)))
    return (replace(offer, name=name), (part,)), []


def _read_beside(folder: Path, name: str) -> bytes | None:
    """Read what was saved with a page; nothing outside of its folder is."""
    path = (folder / name).resolve()
    try:
        small = path.is_file() and path.stat().st_size <= LARGEST_IMAGE
        return path.read_bytes() if small and path.is_relative_to(folder.resolve()) else None
    except (OSError, ValueError):
        return None


def _read_entries(
    job: Job, offer: Offer, path: str, tags: TagStatistics
) -> tuple[tuple[Part, ...], list[Problem]]:
    """Convert the entries of a container; those without text are no parts."""
    entries = split_source(offer.content, path)
    if isinstance(entries, Problem):
        return (), [_shown_as(entries, offer.shown)]
    stem = _article_name(job, offer, offer.name).removesuffix(".md")
    folder = (job.target or job.site / ARTICLES) / stem
    listing = read_listing(record_path(folder.with_name(f"{folder.name}.md")))
    parts, problems = [], []
    for entry, name in name_entries(entries, listing, folder):
        day = _day(job, f"{stem}/{name}")
        made = convert_entry(entry, path, day, job.config.timezone, tags)
        if not isinstance(made, Problem):
            source = _path_of(job, offer, offer.name)
            parts.append(Part(f"{stem}/{name}", _prepared(job, made, source)))
        elif made.code != "E714":
            problems.append(_shown_as(made, f"{offer.shown}#{entry.name}"))
    if not (parts or problems):
        problems.append(problem("E714", Span(offer.shown)))
    return tuple(parts), problems


def _day(job: Job, article: str) -> str:
    """Return the day an article was added, today if it is new."""
    folder = job.target or job.site / ARTICLES
    return day_added(read_record(record_path(folder / article))) or job.today


def _shown_as(found: Problem, shown: str) -> Problem:
    return replace(found, span=replace(found.span, path=shown))


def _path_of(job: Job, offer: Offer, name: str) -> str:
    """Return what the record calls a source: its path in the site, else its name."""
    return name if job.target and not offer.inside else SOURCES + name


def _article_name(job: Job, offer: Offer, name: str) -> str:
    """Return the path of an offer's article below the folder of articles."""
    if job.target is None:
        return article_of(SOURCES + name).removeprefix(ARTICLES)
    return PurePosixPath(offer.name or name).with_suffix(".md").as_posix()


def _prepared(job: Job, made: Conversion, source: str) -> Conversion:
    made = release(made) if job.accept else made
    return replace(made, record=replace(made.record, source_path=source))


def _name_of(made: Conversion, kind: str, language: str) -> str:
    """Name a text that has no file by its title, or by its content where it has none."""
    title = next((field for field in made.record.fields if field.name == "title"), None)
    if title is None or title.proposed:
        return f"text-{made.record.source_sha256[:8]}{kind}"
    return f"{title_slug(str(title.value), language)}{kind}"
