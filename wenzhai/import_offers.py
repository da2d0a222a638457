"""Offers for import are read: each becomes articles to be, or a problem; nothing is written.

Owns the names that articles get; where they may lie is another module's.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from wenzhai.config import SOURCES, Config
from wenzhai.containers import name_entries, read_listing
from wenzhai.converting import Manner, Nearby, Task, convert_all
from wenzhai.importers.formats import is_container, split_source
from wenzhai.importers.origin import ORIGIN, Origin, read_origin
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion
from wenzhai.memo import Progress, silent
from wenzhai.model import RelPath
from wenzhai.offers import Offer
from wenzhai.pairing import ARTICLES, SAVED_FOLDERS, article_of
from wenzhai.problems import Problem, Span, problem
from wenzhai.records import day_added, read_record, record_path
from wenzhai.slugs import title_slug


@dataclass(frozen=True, slots=True)
class Job:
    """One call of the command; ``target`` is the folder of ``--to``, or None.

    ``whole`` asks for records and Markdown in the outcome, ``jobs`` is how many processes convert.
    """

    site: Path
    target: Path | None
    config: Config
    now: int
    force: bool
    keep: bool
    accept: bool
    images: bool = False
    jobs: int = 1
    whole: bool = True

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


@dataclass(slots=True)
class _Plan:
    """What is to be made of an offer: a task and an article for each, and what came of them."""

    offer: Offer
    tasks: tuple[Task, ...] = ()
    articles: tuple[str, ...] = ()
    faults: tuple[Problem, ...] = ()
    made: list[Conversion | Problem] = field(default_factory=list)


def read_offers(
    job: Job, offers: Sequence[Offer], tags: TagStatistics, progress: Progress = silent
) -> Iterator[Reading | Problem]:
    """Convert offers in order, so that nothing is copied that cannot be an article.

    Problem codes: those of convert_all and split_source, E708 cannot be read.
    """
    plans: deque[_Plan] = deque()
    manner = Manner(job.config.timezone, tags, job.accept)
    made = convert_all(_tasks(job, offers, plans), len(offers), manner, job.jobs)
    ended = 0
    for one in made:
        while not plans[0].tasks:
            ended += 1
            yield from _end(job, plans.popleft())
        plans[0].made.append(one)
        if len(plans[0].made) == len(plans[0].tasks):
            ended += 1
            progress("import", ended, len(offers))
            yield from _end(job, plans.popleft())
    for plan in plans:
        yield from _end(job, plan)


def _tasks(job: Job, offers: Iterable[Offer], plans: deque[_Plan]) -> Iterator[Task]:
    """Yield what is to be converted; each offer's plan is there before its tasks are."""
    for offer in offers:
        try:
            plan = _plan(job, offer, offer.read())
        except OSError as error:
            fault = problem("E708", Span(offer.shown), reason=error.strerror or error)
            plan = _Plan(offer, faults=(fault,))
        plans.append(plan)
        yield from plan.tasks


def _plan(job: Job, offer: Offer, content: bytes) -> _Plan:
    path = SOURCES + offer.name if offer.inside else offer.name or f"-{offer.kind}"
    if is_container(path):
        return _plan_entries(job, offer, path, content)
    day = _day(job, _article_name(job, offer, offer.name)) if offer.name else job.today
    task = Task(path, day, content, origin=_origin(offer), nearby=_nearby(job, offer))
    return _Plan(offer, (task,), ("",))


def _nearby(job: Job, offer: Offer) -> Nearby | None:
    """Return where a page's images lie; a site has those that are copied with it, no others."""
    if offer.folder is None:
        return None
    stem, comes_along = PurePosixPath(offer.name).stem, job.target is None and not offer.inside
    only = tuple(stem + end for end in SAVED_FOLDERS) if comes_along else ()
    return Nearby(offer.folder, only)


def _origin(offer: Offer) -> Origin | None:
    """Return where an offer was fetched from; sources of the site have it in a file beside them."""
    if offer.inside and offer.file:
        with suppress(OSError):
            return read_origin(offer.file.with_name(offer.file.name + ORIGIN).read_bytes())
    return offer.origin


def _plan_entries(job: Job, offer: Offer, path: str, content: bytes) -> _Plan:
    entries = split_source(content, path)
    if isinstance(entries, Problem):
        return _Plan(offer, faults=(_shown_as(entries, offer.shown),))
    stem = _article_name(job, offer, offer.name).removesuffix(".md")
    folder = (job.target or job.site / ARTICLES) / stem
    listing = read_listing(record_path(folder.with_name(f"{folder.name}.md")))
    named = [(entry, f"{stem}/{name}") for entry, name in name_entries(entries, listing, folder)]
    origin = _origin(offer)
    tasks = tuple(Task(path, _day(job, name), entry=one, origin=origin) for one, name in named)
    return _Plan(offer, tasks, tuple(name for _, name in named))


def _end(job: Job, plan: _Plan) -> Iterator[Reading | Problem]:
    """Give an offer with its articles; entries without text are none."""
    yield from plan.faults
    offer, parts, faults = plan.offer, [], []
    for task, article, made in zip(plan.tasks, plan.articles, plan.made, strict=True):
        entry = task.entry
        if isinstance(made, Conversion):
            name = offer.name or _name_of(made, offer.kind, job.config.language)
            offer = replace(offer, name=name)
            source = _path_of(job, offer, name)
            named = replace(made, record=replace(made.record, source_path=source))
            parts.append(Part(article or _article_name(job, offer, name), named))
        elif not (entry and made.code == "E714"):
            shown = f"{offer.shown}#{entry.name}" if entry else offer.shown
            faults.append(_shown_as(made, shown))
    if parts:
        yield Reading(offer, tuple(parts))
    elif plan.tasks and not faults:
        faults.append(problem("E714", Span(offer.shown)))
    yield from faults


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


def _name_of(made: Conversion, kind: str, language: str) -> str:
    """Name a text that has no file by its title, or by its content where it has none."""
    title = next((field for field in made.record.fields if field.name == "title"), None)
    if title is None or title.proposed:
        return f"text-{made.record.source_sha256[:8]}{kind}"
    return f"{title_slug(str(title.value), language)}{kind}"
