"""The catalog: all visible articles in order, by term and by period, and who is next to whom.

Runs in every build over what the parser found; it knows nothing of templates or output files
beyond their addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from wenzhai.addresses import article_address, digest_address, page_address
from wenzhai.config import Config, Options
from wenzhai.ledger import Ledger, identify, place_of
from wenzhai.model import Address, Article, Moment, RelPath, Slug
from wenzhai.problems import Problem, Span, problem
from wenzhai.slugs import term_slug
from wenzhai.terms import Term, TermKind, Terms, make_terms, shift_terms

Reason = Literal["draft", "held", "scheduled", "expired"]


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
    tags, tag_of = _terms("tag", entries, last)
    regions, region_of = _terms("region", entries, last)
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


def _terms(kind: TermKind, entries: tuple[Entry, ...], last: Catalog | None) -> Terms:
    """Group by tag or region; of an earlier catalog little else may have to be counted again."""
    if last is None:
        return make_terms(kind, entries)
    ordered = last.tags if kind == "tag" else last.regions
    before = Terms(ordered, last.tag_of if kind == "tag" else last.region_of)
    return shift_terms(kind, before, last.entries, entries) or make_terms(kind, entries)


def _undated(entries: tuple[Entry, ...]) -> list[Problem]:
    return [problem("W302", Span(e.article.path)) for e in entries if e.date is None]


__all__ = ["Catalog", "Entry", "Held", "make_catalog", "place_of"]
