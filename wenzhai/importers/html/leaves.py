"""The weight of a page's text: how much of each element is prose, how much only leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from wenzhai.importers.html.kinds import BLOCKS, SILENT
from wenzhai.importers.html.tree import HtmlElement

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af_]+")
STOPS = re.compile(r"[，。！？；：、”」…]|[,.;:!?](?=\s|$)")
UNREAD = frozenset(
    {*SILENT, "noscript", "button", "select", "option", "textarea", "svg", "head", "iframe"}
)
SHORTEST_PROSE = 8
"""Words."""


@dataclass(slots=True)
class Weight:
    """Words of an element: all of them, those in links; and the stops outside of links."""

    words: float = 0.0
    linked: float = 0.0
    stops: int = 0

    def add(self, other: Weight) -> None:
        """Add what another element weighs."""
        self.words += other.words
        self.linked += other.linked
        self.stops += other.stops

    @property
    def plain(self) -> float:
        """The words outside of links."""
        return self.words - self.linked

    @property
    def link_share(self) -> float:
        """The share of the words that only lead elsewhere."""
        return self.linked / self.words if self.words else 0.0


Weights = Mapping[HtmlElement, Weight]


@dataclass(frozen=True, slots=True)
class Measured:
    """A tree with its text.

    Attributes:
        order: all elements, the root first. Kept, for elements that nobody holds are made anew
            each time they are met.
        weights: the text that stands directly in each block (not in blocks inside it).
        totals: the text that each element holds; those without any are left out.
    """

    order: tuple[HtmlElement, ...]
    weights: dict[HtmlElement, Weight]
    totals: dict[HtmlElement, Weight]

    @property
    def root(self) -> HtmlElement:
        """The element that holds all others."""
        return self.order[0]


def measure(root: HtmlElement) -> Measured:
    """Weigh the text of a tree."""
    order = tuple(root.iter())
    found: dict[HtmlElement, Weight] = {}
    _walk(root, root, found, linked=False)
    return Measured(order, found, _totals(order, found))


def within(measured: Measured, root: HtmlElement) -> Measured:
    """Return what is measured below an element, or what is left of a tree."""
    order = tuple(root.iter())
    weights = {one: measured.weights[one] for one in order if one in measured.weights}
    return Measured(order, weights, _totals(order, weights))


def worth(weight: Weight) -> float:
    """Return what a block of text counts: prose for the body, links against it."""
    if weight.stops and weight.plain >= SHORTEST_PROSE:
        return weight.plain * (1 - weight.link_share) - weight.linked
    return -0.2 * weight.plain - 0.6 * weight.linked


def prose_of(weight: Weight) -> float:
    """Return how much of a block is prose."""
    return max(worth(weight), 0.0)


def sum_up(
    order: Sequence[HtmlElement], value: Callable[[Weight], float], weights: Weights
) -> dict[HtmlElement, float]:
    """Sum up what blocks are worth over all that each element holds; zeros are left out."""
    sums: dict[HtmlElement, float] = {}
    for element in reversed(order):
        own = weights.get(element)
        total = sums.get(element, 0.0) + (value(own) if own is not None else 0.0)
        if total:
            sums[element] = total
            if element is not order[0]:
                above = element.getparent()
                sums[above] = sums.get(above, 0.0) + total
    return sums


def _totals(order: Sequence[HtmlElement], weights: Weights) -> dict[HtmlElement, Weight]:
    """Sum up the text that each element holds."""
    totals: dict[HtmlElement, Weight] = {}
    for element in reversed(order):
        total, own = totals.get(element), weights.get(element)
        if own is not None:
            total = totals.setdefault(element, Weight())
            total.add(own)
        if total is not None and element is not order[0]:
            totals.setdefault(element.getparent(), Weight()).add(total)
    return totals


def _walk(
    element: HtmlElement, block: HtmlElement, found: dict[HtmlElement, Weight], *, linked: bool
) -> None:
    name = element.tag
    if not isinstance(name, str) or name in UNREAD:
        return
    inner = element if name in BLOCKS else block
    in_link = linked or name == "a"
    _add(found, inner, element.text, linked=in_link)
    for child in element:
        _walk(child, inner, found, linked=in_link)
        _add(found, inner, child.tail, linked=in_link)


def _add(
    found: dict[HtmlElement, Weight], block: HtmlElement, text: str | None, *, linked: bool
) -> None:
    if not text or text.isspace():
        return
    weight = found.get(block)
    if weight is None:
        weight = found[block] = Weight()
    words = _words(text)
    weight.words += words
    if linked:
        weight.linked += words
    else:
        weight.stops += len(STOPS.findall(text))


def _words(text: str) -> float:
    """Count words; two characters of Chinese make one."""
    if text.isascii():
        return len(WORD.findall(text))
    characters = len(CJK.findall(text))
    return characters / 2 + (len(WORD.findall(text)) if characters < len(text) else 0)
