"""Front matter: the head of a Markdown file between its fences, read into fields.

This module knows fences, size and forbidden characters; what the keys mean is the schema's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenzhai.fields import Field, span_of
from wenzhai.problems import Problem, Span, problem
from wenzhai.toml_fields import read_toml
from wenzhai.yaml_fields import read_yaml

MAX_BYTES = 64 * 1024
FENCE = re.compile(r"(---|\+\+\+)[ \t]*(?:\n|\Z)")
YAML_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
TOML_END = re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE)
ROW = re.compile(r"[\w-]+[ \t]*[:=：]")
# Controls, line ends that YAML knows and editors do not (NEL, U+2028, U+2029), text-direction
# overrides, surrogates, and what XML refuses: one of these would break a feed or a page later.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a head in file order, and the body with its first line's number (from 1)."""

    fields: tuple[Field, ...]
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A file cut at its fences: ``notation`` is yaml, toml, or empty where there is no head.

    ``open`` tells that a first fence has no second one.
    """

    notation: str
    head: str
    body: str
    body_line: int
    open: bool = False


def split_front_matter(text: str) -> Parts:
    """Cut a text with LF line ends into head and body; the head starts on line 2.

    A file whose first line is neither ``---`` nor ``+++`` is all body.
    """
    fence = FENCE.match(text)
    if fence is None:
        return Parts("", "", text, 1)
    notation, ending = ("yaml", YAML_END) if fence[1] == "---" else ("toml", TOML_END)
    end = ending.search(text, fence.end())
    if end is None:
        return Parts(notation, text[fence.end() :], "", 1, open=True)
    head = text[fence.end() : end.start()]
    return Parts(notation, head, text[end.end() :], head.count("\n") + 3)


def read_front_matter(text: str, path: str) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """Read the front matter of a text with LF line ends; on an error it has no fields.

    Problem codes: E102 (forbidden character), E103 (no closing fence), E105 (over 64 KB),
    E107 (key given twice), W106 (a lone line at the top), and those of the two notations.
    """
    parts = split_front_matter(text)
    if not parts.notation:
        return FrontMatter((), text, 1), ()
    if parts.open:
        return _unclosed(parts, text, path)
    found = _check_text(parts.head, path)
    fields: tuple[Field, ...] = ()
    if not found:
        read = read_yaml if parts.notation == "yaml" else read_toml
        fields, found = read(parts.head, 2, path)
        found += _check_values(fields, path, escaped="\\" in parts.head)
        found += _duplicates(fields, path)
    if any(item.severity == "error" for item in found):
        fields = ()
    return FrontMatter(fields, parts.body, parts.body_line), tuple(found)


def _unclosed(parts: Parts, text: str, path: str) -> tuple[FrontMatter, tuple[Problem, ...]]:
    """Tell a head that lost its end from a body that begins with a thematic break."""
    fence = "---" if parts.notation == "yaml" else "+++"
    first = parts.head.lstrip("\n").partition("\n")[0]
    span = Span(path, 1, 1, 3)
    if ROW.match(first):
        return FrontMatter((), "", 1), (problem("E103", span, fence=fence),)
    return FrontMatter((), text, 1), (problem("W106", span, fence=fence),)


def _check_text(head: str, path: str) -> list[Problem]:
    if len(head) > MAX_BYTES or (not head.isascii() and _bytes(head) > MAX_BYTES):
        return [problem("E105", Span(path, 1, 1, 3), size=_bytes(head), limit=MAX_BYTES)]
    if found := FORBIDDEN.search(head):
        line = head.count("\n", 0, found.start()) + 2
        column = found.start() - head.rfind("\n", 0, found.start())
        return [_forbidden(found[0], Span(path, line, column))]
    return []


def _bytes(head: str) -> int:
    return len(head.encode("utf-8", "surrogatepass"))


def _forbidden(char: str, span: Span) -> Problem:
    return problem("E102", span, char=f"U+{ord(char):04X}")


def _check_values(fields: tuple[Field, ...], path: str, *, escaped: bool) -> list[Problem]:
    """Refuse forbidden characters that came in as escapes."""
    if not escaped:
        return []
    return [
        _forbidden(bad[0], span_of(path, item))
        for field in fields
        for item in (field.key, *field.items)
        if (bad := FORBIDDEN.search(item.text))
    ]


def _duplicates(fields: tuple[Field, ...], path: str) -> list[Problem]:
    seen: dict[str, int] = {}
    found = []
    for field in fields:
        key = field.key
        if key.text in seen:
            span = span_of(path, key)
            found.append(problem("E107", span, key=key.text, line=seen[key.text]))
        seen.setdefault(key.text, key.line)
    return found
