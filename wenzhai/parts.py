"""The parts of an output's key: checksums of each thing it was made from, for ``explain``.

They only explain; whether an output is made again is decided by its whole key.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from wenzhai.digest import checksums


def parts_of(view: Any, extra: str = "") -> str:  # noqa: ANN401  # any view
    """Return the checksums of a view's fields in order, and those of what else its step saw."""
    own = checksums(view)
    return f"{own} {extra}" if extra else own


@cache
def part_names(kind: type) -> tuple[str, ...]:
    """Return the names that go with the first checksums of :func:`parts_of`."""
    return tuple(getattr(kind, "__dataclass_fields__", {}))


def differences(names: tuple[str, ...], before: str, after: str) -> tuple[str, ...]:
    """Name the parts that differ; all of them where nothing is known of before."""
    old, new = before.split(), after.split()
    if len(old) != len(new):
        return names
    return tuple(name for name, a, b in zip(names, old, new, strict=True) if a != b)
