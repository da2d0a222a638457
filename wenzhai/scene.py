"""The scene that views are cut from, and the frame that every page has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenzhai.addresses import absolute, base_path, out_path, root_of
from wenzhai.catalog import Catalog, Entry
from wenzhai.config import Config
from wenzhai.links import Resolved
from wenzhai.model import Address, RelPath
from wenzhai.targets import Target
from wenzhai.views import Body, Card, FeedLink, IssueLink, Neighbour, Page

HOME = Address("")
TAGS = Address("tags/")
REGIONS = Address("regions/")
ARCHIVE = Address("archive/")
DIGESTS = Address("digests/")
SUBSCRIBE = Address("subscribe/")
NOT_FOUND = Address("404.html")


@dataclass(frozen=True, slots=True)
class PageSettings:
    """The settings that go into every page: a change of any other leaves pages as they are.

    ``feeds`` are the site's; ``toc_depth`` the deepest heading of a table of contents.
    """

    base_url: str
    description: str
    language: str
    toc_depth: int
    twins: bool
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the views are cut from; no view holds it.

    ``cards`` and ``neighbours`` are in the order of the catalog's entries, ``resolved`` tells the
    references of each source, ``feeds`` the feeds of each list's address.
    """

    config: Config
    settings: PageSettings
    catalog: Catalog
    cards: Sequence[Card]
    neighbours: Sequence[Neighbour]
    related: Sequence[tuple[int, ...]]
    resolved: Mapping[RelPath, Resolved]
    feeds: Mapping[Address, tuple[FeedLink, ...]]
    issues: tuple[IssueLink, ...]
    issue_rows: Mapping[str, tuple[int, ...]]


def page_settings(config: Config, feeds: tuple[FeedLink, ...]) -> PageSettings:
    """Pick the settings of pages; ``feeds`` are the site's."""
    return PageSettings(
        base_url=config.base_url,
        description=config.description,
        language=config.language,
        toc_depth=config.markup.toc_depth,
        twins=config.output.twins,
        feeds=feeds,
    )


def page_frame(
    settings: PageSettings,
    address: Address,
    section: str,
    title: str = "",
    *,
    description: str = "",
    lang: str = "",
    canonical: str = "",
    image: str = "",
    feeds: tuple[FeedLink, ...] = (),
) -> Page:
    """Make the frame of the page at ``address``; ``feeds`` are its own, if it has any."""
    return Page(
        address=address,
        root=base_path(settings.base_url) if address == NOT_FOUND else root_of(address),
        title=title,
        description=description or settings.description,
        lang=lang or settings.language,
        section=section,
        canonical=absolute(settings.base_url, canonical or address),
        image=image,
        feeds=(*feeds, *settings.feeds),
    )


def page_target(address: Address, template: str, view: object, origin: str = "") -> Target:
    """Make the target of a page; its origin is the source given, else its address."""
    return Target(out_path(address), "page", template, view, origin or f"/{address}", address)


def body_of(scene: Scene, entry: Entry) -> Body:
    """Return an entry's body with its references resolved."""
    return Body(entry.article.body, scene.resolved[entry.article.path].targets)
