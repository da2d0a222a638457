"""Drafts are written like published pages: each save shows, and publishing moves the tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from live_tabs import is_same_page, save, show
from playwright.sync_api import Browser, Page, expect
from previewing import Preview, previewing
from sites import SMALL, article, make_site

PLACE = "content/articles/lamp.md"
DRAFT = "**/_preview/unpublished/now/articles/{}/"


def draft(title: str, body: str) -> str:
    return article(title, body, draft="true")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", {**SMALL, PLACE: draft("台灯", "还在写。")})


@pytest.fixture
def preview(site: Path) -> Iterator[Preview]:
    with previewing(site) as running:
        yield running


@pytest.fixture
def tab(browser: Browser, preview: Preview) -> Iterator[Page]:
    page = browser.new_page()
    show(page, preview, "../_preview/unpublished/now/articles/taideng/")
    page.evaluate("window.mine = 1")
    yield page
    page.close()


def test_each_save_of_a_draft_shows_at_once(tab: Page, site: Path) -> None:
    for text in ("写了一句。", "写了两句。", "写完了。"):
        save(site, PLACE, draft("台灯", text))
        expect(tab.locator(".body")).to_have_text(text)
    assert is_same_page(tab)
    expect(tab.locator(".note", has_text="台灯")).to_have_count(0)


def test_draft_follows_its_title_to_another_address(tab: Page, site: Path) -> None:
    save(site, PLACE, draft("路灯", "还在写。"))
    tab.wait_for_url(DRAFT.format("ludeng"))
    expect(tab.locator("h1")).to_have_text("路灯")
    assert is_same_page(tab)


def test_published_draft_moves_to_its_address_and_back(tab: Page, site: Path) -> None:
    save(site, PLACE, article("台灯", "写完了。"))
    tab.wait_for_url("**/site/articles/taideng/")
    expect(tab.locator(".body")).to_have_text("写完了。")
    save(site, PLACE, draft("台灯", "还要再改。"))
    tab.wait_for_url(DRAFT.format("taideng"))
    expect(tab.locator(".body")).to_have_text("还要再改。")
    save(site, PLACE, draft("台灯", "改好了。"))
    expect(tab.locator(".body")).to_have_text("改好了。")
    assert is_same_page(tab)


def test_deleted_draft_is_told_and_returns(tab: Page, site: Path) -> None:
    (site / PLACE).unlink()
    expect(tab.locator(".note", has_text="这个页面现在没有了")).to_be_visible()
    save(site, PLACE, draft("台灯", "回来了。"))
    expect(tab.locator(".body")).to_have_text("回来了。")
    expect(tab.locator(".note", has_text="没有了")).to_have_count(0)


def test_draft_saved_elsewhere_is_offered(browser: Browser, preview: Preview, site: Path) -> None:
    page = browser.new_page()
    show(page, preview)
    save(site, PLACE, draft("台灯", "又写了一点。"))
    expect(page.locator(".note", has_text="台灯")).to_be_visible()
    page.get_by_role("link", name="去看").click()
    page.wait_for_url(DRAFT.format("taideng"))
    expect(page.locator(".body")).to_have_text("又写了一点。")
    page.close()
