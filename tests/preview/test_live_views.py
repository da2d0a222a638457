"""The preview's own views stay true while they are shown, like pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from live_tabs import is_same_page, save, show
from playwright.sync_api import Browser, Page, expect
from previewing import Preview, previewing
from sites import SMALL, article, make_site

DRAFT = "content/articles/lamp.md"
RAW = "夜读札记\n\n2024-03-01\n\n第一段讲一盏灯。\n\n第二段讲一条路，写得长一些。\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {**SMALL, DRAFT: article("台灯", draft="true"), "content/sources/night.txt": RAW}
    return make_site(tmp_path / "site", files)


@pytest.fixture
def preview(site: Path) -> Iterator[Preview]:
    with previewing(site) as running:
        yield running


def opened(browser: Browser, preview: Preview, name: str) -> Page:
    page = browser.new_page()
    show(page, preview, f"../_preview/{name}")
    page.evaluate("window.mine = 1")
    return page


def test_list_of_what_is_held_follows_each_save(
    browser: Browser, preview: Preview, site: Path
) -> None:
    page = opened(browser, preview, "held/")
    expect(page.locator(".rows")).to_contain_text("台灯")
    save(site, DRAFT, article("路灯", draft="true"))
    expect(page.locator(".rows")).to_contain_text("路灯")
    save(site, DRAFT, article("路灯", date="2024-03-01"))
    expect(page.locator(".rows")).not_to_contain_text("路灯")
    assert is_same_page(page)
    page.close()


def test_problems_come_and_go(browser: Browser, preview: Preview, site: Path) -> None:
    page = opened(browser, preview, "problems/")
    before = page.locator("main").inner_text()
    save(site, DRAFT, article("台灯", date="2024-13-01"))
    expect(page.locator("main")).to_contain_text("lamp.md:3")
    save(site, DRAFT, article("台灯", draft="true"))
    expect(page.locator("main")).to_have_text(before)
    assert is_same_page(page)
    page.close()


def test_problems_of_settings_show_before_there_is_a_site(browser: Browser, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {**SMALL, "site.toml": "title = "})
    with previewing(site) as running:
        page = opened(browser, running, "problems/")
        expect(page.locator("main")).to_contain_text("site.toml:1")
        make_site(site, SMALL)
        expect(page.locator("main")).not_to_contain_text("site.toml:1")
        page.close()


def test_source_and_its_article_follow_side_by_side(
    browser: Browser, preview: Preview, site: Path
) -> None:
    made = next((site / "content/articles").glob("*.import.json"))
    place = f"content/articles/{made.name.removesuffix('.import.json')}.md"
    page = opened(browser, preview, f"sources/{place}")
    beside = page.frame_locator("iframe").last.locator(".body")
    expect(beside).to_contain_text("第一段讲一盏灯")
    text = (site / place).read_text("utf-8")
    save(site, place, text.replace("第一段讲一盏灯", "开头讲一盏灯"))
    expect(beside).to_contain_text("开头讲一盏灯")
    assert is_same_page(page)
    page.close()


def test_view_whose_article_is_deleted_says_so(
    browser: Browser, preview: Preview, site: Path
) -> None:
    (site / "content/sources/night.txt").unlink()
    made = next((site / "content/articles").glob("*.import.json"))
    name = made.name.removesuffix(".import.json")
    page = opened(browser, preview, f"sources/content/articles/{name}.md")
    made.unlink()
    (site / f"content/articles/{name}.md").unlink()
    expect(page.locator(".note", has_text=re.compile("没有了|no longer"))).to_be_visible()
    page.close()
