"""Where lists beside an article begin, and readers' comments: by label or by ranked rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wenzhai.importers.hot import (
    BULLET,
    hot_run,
    is_first_rank,
    is_text_again,
    opens_hot,
    opens_related,
    opens_titles,
)
from wenzhai.importers.lines import Line
from wenzhai.importers.noise import opens_comments

LONGEST_LIST = 120
LONGEST_LABEL = 14
"""Characters of a label that is not known as one."""
GLUED_RANK = re.compile(r"(?:[-·*•▪] ?)?\d{1,2}(?![.、:)）\d ])")
COUNTED_ROW = re.compile(r"\S\s+\d[\d,.]*\s?[万kK]?$")


@dataclass(frozen=True, slots=True)
class Opening:
    """What begins at a line; ``rows`` ranked rows belong to it, itself one where ``is_row``."""

    state: Literal["related", "hot", "comments"]
    rows: int = 0
    is_row: bool = False


def find_opening(lines: Sequence[Line], index: int, top: int, *, started: bool) -> Opening | None:
    """Return what opens at a line, or None: no label of a list stands above the title at ``top``.

    Comments open only after the text has ``started``.
    """
    text = lines[index].text
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    listed = index > top and bool(below) and not is_text_again(below)
    if listed and opens_related(text):
        return Opening("related")
    if listed and (opening := _ranked_below(lines, index, known=opens_hot(text))):
        return opening
    if is_first_rank(text) and (rows := _ranked_rows(lines, index)):
        return Opening("hot", rows, is_row=True)
    return Opening("comments") if started and opens_comments(text) else None


def _ranked_below(lines: Sequence[Line], index: int, *, known: bool) -> Opening | None:
    """A known label needs no ranked rows; where it has none, its rows are titles or words."""
    text = lines[index].text
    if not known and len(text) > LONGEST_LABEL:
        return None
    rows = _texts(lines, index + 1) if is_first_rank(lines[index + 1].text) else []
    run = hot_run(rows)
    if known:
        return Opening("related" if not run and opens_titles(text) else "hot", run)
    return Opening("hot", run) if run > 2 and _are_glued(rows[:run]) else None  # noqa: PLR2004  # a list


def _ranked_rows(lines: Sequence[Line], index: int) -> int:
    rows = _texts(lines, index)
    run = hot_run(rows)
    return run if run > 2 and _are_glued(rows[:run]) else 0  # noqa: PLR2004  # a list


def _texts(lines: Sequence[Line], index: int) -> list[str]:
    return [line.text for line in lines[index : index + LONGEST_LIST]]


def _are_glued(rows: Sequence[str]) -> bool:
    """Tell ranked rows of a hot list from a numbered list of the article."""
    glued = sum(bool(GLUED_RANK.match(row)) for row in rows)
    if glued * 3 < len(rows) * 2:
        return False
    counted = sum(bool(COUNTED_ROW.search(row)) for row in rows)
    return counted * 3 >= len(rows) * 2 or all(BULLET.match(row) for row in rows)
