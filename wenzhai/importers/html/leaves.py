"""The weight of a page's text: how much of each element is prose, how much only leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from wenzhai.importers.html.kinds import BLOCKS, SILENT, name_of
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


def weigh(root: HtmlElement) -> dict[HtmlElement, Weight]:
    """Weigh the text that stands directly in each block of a tree (not in blocks inside it)."""
    found: dict[HtmlElement, Weight] = {}
    _walk(root, root, found, linked=False)
    return found


def worth(weight: Weight) -> float:
    """Return what a block of text counts: prose for the body, links against it."""
    if weight.stops and weight.plain >= SHORTEST_PROSE:
        return weight.plain * (1 - weight.link_share) - weight.linked
    return -0.2 * weight.plain - 0.6 * weight.linked


def prose_of(weight: Weight) -> float:
    """Return how much of a block is prose."""
    return max(worth(weight), 0.0)


def sum_up(root: HtmlElement, values: Mapping[HtmlElement, float]) -> dict[HtmlElement, float]:
    """Sum up the values of blocks over all that each element holds."""
    sums: dict[HtmlElement, float] = {}
    for element in reversed(list(root.iter())):
        total = values.get(element, 0.0)
        for child in element:
            total += sums.get(child, 0.0)
        sums[element] = total
    return sums


def totals_of(
    root: HtmlElement, weights: Mapping[HtmlElement, Weight]
) -> dict[HtmlElement, Weight]:
    """Sum up the text that each element holds; those without any are left out."""
    totals: dict[HtmlElement, Weight] = {}
    for element, weight in weights.items():
        holder: HtmlElement | None = element
        while holder is not None:
            total = totals.get(holder)
            if total is None:
                total = totals[holder] = Weight()
            total.add(weight)
            if holder is root:
                break
            holder = holder.getparent()
    return totals


def _walk(
    element: HtmlElement, block: HtmlElement, found: dict[HtmlElement, Weight], *, linked: bool
) -> None:
    name = name_of(element)
    if not name or name in UNREAD:
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
    words = len(CJK.findall(text)) / 2 + len(WORD.findall(text))  # two characters make a word
    weight.words += words
    if linked:
        weight.linked += words
    else:
        weight.stops += len(STOPS.findall(text))
