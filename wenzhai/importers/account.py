"""The proof that a conversion loses nothing: each character of the source is accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from wenzhai.importers.lines import BREAK
from wenzhai.importers.text import Conversion

MOST_TITLE_LINES = 4
"""Physical lines over which a wrapped title may run."""


def account(source: str, conversion: Conversion) -> str:
    """Return the characters of a source that neither body, front matter nor record holds.

    Removed stretches are taken out of the source where the record says they stood (one that does
    not match its text accounts for nothing), then the title where it starts; what is left must
    stand in the rendered body, in the same order. White space does not count.
    """
    lines = [list(line) for line in BREAK.split(source)]
    for cut in conversion.record.removed:
        if "".join(lines[cut.line - 1][cut.start : cut.end]) == cut.text:
            lines[cut.line - 1][cut.start : cut.end] = [" "] * (cut.end - cut.start)
    title = next((f for f in conversion.record.fields if f.name == "title" and f.line), None)
    if title and title.value == dict(conversion.front).get("title"):
        _take(lines[title.line - 1 : title.line + MOST_TITLE_LINES - 1], str(title.value))
    left = (char for line in lines for char in line if not char.isspace())
    rendered = iter([char for char in body_text(conversion.body) if not char.isspace()])
    return "".join(_not_in_order(left, rendered))


def body_text(body: str) -> str:
    """Return what a reader reads of a Markdown body, as CommonMark with tables renders it."""
    reader = _Reader()
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader.feed(parser.render(body))
    reader.close()
    return "".join(reader.texts)


class _Reader(HTMLParser):
    """Collect the text of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _take(lines: Sequence[list[str]], text: str) -> None:
    """Blank out the first occurrence of a text, white space and line ends aside."""
    wanted = "".join(char for char in text if not char.isspace())
    places = [(line, at) for line in lines for at, char in enumerate(line) if not char.isspace()]
    start = "".join(line[at] for line, at in places).find(wanted)
    whole = places[start : start + len(wanted)] if start >= 0 else None
    for line, at in whole or _in_turn(places, wanted):  # where entities were decoded, in turn
        line[at] = " "


def _in_turn(places: Sequence[tuple[list[str], int]], wanted: str) -> list[tuple[list[str], int]]:
    """Return the places whose characters stand in a text in this order, as far as it goes."""
    taken, next_ = [], 0
    for line, at in places:
        found = wanted.find(line[at], next_)
        if found < 0:
            break
        taken.append((line, at))
        next_ = found + 1
    return taken


def _not_in_order(left: Iterable[str], rendered: Iterator[str]) -> Iterator[str]:
    """Yield what is left over when one sequence is matched as a subsequence of another."""
    waiting = list(rendered)
    at = 0
    for char in left:
        try:
            at = waiting.index(char, at) + 1
        except ValueError:
            yield char
