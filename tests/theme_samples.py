"""Views of every kind of page, plain and odd, rendered with the default theme."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Literal

from wenzhai.model import Address, Digest, Heading, Moment, Url
from wenzhai.rendering import render
from wenzhai.theme import Theme, closure, load_theme
from wenzhai.views import (
    ArchiveView,
    ArticleView,
    Body,
    Card,
    FeedGroup,
    FeedLink,
    IssueLink,
    IssuesView,
    IssueView,
    ListView,
    MenuItem,
    Neighbour,
    NotFoundView,
    Page,
    Pager,
    PageView,
    Period,
    PeriodView,
    RedirectView,
    Site,
    SubscribeView,
    TermCount,
    TermLink,
    TermsView,
    View,
)

THEME_FOLDER = Path(__file__).parents[1] / "themes" / "wenzhai"
SITE = Site(
    title="灯下文摘",
    description="每周一期，为喜欢慢读的人摘选关于技术与它周围世界的文章。",
    language="zh-Hans",
    url=Url("https://example.com/digest/"),
    author="灯下编辑部",
    rights="文章版权归原作者所有，转载请注明出处。",
    icp="京ICP备00000000号",
    gongan="京公网安备11010500000000号",
    stylesheets=(Address("assets/wenzhai.css"), Address("assets/highlight.css")),
    scripts=(Address("assets/wenzhai.js"),),
    icon=Address("assets/icon.svg"),
)
BARE_SITE = Site(
    "S", "", "zh-Hans", Url("https://example.com/"), "", "", "", "", (), (), Address("")
)
LONG_TITLE = (
    "一篇标题特别长的文章：从一九九八年第一台拨号调制解调器说起，谈到今天的数据中心、"
    "冷却水、电价、社区图书馆里的旧电脑，以及 Supercalifragilisticexpialidocious_identifier_v2"
)
BODY = (Path(__file__).parent / "data" / "theme" / "body.html").read_text("utf-8").rstrip()
HEADINGS = (
    Heading(2, "a", "模型继续进化", 9),
    Heading(3, "b", "为了成功，还会继续开源", 20),
    Heading(2, "c", "写在最后", 31),
)
MENU = (
    MenuItem("home", "", Address("")),
    MenuItem("tags", "", Address("tags/")),
    MenuItem("regions", "", Address("regions/")),
    MenuItem("digests", "", Address("digests/")),
    MenuItem("archive", "", Address("archive/")),
    MenuItem("pages", "关于本站", Address("about/")),
    MenuItem("subscribe", "", Address("subscribe/")),
)
TAGS = tuple(
    TermLink(name, Address(f"tags/{slug}/"))
    for name, slug in (("大模型", "damoxing"), ("开源", "kaiyuan"), ("AI", "ai"))
)
GUANGDONG = TermLink("广东", Address("regions/guangdong/"))
CLOUD = tuple(
    TermCount(name, Address(f"tags/t{place}/"), 40 // place, max(1, 6 - place))
    for place, name in enumerate(("人工智能", "开源", "阅读", "RSS", "芯片", "城市", "写作"), 1)
)
SUMMARY = (
    "不管它的出现意味着什么，大模型之战都还远远未到终局。如果说闭源生态已被占据一极，"
    "那么开源的一极仍在生长，下一代模型将有着更大的野心，恐怕又将以开源之姿再次改变格局。"
)


def moment(text: str) -> Moment:
    """Make a date for a page: its instant plays no part in rendering."""
    return Moment(text, 0)


def feed_links(below: str = "", title: str = "灯下文摘") -> tuple[FeedLink, ...]:
    """Make the three feeds below an address."""
    return (
        FeedLink("rss", "application/rss+xml", title, Address(f"{below}feed.xml")),
        FeedLink("atom", "application/atom+xml", title, Address(f"{below}atom.xml")),
        FeedLink("json", "application/feed+json", title, Address(f"{below}feed.json")),
    )


def page(address: str, section: str, title: str = "", lang: str = "zh-Hans") -> Page:
    """Make the frame of a page."""
    return Page(
        address=Address(address),
        root="../" * address.count("/"),
        title=title,
        description=SITE.description,
        lang=lang,
        section=section,
        canonical=Url(SITE.url + address),
        image="",
        feeds=feed_links(),
    )


def card(number: int = 1, **changes: object) -> Card:
    """Make a card of a list."""
    fields: dict[str, object] = {
        "digest": Digest("0" * 32),
        "title": "性能炸裂！下一代模型用开源对抗闭源？",
        "address": Address(f"articles/sample-{number}/"),
        "date": moment(f"2024-03-{number:02d}"),
        "region": GUANGDONG,
        "tags": TAGS,
        "summary": SUMMARY,
        "authors": ("林夕",),
        "source": "远山社",
        "lang": "zh-Hans",
        "nature": "reprint",
        "cover": "",
    }
    return Card(**{**fields, **changes})  # type: ignore[arg-type]  # fields by name


def odd_cards() -> tuple[Card, ...]:
    """Make the cards that lists must cope with: bare, foreign, very long, with a picture."""
    bare: dict[str, object] = {"date": None, "region": None, "tags": (), "summary": ""}
    english = "A maintainer's winter: notes on keeping a small library alive"
    return (
        card(1),
        card(2, title="没有日期也没有标签", source="", authors=(), nature="", **bare),
        card(3, title=english, lang="en", summary="What it takes to answer mail.", nature=""),
        card(4, title=LONG_TITLE, cover="assets/icon.svg"),
        card(5, title="夜の図書館", lang="ja", summary="静かな夜に本を読む。", region=None),
    )


def neighbours(count: int = 4) -> tuple[Neighbour, ...]:
    """Make the rows that pages show of other articles, one undated and one English."""
    rows = [
        Neighbour(each.title, each.address, each.date, each.lang)
        for each in (*odd_cards(), *map(card, range(6, 12)))
    ]
    return tuple(rows[:count])


def article(**changes: object) -> ArticleView:
    """Make an article with everything."""
    related = neighbours()
    fields: dict[str, object] = {
        "page": page("articles/sample-1/", "articles", "性能炸裂！下一代模型用开源对抗闭源？"),
        "title": "性能炸裂！下一代模型用开源对抗闭源？",
        "date": moment("2024-03-04"),
        "added": moment("2024-03-05T15:05:00+08:00"),
        "updated": moment("2024-04-01"),
        "authors": ("林夕", "Jane Doe"),
        "editors": ("陈编辑",),
        "region": GUANGDONG,
        "region_written": "广东省深圳市",
        "source": "远山社",
        "source_url": "https://example.org/news/110598.html",
        "original_title": "Open Models, Closed Doors",
        "nature": "translation",
        "rights": "CC BY-SA 4.0",
        "tags": TAGS,
        "summary": SUMMARY,
        "lang": "zh-Hans",
        "cover": "",
        "words": 2680,
        "minutes": 7,
        "headings": HEADINGS,
        "body": Body(Digest("0" * 32), ()),
        "previous": related[0],
        "next": related[3],
        "related": related,
        "markdown": "articles/sample-1/index.md",
    }
    return ArticleView(**{**fields, **changes})  # type: ignore[arg-type]  # fields by name


def bare_article() -> ArticleView:
    """Make an article of which nothing is known but its text."""
    nothing: dict[str, object] = dict.fromkeys(
        ("region_written", "source", "source_url", "original_title", "nature", "rights"), ""
    )
    nothing |= dict.fromkeys(("date", "added", "updated", "region", "previous", "next"))
    nothing |= dict.fromkeys(("authors", "editors", "tags", "headings", "related"), ())
    return article(
        page=page("articles/bare/", "articles", LONG_TITLE), title=LONG_TITLE, summary="",
        words=0, minutes=0, markdown="", **nothing,
    )  # fmt: skip


def list_view(
    kind: Literal["home", "tag", "region"], cards: tuple[Card, ...], number: int = 2
) -> ListView:
    """Make a page of a list: the middle one of three, or an only one."""
    folder = {"home": "", "tag": "tags/ai/", "region": "regions/guangdong/"}[kind]
    address = folder if number < 2 else f"{folder}page/{number}/"
    previous, following = Address(folder), Address(f"{folder}page/{number + 1}/")
    pager = Pager(number, 3, previous, following) if number > 1 else Pager(1, 3, None, following)
    title = {"home": "", "tag": "人工智能", "region": "广东"}[kind]
    feeds = feed_links(folder)
    section = "home" if kind == "home" else f"{kind}s"
    return ListView(page(address, section, title), kind, title, 1043, cards, pager, feeds)


def periods() -> tuple[Period, ...]:
    """Make two years of an archive."""
    return tuple(
        Period(
            str(year), Address(f"archive/{year}/"), 24,
            tuple(
                Period(f"{year}-{month:02d}", Address(f"archive/{year}/{month:02d}/"), month, ())
                for month in (12, 11, 3, 1)
            ),
        )
        for year in (2024, 2023)
    )  # fmt: skip


def issue_link(week: int, title: str = "") -> IssueLink:
    """Make the link of an issue; one without a title has no introduction."""
    address = Address(f"digests/2024-w{week:02d}/")
    return IssueLink(f"2024-w{week:02d}", title, address, "2024-03-04", "2024-03-10", week)


def groups() -> tuple[FeedGroup, ...]:
    """Make the feeds of a site."""
    return (
        FeedGroup("site", "灯下文摘", feed_links()),
        FeedGroup("digest", "灯下文摘", feed_links("digests/")),
        *(FeedGroup("tag", term.name, feed_links(term.address, term.name)) for term in CLOUD),
        FeedGroup("region", "广东", feed_links("regions/guangdong/", "广东")),
    )


def samples() -> dict[str, tuple[str, View, str]]:
    """Return every kind of page, plain and odd: name to template, view and body."""
    rows = neighbours(8)
    years = periods()
    month = years[0].months[2]
    english = article(
        page=page("articles/winter/", "articles", "A maintainer's winter", "en"),
        title="A maintainer's winter", lang="en", nature="original", headings=(),
    )  # fmt: skip
    issue = IssueView(
        page("digests/2024-w10/", "digests", "春天来了"), issue_link(10, "春天来了"),
        Body(Digest("1" * 32), ()), odd_cards(), issue_link(9), issue_link(11),
    )  # fmt: skip
    no_issue = IssueView(page("digests/2024-w09/", "digests"), issue_link(9), None, (), None, None)
    about = PageView(
        page("about/", "pages", "关于本站"), "关于本站", "zh-Hans", moment("2024-03-04"), (),
        Body(Digest("2" * 32), ()),
    )  # fmt: skip
    missing = replace(page("", "none"), address=Address("404.html"), root="/digest/")
    return {
        "article": ("article.html", article(), BODY),
        "article-bare": ("article.html", bare_article(), "<p>只有正文。</p>"),
        "article-english": ("article.html", english, "<p>It was <em>cold</em>.</p>"),
        "home": ("home.html", list_view("home", odd_cards(), 1), ""),
        "home-empty": ("home.html", list_view("home", (), 1), ""),
        "tag": ("list.html", list_view("tag", odd_cards()), ""),
        "region": ("list.html", list_view("region", (card(1),), 1), ""),
        "tags": ("terms.html", TermsView(page("tags/", "tags"), "tag", CLOUD), ""),
        "regions": ("terms.html", TermsView(page("regions/", "regions"), "region", CLOUD), ""),
        "tags-empty": ("terms.html", TermsView(page("tags/", "tags"), "tag", ()), ""),
        "archive": ("archive.html", ArchiveView(page("archive/", "archive"), years, rows), ""),
        "archive-empty": ("archive.html", ArchiveView(page("archive/", "archive"), (), ()), ""),
        "year": (
            "period.html",
            PeriodView(page("archive/2024/", "archive", "2024"), "2024",
                       tuple((each, rows) for each in years[0].months), years[1], None),
            "",
        ),
        "month": (
            "period.html",
            PeriodView(page("archive/2024/03/", "archive", "2024-03"), "2024-03",
                       ((month, rows),), years[0].months[3], years[0].months[1]),
            "",
        ),
        "issues": (
            "issues.html",
            IssuesView(page("digests/", "digests"), (issue_link(11), issue_link(10, "春天来了")),
                       feed_links("digests/")),
            "",
        ),
        "issues-empty": ("issues.html", IssuesView(page("digests/", "digests"), (), ()), ""),
        "issue": ("issue.html", issue, "<p>这一周，我们读了五篇文章。</p>"),
        "issue-bare": ("issue.html", no_issue, ""),
        "page": ("page.html", about, "<h2 id='x'>我们是谁</h2><p>几个爱读书的人。</p>"),
        "subscribe": (
            "subscribe.html",
            SubscribeView(page("subscribe/", "subscribe"), groups(), Address("feeds.opml")),
            "",
        ),
        "not-found": ("404.html", NotFoundView(missing, rows), ""),
        "redirect": (
            "redirect.html",
            RedirectView(page("old/", "none", "新家"), Address("articles/sample-1/")),
            "",
        ),
    }  # fmt: skip


def theme_texts() -> dict[str, str]:
    """Read the default theme as the build does: site-relative paths to text."""
    return {
        f"themes/wenzhai/{path.relative_to(THEME_FOLDER).as_posix()}": path.read_text("utf-8")
        for path in sorted(THEME_FOLDER.rglob("*"))
        if path.suffix in {".html", ".toml"}
    }


def default_theme(language: str = "zh-Hans") -> Theme:
    """Load the default theme, which has no problem."""
    theme, problems = load_theme("wenzhai", theme_texts(), language)
    assert problems == ()
    return theme


def render_sample(
    theme: Theme,
    name: str,
    site: Site = SITE,
    extra: dict[str, tuple[str, View, str]] | None = None,
) -> str:
    """Render one of the samples."""
    template, view, html = (extra or samples())[name]
    parts = (("menu", MENU), ("tag_cloud", CLOUD), ("recent", neighbours()))
    return render(closure(theme, template), view, site, parts, html)


def write_site(folder: Path) -> dict[str, Path]:
    """Write all samples and the theme's assets as a small site; return the pages by name.

    Samples that share an address with another stand under their own name at the same depth.
    """
    shutil.copytree(THEME_FOLDER / "static", folder / "assets", dirs_exist_ok=True)
    theme = default_theme()
    pages: dict[str, Path] = {}
    for name, (_, view, _) in samples().items():
        depth = 1 if name == "not-found" else view.page.root.count("../")
        below = "/".join(["p"] * (depth - 1) + [name]) if depth else name
        path = folder / (f"{below}/index.html" if depth else f"{name}.html")
        if name == "not-found":
            path = folder / "404.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render_sample(theme, name), "utf-8")
        pages[name] = path
    return pages
