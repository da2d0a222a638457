"""How far a conversion can be trusted: doubts, each with what it costs, and the sum of them.

Owns the rating and the doubts that any importer can have about its result; what an importer alone
can know (two engines that disagree, a guessed text layer) it adds as a doubt of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wenzhai.importers.barriers import barrier, page_parts

HELD_BELOW = 0.5
"""An article of less confidence waits for a person before it is published."""
LITTLE_KEPT = 0.25
"""Share of the source's characters; where less became body, the article may be the rest."""
KNOWN_LISTS = frozenset({"related list", "hot list"})
"""Rows that portals print below an article at any length: they say nothing against it."""
SHORT = 200
"""Characters; a body of less may be what is left of a page without an article."""
MANY_COMMENTS = 2
"""How many times as long as the body readers' comments must be to be what the page is about."""
MOST = 0.5
ORIGIN = frozenset({"author", "source", "source_url"})
_MISSING = {"title": "no title", "date": "no date"} | dict.fromkeys(ORIGIN, "no origin")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason why a person should look at a conversion, and what it takes from 1.

    ``reason`` is a fixed name for programs: a key of :data:`COSTS`, or an importer's own.
    """

    reason: str
    cost: float


COSTS = {
    "no title": 0.3,
    "no paragraph": 0.6,
    "no date": 0.1,
    "no origin": 0.1,
    "little kept": 0.3,
    "unclassified": 0.2,
    "page parts": 0.3,
    "page parts only": 0.6,
    "comments only": 0.6,
    "captcha": 0.9,
    "not found": 0.9,
    "login wall": 0.6,
}
"""What each doubt costs. A good text may have two of the small ones; one of the great ones, which
speak for no article at all, holds it back alone."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What of a conversion can be weighed, whatever its source was.

    ``stated`` names the fields that the source states; ``paragraphs`` are plain texts of the body,
    captions aside; ``removed`` pairs the reason and text of each stretch left out.
    """

    title: str
    stated: frozenset[str]
    paragraphs: tuple[str, ...]
    removed: tuple[tuple[str, str], ...]

    @property
    def kept(self) -> int:
        """Count the characters of the body."""
        return sum(map(len, self.paragraphs))

    def left_out(self, reason: str) -> int:
        """Count the characters left out for a reason."""
        return sum(len(text) for name, text in self.removed if name == reason)


def doubt(reason: str) -> Doubt:
    """Return the doubt of a known reason.

    Raises:
        KeyError: if it is none of :data:`COSTS`.
    """
    return Doubt(reason, COSTS[reason])


def rate(doubts: Iterable[Doubt]) -> float:
    """Return the confidence that doubts leave: 1 without any, at least 0."""
    return round(max(0.0, 1.0 - sum(each.cost for each in doubts)), 2)


def dispelled(doubts: Iterable[Doubt], stated: frozenset[str]) -> tuple[Doubt, ...]:
    """Leave out the doubts about missing facts that another place states (fields by name)."""
    gone = {_MISSING[name] for name in stated if name in _MISSING}
    return tuple(each for each in doubts if each.reason not in gone)


def is_doubtful(doubts: Iterable[Doubt]) -> bool:
    """Tell whether an article must wait for a person."""
    return rate(doubts) < HELD_BELOW


def weigh(outcome: Outcome) -> tuple[Doubt, ...]:
    """Return the doubts about a conversion, in the order of :data:`COSTS`."""
    held = {*_missing(outcome), *_suspicious(outcome), barrier(outcome.title, outcome.paragraphs)}
    return tuple(doubt(reason) for reason in COSTS if reason in held)


def _missing(outcome: Outcome) -> Iterator[str]:
    """Name the facts that the source does not state."""
    if "title" not in outcome.stated:
        yield "no title"
    if "date" not in outcome.stated:
        yield "no date"
    if outcome.stated.isdisjoint(ORIGIN):
        yield "no origin"
    if not outcome.paragraphs:
        yield "no paragraph"


def _suspicious(outcome: Outcome) -> Iterator[str]:
    """Name what speaks against what was kept and what was left out."""
    kept = outcome.kept
    known = sum(map(outcome.left_out, KNOWN_LISTS))
    every = kept + sum(len(text) for _, text in outcome.removed) - known
    if kept < SHORT and kept < LITTLE_KEPT * every:
        yield "little kept"
    if outcome.left_out("unclassified"):
        yield "unclassified"
    if outcome.left_out("comment") > MANY_COMMENTS * kept and kept < SHORT:
        yield "comments only"
    parts = page_parts(outcome.paragraphs)
    if parts:
        yield "page parts only" if parts > MOST else "page parts"
