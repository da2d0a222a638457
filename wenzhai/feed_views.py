"""The views of feeds, sitemap, OPML and the other files that programs read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple, cast

from wenzhai.addresses import absolute, out_path
from wenzhai.catalog import Catalog, Entry
from wenzhai.config import Config
from wenzhai.feed_words import feed_word, issue_word
from wenzhai.model import Address
from wenzhai.scene import DIGESTS, HOME, Scene
from wenzhai.targets import Target
from wenzhai.views import (
    Body,
    FeedGroup,
    FeedItem,
    FeedLink,
    FeedView,
)

Format = Literal["rss", "atom", "json"]
FILES = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}
MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}


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


def feeds_by_address(catalog: Catalog, config: Config) -> dict[Address, tuple[FeedLink, ...]]:
    """Return the feeds of each list by the list's address."""
    groups = feed_groups(catalog, config)
    return {
        Address((group.feeds[0].address.rpartition("/")[0] + "/").lstrip("/")): group.feeds
        for group in groups
        if group.feeds
    }


def _digest_title(config: Config) -> str:
    return f"{feed_word(config.language, 'digest')} · {config.title}"


def _links(config: Config, address: Address, title: str) -> tuple[FeedLink, ...]:
    return tuple(
        FeedLink(form, MEDIA_TYPES[form], title, Address(address + FILES[form]))
        for form in cast("tuple[Format, ...]", config.feeds.formats)
    )


def feed_targets(scene: Scene) -> Iterator[Target]:
    """Yield the target of every feed."""
    for channel in _channels(scene):
        yield from _feeds(scene, channel)
    if DIGESTS in scene.feeds:
        title = _digest_title(scene.config)
        yield from _formats(scene, DIGESTS, title, tuple(_issue_items(scene)))


def feeds_of(scene: Scene, rows: Collection[int]) -> Iterator[Target]:
    """Yield the targets of the feeds that hold the bodies of any of these articles."""
    for channel in _channels(scene):
        if any(row in channel.rows for row in rows):
            yield from _feeds(scene, channel)


class _Channel(NamedTuple):
    """Feeds of the same articles in all formats, below one address."""

    address: Address
    title: str
    rows: Sequence[int]


def _channels(scene: Scene) -> Iterator[_Channel]:
    """List the feeds of articles: the site's, and those of tags and regions."""
    config, catalog = scene.config, scene.catalog
    yield _Channel(HOME, config.title, range(min(config.feeds.items, len(catalog.entries))))
    for term in (*catalog.tags, *catalog.regions):
        if term.address in scene.feeds:
            rows = term.rows[: config.feeds.term_items]
            yield _Channel(term.address, f"{term.name} · {config.title}", rows)


def _feeds(scene: Scene, channel: _Channel) -> Iterator[Target]:
    items = tuple([_item(scene, row) for row in channel.rows])
    return _formats(scene, channel.address, channel.title, items)


def _formats(
    scene: Scene, address: Address, title: str, items: tuple[FeedItem, ...]
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
            items=items,
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
