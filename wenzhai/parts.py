"""The parts of an output's key: short digests of each thing it was made from, for ``explain``.

They only explain; whether an output is made again is decided by its whole key.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from wenzhai.digest import digest

LENGTH = 8


def parts_of(view: Any, extra: tuple[tuple[str, object], ...] = ()) -> str:  # noqa: ANN401  # any view
    """Return the short digests of a view's fields and of what else its step saw, in order."""
    values = [getattr(view, name) for name in _fields(type(view))]
    values += [value for _, value in extra]
    return " ".join(digest(value)[:LENGTH] for value in values)


def part_names(view: Any, extra: tuple[str, ...] = ()) -> tuple[str, ...]:  # noqa: ANN401  # any view
    """Return the names that go with :func:`parts_of`."""
    return (*_fields(type(view)), *extra)


def differences(names: tuple[str, ...], before: str, after: str) -> tuple[str, ...]:
    """Name the parts that differ; all of them where nothing is known of before."""
    old, new = before.split(), after.split()
    if len(old) != len(new):
        return names
    return tuple(name for name, a, b in zip(names, old, new, strict=True) if a != b)


@cache
def _fields(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  # any view
    return tuple(getattr(kind, "__dataclass_fields__", {}))
