"""Where the parts of a saved page stand: its title, its last paragraph, the readers' comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenzhai.importers.credits import read_credits
from wenzhai.importers.hot import is_text_again
from wenzhai.importers.lines import SENTENCE_END, Line, display_width
from wenzhai.importers.noise import boilerplate, is_section, opens_comments
from wenzhai.importers.title import may_be_title

HEAD_LINES = 12
PROSE_WIDTH = 60
"""Columns."""


def find_title(lines: Sequence[Line], zone: str) -> int | None:
    """Return the index of the title line, or None where a label states it or there is none."""
    head = [read_credits(line.text, zone, "head") for line in lines[:HEAD_LINES]]
    if any(credit.field == "title" for read in head if read for credit in read.credits):
        return None
    for index, (line, read) in enumerate(zip(lines, head, strict=False)):
        if read or boilerplate(line.text) or line.text.isdigit() or _is_menu(lines, index):
            continue
        following = lines[index + 1 : index + 3]
        for step, later in enumerate(following, 1):
            if re.match(r"(?:——|—|--)\S", later.text) and step == 2:  # noqa: PLR2004  # lead-in, title, subtitle
                return index + 1
        return index if may_be_title(line.text) and len(lines) > 1 else None
    return None


def _is_menu(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line above the title only names a section of the site."""
    return is_section(lines[index].text) and any(
        may_be_title(later.text) and not is_section(later.text)
        for later in lines[index + 1 : index + 4]
    )


def is_prose(text: str) -> bool:
    """Tell whether a line reads like a paragraph: long, or a whole sentence."""
    return display_width(text) > PROSE_WIDTH or bool(SENTENCE_END.search(text))


def prose_follows(lines: Sequence[Line]) -> tuple[bool, ...]:
    """Tell for each line whether prose stands on it or after it, comments aside."""
    end = _comments_from(lines)
    follows, out = False, []
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        follows = follows or (index < end and is_text_again(text) and not boilerplate(text))
        out.append(follows)
    return tuple(reversed(out))


def _comments_from(lines: Sequence[Line]) -> int:
    """Return the index of the line that opens the comments; a counter in the head does not."""
    started = False
    for index, line in enumerate(lines):
        if started and opens_comments(line.text):
            return index
        started = started or (is_text_again(line.text) and not boilerplate(line.text))
    return len(lines)
