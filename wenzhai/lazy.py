"""Sequences whose items are made when something asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

_Item = TypeVar("_Item")


class Made(Sequence[_Item]):
    """A sequence whose items are made when they are asked for, once."""

    def __init__(self, make: Callable[[int], _Item], count: int) -> None:
        """Make item ``row`` by ``make(row)``."""
        self._make = make
        self._rows = range(count)
        self._made: dict[int, _Item] = {}

    def __len__(self) -> int:
        """Return how many items there are, made or not."""
        return len(self._rows)

    @overload
    def __getitem__(self, row: int) -> _Item: ...

    @overload
    def __getitem__(self, row: slice) -> tuple[_Item, ...]: ...

    def __getitem__(self, row: int | slice) -> _Item | tuple[_Item, ...]:
        """Return an item, or a tuple of items."""
        if isinstance(row, slice):
            return tuple([self[one] for one in self._rows[row]])
        place = self._rows[row]
        if place not in self._made:
            self._made[place] = self._make(place)
        return self._made[place]
