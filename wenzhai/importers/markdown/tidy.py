"""Inline content in its plainest form: no empty marks, no blanks at their edges, no doubles.

What Markdown can express is decided on this form, so both writers begin with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wenzhai.importers.markdown.model import Break, Code, Inline, Link, Mark, Text

_SPACES = re.compile(r"[ \t\n\r\f]+")
EMPHASIS = frozenset({"strong", "em", "del"})


def tidy(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return the plainest form of a block's content, without blanks and breaks around it."""
    _, core, _ = _parted(_flow(inlines, frozenset()))
    return tuple(core)


def visible_text(inlines: Iterable[Inline]) -> str:
    """Return the characters that a reader sees; a break is a space, images show nothing."""
    return "".join(_shown(item) for item in inlines)


def _shown(item: Inline) -> str:
    if isinstance(item, Text | Code):
        return item.text
    if isinstance(item, Link | Mark):
        return visible_text(item.children)
    return " " if isinstance(item, Break) else ""


def _flow(inlines: Iterable[Inline], within: frozenset[str]) -> list[Inline]:
    """Tidy each item and join what belongs together; ``within`` are the marks around it."""
    out: list[Inline] = []
    for item in inlines:
        for piece in _pieces(item, within):
            _append(out, piece)
    return out


def _pieces(item: Inline, within: frozenset[str]) -> Sequence[Inline]:
    """Return what takes an item's place: a mark gives its outer blanks away, or goes."""
    if isinstance(item, Text):
        return (item,) if item.text else ()
    if isinstance(item, Mark):
        if item.tag in within and item.tag in EMPHASIS:
            return _flow(item.children, within)
        before, core, after = _parted(_flow(item.children, within | {item.tag}))
        return [*before, Mark(item.tag, tuple(core)), *after] if core else [*before, *after]
    if isinstance(item, Link):
        if "a" in within or not item.url:
            return _flow(item.children, within)
        before, core, after = _parted(_flow(item.children, within | {"a"}))
        return [*before, Link(item.url, tuple(core)), *after] if core else [*before, *after]
    return () if isinstance(item, Code) and not item.text.strip() else (item,)


def _append(out: list[Inline], item: Inline) -> None:
    last = out[-1] if out else None
    if isinstance(item, Text):
        _append_text(out, item.text)
    elif isinstance(item, Break):
        if isinstance(last, Text):
            out[-1:] = [Text(shown)] if (shown := last.text.rstrip(" ")) else []
        out.append(item)
    elif isinstance(item, Mark) and isinstance(last, Mark) and _joins(last, item):
        out[-1] = Mark(item.tag, tuple(_flow((*last.children, *item.children), frozenset())))
    else:
        out.append(item)


def _append_text(out: list[Inline], text: str) -> None:
    last = out[-1] if out else None
    before = last.text if isinstance(last, Text) else ""
    shown = _SPACES.sub(" ", before + text)
    if not before and isinstance(last, Break):
        shown = shown.lstrip(" ")
    if isinstance(last, Text):
        out.pop()
    if shown:
        out.append(Text(shown))


def _joins(last: Mark, item: Mark) -> bool:
    return last.tag == item.tag and item.tag in EMPHASIS


def _parted(items: list[Inline]) -> tuple[list[Inline], list[Inline], list[Inline]]:
    """Part blanks and breaks at both edges from what is between."""
    before: list[Inline] = []
    after: list[Inline] = []
    core = list(items)
    while core and (edge := _leading(core)):
        before.append(edge)
    while core and (edge := _trailing(core)):
        after.insert(0, edge)
    return before, core, after


def _leading(core: list[Inline]) -> Inline | None:
    first = core[0]
    if isinstance(first, Break):
        return core.pop(0)
    if not isinstance(first, Text) or not first.text[:1].isspace():
        return None
    kept = first.text.lstrip()
    core[:1] = [Text(kept)] if kept else []
    return Text(first.text[: len(first.text) - len(kept)])


def _trailing(core: list[Inline]) -> Inline | None:
    last = core[-1]
    if isinstance(last, Break):
        return core.pop()
    if not isinstance(last, Text) or not last.text[-1:].isspace():
        return None
    kept = last.text.rstrip()
    core[-1:] = [Text(kept)] if kept else []
    return Text(last.text[len(kept) :])
