"""The scene that views are cut from, and the frame that every page has."""

from __future__ import annotations

from collections.abc import Mapping
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
class Scene:
    """Everything the views are cut from; no view holds it.

    ``cards`` and ``neighbours`` are in the order of the catalog's entries, ``resolved`` tells the
    references of each source, ``feeds`` the feeds of each list's address.
    """

    config: Config
    catalog: Catalog
    cards: tuple[Card, ...]
    neighbours: tuple[Neighbour, ...]
    related: tuple[tuple[int, ...], ...]
    resolved: Mapping[RelPath, Resolved]
    feeds: Mapping[Address, tuple[FeedLink, ...]]
    issues: tuple[IssueLink, ...]
    issue_rows: Mapping[str, tuple[int, ...]]


def page_frame(
    scene: Scene,
    address: Address,
    section: str,
    title: str = "",
    *,
    description: str = "",
    lang: str = "",
    canonical: str = "",
    image: str = "",
    feeds: Address = HOME,
) -> Page:
    """Make the frame of the page at ``address``; ``feeds`` names the list whose feeds it offers."""
    config = scene.config
    own = scene.feeds.get(feeds, ()) if feeds else ()
    return Page(
        address=address,
        root=base_path(config.base_url) if address == NOT_FOUND else root_of(address),
        title=title,
        description=description or config.description,
        lang=lang or config.language,
        section=section,
        canonical=absolute(config.base_url, canonical or address),
        image=image,
        feeds=(*own, *scene.feeds.get(HOME, ())),
    )


def page_target(address: Address, template: str, view: object, origin: str = "") -> Target:
    """Make the target of a page; its origin is the source given, else its address."""
    return Target(out_path(address), "page", template, view, origin or f"/{address}")


def body_of(scene: Scene, entry: Entry) -> Body:
    """Return an entry's body with its references resolved."""
    return Body(entry.article.body, scene.resolved[entry.article.path].targets)
