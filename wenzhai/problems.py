"""Problems: what is wrong, where, and how to mend it.

A problem is a value made of a code and its arguments; words are put to it only when it is
shown, in the reader's language. The table of codes lives in :mod:`wenzhai.codes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from wenzhai.codes import CODES

NOTHING_NEAR = "—"
"""Stands for the nearest name where none is near; hints leave that clause out."""

Severity = Literal["error", "warning"]
Language = Literal["zh", "en"]
Lines = Callable[[str], "str | None"]
"""Give the text of a source by its path, or None where it cannot be shown."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: line and column from 1, columns and length in code points.

    Line 0 means the file as a whole, column 0 the line as a whole.
    """

    path: str
    line: int = 0
    column: int = 0
    length: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``arguments`` fill the placeholders of the code's sentences."""

    code: str
    span: Span
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """Tell how grave it is: codes that start with E stop a build."""
        return "error" if self.code.startswith("E") else "warning"

    def message(self, language: Language) -> str:
        """Say what is wrong, in one sentence."""
        return CODES[self.code].message(language).format(**dict(self.arguments))

    def hint(self, language: Language) -> str:
        """Say how to mend it, or nothing where the message does."""
        hint = CODES[self.code].hint(language)
        if ("nearest", NOTHING_NEAR) in self.arguments:
            mark = "；" if language == "zh" else "; "
            hint = mark.join(part for part in hint.split(mark) if "{nearest}" not in part)
        return hint.format(**dict(self.arguments))


def problem(code: str, span: Span, /, **arguments: object) -> Problem:
    """Make a problem; every argument is shown as text.

    Raises:
        KeyError: if the code is not in the table.
    """
    if code not in CODES:
        raise KeyError(code)
    return Problem(code, span, tuple((name, str(value)) for name, value in arguments.items()))


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Order problems by path, line, column and code, each once."""
    return tuple(sorted(set(problems), key=_order))


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return the choice most like a misspelt word, or an empty string."""
    found = get_close_matches(word, sorted(choices), n=1, cutoff=0.6)
    return found[0] if found else ""


def render_problem(item: Problem, lines: Lines, language: Language) -> str:
    """Show a problem as ``path:line:column: severity code: message``, source line, caret, hint.

    The form follows compilers', so that editors can jump to it.
    """
    shown = [f"{_position(item.span)}: {item.severity} {item.code}: {item.message(language)}"]
    shown += _frame(item.span, lines)
    hint = item.hint(language)
    if hint:
        shown.append(f"    {'提示：' if language == 'zh' else 'hint: '}{hint}")
    return "\n".join(shown)


def _order(item: Problem) -> tuple[str, int, int, str, tuple[tuple[str, str], ...]]:
    return (item.span.path, item.span.line, item.span.column, item.code, item.arguments)


def _position(span: Span) -> str:
    parts = [span.path]
    if span.line:
        parts.append(str(span.line))
        if span.column:
            parts.append(str(span.column))
    return ":".join(parts)


def _frame(span: Span, lines: Lines) -> list[str]:
    text = lines(span.path) if span.line else None
    if text is None:
        return []
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if span.line > len(rows):
        return []
    start = max(0, span.column - 60)
    row = rows[span.line - 1].replace("\t", " ")
    shown = row[start : start + 100]
    if not span.column:
        return [f"    {shown}"]
    before = shown[: span.column - 1 - start]
    pad = "".join("\u3000" if _is_wide(char) else " " for char in before)
    length = max(1, min(span.length, len(shown) - len(before)))
    return [f"    {shown}", f"    {pad}{'^' * length}"]


def _is_wide(char: str) -> bool:
    """Tell whether a terminal gives a character two columns (good enough to place a caret)."""
    return char >= "\u1100" and (
        char <= "\u115f"
        or "\u2e80" <= char <= "\ua4cf"
        or "\uac00" <= char <= "\ud7a3"
        or "\uf900" <= char <= "\ufaff"
        or "\ufe30" <= char <= "\ufe6f"
        or "\uff00" <= char <= "\uff60"
        or "\uffe0" <= char <= "\uffe6"
        or char >= "\U0001f300"
    )
