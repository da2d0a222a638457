"""A line with its label, and where the walk over a text's lines stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from wenzhai.importers.credit import Credit, Credits
from wenzhai.importers.lines import Line

Kind = Literal["title", "credit", "text", "related", "hot", "removed"]
State = Literal["article", "related", "hot", "comments"]


class Labelled(NamedTuple):
    """A line with its label. ``reason`` says why it is left out of the body."""

    kind: Kind
    line: Line
    reason: str = ""
    credits: tuple[Credit, ...] = ()
    title: str = ""


@dataclass(slots=True)
class Walk:
    """Where the machine stands."""

    title: str
    top: int = 0
    state: State = "article"
    started: bool = False
    dated: bool = False
    placed: bool = False
    heads: bool = False
    listed: bool = False
    closed: bool = False
    credited: bool = False
    notice: bool = False
    rows: int = 0
    gapped: bool = False
    skip: int = 0


def credit_line(line: Line, read: Credits) -> Labelled:
    """Return the label of a line that is nothing but credits."""
    named = ", ".join(dict.fromkeys(credit.field.replace("_", " ") for credit in read.credits))
    return Labelled("credit", line, named or "credit", read.credits)
