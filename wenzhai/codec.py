"""Values to plain tuples and JSON and back, by their declared types.

A dataclass becomes the tuple of its fields in order, so a stored value is read only by the code
that wrote it; the store is stamped with the digest of that code.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

Convert = Callable[[Any], Any]
Special = Callable[[Any], "Convert | None"]
"""Gives the conversion of types that one caller treats in its own way, None for all others."""

LEAVES = frozenset({str, int, bool, bytes, NoneType})


def to_json(value: object) -> str:
    """Write a value as compact JSON, one line.

    Raises:
        TypeError: for anything but None, bool, int, str, tuples and frozen dataclasses of these.
    """
    return json.dumps(_to_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: object, text: str) -> Any:  # noqa: ANN401  # the caller names the type
    """Read a value of the given type back from its JSON."""
    return decoder(kind)(json.loads(text))


def _to_plain(value: object) -> object:
    kind: type = type(value)
    if kind in LEAVES and kind is not bytes:
        return value
    if isinstance(value, tuple):
        return [_to_plain(item) for item in value]
    convert = encoder(kind)
    return convert(value) if convert else value


def no_special(_kind: object) -> None:
    """Treat no type in a special way."""


@cache
def encoder(kind: object, special: Special = no_special) -> Convert | None:
    """Return the function that turns values of this type into plain tuples, None if they are.

    Raises:
        TypeError: for a type that is not immutable, or that cannot be read back.
    """
    if own := special(kind):
        return own
    if isinstance(kind, NewType):
        return encoder(kind.__supertype__, special)
    if kind in LEAVES or get_origin(kind) is Literal:
        return None
    if get_origin(kind) is tuple:
        return _tuple_encoder(get_args(kind), special)
    if get_origin(kind) in (Union, UnionType):
        inner = encoder(_only(kind), special)
        return (lambda value: None if value is None else inner(value)) if inner else None
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_encoder(kind, special)
    msg = f"{kind} is no immutable value"
    raise TypeError(msg)


def _tuple_encoder(kinds: tuple[object, ...], special: Special) -> Convert | None:
    each = [encoder(kind, special) for kind in kinds if kind is not Ellipsis]
    if not any(each):
        return None
    if kinds[-1] is Ellipsis:
        item = each[0]
        return lambda row: tuple([item(value) for value in row]) if item else row
    return lambda row: tuple(
        one(value) if one else value for one, value in zip(each, row, strict=True)
    )


def _dataclass_encoder(kind: type, special: Special) -> Convert:
    if not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # it is a dataclass
        msg = f"{kind.__qualname__} is no immutable value"
        raise TypeError(msg)

    def inside(other: object) -> Convert | None:
        """Put off what a type that holds itself needs: its own conversion."""
        return _later(kind, special) if other is kind else special(other)

    hints = get_type_hints(kind)
    names = field_names(kind)
    found = [(place, encoder(hints[name], inside)) for place, name in enumerate(names)]
    changed = tuple((place, one) for place, one in found if one)
    if len(names) == 1:
        name, one = names[0], found[0][1]
        return lambda value: (one(getattr(value, name)) if one else getattr(value, name),)
    get = attrgetter(*names)
    if not changed:
        return get

    def convert(value: object) -> tuple[object, ...]:
        row = list(get(value))
        for place, one in changed:
            row[place] = one(row[place])
        return tuple(row)

    return convert


def _later(kind: type, special: Special) -> Convert:
    def convert(value: object) -> object:
        found = encoder(kind, special)
        return found(value) if found else value

    return convert


@cache
def field_names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  # a dataclass
    """Return the names of a dataclass's fields in order."""
    return tuple(field.name for field in fields(kind))


@cache
def decoder(kind: object) -> Convert:
    """Return the function that turns parsed JSON into a value of this type.

    Raises:
        TypeError: for a type that :func:`to_json` does not write.
    """
    if isinstance(kind, NewType):
        return decoder(kind.__supertype__)
    if kind in LEAVES or get_origin(kind) is Literal:
        return _as_is
    if get_origin(kind) is tuple:
        return _tuple_decoder(get_args(kind))
    if get_origin(kind) in (Union, UnionType):
        inner = decoder(_only(kind))
        return _as_is if inner is _as_is else lambda value: None if value is None else inner(value)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_decoder(kind)
    msg = f"cannot read {kind}"
    raise TypeError(msg)


def _only(union: object) -> object:
    """Return the one type of an optional value."""
    some = [kind for kind in get_args(union) if kind is not NoneType]
    if len(some) != 1:
        msg = f"{union} is no optional value"
        raise TypeError(msg)
    return some[0]


def _as_is(value: Any) -> Any:  # noqa: ANN401  # JSON
    return value


def _tuple_decoder(kinds: tuple[object, ...]) -> Convert:
    if kinds[-1] is not Ellipsis:
        each = tuple(decoder(kind) for kind in kinds)
        return lambda row: tuple(one(item) for one, item in zip(each, row, strict=True))
    item = decoder(kinds[0])
    return tuple if item is _as_is else (lambda row: tuple([item(value) for value in row]))


def _dataclass_decoder(kind: type) -> Convert:
    hints = get_type_hints(kind)
    each = [decoder(hints[name]) for name in field_names(kind)]
    changed = tuple((index, one) for index, one in enumerate(each) if one is not _as_is)

    def read(row: list[Any]) -> object:
        for index, one in changed:
            if row[index]:
                row[index] = one(row[index])
            elif row[index] is not None:
                row[index] = ()
        return kind(*row)

    return read
