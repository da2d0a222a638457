"""The commonest forms of YAML front matter, read by regular expressions: fast, past the parser.

Owns rows of ``key: value`` whose values are texts or lists of texts on lines of their own. Of any
head that holds something else, nothing is read here; tests compare the two ways on random heads.
"""

from __future__ import annotations

import re

from wenzhai.fields import Field, Scalar

NULLS = frozenset({"~", "null", "Null", "NULL"})
"""What YAML reads as no value, unless it is quoted."""

_LETTER = r"[A-Za-z0-9\u3400-\u9fff]"
# A colon ends a plain text where a space or nothing follows it.
_PLAIN = rf"{_LETTER}(?: *+(?:[^ :\n]++|:(?=[^ \n])))*+"
_QUOTED = r"\"[^\"\n]*+\"|'[^'\n]*+'"
_INNER = rf"{_LETTER}(?: *+[^] ,:\n\[{{}}\"']++)*+"
_VALUE = rf"{_PLAIN}|{_QUOTED}"
_LIST = rf"\[ *+(?:(?:{_INNER}|{_QUOTED}) *+(?:, *+(?:{_INNER}|{_QUOTED}) *+)*+)?\]"
_ROW = re.compile(rf"([A-Za-z_][A-Za-z0-9_]{{0,63}}):(?: +({_VALUE}|{_LIST}))?")
_ENTRY = re.compile(rf"( *)- +({_VALUE})")
_ITEM = re.compile(rf"{_INNER}|{_QUOTED}")
# Comments, escapes, and characters whose meaning for YAML or for columns is not plain.
_UNSURE = re.compile(
    "[#\\\\\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]"
)


def read_plain(head: str, first_line: int) -> tuple[Field, ...] | None:
    """Read a head if all of it is plain; ``first_line`` is its line in the file, from 1."""
    if _UNSURE.search(head):
        return None
    fields: list[Field] = []
    lines = head.removesuffix("\n").split("\n")
    number = 0
    while number < len(lines):
        row = _ROW.fullmatch(lines[number])
        if row is None or row[1] in NULLS:
            return None
        key = Scalar(row[1], number + first_line, 1, len(row[1]))
        number += 1
        if row[2] is None:
            items, number = _entries(lines, number, first_line)
            if not items:
                return None
            fields.append(Field(key, "list", items))
        elif row[2][0] == "[":
            found = _ITEM.finditer(row[2])
            items = tuple(_scalar(one[0], key.line, row.start(2) + one.start()) for one in found)
            fields.append(Field(key, "list", items))
        else:
            fields.append(Field(key, "text", (_scalar(row[2], key.line, row.start(2)),)))
    return tuple(fields)


def _entries(lines: list[str], start: int, first_line: int) -> tuple[tuple[Scalar, ...], int]:
    """Read the entries of a block list, and tell the line after the last."""
    items: list[Scalar] = []
    indents: set[str] = set()
    number = start
    while number < len(lines) and (entry := _ENTRY.fullmatch(lines[number])):
        indents.add(entry[1])
        items.append(_scalar(entry[2], number + first_line, entry.start(2)))
        number += 1
    return (tuple(items) if len(indents) == 1 else ()), number


def _scalar(source: str, line: int, start: int) -> Scalar:
    text = source[1:-1] if source[0] in "\"'" else "" if source in NULLS else source
    return Scalar(text, line, start + 1, len(source))
