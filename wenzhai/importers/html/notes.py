"""Footnotes in pages: references that lead to an element, and the text that stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wenzhai.importers.html.kinds import name_of
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.html.values import Finds

NOTE_ID = re.compile(
    r"#(?:(?:user-content-)?fn[:_-]?\w*|(?:foot|end)note[:_-]?\w*|note[:_-]?\w+|cite_note[\w.-]*|_ftn\d+|"
    r"_edn\d+|f\d+|ref[:_-]?\d+|n\d+)$",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"[\[(（【［]?\s*(?:注|\*|†)?\s*(\d{1,3}|[a-z]|[ivx]{1,4}|\*|†)\s*[\])）】］]?", re.IGNORECASE
)
BACK = re.compile(r"[\s↩↑^⏎︎\ufe0e←]*|back|返回|\^", re.IGNORECASE)


@dataclass(slots=True)
class Notes:
    """The footnotes of a tree: the elements that define them, by label, and their references."""

    definitions: dict[str, HtmlElement] = field(default_factory=dict)
    references: dict[HtmlElement, str] = field(default_factory=dict)

    def reference(self, element: HtmlElement) -> str:
        """Return the label of the note that an element refers to, or an empty text."""
        return self.references.get(element, "")

    def is_definition(self, element: HtmlElement) -> bool:
        """Tell whether an element is the text of a note."""
        return element in self.definitions.values()


def find_notes(root: HtmlElement, finds: Finds) -> Notes:
    """Find the references whose notes stand in the same tree; take the links back out of these."""
    targets = {
        element.get("id") or element.get("name") or "": element
        for element in root.iter()
        if name_of(element) and (element.get("id") or (element.tag == "a" and element.get("name")))
    }
    notes = Notes()
    labels: dict[str, str] = {}
    for link in root.iter("a"):
        href = link.get("href", "")
        target = _definition(targets.get(href[1:])) if href.startswith("#") else None
        if target is None or not _refers(link, href) or _inside(link, target):
            continue
        label = labels.setdefault(href, str(len(labels) + 1))
        notes.definitions[label] = target
        notes.references[_whole(link)] = label
    for target in notes.definitions.values():
        _take_ways_back(target, finds)
    return notes


def _refers(link: HtmlElement, href: str) -> bool:
    if not NUMBER.fullmatch(link.text_content().strip()):
        return False
    raised = any(name_of(up) == "sup" for up in (link, *link.iterancestors())[:3]) or any(
        True for _ in link.iter("sup")
    )
    return raised or bool(NOTE_ID.search(href)) or "footnote" in link.get("class", "")


def _definition(target: HtmlElement | None) -> HtmlElement | None:
    """Return the block that a note's target is or stands in."""
    if target is None:
        return None
    for element in (target, *target.iterancestors()):
        if name_of(element) in {"li", "p", "dd", "div", "aside"}:
            return element if name_of(element) != "div" or element is target else None
    return None


def _inside(link: HtmlElement, target: HtmlElement) -> bool:
    return any(up is target for up in link.iterancestors())


def _whole(link: HtmlElement) -> HtmlElement:
    """Return the raised element around a reference, if that is all it holds."""
    parent = link.getparent()
    if parent is None or name_of(parent) not in {"sup", "span"} or len(parent) > 1:
        return link
    alone = not (parent.text or "").strip(" [") and not (link.tail or "").strip(" ]")
    return parent if alone else link


def _take_ways_back(target: HtmlElement, finds: Finds) -> None:
    """Take out links from a note to its references: our renderer makes its own."""
    for link in list(target.iter("a")):
        shown = link.text_content().strip()
        if link.get("href", "").startswith("#") and (
            BACK.fullmatch(shown) or NUMBER.fullmatch(shown)
        ):
            finds.drop("way back from a note", shown)
            link.drop_tree()
