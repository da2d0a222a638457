"""The ledger: slug and feed id of everything ever published.

``content/published.json`` is kept with the sources, so that addresses and feed ids survive
renaming, retitling, retagging and a move to another domain. A build reads it as a source and,
when it publishes, hands back the new text; nothing else writes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from wenzhai.digest import digest
from wenzhai.model import Article, RelPath, Slug
from wenzhai.problems import Problem, Span, problem
from wenzhai.slugs import title_slug

LEDGER_FILE = RelPath("content/published.json")
VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What was published: ``mark`` and ``title`` find an article again that was renamed."""

    slug: Slug
    id: str
    title: str
    date: str
    mark: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """All entries by path, and the host name under which the first was published."""

    authority: str = ""
    entries: Mapping[RelPath, Entry] = field(default_factory=dict)


def parse_ledger(text: str) -> tuple[Ledger, tuple[Problem, ...]]:
    """Read the ledger; a damaged one is an error (E310), for ids depend on it."""
    try:
        table = json.loads(text)
        entries = {RelPath(path): _entry(row) for path, row in table["articles"].items()}
        if table["version"] != VERSION:
            msg = f"version {table['version']}"
            raise ValueError(msg)  # noqa: TRY301  # all damage is told in one place
        return Ledger(str(table["authority"]), entries), ()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        return Ledger(), (problem("E310", Span(LEDGER_FILE, line), reason=error),)


def _entry(row: Mapping[str, object]) -> Entry:
    """Check a row: a slug is one segment of an address, whatever a bad merge made of it."""
    if not all(isinstance(value, str) for value in row.values()):
        msg = f"{row} should hold texts only"
        raise TypeError(msg)
    entry = Entry(**row)  # type: ignore[arg-type]  # checked above
    if not entry.slug or not entry.id or "/" in entry.slug or entry.slug.startswith("."):
        msg = f"slug {entry.slug!r}, id {entry.id!r}"
        raise ValueError(msg)
    return entry


def write_ledger(ledger: Ledger) -> str:
    """Write the ledger, one line an article, in path order, so that versions merge."""
    rows = ",\n".join(
        f"{_json(path)}: {_json(_row(entry))}" for path, entry in sorted(ledger.entries.items())
    )
    head = f'"version": {VERSION},\n"authority": {_json(ledger.authority)}'
    return f'{{\n{head},\n"articles": {{\n{rows}\n}}\n}}\n'


def identify(
    articles: Iterable[Article],
    ledger: Ledger,
    base_url: str,
    told: Mapping[RelPath, Entry] = MappingProxyType({}),
) -> tuple[Ledger, tuple[Problem, ...]]:
    """Give every article its slug and feed id, keeping what the ledger says.

    A slug stated in front matter wins; one published before stays; a new one that is taken gets
    a short suffix made from the file's path, so that the order of files never matters. Two
    articles that state or keep one slug are an error that names both (E301).

    Args:
        articles: all that are shown.
        ledger: the identities published before.
        base_url: whose host stands in new ids if the ledger names none.
        told: entries that were made of the very same articles, to be taken over where they fit.

    Returns:
        A ledger with an entry for each article given, and the problems.
    """
    known = _follow_renames(sorted(articles, key=lambda article: article.path), ledger)
    authority = ledger.authority or urlsplit(base_url).hostname or "localhost"
    taken, problems = _settle(known)
    ids = {entry.id for entry in ledger.entries.values()}
    entries: dict[RelPath, Entry] = {}
    for article, entry in known:
        slug = taken[article.path]
        identity = entry.id if entry else _mint(authority, article, slug, ids)
        ids.add(identity)
        last = told.get(article.path)
        if last is None or (last.slug, last.id) != (slug, identity):
            last = retold(Entry(slug, identity, "", "", ""), article)
        entries[article.path] = last
    return Ledger(authority, entries), problems


def is_in_place(article: Article, ledger: Ledger) -> bool:
    """Tell whether what was published at an article's path is known to be this article."""
    entry = ledger.entries.get(article.path)
    return entry is not None and (
        entry.title == article.title or entry.mark == (_mark(article) or None)
    )


def retold(entry: Entry, article: Article) -> Entry:
    """Return the entry of an article after an edit that left it its identity."""
    return Entry(entry.slug, entry.id, article.title, _date(article), _mark(article))


def merge(ledger: Ledger, fresh: Ledger) -> Ledger:
    """Add what a build published; the path an article was renamed from is forgotten."""
    ids = {entry.id for entry in fresh.entries.values()}
    kept = {path: entry for path, entry in ledger.entries.items() if entry.id not in ids}
    return Ledger(fresh.authority, {**kept, **fresh.entries})


def _follow_renames(articles: list[Article], ledger: Ledger) -> list[tuple[Article, Entry | None]]:
    """Pair each article with its entry.

    First come those still known at their path, then those known by their text or title from
    elsewhere (so that two files may exchange their names), then those wholly rewritten in place.
    """
    free = dict(ledger.entries)
    found: dict[RelPath, Entry] = {}
    for article in articles:
        if is_in_place(article, ledger):
            found[article.path] = free.pop(article.path)
    traces = {trace: path for path in sorted(free, reverse=True) for trace in _traces(free[path])}
    for article in (one for one in articles if one.path not in found):
        former = [traces[t] for t in _article_traces(article) if traces.get(t) in free]
        if former:
            found[article.path] = free.pop(former[0])
    for article in (one for one in articles if one.path not in found and one.path in free):
        found[article.path] = free.pop(article.path)
    return [(article, found.get(article.path)) for article in articles]


def _traces(entry: Entry) -> tuple[tuple[str, ...], ...]:
    """Return what a renamed article is known by: its text's mark, else its title and date."""
    titled = (entry.title, entry.date)
    return ((entry.mark,), titled) if entry.mark else (titled,)


def _article_traces(article: Article) -> tuple[tuple[str, ...], ...]:
    return _traces(Entry(Slug(""), "", article.title, _date(article), _mark(article)))


def _settle(
    known: list[tuple[Article, Entry | None]],
) -> tuple[dict[RelPath, Slug], tuple[Problem, ...]]:
    """Share out slugs: stated and published ones first, proposals after."""
    taken: dict[Slug, Article] = {}
    slugs: dict[RelPath, Slug] = {}
    problems: list[Problem] = []
    for article, entry in known:
        slug = article.slug if article.slug_fixed else entry.slug if entry else None
        if slug is None:
            continue
        slugs[article.path] = slug
        if slug in taken:
            problems += _clash(slug, taken[slug], article)
        taken.setdefault(slug, article)
    for article, _ in known:
        if article.path not in slugs:
            proposed = article.slug or title_slug(article.title, article.lang)
            slug = proposed if proposed not in taken else _suffixed(proposed, article)
            taken[slug] = article
            slugs[article.path] = slug
    return slugs, tuple(problems)


def _clash(slug: Slug, first: Article, second: Article) -> list[Problem]:
    """Report both articles of one slug."""
    pairs = ((first, second), (second, first))
    return [
        problem("E301", place_of(one, "slug"), slug=slug, other=other.path) for one, other in pairs
    ]


def place_of(article: Article, key: str) -> Span:
    """Return where a front-matter key stands, or the file as a whole."""
    for place in article.places:
        if place.key == key:
            return Span(article.path, place.line, place.column)
    return Span(article.path)


def _suffixed(slug: Slug, article: Article) -> Slug:
    return Slug(f"{slug}-{digest(article.path)[:6]}")


def _mint(authority: str, article: Article, slug: Slug, ids: set[str]) -> str:
    """Make a tag URI (RFC 4151); an id once used is never given to another article."""
    identity = f"tag:{authority},{_date(article)[:10] or '2000-01-01'}:{quote(slug)}"
    return identity if identity not in ids else f"{identity}-{digest(article.path)[:8]}"


def _date(article: Article) -> str:
    moment = article.date or article.added or article.named_date
    return moment.text if moment else ""


def _mark(article: Article) -> str:
    return digest(article.summary)[:16] if article.summary else ""


def _row(entry: Entry) -> dict[str, str]:
    return {
        "slug": entry.slug,
        "id": entry.id,
        "title": entry.title,
        "date": entry.date,
        "mark": entry.mark,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
