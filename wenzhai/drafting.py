"""The draft of a plan: all that has to be known before any page can be cut.

Articles, their order and identities, the theme: what always runs. Links, related articles and views
follow, for one page or for all of them. What an earlier draft found out about the same articles is
taken over; it is a function of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from wenzhai.article_settings import article_settings
from wenzhai.catalog import Catalog, held_back, make_catalog
from wenzhai.catalog_edits import edit_catalog
from wenzhai.codec import decoder
from wenzhai.config import Config, Options
from wenzhai.encoding import decode_source
from wenzhai.ledger import LEDGER_FILE, Ledger, parse_ledger
from wenzhai.links import Places, Resolved, resolve
from wenzhai.memo import Memo
from wenzhai.model import Article, Digest, Moment, RelPath, Slug
from wenzhai.problems import Problem
from wenzhai.snapshot import Snapshot
from wenzhai.steps import parse_step, slug_step
from wenzhai.theme import Theme, load_theme

Commits = Callable[[tuple[RelPath, ...]], Mapping[RelPath, Moment]]
"""Tells when files were first committed; asked only for files without any other date."""
FOLDERS = ("content/articles/", "content/pages/", "content/digests/")


class Parsed(NamedTuple):
    """What a Markdown file of this digest says: no article where an error is among the problems."""

    content: Digest
    article: Article | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a site before its pages are cut.

    ``links`` are the references of articles, resolved as they are asked for; ``problems`` are
    those found so far.
    """

    config: Config
    options: Options
    snapshot: Snapshot
    parsed: Mapping[RelPath, Parsed]
    ledger: Ledger
    catalog: Catalog
    theme: Theme
    links: Links
    problems: tuple[Problem, ...]

    @property
    def is_damaged(self) -> bool:
        """Tell whether the ledger could not be read."""
        return any(item.span.path == LEDGER_FILE for item in self.problems)

    @property
    def is_whole(self) -> bool:
        """Tell whether every file could be read as what it is."""
        return all(one.article for one in self.parsed.values())


def make_draft(
    snapshot: Snapshot,
    config: Config,
    options: Options,
    memo: Memo,
    commits: Commits,
    last: Draft | None = None,
) -> Draft:
    """Read articles and theme, and order what is visible; ``last`` is an earlier draft."""
    parsed = _parse(snapshot, config, memo, last)
    ledger, damage = _read_ledger(snapshot, last)
    articles = [one.article for one in parsed.values() if one.article]
    articles = _propose_slugs(articles, options, ledger, memo)
    undated = tuple(one.path for one in articles if _is_undated(one))
    catalog = None
    if last and not undated:
        catalog = _edited(parsed, articles, config, options, ledger, last)
    if catalog is None:
        moments = commits(undated) if undated else {}
        before = last.catalog if last else None
        catalog = make_catalog(articles, config, options, ledger, moments, before)
    texts, garbled = read_texts(snapshot)
    theme, wrong = load_theme(config.theme, texts, config.language)
    found = [*snapshot.problems, *(bad for one in parsed.values() for bad in one.problems)]
    found += [*damage, *garbled, *catalog.problems, *wrong]
    broken = frozenset(path for path, one in parsed.items() if not one.article)
    links = Links(catalog, _places(catalog, snapshot, broken), last.links if last else None)
    return Draft(config, options, snapshot, parsed, ledger, catalog, theme, links, tuple(found))


def read_article(record: str) -> Article:
    """Read an article from the record of the step ``parse``."""
    article: Article = decoder(Article)(json.loads(record))
    return article


def read_texts(snapshot: Snapshot) -> tuple[dict[str, str], list[Problem]]:
    """Read all templates, words and settings of themes; E101 where one is not UTF-8."""
    names = [
        path
        for path in snapshot.files
        if path.startswith(("themes/", "templates/")) and path.endswith((".html", ".toml", ".xml"))
    ]
    read = {str(path): decode_source(snapshot.read(path), path) for path in names}
    return {p: text for p, (text, _) in read.items()}, [
        bad for _, found in read.values() for bad in found
    ]


class Links(Mapping[RelPath, Resolved]):
    """The resolved references of every file that is shown, each made when it is asked for.

    What the links of an earlier draft say of the very same article is taken over, if there is
    nothing new that a reference could lead to.
    """

    def __init__(self, catalog: Catalog, places: Places, last: Links | None) -> None:
        """Prepare; nothing is resolved yet."""
        shown = (*catalog.entries, *catalog.pages, *catalog.introductions)
        self._articles = {entry.article.path: entry.article for entry in shown}
        self._places = places
        self._made: dict[RelPath, Resolved] = {}
        if last is not None and _leads_alike(places, last._places):  # noqa: SLF001  # its own kind
            self._take_over(last)

    def __getitem__(self, path: RelPath) -> Resolved:
        """Resolve the references of one file."""
        if path not in self._made:
            self._made[path] = resolve(self._articles[path], self._places)
        return self._made[path]

    def __iter__(self) -> Iterator[RelPath]:
        """Give the paths of all files that are shown."""
        return iter(self._articles)

    def __len__(self) -> int:
        """Count them."""
        return len(self._articles)

    def _take_over(self, last: Links) -> None:
        before = last._articles  # its own kind
        for path, resolved in last._made.items():  # the same
            if before[path] is self._articles.get(path):
                self._made[path] = resolved


def _parse(
    snapshot: Snapshot, config: Config, memo: Memo, last: Draft | None
) -> dict[RelPath, Parsed]:
    settings = article_settings(config)
    is_same = last is not None and article_settings(last.config) == settings
    known = last.parsed if last is not None and is_same else {}
    contents = {
        path: content
        for path, content in snapshot.files.items()
        if path.endswith(".md") and path.startswith(FOLDERS)
    }
    new = [p for p, content in contents.items() if p not in known or known[p].content != content]
    calls = [(path, contents[path], settings) for path in new]

    @cache
    def read(record: str) -> Article | None:
        return read_article(record) if record else None

    results = memo.map("parse", parse_step, calls, look=read)
    fresh = {
        path: Parsed(contents[path], read(r.record), r.problems)
        for path, r in zip(new, results, strict=True)
    }
    return {path: fresh.get(path) or known[path] for path in contents}


def _propose_slugs(
    articles: list[Article], options: Options, ledger: Ledger, memo: Memo
) -> list[Article]:
    """Give slugs to new articles that state none; loading the dictionaries takes half a second."""
    new = [
        article
        for article in articles
        if article.kind == "article" and not article.slug and article.path not in ledger.entries
        if not held_back(article, options)
    ]
    if not new:
        return articles
    results = memo.map("slug", slug_step, [(article.title, article.lang) for article in new])
    slugs = {a.path: Slug(result.record) for a, result in zip(new, results, strict=True)}
    return [replace(a, slug=slugs[a.path]) if a.path in slugs else a for a in articles]


def _is_undated(article: Article) -> bool:
    is_dated = article.date or article.added or article.named_date
    return article.kind == "article" and not is_dated


def _edited(
    parsed: Mapping[RelPath, Parsed],
    articles: Sequence[Article],
    config: Config,
    options: Options,
    ledger: Ledger,
    last: Draft,
) -> Catalog | None:
    """Edit the catalog of an earlier draft, if the same files were shown in the same order."""
    flags = replace(options, now=last.options.now)
    is_same = config == last.config and flags == last.options and ledger == last.ledger
    if not is_same or parsed.keys() != last.parsed.keys() or options.now < last.options.now:
        return None
    changed = {path for path, one in parsed.items() if one is not last.parsed[path]}
    if not all(parsed[path].article and last.parsed[path].article for path in changed):
        return None
    edited = {one.path: one for one in articles if one.path in changed}
    return edit_catalog(last.catalog, edited, options, ledger)


def _read_ledger(snapshot: Snapshot, last: Draft | None) -> tuple[Ledger, tuple[Problem, ...]]:
    content = snapshot.files.get(LEDGER_FILE)
    if content is None:
        return Ledger(), ()
    if last and last.snapshot.files.get(LEDGER_FILE) == content and not last.is_damaged:
        return last.ledger, ()
    return parse_ledger(snapshot.read(LEDGER_FILE).decode("utf-8-sig", "replace"))


def _places(catalog: Catalog, snapshot: Snapshot, broken: frozenset[RelPath]) -> Places:
    shown = (*catalog.entries, *catalog.pages, *catalog.introductions)
    rows = [(entry.address, entry.article) for entry in shown]
    return Places(
        pages={article.path: address for address, article in rows},
        slugs={entry.slug: entry.address for entry in catalog.entries},
        hidden=frozenset({one.path for one in catalog.held} | broken),
        files=snapshot.files,
        headings={address: article.headings for address, article in rows},
    )


def _leads_alike(now: Places, before: Places) -> bool:
    """Tell whether any reference leads to the same place, or as little to any, in both."""
    return (
        now.pages == before.pages
        and now.slugs == before.slugs
        and now.hidden == before.hidden
        and now.headings == before.headings
        and _assets(now.files) == _assets(before.files)
    )


def _assets(files: Mapping[RelPath, Digest]) -> dict[RelPath, str]:
    """Return the digests of all files but those that become pages, whose names alone count."""
    return {
        path: "" if path.endswith(".md") and path.startswith(FOLDERS) else content
        for path, content in files.items()
    }
