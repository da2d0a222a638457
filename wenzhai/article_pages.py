"""Article pages: the slice of the site that one sees, and the view that is cut from it.

The view is made only where the page is rendered: most builds find most pages by the digest of
their slice, which is put together from digests that its parts carry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wenzhai.addresses import absolute
from wenzhai.digest import digest
from wenzhai.lazy import Made
from wenzhai.model import Address, Article, Digest, Heading, Moment, OutPath
from wenzhai.scene import PageSettings, Scene, page_frame, page_target
from wenzhai.targets import Target
from wenzhai.views import ArticleView, Body, Card, Neighbour, Page


@dataclass(frozen=True, slots=True)
class ArticleSlice:
    """All that an article's view is made from; ``digest`` covers every other field.

    ``date`` is the one the article sorts by, ``targets`` its resolved references.
    """

    digest: Digest
    settings: PageSettings
    article: Article
    card: Card
    date: Moment | None
    previous: Neighbour | None
    next: Neighbour | None
    related: tuple[Neighbour, ...]
    targets: tuple[str, ...]


def article_targets(scene: Scene, last: Mapping[OutPath, Target]) -> Iterator[Target]:
    """Yield the target of every article's page; one of an earlier plan serves if it is the same."""
    settings = digest(scene.settings)
    neighbours = scene.neighbours
    marks = Made(lambda row: digest(neighbours[row]), len(neighbours))
    known = _by_origin(last, scene.settings)
    for row, entry in enumerate(scene.catalog.entries):
        before = known.get(entry.article.path)
        if before is not None and _shows_same(before, scene, row):
            yield before
        else:
            yield _target(scene, row, settings, marks)


def article_target(scene: Scene, row: int) -> Target:
    """Return the target of one article's page."""
    marks = Made(lambda place: digest(scene.neighbours[place]), len(scene.neighbours))
    return _target(scene, row, digest(scene.settings), marks)


def _by_origin(last: Mapping[OutPath, Target], settings: PageSettings) -> dict[str, Target]:
    """Return the targets of articles' pages by their sources, if pages' settings are the same."""
    return {
        target.origin: target
        for target in last.values()
        if isinstance(target.view, ArticleSlice) and target.view.settings == settings
    }


def _shows_same(target: Target, scene: Scene, row: int) -> bool:
    """Tell whether a target was cut from the very things that it would be cut from now."""
    piece, entry = target.view, scene.catalog.entries[row]
    if not isinstance(piece, ArticleSlice):
        return False
    previous, after = _around(scene, row)
    related = scene.related[row]
    return (
        piece.article is entry.article
        and piece.card is scene.cards[row]
        and piece.date is entry.date
        and piece.previous is previous
        and piece.next is after
        and piece.targets is scene.resolved[entry.article.path].targets
        and len(piece.related) == len(related)
        and all(
            one is scene.neighbours[other]
            for one, other in zip(piece.related, related, strict=True)
        )
    )


def article_at(scene: Scene, address: Address) -> Target | None:
    """Return the target of the article's page at an address, if there is one."""
    rows = (row for row, entry in enumerate(scene.catalog.entries) if entry.address == address)
    row = next(rows, None)
    return None if row is None else article_target(scene, row)


def _target(scene: Scene, row: int, settings: Digest, marks: Sequence[Digest]) -> Target:
    """Make the target of one article's page; ``marks`` are the neighbours' digests."""
    entry = scene.catalog.entries[row]
    piece = _slice(scene, row, settings, marks)
    return page_target(entry.address, "article.html", piece, entry.article.path)


def _slice(scene: Scene, row: int, settings: Digest, marks: Sequence[Digest]) -> ArticleSlice:
    """Cut the slice of one article; what carries a digest is digested by that."""
    entry, card, related = scene.catalog.entries[row], scene.cards[row], scene.related[row]
    around = (row + 1 if row + 1 < len(marks) else None, row - 1 if row else None)
    article = entry.article
    targets = scene.resolved[article.path].targets
    shown = tuple([None if place is None else marks[place] for place in around])
    others = tuple([marks[place] for place in related])
    parts = (settings, article.page, card.digest, shown, others, targets)
    previous, after = _around(scene, row)
    return ArticleSlice(
        digest=digest(*parts),
        settings=scene.settings,
        article=article,
        card=card,
        date=entry.date,
        previous=previous,
        next=after,
        related=tuple([scene.neighbours[place] for place in related]),
        targets=targets,
    )


def _around(scene: Scene, row: int) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the articles before and after one in time."""
    neighbours = scene.neighbours
    older = neighbours[row + 1] if row + 1 < len(neighbours) else None
    return older, neighbours[row - 1] if row else None


def article_view(piece: ArticleSlice) -> ArticleView:
    """Make the view of an article from its slice."""
    article, card = piece.article, piece.card
    return ArticleView(
        page=_frame(piece),
        title=article.title,
        date=article.date or (None if article.added else piece.date),
        added=article.added,
        updated=article.updated,
        authors=article.authors,
        editors=article.editors,
        region=card.region,
        region_written=article.region.written if article.region else "",
        source=article.source,
        source_url=article.source_url,
        original_title=article.original_title,
        nature=article.nature,
        rights=article.rights,
        tags=card.tags,
        summary=article.summary,
        lang=article.lang,
        cover=card.cover,
        words=article.words,
        minutes=article.minutes,
        headings=shown_headings(article, piece.settings.toc_depth),
        body=Body(article.body, piece.targets),
        previous=piece.previous,
        next=piece.next,
        related=piece.related,
        markdown=f"{card.address}index.md" if piece.settings.twins else "",
    )


def shown_headings(article: Article, depth: int) -> tuple[Heading, ...]:
    """Return the headings of a table of contents, without lines: those move with front matter."""
    return tuple(Heading(h.level, h.id, h.text, 0) for h in article.headings if h.level <= depth)


def _frame(piece: ArticleSlice) -> Page:
    article, card, settings = piece.article, piece.card, piece.settings
    return page_frame(
        settings,
        Address(card.address),
        "articles",
        article.title,
        description=article.summary,
        lang=article.lang,
        canonical=article.canonical,
        image=absolute(settings.base_url, card.cover) if card.cover else "",
    )
