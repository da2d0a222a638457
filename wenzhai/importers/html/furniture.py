"""What of a page is surely no article: navigation, comments, adverts, lists of others.

Names of classes decide only about elements that hold little of the page's prose, for sites call
their bodies the strangest things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from wenzhai.importers.html.class_names import promise_of
from wenzhai.importers.html.kinds import classes, is_hidden, name_of
from wenzhai.importers.html.leaves import Measured, Weight, prose_of, sum_up
from wenzhai.importers.html.sweep import Sweep
from wenzhai.importers.html.tree import HtmlElement

_NAVIGATING = "navigation banner contentinfo complementary search menu menubar dialog alertdialog"
ROLES = frozenset(_NAVIGATING.split())
GONE = frozenset({"nav", "footer", "aside", "menu"})
FRAME = frozenset({"html", "body", "main", "article"})
MOST_SURE = 0.7
MOST_PERHAPS = 0.2
"""Shares of a page's prose: what holds more is no furniture, whatever it is called."""
ROWS = frozenset({"li", "div", "article", "section", "dl", "tr"})
FEWEST_TEASERS = 3
LONGEST_TEASER = 300
"""Words."""
LISTS = frozenset({"ul", "ol", "dl", "li"})
ALIKE = 0.7
LED = 0.25
HEADED = ("h2", "h3", "h4", "h5")


def sweep_furniture(
    measured: Measured,
    headline: HtmlElement | None,
    teasers: frozenset[HtmlElement],
    sweep: Sweep,
) -> None:
    """Take off what names itself furniture and holds no body; the headline's place stays.

    Args:
        measured: the page.
        headline: the element of its headline, if that is seen.
        teasers: rows that announce other articles; they are no prose of the page.
        sweep: takes what goes.
    """
    root, totals = measured.root, measured.totals
    hidden_in_rows = {inner for row in teasers for inner in row.iter()}
    weighed = {one: weight for one, weight in measured.weights.items() if one not in hidden_in_rows}
    prose = sum_up(measured.order, prose_of, weighed)
    whole = prose.get(root) or 1.0
    around = {headline, *headline.iterancestors()} if headline is not None else set()
    gone: set[HtmlElement] = set()
    for element in measured.order:
        name = name_of(element)
        if not name or element.getparent() in gone:
            gone.add(element)
        elif name not in FRAME and element is not root and element not in around:
            reason, most = _furniture(element, name)
            if name in LISTS and element in totals and totals[element].link_share < LED:
                continue  # an article's own
            if reason and prose.get(element, 0.0) <= most * whole:
                gone.add(element)
                sweep.take(element, reason)


def _furniture(element: HtmlElement, name: str) -> tuple[str, float]:
    """Return why an element is furniture, and which share of the prose it may hold."""
    if name in GONE or element.get("role", "") in ROLES:
        return "navigation", MOST_SURE
    if is_hidden(element):
        return "hidden", MOST_SURE
    named = promise_of(classes(element))
    if named.sure:
        return "page furniture", MOST_PERHAPS if named.likely else MOST_SURE
    perhaps = named.perhaps and not named.likely
    return ("page furniture", MOST_PERHAPS) if perhaps else ("", 0.0)


def find_teasers(measured: Measured) -> frozenset[HtmlElement]:
    """Find rows that announce other articles: alike, one after the other, each led by a link."""
    totals = measured.totals
    return frozenset(row for element in totals for row in _rows_of_links(element, totals))


def _rows_of_links(
    element: HtmlElement, totals: Mapping[HtmlElement, Weight]
) -> Iterator[HtmlElement]:
    if len(element) < FEWEST_TEASERS:
        return
    rows = [(child, (name_of(child), child.get("class"))) for child in element]
    kinds = Counter(kind for _, kind in rows if kind[0] in ROWS)
    for kind, count in kinds.items():
        if count >= FEWEST_TEASERS:
            alike = [child for child, other in rows if other == kind]
            led = [child for child in alike if _is_led_by_link(child, totals)]
            if len(led) >= ALIKE * len(alike):
                yield from led


def _is_led_by_link(row: HtmlElement, totals: Mapping[HtmlElement, Weight]) -> bool:
    weight = totals.get(row)
    if weight is None or not 0 < weight.words < LONGEST_TEASER:
        return False
    return weight.link_share > LED or is_headed(row)


def is_headed(row: HtmlElement) -> bool:
    """Tell whether a row has a heading that leads elsewhere: it announces an article."""
    return any(
        next(head.iter("a"), None) is not None or _linked(head, row) for head in row.iter(*HEADED)
    )


def _linked(element: HtmlElement, row: HtmlElement) -> bool:
    """Tell whether a link stands around an element, inside its row."""
    for up in element.iterancestors():
        if up is row:
            return False
        if name_of(up) == "a":
            return True
    return False
