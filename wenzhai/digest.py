"""Canonical digests of immutable values: the cache keys of the build.

The encoding is injective on the types it takes (each item is tagged and length-prefixed)
and refuses every other type, so a new field can neither be forgotten nor hidden.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from typing import Protocol, runtime_checkable

from wenzhai.model import Digest

DIGEST_SIZE = 16


@runtime_checkable
class Digested(Protocol):
    """A value that carries the digest of all its fields, made when it was made."""

    digest: Digest


def digest_bytes(data: bytes) -> Digest:
    """Return the digest of raw bytes: 32 hex digits of BLAKE2b."""
    return Digest(blake2b(data, digest_size=DIGEST_SIZE).hexdigest())


def digest(*values: object) -> Digest:
    """Return the digest of a sequence of immutable values.

    Takes None, bool, int, str, bytes, tuples of these, and frozen dataclasses of these. A
    dataclass with a ``digest`` field stands for itself by that field.

    Raises:
        TypeError: for any other type, mutable containers and floats among them.
    """
    out: list[bytes] = []
    for value in values:
        _encode(value, out)
    return digest_bytes(b"".join(out))


def _encode(value: object, out: list[bytes]) -> None:
    kind = type(value)
    if kind is str:
        data = value.encode("utf-8", "surrogatepass")  # type: ignore[attr-defined]  # kind is str
        out.append(b"s%d:" % len(data))
        out.append(data)
    elif value is None:
        out.append(b"n")
    elif kind is bool:
        out.append(b"t" if value else b"f")
    elif kind is int:
        out.append(b"i%d;" % value)  # type: ignore[str-format]  # kind is int
    elif kind is tuple:
        out.append(b"(%d:" % len(value))  # type: ignore[arg-type]  # kind is tuple
        for item in value:  # type: ignore[attr-defined]  # kind is tuple
            _encode(item, out)
    elif kind is bytes:
        out.append(b"b%d:" % len(value))  # type: ignore[arg-type]  # kind is bytes
        out.append(value)  # type: ignore[arg-type]  # kind is bytes
    else:
        _encode_dataclass(value, kind, out)


def _encode_dataclass(value: object, kind: type, out: list[bytes]) -> None:
    tag, names, carries = _shape(kind)
    out.append(tag)
    if carries:
        out.append(value.digest.encode("ascii"))  # type: ignore[attr-defined]  # see _shape
        return
    for name in names:
        _encode(getattr(value, name), out)


@cache
def _shape(kind: type) -> tuple[bytes, tuple[str, ...], bool]:
    """Return a frozen dataclass's tag, field names, and whether it carries its own digest."""
    params = getattr(kind, "__dataclass_params__", None)
    if not is_dataclass(kind) or params is None or not params.frozen:
        msg = f"cannot digest {kind.__module__}.{kind.__qualname__}: not an immutable value"
        raise TypeError(msg)
    names = tuple(field.name for field in fields(kind))
    head = f"{kind.__qualname__}({','.join(names)})".encode()
    return b"d%d:%s" % (len(head), head), names, "digest" in names
