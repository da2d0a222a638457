"""What an edit does to the page as a reader sees it: position, styles, images, scripts, marks."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from client_pages import opened, patch
from playwright.sync_api import Browser, Page

FILLING = "".join(f"<p id=p{n}>第 {n} 段。{'文字' * 40}</p>\n" for n in range(80))
STYLED = """<!doctype html><html lang=zh><head><meta charset=utf-8><title>旧</title>
<link rel=stylesheet href="/a.1.css">
<link rel=stylesheet href="/b.1.css">
</head><body><header>站名</header><article><h1>题</h1>
<img id=image src="/one.png" alt="">
<div class=body>
"""
WHOLE = f"{STYLED}{FILLING}</div></article></body></html>"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="
)
WIDE = '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="3"/>'
FILES: dict[str, str | bytes] = {
    "/": WHOLE,
    "/a.1.css": "html { background: rgb(1, 1, 1) } p { color: red }",
    "/a.2.css": "html { background: rgb(2, 2, 2) } p { color: blue }",
    "/b.1.css": "h1 { color: rgb(1, 1, 1) }",
    "/b.2.css": "h1 { color: rgb(2, 2, 2) }",
    "/one.png": PIXEL,
    "/two.svg": WIDE,
}
SAMPLE = """() => {
  window.samples = new Set();
  const look = () => {
    const html = getComputedStyle(document.documentElement).backgroundColor;
    window.samples.add(`${html} ${getComputedStyle(document.querySelector("h1")).color}`);
    requestAnimationFrame(look);
  };
  look();
}"""
MARKED = """() => document.getAnimations().filter(({ id }) => id === "wenzhai-changed")
  .map(({ effect }) => effect.target.id || effect.target.localName)"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    with opened(browser, FILES) as (page, _):
        yield page


def top_of(tab: Page, name: str) -> float:
    found: float = tab.evaluate(
        "(id) => document.getElementById(id).getBoundingClientRect().top", name
    )
    return found


def settle(tab: Page) -> None:
    tab.evaluate("() => new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)))")


@pytest.mark.parametrize(
    "css",
    [
        "",
        "header { position: sticky; top: 0; height: 50px; background: white }",
        "html { scroll-behavior: smooth }",
        "html { overflow-anchor: none }",
    ],
)
def test_insertion_above_moves_no_visible_paragraph(browser: Browser, css: str) -> None:
    files = {**FILES, "/": WHOLE.replace("</head>", f"<style>{css}</style></head>")}
    with opened(browser, files) as (tab, _):
        tab.evaluate("document.getElementById('p30').scrollIntoView({ behavior: 'instant' })")
        settle(tab)
        before = top_of(tab, "p31")
        html = str(files["/"]).replace("<p id=p0>", f"<p>{'新' * 500}</p><p>又新</p><p id=p0>")
        assert patch(tab, html)
        assert abs(top_of(tab, "p31") - before) <= 1
        settle(tab)
        assert abs(top_of(tab, "p31") - before) <= 1


def test_removal_of_the_first_visible_paragraph_holds_the_next(tab: Page) -> None:
    tab.evaluate("document.getElementById('p30').scrollIntoView()")
    settle(tab)
    before = top_of(tab, "p31")
    gone = FILLING[FILLING.index("<p id=p30>") : FILLING.index("<p id=p31>")]
    assert patch(tab, WHOLE.replace(gone, "").replace("<p id=p0>", "<p>新</p><p id=p0>"))
    settle(tab)
    assert abs(top_of(tab, "p31") - before) <= 1


def test_insertion_at_the_very_top_is_seen(tab: Page) -> None:
    assert patch(tab, WHOLE.replace("<header>", "<header>新的</header><header>"))
    settle(tab)
    assert tab.evaluate("scrollY") == 0


def test_images_that_load_later_above_do_not_move_the_page(tab: Page) -> None:
    tab.evaluate("document.getElementById('p30').scrollIntoView()")
    settle(tab)
    before = top_of(tab, "p31")
    picture = '<p><img style="width: 300px" src="/two.svg"></p>'
    assert patch(tab, WHOLE.replace("<p id=p0>", f"{picture}<p id=p0>"))
    tab.wait_for_function("[...document.images].every((image) => image.complete)")
    settle(tab)
    assert abs(top_of(tab, "p31") - before) <= 1


def test_stylesheets_change_together_without_a_bare_frame(tab: Page) -> None:
    tab.evaluate(SAMPLE)
    assert patch(tab, WHOLE.replace(".1.css", ".2.css"))
    settle(tab)
    settle(tab)
    samples = set(tab.evaluate("[...window.samples]"))
    assert samples == {"rgb(1, 1, 1) rgb(1, 1, 1)", "rgb(2, 2, 2) rgb(2, 2, 2)"}
    links = "[...document.querySelectorAll('link')].map((link) => link.outerHTML)"
    wanted = [f'<link rel="stylesheet" href="/{name}.2.css">' for name in "ab"]
    assert tab.evaluate(links) == wanted


def test_stylesheet_joined_and_one_dropped_leave_no_bare_frame(tab: Page) -> None:
    tab.evaluate(SAMPLE)
    first = '<link rel=stylesheet href="/a.1.css">\n'
    joined = WHOLE.replace(first, "").replace(
        "</head>", first.replace("1", "2") + "<meta name=a></head>"
    )
    assert patch(tab, joined)
    settle(tab)
    settle(tab)
    samples = set(tab.evaluate("[...window.samples]"))
    assert samples == {"rgb(1, 1, 1) rgb(1, 1, 1)", "rgb(2, 2, 2) rgb(1, 1, 1)"}


def test_missing_stylesheet_does_not_keep_the_old_one(tab: Page) -> None:
    assert patch(tab, WHOLE.replace("/a.1.css", "/none.css"))
    assert (
        tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgba(0, 0, 0, 0)"
    )


def test_changed_image_shows_without_a_new_page(tab: Page) -> None:
    tab.evaluate("window.mine = document.getElementById('image')")
    assert patch(tab, WHOLE.replace("/one.png", "/two.svg"))
    tab.wait_for_function("document.getElementById('image').naturalWidth === 7")
    assert tab.evaluate("window.mine === document.getElementById('image')")


def test_title_and_head_follow(tab: Page) -> None:
    head = (
        '<meta name="description" content="新">\n<link rel="canonical" href="https://a.example/">'
    )
    assert patch(tab, WHOLE.replace("旧", "新题").replace("</head>", f"{head}</head>"))
    assert tab.title() == "新题"
    assert tab.locator("meta[name=description]").get_attribute("content") == "新"
    assert tab.locator("link[rel=canonical]").get_attribute("href") == "https://a.example/"


@pytest.mark.parametrize(
    "element",
    [
        '<script src="/two.js"></script>',
        "<script>window.two = 2</script>",
        '<script type="module">window.two = 2</script>',
        '<meta http-equiv="Content-Security-Policy" content="img-src *">',
        '<base href="/">',
    ],
)
def test_what_runs_only_while_loading_asks_for_a_load(tab: Page, element: str) -> None:
    assert not patch(tab, WHOLE.replace("</head>", f"{element}</head>"))


def test_data_in_script_elements_is_patched(tab: Page) -> None:
    data = '<script type="application/ld+json">{"headline": "新"}</script>'
    assert patch(tab, WHOLE.replace("</head>", f"{data}</head>"))
    assert "新" in tab.locator("script").inner_text()


def test_noscript_stays_out_of_sight(tab: Page) -> None:
    one = WHOLE.replace("<h1>", "<noscript><p>没有脚本</p></noscript><h1>")
    two = one.replace("没有脚本", "真没有脚本")
    for html in (one, two):
        assert patch(tab, html)
        shown = tab.evaluate("[...document.querySelector('noscript').childNodes].map(String)")
        assert shown == ["[object Text]"]
    assert "真没有脚本" in str(tab.locator("noscript").text_content())


def test_changed_blocks_are_marked_in_order_and_no_longer(tab: Page) -> None:
    html = WHOLE.replace("第 3 段。", "第三段。").replace("<p id=p1>", "<p id=new>新</p><p id=p1>")
    assert patch(tab, html)
    assert tab.evaluate(MARKED) == ["new", "p3"]
    tab.wait_for_function("() => document.getAnimations().length === 0", timeout=5_000)
    assert tab.evaluate("document.getElementById('p3').getAttributeNames()") == ["id"]


def test_marks_do_not_move_where_that_is_asked(browser: Browser) -> None:
    with opened(browser, FILES) as (tab, _):
        tab.emulate_media(reduced_motion="reduce")
        assert patch(tab, WHOLE.replace("第 3 段。", "第三段。"))
        frames = """() => document.getAnimations()[0].effect.getKeyframes()
          .map(({ backgroundColor }) => backgroundColor)"""
        colours = tab.evaluate(frames)
        assert len(colours) == 2
        assert len(set(colours)) == 1


def test_new_look_of_everything_is_not_marked(tab: Page) -> None:
    assert patch(tab, WHOLE.replace("<p id", "<p class=new id"))
    assert tab.evaluate(MARKED) == []


def test_pages_without_head_or_body_are_patched(browser: Browser) -> None:
    with opened(browser, {"/": "<p>一"}) as (tab, _):
        assert patch(tab, "<title>题</title><p>一<p>二")
        assert tab.locator("p").all_inner_texts() == ["一", "二"]
        assert tab.title() == "题"


def test_one_change_in_a_large_page_is_one_change_of_the_live_page(browser: Browser) -> None:
    rows = "".join(f"<section><h2>{n}</h2><p>一 <b>二</b> {n}</p></section>" for n in range(4_000))
    page = f"<!doctype html><body><main>{rows}</main>"
    with opened(browser, {"/": page}) as (tab, _):
        records = tab.evaluate(
            """async (html) => {
              const seen = [];
              const observer = new MutationObserver((records) => seen.push(...records));
              const all = { attributes: true, characterData: true, childList: true, subtree: true };
              observer.observe(document, all);
              await patch(html);
              return [...seen, ...observer.takeRecords()].map(({ type }) => type);
            }""",
            page.replace("<h2>2000</h2>", "<h2>两千</h2>"),
        )
        assert records == ["characterData"]
