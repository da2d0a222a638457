"""The memoised steps: each a function of its arguments and a reader of bytes by digest.

Thin: they fetch bytes, call the module that knows how, and wrap what it makes.
"""

from __future__ import annotations

from dataclasses import dataclass

from wenzhai.article_pages import ArticleSlice, article_view
from wenzhai.article_settings import ArticleSettings
from wenzhai.codec import to_json
from wenzhai.digest import checksum, digest
from wenzhai.execution import Made, Read
from wenzhai.model import Digest, RelPath
from wenzhai.parts import parts_of
from wenzhai.related import relate
from wenzhai.slugs import title_slug
from wenzhai.views import (
    FeedItem,
    FeedView,
    LlmsView,
    OpmlView,
    RobotsView,
    Site,
    SitemapView,
    TwinView,
    View,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of one template share: its files, the site, the parts it declared.

    ``digest`` covers all others; ``checksums`` are those of its parts (:func:`frame_names`).
    """

    digest: Digest
    checksums: str
    templates: object
    site: Site
    parts: tuple[tuple[str, object], ...]


def make_frame(templates: object, site: Site, parts: tuple[tuple[str, object], ...]) -> Frame:
    """Make the frame of one template."""
    checksums = " ".join(checksum(value) for value in (templates, site, *dict(parts).values()))
    return Frame(digest(templates, site, parts), checksums, templates, site, parts)


def parse_step(read: Read, path: RelPath, content: Digest, settings: ArticleSettings) -> Made:
    """Parse one Markdown file: the record is the Article, the bytes are the body's HTML."""
    from wenzhai.articles import parse_article  # noqa: PLC0415  # what is found needs no parser

    article, html, problems = parse_article(path, read(content), settings)
    return Made(to_json(article) if article else "", html.encode(), problems)


def slug_step(_read: Read, title: str, lang: str) -> Made:
    """Propose the slug of an article that has none yet; the record is the slug itself."""
    return Made(title_slug(title, lang))


def relate_step(_read: Read, table: str, limit: int, first: int, end: int) -> Made:
    """Relate articles ``first`` to ``end`` (exclusive) to all; the record is rows of rows.

    ``table`` holds a line of tab-separated features for each article.
    """
    features = tuple(tuple(line.split("\t")) if line else () for line in table.split("\n"))
    return Made(to_json(relate(features, limit, range(first, end))))


def page_step(read: Read, frame: Frame, view: View | ArticleSlice) -> Made:
    """Render one page."""
    from wenzhai.absolute import fill  # noqa: PLC0415  # rendering is not needed where all is found
    from wenzhai.rendering import render  # noqa: PLC0415  # the same
    from wenzhai.templates import TemplateSet, ThemeError  # noqa: PLC0415  # the same

    view = view_of(view)
    body = getattr(view, "body", None)
    html = fill(read(body.html).decode(), body.targets, view.page.root) if body else ""
    if not isinstance(frame.templates, TemplateSet):
        raise TypeError(frame.templates)
    try:
        page = render(frame.templates, view, frame.site, frame.parts, html)
    except ThemeError as error:
        return Made(problems=(error.problem,))
    return Made(parts_of(view, frame.checksums), page.encode())


def view_of(view: View | ArticleSlice) -> View:
    """Return a view, making it first where a target holds only the slice it is cut from."""
    return article_view(view) if isinstance(view, ArticleSlice) else view


def frame_names(frame: Frame) -> tuple[str, ...]:
    """Name what a page depends on besides its view."""
    return ("theme", "site", *dict(frame.parts))


def feed_step(read: Read, view: FeedView) -> Made:
    """Render one feed."""
    from wenzhai.feeds import render_feed  # noqa: PLC0415  # feedgen is slow to import

    bodies = tuple(_feed_body(read, item) for item in view.items)
    return Made(parts_of(view), render_feed(view, bodies))


def _feed_body(read: Read, item: FeedItem) -> str:
    return read(item.body.html).decode() if item.body else ""


def sitemap_step(_read: Read, view: SitemapView) -> Made:
    """Render one sitemap."""
    from wenzhai.sitemap import render_sitemap  # noqa: PLC0415  # only where it changed

    return Made(parts_of(view), render_sitemap(view))


def sitemap_index_step(_read: Read, view: SitemapView) -> Made:
    """Render the index of several sitemaps."""
    from wenzhai.sitemap import render_sitemap_index  # noqa: PLC0415  # only where it changed

    return Made(parts_of(view), render_sitemap_index(view))


def robots_step(_read: Read, view: RobotsView) -> Made:
    """Render ``robots.txt``."""
    from wenzhai.sitemap import render_robots  # noqa: PLC0415  # only where it changed

    return Made(parts_of(view), render_robots(view))


def opml_step(_read: Read, view: OpmlView) -> Made:
    """Render ``feeds.opml``."""
    from wenzhai.opml import render_opml  # noqa: PLC0415  # only where it changed

    return Made(parts_of(view), render_opml(view))


def llms_step(_read: Read, view: LlmsView) -> Made:
    """Render ``llms.txt``."""
    from wenzhai.llms import render_llms  # noqa: PLC0415  # only where it changed

    return Made(parts_of(view), render_llms(view))


def twin_step(read: Read, view: TwinView) -> Made:
    """Render the Markdown twin of an article."""
    from wenzhai.llms import render_twin  # noqa: PLC0415  # only where it changed

    return Made(parts_of(view), render_twin(view, read(view.source)))
