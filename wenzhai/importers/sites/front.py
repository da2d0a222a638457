"""Front matter as other generators write it: YAML, TOML, JSON, or Pelican's lines.

Owns telling keys from text, each with its lines, so that none is lost; what they mean is another
module's. All scalars stay texts: what ``no`` and ``012`` are is for the reader of a key to say.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import yaml

LARGEST = 65_536
DEEPEST = 20
_FENCED = re.compile(
    r"\ufeff?(?P<mark>---|\+\+\+|;;;)[ \t]*\n(?P<inner>.*?)^(?P=mark)[ \t]*(?:\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
_OPEN = re.compile(
    r"\ufeff?(?P<inner>[\w-]+:[^\n]*\n(?:[\w-]+:[^\n]*\n|[ \t-][^\n]*\n)*?)---[ \t]*\n"
)
_JSON = re.compile(r"\ufeff?(?=\{)")
_HEADER = re.compile(
    r"\ufeff?(?P<inner>(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,})(?:[ \t]*\n|\Z)"
)
_KEY = re.compile(
    r"(?P<table>\[{1,2}[^\]\n]+\]{1,2})|['\"]?(?P<key>[^\s'\":=#\[{-][^'\":=\n]*?)['\"]?\s*[:=]"
)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A key: its name in lower case, its value (texts, lists, mappings), first line and text."""

    name: str
    value: object
    line: int
    written: str


@dataclass(frozen=True, slots=True)
class ForeignFront:
    """All keys in order, lines that belong to none, and where the body starts.

    ``line`` is the body's first line, from 1.
    """

    keys: tuple[ForeignKey, ...]
    loose: tuple[tuple[int, str], ...]
    body: str
    line: int


def read_front(text: str, kind: str = "") -> ForeignFront | None:
    """Part front matter from the body; None where it cannot be read.

    Hexo (its name is the ``kind``) lets the first of the two marks be left out.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _FENCED.match(text):
        inner, end = found["inner"], found.end()
        first = 2
        values = _toml(inner) if found["mark"] == "+++" else _yaml(inner)
    elif kind == "hexo" and (found := _OPEN.match(text)):
        inner, end, first = found["inner"], found.end(), 1
        values = _yaml(inner)
    elif _JSON.match(text):
        return _json(text)
    elif found := _HEADER.match(text):
        inner, end, first = found["inner"], found.end(), 1
        values = _lines(inner)
    else:
        return ForeignFront((), (), text, 1)
    if values is None:
        return None
    keys, loose = _placed(values, inner, first)
    return ForeignFront(tuple(keys), tuple(loose), text[end:], text.count("\n", 0, end) + 1)


def _yaml(inner: str) -> dict[str, object] | None:
    """Read YAML whose scalars stay texts; anchors, which can grow without bound, are refused."""
    if len(inner) > LARGEST or _depth(inner) > DEEPEST:
        return None
    try:
        if any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(inner, yaml.BaseLoader)):
            return None
        values = yaml.load(inner, Loader=yaml.BaseLoader)  # noqa: S506  # it makes texts only
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if values is None or values == "":
        return {}
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else None


def _depth(inner: str) -> int:
    """Return how deep brackets nest at most: the parser has no limit of its own."""
    depth = deepest = 0
    for char in inner:
        depth += (char in "[{") - (char in "]}")
        deepest = max(deepest, depth)
    return deepest


def _toml(inner: str) -> dict[str, object] | None:
    if len(inner) > LARGEST or _depth(inner) > DEEPEST:
        return None
    try:
        values = _texts(tomllib.loads(inner))
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _json(text: str) -> ForeignFront | None:
    start = text.index("{")
    try:
        values, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    texts = _texts(values)
    if not isinstance(texts, dict) or end > LARGEST:
        return None
    keys = tuple(
        ForeignKey(name.lower(), value, 1, json.dumps({name: value}, ensure_ascii=False))
        for name, value in texts.items()
    )
    body = text[end:].lstrip(" \t").removeprefix("\n")
    return ForeignFront(keys, (), body, text.count("\n", 0, len(text) - len(body)) + 1)


def _lines(inner: str) -> dict[str, object]:
    """Read Pelican's header: ``Key: value``, continued on indented lines."""
    values: dict[str, object] = {}
    for row in re.split(r"\n(?![ \t])", inner.strip("\n")):
        name, _, value = row.partition(":")
        values[name.strip()] = " ".join(value.split())
    return values


def _texts(value: object) -> object:
    """Make texts of all scalars, as YAML's are."""
    if isinstance(value, dict):
        return {str(key): _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def _placed(
    values: dict[str, object], inner: str, first: int
) -> tuple[list[ForeignKey], list[tuple[int, str]]]:
    """Find the lines of each key; what stands in none of them is loose."""
    stretches: dict[str, tuple[int, str]] = {}
    loose = []
    for name, stretch in _stretches(inner, first):
        if name in stretches:
            loose.append(stretches[name])  # of a key given twice the last one counts
        stretches[name] = stretch
    keys = []
    for name, value in values.items():
        line, written = stretches.pop(name.lower(), (first, ""))
        keys.append(ForeignKey(name.lower(), value, line, written))
    return keys, [(line, written) for line, written in (*loose, *stretches.values()) if written]


def _stretches(inner: str, first: int) -> Iterator[tuple[str, tuple[int, str]]]:
    """Give the lines of each key at the margin (of TOML, of each table), and of comments."""
    name, start, rows = "", first, list[str]()
    table = ""
    for number, row in enumerate(inner.split("\n"), first):
        found = _KEY.match(row)
        comment = row.lstrip().startswith("#")
        if not found and not comment:
            rows.append(row)
            continue
        if found and found["key"] and table:
            rows.append(row)
            continue
        yield name or f"#{start}", (start, "\n".join(rows).strip())
        table = found["table"] if found and found["table"] else ("" if found else table)
        named = (found["key"] or found["table"].strip("[]").split(".")[0]) if found else ""
        name, start, rows = named.strip().lower(), number, [row]
        if comment:
            yield f"#{number}", (number, row.strip())
            name, rows = f"#{number + 1}", []
    yield name or f"#{start}", (start, "\n".join(rows).strip())
