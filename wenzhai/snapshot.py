"""The only reader of source folders: disk becomes a Snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wenzhai.model import Digest, RelPath
from wenzhai.problems import Problem


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The sources of a site at one moment.

    ``files`` maps every source's path to the digest of its bytes, in path order; ``origins`` tells
    where its bytes lie (the packaged theme is not below the site folder). ``problems`` are the
    files that could not be taken.
    """

    files: Mapping[RelPath, Digest]
    origins: Mapping[RelPath, Path]
    problems: tuple[Problem, ...]

    def read(self, path: RelPath) -> bytes:
        """Return a source's bytes."""
        return self.origins[path].read_bytes()
