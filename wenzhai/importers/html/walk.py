"""What all steps of one walk over a tree share."""

from __future__ import annotations

from dataclasses import dataclass

from wenzhai.importers.html.notes import Notes
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.html.values import Finds


@dataclass(frozen=True, slots=True)
class Walk:
    """What is found, the tree's footnotes, and the elements that are blocks or hold one."""

    finds: Finds
    notes: Notes
    containers: frozenset[HtmlElement]
