"""The views of feeds, sitemap, OPML and the other files that programs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, cast

from wenzhai.addresses import absolute, asset_address, out_path
from wenzhai.catalog import Catalog, Entry
from wenzhai.config import Config
from wenzhai.feed_words import feed_word, issue_word
from wenzhai.model import Address, Digest, RelPath, Url
from wenzhai.scene import DIGESTS, HOME, Scene
from wenzhai.targets import StepName, Target
from wenzhai.views import (
    Body,
    CopyView,
    FeedGroup,
    FeedItem,
    FeedLink,
    FeedView,
    LlmsView,
    OpmlView,
    RobotsView,
    SitemapView,
    TwinView,
)

Format = Literal["rss", "atom", "json"]
FILES = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
SITEMAP_ROWS = 50_000
"""How many URLs one sitemap may hold (sitemaps.org, Sitemap index files)."""
NEWEST = 50
"""How many articles llms.txt names."""


def feed_groups(catalog: Catalog, config: Config) -> tuple[FeedGroup, ...]:
    """List all feeds: the site's, that of the issues, then those of tags and regions."""
    groups = [FeedGroup("site", config.title, _links(config, HOME, config.title))]
    if config.output.digests != "none":
        links = _links(config, DIGESTS, _digest_title(config))
        groups.append(FeedGroup("digest", feed_word(config.language, "digest"), links))
    terms = [*(catalog.tags if config.feeds.tags else ())]
    terms += catalog.regions if config.feeds.regions else ()
    groups += [
        FeedGroup(t.kind, t.name, _links(config, t.address, f"{t.name} · {config.title}"))
        for t in terms
    ]
    return tuple(groups)


def _digest_title(config: Config) -> str:
    return f"{feed_word(config.language, 'digest')} · {config.title}"


def _links(config: Config, address: Address, title: str) -> tuple[FeedLink, ...]:
    return tuple(
        FeedLink(form, MEDIA_TYPES[form], title, Address(address + FILES[form]))
        for form in cast("tuple[Format, ...]", config.feeds.formats)
    )


def feed_targets(scene: Scene) -> Iterator[Target]:
    """Yield the target of every feed."""
    config, catalog = scene.config, scene.catalog
    rows = range(min(config.feeds.items, len(catalog.entries)))
    yield from _feed(scene, HOME, config.title, [_item(scene, row) for row in rows])
    if DIGESTS in scene.feeds:
        yield from _feed(scene, DIGESTS, _digest_title(config), list(_issue_items(scene)))
    for term in (*catalog.tags, *catalog.regions):
        if term.address in scene.feeds:
            items = [_item(scene, row) for row in term.rows[: config.feeds.term_items]]
            yield from _feed(scene, term.address, f"{term.name} · {config.title}", items)


def _feed(
    scene: Scene, address: Address, title: str, items: Sequence[FeedItem]
) -> Iterator[Target]:
    config = scene.config
    for link in scene.feeds.get(address, ()):
        view = FeedView(
            format=link.format,
            id=f"tag:{scene.catalog.ledger.authority},2000-01-01:{link.address}",
            title=title,
            description=config.description or config.title,
            language=config.language,
            url=absolute(config.base_url, link.address),
            home=absolute(config.base_url, address),
            author=config.author or config.title,
            rights=config.rights,
            icon="",
            hub=config.feeds.hub,
            items=tuple(items),
        )
        yield Target(out_path(link.address), "feed", "", view, f"/{link.address}")


def _item(scene: Scene, row: int) -> FeedItem:
    entry, card, config = scene.catalog.entries[row], scene.cards[row], scene.config
    article = entry.article
    return FeedItem(
        id=entry.id,
        title=article.title,
        url=absolute(config.base_url, entry.address),
        date=entry.date,
        updated=article.updated,
        authors=article.authors,
        tags=tuple(tag.name for tag in card.tags),
        region=card.region.name if card.region else "",
        summary=article.summary,
        lang=article.lang,
        source=article.source,
        source_url=article.source_url,
        image=absolute(config.base_url, card.cover) if card.cover else "",
        rights=article.rights,
        body=_absolute_body(scene, entry) if config.feeds.content == "full" else None,
    )


def _absolute_body(scene: Scene, entry: Entry) -> Body:
    targets = scene.resolved[entry.article.path].targets
    if not targets:
        return Body(entry.article.body, ())
    base = scene.config.base_url
    return Body(entry.article.body, tuple(absolute(base, target) for target in targets))


def _issue_items(scene: Scene) -> Iterator[FeedItem]:
    """Make one entry an issue: the introduction, or the titles of its articles as a summary."""
    config, catalog = scene.config, scene.catalog
    introduced = {e.address: e for e in catalog.introductions}
    for issue in scene.issues[: config.feeds.items]:
        rows = scene.issue_rows.get(issue.name, ())
        if not rows:
            continue
        entry = introduced.get(issue.address)
        dates = [
            m
            for row in rows
            if (m := catalog.entries[row].article.added or catalog.entries[row].date)
        ]
        newest = max(dates, key=lambda moment: (moment.stamp, moment.text), default=None)
        titles = feed_word(config.language, "separator").join(
            catalog.entries[row].article.title for row in rows
        )
        yield FeedItem(
            id=f"tag:{catalog.ledger.authority},{issue.first}:digest-{issue.name}",
            title=issue.title or issue_word(config.language, issue.name),
            url=absolute(config.base_url, issue.address),
            date=newest,
            updated=None,
            authors=(config.author,) if config.author else (),
            tags=(),
            region="",
            summary=titles,
            lang=config.language,
            source="",
            source_url="",
            image="",
            rights=config.rights,
            body=_absolute_body(scene, entry) if entry and config.feeds.content == "full" else None,
        )


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
    if not scene.config.output.twins:
        return
    for row, entry in enumerate(scene.catalog.entries):
        view = TwinView(entry.article.title, _twin_rows(scene, row), files[entry.article.path])
        path = out_path(Address(f"{entry.address}index.md"))
        yield Target(path, "twin", "", view, entry.article.path)


def copy_targets(sources: Iterable[RelPath], files: Mapping[RelPath, Digest]) -> Iterator[Target]:
    """Yield the fingerprinted copies of assets that some page shows."""
    for source in sorted(set(sources)):
        path = out_path(asset_address(source, files[source]))
        yield Target(path, "copy", "", CopyView(files[source]), source)


def _file(path: str, step: StepName, view: object) -> Target:
    return Target(out_path(Address(path)), step, "", view, f"/{path}")


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
