"""For crawlers: owns the form of ``sitemap.xml`` (sitemaps.org 0.9) and ``robots.txt``."""

from __future__ import annotations

from wenzhai.views import RobotsView, SitemapView
from wenzhai.xml_text import escaped

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def render_sitemap(view: SitemapView) -> bytes:
    """Return one sitemap; of at most 50,000 rows."""
    return _render("urlset", "url", view)


def render_sitemap_index(view: SitemapView) -> bytes:
    """Return the index of several sitemaps; its rows are their URLs and last changes."""
    return _render("sitemapindex", "sitemap", view)


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
