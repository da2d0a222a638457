"""Work done only when something asks for it, or left for a moment where something cannot wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

_Item = TypeVar("_Item")

Breath = Callable[[], None]
"""Called in the midst of long work, for what cannot wait until its end; it may raise to end it."""
BREATH_EVERY = 500
"""Items between two breaths: some milliseconds of work."""


def no_breath() -> None:
    """Go on without a break."""


def breathing(items: Iterable[_Item], breathe: Breath) -> Iterator[_Item]:
    """Give items, taking breath now and then."""
    for count, item in enumerate(items):
        if count % BREATH_EVERY == 0:
            breathe()
        yield item


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
