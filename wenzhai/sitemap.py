"""For crawlers: owns the form of ``sitemap.xml`` (sitemaps.org 0.9) and ``robots.txt``."""

from __future__ import annotations

from urllib.parse import urljoin

from wenzhai.model import Url
from wenzhai.views import RobotsView, SitemapView
from wenzhai.xml_text import escaped

ROWS = 50_000
"""How many URLs one file may hold (sitemaps.org, Sitemap index files)."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def render_sitemap(view: SitemapView) -> bytes:
    """Return one sitemap; the view has at most :data:`ROWS` rows."""
    return _render("urlset", "url", view)


def render_sitemap_index(view: SitemapView) -> bytes:
    """Return the index of several sitemaps; its rows are their URLs and last changes."""
    return _render("sitemapindex", "sitemap", view)


def split_sitemap(view: SitemapView, rows: int = ROWS) -> tuple[SitemapView, ...]:
    """Cut a view into parts of at most ``rows`` rows, at least one part, in order."""
    starts = range(0, len(view.rows), rows) or (0,)
    return tuple(SitemapView(view.rows[start : start + rows]) for start in starts)


def render_sitemaps(
    view: SitemapView, base: Url, rows: int = ROWS
) -> tuple[tuple[str, bytes], ...]:
    """Return all sitemap files as (name, bytes): one, or ``sitemap.xml`` as index of parts.

    Args:
        view: every row of the site.
        base: the URL of the folder that holds the files; it ends with a slash.
        rows: how many rows one file may hold.
    """
    parts = split_sitemap(view, rows)
    if len(parts) == 1:
        return (("sitemap.xml", render_sitemap(parts[0])),)
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    listed = tuple(
        (Url(urljoin(base, name)), _last_change(part))
        for name, part in zip(names, parts, strict=True)
    )
    index = ("sitemap.xml", render_sitemap_index(SitemapView(listed)))
    return (index, *zip(names, map(render_sitemap, parts), strict=True))


def render_robots(view: RobotsView) -> bytes:
    """Return ``robots.txt`` (RFC 9309): everything may be read, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n".encode()


def _render(root: str, row: str, view: SitemapView) -> bytes:
    rows = "".join(
        f"<{row}><loc>{escaped(url)}</loc>{_changed(date)}</{row}>\n" for url, date in view.rows
    )
    return f"{_HEAD}<{root} {_SPACE}>\n{rows}</{root}>\n".encode()


def _changed(date: str) -> str:
    return f"<lastmod>{escaped(date)}</lastmod>" if date else ""


def _last_change(part: SitemapView) -> str:
    """Return the latest day in a part: days compare as text where times of many zones do not."""
    return max((date[:10] for _, date in part.rows), default="")
