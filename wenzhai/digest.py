"""Canonical digests of immutable values: the cache keys of the build.

The encoding is injective on the types it takes: the fields of a dataclass are typed by its
declaration, whose digest stands in front, and marshal's format 2 tags and length-prefixes every
leaf. Other types are refused, so a new field can neither be forgotten nor hidden.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from dataclasses import is_dataclass
from functools import cache
from hashlib import sha256
from itertools import repeat
from operator import attrgetter
from struct import pack
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from zlib import crc32

from wenzhai.codec import LEAVES, Convert, encoder, field_names
from wenzhai.model import Digest

HEX_DIGITS = 32
"""Of a digest: 128 bits, of SHA-256. Today's processors have instructions for it, so that it takes
half of what BLAKE2b does."""
FORMAT = 2
"""Of marshal: the last without references to equal objects, so equal values give equal bytes."""


def digest_bytes(data: bytes) -> Digest:
    """Return the digest of raw bytes: the first 32 hex digits of their SHA-256."""
    return Digest(sha256(data).hexdigest()[:HEX_DIGITS])


def digest_chunks(chunks: Iterable[bytes]) -> Digest:
    """Return the digest of bytes that come in pieces, as :func:`digest_bytes` would."""
    running = sha256()
    for chunk in chunks:
        running.update(chunk)
    return Digest(running.hexdigest()[:HEX_DIGITS])


def digest(*values: object) -> Digest:
    """Return the digest of a sequence of immutable values.

    Takes None, bool, int, str, bytes, tuples of these, and frozen dataclasses whose fields are
    declared as these. A dataclass with a ``digest`` field stands for itself by that field.

    Raises:
        TypeError: for any other type, mutable containers and floats among them.
    """
    plain = tuple([_plain(value) for value in values])
    return digest_bytes(_bytes(plain))


def checksum(value: object) -> str:
    """Return 8 hex digits that tell most values apart: to explain, never to decide.

    Raises:
        TypeError: as :func:`digest`.
    """
    return f"{crc32(_bytes(_plain(value))):08x}"


def checksums(value: object) -> str:
    """Return a :func:`checksum` of each field of a dataclass, in order, parted by spaces.

    Raises:
        TypeError: as :func:`digest`.
    """
    kind: type = type(value)
    _, convert = _tagged(kind)
    fields: Any = convert(value)
    sums = [*map(crc32, map(marshal.dumps, fields, repeat(FORMAT)))]
    return pack(f">{len(sums)}I", *sums).hex(" ", 4)


def _bytes(plain: Any) -> bytes:  # noqa: ANN401  # leaves and tuples
    return marshal.dumps(plain, FORMAT)


def _plain(value: Any) -> object:  # noqa: ANN401  # checked here
    """Turn a value whose type is known only now into leaves and tuples, with its type."""
    kind: type = type(value)
    if kind in LEAVES:
        return value
    if kind is tuple:
        return tuple([_plain(item) for item in value])
    tag, convert = _tagged(kind)
    return tag, convert(value)


@cache
def _tagged(kind: type) -> tuple[bytes, Convert]:
    """Return a dataclass's tag (its name and declaration) and its conversion."""
    convert = encoder(kind, _special)
    if convert is None or not is_dataclass(kind):
        msg = f"cannot digest {kind.__module__}.{kind.__qualname__}: not an immutable value"
        raise TypeError(msg)
    hints = get_type_hints(kind)
    shape = f"{kind.__qualname__}({', '.join(f'{n}: {hints[n]}' for n in field_names(kind))})"
    return sha256(shape.encode()).digest()[:8], convert


def _special(kind: Any) -> Convert | None:  # noqa: ANN401  # any type
    """Take a digest for its value, and look at values whose declared type leaves open what."""
    if isinstance(kind, type) and is_dataclass(kind) and "digest" in field_names(kind):
        return attrgetter("digest")
    is_open = get_origin(kind) in (Union, UnionType) and len(get_args(kind)) > 2  # noqa: PLR2004  # X | None
    return _plain if kind is object or is_open else None
