"""The connection: it comes back by itself, at the right pace, and changes only what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from client_pages import ORIGIN
from playwright.sync_api import Browser, Page, expect
from preview_wire import FIRST, SECOND, Preview, previewed

PAGE = "<!doctype html><html lang=zh><title>题</title><body><p>一段。</p></body></html>"
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def preview() -> Preview:
    return Preview({"index.html": PAGE})


@pytest.fixture
def tab(browser: Browser, preview: Preview) -> Iterator[Page]:
    """Open a page whose clock only the test moves."""
    context = browser.new_context()
    preview.attach(context)
    page = context.new_page()
    page.clock.install()
    page.goto(f"{ORIGIN}/")
    preview.await_hello(page)
    page.evaluate("window.mine = 1")
    yield page
    context.close()


def pass_time(tab: Page, milliseconds: int) -> None:
    """Let the page's clock run, and its requests be answered, in steps."""
    step = 50
    for _ in range(milliseconds // step):
        tab.clock.run_for(step)


def stop(preview: Preview) -> None:
    preview.is_up = False
    preview.sockets[-1].close()


def tries(preview: Preview) -> int:
    """Count the requests and sockets since the last count."""
    count = len(preview.asked)
    preview.asked.clear()
    return count


def test_ping_is_answered(tab: Page, preview: Preview) -> None:
    preview.heard.clear()
    preview.tell("ping")
    for _ in range(100):
        if preview.heard:
            break
        tab.wait_for_timeout(10)
    assert preview.heard == [{"type": "pong"}]


def test_says_what_it_shows(preview: Preview, tab: Page) -> None:
    assert tab.url
    shown = {"page": "index.html", "version": preview.version(PAGE), "language": "zh"}
    assert preview.heard == [{"type": "open", **shown}]


@pytest.mark.parametrize("away", [100, 5_000, 120_000], ids=["short", "long", "very long"])
def test_visible_page_is_back_within_a_second(tab: Page, preview: Preview, away: int) -> None:
    stop(preview)
    pass_time(tab, min(away, 3_000))
    tab.clock.fast_forward(away)
    preview.is_up = True
    preview.heard.clear()
    pass_time(tab, 1_000)
    assert preview.await_hello(tab)["version"] == preview.version(PAGE)
    assert tab.evaluate("window.mine") == 1


def test_hidden_page_asks_seldom_and_is_back_within_30_seconds(tab: Page, preview: Preview) -> None:
    tab.evaluate(HIDE, arg=True)
    stop(preview)
    for _ in range(20):
        tab.clock.run_for(5_000)
    tries(preview)
    for _ in range(20):
        tab.clock.run_for(5_000)
    assert 1 <= tries(preview) <= 6
    preview.is_up = True
    preview.heard.clear()
    for _ in range(30):
        tab.clock.run_for(1_000)
        tab.wait_for_timeout(20)
    preview.await_hello(tab)


@pytest.mark.parametrize("event", ["visible", "online"])
def test_page_that_is_seen_again_connects_at_once(tab: Page, preview: Preview, event: str) -> None:
    tab.evaluate(HIDE, arg=True)
    stop(preview)
    for _ in range(20):
        tab.clock.run_for(5_000)
    preview.is_up = True
    preview.heard.clear()
    if event == "visible":
        tab.evaluate(HIDE, arg=False)
    else:
        tab.evaluate("Object.defineProperty(document, 'hidden', { get: () => false })")
        tab.evaluate("dispatchEvent(new Event('online'))")
    preview.await_hello(tab)  # no time has passed for the page


def test_silent_socket_is_given_up_within_ten_seconds(tab: Page, preview: Preview) -> None:
    preview.heard.clear()
    for _ in range(3):
        tab.clock.run_for(5_000)
        preview.tell("ping")
        tab.wait_for_timeout(50)
    assert len(preview.sockets) == 1
    pass_time(tab, 10_000)
    preview.await_hello(tab)
    assert len(preview.sockets) == 2


def test_socket_that_died_while_the_machine_slept_is_left_on_waking(
    tab: Page, preview: Preview
) -> None:
    preview.heard.clear()
    tab.clock.set_fixed_time("2099-01-01")
    tab.evaluate("dispatchEvent(new Event('focus'))")
    preview.await_hello(tab)
    assert len(preview.sockets) == 2


def test_restarted_server_is_met_with_its_new_token(tab: Page, preview: Preview) -> None:
    stop(preview)
    preview.is_up, preview.token = True, SECOND
    preview.heard.clear()
    pass_time(tab, 1_000)
    preview.await_hello(tab)
    assert preview.sockets[-1].url.endswith(f"token={SECOND}")
    assert tab.evaluate("window.mine") == 1


def test_page_refused_at_first_finds_the_token_by_itself(browser: Browser) -> None:
    preview = Preview({"index.html": PAGE})
    context = browser.new_context()
    preview.attach(context)
    tab = context.new_page()
    original = preview.answer_page

    def outdated(route: object, path: str) -> None:
        preview.token = FIRST
        original(route, path)  # type: ignore[arg-type] # passed on as it came
        preview.token = SECOND

    preview.answer_page = outdated  # type: ignore[method-assign]
    tab.goto(f"{ORIGIN}/")
    preview.answer_page = original  # type: ignore[method-assign]
    preview.token = SECOND
    preview.await_hello(tab)
    assert preview.sockets[-1].url.endswith(f"token={SECOND}")
    context.close()


def test_change_made_while_the_server_was_away_is_patched_in(tab: Page, preview: Preview) -> None:
    stop(preview)
    preview.is_up = True
    preview.heard.clear()
    pass_time(tab, 1_000)
    preview.await_hello(tab)
    preview.save("index.html", PAGE.replace("一段", "两段"))
    expect(tab.locator("p")).to_have_text("两段。")
    assert tab.evaluate("window.mine") == 1


def test_lost_connection_is_told_and_the_note_goes_when_it_is_back(
    tab: Page, preview: Preview
) -> None:
    stop(preview)
    pass_time(tab, 1_000)
    expect(tab.locator(".note")).to_have_count(0)
    pass_time(tab, 2_500)
    expect(tab.locator(".note")).to_contain_text("预览断开了")
    preview.is_up = True
    pass_time(tab, 1_000)
    expect(tab.locator(".note")).to_have_count(0)


def test_goodbye_of_the_server_is_no_error(tab: Page, preview: Preview) -> None:
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    preview.is_up = False
    preview.tell("bye")
    pass_time(tab, 1_000)
    preview.is_up = True
    preview.heard.clear()
    pass_time(tab, 1_000)
    preview.await_hello(tab)
    assert errors == []


def test_page_kept_by_the_browser_connects_again_when_returned_to(browser: Browser) -> None:
    preview = Preview({"index.html": PAGE, "b/index.html": PAGE})
    with previewed(browser, preview) as tab:
        tab.goto(f"{ORIGIN}/b/")
        preview.await_hello(tab, 2)
        tab.go_back()
        assert preview.await_hello(tab, 3)["page"] == "index.html"


def test_nothing_is_asked_of_other_origins(tab: Page, preview: Preview) -> None:
    stop(preview)
    pass_time(tab, 1_000)
    preview.is_up = True
    pass_time(tab, 1_000)
    assert {urlsplit(url).netloc for url in preview.asked} == {urlsplit(ORIGIN).netloc}


def test_page_without_the_servers_data_is_left_alone(browser: Browser) -> None:
    preview = Preview({"index.html": PAGE})
    with previewed(browser, preview) as tab:
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.evaluate("import('/_preview/client.js?again')")
        assert errors == []
        assert len(preview.sockets) == 1


def test_scripts_leave_no_global_behind(browser: Browser) -> None:
    preview = Preview({"index.html": PAGE})
    with previewed(browser, preview) as tab:
        bare = browser.new_page()
        names = "Object.getOwnPropertyNames(window).filter((name) => !name.startsWith('__p'))"
        assert set(tab.evaluate(names)) <= set(bare.evaluate(names))
        bare.close()
