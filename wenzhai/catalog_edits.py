"""The catalog after edits that move no article: the same entries, some of other articles.

It equals what :mod:`wenzhai.catalog` makes of all articles. Where an edit may have moved, hidden or
renamed one, there is none, and the catalog is made anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wenzhai.catalog import Catalog, Entry, held_back
from wenzhai.config import Options
from wenzhai.ledger import Ledger, is_in_place, retold
from wenzhai.model import Article, RelPath
from wenzhai.terms import make_terms


def edit_catalog(
    last: Catalog, articles: Mapping[RelPath, Article], options: Options, ledger: Ledger
) -> Catalog | None:
    """Put edited articles into the places of their predecessors.

    Args:
        last: the catalog of all articles before, by the same settings, flags and ledger, at an
            earlier moment.
        articles: those that are other now.
        options: the flags, and the instant that decides what is visible.
        ledger: the identities published before.

    Returns:
        The catalog; None where more than the contents of entries may differ.
    """
    if last.due is not None and last.due <= options.now:
        return None
    rows = [row for row, entry in enumerate(last.entries) if entry.article.path in articles]
    if len(rows) < len(articles) or any(bad.span.path in articles for bad in last.problems):
        return None
    now = {row: articles[last.entries[row].article.path] for row in rows}
    if not all(_stays(last.entries[row], article, options) for row, article in now.items()):
        return None
    return _edited(last, now) if _keep_identities(last, now, ledger) else None


def _stays(entry: Entry, now: Article, options: Options) -> bool:
    """Tell whether an article keeps kind, place, time and address."""
    before = entry.article
    return (
        entry.date is not None
        and (before.kind, before.slug, before.slug_fixed) == (now.kind, now.slug, now.slug_fixed)
        and (before.date, before.added, before.named_date, before.expires)
        == (now.date, now.added, now.named_date, now.expires)
        and held_back(now, options) is None
    )


def _keep_identities(last: Catalog, now: Mapping[int, Article], ledger: Ledger) -> bool:
    """Tell whether every article has the identity that it had.

    One that was published keeps it while it is known at its path. A new one may turn out to be one
    that was renamed, unless all that was published is in place.
    """
    pairs = [(last.entries[row].article, article) for row, article in now.items()]
    known = [is_in_place(one, ledger) for pair in pairs for one in pair]
    if all(known):
        return True
    here = sum(is_in_place(entry.article, ledger) for entry in last.entries)
    return here == len(ledger.entries) and not any(old.path in ledger.entries for old, _ in pairs)


def _edited(last: Catalog, now: Mapping[int, Article]) -> Catalog:
    entries, identities = list(last.entries), dict(last.ledger.entries)
    for row, article in now.items():
        entries[row] = replace(entries[row], article=article)
        identities[article.path] = retold(identities[article.path], article)
    edited = replace(last, entries=tuple(entries), ledger=replace(last.ledger, entries=identities))
    pairs = [(last.entries[row].article, article) for row, article in now.items()]
    if any(before.tags != after.tags for before, after in pairs):
        tags, tag_of = make_terms("tag", entries)
        edited = replace(edited, tags=tags, tag_of=tag_of)
    if any(before.region != after.region for before, after in pairs):
        regions, region_of = make_terms("region", entries)
        edited = replace(edited, regions=regions, region_of=region_of)
    return edited
