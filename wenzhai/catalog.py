"""The catalog: all visible articles in order, by term and by period, and who is next to whom.

Runs in every build over what the parser found; it knows nothing of templates or output files
beyond their addresses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from wenzhai.addresses import article_address, digest_address, page_address, term_address
from wenzhai.config import Config, Options
from wenzhai.digest import digest
from wenzhai.ledger import Ledger, identify, place_of
from wenzhai.model import Address, Article, Moment, RelPath, Slug
from wenzhai.problems import Problem, Span, problem
from wenzhai.slugs import term_slug

Reason = Literal["draft", "held", "scheduled", "expired"]
TermKind = Literal["tag", "region"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A visible article: where it is published, its permanent id, and the date it sorts by."""

    article: Article
    slug: Slug
    address: Address
    id: str
    date: Moment | None


@dataclass(frozen=True, slots=True)
class Held:
    """An article that is not published now, why, and the instant at which that may change.

    ``held`` are drafts that a conversion made because of its ``doubts`` (names of reasons), with
    its confidence in percent.
    """

    path: RelPath
    title: str
    reason: Reason
    until: Moment | None
    percent: int = 100
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A tag or region with its articles (positions in the catalog's order)."""

    kind: TermKind
    name: str
    slug: Slug
    address: Address
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """The site as its articles make it.

    ``entries`` are newest first, undated ones last. ``tag_of`` and ``region_of`` map a name
    as written to its term. ``ledger`` holds the identities of all that is visible. ``due`` is
    the next instant (seconds) at which an article appears or expires, or None.
    """

    entries: Sequence[Entry]
    pages: tuple[Entry, ...]
    introductions: tuple[Entry, ...]
    held: tuple[Held, ...]
    tags: tuple[Term, ...]
    regions: tuple[Term, ...]
    tag_of: Mapping[str, Term]
    region_of: Mapping[str, Term]
    ledger: Ledger
    due: int | None
    problems: tuple[Problem, ...]


def make_catalog(
    articles: Iterable[Article],
    config: Config,
    options: Options,
    ledger: Ledger,
    commits: Mapping[RelPath, Moment],
    last: Catalog | None = None,
) -> Catalog:
    """Order and group everything that is visible now.

    Args:
        articles: all parsed files, pages and introductions among them.
        config: the settings.
        options: flags, and the instant that decides what is visible.
        ledger: the identities published before.
        commits: when undated files were first committed, where that is known.
        last: an earlier catalog, whose entries are taken over where they are equal.

    Problem codes: E301 (one slug twice), W302 (undated), W303 (scheduled without date).
    """
    every = sorted(articles, key=lambda article: article.path)
    held = tuple(found for article in every if (found := held_back(article, options)))
    hidden = {one.path for one in held}
    visible = [article for article in every if article.path not in hidden]
    written = [article for article in visible if article.kind == "article"]
    known = {entry.article.path: entry for entry in last.entries} if last else {}
    same = [a.path for a in written if a.path in known and known[a.path].article is a]
    told = {path: last.ledger.entries[path] for path in same} if last else {}
    identities, problems = identify(written, ledger, config.base_url, told)
    entries = _order(_entry(a, identities, commits, known.get(a.path)) for a in written)
    tags, tag_of = make_terms("tag", entries)
    regions, region_of = make_terms("region", entries)
    return Catalog(
        entries=entries,
        pages=_others(visible, "page"),
        introductions=_others(visible, "digest"),
        held=held,
        tags=tags,
        regions=regions,
        tag_of=tag_of,
        region_of=region_of,
        ledger=identities,
        due=_due(every, options),
        problems=(*problems, *_undated(entries)),
    )


def held_back(article: Article, options: Options) -> Held | None:
    """Tell why an article is not shown now; None where it is."""
    if article.draft and not options.drafts:
        return Held(article.path, article.title, "draft", None)
    date = article.date or article.added
    if date and date.stamp > options.now and not options.future:
        return Held(article.path, article.title, "scheduled", date)
    if article.expires and article.expires.stamp <= options.now:
        return Held(article.path, article.title, "expired", article.expires)
    return None


def _due(articles: Iterable[Article], options: Options) -> int | None:
    """Find the next instant at which what is visible changes."""
    moments = [m for a in articles for m in (a.date or a.added, a.expires) if m]
    return min((m.stamp for m in moments if m.stamp > options.now), default=None)


def _entry(
    article: Article, identities: Ledger, commits: Mapping[RelPath, Moment], before: Entry | None
) -> Entry:
    """Make an entry, or take the same one as before: what was made from it can be told by that."""
    known = identities.entries[article.path]
    date = article.date or article.added or article.named_date or commits.get(article.path)
    now = (article, known.slug, known.id, date)
    if before and (before.article, before.slug, before.id, before.date) == now:
        return before
    return Entry(article, known.slug, article_address(known.slug), known.id, date)


def _others(visible: Iterable[Article], kind: Literal["page", "digest"]) -> tuple[Entry, ...]:
    address = page_address if kind == "page" else digest_address
    return tuple(
        Entry(a, slug, address(slug), "", a.date or a.added)
        for a in visible
        if a.kind == kind and (slug := _page_slug(a))
    )


def _page_slug(article: Article) -> Slug:
    """Pages and introductions keep their file's name, which is their name for the editor too."""
    if article.slug_fixed:
        return article.slug
    return term_slug(article.path.rsplit("/", 1)[-1].removesuffix(".md"))


def _order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Sort newest first; undated ones last; equal dates by path."""
    return tuple(
        sorted(
            entries,
            key=lambda e: (e.date is None, -(e.date.stamp if e.date else 0), e.article.path),
        )
    )


def make_terms(
    kind: TermKind, entries: Sequence[Entry]
) -> tuple[tuple[Term, ...], Mapping[str, Term]]:
    """Group by tag or region, most used first, and tell each spelling's term.

    Spellings that differ only in case or width are one term, named by the most frequent one.
    Different terms never share an address: a later one gets a short suffix (see ``term_slugs``).
    """
    rows: dict[str, list[int]] = defaultdict(list)
    for row, entry in enumerate(entries):
        for name in _names(kind, entry.article):
            rows[name].append(row)
    # Spellings are few beside their uses: what is alike is put together only now.
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in rows:
        spellings[name.casefold()].append(name)
    first = {folded: entries[rows[names[0]][0]].article for folded, names in spellings.items()}
    unique = _unique({folded: _slug(kind, article) for folded, article in first.items()})
    terms = {
        folded: Term(
            kind,
            min(names, key=lambda name: (-len(rows[name]), name)),
            unique[folded],
            term_address(kind, unique[folded]),
            tuple(sorted({row for name in names for row in rows[name]})),
        )
        for folded, names in spellings.items()
    }
    ordered = sorted(terms.values(), key=lambda term: (-len(term.rows), term.slug))
    return tuple(ordered), {name: terms[f] for f, names in spellings.items() for name in names}


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


def _undated(entries: tuple[Entry, ...]) -> list[Problem]:
    return [problem("W302", Span(e.article.path)) for e in entries if e.date is None]


__all__ = ["Catalog", "Entry", "Held", "Term", "make_catalog", "place_of"]
