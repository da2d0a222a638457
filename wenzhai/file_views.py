"""The views of the files for programs besides feeds: sitemap, OPML, llms.txt, twins, copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wenzhai.addresses import absolute, asset_address, out_path
from wenzhai.model import Address, Digest, OutPath, RelPath, Url
from wenzhai.scene import Scene
from wenzhai.targets import StepName, Target
from wenzhai.views import (
    CopyView,
    FeedGroup,
    LlmsView,
    OpmlView,
    RobotsView,
    SitemapView,
    TwinView,
)

SITEMAP_ROWS = 50_000
"""How many URLs one sitemap may hold (sitemaps.org, Sitemap index files)."""
NEWEST = 50
"""How many articles llms.txt names."""


def file_targets(
    scene: Scene, groups: tuple[FeedGroup, ...], pages: Iterable[Target]
) -> Iterator[Target]:
    """Yield sitemap, robots, OPML, llms.txt and the Markdown twins."""
    config = scene.config
    yield from sitemap_targets(_sitemap_rows(scene, pages), config.base_url)
    yield _file("robots.txt", "robots", RobotsView(absolute(config.base_url, "sitemap.xml")))
    opml = OpmlView(config.title, config.language, absolute(config.base_url, ""), groups)
    yield _file("feeds.opml", "opml", opml)
    yield _file("llms.txt", "llms", _llms(scene))


def twin_targets(scene: Scene, files: Mapping[RelPath, Digest]) -> Iterator[Target]:
    """Yield the Markdown twin of every article."""
    if scene.config.output.twins:
        for row in range(len(scene.catalog.entries)):
            yield twin_target(scene, row, files)


def twin_target(scene: Scene, row: int, files: Mapping[RelPath, Digest]) -> Target:
    """Return the target of one article's Markdown twin."""
    entry = scene.catalog.entries[row]
    view = TwinView(entry.article.title, _twin_rows(scene, row), files[entry.article.path])
    path = out_path(Address(f"{entry.address}index.md"))
    return Target(path, "twin", "", view, entry.article.path)


def copy_targets(sources: Iterable[RelPath], files: Mapping[RelPath, Digest]) -> Iterator[Target]:
    """Yield the fingerprinted copies of assets that some page shows, equal ones of a name once."""
    copies: dict[tuple[OutPath, Digest], Target] = {}
    for source in sorted(set(sources)):
        path = out_path(asset_address(source, files[source]))
        target = Target(path, "copy", "", CopyView(files[source]), source)
        copies.setdefault((path, files[source]), target)
    yield from copies.values()


def sitemap_targets(
    rows: tuple[tuple[Url, str], ...], base_url: str, limit: int = SITEMAP_ROWS
) -> Iterator[Target]:
    """Yield ``sitemap.xml``: one file, or the index of parts of at most ``limit`` rows."""
    parts = [rows[start : start + limit] for start in range(0, len(rows), limit)]
    if len(parts) <= 1:
        yield _file("sitemap.xml", "sitemap", SitemapView(rows))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    listed = tuple(
        # Days compare as text where times of many zones do not.
        (absolute(base_url, name), max(date[:10] for _, date in part))
        for name, part in zip(names, parts, strict=True)
    )
    yield _file("sitemap.xml", "sitemaps", SitemapView(listed))
    for name, part in zip(names, parts, strict=True):
        yield _file(name, "sitemap", SitemapView(part))


def _file(path: str, step: StepName, view: object) -> Target:
    return Target(out_path(Address(path)), step, "", view, f"/{path}")


def _sitemap_rows(scene: Scene, pages: Iterable[Target]) -> tuple[tuple[Url, str], ...]:
    """List pages that search engines may keep, with the change that each one states."""
    changed = {
        out_path(entry.address): (entry.article.updated or entry.date)
        for entry in (*scene.catalog.entries, *scene.catalog.pages)
    }
    rows: list[tuple[Url, str]] = []
    for target in pages:
        if target.template in {"redirect.html", "404.html"}:
            continue
        moment = changed.get(target.path)
        address = target.address
        rows.append((absolute(scene.config.base_url, address), moment.text if moment else ""))
    return tuple(sorted(rows))


def _llms(scene: Scene) -> LlmsView:
    config = scene.config
    name = "index.md" if config.output.twins else ""
    rows = tuple(
        (e.article.title, absolute(config.base_url, f"{e.address}{name}"), e.article.summary)
        for e in scene.catalog.entries[:NEWEST]
    )
    pages = tuple(
        (e.article.title, absolute(config.base_url, e.address), e.article.summary)
        for e in scene.catalog.pages
    )
    return LlmsView(config.title, config.description, rows, pages)


def _twin_rows(scene: Scene, row: int) -> tuple[tuple[str, str], ...]:
    entry, card = scene.catalog.entries[row], scene.cards[row]
    article = entry.article
    rows = (
        ("title", article.title),
        ("url", absolute(scene.config.base_url, entry.address)),
        ("date", entry.date.text if entry.date else ""),
        ("author", "、".join(article.authors)),
        ("region", card.region.name if card.region else ""),
        ("source", article.source),
        ("source_url", article.source_url),
        ("tags", "、".join(tag.name for tag in card.tags)),
        ("lang", article.lang),
    )
    return tuple((key, value) for key, value in rows if value)
