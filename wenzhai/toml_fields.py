"""TOML front matter becomes fields; positions come from a scan of its lines.

The standard parser keeps no positions, and front matter is small.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from wenzhai.fields import Field, RefusedError, Scalar
from wenzhai.problems import Problem, Span, problem

MAX_DEPTH = 20
ROW = re.compile(r"[ \t]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([\w-]+))[ \t]*(?:=[ \t]*(.*)|\.)")
TABLE = re.compile(r"[ \t]*\[+[ \t]*[\"']?([\w-]+)")
AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
TRIPLE = re.compile(r"\"\"\"|'''")


def read_toml(head: str, first_line: int, path: str) -> tuple[tuple[Field, ...], list[Problem]]:
    """Read the rows of a TOML document; ``first_line`` is the head's line in the file, from 1.

    Problem codes: E106 (depth), E107 (key given twice), E116 (syntax).
    """
    try:
        places = _places(head, first_line, path)
        _check_depth(head, first_line, path)
        table = tomllib.loads(head)
    except RefusedError as refused:
        return (), [refused.problem]
    except (ValueError, RecursionError) as error:
        return (), [_syntax_problem(str(error), head, first_line, path)]
    return tuple(_field(key, value, places, first_line) for key, value in table.items()), []


def _field(
    key: str, value: object, places: dict[str, tuple[Scalar, Scalar]], first_line: int
) -> Field:
    name, place = places.get(key, (Scalar(key, first_line, 1, 1), Scalar("", first_line, 1, 1)))
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return Field(name, "list", tuple(place._replace(text=_text(item)) for item in value))
    if isinstance(value, (list, dict)):
        return Field(name, "other", (place,))
    return Field(name, "text", (place._replace(text=_text(value)),))


def _text(value: Any) -> str:  # noqa: ANN401  # whatever TOML holds
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _places(head: str, first_line: int, path: str) -> dict[str, tuple[Scalar, Scalar]]:
    """Find key and value of each row before the first table, and the tables' names."""
    found: dict[str, tuple[Scalar, Scalar]] = {}
    inside = ""
    top = True
    for number, line in enumerate(head.split("\n"), first_line):
        if not inside:
            if table := TABLE.match(line):
                top = False
                name = Scalar(table[1], number, table.start(1) + 1, len(table[1]))
                found.setdefault(table[1], (name, name._replace(text="")))
            elif top and (row := ROW.match(line)):
                _add(found, row, number, path)
        for quote in TRIPLE.findall(line):
            inside = "" if inside == quote else inside or quote
    return found


def _add(
    found: dict[str, tuple[Scalar, Scalar]], row: re.Match[str], number: int, path: str
) -> None:
    key = next(name for name in row.groups() if name is not None)
    start = row.end() if row[4] is None else row.start(4)
    name = Scalar(key, number, row.start(row.lastindex or 1) + 1, len(key))
    name = name._replace(column=row.start() + len(row[0]) - len(row[0].lstrip()) + 1)
    if key in found and row[4] is not None:
        span = Span(path, number, name.column, len(key))
        raise RefusedError(problem("E107", span, key=key, line=found[key][0].line))
    length = len((row[4] or "").rstrip())
    found.setdefault(key, (name, Scalar("", number, start + 1, length)))


def _check_depth(head: str, first_line: int, path: str) -> None:
    """Refuse deep nesting before the recursive parser sees it (brackets in texts count too)."""
    depth = 0
    for found in re.finditer(r"[\[{]|[\]}]|\n", head):
        if found[0] != "\n":
            depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth > MAX_DEPTH:
            line = first_line + head.count("\n", 0, found.start())
            column = found.start() - head.rfind("\n", 0, found.start())
            raise RefusedError(problem("E106", Span(path, line, column), depth=MAX_DEPTH))


def _syntax_problem(message: str, head: str, first_line: int, path: str) -> Problem:
    at = AT.search(message)
    reason = AT.sub("", message).partition(";")[0]  # Python adds advice for programmers
    if at and at[1]:
        span = Span(path, int(at[1]) + first_line - 1, int(at[2]))
    else:
        span = Span(path, first_line + max(0, head.rstrip("\n").count("\n")))
    return problem("E116", span, reason=reason)
