"""Lists: of items, of terms, and what a reader opens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from wenzhai.importers.html.inlines import read_inlines, skip
from wenzhai.importers.html.kinds import name_of
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.html.walk import Reader, Walk
from wenzhai.importers.markdown.model import Block, Details, Items, Quote, Term, Terms
from wenzhai.importers.markdown.tidy import tidy


def read_quote(element: HtmlElement, walk: Walk, read: Reader) -> Iterable[Block]:
    """Read a quotation."""
    inner = read(element, walk)
    return (Quote(inner),) if inner else ()


def read_list(element: HtmlElement, walk: Walk, read: Reader, one: Reader) -> Iterable[Block]:
    """Read a list; ``one`` reads what stands between items, which belongs to the one before."""
    items: list[tuple[Block, ...]] = []
    for child in element:
        if not name_of(child) or walk.notes.is_definition(child) or skip(child, walk.finds):
            continue
        item = name_of(child) == "li"
        inner = read(child, walk) if item else one(child, walk)
        if item or not items:
            items += [inner] if inner else []
        else:
            items[-1] += inner
    start = element.get("start", "").strip()
    first = int(start) if re.fullmatch(r"\d{1,9}", start) else 1
    return (Items(tuple(items), first if name_of(element) == "ol" else None),) if items else ()


def read_terms(element: HtmlElement, walk: Walk, read: Reader) -> Iterable[Block]:
    """Read terms with their descriptions; pairs may stand in a ``div`` each."""
    terms: list[Term] = []
    for child in element.iter("dt", "dd"):
        if child.getparent() is not element and name_of(child.getparent()) != "div":
            continue
        if walk.notes.is_definition(child) or skip(child, walk.finds):
            continue
        if name_of(child) == "dt":
            terms.append(Term(tidy(read_inlines(child, walk.finds, walk.notes)), ()))
        elif blocks := read(child, walk):
            last = terms.pop() if terms else Term((), ())
            terms.append(replace(last, descriptions=(*last.descriptions, blocks)))
    kept = tuple(term for term in terms if term.name or term.descriptions)
    return (Terms(kept),) if kept else ()


def read_details(element: HtmlElement, walk: Walk, read: Reader) -> Iterable[Block]:
    """Read what is folded below a summary."""
    summary = next((child for child in element if name_of(child) == "summary"), None)
    line = tidy(read_inlines(summary, walk.finds, walk.notes)) if summary is not None else ()
    if summary is not None:
        summary.drop_tree()
    inner = read(element, walk)
    return (Details(line, inner),) if line else inner
