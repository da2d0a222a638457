"""What templates and feeds may see: one frozen view a kind of output.

A view is the whole argument of the step that makes an output, and so its whole cache key.
Adding a field here means: every output that carries it is made again when it changes.
Each field's docstring is the reference for theme authors (docs/themes.md is made from it).
Addresses are relative to the site's root; a template writes ``{{ page.root }}{{ address }}``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wenzhai.model import Address, Digest, Heading, Moment, Nature, Url


@dataclass(frozen=True, slots=True)
class TermLink:
    """A tag or region as another page shows it."""

    name: str
    address: Address


@dataclass(frozen=True, slots=True)
class TermCount:
    """A tag or region with its number of articles; ``weight`` is 1 (few) to 5 (many)."""

    name: str
    address: Address
    count: int
    weight: int


@dataclass(frozen=True, slots=True)
class Card:
    """What lists show of an article. ``date`` is ``date``, else ``added``, else None (undated).

    ``nature`` is the front matter's ``kind``; ``cover`` an address or absolute URL, or empty.
    ``digest`` covers all other fields.
    """

    digest: Digest
    title: str
    address: Address
    date: Moment | None
    region: TermLink | None
    tags: tuple[TermLink, ...]
    summary: str
    authors: tuple[str, ...]
    source: str
    lang: str
    nature: Nature
    cover: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The little that a page shows of another article: previous, next, related, archive rows."""

    title: str
    address: Address
    date: Moment | None
    lang: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the site's menu.

    ``section`` is home, tags, regions, archive, digests, subscribe (then ``title`` is empty and
    the theme has the word) or pages (a free page with its own title).
    """

    section: str
    title: str
    address: Address


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed on offer. ``format`` is ``rss``, ``atom`` or ``json``."""

    format: Literal["rss", "atom", "json"]
    media_type: str
    title: str
    address: Address


@dataclass(frozen=True, slots=True)
class Site:
    """The settings that every template may see (``site``). ``url`` ends with a slash."""

    title: str
    description: str
    language: str
    url: Url
    author: str
    rights: str
    icp: str
    gongan: str
    stylesheets: tuple[Address, ...]
    scripts: tuple[Address, ...]
    icon: Address


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of one page (``page``).

    ``root`` leads from this page to the site's root (``../../``, or an absolute path on 404.html);
    ``address`` is this page's own, ``canonical`` the absolute URL that search engines should keep,
    ``section`` the part of the site it belongs to (home, articles, tags, regions, archive,
    digests, pages, subscribe, none), ``image`` an absolute URL or empty, ``feeds`` those that
    carry this page's articles, site feeds last.
    """

    address: Address
    root: str
    title: str
    description: str
    lang: str
    section: str
    canonical: Url
    image: str
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered Markdown body: ``html`` is the digest by which the store finds its HTML.

    ``targets`` are the resolved references in the body's order: addresses relative to the site's
    root, or absolute URLs.
    """

    html: Digest
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list page stands among its siblings: ``number`` of ``count``, from 1."""

    number: int
    count: int
    previous: Address | None
    next: Address | None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """``article.html``: one article, whole.

    ``date`` is when the original was published, ``added`` when it joined the digest, ``updated``
    when it was changed (each may be None). ``words`` counts characters and words, ``minutes`` the
    reading time. ``markdown`` is the address of the Markdown twin, or empty.
    ``html`` (the body, with links in place) is given to the template beside these fields.
    """

    page: Page
    title: str
    date: Moment | None
    added: Moment | None
    updated: Moment | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    region: TermLink | None
    region_written: str
    source: str
    source_url: str
    original_title: str
    nature: Nature
    rights: str
    tags: tuple[TermLink, ...]
    summary: str
    lang: str
    cover: str
    words: int
    minutes: int
    headings: tuple[Heading, ...]
    body: Body
    previous: Neighbour | None
    next: Neighbour | None
    related: tuple[Neighbour, ...]
    markdown: str


@dataclass(frozen=True, slots=True)
class ListView:
    """``list.html`` (home is ``home.html``): one page of a list of cards.

    ``kind`` is home, tag or region; ``title`` the heading; ``count`` all its articles.
    """

    page: Page
    kind: Literal["home", "tag", "region"]
    title: str
    count: int
    cards: tuple[Card, ...]
    pager: Pager
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class TermsView:
    """``terms.html``: all tags or all regions, most used first."""

    page: Page
    kind: Literal["tag", "region"]
    terms: tuple[TermCount, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A year (``label`` 2024) or month (2024-03) of the archive with its number of articles."""

    label: str
    address: Address
    count: int
    months: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """``archive.html``: all years with their months, newest first; ``undated`` articles last."""

    page: Page
    years: tuple[Period, ...]
    undated: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class PeriodView:
    """``period.html``: a year (rows grouped by month) or one month, newest first."""

    page: Page
    label: str
    groups: tuple[tuple[Period, tuple[Neighbour, ...]], ...]
    previous: Period | None
    next: Period | None


@dataclass(frozen=True, slots=True)
class IssueLink:
    """A digest issue in a list. ``name`` is its ISO week (``2024-w10``) or month (``2024-03``).

    ``first`` and ``last`` are its first and last day (ISO dates).
    """

    name: str
    title: str
    address: Address
    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class IssuesView:
    """``issues.html``: all digest issues, newest first."""

    page: Page
    issues: tuple[IssueLink, ...]
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class IssueView:
    """``issue.html``: one issue: the editor's introduction (may be None) and its cards.

    ``html`` (the introduction) is given beside these fields.
    """

    page: Page
    issue: IssueLink
    body: Body | None
    cards: tuple[Card, ...]
    previous: IssueLink | None
    next: IssueLink | None


@dataclass(frozen=True, slots=True)
class PageView:
    """``page.html``: a free page such as about; ``html`` is given beside these fields."""

    page: Page
    title: str
    lang: str
    updated: Moment | None
    headings: tuple[Heading, ...]
    body: Body


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """The feeds of the site, of a tag or of a region; ``kind`` is site, digest, tag or region."""

    kind: Literal["site", "digest", "tag", "region"]
    name: str
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class SubscribeView:
    """``subscribe.html``: every feed on offer, and the OPML of them all."""

    page: Page
    groups: tuple[FeedGroup, ...]
    opml: Address


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """``404.html``: what to read instead."""

    page: Page
    recent: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class RedirectView:
    """``redirect.html``: an alias; ``target`` is where the page is now."""

    page: Page
    target: Address


View = (
    ArticleView
    | ListView
    | TermsView
    | ArchiveView
    | PeriodView
    | IssuesView
    | IssueView
    | PageView
    | SubscribeView
    | NotFoundView
    | RedirectView
)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed.

    ``id`` is permanent (a tag URI). ``url`` is the article's page, ``date`` when it was published
    (None only for undated ones), ``updated`` the newest change it states. ``tags`` are names.
    ``body`` is None where a feed carries summaries only; its targets are absolute URLs.
    """

    id: str
    title: str
    url: Url
    date: Moment | None
    updated: Moment | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    region: str
    summary: str
    lang: str
    source: str
    source_url: str
    image: str
    rights: str
    body: Body | None


@dataclass(frozen=True, slots=True)
class FeedView:
    """A whole feed. ``id`` is permanent; ``url`` its own URL, ``home`` the page it mirrors.

    ``siblings`` are the same feed in the other formats. Its date is the newest item's.
    """

    format: Literal["rss", "atom", "json"]
    id: str
    title: str
    description: str
    language: str
    url: Url
    home: Url
    author: str
    rights: str
    icon: str
    hub: str
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class SitemapView:
    """``sitemap.xml``: (URL, last change as ISO text or empty) in address order."""

    rows: tuple[tuple[Url, str], ...]


@dataclass(frozen=True, slots=True)
class OpmlView:
    """``feeds.opml``: all feeds as groups; one outline a group, its RSS (else first) feed."""

    title: str
    language: str
    url: Url
    groups: tuple[FeedGroup, ...]


@dataclass(frozen=True, slots=True)
class RobotsView:
    """``robots.txt``: where the sitemap is."""

    sitemap: Url


@dataclass(frozen=True, slots=True)
class LlmsView:
    """``llms.txt``: what the site is, and the newest articles' Markdown twins.

    ``rows`` are (title, absolute URL, summary).
    """

    title: str
    description: str
    rows: tuple[tuple[str, Url, str], ...]
    pages: tuple[tuple[str, Url, str], ...]


@dataclass(frozen=True, slots=True)
class TwinView:
    """``articles/SLUG/index.md``: the article as Markdown, with the facts in front.

    ``source`` is the digest of the article's file in the snapshot; ``rows`` are the front-matter
    rows to state (key, value), resolved; the file's own front matter is left out.
    """

    title: str
    rows: tuple[tuple[str, str], ...]
    source: Digest


@dataclass(frozen=True, slots=True)
class CopyView:
    """An asset copied byte for byte; ``source`` is its digest in the snapshot."""

    source: Digest
