"""YAML front matter becomes fields; the only module that knows PyYAML.

The parser's events are read instead of its objects: every scalar stays text (``no``, ``012`` and
``1:30`` would else change their type), positions come free, and depth is counted before
anything recurses (the composer written in C dies on 30,000 nested brackets).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

import yaml

from wenzhai.fields import Field, RefusedError, Scalar
from wenzhai.plain_yaml import NULLS, read_plain
from wenzhai.problems import Problem, Span, problem

MAX_DEPTH = 20
Event: TypeAlias = Any  # PyYAML's events share attributes by habit, not by type
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
COMMENT = re.compile(r"\s+#")
NOT_PROSE = re.compile(r"(?i)true|false|yes|no|on|off|[\d:TZ+./ -]+")
TAB_INDENT = re.compile(r"^[ ]*\t+(?=[^\s#])", re.MULTILINE)
MISSING_SPACE = re.compile(r"(?!https?:)[\w-]+(?::(?=[^\s/])|\s*：)")


def read_yaml(head: str, first_line: int, path: str) -> tuple[tuple[Field, ...], list[Problem]]:
    """Read the rows of a YAML mapping; ``first_line`` is the head's line in the file, from 1.

    Problem codes: E104 (syntax), E106 (depth), E108 (anchor, alias, tag), E109 (tab), E110 (no
    mapping), E111 (bare colon), E112 (reserved character), E113 (open quote), E114 (no space
    after the colon), E115 (key is not text), E133 (open bracket), W103 (value cut at ``#``).
    """
    if (plain := read_plain(head, first_line)) is not None:
        return plain, []
    walk = _Walk(head, first_line, path)
    try:
        fields = tuple(walk.fields())
    except RefusedError as refused:
        return (), [refused.problem]
    except yaml.MarkedYAMLError as error:
        return (), [_syntax_problem(error, head, first_line, path)]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return (), [problem("E104", Span(path, first_line), reason=error)]
    return fields, _cut_values(fields, head, first_line, path) if " #" in head else []


class _Walk:
    """Walk along the parser's events, once."""

    def __init__(self, head: str, first_line: int, path: str) -> None:
        self.events: Iterator[Any] = iter(yaml.parse(head, Loader=LOADER))
        self.first_line = first_line
        self.path = path

    def fields(self) -> Iterator[Field]:
        """Give the rows of the one mapping that front matter is."""
        next(self.events)  # the stream's start
        if type(start := next(self.events)) is yaml.StreamEndEvent:
            return
        start = next(self.events)
        if type(start) is yaml.ScalarEvent and not start.value and start.style in {None, ""}:
            return
        if type(start) is not yaml.MappingStartEvent:
            bare = MISSING_SPACE.match(getattr(start, "value", ""))
            self.refuse("E114" if bare else "E110", start, **({"found": bare[0]} if bare else {}))
        self.check(start)
        while type(event := next(self.events)) is not yaml.MappingEndEvent:
            yield self.field(event)
        next(self.events)  # the document's end
        if type(event := next(self.events)) is not yaml.StreamEndEvent:
            self.refuse("E104", event, reason="---")

    def field(self, event: Event) -> Field:
        if type(event) is not yaml.ScalarEvent:
            self.check(event)
            self.refuse("E115", event)
        shape, items = self.value(next(self.events), 1)
        return Field(self.scalar(event), shape, items)

    def value(
        self, event: Event, depth: int
    ) -> tuple[Literal["text", "list", "other"], tuple[Scalar, ...]]:
        if type(event) is yaml.ScalarEvent:
            return "text", (self.scalar(event),)
        self.check(event)
        if depth >= MAX_DEPTH:
            self.refuse("E106", event, depth=MAX_DEPTH)
        flat = type(event) is yaml.SequenceStartEvent
        end: type = yaml.SequenceEndEvent if flat else yaml.MappingEndEvent
        items: list[Scalar] = []
        while type(inner := next(self.events)) is not end:
            shape, found = self.value(inner, depth + 1)
            flat = flat and shape == "text"
            items += found
        if flat:
            return "list", tuple(items)
        return "other", (self.place(event),)

    def scalar(self, event: Event) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self.check(event)
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if start.line == end.line else 1
        text = event.value
        if text in NULLS and event.style not in {"'", '"'}:
            text = ""
        return Scalar(text, start.line + self.first_line, start.column + 1, length)

    def place(self, event: Event) -> Scalar:
        mark = event.start_mark
        return Scalar("", mark.line + self.first_line, mark.column + 1, 1)

    def check(self, event: Event) -> None:
        if type(event) is yaml.AliasEvent:
            self.refuse("E108", event, what=f"*{event.anchor}")
        if event.anchor is not None:
            self.refuse("E108", event, what=f"&{event.anchor}")
        if event.tag is not None:
            self.refuse("E108", event, what=event.tag)

    def refuse(self, code: str, event: Event, /, **arguments: object) -> None:
        where = self.place(event)
        raise RefusedError(problem(code, Span(self.path, where.line, where.column), **arguments))


def _cut_values(fields: tuple[Field, ...], head: str, first_line: int, path: str) -> list[Problem]:
    """Warn where an unquoted text lost what follows `` #``; dates and switches may have notes."""
    lines = head.split("\n")
    found = []
    for field in fields:
        for item in field.items if field.shape != "other" else ():
            line = lines[item.line - first_line]
            end = item.column - 1 + item.length
            plain = bool(item.text) and line[item.column - 1 : end] == item.text
            if plain and (cut := COMMENT.match(line, end)) and not NOT_PROSE.fullmatch(item.text):
                span = Span(path, item.line, cut.end(), len(line) - cut.end() + 1)
                found.append(problem("W103", span, key=field.key.text, kept=item.text))
    return found


def _syntax_problem(error: yaml.MarkedYAMLError, head: str, first_line: int, path: str) -> Problem:
    """Put the parser's complaint into the words of the mistake that most often causes it."""
    mark = error.problem_mark or error.context_mark
    lines = head.split("\n")
    if mark is None:
        return problem("E104", Span(path, first_line), reason=error.problem)
    if tab := TAB_INDENT.search(head):
        row = head.count("\n", 0, tab.end())
        return problem("E109", Span(path, row + first_line, 1, tab.end() - tab.start()))
    if bracket := _open_bracket(error, lines):
        return problem("E133", Span(path, bracket[0] + first_line, bracket[1] + 1))
    if not "".join(lines[mark.line :]).strip() and error.context_mark is not None:
        mark = error.context_mark  # an end that never came: show what it should have ended
    span = Span(path, mark.line + first_line, mark.column + 1)
    if "end of stream" not in str(error.problem):
        for row in (mark.line, mark.line - 1):
            if 0 <= row < len(lines) and (found := MISSING_SPACE.match(lines[row])):
                span = Span(path, row + first_line, 1, found.end())
                return problem("E114", span, found=found[0])
    return _common_mistake(error, "".join(lines[mark.line : mark.line + 1]), span)


def _open_bracket(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int] | None:
    """Find the bracket that no later one closes: line and column from 0."""
    mark = error.context_mark
    if mark is None or "flow" not in str(error.context):
        return None
    if mark.line < len(lines) and lines[mark.line][mark.column : mark.column + 1] in {"[", "{"}:
        row, column = mark.line, mark.column
    else:  # the parser shows where it stopped: after the last bracket
        before = [*lines[: mark.line], "".join(lines[mark.line : mark.line + 1])[: mark.column]]
        places = [(r, max(line.rfind("["), line.rfind("{"))) for r, line in enumerate(before)]
        row, column = next((place for place in reversed(places) if place[1] >= 0), (0, -1))
    after = "".join((lines[row][column:], *lines[row + 1 :]))
    return (row, column) if column >= 0 and not re.search(r"[]}]", after) else None


def _common_mistake(error: yaml.MarkedYAMLError, line: str, span: Span) -> Problem:
    reason = error.problem or str(error)
    if "quoted scalar" in str(error.context) and "end of stream" in reason:
        return problem("E113", span)
    if "mapping values" in reason:
        return problem("E111", span)
    if "cannot start any token" in reason or "node content" in reason:
        return problem("E112", span, char=line[span.column - 1 : span.column])
    return problem("E104", span, reason=reason)
