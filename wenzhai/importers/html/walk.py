"""What all steps of one walk over a tree share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wenzhai.importers.html.notes import Notes
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.html.values import Finds
from wenzhai.importers.markdown.model import Block


@dataclass(frozen=True, slots=True)
class Walk:
    """What is found, the tree's footnotes, and the elements that are blocks or hold one."""

    finds: Finds
    notes: Notes
    containers: frozenset[HtmlElement]


Reader = Callable[[HtmlElement, Walk], tuple[Block, ...]]
"""Reads what an element holds."""
