"""Values to JSON and back, by their types: how the store keeps them.

A dataclass becomes the list of its fields in order, so a stored value is read only by the code
that wrote it; the store is stamped with the digest of that code.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

Decoder = Callable[[Any], Any]


def to_json(value: object) -> str:
    """Write a value as compact JSON, one line.

    Raises:
        TypeError: for anything but None, bool, int, str, tuples and dataclasses of these.
    """
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: object, text: str) -> Any:  # noqa: ANN401  # the caller names the type
    """Read a value of the given dataclass back from its JSON."""
    return decoder(kind)(json.loads(text))


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(kind := type(value)):
        return [_plain(getattr(value, name)) for name in _names(kind)]
    msg = f"cannot store {type(value).__qualname__}"
    raise TypeError(msg)


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  # a dataclass
    return tuple(field.name for field in fields(kind))


@cache
def decoder(kind: object) -> Decoder:
    """Return the function that turns parsed JSON into a value of this type.

    Raises:
        TypeError: for a type that :func:`to_json` does not write.
    """
    if isinstance(kind, NewType):
        return decoder(kind.__supertype__)
    if kind in (str, int, bool, NoneType) or get_origin(kind) is Literal:
        return _as_is
    if get_origin(kind) is tuple:
        return _tuple_decoder(get_args(kind))
    if get_origin(kind) in (Union, UnionType):
        return _optional_decoder(get_args(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_decoder(kind)
    msg = f"cannot read {kind}"
    raise TypeError(msg)


def _as_is(value: Any) -> Any:  # noqa: ANN401  # JSON
    return value


def _tuple_decoder(kinds: tuple[object, ...]) -> Decoder:
    if kinds[-1] is not Ellipsis:
        each = tuple(decoder(kind) for kind in kinds)
        return lambda row: tuple(one(item) for one, item in zip(each, row, strict=True))
    item = decoder(kinds[0])
    return tuple if item is _as_is else (lambda row: tuple(map(item, row)))


def _optional_decoder(kinds: tuple[object, ...]) -> Decoder:
    some = [kind for kind in kinds if kind is not NoneType]
    if len(some) != 1:
        msg = f"cannot read a union of {kinds}"
        raise TypeError(msg)
    inner = decoder(some[0])
    return _as_is if inner is _as_is else (lambda value: None if value is None else inner(value))


def _dataclass_decoder(kind: type) -> Decoder:
    hints = get_type_hints(kind)
    each = [decoder(hints[name]) for name in _names(kind)]
    changed = tuple((index, one) for index, one in enumerate(each) if one is not _as_is)

    def read(row: list[Any]) -> object:
        for index, one in changed:
            row[index] = one(row[index])
        return kind(*row)

    return read
