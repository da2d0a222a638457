"""A text offered for import: what a person named, before anybody tried to understand it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wenzhai.importers.origin import Origin

OPML = ".opml"
"""The suffix of a list of subscriptions."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A text offered for import.

    ``shown`` is what messages call it, ``name`` its path below content/sources (NFC; empty for
    standard input, which has none), ``inside`` whether it lies there already, ``origin`` where it
    was fetched from, ``kind`` the suffix that it gets where it has no name, ``folder`` the one
    that it lies in. Of a ``file`` the content is read when it is needed.
    """

    shown: str
    name: str
    content: bytes
    inside: bool = False
    origin: Origin | None = None
    kind: str = ".txt"
    folder: Path | None = None
    file: Path | None = None

    def read(self) -> bytes:
        """Return the content.

        Raises:
            OSError: if the file cannot be read.
        """
        return self.content if self.file is None else self.file.read_bytes()
