"""The texts of sources that problems are shown in."""

from __future__ import annotations

from wenzhai.preview.messages import Lines
from wenzhai.preview.worker import Worker


def lines_of(worker: Worker) -> Lines:
    """Give the texts of sources, and of no other file."""

    def lines(path: str) -> str | None:
        origin = worker.origin(path)
        try:
            return origin.read_bytes()[: 1 << 20].decode("utf-8", "replace") if origin else None
        except OSError:
            return None

    return lines
