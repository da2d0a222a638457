"""Amending a plan: where only bodies changed, only what holds them is planned again.

Planning sees of an article what its outline digest covers. While that stays, every view stays but
those that hold the body: the article's page, its twin, and feeds. They are cut by the same
functions as in a plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from wenzhai.article_pages import article_target
from wenzhai.feed_views import feeds_of
from wenzhai.file_views import twin_target
from wenzhai.model import Article, Digest, RelPath
from wenzhai.scene import Scene
from wenzhai.targets import Target

FOLDER = "content/articles/"


def changed_articles(
    before: Mapping[RelPath, Digest], after: Mapping[RelPath, Digest]
) -> frozenset[RelPath] | None:
    """Return the articles whose files changed, or None where anything else did."""
    if before.keys() != after.keys():
        return None
    changed = frozenset(path for path, content in after.items() if before[path] != content)
    return changed if all(p.startswith(FOLDER) and p.endswith(".md") for p in changed) else None


def keeps_outline(before: Article, after: Article) -> bool:
    """Tell whether an edit leaves all as it was that the planning of the site may see."""
    return before.outline == after.outline


def with_bodies(
    scene: Scene, articles: Mapping[RelPath, Article]
) -> tuple[Scene, list[int]] | None:
    """Put articles in the places of their predecessors, and return the rows of these places.

    None if one has another outline, or none that is known: the article is not shown now.
    """
    entries = list(scene.catalog.entries)
    rows = [row for row, entry in enumerate(entries) if entry.article.path in articles]
    if len(rows) < len(articles):
        return None
    for row in rows:
        now = articles[entries[row].article.path]
        if not keeps_outline(entries[row].article, now):
            return None
        entries[row] = replace(entries[row], article=now)
    catalog = replace(scene.catalog, entries=tuple(entries))
    return replace(scene, catalog=catalog), rows


def body_targets(
    scene: Scene, rows: Sequence[int], files: Mapping[RelPath, Digest]
) -> Iterator[Target]:
    """Yield the targets that hold the bodies of the articles in these rows, or their files."""
    for row in rows:
        yield article_target(scene, row)
        if scene.config.output.twins:
            yield twin_target(scene, row, files)
    yield from feeds_of(scene, rows)
