"""Articles and catalogs made in memory, for tests of what stands behind the parser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wenzhai.catalog import Catalog, make_catalog
from wenzhai.config import Config, Options
from wenzhai.dates import parse_date
from wenzhai.ledger import Ledger
from wenzhai.model import Article, Digest, Kind, Moment, RelPath, Slug

ZONE = "Asia/Shanghai"
NOW = 1_710_000_000  # 2024-03-10 00:00 in Shanghai
BLANK = Article(
    path=RelPath(""), kind="article", facts=Digest("f"), outline=Digest("o"),
    page=Digest("p"), body=Digest("b"), title="", slug=Slug(""), slug_fixed=False,
    date=None, added=None, updated=None, named_date=None, authors=(), editors=(), region=None,
    source="", source_url="", tags=(),
    summary="", lang="", cover="", rights="", canonical="", original_title="", nature="",
    weight=0, aliases=(), related=(), draft=False, expires=None, words=0, minutes=0,
    headings=(), references=(), features=(), places=(),
)  # fmt: skip


def moment(text: str) -> Moment:
    """Return a date of the test zone."""
    found = parse_date(text, ZONE)
    assert isinstance(found, Moment)
    return found


def make_article(name: str, date: str = "", kind: Kind = "article", **fields: object) -> Article:
    """Return an article whose file, title and slug have one name."""
    folder = {"article": "articles", "page": "pages", "digest": "digests"}[kind]
    blank = replace(
        BLANK,
        path=RelPath(f"content/{folder}/{name}.md"),
        kind=kind,
        title=name,
        slug=Slug(name),
        date=moment(date) if date else None,
    )
    return replace(blank, **fields)  # type: ignore[arg-type]  # the caller's fields


def catalog_of(
    *articles: Article,
    config: Config | None = None,
    commits: Mapping[RelPath, Moment] | None = None,
    ledger: Ledger | None = None,
    drafts: bool = False,
    future: bool = False,
) -> Catalog:
    """Return the catalog of these articles at the test's moment."""
    options = Options(NOW, drafts, future)
    return make_catalog(articles, config or Config(), options, ledger or Ledger(), commits or {})


def names(catalog: Catalog, rows: tuple[int, ...] | None = None) -> list[str]:
    """Return the titles of a catalog's articles in order, or of some of them."""
    every = [entry.article.title for entry in catalog.entries]
    return every if rows is None else [every[row] for row in rows]
