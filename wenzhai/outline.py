"""The outline of a planned site: its scene without articles, to be set again without planning.

Owns what of a scene has to be kept, as values that JSON holds. An article is read only when
something asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from wenzhai.cards import make_card, make_neighbour
from wenzhai.catalog import Catalog, Entry
from wenzhai.config import Config
from wenzhai.feed_views import feeds_by_address
from wenzhai.lazy import Made
from wenzhai.ledger import Ledger
from wenzhai.links import NOTHING, Resolved
from wenzhai.model import Address, Article, Moment, RelPath, Slug
from wenzhai.scene import HOME, Scene, page_settings
from wenzhai.terms import Term
from wenzhai.views import IssueLink, TermLink

ReadArticle = Callable[[RelPath], Article]


@dataclass(frozen=True, slots=True)
class Rows:
    """Entries by column, which is read fastest; an undated one has an empty date."""

    paths: tuple[RelPath, ...]
    slugs: tuple[Slug, ...]
    addresses: tuple[Address, ...]
    ids: tuple[str, ...]
    dates: tuple[str, ...]
    stamps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A scene as values.

    ``tag_of`` and ``region_of`` give each spelling its place among ``tags`` and ``regions``;
    ``resolved`` leaves out articles without references.
    """

    entries: Rows
    pages: Rows
    introductions: Rows
    tags: tuple[Term, ...]
    regions: tuple[Term, ...]
    tag_of: tuple[tuple[str, int], ...]
    region_of: tuple[tuple[str, int], ...]
    authority: str
    related: tuple[tuple[int, ...], ...]
    resolved: tuple[tuple[RelPath, Resolved], ...]
    issues: tuple[IssueLink, ...]
    issue_rows: tuple[tuple[str, tuple[int, ...]], ...]


def make_outline(scene: Scene) -> Outline:
    """Keep of a scene all but its articles and what follows from them."""
    catalog = scene.catalog
    return Outline(
        entries=_rows(catalog.entries),
        pages=_rows(catalog.pages),
        introductions=_rows(catalog.introductions),
        tags=catalog.tags,
        regions=catalog.regions,
        tag_of=_places(catalog.tags, catalog.tag_of),
        region_of=_places(catalog.regions, catalog.region_of),
        authority=catalog.ledger.authority,
        related=tuple(scene.related),
        resolved=tuple((path, one) for path, one in scene.resolved.items() if one != NOTHING),
        issues=scene.issues,
        issue_rows=tuple(scene.issue_rows.items()),
    )


def set_scene(outline: Outline, config: Config, read: ReadArticle) -> Scene:
    """Set the scene again: what is shown of an article is made when something asks for it.

    Its catalog serves to cut views only: it has no identities to publish, held articles, problems.
    """
    catalog = Catalog(
        entries=_entries(outline.entries, read),
        pages=tuple(_entries(outline.pages, read)),
        introductions=tuple(_entries(outline.introductions, read)),
        held=(),
        tags=outline.tags,
        regions=outline.regions,
        tag_of={name: outline.tags[place] for name, place in outline.tag_of},
        region_of={name: outline.regions[place] for name, place in outline.region_of},
        ledger=Ledger(outline.authority),
        due=None,
        problems=(),
    )
    resolved = dict.fromkeys(outline.entries.paths, NOTHING) | dict(outline.resolved)
    issues = outline.issues, dict(outline.issue_rows)
    return lazy_scene(catalog, config, resolved, outline.related, issues)


def lazy_scene(
    catalog: Catalog,
    config: Config,
    resolved: Mapping[RelPath, Resolved],
    related: Sequence[tuple[int, ...]],
    issues: tuple[tuple[IssueLink, ...], Mapping[str, tuple[int, ...]]],
) -> Scene:
    """Set a scene whose cards and neighbours are made when something asks for them."""
    feeds = feeds_by_address(catalog, config)
    entries, links = catalog.entries, dict[str, TermLink]()
    return Scene(
        config=config,
        settings=page_settings(config, feeds.get(HOME, ())),
        catalog=catalog,
        cards=Made(lambda row: make_card(entries[row], catalog, links, resolved), len(entries)),
        neighbours=Made(lambda row: make_neighbour(entries[row]), len(entries)),
        related=related,
        resolved=resolved,
        feeds=feeds,
        issues=issues[0],
        issue_rows=issues[1],
    )


def _rows(entries: Sequence[Entry]) -> Rows:
    return Rows(
        tuple([e.article.path for e in entries]),
        tuple([e.slug for e in entries]),
        tuple([e.address for e in entries]),
        tuple([e.id for e in entries]),
        tuple([e.date.text if e.date else "" for e in entries]),
        tuple([e.date.stamp if e.date else 0 for e in entries]),
    )


def _entries(rows: Rows, read: ReadArticle) -> Made[Entry]:
    def make(row: int) -> Entry:
        date = Moment(rows.dates[row], rows.stamps[row]) if rows.dates[row] else None
        article = read(rows.paths[row])
        return Entry(article, rows.slugs[row], rows.addresses[row], rows.ids[row], date)

    return Made(make, len(rows.paths))


def _places(terms: tuple[Term, ...], spelled: Mapping[str, Term]) -> tuple[tuple[str, int], ...]:
    places = {term.address: place for place, term in enumerate(terms)}
    return tuple((name, places[term.address]) for name, term in spelled.items())
