"""The build as a pure function of snapshot, settings and options; wires the stages, nothing else.

``plan`` runs what always runs (parse what is new, catalog, targets), ``produce`` computes the
outputs that somebody asks for. The memo is invisible in the result.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wenzhai.amend import body_targets, with_bodies
from wenzhai.articles import ArticleSettings
from wenzhai.catalog import Catalog, held_back, make_catalog
from wenzhai.checks import check_clashes, check_links
from wenzhai.codec import decoder
from wenzhai.compose import make_frames, make_scene, make_site, make_targets
from wenzhai.config import Config, Options
from wenzhai.encoding import decode_source
from wenzhai.ledger import LEDGER_FILE, Ledger, merge, parse_ledger, write_ledger
from wenzhai.links import Places, Resolved, resolve
from wenzhai.memo import Memo, Step
from wenzhai.model import Article, Digest, Moment, OutPath, RelPath, Slug
from wenzhai.parts import part_names, parts_of
from wenzhai.problems import Problem, sort_problems
from wenzhai.scene import Scene
from wenzhai.snapshot import Snapshot
from wenzhai.steps import (
    Frame,
    feed_step,
    frame_names,
    llms_step,
    opml_step,
    page_step,
    parse_step,
    relate_step,
    robots_step,
    sitemap_index_step,
    sitemap_step,
    slug_step,
    twin_step,
    view_of,
)
from wenzhai.targets import Target, by_path
from wenzhai.theme import load_theme, resolve_theme
from wenzhai.views import CopyView

Commits = Callable[[tuple[RelPath, ...]], Mapping[RelPath, Moment]]
"""Tells when files were first committed; asked only for files without any other date."""

FOLDERS = ("content/articles/", "content/pages/", "content/digests/")
RELATED_AT_ONCE = 5000
"""Articles that one call of the step ``relate`` does: large sites have work for several cores."""
STEPS: dict[str, Step] = {
    "feed": feed_step,
    "sitemap": sitemap_step,
    "sitemaps": sitemap_index_step,
    "robots": robots_step,
    "opml": opml_step,
    "llms": llms_step,
    "twin": twin_step,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a build would publish, not yet rendered.

    ``frames`` are the frames of each template, ``scene`` is what the targets were cut from,
    ``ledger`` the text to keep once it is published (empty: nothing new).
    """

    targets: Mapping[OutPath, Target]
    frames: Mapping[str, Frame]
    scene: Scene
    ledger: str
    problems: tuple[Problem, ...]

    @property
    def catalog(self) -> Catalog:
        """Return the catalog of the scene."""
        return self.scene.catalog


@dataclass(frozen=True, slots=True)
class Output:
    """One output: the key of the step that made it, and the digest of its bytes."""

    key: Digest
    content: Digest


def plan(
    snapshot: Snapshot, config: Config, options: Options, memo: Memo, commits: Commits
) -> Plan:
    """Work out every output and what it may see.

    Problems of all stages are collected; with an error among them nothing may be published.
    """
    articles, problems, broken = _parse(snapshot, config, memo)
    ledger, damage = _read_ledger(snapshot)
    articles = _propose_slugs(articles, options, ledger, memo)
    undated = tuple(a.path for a in articles if not (a.date or a.added or a.named_date))
    dates = commits(undated) if undated else {}
    catalog = make_catalog(articles, config, options, ledger, dates)
    texts, garbled = _texts(snapshot)
    theme, theme_problems = load_theme(config.theme, texts, config.language)
    resolved = _resolve(catalog, snapshot, broken)
    related = _related(catalog, config.output.related, resolved, memo)
    scene = make_scene(catalog, config, resolved, related)
    targets = make_targets(scene, theme, snapshot.files)
    frames = make_frames(theme, targets, make_site(config, theme, snapshot.files), scene)
    outputs = by_path(targets)
    found = [*snapshot.problems, *problems, *damage, *garbled, *catalog.problems, *theme_problems]
    found += [bad for one in resolved.values() for bad in one.problems]
    found += check_clashes(targets, catalog)
    if not broken:
        found += check_links(catalog, resolved, outputs)
    merged = merge(ledger, catalog.ledger)
    text = "" if merged == ledger else write_ledger(merged)
    return Plan(outputs, frames, scene, text, sort_problems(found))


def plan_bodies(scene: Scene, rows: Sequence[int], snapshot: Snapshot) -> Plan:
    """Plan only what holds the bodies of the articles in these rows of a scene; it has no ledger.

    The plan that the scene comes from had the same sources but for these articles' files.
    """
    texts, _ = _texts(snapshot)
    theme, _ = resolve_theme(scene.config.theme, texts, scene.config.language)
    targets = by_path(body_targets(scene, rows, snapshot.files))
    site = make_site(scene.config, theme, snapshot.files)
    return Plan(targets, make_frames(theme, targets.values(), site, scene), scene, "", ())


def plan_again(work: Plan, articles: Mapping[RelPath, Article], snapshot: Snapshot) -> Plan | None:
    """Plan a site with other bodies; None if more than the bodies of these articles changed.

    All other sources are as they were in the plan ``work``.
    """
    found = with_bodies(work.scene, articles)
    if found is None:
        return None
    scene, rows = found
    targets = by_path(body_targets(scene, rows, snapshot.files))
    return replace(work, scene=scene, targets={**work.targets, **targets})


def read_article(record: str) -> Article:
    """Read an article from the record of the step ``parse``."""
    article: Article = decoder(Article)(json.loads(record))
    return article


def produce(
    work: Plan, memo: Memo, paths: Iterable[OutPath]
) -> tuple[dict[OutPath, Output], tuple[Problem, ...]]:
    """Compute the outputs at these paths; what the memo has is not rendered again."""
    targets = [work.targets[path] for path in paths]
    outputs: dict[OutPath, Output] = {}
    problems: list[Problem] = []
    for step in dict.fromkeys(target.step for target in targets):
        chosen = [target for target in targets if target.step == step]
        if step == "copy":
            outputs.update(_copies(chosen))
            continue
        results = memo.map(step, *_calls(step, chosen, work.frames), records=False)
        for target, result in zip(chosen, results, strict=True):
            outputs[target.path] = Output(result.key, Digest(result.content))
            problems += result.problems
    return outputs, sort_problems(problems)


def describe(target: Target, frames: Mapping[str, Frame]) -> tuple[tuple[str, ...], str]:
    """Return the names of the parts of an output's key, and their digests now."""
    frame = frames.get(target.template)
    view = view_of(target.view)  # type: ignore[arg-type]  # what is no slice is returned as it is
    kind: type = type(view)
    names = part_names(kind)
    if frame is None:
        return names, parts_of(view)
    return (*names, *frame_names(frame)), parts_of(view, frame.checksums)


def _calls(
    step: str, targets: Sequence[Target], frames: Mapping[str, Frame]
) -> tuple[Step, list[tuple[object, ...]]]:
    if step == "page":
        return page_step, [(frames[target.template], target.view) for target in targets]
    return STEPS[step], [(target.view,) for target in targets]


def _copies(targets: Iterable[Target]) -> dict[OutPath, Output]:
    sources = {t.path: t.view.source for t in targets if isinstance(t.view, CopyView)}
    return {path: Output(source, source) for path, source in sources.items()}


def article_settings(config: Config) -> ArticleSettings:
    """Pick the settings that an article is parsed with."""
    return ArticleSettings(config.timezone, config.language, config.reading_speed, config.markup)


def _parse(
    snapshot: Snapshot, config: Config, memo: Memo
) -> tuple[list[Article], list[Problem], frozenset[RelPath]]:
    settings = article_settings(config)
    paths = [p for p in snapshot.files if p.endswith(".md") and p.startswith(FOLDERS)]
    calls = [(path, snapshot.files[path], settings) for path in paths]
    results = memo.map("parse", parse_step, calls)
    articles = [read_article(result.record) for result in results if result.record]
    broken = frozenset(p for p, result in zip(paths, results, strict=True) if not result.record)
    return articles, [bad for result in results for bad in result.problems], broken


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
    results = memo.map("slug", slug_step, [(article.title, article.lang) for article in new])
    slugs = {a.path: Slug(result.record) for a, result in zip(new, results, strict=True)}
    return [replace(a, slug=slugs[a.path]) if a.path in slugs else a for a in articles]


def _read_ledger(snapshot: Snapshot) -> tuple[Ledger, tuple[Problem, ...]]:
    if LEDGER_FILE not in snapshot.files:
        return Ledger(), ()
    return parse_ledger(snapshot.read(LEDGER_FILE).decode("utf-8-sig", "replace"))


def _texts(snapshot: Snapshot) -> tuple[dict[str, str], list[Problem]]:
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


def _resolve(
    catalog: Catalog, snapshot: Snapshot, broken: frozenset[RelPath]
) -> dict[RelPath, Resolved]:
    shown = (*catalog.entries, *catalog.pages, *catalog.introductions)
    pages = {entry.article.path: entry.address for entry in shown}
    places = Places(
        pages=pages,
        slugs={entry.slug: entry.address for entry in catalog.entries},
        hidden=frozenset({one.path for one in catalog.held} | broken),
        files=snapshot.files,
        headings={e.address: e.article.headings for e in shown},
    )
    return {entry.article.path: resolve(entry.article, places) for entry in shown}


def _related(
    catalog: Catalog, limit: int, resolved: Mapping[RelPath, Resolved], memo: Memo
) -> tuple[tuple[int, ...], ...]:
    """Relate all articles, and put what an article's front matter names first."""
    entries = catalog.entries
    table = "\n".join("\t".join(entry.article.features) for entry in entries)
    if not entries or not limit:
        return ((),) * len(entries)
    parts = [
        (table, limit, first, min(first + RELATED_AT_ONCE, len(entries)))
        for first in range(0, len(entries), RELATED_AT_ONCE)
    ]
    results = memo.map("relate", relate_step, parts, alone=1)
    found = [row for result in results for row in json.loads(result.record)]
    rows = {str(entry.address): row for row, entry in enumerate(entries)}
    named = [
        [
            rows[address]
            for address in resolved[entry.article.path].related
            if address in rows and address != entry.address
        ]
        for entry in entries
    ]
    return tuple(
        tuple(dict.fromkeys([*first, *rest]))[: max(limit, len(first))]
        for first, rest in zip(named, found, strict=True)
    )
