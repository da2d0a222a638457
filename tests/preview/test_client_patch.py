"""The live page becomes the new page, whatever the edit; what others did to it stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from client_pages import opened
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

BEGIN = """async () => {
  const names = ["mirror", "patch", "pairing"];
  const modules = await Promise.all(names.map((name) => import(`/_preview/${name}.js`)));
  const { copyToLive, makeMirror, noteShape, parsePage, patchPage, isSame } =
    Object.assign({}, ...modules);
  const strew = (live, seed) => {
    // A script's own elements and classes, put where a simple generator of numbers says.
    let state = seed;
    const next = (n) => (state = (state * 48271) % 2147483647) % n;
    for (const element of [...live.body.querySelectorAll("*"), live.body]) {
      if (next(3) === 0) element.insertBefore(live.createElement("x-extra"),
        element.childNodes[next(element.childNodes.length + 1)] ?? null);
      if (next(4) === 0) element.classList.add("scripted");
    }
  };
  const tidy = (live) => {
    for (const element of live.querySelectorAll("x-extra")) element.remove();
    for (const element of live.querySelectorAll("[class]")) {
      element.classList.remove("scripted");
      const names = [...element.classList].sort().join(" ");
      if (names) element.setAttribute("class", names);
      else element.removeAttribute("class");
    }
    return live;
  };
  window.run = ([first, ...versions], seed) => {
    const live = parsePage(first);
    const early = seed && seed % 2;
    const shape = noteShape(live);
    if (early) strew(live, seed);
    const mirror = makeMirror(parsePage(first), live, early ? noteShape(live) : shape);
    if (seed && !early) strew(live, seed);
    for (const html of versions) {
      patchPage(mirror, parsePage(html));
      const [served, wanted] = [mirror.served, parsePage(html)].map((page) => page.documentElement);
      if (!isSame(served, wanted)) return `served: ${served.outerHTML}`;
    }
    const [shown, wanted] =
      [live, parsePage(versions.at(-1))].map((page) => tidy(page).documentElement);
    return isSame(shown, wanted) ? "" : `${shown.outerHTML} instead of ${wanted.outerHTML}`;
  };
}"""
"""Makes ``run(versions, seed)``: what is wrong after patching from each version to the next."""

WORDS = st.sampled_from(["山", "水", "a", "b", " ", "\n"])
TAGS = st.sampled_from(["p", "div", "span", "details", "li", "template", "svg"])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class", "id", "style", "hidden", "data-a"]),
    st.sampled_from(["", "a", "a b", "b c", "color: red", "color: red; top: 1px"]),
    max_size=2,
)


def element(tag: str, attributes: dict[str, str], children: list[str]) -> str:
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{written}>{''.join(children)}</{tag}>"


def elements(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(element, TAGS, ATTRIBUTES, st.lists(children, max_size=5))


NODES = st.recursive(WORDS | st.just("<!--c-->") | st.just("<img alt=x>"), elements, max_leaves=12)
BODIES = st.lists(NODES, max_size=8)


@st.composite
def histories(draw: st.DrawFn) -> list[str]:
    """Draw versions of a page, each cut and pasted from the one before."""
    parts = draw(BODIES)
    versions = [parts]
    for _ in range(draw(st.integers(1, 3))):
        parts = list(parts)
        for _ in range(draw(st.integers(0, 4))):
            place = draw(st.integers(0, len(parts)))
            gone = parts[place : place + draw(st.integers(0, 2))]
            fresh = draw(st.lists(NODES, max_size=2))
            parts[place : place + len(gone)] = fresh
            if draw(st.booleans()):
                parts += gone
        versions.append(parts)
    return [f"<!doctype html><title>t</title><body>{''.join(version)}" for version in versions]


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Page]:
    with opened(browser, {"/": "<!doctype html><title>lab</title>"}) as (tab, _):
        tab.evaluate(BEGIN)
        yield tab


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(versions=histories())
def test_patched_page_equals_the_new_page(lab: Page, versions: list[str]) -> None:
    assert lab.evaluate("(versions) => run(versions, 0)", versions) == ""


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(versions=histories(), seed=st.integers(1, 2**20))
def test_patched_page_equals_the_new_page_but_for_what_scripts_added(
    lab: Page, versions: list[str], seed: int
) -> None:
    assert lab.evaluate("([versions, seed]) => run(versions, seed)", [versions, seed]) == ""
