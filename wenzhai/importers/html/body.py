"""The body of an article: the element of a page that holds its prose and little else.

Each block of text speaks for what holds it, by its stops and its length; what is named like a body
or like furniture starts with an advantage or a handicap.
"""

from __future__ import annotations

from collections.abc import Mapping

from wenzhai.importers.html.class_names import promise_of
from wenzhai.importers.html.furniture import is_headed
from wenzhai.importers.html.kinds import classes, name_of
from wenzhai.importers.html.leaves import (
    SHORTEST_PROSE,
    Measured,
    Weight,
    Weights,
    prose_of,
    sum_up,
    worth,
)
from wenzhai.importers.html.tree import HtmlElement

Scores = dict[HtmlElement, float]

_LINE_NAMES = "p li h1 h2 h3 h4 h5 h6 blockquote pre dd dt figcaption caption"
LINES = frozenset(_LINE_NAMES.split())
SHARES = (1, 2, 6, 9, 12)
"""What a block gives its parent, grandparent and so on is divided by these."""
WORDS_A_POINT = 16
MOST_POINTS = 3.0
NAMED_WELL = 25.0
NEAR_ENOUGH = 0.3
AN_ARTICLE = 60
"""Words."""
MOSTLY_LINKS = 0.5
A_PARAGRAPH = 20


def find_body(
    page: Measured, headline: HtmlElement | None, teasers: frozenset[HtmlElement] = frozenset()
) -> list[HtmlElement]:
    """Return the element that holds the article, and those beside it that go on with it.

    Where a page holds several articles, the first that follows the headline is meant.
    """
    totals = page.totals
    scores = _scores(page, headline, teasers)
    rated = {one: score * (1 - totals[one].link_share) for one, score in scores.items()}
    if not rated:
        return [page.root]
    top = max(rated, key=lambda one: rated[one])
    if headline is not None:
        top = _nearest(page, headline, top, rated)
    return _with_siblings(_widened(top, scores, totals), scores, totals)


def agreement(page: Measured, bodies: list[HtmlElement]) -> float:
    """Return how far another way of looking finds the same body, 0 to 1.

    It takes the element in which prose outweighs links the most, whatever anything is called.
    """
    sums = sum_up(page.order, worth, page.weights)
    named = (one for one in sums if name_of(one))
    best = max(named, key=lambda one: sums[one], default=page.root)
    mine = {inner for body in bodies for inner in body.iter()}
    other = set(best.iter())
    both = sum(weight.plain for one, weight in page.weights.items() if one in mine and one in other)
    empty = Weight()
    either = sum(page.totals.get(one, empty).plain for one in (*bodies, best)) - both
    return both / either if either > 0 else 1.0


def _points(weight: Weight) -> float:
    """Return how much a block speaks for what holds it: its stops, and its length up to a limit."""
    if weight.plain < SHORTEST_PROSE or weight.link_share > MOSTLY_LINKS:
        return 0.0
    length = min(weight.plain / WORDS_A_POINT, MOST_POINTS)
    return (1 + weight.stops + length) * (1 - weight.link_share)


def _scores(
    page: Measured, headline: HtmlElement | None, teasers: frozenset[HtmlElement]
) -> Scores:
    """Give what holds each block its points, less of them the further out it stands."""
    points: Scores = {}
    apart = (*teasers, *_talk(page), *([] if headline is None else [headline]))
    announced = {inner for row in apart for inner in row.iter()}
    for element, weight in page.weights.items():
        got = 0.0 if element in announced else _points(weight)
        if not got:
            continue
        holder = element.getparent() if name_of(element) in LINES else element
        for share in SHARES:
            if holder is None:
                break
            points[holder] = points.get(holder, 0.0) + got / share
            holder = None if holder is page.root else holder.getparent()
    return {one: got + _standing(one) for one, got in points.items()}


def _talk(page: Measured) -> list[HtmlElement]:
    """Return what holds readers' comments, where there is an article beside them."""
    found = [one for one in page.order if name_of(one) and promise_of(classes(one)).comments]
    inner = {part for one in found for part in one.iter()}
    outside = sum(prose_of(weight) for one, weight in page.weights.items() if one not in inner)
    return found if outside >= AN_ARTICLE else []


def _standing(element: HtmlElement) -> float:
    """Return what an element's name is worth."""
    named = promise_of(classes(element))
    standing = 5.0 if name_of(element) in {"article", "main"} else 0.0
    standing += NAMED_WELL if named.likely else 0.0
    return standing - (NAMED_WELL if named.sure or named.perhaps else 0.0)


def _nearest(
    page: Measured, headline: HtmlElement, top: HtmlElement, rated: Mapping[HtmlElement, float]
) -> HtmlElement:
    """Return the first article behind the headline, where the best one stands further down.

    It has to be long enough to be one, and apart from the best one.
    """
    place = {element: at for at, element in enumerate(page.order)}
    if headline not in place or place[top] < place[headline]:
        return top
    outside = set(top.iterancestors())
    for element in page.order[place[headline] + 1 : place[top]]:
        near = rated.get(element, 0.0) >= NEAR_ENOUGH * rated[top]
        if near and page.totals[element].words >= AN_ARTICLE and element not in outside:
            inner = [one for one in element.iter() if one in rated]
            return max(inner, key=lambda one: rated[one])
    return top


def _widened(top: HtmlElement, scores: Scores, totals: Weights) -> HtmlElement:
    """Go out to what holds the body alone: a lone child's parent is the better place."""
    while True:
        above = top.getparent()
        if above is None or above not in totals or name_of(above) == "body":
            return top
        grown = totals[above].words / (totals[top].words or 1.0)
        mine, theirs = scores.get(top, 0.0), scores.get(above, 0.0)
        if (grown > 1.1 and theirs < mine) or (grown > 1.02 and theirs < 0.75 * mine):  # noqa: PLR2004  # a heading, a line of credits
            return top
        top = above


def _with_siblings(top: HtmlElement, scores: Scores, totals: Weights) -> list[HtmlElement]:
    above = top.getparent()
    if above is None:
        return [top]
    return [one for one in above if one is top or _goes_on(one, top, scores, totals)]


def _goes_on(one: HtmlElement, top: HtmlElement, scores: Scores, totals: Weights) -> bool:
    """Tell whether a neighbour of the body is part of the same article."""
    weight = totals.get(one)
    if weight is None or is_headed(one) or weight.link_share >= 0.3:  # noqa: PLR2004  # prose has few links
        return False
    if name_of(one) == "p" and weight.words >= A_PARAGRAPH:
        return True
    best = scores.get(top, 0.0)
    alike = bool(top.get("class")) and one.get("class") == top.get("class")
    bonus = 0.2 * best if alike else 0.0
    return one in scores and scores[one] + bonus >= max(10.0, 0.2 * best)
