"""Tags and regions: which articles stand under each, its usual spelling, its address."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from wenzhai.addresses import term_address
from wenzhai.digest import digest
from wenzhai.model import Address, Article, Slug
from wenzhai.slugs import term_slug

TermKind = Literal["tag", "region"]


@dataclass(frozen=True, slots=True)
class Term:
    """A tag or region with its articles (positions in the catalog's order)."""

    kind: TermKind
    name: str
    slug: Slug
    address: Address
    rows: tuple[int, ...]


class Terms(NamedTuple):
    """All terms of a kind, most used first, and each spelling's term."""

    ordered: tuple[Term, ...]
    of: Mapping[str, Term]


class Shown(Protocol):
    """What stands in the catalog's order."""

    @property
    def article(self) -> Article:
        """Return what was parsed."""


def make_terms(kind: TermKind, entries: Sequence[Shown]) -> Terms:
    """Group articles by tag or region.

    Spellings that differ only in case or width are one term, named by the most frequent one.
    Different terms never share an address: a later one gets a short suffix.
    """
    rows: dict[str, list[int]] = defaultdict(list)
    for row, entry in enumerate(entries):
        for name in _names(kind, entry.article):
            rows[name].append(row)
    # Spellings are few beside their uses: what is alike is put together only now.
    groups: dict[str, list[str]] = defaultdict(list)
    for name in rows:
        groups[name.casefold()].append(name)
    found = {
        folded: _Found(
            {name: len(rows[name]) for name in names},
            tuple(sorted({row for name in names for row in rows[name]})),
        )
        for folded, names in groups.items()
    }
    return _named(kind, found, entries)


def shift_terms(
    kind: TermKind, last: Terms, before: Sequence[Shown], now: Sequence[Shown]
) -> Terms | None:
    """Make the terms of ``now`` from those of ``before``, if a single article came or went.

    They equal those of :func:`make_terms`. None where more than that is different.
    """
    move = _one_move(before, now)
    if move is None:
        return None
    row, step = move
    article = (now if step > 0 else before)[row].article
    touched = {name.casefold() for name in _names(kind, article)}
    spellings: dict[str, dict[str, int]] = defaultdict(dict)
    for name in last.of:
        spellings[name.casefold()][name] = 0
    rows = {term.name.casefold(): _shifted(term.rows, row, step) for term in last.ordered}
    found = {f: _Found(spellings[f], rows[f]) for f in rows if f not in touched}
    for folded in touched:
        used = (*rows.get(folded, ()), *((row,) if step > 0 else ()))
        if used:
            found[folded] = _Found(_uses(kind, folded, used, now), tuple(sorted(used)))
    kept = {f: term.name for term in last.ordered if (f := term.name.casefold()) not in touched}
    return _named(kind, found, now, kept)


class _Found(NamedTuple):
    """How often each spelling of a term is used, and in which rows."""

    uses: Mapping[str, int]
    rows: tuple[int, ...]


def _named(
    kind: TermKind,
    found: Mapping[str, _Found],
    entries: Sequence[Shown],
    known: Mapping[str, str] = MappingProxyType({}),
) -> Terms:
    """Give names and addresses; ``known`` are usual names that stay, by their folded form."""
    slugs = {folded: _slug(kind, entries[one.rows[0]].article) for folded, one in found.items()}
    unique = _unique(slugs)
    terms = {
        folded: Term(
            kind,
            known.get(folded) or min(one.uses, key=lambda name: (-one.uses[name], name)),
            unique[folded],
            term_address(kind, unique[folded]),
            one.rows,
        )
        for folded, one in found.items()
    }
    ordered = sorted(terms.values(), key=lambda term: (-len(term.rows), term.slug))
    spelled = {name: terms[folded] for folded, one in found.items() for name in one.uses}
    return Terms(tuple(ordered), spelled)


def _uses(kind: TermKind, folded: str, rows: Iterable[int], now: Sequence[Shown]) -> Counter[str]:
    names = (name for row in rows for name in _names(kind, now[row].article))
    return Counter(name for name in names if name.casefold() == folded)


def _one_move(before: Sequence[Shown], now: Sequence[Shown]) -> tuple[int, int] | None:
    """Return the row at which one article came (1) or went (-1), and which it was of the two."""
    step = len(now) - len(before)
    if abs(step) != 1:
        return None
    pairs = enumerate(zip(before, now, strict=False))
    row = next((row for row, (a, b) in pairs if a is not b), min(len(before), len(now)))
    longer, shorter = (now, before) if step > 0 else (before, now)
    rest = zip(longer[row + 1 :], shorter[row:], strict=True)
    return (row, step) if all(a is b for a, b in rest) else None


def _shifted(rows: tuple[int, ...], row: int, step: int) -> tuple[int, ...]:
    """Move the rows at and behind the one that came or went."""
    start = bisect_left(rows, row)
    rest = rows[start + (step < 0 and rows[start : start + 1] == (row,)) :]
    return rows[:start] + tuple([one + step for one in rest])


def _names(kind: TermKind, article: Article) -> Sequence[str]:
    if kind == "tag":
        return article.tags
    return (article.region.name,) if article.region else ()


def _slug(kind: TermKind, article: Article) -> Slug:
    """Return the slug that a region brings with it; tags have none."""
    return article.region.slug if kind == "region" and article.region else Slug("")


def _unique(slugs: Mapping[str, Slug]) -> dict[str, Slug]:
    """Give each folded name a slug of its own, independent of the order of files."""
    taken: dict[Slug, str] = {}
    for folded in sorted(slugs):
        slug = slugs[folded] or term_slug(folded)
        if slug in taken:
            slug = Slug(f"{slug}-{digest(folded)[:6]}")
        taken[slug] = folded
    return {folded: slug for slug, folded in taken.items()}
