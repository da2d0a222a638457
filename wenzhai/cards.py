"""Cards and neighbours: what pages show of articles other than their own."""

from __future__ import annotations

from collections.abc import Mapping

from wenzhai.catalog import Catalog, Entry, Term
from wenzhai.digest import digest
from wenzhai.links import Resolved
from wenzhai.model import RelPath
from wenzhai.views import Card, Neighbour, TermLink


def make_cards(catalog: Catalog, resolved: Mapping[RelPath, Resolved]) -> tuple[Card, ...]:
    """Make the card of every entry."""
    links: dict[str, TermLink] = {}
    return tuple(make_card(entry, catalog, links, resolved) for entry in catalog.entries)


def make_neighbours(catalog: Catalog) -> tuple[Neighbour, ...]:
    """Make what other articles' pages may show of every entry."""
    return tuple(map(make_neighbour, catalog.entries))


def make_neighbour(entry: Entry) -> Neighbour:
    """Make what other articles' pages may show of one entry."""
    return Neighbour(entry.article.title, entry.address, entry.date, entry.article.lang)


def cover_of(entry: Entry, resolved: Mapping[RelPath, Resolved]) -> str:
    """Return the address of an article's picture, or its absolute URL, or nothing."""
    cover = entry.article.cover
    if not cover or "://" in cover:
        return cover
    known = resolved.get(entry.article.path)
    return known.cover if known else ""


def make_card(
    entry: Entry,
    catalog: Catalog,
    links: dict[str, TermLink],
    resolved: Mapping[RelPath, Resolved],
) -> Card:
    """Make the card of one entry; ``links`` are those of terms made so far."""
    article = entry.article
    region = catalog.region_of.get(article.region.name) if article.region else None
    facts = (
        article.title,
        entry.address,
        entry.date,
        _link(region, links) if region else None,
        tuple(dict.fromkeys(_link(catalog.tag_of[tag], links) for tag in article.tags)),
        article.summary,
        article.authors,
        article.source,
        article.lang,
        article.nature,
        cover_of(entry, resolved),
    )
    region_link, tags, cover = facts[3], facts[4], facts[-1]
    terms = [text for link in tags for text in (link.name, link.address)]
    terms += [region_link.name, region_link.address] if region_link else [""]
    day = entry.date.text if entry.date else ""
    # Leaves alone: the same fields as values would take three times as long, 10,000 times.
    return Card(digest(article.facts, entry.address, day, cover, *terms), *facts)


def _link(term: Term, links: dict[str, TermLink]) -> TermLink:
    """Return one link object a term: thousands of cards share it."""
    return links.setdefault(term.address, TermLink(term.name, term.address))
