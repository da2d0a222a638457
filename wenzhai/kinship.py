"""Related articles of a catalog: those that share words, after those that front matter names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from wenzhai.catalog import Catalog
from wenzhai.links import Resolved
from wenzhai.memo import Memo
from wenzhai.model import RelPath
from wenzhai.related import relate
from wenzhai.steps import relate_step

AT_ONCE = 5000
"""Articles that one call of the step ``relate`` does: large sites have work for several cores."""


def relate_all(
    catalog: Catalog, limit: int, resolved: Mapping[RelPath, Resolved], memo: Memo
) -> tuple[tuple[int, ...], ...]:
    """Return the rows of the articles related to each."""
    entries = catalog.entries
    if not entries or not limit:
        return ((),) * len(entries)
    table = "\n".join("\t".join(entry.article.features) for entry in entries)
    parts = [
        (table, limit, first, min(first + AT_ONCE, len(entries)))
        for first in range(0, len(entries), AT_ONCE)
    ]
    results = memo.map("relate", relate_step, parts, alone=1)
    found = [row for result in results for row in json.loads(result.record)]
    rows = rows_by_address(catalog)
    return tuple(
        _joined(_named(catalog, row, resolved, rows), others, limit)
        for row, others in enumerate(found)
    )


def relate_one(
    catalog: Catalog, limit: int, resolved: Mapping[RelPath, Resolved], row: int
) -> tuple[int, ...]:
    """Return the rows of the articles related to one, as :func:`relate_all` does."""
    if not limit:
        return ()
    features = tuple(entry.article.features for entry in catalog.entries)
    found = relate(features, limit, range(row, row + 1))[0]
    return _joined(_named(catalog, row, resolved, rows_by_address(catalog)), found, limit)


def rows_by_address(catalog: Catalog) -> dict[str, int]:
    """Return the row of each article by its address."""
    return {str(entry.address): row for row, entry in enumerate(catalog.entries)}


def _named(
    catalog: Catalog, row: int, resolved: Mapping[RelPath, Resolved], rows: Mapping[str, int]
) -> list[int]:
    """Return the rows of the articles that an article's front matter names."""
    entry = catalog.entries[row]
    if not entry.article.related:
        return []
    named = resolved[entry.article.path].related
    return [rows[one] for one in named if one in rows and one != entry.address]


def _joined(named: Sequence[int], found: Sequence[int], limit: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys([*named, *found]))[: max(limit, len(named))]
