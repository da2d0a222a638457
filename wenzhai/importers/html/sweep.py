"""What is swept off a page, kept for the record: where it stood, why it went, what it said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wenzhai.importers.html.kinds import BLOCKS, EMBEDS, SILENT, is_hidden, name_of
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.record import Removed

_BLANKS = re.compile(r"\s+")
PARTED = frozenset({"span", "a", "em", "i", "time", "label", "small", "font"})
FEWEST_BUTTONS = 3
LONGEST_BUTTON = 6
UNSEEN = frozenset({"noscript"} | EMBEDS.keys())


@dataclass(slots=True)
class Sweep:
    """What has been taken off one page so far."""

    removed: list[Removed] = field(default_factory=list)

    def take(self, element: HtmlElement, reason: str) -> None:
        """Take an element out of its tree, its text into the record; what follows it stays."""
        self.note(element, reason)
        if element.getparent() is not None:
            element.drop_tree()

    def note(self, element: HtmlElement, reason: str) -> None:
        """Write down the text of an element, a row for each of its lines."""
        for line, text in shown_lines(element, parted=True):
            self.removed.append(Removed(line, 0, 0, reason, text))


def shown_lines(
    element: HtmlElement, *, parted: bool = False, without: frozenset[HtmlElement] = frozenset()
) -> Iterator[tuple[int, str]]:
    """Yield what a reader sees of an element, line by line, with the line of the source.

    With ``parted``, a blank stands between inline elements, as their styles make it look.
    Elements of ``without`` are passed over.
    """
    lines: list[tuple[int, list[str]]] = [(element.sourceline or 0, [])]
    _gather(element, lines, " " if parted else "", without)
    for number, pieces in lines:
        if text := _BLANKS.sub(" ", "".join(pieces)).strip():
            yield number, text


def button_texts(root: HtmlElement) -> frozenset[str]:
    """Return the items of lists that hold nothing but single words: buttons, sections."""
    found: set[str] = set()
    for element in root.iter("ul", "ol"):
        items = [" ".join(item.text_content().split()) for item in element.iterchildren("li")]
        if len(items) >= FEWEST_BUTTONS and all(len(text) <= LONGEST_BUTTON for text in items):
            found.update(items)
    return frozenset(found - {""})


def _gather(
    element: HtmlElement,
    lines: list[tuple[int, list[str]]],
    gap: str,
    without: frozenset[HtmlElement],
) -> None:
    name = name_of(element)
    if not name or name in SILENT or name == "head" or element in without or is_hidden(element):
        return
    apart = name in BLOCKS or name == "br"
    if apart:
        lines.append((element.sourceline or 0, []))
    elif gap and name in PARTED:
        lines[-1][1].append(gap)
    if element.text and name not in UNSEEN:
        lines[-1][1].append(element.text)
    for child in element:
        _gather(child, lines, gap, without)
        if child.tail:
            lines[-1][1].append(child.tail)
    if apart:
        lines.append((element.sourceline or 0, []))
    elif gap and name in PARTED:
        lines[-1][1].append(gap)
