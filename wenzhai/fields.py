"""The rows of front matter, whatever their notation: keys, values and where they stand.

Every value is text; what a key's text means is the schema's to say.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from wenzhai.problems import Problem, Span


class Scalar(NamedTuple):
    """A piece of text and its place: line and column from 1, column and length in code points."""

    text: str
    line: int
    column: int
    length: int


class Field(NamedTuple):
    """One row: ``items`` is one scalar for text, any number for a list.

    ``shape`` is ``other`` for nested lists and tables, which no key of ours takes.
    """

    key: Scalar
    shape: Literal["text", "list", "other"]
    items: tuple[Scalar, ...]

    @property
    def value(self) -> str | tuple[str, ...]:
        """Return the text, or the texts of a list."""
        if self.shape == "text":
            return self.items[0].text
        return tuple(item.text for item in self.items)


class RefusedError(Exception):
    """Front matter that cannot be read on; carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem


def span_of(path: str, scalar: Scalar) -> Span:
    """Return where a scalar stands in a file."""
    return Span(path, scalar.line, scalar.column, max(1, scalar.length))
