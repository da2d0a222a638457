"""Cards and neighbours: what pages show of articles other than their own."""

from __future__ import annotations

from collections.abc import Mapping

from wenzhai.catalog import Catalog, Entry
from wenzhai.digest import digest
from wenzhai.lazy import Breath, breathing, no_breath
from wenzhai.links import Resolved
from wenzhai.model import RelPath
from wenzhai.scene import Scene
from wenzhai.terms import Term
from wenzhai.views import Card, Neighbour, TermLink


def make_cards(
    catalog: Catalog,
    resolved: Mapping[RelPath, Resolved],
    last: Scene | None = None,
    breathe: Breath = no_breath,
) -> tuple[Card, ...]:
    """Make the card of every entry; those of an earlier scene serve for the same entries."""
    links: dict[str, TermLink] = {}
    known = _cards_of(last) if last and _links_of(last.catalog) == _links_of(catalog) else {}
    cards = []
    for entry in breathing(catalog.entries, breathe):
        path = entry.article.path
        before, card, was = known.get(path, (None, None, None))
        if card is None or before is not entry or was is not resolved[path]:
            card = make_card(entry, catalog, links, resolved)
        cards.append(card)
    return tuple(cards)


def _cards_of(last: Scene) -> dict[RelPath, tuple[Entry, Card, Resolved]]:
    """Return the cards of a scene with what they were made from."""
    return {
        entry.article.path: (entry, card, last.resolved[entry.article.path])
        for entry, card in zip(last.catalog.entries, last.cards, strict=True)
    }


def _links_of(catalog: Catalog) -> list[dict[str, tuple[str, str]]]:
    """Return how cards link to terms, by the names that articles write."""
    return [
        {name: (term.name, term.address) for name, term in terms.items()}
        for terms in (catalog.tag_of, catalog.region_of)
    ]


def make_neighbours(catalog: Catalog, last: Scene | None = None) -> tuple[Neighbour, ...]:
    """Make what other articles' pages may show of every entry."""
    known = (
        {id(entry): one for entry, one in zip(last.catalog.entries, last.neighbours, strict=True)}
        if last
        else {}
    )
    return tuple([known.get(id(entry)) or make_neighbour(entry) for entry in catalog.entries])


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
