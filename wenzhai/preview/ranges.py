"""Parts of an output, as players of sound and film ask for them (RFC 9110, 14)."""

from __future__ import annotations

import re

_RANGE = re.compile(r"bytes=[ \t]*(?:(\d+)-(\d*)|-(\d+))[ \t]*", re.ASCII | re.IGNORECASE)
_LONGEST = 18
"""Digits of a place; no file is larger, and longer numbers only cost time."""


class UnsatisfiableError(ValueError):
    """The part asked for begins behind the end."""


def read_range(header: str, size: int) -> slice | None:
    """Return which bytes of ``size`` a Range header asks for.

    Returns:
        None for all of them: several ranges, other units and whatever is malformed may be passed
        over (14.2).

    Raises:
        UnsatisfiableError: if there are no such bytes.
    """
    found = _RANGE.fullmatch(header)
    if not found or any(len(digits or "") > _LONGEST for digits in found.groups()):
        return None
    first, last, final = found.groups()
    if final:
        start, end = max(0, size - int(final)), size if int(final) else 0
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
        if last and int(last) < start:
            return None
    if start >= end:
        raise UnsatisfiableError
    return slice(start, end)
