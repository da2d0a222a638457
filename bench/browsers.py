"""Measures in a Chromium when a save shows in an open page."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

from editing import Editor, Saved
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from serving import LIMIT, Running

NAMES = ("chromium", "chromium-browser", "google-chrome")
WATCH = r"""(() => {
  const seen = new Set();
  const look = () => {
    for (const word of document.body?.textContent.match(/zz\d+q/g) ?? []) {
      if (seen.has(word)) continue;
      seen.add(word);
      console.debug("seen", word, performance.timeOrigin + performance.now());
    }
  };
  new MutationObserver(look).observe(document, {
    childList: true, characterData: true, subtree: true,
  });
})();"""
"""Tells when each word of a save first stands in the page, also one that was loaded anew."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser (WENZHAI_CHROMIUM names another one)."""
    path = os.environ.get("WENZHAI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


class Tab:
    """An open page that knows when words came into it."""

    def __init__(self, started: Browser, running: Running, editor: Editor) -> None:
        """Open the article whose body is edited."""
        self._page: Page = started.new_page()
        self._seen: dict[str, float] = {}
        self._page.on("console", self._hear)
        self._page.add_init_script(WATCH)
        self._page.goto(f"http://127.0.0.1:{running.port}{editor.body_address}")
        self._page.wait_for_timeout(1000)

    def milliseconds(self, saved: Saved) -> float:
        """Return how long after a save the page holds it."""
        written = time.time() - (time.monotonic() - saved.moment)
        while saved.word not in self._seen:
            if time.time() - written > LIMIT:
                return float("inf")
            self._page.wait_for_timeout(5)
        return self._seen[saved.word] - written * 1000

    def close(self) -> None:
        """Close the page."""
        self._page.close()

    def _hear(self, message: ConsoleMessage) -> None:
        what, _, rest = message.text.partition(" ")
        if what == "seen":
            word, _, moment = rest.partition(" ")
            self._seen[word] = float(moment)
