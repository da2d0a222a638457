"""Problems in the browser: all of them, readable, harmless, and gone once they are mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import CONTRAST
from playwright.sync_api import Browser, Page, expect
from preview_wire import Preview, Scheme, previewed

PAGE = (
    "<!doctype html><html lang=zh><title>题</title><body>" + "<p>一段。</p>" * 80 + "</body></html>"
)
ENGLISH = PAGE.replace("lang=zh", "lang=en")


def problem(**fields: object) -> dict[str, object]:
    return {
        "code": "E101",
        "severity": "error",
        "path": "content/articles/a.md",
        "line": 3,
        "column": 5,
        "message": "月份没有 13",
        "cause": "month must be in 1..12",
        "hint": "写成 2024-03-01 这样",
        "frame": [
            {"line": 2, "text": "title: 标题", "caret": False},
            {"line": 3, "text": "日期：\t2024-13-01", "caret": True},
            {"line": 4, "text": "---", "caret": False},
        ],
        **fields,
    }


WARNING = problem(code="W012", severity="warning", message="不认识的地区", frame=[], cause="")


@pytest.fixture
def preview() -> Preview:
    return Preview({"index.html": PAGE})


@pytest.fixture
def tab(browser: Browser, preview: Preview) -> Iterator[Page]:
    with previewed(browser, preview) as page:
        yield page


def test_error_shows_place_frame_caret_cause_and_hint(tab: Page, preview: Preview) -> None:
    preview.tell("problems", problems=[problem()])
    shown = tab.locator(".problem")
    expect(shown.locator(".place")).to_have_text("content/articles/a.md:3:5")
    expect(shown.locator(".kind")).to_have_text("错误 E101")
    expect(shown).to_contain_text("月份没有 13")
    expect(shown).to_contain_text("原因 month must be in 1..12")
    expect(shown).to_contain_text("改法 写成 2024-03-01 这样")
    expect(shown.locator(".number")).to_have_text(["2", "3", "", "4"])


def test_caret_stands_under_its_column_whatever_the_width(tab: Page, preview: Preview) -> None:
    preview.tell("problems", problems=[problem()])
    caret = tab.locator(".caret").bounding_box()
    column = tab.locator(".row.wrong").evaluate(
        """(row) => {
          const range = document.createRange();
          range.setStart(row.lastChild, 4);
          range.setEnd(row.lastChild, 5);
          return range.getBoundingClientRect().left;
        }"""
    )
    assert caret is not None
    assert abs(caret["x"] - column) < 1


def test_all_problems_are_listed_together(tab: Page, preview: Preview) -> None:
    preview.tell(
        "problems", problems=[problem(), problem(path="site.toml", line=0, column=0), WARNING]
    )
    expect(tab.locator(".place")).to_have_text(
        ["content/articles/a.md:3:5", "site.toml", "content/articles/a.md:3:5"]
    )
    expect(tab.locator(".sheet h2")).to_have_text("2 个错误，1 个警告")


def test_text_of_problems_is_never_markup(tab: Page, preview: Preview) -> None:
    attack = "<img src=x onerror='window.hurt = 1'><script>window.hurt = 1</script>"
    fields = dict.fromkeys(("code", "path", "message", "cause", "hint"), attack)
    frame = [{"line": 1, "text": attack, "caret": True}]
    preview.tell("problems", problems=[problem(**fields, frame=frame)])
    expect(tab.locator(".said")).to_have_text(attack)
    assert tab.locator(".overlay img, .overlay script").count() == 0
    assert tab.evaluate("window.hurt") is None


def test_overlay_vanishes_when_mended_with_page_and_position_as_they_were(
    tab: Page, preview: Preview
) -> None:
    tab.evaluate("window.mine = 1; scrollTo(0, 500)")
    preview.tell("problems", problems=[problem()])
    expect(tab.locator(".overlay")).to_be_visible()
    assert tab.locator("body > p").count() == 80
    preview.tell("problems", problems=[])
    expect(tab.locator("wenzhai-preview")).to_have_count(0)
    assert tab.evaluate("[window.mine, scrollY]") == [1, 500]


def test_place_opens_the_editor(tab: Page, preview: Preview) -> None:
    preview.tell("problems", problems=[problem()])
    with tab.expect_response("**/_preview/open"):
        tab.locator(".place").click()
    assert preview.posted == [("t-1", {"path": "content/articles/a.md", "line": 3})]


def test_editor_that_does_not_open_is_told(tab: Page, preview: Preview) -> None:
    preview.opens_editor = False
    preview.tell("problems", problems=[problem()])
    tab.locator(".place").click()
    expect(tab.locator(".note")).to_contain_text("编辑器没有打开")


def test_escape_minimises_to_a_badge_that_brings_it_back(tab: Page, preview: Preview) -> None:
    preview.tell("problems", problems=[problem()])
    expect(tab.locator(".overlay")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.locator(".overlay")).to_have_count(0)
    expect(tab.locator(".badge")).to_have_text("1 个错误")
    tab.locator(".badge").press("Enter")
    expect(tab.locator(".overlay")).to_be_visible()
    tab.get_by_role("button", name="收起").click()
    expect(tab.locator(".badge")).to_be_visible()


def test_minimised_errors_stay_so_until_there_are_others(tab: Page, preview: Preview) -> None:
    preview.tell("problems", problems=[problem()])
    expect(tab.locator(".overlay")).to_be_visible()
    tab.keyboard.press("Escape")
    preview.tell("problems", problems=[problem(line=9), WARNING])
    expect(tab.locator(".badge")).to_have_text("1 个错误，1 个警告")
    preview.tell("problems", problems=[problem(message="标题是空的")])
    expect(tab.locator(".overlay")).to_be_visible()


def test_warnings_leave_the_page_uncovered(tab: Page, preview: Preview) -> None:
    preview.tell("problems", problems=[WARNING, WARNING])
    expect(tab.locator(".badge")).to_have_text("2 个警告")
    expect(tab.locator(".overlay")).to_have_count(0)
    tab.locator(".badge").click()
    expect(tab.locator(".problem")).to_have_count(2)


def test_escape_is_the_pages_own_while_nothing_covers_it(tab: Page, preview: Preview) -> None:
    tab.evaluate("document.addEventListener('keydown', ({ key }) => (window.pressed = key))")
    preview.tell("problems", problems=[WARNING])
    expect(tab.locator(".badge")).to_be_visible()
    tab.keyboard.press("Escape")
    assert tab.evaluate("window.pressed") == "Escape"


def test_overlay_does_not_take_the_focus_from_a_field(browser: Browser) -> None:
    preview = Preview({"index.html": PAGE.replace("<body>", "<body><input id=field>")})
    with previewed(browser, preview) as tab:
        tab.locator("#field").focus()
        preview.tell("problems", problems=[problem()])
        expect(tab.locator(".overlay")).to_be_visible()
        assert tab.evaluate("document.activeElement.id") == "field"


def test_page_is_patched_beneath_the_overlay(tab: Page, preview: Preview) -> None:
    preview.tell("problems", problems=[problem()])
    preview.save("index.html", PAGE.replace("<p>一段。</p>", "<p>改了。</p>", 1))
    expect(tab.locator("body > p").first).to_have_text("改了。")
    expect(tab.locator(".overlay")).to_be_visible()


def test_page_keeps_its_place_beneath_the_overlay(tab: Page, preview: Preview) -> None:
    tab.evaluate("scrollTo(0, 900)")
    preview.tell("problems", problems=[problem()])
    expect(tab.locator(".overlay")).to_be_visible()
    preview.save("index.html", PAGE.replace("</body>", "<p>后面。</p>" * 3 + "</body>"))
    expect(tab.locator("body > p")).to_have_count(83)
    assert tab.evaluate("scrollY") == 900
    read = tab.locator("body > p").nth(25)
    before = read.evaluate("(element) => element.getBoundingClientRect().top")
    preview.save("index.html", PAGE.replace("<body>", "<body>" + "<p>前面。</p>" * 3))
    expect(tab.locator("body > p").first).to_have_text("前面。")
    after = tab.locator("body > p").nth(28)
    top = after.evaluate("(element) => element.getBoundingClientRect().top")
    assert abs(top - before) <= 1


def test_words_follow_the_language_of_the_page(browser: Browser) -> None:
    preview = Preview({"index.html": ENGLISH})
    with previewed(browser, preview) as tab:
        preview.tell("problems", problems=[problem(), WARNING])
        expect(tab.locator(".sheet h2")).to_have_text("1 error, 1 warning")
        expect(tab.locator(".kind").first).to_have_text("error E101")
        assert preview.heard[0]["language"] == "en"


def test_cause_is_not_said_twice(tab: Page, preview: Preview) -> None:
    preview.tell("problems", problems=[problem(message="不对：month must be in 1..12")])
    expect(tab.locator(".problem")).to_contain_text("不对")
    expect(tab.locator(".problem")).not_to_contain_text("原因")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_overlay_is_readable_in_both_schemes(browser: Browser, scheme: Scheme) -> None:
    preview = Preview({"index.html": PAGE})
    with previewed(browser, preview, scheme=scheme) as tab:
        preview.tell("problems", problems=[problem(), WARNING])
        expect(tab.locator(".overlay")).to_be_visible()
        inside = "document.querySelector('wenzhai-preview').shadowRoot.querySelectorAll('.sheet *')"
        weak = tab.evaluate(CONTRAST.replace('document.querySelectorAll("body *")', inside))
        assert weak == []


def test_styles_of_the_page_do_not_reach_the_overlay(browser: Browser) -> None:
    style = "<style>* { display: none !important; color: lime !important }</style>"
    preview = Preview({"index.html": PAGE.replace("</title>", f"</title>{style}")})
    with previewed(browser, preview) as tab:
        preview.tell("problems", problems=[problem()])
        colour = "(element) => getComputedStyle(element).color"
        assert tab.locator(".sheet h2").evaluate(colour) == "rgb(35, 32, 26)"


def test_strict_content_policy_lets_the_overlay_and_patches_work(browser: Browser) -> None:
    policy = "default-src 'self'; style-src 'self'; script-src 'self'"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    page = PAGE.replace("<title>", f"{meta}<title>")
    preview = Preview({"index.html": page})
    with previewed(browser, preview) as tab:
        preview.tell("problems", problems=[problem()])
        expect(tab.locator(".overlay")).to_have_css("position", "fixed")
        preview.save("index.html", page.replace("<p>一段。</p>", "<p>改了。</p>", 1))
        expect(tab.locator("body > p").first).to_have_text("改了。")
