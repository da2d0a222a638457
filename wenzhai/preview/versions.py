"""The page versions served lately, by digest: what a browser compares a new version with."""

from __future__ import annotations

from collections import OrderedDict

COUNT, BYTES = 200, 16_000_000
"""At most so many versions, and so many bytes of them."""


class Versions:
    """A bounded memory of page versions; the least recently used go first."""

    def __init__(self, count: int = COUNT, size: int = BYTES) -> None:
        """Remember at most ``count`` versions of ``size`` bytes together."""
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._count = count
        self._size = size
        self._used = 0

    def keep(self, version: str, content: bytes) -> None:
        """Remember the bytes of a version."""
        if version in self._kept:
            self._kept.move_to_end(version)
            return
        self._kept[version] = content
        self._used += len(content)
        while len(self._kept) > self._count or (self._used > self._size and len(self._kept) > 1):
            _, gone = self._kept.popitem(last=False)
            self._used -= len(gone)

    def find(self, version: str) -> bytes | None:
        """Return the bytes of a version, or None where they were forgotten."""
        if version in self._kept:
            self._kept.move_to_end(version)
        return self._kept.get(version)
