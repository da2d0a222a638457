"""What a conversion took from a source and what it left out, for a person to check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class Piece(NamedTuple):
    """A stretch of a line; ``reason`` says why it was left out (empty: it was not)."""

    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A source with its record: lines in pieces, what stands on no line, and the fields found."""

    lines: tuple[tuple[Piece, ...], ...]
    apart: tuple[Piece, ...]
    fields: tuple[Mapping[str, Any], ...]
    doubts: tuple[str, ...]
    confidence: float


def read_conversion(source: bytes, told: Mapping[str, Any], *, is_text: bool) -> Conversion:
    """Read a source beside its record; what the record does not hold is empty.

    Args:
        source: the bytes of the source.
        told: the record, as it lies on disk.
        is_text: whether the source shows as text; what was left out of others is listed apart.
    """
    about = _dict(told.get("source"))
    text = _decode(source, str(about.get("encoding") or "utf-8")) if is_text else ""
    removed = [row for row in _list(told.get("removed")) if isinstance(row, dict)]
    lines, apart = mark(text.split("\n") if text else [], removed)
    fields = _dict(told.get("fields"))
    return Conversion(
        lines=lines,
        apart=apart,
        fields=tuple(_field(name, f) for name, f in fields.items() if isinstance(f, dict)),
        doubts=tuple(str(_dict(one).get("reason", "")) for one in _list(told.get("doubts"))),
        confidence=_number(told.get("confidence")),
    )


def mark(
    lines: Sequence[str], removed: Iterable[Mapping[str, Any]]
) -> tuple[tuple[tuple[Piece, ...], ...], tuple[Piece, ...]]:
    """Cut lines where stretches were left out; return the stretches that are on no line as well."""
    by_line: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    apart: list[Piece] = []
    for row in removed:
        number, start, end = (int(_number(row.get(key))) for key in ("line", "start", "end"))
        text, reason = str(row.get("text", "")), str(row.get("reason", ""))
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        if line and line[start:end] == text:
            by_line[number].append((start, end, reason))
        else:
            apart.append(Piece(text, reason))
    cut = tuple(tuple(_cut(line, by_line.get(n, []))) for n, line in enumerate(lines, 1))
    return cut, tuple(apart)


def _field(name: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    about = {key: told.get(key, "") for key in ("value", "written", "line", "proposed")}
    return {"name": name, **about}


def _cut(line: str, stretches: Iterable[tuple[int, int, str]]) -> Iterable[Piece]:
    place = 0
    for start, end, reason in sorted(stretches):
        if start < place:
            continue  # lies within the one before
        if line[place:start]:
            yield Piece(line[place:start])
        yield Piece(line[start:end], reason or "?")
        place = end
    if line[place:] or not line:
        yield Piece(line[place:])


def _decode(source: bytes, encoding: str) -> str:
    try:
        text = source.decode(encoding, "replace")
    except LookupError:
        text = source.decode("utf-8", "replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
