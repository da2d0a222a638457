"""The views of articles, lists, terms and free pages: what each template sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal

from wenzhai.addresses import address_of, alias_address, numbered
from wenzhai.archive import archive_targets
from wenzhai.article_pages import article_at, article_targets, shown_headings
from wenzhai.issues import issue_targets
from wenzhai.model import Address, OutPath
from wenzhai.scene import (
    ARCHIVE,
    DIGESTS,
    HOME,
    NOT_FOUND,
    REGIONS,
    SUBSCRIBE,
    TAGS,
    Scene,
    body_of,
    page_frame,
    page_target,
)
from wenzhai.targets import Target
from wenzhai.terms import Term
from wenzhai.views import (
    FeedGroup,
    ListView,
    MenuItem,
    NotFoundView,
    Pager,
    PageView,
    RedirectView,
    SubscribeView,
    TermCount,
    TermsView,
)

RECENT = 10
CLOUD = 40


def page_targets(scene: Scene, last: Mapping[OutPath, Target]) -> Iterator[Target]:
    """Yield the target of every page; articles' ones of an earlier plan serve where they can."""
    yield from article_targets(scene, last)
    yield from _home(scene)
    yield from _term_targets(scene)
    yield _terms_target(scene, TAGS, "tag", scene.catalog.tags)
    yield _terms_target(scene, REGIONS, "region", scene.catalog.regions)
    if scene.config.output.archive:
        yield from archive_targets(scene)
    if scene.config.output.digests != "none":
        yield from issue_targets(scene)
    yield from _free_targets(scene)
    yield from _redirect_targets(scene)
    yield _not_found(scene)


def target_at(scene: Scene, path: OutPath) -> Target | None:
    """Return the target of the page at a path, where it can be cut without all others.

    That is so for articles, lists and free pages: what authors look at while they write. There is
    none at an address that :func:`is_articles_own` if it is that of no page.
    """
    address = address_of(path)
    if address == NOT_FOUND:
        return _not_found(scene)
    if is_articles_own(path):
        return article_at(scene, address) or next(_redirect_targets(scene, address), None)
    base = re.sub(r"page/\d+/$", "", address)
    lists = _home(scene, address) if base == HOME else _term_targets(scene, base, address)
    return next((t for t in chain(lists, _free_targets(scene)) if t.path == path), None)


def is_articles_own(path: OutPath) -> bool:
    """Tell whether pages at this path can only be those of articles, or lead to them."""
    return path.startswith("articles/") and path.endswith("/index.html")


def shared_parts(scene: Scene) -> Mapping[str, object]:
    """Return the site-wide parts that a theme may ask for, by name."""
    return {
        "menu": _menu(scene),
        "recent": tuple(scene.neighbours[:RECENT]),
        "tag_cloud": _counts(scene.catalog.tags[:CLOUD]),
    }


def subscribe_target(scene: Scene, groups: tuple[FeedGroup, ...]) -> Target:
    """Return the target of the page that lists every feed."""
    view = SubscribeView(
        page_frame(scene.settings, SUBSCRIBE, "subscribe"), groups, Address("feeds.opml")
    )
    return page_target(SUBSCRIBE, "subscribe.html", view)


def _home(scene: Scene, page: str = "") -> Iterator[Target]:
    return _list_targets(scene, HOME, "home", "", range(len(scene.cards)), "home", page)


def _term_targets(scene: Scene, only: str = "", page: str = "") -> Iterator[Target]:
    """Yield the lists of every tag and region, or of the one at this address, or one page of it."""
    for term in (*scene.catalog.tags, *scene.catalog.regions):
        if not only or term.address == only:
            yield from _list_targets(
                scene, term.address, term.kind, term.name, term.rows, f"{term.kind}s", page
            )


def _list_targets(
    scene: Scene,
    address: Address,
    kind: Literal["home", "tag", "region"],
    name: str,
    rows: Sequence[int],
    section: str,
    page: str,
) -> Iterator[Target]:
    """Yield the pages of a list, or the one at the address ``page``."""
    size = scene.config.per_page
    count = max(1, -(-len(rows) // size))
    feeds = scene.feeds.get(address, ())
    for number in range(1, count + 1):
        here = numbered(address, number)
        if page and here != page:
            continue
        view = ListView(
            page=page_frame(
                scene.settings, here, section, name, feeds=() if kind == "home" else feeds
            ),
            kind=kind,
            title=name,
            count=len(rows),
            cards=tuple(scene.cards[row] for row in rows[(number - 1) * size : number * size]),
            pager=_pager(address, number, count),
            feeds=feeds,
        )
        yield page_target(here, "home.html" if kind == "home" else "list.html", view)


def _pager(address: Address, number: int, count: int) -> Pager:
    return Pager(
        number,
        count,
        numbered(address, number - 1) if number > 1 else None,
        numbered(address, number + 1) if number < count else None,
    )


def _terms_target(
    scene: Scene, address: Address, kind: Literal["tag", "region"], terms: tuple[Term, ...]
) -> Target:
    view = TermsView(page_frame(scene.settings, address, f"{kind}s"), kind, _counts(terms))
    return page_target(address, "terms.html", view)


def _counts(terms: tuple[Term, ...]) -> tuple[TermCount, ...]:
    """Give each term a weight from 1 to 5 by the rank of its count."""
    counts = sorted({len(term.rows) for term in terms})
    steps = {count: 1 + place * 5 // len(counts) for place, count in enumerate(counts)}
    return tuple(TermCount(t.name, t.address, len(t.rows), steps[len(t.rows)]) for t in terms)


def _free_targets(scene: Scene) -> Iterator[Target]:
    for entry in scene.catalog.pages:
        article = entry.article
        page = page_frame(
            scene.settings,
            entry.address,
            "pages",
            article.title,
            description=article.summary,
            lang=article.lang,
            canonical=article.canonical,
        )
        view = PageView(
            page,
            article.title,
            article.lang,
            article.updated,
            shown_headings(article, scene.config.markup.toc_depth),
            body_of(scene, entry),
        )
        yield page_target(entry.address, "page.html", view, article.path)


def _not_found(scene: Scene) -> Target:
    view = NotFoundView(
        page_frame(scene.settings, NOT_FOUND, "none"), tuple(scene.neighbours[:RECENT])
    )
    return page_target(NOT_FOUND, "404.html", view)


def _redirect_targets(scene: Scene, only: str = "") -> Iterator[Target]:
    for entry in (*scene.catalog.entries, *scene.catalog.pages):
        for alias in entry.article.aliases:
            address = alias_address(alias)
            if only and address != only:
                continue
            page = page_frame(
                scene.settings, address, "none", entry.article.title, canonical=entry.address
            )
            yield page_target(
                address, "redirect.html", RedirectView(page, entry.address), entry.article.path
            )


def _menu(scene: Scene) -> tuple[MenuItem, ...]:
    built = [("home", HOME, True), ("tags", TAGS, bool(scene.catalog.tags))]
    built += [("regions", REGIONS, bool(scene.catalog.regions))]
    built += [
        ("digests", DIGESTS, bool(scene.issues)),
        ("archive", ARCHIVE, scene.config.output.archive),
    ]
    pages = sorted(
        scene.catalog.pages, key=lambda e: (e.article.weight == 0, e.article.weight, e.article.path)
    )
    return (
        *(MenuItem(section, "", address) for section, address, there in built if there),
        *(MenuItem("pages", entry.article.title, entry.address) for entry in pages),
        MenuItem("subscribe", "", SUBSCRIBE),
    )
