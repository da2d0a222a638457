"""Checks on the site as a whole: outputs that collide, addresses that nothing answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from wenzhai.addresses import alias_address, out_path
from wenzhai.catalog import Catalog
from wenzhai.ledger import place_of
from wenzhai.links import Resolved, check_rooted
from wenzhai.model import Article, OutPath, RelPath
from wenzhai.problems import Problem, Span
from wenzhai.targets import Target, find_clashes


def check_clashes(targets: Iterable[Target], catalog: Catalog) -> list[Problem]:
    """Find outputs at one address; what follows from a slug used twice is told only once."""
    twice = {item.span.path for item in catalog.problems if item.code == "E301"}
    shown = (*catalog.entries, *catalog.pages, *catalog.introductions)
    articles = {entry.article.path: entry.article for entry in shown}
    return [
        replace(item, span=_asking(articles[RelPath(item.span.path)], item))
        if item.span.path in articles
        else item
        for item in find_clashes(targets)
        if item.span.path not in twice
    ]


def check_links(
    catalog: Catalog, resolved: Mapping[RelPath, Resolved], outputs: Mapping[OutPath, Target]
) -> list[Problem]:
    """Find references from the site's root that no output answers (E302)."""
    shown = (*catalog.entries, *catalog.pages, *catalog.introductions)
    return [
        bad
        for entry in shown
        if (rooted := resolved[entry.article.path].rooted)
        for bad in check_rooted(entry.article, rooted, outputs)
    ]


def _asking(article: Article, clash: Problem) -> Span:
    """Return where an article asks for the address that clashes: an alias, or its slug."""
    path = dict(clash.arguments)["path"].casefold()
    places = [place for place in article.places if place.key == "aliases"]
    for alias, place in zip(article.aliases, places, strict=False):  # one text is no list
        wanted = out_path(alias_address(alias)).casefold()
        if wanted == path or wanted.startswith(f"{path}/"):
            return Span(article.path, place.line, place.column, len(alias))
    return place_of(article, "slug")
