"""What a source says besides the article in it: told in the record, so that nothing is lost.

A feed, a message or a document holds texts of which an article is made, and others around it. Each
importer says which texts there are; those that neither the article nor its facts hold are left
over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wenzhai.importers.html.sweep import shown_lines
from wenzhai.importers.html.tree import parse_html
from wenzhai.importers.record import Field, Removed


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a source: what it is called there, and how it is written.

    ``parts`` are the pieces that an article may hold apart from one another; the text itself, if
    there are none.
    """

    name: str
    text: str
    parts: tuple[str, ...] = ()


def left_over(said: Iterable[Said], kept: Iterable[str], reason: str) -> Iterator[Removed]:
    """Yield the texts of which no kept text holds some part; white space does not count.

    A text is told as ``name: text``, once however often it stands there.
    """
    known = "\n".join(map(squeezed, kept))
    for one in said:
        if any(squeezed(part) not in known for part in one.parts or (one.text,)):
            known = f"{known}\n{squeezed(one.text)}"
            shown = f"{one.name}: {one.text.strip()}" if one.name else one.text.strip()
            yield Removed(0, 0, len(shown), reason, shown)


def html_said(name: str, html: str) -> Said:
    """Return a text that is HTML: its parts are the lines that a reader sees."""
    return Said(name, html, html_lines(html))


def html_lines(html: str) -> tuple[str, ...]:
    """Return the lines that a reader sees of a piece of HTML."""
    root = parse_html(html)
    body = None if root is None else root.find("body")
    return () if body is None else tuple(text for _, text in shown_lines(body))


def written(facts: Sequence[Field]) -> Iterator[str]:
    """Give the texts that facts hold: as their source wrote them, and as they are understood."""
    for fact in facts:
        values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        yield from (fact.written, *map(str, values))


def squeezed(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())
