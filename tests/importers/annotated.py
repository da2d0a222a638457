"""Annotated texts: a source and what a careful editor makes of it, in one file.

Above ``====`` stands YAML: the expected fields, and ``encoding``, ``newline`` or ``joined`` of the
source. Below, each line begins with what it is: T title, M stated facts, X left out, P paragraph,
H2 to H4 heading, C caption, O text that may stay or go, R related title, K row of a hot list. ``+``
glues it to the line before, ``~`` continues that block on a new line, and ``=> …`` says how it
should read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from wenzhai.importers.account import body_text

SOURCE_KEYS = ("encoding", "newline", "joined", "zone")


@dataclass
class Case:
    """A source and the conversion that is expected of it."""

    fields: dict[str, Any]
    source: str
    how: dict[str, str]
    blocks: list[tuple[str, str]] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    hot: list[tuple[int, str, int | None]] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    optional: set[str] = field(default_factory=set)


def read_case(path: Path) -> Case:
    head, _, rows = path.read_text("utf-8").partition("\n====\n")
    stated = yaml.load(head, yaml.BaseLoader)  # noqa: S506  # makes texts only
    how = {key: stated.pop(key) for key in SOURCE_KEYS if key in stated}
    case = Case(stated, "", how)
    lines: list[str] = []
    for row in rows.rstrip("\n").split("\n"):
        label, _, rest = row.partition("|")
        text, _, shown = rest.partition(" => ")
        if label.endswith("+"):
            lines[-1] += text
        else:
            lines.append(text)
        _expect(case, label, (shown or text).strip())
    gap = how.get("joined", "\r\n" if how.get("newline") == "crlf" else "\n")
    case.source = gap.join(["", *lines] if "joined" in how else [*lines, ""])
    return case


def blocks_of(markdown: str) -> list[tuple[str, str]]:
    """Name the blocks of a converted body as cases do."""
    return [block for chunk in markdown.strip().split("\n\n") for block in _blocks(chunk)]


def squeeze(text: object) -> str:
    """Return a text for comparison: widths and white space do not count."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))


def _expect(case: Case, label: str, text: str) -> None:
    kind = label.rstrip("+~")
    if label.endswith("~"):
        case.blocks[-1] = (kind, case.blocks[-1][1] + squeeze(text))
    elif kind in {"P", "C", "H2", "H3", "H4"}:
        case.blocks.append((kind, _numbered(squeeze(text)) if kind == "P" else squeeze(text)))
    elif kind == "R":
        case.related.append(text)
    elif kind == "X":
        case.furniture.append(squeeze(text))
    elif kind == "O":
        case.optional.add(squeeze(text))
    elif kind == "K" and text != "-":
        rank, title, views = text.split(";")
        case.hot.append((int(rank), title, int(views) if views else None))


def _numbered(text: str) -> str:
    """Return a text whose leading number ends in one and the same mark."""
    return re.sub(r"^(\d{1,2})[.、)](?!\d)", r"\1、", text)


def _blocks(chunk: str) -> Iterator[tuple[str, str]]:
    heading = re.match("#+(?= )", chunk)
    if heading:
        yield f"H{len(heading[0])}", squeeze(body_text(chunk))
    elif re.match(r"\d+\. |- ", chunk):
        for line in chunk.split("\n"):
            number = re.match(r"\d+", line)
            yield "P", (f"{number[0]}、" if number else "") + squeeze(body_text(line))
    else:
        yield "C" if chunk.startswith("<figure>") else "P", _numbered(squeeze(body_text(chunk)))
