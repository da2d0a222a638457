"""Where the page of a source is now, and where one that is gone went."""

from __future__ import annotations

from wenzhai.addresses import address_of
from wenzhai.article_pages import ArticleSlice
from wenzhai.model import Digest
from wenzhai.preview.near import Near, nearest_pages
from wenzhai.preview.site import Look
from wenzhai.targets import Target


def page_of(now: Look, source: str) -> Target | None:
    """Return the target of the page that a source makes."""
    for target in now.outputs.work.targets.values():
        if target.origin == source and target.template and target.template != "redirect.html":
            return target
    return None


def title_of(target: Target) -> str:
    """Return the title of a page."""
    view = target.view
    if isinstance(view, ArticleSlice):
        return view.article.title
    return str(getattr(view, "title", "") or getattr(getattr(view, "page", None), "title", ""))


def successor(origin: str, body: Digest | None, now: Look) -> Target | None:
    """Return the page that the source ``origin`` makes, or else any source of the same text."""
    return page_of(now, origin) or _same_article(body, now)


def near(path: str, now: Look) -> tuple[Near, ...]:
    """Return the pages whose addresses are most like ``path``."""
    targets = now.outputs.work.targets
    found = nearest_pages(path, now.outputs.pages())
    return tuple(Near(address_of(one), title_of(targets[one]) or one) for one in found)


def body_of(target: Target | None) -> Digest | None:
    """Return the digest of the text of an article's page; None for any other."""
    view = target.view if target else None
    return view.article.body if isinstance(view, ArticleSlice) else None


def _same_article(body: Digest | None, now: Look) -> Target | None:
    """Find an article by its text, in whatever file."""
    if body is None:
        return None
    for entry in now.outputs.work.catalog.entries:
        if entry.article.body == body:
            return page_of(now, entry.article.path)
    return None
