"""Related articles: those that share the rarest words and tags.

Each article brings a few features (see :mod:`wenzhai.features`). A shared feature counts by its
rarity, so a name that two articles share weighs more than a tag that hundreds carry.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from heapq import nlargest
from math import log

RAREST = 10
"""An article is compared by this many of its rarest features."""
REACH = 12
"""… with this many newer and this many older articles that share the feature."""
FLOOR = 0.9
"""Two articles must share features of this weight: one tag that three in five carry suffices."""
FEW = 20
"""For so many articles at most, only what shares their features is listed."""
TOLERANCE = 1e-6
"""Sums of the same weights in another order differ by less."""

Features = tuple[tuple[str, ...], ...]


def relate(
    features: Features, limit: int, chosen: range | None = None
) -> tuple[tuple[int, ...], ...]:
    """Return, for each article, up to ``limit`` related articles, best first.

    Args:
        features: the features of each article, articles in their order (newest first).
        limit: how many to name.
        chosen: the positions of the articles to do this for; by default all.

    Returns:
        For each of them the positions of its related ones. Ties go to the nearer in date, then
        to the newer.
    """
    rows = range(len(features)) if chosen is None else chosen
    postings = _postings(features, _names(features, rows) if len(rows) <= FEW else None)
    weights = {name: log(1 + len(features) / len(rows)) for name, rows in postings.items()}
    found = []
    for row in rows:
        names = features[row]
        scores: dict[int, float] = defaultdict(float)
        shared = sorted((n for n in names if n in weights), key=lambda n: (-weights[n], n))
        for name in shared[:RAREST]:
            weight, sharing = weights[name], postings[name]
            place = bisect_left(sharing, row)
            for other in sharing[max(0, place - REACH) : place + REACH + 1]:
                scores[other] += weight
        scores.pop(row, None)
        found.append(_best(scores, row, limit))
    return tuple(found)


def _names(features: Features, rows: range) -> frozenset[str]:
    return frozenset(name for row in rows for name in features[row])


def _postings(features: Features, wanted: frozenset[str] | None) -> dict[str, list[int]]:
    """List the articles of each feature (``wanted`` ones alone) that at least two share."""
    postings: dict[str, list[int]] = defaultdict(list)
    for row, names in enumerate(features):
        for name in dict.fromkeys(names) if wanted is None else wanted.intersection(names):
            postings[name].append(row)
    return {name: rows for name, rows in postings.items() if len(rows) > 1}


def _best(scores: dict[int, float], row: int, limit: int) -> tuple[int, ...]:
    if not scores:
        return ()
    least = max(FLOOR, nlargest(limit, scores.values())[-1] - TOLERANCE)
    likely = [other for other, score in scores.items() if score >= least]
    likely.sort(key=lambda other: (-round(scores[other], 9), abs(other - row), other))
    return tuple(likely[:limit])
