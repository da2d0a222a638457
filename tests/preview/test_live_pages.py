"""The whole preview: files are saved on a disk, and a Chromium shows what became of them."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import find_browser
from command_line import ROOT
from live_tabs import is_same_page, save, show
from playwright.sync_api import Browser, Page, expect
from previewing import Preview, free_port, previewing
from sites import SMALL, article, make_site

THEME = ROOT / "themes" / "wenzhai"
LONG = "\n\n".join(f"第 {n} 段，{'说些什么，' * 30}。" for n in range(40))
LAMP = '<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"/>'
FOLD = "<details><summary>展开</summary>里面。</details>"
BODY = f"开头一段。\n\n![灯](images/lamp.svg)\n\n{FOLD}\n\n{LONG}"
FRONT = {"date": "2024-03-04", "tags": "[灯]"}
PLACE = "content/articles/lamp.md"
SITE: dict[str, str | bytes] = {
    **SMALL,
    PLACE: article("台灯", BODY, **FRONT),
    "content/articles/images/lamp.svg": LAMP.format(size=10),
}
LAMP_PAGE = "articles/taideng/"
BROKEN = "---\ntitle: 台灯\ndate: 2024-13-04\n---\n\n正文。\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", SITE)


@pytest.fixture
def preview(site: Path) -> Iterator[Preview]:
    with previewing(site) as running:
        yield running


@pytest.fixture
def tab(browser: Browser, preview: Preview) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 900, "height": 700})
    page = context.new_page()
    show(page, preview, LAMP_PAGE)
    page.evaluate("window.mine = 1")
    yield page
    context.close()


def test_saved_text_shows_with_all_that_was_done_to_the_page(tab: Page, site: Path) -> None:
    tab.locator("summary").click()
    tab.locator(".toggle").click()
    theme = tab.evaluate("document.documentElement.dataset.theme")
    paragraph = tab.locator(".body > p", has_text="第 20 段")
    paragraph.evaluate("(element) => element.scrollIntoView({ behavior: 'instant' })")
    before = paragraph.evaluate("(element) => element.getBoundingClientRect().top")
    save(site, PLACE, article("台灯", f"开头变了。\n\n又来一段。\n\n{BODY}", **FRONT))
    expect(tab.locator(".body > p").first).to_have_text("开头变了。")
    assert abs(paragraph.evaluate("(element) => element.getBoundingClientRect().top") - before) <= 1
    assert tab.evaluate("document.querySelector('details').open")
    assert tab.evaluate("document.documentElement.dataset.theme") == theme
    assert is_same_page(tab)


def test_page_after_many_edits_is_the_page_served(tab: Page, site: Path, preview: Preview) -> None:
    for n in range(5):
        save(site, PLACE, article("台灯", f"## 第 {n} 稿\n\n" + BODY[n * 40 :], **FRONT))
        expect(tab.locator("h2").first).to_have_text(f"第 {n} 稿")
    pure = preview.get(f"/site/{LAMP_PAGE}").pure.decode()
    tab.wait_for_function(
        """(html) => {
          const wanted = new DOMParser().parseFromString(html, "text/html").documentElement;
          wanted.querySelector(".toggle").hidden = false; // as the theme's script does
          return document.documentElement.isEqualNode(wanted);
        }""",
        arg=pure,
    )
    assert is_same_page(tab)


def test_style_sheet_of_the_theme_shows_without_a_new_page(tab: Page, site: Path) -> None:
    css = (THEME / "static" / "wenzhai.css").read_text("utf-8")
    save(site, "templates/static/wenzhai.css", f"{css}\nh1 {{ color: rgb(1, 2, 3) }}")
    expect(tab.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert is_same_page(tab)


def test_replaced_image_shows_without_a_new_page(tab: Page, site: Path) -> None:
    save(site, "content/articles/images/lamp.svg", LAMP.format(size=33))
    tab.wait_for_function("document.querySelector('.body img').naturalWidth === 33")
    assert is_same_page(tab)


def test_changed_template_is_patched_in(tab: Page, site: Path) -> None:
    template = (THEME / "templates" / "article.html").read_text("utf-8")
    start = '<article class="article">'
    assert start in template
    save(site, "templates/article.html", template.replace(start, f"{start}<p id=new>新样板</p>"))
    expect(tab.locator("#new")).to_have_text("新样板")
    assert is_same_page(tab)


def test_changed_script_loads_the_page_once(tab: Page, site: Path) -> None:
    loads: list[str] = []
    tab.on("framenavigated", lambda frame: loads.append(frame.url))
    script = (THEME / "static" / "wenzhai.js").read_text("utf-8")
    save(site, "templates/static/wenzhai.js", f"{script}\nwindow.two = 2;")
    tab.wait_for_function("window.two === 2")
    save(site, PLACE, article("台灯", "改过。", **FRONT))
    expect(tab.locator(".body")).to_have_text("改过。")
    assert len(loads) == 1


def test_broken_article_is_shown_over_the_last_good_page_until_mended(
    tab: Page, site: Path
) -> None:
    tab.evaluate("scrollTo(0, 800)")
    save(site, PLACE, BROKEN)
    save(site, "content/articles/one.md", "---\ntitle: [\n---\n\n正文。\n")
    expect(tab.locator(".problem")).to_have_count(2)
    place = tab.locator(".place", has_text="lamp.md")
    expect(place).to_have_text(f"{PLACE}:3:7")
    expect(tab.locator(".row.wrong").last).to_be_visible()
    expect(tab.locator(".body > p").first).to_have_text("开头一段。")
    save(site, PLACE, str(SITE[PLACE]))
    save(site, "content/articles/one.md", SMALL["content/articles/one.md"])
    expect(tab.locator(".overlay, .badge")).to_have_count(0)
    assert is_same_page(tab)
    assert tab.evaluate("scrollY") == 800


def test_broken_template_is_shown_with_its_line(tab: Page, site: Path) -> None:
    save(
        site,
        "templates/article.html",
        '{% extends "base.html" %}\n{% block main %}\n{{ nobody }}\n',
    )
    expect(tab.locator(".place").first).to_contain_text("templates/article.html:")
    expect(tab.locator(".body > p").first).to_have_text("开头一段。")
    (site / "templates/article.html").unlink()
    expect(tab.locator(".overlay, .badge")).to_have_count(0)
    assert is_same_page(tab)


def test_site_that_begins_broken_appears_when_mended(browser: Browser, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {**SITE, "site.toml": "title = "})
    with previewing(site) as running:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{running.port}/")
        expect(page.locator(".place")).to_contain_text("site.toml")
        make_site(site, SITE)
        expect(page.locator(".cards, .rows, article").first).to_be_visible()
        expect(page.locator(".overlay")).to_have_count(0)
        page.close()


def test_other_article_that_is_saved_is_offered(tab: Page, site: Path) -> None:
    save(site, "content/articles/one.md", article("第一篇", "全新的正文。", date="2024-01-05"))
    expect(tab.locator(".note", has_text="第一篇")).to_be_visible()
    assert is_same_page(tab)
    tab.get_by_role("link", name="去看").click()
    expect(tab.locator(".body")).to_have_text("全新的正文。")


def test_follow_goes_to_the_article_that_is_saved(browser: Browser, site: Path) -> None:
    with previewing(site, "--follow") as running:
        page = browser.new_page()
        show(page, running, LAMP_PAGE)
        show(page, running)
        text = str(SITE[PLACE]).replace("第 30 段", "第三十段")
        save(site, PLACE, text)
        page.wait_for_url(f"**/{LAMP_PAGE}")
        expect(page.locator(".body > p", has_text="第三十段")).to_be_in_viewport()
        page.close()


def test_follow_shows_what_changed_in_a_page_never_seen(browser: Browser, site: Path) -> None:
    with previewing(site, "--follow") as running:
        page = browser.new_page()
        show(page, running)
        save(site, PLACE, str(SITE[PLACE]).replace("第 30 段", "第三十段"))
        page.wait_for_url(f"**/{LAMP_PAGE}")
        expect(page.locator(".body > p", has_text="第三十段")).to_be_in_viewport()
        page.close()


def test_list_of_a_tag_follows_the_articles(browser: Browser, preview: Preview, site: Path) -> None:
    page = browser.new_page()
    show(page, preview, "tags/%E7%81%AF/")
    page.evaluate("window.mine = 1")
    save(site, "content/articles/new.md", article("路灯", date="2024-03-05", tags="[灯]"))
    expect(page.get_by_role("link", name="路灯").first).to_be_visible()
    assert is_same_page(page)
    page.close()


def test_renamed_article_is_followed_to_its_new_address(tab: Page, site: Path) -> None:
    save(site, PLACE, article("台灯", BODY, slug="lamp", **FRONT))
    tab.wait_for_url("**/articles/lamp/")
    expect(tab.locator("h1")).to_have_text("台灯")
    save(site, PLACE, article("台灯", "在新地址改的。", slug="lamp", **FRONT))
    expect(tab.locator(".body")).to_have_text("在新地址改的。")


def test_deleted_article_offers_others_and_returns(tab: Page, site: Path) -> None:
    (site / PLACE).unlink()
    expect(tab.locator(".note", has_text="这个页面现在没有了")).to_be_visible()
    save(site, PLACE, article("台灯", "回来了。", **FRONT))
    expect(tab.locator(".body")).to_have_text("回来了。")
    expect(tab.locator(".note", has_text="没有了")).to_have_count(0)


def test_alt_click_opens_the_source_at_its_line(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    """Shows it by an editor that writes down what it is asked to open."""
    opened = tmp_path / "opened.txt"
    editor = f"{sys.executable} -c 'import sys; open(sys.argv[1], \"w\").write(sys.argv[2])'"
    setting = json.dumps(f"{editor} {opened} {{file}}:{{line}}")
    with (site / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[preview]\neditor = {setting}\n")
    with previewing(site) as running:
        page = browser.new_page()
        with page.expect_response("**/_preview/blocks/**"):
            show(page, running, LAMP_PAGE)
        expect(page.locator(".note", has_text="Alt")).to_be_visible()
        with page.expect_response("**/_preview/open") as answer:
            page.locator(".body > p", has_text="第 1 段").click(modifiers=["Alt"])
        assert answer.value.status == 204
        for _ in range(500):
            if opened.exists() and opened.read_text("utf-8"):
                break
            page.wait_for_timeout(20)
        page.close()
    line = str(SITE[PLACE]).split("\n").index(LONG.split("\n")[2]) + 1
    assert opened.read_text("utf-8") == f"{site / PLACE}:{line}"


def test_restart_loads_nothing_and_patches_what_changed(browser: Browser, site: Path) -> None:
    port = str(free_port())
    page = browser.new_page()
    with previewing(site, "--port", port) as running:
        show(page, running, LAMP_PAGE)
        page.evaluate("window.mine = 1")
        running.process.send_signal(signal.SIGKILL)
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    with previewing(site, "--port", port) as running:
        wait_for(page, sockets)
        save(site, PLACE, article("台灯", "重启以后改的。", **FRONT))
        expect(page.locator(".body")).to_have_text("重启以后改的。")
    save(site, PLACE, article("台灯", "停着的时候改的。", **FRONT))
    with previewing(site, "--port", port):
        expect(page.locator(".body")).to_have_text("停着的时候改的。", timeout=20_000)
    assert is_same_page(page)
    page.close()


def wait_for(page: Page, sockets: list[str]) -> None:
    for _ in range(500):
        if sockets:
            return
        page.wait_for_timeout(20)


def test_thirty_tabs_are_all_connected_and_all_patched(
    browser: Browser, preview: Preview, site: Path
) -> None:
    context = browser.new_context()
    pages = [context.new_page() for _ in range(30)]
    for page in pages:
        page.goto(f"http://127.0.0.1:{preview.port}/site/{LAMP_PAGE}", wait_until="commit")
    for page in pages:
        expect(page.locator("h1")).to_have_text("台灯")
    save(site, PLACE, article("台灯", "三十页都改了。", **FRONT))
    for page in pages:
        expect(page.locator(".body")).to_have_text("三十页都改了。")
    context.close()


@pytest.mark.parametrize("address", ["", "../_preview/", "../_preview/held/", LAMP_PAGE])
def test_nothing_is_missing_or_complained_of(
    browser: Browser, preview: Preview, address: str
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type} {message.text}"))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto(f"http://127.0.0.1:{preview.port}/site/{address}", wait_until="networkidle")
    page.wait_for_timeout(100)  # a browser asks for the icon in its own time
    assert said == []
    page.close()


def test_no_request_leaves_the_preview(browser: Browser, preview: Preview, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    show(page, preview, LAMP_PAGE)
    save(site, PLACE, BROKEN)
    expect(page.locator(".overlay")).to_be_visible()
    assert {urlsplit(url).netloc for url in asked} == {f"127.0.0.1:{preview.port}"}
    context.close()


PROBE = """async ([base, token]) => {
  const done = (element, address) => new Promise((resolve) => {
    element.onload = () => resolve("loaded");
    element.onerror = () => resolve("refused");
    Object.assign(element, address);
    document.head.append(element);
  });
  const socket = (query) => new Promise((resolve) => {
    const one = new WebSocket(`${base.replace("http", "ws")}/_preview/socket${query}`);
    one.onopen = () => resolve("opened");
    one.onerror = () => resolve("refused");
  });
  const make = (name) => document.createElement(name);
  return [
    await socket(""), await socket(`?token=${token}`),
    await fetch(`${base}/site/`).then(() => "read", () => "refused"),
    await fetch(`${base}/site/`, { mode: "no-cors" }).then(() => "sent", () => "refused"),
    await fetch(`${base}/_preview/open`, { method: "POST", body: "{}" })
      .then(() => "read", () => "refused"),
    await done(make("script"), { src: `${base}/_preview/client.js` }),
    await done(make("link"), { rel: "stylesheet", href: `${base}/site/assets/none.css` }),
    await done(make("img"), { src: `${base}/site/assets/none.svg` }),
  ];
}"""


def test_pages_of_other_origins_get_nothing(browser: Browser, preview: Preview) -> None:
    page = browser.new_page()
    page.route("http://foreign.test/", lambda route: route.fulfill(body="<title>x</title>"))
    page.goto("http://foreign.test/")
    token = preview.get(f"/site/{LAMP_PAGE}").data("token")
    found = page.evaluate(PROBE, [f"http://127.0.0.1:{preview.port}", token])
    assert set(found) == {"refused"}
    page.close()


def test_name_that_is_made_to_point_here_is_refused(browser: Browser, preview: Preview) -> None:
    """Shows that DNS rebinding leads nowhere: the name resolves to this machine already."""
    path = find_browser()
    assert path
    rebound = browser.browser_type.launch(
        executable_path=path,
        args=["--no-sandbox", "--host-resolver-rules=MAP evil.test 127.0.0.1"],
    )
    page = rebound.new_page()
    base = f"http://evil.test:{preview.port}"
    answer = page.goto(f"{base}/site/{LAMP_PAGE}")
    assert answer
    assert answer.status == 403
    assert "台灯" not in answer.text()
    token = preview.get(f"/site/{LAMP_PAGE}").data("token")
    assert page.evaluate(PROBE, [base, token])[:2] == ["refused", "refused"]
    rebound.close()
