"""What within a body is none of its article: lists of links, other articles, what is so named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wenzhai.importers.folding import bare
from wenzhai.importers.html.class_names import promise_of
from wenzhai.importers.html.furniture import is_headed
from wenzhai.importers.html.kinds import classes, name_of
from wenzhai.importers.html.leaves import (
    SHORTEST_PROSE,
    Measured,
    Weight,
    prose_of,
    sum_up,
    within,
    worth,
)
from wenzhai.importers.html.sweep import Sweep
from wenzhai.importers.html.tree import HtmlElement

_INNER_NAMES = "div ul ol section table form dl header aside p fieldset h2 h3 h4"
CONDITIONAL = frozenset(_INNER_NAMES.split())
MOSTLY_LINKS = 0.5
SOME_LINKS = 0.2
ALL_LINKS = 0.9
MOST_OF_IT = 0.5
LITTLE_OF_IT = 0.3
LONG_ITEM = 12
"""Words."""
LONG_CAPTION = 40
"""Characters that are no chance."""


@dataclass(frozen=True, slots=True)
class _Sums:
    """What each element of a body holds: its text, its worth, its prose."""

    totals: Mapping[HtmlElement, Weight]
    worth: Mapping[HtmlElement, float]
    prose: Mapping[HtmlElement, float]


def prune(
    body: HtmlElement,
    headline: HtmlElement | None,
    page: Measured,
    teasers: frozenset[HtmlElement],
    sweep: Sweep,
) -> None:
    """Take what is no part of an article out of its body.

    Args:
        body: the element that holds the article.
        headline: the element of the page's headline, if that is seen.
        page: all of the page.
        teasers: rows that announce other articles.
        sweep: takes what goes.
    """
    _prune_captions(body, sweep)
    announced = {row for row in (*teasers, *body.iterdescendants("article")) if is_headed(row)}
    announced -= set() if headline is None else set(headline.iterancestors())
    sums = _sums(body, page)
    gone: set[HtmlElement] = set()
    for element in list(body.iter()):
        inside = element.getparent() in gone
        reason = "" if inside else _reason(element, body, announced, sums)
        if inside or reason:
            gone.add(element)
        if reason:
            sweep.take(element, reason)


def _sums(body: HtmlElement, page: Measured) -> _Sums:
    here = within(page, body)
    return _Sums(
        here.totals,
        sum_up(here.order, worth, here.weights),
        sum_up(here.order, prose_of, here.weights),
    )


def _reason(
    element: HtmlElement, body: HtmlElement, announced: set[HtmlElement], sums: _Sums
) -> str:
    if element in announced:
        return "related list"
    if element is body or element.tag not in CONDITIONAL or element not in sums.totals:
        return ""
    if sums.prose.get(element, 0.0) >= MOST_OF_IT * (sums.prose.get(body) or 1.0):
        return ""
    whole = max(sums.worth.get(body, 0.0), 1.0)
    return _unfit(element, sums.totals[element], sums.worth.get(element, 0.0), whole)


def _unfit(element: HtmlElement, weight: Weight, value: float, whole: float) -> str:
    if name_of(element) in {"ul", "ol"} and _tells(element, weight):
        return ""
    most = ALL_LINKS if name_of(element) == "p" else MOSTLY_LINKS
    if weight.link_share > most and weight.words > SHORTEST_PROSE / 2:
        return "links"
    if promise_of(classes(element)).sure and value < LITTLE_OF_IT * whole:
        return "page furniture"
    few = value < 0 and weight.link_share > SOME_LINKS and name_of(element) != "p"
    return "links" if few else ""


def _tells(element: HtmlElement, weight: Weight) -> bool:
    """Tell whether the items of a list are sentences, whatever they link to."""
    items = sum(1 for _ in element.iterchildren("li")) or 1
    long = weight.words >= LONG_ITEM * items
    return long and weight.stops * 2 >= items and weight.link_share < ALL_LINKS


def _prune_captions(body: HtmlElement, sweep: Sweep) -> None:
    """Leave each caption once: galleries print them cut short, whole, and for their full screen."""
    longest: dict[str, HtmlElement] = {}
    for element in [one for one in body.iter() if _is_caption(one)]:
        text = bare(element.text_content())
        if len(text) < LONG_CAPTION or any(map(_is_caption, element.iterdescendants())):
            continue
        before = longest.setdefault(text[:LONG_CAPTION], element)
        if before is not element:
            shorter = len(bare(before.text_content())) < len(text)
            sweep.take(before if shorter else element, "repeated")
            longest[text[:LONG_CAPTION]] = element if shorter else before


def _is_caption(element: HtmlElement) -> bool:
    return "caption" in (element.get("class") or "")
