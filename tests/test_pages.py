"""The default theme in a real browser: layout, colour schemes, and life without a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import CONTRAST
from playwright.sync_api import Browser, Page
from theme_samples import write_site

WIDTHS = (320, 390, 820, 1440)
NOT_FROM_FILES = {"not-found", "redirect"}
"""Pages that only make sense on a server: one has absolute links, the other leads away."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    pages = write_site(tmp_path_factory.mktemp("site"))
    return {name: path for name, path in pages.items() if name not in NOT_FROM_FILES}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(tab: Page, site: dict[str, Path], width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    wide = []
    for name, path in site.items():
        tab.goto(path.as_uri())
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(name)
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(browser: Browser, site: dict[str, Path], scheme: str) -> None:
    dark = scheme == "dark"
    page = browser.new_page(color_scheme="dark" if dark else "light")
    weak = {}
    for name, path in site.items():
        page.goto(path.as_uri())
        if found := page.evaluate(CONTRAST):
            weak[name] = found
    page.close()
    assert weak == {}


def test_pages_load_nothing_from_elsewhere_and_report_no_error(
    tab: Page, site: dict[str, Path]
) -> None:
    asked: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    for path in site.values():
        tab.goto(path.as_uri())
    assert [url for url in asked if not url.startswith("file:")] == []
    assert errors == []


def test_links_of_a_page_opened_from_a_file_lead_to_files(tab: Page, site: dict[str, Path]) -> None:
    tab.goto(site["tag"].as_uri())
    assert tab.get_attribute(".brand", "href") == "../../../../index.html"
    assert tab.get_attribute(".card h2 a", "href") == "../../../../articles/sample-1/index.html"
    assert tab.get_attribute(".feeds a", "href") == "../../../../tags/ai/feed.xml"


def test_the_toggle_changes_the_colours_and_is_remembered(tab: Page, site: dict[str, Path]) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    tab.emulate_media(color_scheme="light")
    tab.goto(site["article"].as_uri())
    light = tab.evaluate(ground)
    tab.click(".toggle")
    dark = tab.evaluate(ground)
    assert dark != light
    tab.goto(site["home"].as_uri())
    assert tab.evaluate(ground) == dark
    tab.click(".toggle")
    tab.goto(site["article"].as_uri())
    assert tab.evaluate(ground) == light


def test_without_scripts_the_page_is_whole_and_has_no_dead_button(
    browser: Browser, site: dict[str, Path]
) -> None:
    page = browser.new_page(java_script_enabled=False, color_scheme="dark")
    page.goto(site["article"].as_uri())
    assert page.locator("h1").is_visible()
    assert page.locator(".toggle").is_hidden()
    page.close()


def test_contents_stand_open_in_the_margin_of_a_wide_screen_and_fold_on_a_narrow_one(
    tab: Page, site: dict[str, Path]
) -> None:
    tab.set_viewport_size({"width": 1440, "height": 900})
    tab.goto(site["article"].as_uri())
    assert tab.locator(".toc a").first.is_visible()
    margin, text = tab.locator(".toc").bounding_box(), tab.locator(".body").bounding_box()
    assert margin
    assert text
    assert margin["x"] > text["x"] + text["width"]
    tab.set_viewport_size({"width": 390, "height": 900})
    assert tab.locator(".toc a").first.is_hidden()
    tab.click(".toc summary")
    assert tab.locator(".toc a").first.is_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(
    tab: Page, site: dict[str, Path]
) -> None:
    tab.goto(site["home"].as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_chinese_text_is_set_by_chinese_rules(tab: Page, site: dict[str, Path]) -> None:
    style = "getComputedStyle(document.querySelector('{}')).{}"
    tab.goto(site["article"].as_uri())
    assert tab.evaluate(style.format(".body p", "lineBreak")) == "strict"
    assert tab.evaluate(style.format(".body em", "fontStyle")) == "normal"
    assert "dot" in tab.evaluate(style.format(".body em", "textEmphasisStyle"))
    assert tab.evaluate(style.format(".body p", "textAutospace")) == "normal"
    assert tab.evaluate(style.format(".body code", "textAutospace")) == "no-autospace"
    tab.goto(site["article-english"].as_uri())
    assert tab.evaluate(style.format(".body em", "fontStyle")) == "italic"
