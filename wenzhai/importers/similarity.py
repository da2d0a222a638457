"""Which texts are the same article: copies, revisions and excerpts, across scripts and layouts.

Pure. Compared are letters and digits alone, folded to simplified characters, small letters and
usual width, in stretches of three (shingles). Unrelated articles share less than a tenth of theirs.
All pairs would be too many, so a sketch of each text names those worth comparing: a fixed share of
its longer stretches, which copies have in common wherever in the text they stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal
from zlib import crc32

from wenzhai.han_variants import fold_han

Kind = Literal["same", "revision", "excerpt"]

SHINGLE = 3
SAME, REVISED = 0.8, 0.5
"""Jaccard index of two texts' shingles from which they are one article, or two states of it."""
CONTAINED = 0.9
"""Share of the smaller text's shingles from which it is an excerpt of the larger one."""
SHORTEST = 60
"""Letters of a text worth comparing; shorter ones are alike by chance."""
STRETCH = 8
"""Letters of what a sketch samples: rare enough that few texts share one by chance."""
ONE_IN = 32
"""Of so many stretches one is sampled, by its checksum and so the same one in every text."""
CROWD = 40
"""A stretch that more texts share is a phrase of the house, and names no pair."""
ENOUGH = 0.15
"""Share of the smaller sketch that two must have in common: heavily revised texts have a third."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two texts are one: figures are the Jaccard index and the share of the smaller text."""

    kind: Kind
    jaccard: float
    containment: float


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, folded for comparison."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return fold_han(re.sub(r"[\W_]+", "", folded))


def sketch(letters: str) -> tuple[int, ...]:
    """Return the sampled stretches of folded letters, as sorted checksums; none of short texts."""
    if len(letters) < SHORTEST:
        return ()
    data = letters.encode("utf-32-le")
    sums = (crc32(data[at : at + 4 * STRETCH]) for at in range(0, len(data) - 4 * STRETCH + 1, 4))
    return tuple(sorted({crc32(data), *(one for one in sums if one % ONE_IN == 0)}))


def candidates(sketches: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs (positions, the smaller first) whose sketches have enough in common."""
    holders: dict[int, list[int]] = defaultdict(list)
    for position, sums in enumerate(sketches):
        for one in sums:
            holders[one].append(position)
    shared = Counter(
        pair for found in holders.values() if len(found) <= CROWD for pair in combinations(found, 2)
    )
    for (left, right), count in sorted(shared.items()):
        if count >= ENOUGH * min(len(sketches[left]), len(sketches[right])):
            yield left, right


def kinship(left: str, right: str) -> Kinship | None:
    """Compare two texts (folded letters) exactly; None where they are different articles."""
    ours, theirs = _shingles(left), _shingles(right)
    if not (ours and theirs):
        return None
    both = len(ours & theirs)
    jaccard = both / (len(ours) + len(theirs) - both)
    containment = both / min(len(ours), len(theirs))
    if jaccard >= REVISED:
        return Kinship("same" if jaccard >= SAME else "revision", jaccard, containment)
    return Kinship("excerpt", jaccard, containment) if containment >= CONTAINED else None


def _shingles(letters: str) -> set[str]:
    return {letters[at : at + SHINGLE] for at in range(len(letters) - SHINGLE + 1)}
