"""A real Chromium for tests, and what they measure in a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

CONTRAST = """() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = (c) => {
    const [r, g, b] = parse(c).slice(0, 3).map((v) => {
      const s = v / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (parse(c)[3] !== 0) return c;
    }
  };
  const bad = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility()) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) bad.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return bad;
}"""
"""Returns the elements whose text stands out too little from its ground (WCAG 2.2, 1.4.3)."""
SMALL_TARGETS = """() => {
  const small = [];
  for (const e of document.querySelectorAll("a, button, summary")) {
    if (!e.checkVisibility() || e.closest(".body, .skip")) continue;
    const row = e.closest(".rows li");
    const height = Math.round((row || e).getBoundingClientRect().height);
    if (height < 40) small.push(`${e.outerHTML.slice(0, 80)} ${height}`);
  }
  return small;
}"""
"""Returns the links outside running text that are too low for a finger (40 CSS pixels)."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser; skip the test where there is none."""
    path = find_browser()
    if not path:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


def find_browser() -> str | None:
    """Find a Chromium: the one that WENZHAI_CHROMIUM names, or one on the path."""
    names = (
        os.environ.get("WENZHAI_CHROMIUM", ""),
        "chromium",
        "chromium-browser",
        "google-chrome",
    )
    return next((path for name in names if name and (path := shutil.which(name))), None)
