"""A site as its readers meet it: built by the engine, opened in a real browser below a prefix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from browsing import CONTRAST, SMALL_TARGETS
from playwright.sync_api import Browser, BrowserContext, Page, Route
from sites import SMALL, article, built, make_site

BASE = "https://digest.example/site/"
"""Where the sites of these tests say they are; no request ever leaves for it."""
BODY = """\
开头一段，含 `code`、*强调*、[第二篇](two.md) 与 https://example.org/a/rather/long/address/index.html。[^1]

## 代码与表格

```python
def answer() -> int:  # 一行很长很长很长很长很长很长很长很长很长很长很长很长很长的注释
    return 42
```

| 机房 | PUE | 年用水（吨） | 备注 |
|:-----|----:|-----------:|:----|
| 山洞 | 1.12 | 12,000 | 冬天几乎不开机 |

## 清单

- [x] 完成的
- [ ] 没有完成的

术语
:   解释

## 图与注

<figure><figcaption>一张没有随文字来的照片</figcaption></figure>

> 引文。

[^1]: 脚注。
"""
LONG = "一篇标题特别长的文章：从第一台调制解调器说起，谈到 Supercalifragilisticexpialidocious_v2"
SITE = {
    **SMALL,
    "content/articles/long.md": article(
        LONG,
        BODY,
        date="2024-03-04",
        added="2024-03-05",
        updated="2024-03-06",
        author="[林夕, Jane Doe]",
        editor="阿灯",
        region="广东",
        source="城市周报",
        source_url="https://example.org/news/a-long-path/110598.html?utm_source=feed",
        kind="translation",
        tags="[开源, 模型, 芯片, 城市, 数据中心, Open Source Hardware]",
    ),
    "content/articles/yoru.md": article("夜の図書室", "本文。", date="2024-03-03", lang="ja"),
    "content/articles/radio.md": article("The Radio", "It *works*.", date="2024-03-03", lang="en"),
    "content/articles/undated.md": article("没有日期的一篇"),
    "content/articles/added.md": article("只有收录日期", added="2024-02-01"),
}


@dataclass
class Links(HTMLParser):
    """The links of one page and the places that others may link to."""

    targets: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.anchors.add(named.get("id", ""))
        self.targets += [named[name] for name in ("href", "src") if name in named]
        if named.get("http-equiv") == "refresh" and tag == "meta":
            self.targets.append(named["content"].partition("url=")[2])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = make_site(tmp_path_factory.mktemp("built"), SITE)
    built(site)
    return site / "public"


@pytest.fixture
def phone(browser: Browser, folder: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield open_site(context, folder)
    context.close()


def open_site(context: BrowserContext, folder: Path, asked: list[str] | None = None) -> Page:
    """Open a tab in which the folder answers for BASE, as GitHub Pages would, and nobody else."""

    def answer(route: Route) -> None:
        url = urldefrag(route.request.url).url
        if asked is not None:
            asked.append(url)
        path = folder / unquote(url.removeprefix(BASE)) if url.startswith(BASE) else folder / "?"
        path = path / "index.html" if url.endswith("/") else path
        status, path = (200, path) if path.is_file() else (404, folder / "404.html")
        route.fulfill(status=status, body=path.read_bytes(), content_type=guess_type(path)[0])

    context.route("**/*", answer)
    return context.new_page()


def pages(folder: Path) -> dict[str, str]:
    """Return the URL of every page by its path, but for redirects, which lead away."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    urls = {path: BASE + path.removesuffix("index.html") for path in paths}
    return {path: url for path, url in urls.items() if path != "old/index.html"}


def words(page: Page, selector: str) -> str:
    return " ".join(page.locator(selector).all_inner_texts())


def test_every_link_and_fragment_leads_to_something_of_the_site(folder: Path) -> None:
    found = {}
    for file in folder.rglob("*.html"):
        found[file.relative_to(folder).as_posix()] = links = Links()
        links.feed(file.read_text("utf-8"))
    broken = []
    for path, links in found.items():
        here = BASE + path.removesuffix("index.html")
        for target in links.targets:
            url, fragment = urldefrag(urljoin(here, target))
            if not url.startswith("https://digest.example/"):
                continue
            name = unquote(url.removeprefix(BASE))
            name = f"{name}index.html" if name.endswith("/") or not name else name
            there = (folder / name).is_file() and url.startswith(BASE)
            if not there or (fragment and unquote(fragment) not in found[name].anchors):
                broken.append((path, target))
    assert broken == []


def test_no_page_of_a_built_site_scrolls_sideways_on_a_phone(phone: Page, folder: Path) -> None:
    wide = []
    for path, url in pages(folder).items():
        phone.goto(url)
        if phone.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(path)
    assert wide == []


def test_links_outside_the_text_are_wide_enough_for_a_finger(phone: Page, folder: Path) -> None:
    small = {}
    for path, url in pages(folder).items():
        phone.goto(url)
        if found := phone.evaluate(SMALL_TARGETS):
            small[path] = found
    assert small == {}


def test_pages_work_below_a_prefix_without_error_and_ask_nobody_else(
    browser: Browser, folder: Path
) -> None:
    asked: list[str] = []
    said: list[str] = []
    context = browser.new_context()
    page = open_site(context, folder, asked)
    page.on("console", lambda message: said.append(f"{page.url} {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url} {error}"))
    for url in pages(folder).values():
        page.goto(url)
    context.close()
    assert [url for url in asked if not url.startswith(BASE)] == []
    assert said == []


def test_a_missing_page_is_answered_with_the_site_around_it(phone: Page) -> None:
    phone.goto(f"{BASE}no/such/page/")
    assert phone.title() == "没有这一页 · 灯下文摘"
    ground = phone.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground != "rgba(0, 0, 0, 0)"
    phone.click(".rows a")
    assert phone.url.startswith(f"{BASE}articles/")


def test_an_old_address_leads_to_the_new_one(phone: Page) -> None:
    phone.goto(f"{BASE}old/")
    phone.wait_for_url(f"{BASE}articles/*/")
    assert words(phone, "h1") == "第三篇"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_of_a_built_site_has_enough_contrast(
    browser: Browser, folder: Path, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = open_site(context, folder)
    weak = {}
    for path, url in pages(folder).items():
        page.goto(url)
        if found := page.evaluate(CONTRAST):
            weak[path] = found
    context.close()
    assert weak == {}


def test_without_scripts_a_reader_gets_from_the_home_page_through_an_article(
    browser: Browser, folder: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = open_site(context, folder)
    page.goto(BASE)
    page.click(f'.card h2 a:text("{LONG}")')
    page.click(".toc summary")
    page.click(".toc a >> nth=1")
    assert page.url.endswith("#%E6%B8%85%E5%8D%95")
    assert page.locator(".body table").is_visible()
    page.click(".article-header a:text('广东')")
    assert words(page, "h1") == "广东"
    context.close()


def test_a_site_opened_from_its_folder_can_be_read_through(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.click(".card h2 a")
    assert Path(unquote(page.url.removeprefix("file://"))).is_relative_to(folder / "articles")
    page.click(".brand")
    page.click(".menu a:text('标签')")
    assert words(page, "h1") == "全部标签"
    page.close()


def test_only_known_dates_are_shown_and_each_says_what_it_is(phone: Page, folder: Path) -> None:
    titles = {
        path: (folder / path).read_text("utf-8").partition("<h1>")[2] for path in pages(folder)
    }
    urls = {titles[path].partition("</h1>")[0]: url for path, url in pages(folder).items()}
    phone.goto(urls["没有日期的一篇"])
    assert phone.locator("main article header time").count() == 0
    phone.goto(urls["只有收录日期"])
    assert "收录于2024年2月1日" in words(phone, ".byline")
    phone.goto(urls[LONG])
    assert "收录于" not in words(phone, ".byline")
    assert "2024年3月4日" in words(phone, ".byline")


def test_print_holds_the_article_and_where_it_came_from_alone(phone: Page) -> None:
    phone.goto(BASE)
    phone.click(f'.card h2 a:text("{LONG}")')
    phone.emulate_media(media="print")
    assert phone.locator(".source-box").is_visible()
    assert [s for s in (".menu", ".toc", ".related", ".siblings") if shown(phone, s)] == []


def shown(page: Page, selector: str) -> bool:
    return any(found.is_visible() for found in page.locator(selector).all())
