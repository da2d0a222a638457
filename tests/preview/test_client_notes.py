"""What the client says and does when other pages change, and when its own moves or goes."""

from __future__ import annotations

import pytest
from client_pages import ORIGIN
from playwright.sync_api import Browser, Page, expect
from preview_wire import Preview, previewed

BLOCKS = "".join(f"<p id=b{n}>第 {n} 段。{'字' * 200}</p>\n" for n in range(30))
PAGE = f"""<!doctype html><html lang=zh><head><title>甲</title></head><body><header>站名</header>
<main><article><header><h1>甲</h1></header><div class=body>
{BLOCKS}<p>有<a id=link href="/other">链接</a>。</p>
</div></article></main></body></html>
"""
COUNT = 31
OTHER = PAGE.replace("甲", "乙")
SAVED = {"page": "b/index.html", "address": "/b/", "title": "乙<script>window.hurt = 1</script>"}
MARKED = """() => document.getAnimations().filter(({ id }) => id === "wenzhai-changed")
  .map(({ effect }) => effect.target.id)"""
WATCH_TEXT = """() => {
  window.texts = [];
  const note = () => window.texts.push(document.body.textContent);
  new MutationObserver(note).observe(document.body, {
    subtree: true, childList: true, characterData: true,
  });
}"""


def site(*, follow: bool = False) -> Preview:
    pages = {"index.html": PAGE, "b/index.html": OTHER, "404.html": "<p>没有"}
    return Preview(pages, follow=follow)


def navigations(tab: Page) -> list[str]:
    """Collect where the tab goes from now on."""
    gone: list[str] = []
    tab.on("framenavigated", lambda frame: gone.append(frame.url))
    return gone


def test_page_stays_when_another_article_is_saved_and_offers_to_go_there(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        gone = navigations(tab)
        preview.tell("elsewhere", **SAVED)
        expect(tab.locator(".note")).to_contain_text("刚保存了《乙<script>")
        assert gone == []
        assert tab.evaluate("window.hurt") is None
        preview.heard.clear()
        tab.get_by_role("link", name="去看").click()
        assert preview.await_hello(tab)["page"] == "b/index.html"


def test_note_is_reached_and_closed_by_keyboard(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        preview.tell("elsewhere", **SAVED)
        note = tab.locator(".note")
        expect(note).to_be_visible()
        names = []
        for _ in range(3):
            tab.keyboard.press("Tab")
            names.append(tab.evaluate("document.activeElement.shadowRoot?.activeElement.localName"))
        assert names == [None, "a", "button"]
        tab.keyboard.press("Enter")
        expect(tab.locator("wenzhai-preview")).to_have_count(0)
        preview.tell("elsewhere", **SAVED)
        note.get_by_role("link").press("Escape")
        expect(note).to_have_count(0)


def test_newer_note_takes_the_place_of_the_older(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        preview.tell("elsewhere", **SAVED)
        preview.tell("elsewhere", page="c", address="/c/", title="丙")
        expect(tab.locator(".note")).to_have_count(1)
        expect(tab.locator(".note")).to_contain_text("《丙》")


def test_offer_is_withdrawn_when_the_page_shown_is_saved_itself(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        preview.tell("elsewhere", **SAVED)
        expect(tab.locator(".note")).to_be_visible()
        preview.tell("here")
        expect(tab.locator(".note")).to_have_count(0)


def test_notes_speak_english_on_other_pages(browser: Browser) -> None:
    preview = Preview({"index.html": PAGE.replace("lang=zh", "lang=en")})
    with previewed(browser, preview) as tab:
        preview.tell("elsewhere", **SAVED)
        expect(tab.locator(".note")).to_contain_text("was saved")


@pytest.mark.parametrize("is_told", [True, False], ids=["server tells before", "tab remembers"])
def test_follow_goes_to_the_saved_article_and_marks_its_first_change(
    browser: Browser, *, is_told: bool
) -> None:
    preview = site(follow=True)
    old = preview.version(OTHER)
    with previewed(browser, preview, "/" if is_told else "/b/") as tab:
        if not is_told:
            tab.goto(f"{ORIGIN}/")
            preview.await_hello(tab, 2)
        preview.heard.clear()
        preview.pages["b/index.html"] = OTHER.replace("第 25 段", "第二十五段").replace(
            "第 28", "28"
        )
        preview.tell("elsewhere", **SAVED, **({"before": old} if is_told else {}))
        preview.await_hello(tab)
        assert tab.url == f"{ORIGIN}/b/"
        tab.wait_for_function(f"({MARKED})().length")
        assert tab.evaluate(MARKED) == ["b25", "b28"]
        expect(tab.locator("#b25")).to_be_in_viewport()


def test_follow_to_an_article_never_seen_begins_at_its_top(browser: Browser) -> None:
    preview = site(follow=True)
    with previewed(browser, preview) as tab:
        preview.heard.clear()
        preview.tell("elsewhere", **SAVED)
        assert preview.await_hello(tab)["page"] == "b/index.html"
        assert tab.evaluate("scrollY") == 0


def test_moved_page_is_shown_at_its_new_address_with_state_and_position(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        gone = navigations(tab)
        tab.evaluate("window.mine = 1; scrollTo(0, 900)")
        preview.heard.clear()
        preview.pages["new/index.html"] = PAGE.replace("甲", "新甲")
        preview.tell("moved", address="/new/")
        assert preview.await_hello(tab)["page"] == "new/index.html"
        assert tab.url == f"{ORIGIN}/new/"
        assert tab.title() == "新甲"
        assert tab.evaluate("[window.mine, scrollY]") == [1, 900]
        assert gone == [f"{ORIGIN}/new/"]  # the address alone: no page was loaded


def test_page_that_moved_to_one_with_other_scripts_is_loaded_there(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        tab.evaluate("window.mine = 1")
        preview.heard.clear()
        preview.pages["new/index.html"] = PAGE.replace("</head>", "<script>1</script></head>")
        preview.tell("moved", address="/new/")
        assert preview.await_hello(tab)["page"] == "new/index.html"
        tab.wait_for_function("() => window.mine === undefined")


def test_word_of_the_page_before_is_passed_over_once_it_moved(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        preview.heard.clear()
        preview.pages["new/index.html"] = PAGE.replace("甲", "新甲")
        preview.tell("moved", address="/new/")
        preview.await_hello(tab)
        tab.evaluate(WATCH_TEXT)
        preview.save("index.html", PAGE.replace("第 0 段", "旧地址"))
        preview.save("new/index.html", PAGE.replace("第 1 段", "新地址"))
        expect(tab.locator("#b1")).to_contain_text("新地址")
        assert "旧地址" not in tab.evaluate("window.texts.join()")


def test_page_that_is_gone_offers_those_like_it_and_returns_by_itself(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        tab.evaluate("window.mine = 1")
        preview.tell(
            "gone", near=[{"address": "/b/", "title": "乙"}, {"address": "/c/", "title": ""}]
        )
        note = tab.locator(".note")
        expect(note).to_contain_text("这个页面现在没有了")
        expect(note.get_by_role("link")).to_have_text(["乙", "/c/"])
        preview.save("index.html", PAGE.replace("第 0 段", "又有了"))
        expect(tab.locator("#b0")).to_contain_text("又有了")
        expect(note).to_have_count(0)
        assert tab.evaluate("window.mine") == 1


def test_page_that_was_gone_and_is_elsewhere_now_is_missed_no_longer(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        preview.tell("gone", near=[])
        expect(tab.locator(".note")).to_be_visible()
        preview.pages["new/index.html"] = PAGE
        preview.tell("moved", address="/new/")
        tab.wait_for_url("**/new/")
        expect(tab.locator(".note")).to_have_count(0)


def test_page_not_found_appears_as_soon_as_it_exists(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview, "/new/") as tab:
        assert preview.heard[0]["page"] == "new/index.html"
        preview.tell("gone", near=[])
        expect(tab.locator(".note")).to_be_visible()
        preview.save("new/index.html", PAGE)
        expect(tab.locator("#b0")).to_be_visible()


def test_changed_script_loads_the_page_once(browser: Browser) -> None:
    one = PAGE.replace("</head>", "<script>window.n = 1</script></head>")
    preview = Preview({"index.html": one})
    with previewed(browser, preview) as tab:
        gone = navigations(tab)
        preview.heard.clear()
        preview.save("index.html", one.replace("n = 1", "n = 2"))
        preview.await_hello(tab)
        assert tab.evaluate("window.n") == 2
        assert gone == [f"{ORIGIN}/"]


def test_page_that_stays_unpatchable_is_loaded_anew_but_once(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        gone = navigations(tab)
        html = PAGE.replace("</head>", "<script>1</script></head>")
        for count in (1, 2):
            preview.heard.clear() if count == 1 else None
            preview.tell("page", page="index.html", version="v2", before="", html=html)
            if count == 1:
                preview.await_hello(tab)
        tab.evaluate("new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)))")
        assert gone == [f"{ORIGIN}/"]


def test_version_that_the_server_forgot_costs_one_load(browser: Browser) -> None:
    preview = site()
    preview.version = lambda html: f"v{len(html)}"  # type: ignore[method-assign]
    with previewed(browser, preview) as tab:
        preview.heard.clear()
        preview.save("index.html", PAGE.replace("第 0 段", "换了"))
        preview.await_hello(tab)
        expect(tab.locator("#b0")).to_contain_text("换了")


def test_only_the_newest_of_many_versions_is_shown(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        for n in range(30):
            preview.save("index.html", PAGE.replace("第 0 段", f"第 {n} 稿"))
        expect(tab.locator("#b0")).to_contain_text("第 29 稿")


def test_live_page_is_the_built_page_once_the_script_has_begun(browser: Browser) -> None:
    preview = site()
    with previewed(browser, preview) as tab:
        wanted = "new DOMParser().parseFromString(html, 'text/html').documentElement"
        same = f"(html) => document.documentElement.isEqualNode({wanted})"
        assert tab.evaluate(same, PAGE)
        assert tab.evaluate("document.querySelectorAll('[data-token]').length") == 0


def lines() -> list[dict[str, int] | None]:
    return [{"line": n + 5} for n in range(COUNT)]


def with_blocks() -> Preview:
    preview = site()
    preview.blocks["index.html"] = lines()
    return preview


def alt_click(tab: Page, selector: str) -> None:
    with tab.expect_response("**/_preview/open"):
        tab.locator(selector).click(modifiers=["Alt"])


def test_alt_click_opens_the_source_of_a_block(browser: Browser) -> None:
    preview = with_blocks()
    with previewed(browser, preview) as tab:
        expect(tab.locator(".note")).to_be_visible()  # the hint comes once blocks are known
        alt_click(tab, "#b7")
        alt_click(tab, "#link")
        place = {"page": "index.html", "block": 7}
        assert preview.posted == [("t-1", place), ("t-1", {**place, "block": 30})]
        assert tab.url == f"{ORIGIN}/"


def test_blocks_are_counted_as_served_whatever_scripts_added(browser: Browser) -> None:
    preview = with_blocks()
    with previewed(browser, preview) as tab:
        expect(tab.locator(".note")).to_be_visible()
        tab.evaluate("document.querySelector('.body').prepend(document.createElement('nav'))")
        alt_click(tab, "#b7")
        assert preview.posted[0][1]["block"] == 7


def test_other_clicks_and_places_are_the_pages_own(browser: Browser) -> None:
    preview = with_blocks()
    with previewed(browser, preview) as tab:
        expect(tab.locator(".note")).to_be_visible()
        tab.evaluate("document.addEventListener('click', () => (window.n = (window.n ?? 0) + 1))")
        tab.locator("h1").click(modifiers=["Alt"])
        tab.locator("#b1").click()
        tab.locator("#b1").click(modifiers=["Shift"])
        tab.locator("#b1").click(modifiers=["Control", "Alt"])
        assert tab.evaluate("window.n") == 4
        assert preview.posted == []


def test_hint_shows_once(browser: Browser) -> None:
    preview = with_blocks()
    with previewed(browser, preview) as tab:
        expect(tab.locator(".note")).to_contain_text("按住 Alt")
        tab.reload()
        preview.await_hello(tab, 2)
        alt_click(tab, "#b7")
        assert preview.posted[0][1]["block"] == 7
        assert tab.locator(".note").count() == 0


def test_blocks_are_asked_for_only_when_somebody_may_click(browser: Browser) -> None:
    preview = with_blocks()
    with previewed(browser, preview) as tab:
        expect(tab.locator(".note")).to_be_visible()
        preview.asked.clear()
        for n in range(3):
            preview.save("index.html", PAGE.replace("第 0 段", f"第 {n} 稿"))
            expect(tab.locator("#b0")).to_contain_text(f"第 {n} 稿")
        assert preview.asked == []
        alt_click(tab, "#b7")
        assert preview.posted[0][1]["block"] == 7
