"""Packs: files in which bytes lie end to end, found again by their digest.

Each process appends to a pack of its own, so that none waits for another; what is read is checked
against its digest, so that damage shows as absence.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import BinaryIO, NamedTuple

from wenzhai.digest import digest_bytes
from wenzhai.model import Digest


class Piece(NamedTuple):
    """Where bytes lie: ``size`` bytes from ``start`` in a pack file."""

    digest: Digest
    pack: str
    start: int
    size: int


class MissingBlobError(LookupError):
    """The store has lost or damaged bytes that its index promises."""


class PackWriter:
    """Append bytes to one pack file; each process writes its own."""

    def __init__(self, folder: Path, name: str) -> None:
        """Open a pack for appending."""
        self._name = name
        self._path = folder / name
        self._file: BinaryIO = self._path.open("ab")
        self._end = self._file.tell()

    def append(self, content: bytes) -> Piece:
        """Write bytes at the end; they are there for other processes after :meth:`flush`."""
        piece = Piece(digest_bytes(content), self._name, self._end, len(content))
        self._file.write(content)
        self._end += len(content)
        return piece

    def flush(self) -> None:
        """Hand all bytes to the operating system."""
        self._file.flush()

    def close(self) -> None:
        """Close the file; a full disk shows here at the latest."""
        self._file.close()

    def discard(self) -> None:
        """Close the file and delete it."""
        self._file.close()
        self._path.unlink()


class BlobReader:
    """Read bytes from packs by digest; every process has its own."""

    def __init__(self, folder: Path, index: sqlite3.Connection) -> None:
        """Take the folder of packs and the index that tells where bytes lie."""
        self._folder = folder
        self._index = index
        self._packs: dict[str, int] = {}

    def read(self, digest: Digest) -> bytes:
        """Return bytes that have this digest.

        Raises:
            MissingBlobError: if they are not there or not whole.
        """
        row = self._index.execute(
            "SELECT pack, start, size FROM blob WHERE digest = ?", (digest,)
        ).fetchone()
        content = self._read_piece(*row) if row else b""
        if digest_bytes(content) != digest:
            raise MissingBlobError(digest)
        return content

    def _read_piece(self, pack: str, start: int, size: int) -> bytes:
        try:
            if pack not in self._packs:
                flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
                self._packs[pack] = os.open(self._folder / pack, flags)
            os.lseek(self._packs[pack], start, os.SEEK_SET)
            return os.read(self._packs[pack], size)
        except OSError:
            return b""

    def close(self) -> None:
        """Close all packs; the index stays open."""
        for handle in self._packs.values():
            os.close(handle)
        self._packs.clear()
