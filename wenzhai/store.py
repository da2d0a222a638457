"""The cache on disk: results by the digest of their inputs, bytes by their own digest.

One SQLite file is the index; bytes lie end to end in pack files, which worker processes write
without waiting for one another. Any damage means "not there": the build computes again.
Never pickle: a cache may come from elsewhere.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from wenzhai.digest import digest_bytes
from wenzhai.model import Digest
from wenzhai.packs import BlobReader, PackWriter, Piece

FORMAT = 1
"""Changed whenever the layout of the index changes; it is part of the folder's name."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blob (
    digest TEXT PRIMARY KEY, pack TEXT NOT NULL, start INTEGER NOT NULL, size INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS trace (
    step TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL, blob TEXT NOT NULL,
    problems TEXT NOT NULL, build INTEGER NOT NULL, PRIMARY KEY (step, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, signature TEXT NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS output (
    path TEXT PRIMARY KEY, key TEXT NOT NULL, before TEXT NOT NULL, content TEXT NOT NULL,
    signature TEXT NOT NULL
) WITHOUT ROWID;
"""


class Trace(NamedTuple):  # thousands go from process to process: tuples are pickled fastest
    """The result of one step: a record (JSON), the digest of its bytes (or empty), its warnings."""

    key: Digest
    record: str
    blob: str
    problems: str


class OutputRow(NamedTuple):
    """An output as last published.

    ``key`` is that of the step that made it, ``before`` the one before that, ``content`` the
    digest of its bytes (empty: it could not be made), ``signature`` the file's stat.
    """

    key: str
    before: str
    content: str
    signature: str


class SourceChangedError(Exception):
    """A source changed or vanished after its snapshot: take a new one and build again."""


def read_source(origin: str, content: Digest) -> bytes:
    """Return the bytes of a source as they were when its digest was taken.

    Raises:
        SourceChangedError: if it holds others by now. Giving those out would file what is made of
            them under the wrong digest, for ever.
    """
    try:
        with open(origin, "rb", buffering=0) as file:  # noqa: PTH123  # thousands of times
            found = file.read()
    except OSError as error:
        raise SourceChangedError(origin) from error
    if digest_bytes(found) != content:
        raise SourceChangedError(origin)
    return found


class Store:
    """One cache folder, opened. A store of other code or another format is emptied first."""

    def __init__(self, folder: Path, code: Digest) -> None:
        """Open or make the store.

        Raises:
            OSError: if the folder cannot be made or written.
        """
        self.folder = folder / f"cache-{FORMAT}"
        self._open()
        self._code = code
        if self.fact("code") != code:
            self.reset()

    def _open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = connect(self.folder)
        except sqlite3.DatabaseError:
            shutil.rmtree(self.folder)
            self.folder.mkdir(parents=True)
            self._index = connect(self.folder)
        self._reader = BlobReader(self.folder, self._index)

    def reset(self) -> None:
        """Forget everything."""
        self.close()
        shutil.rmtree(self.folder)
        self._open()
        self.set_facts({"code": self._code})

    def close(self) -> None:
        """Close all files."""
        self._reader.close()
        self._index.close()

    def fact(self, name: str) -> str:
        """Return a named text, or an empty one."""
        row = self._index.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_facts(self, facts: Mapping[str, str]) -> None:
        """Keep named texts."""
        with self._index:
            self._index.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", facts.items())

    def traces(self, step: str, *, records: bool = True) -> dict[str, Trace]:
        """Return all results of a step by key, with empty records where they are not wanted."""
        record = "record" if records else "''"
        rows = self._index.execute(
            f"SELECT key, {record}, blob, problems FROM trace WHERE step = ?",  # noqa: S608  # ours
            (step,),
        )
        return {row[0]: Trace(*row) for row in rows}

    def find(self, step: str, keys: Iterable[Digest]) -> dict[str, Trace]:
        """Return those of a step's results that are known, by key."""
        rows = (
            self._index.execute(
                "SELECT key, record, blob, problems FROM trace WHERE step = ? AND key = ?",
                (step, key),
            ).fetchone()
            for key in keys
        )
        return {row[0]: Trace(*row) for row in rows if row}

    def record(self, step: str, key: str) -> str:
        """Return the record of one result, or an empty text."""
        row = self._index.execute(
            "SELECT record FROM trace WHERE step = ? AND key = ?", (step, key)
        ).fetchone()
        return str(row[0]) if row else ""

    def add(self, step: str, traces: Iterable[Trace], pieces: Iterable[Piece], build: int) -> None:
        """Keep results and the places of their bytes, all or none."""
        with self._index:
            self._index.executemany(
                "INSERT OR IGNORE INTO blob VALUES (?, ?, ?, ?)",
                ((p.digest, p.pack, p.start, p.size) for p in pieces),
            )
            self._index.executemany(
                "INSERT OR REPLACE INTO trace VALUES (?, ?, ?, ?, ?, ?)",
                ((step, t.key, t.record, t.blob, t.problems, build) for t in traces),
            )

    def read(self, digest: Digest) -> bytes:
        """Return bytes by their digest (MissingBlobError where they are lost)."""
        return self._reader.read(digest)

    def files(self) -> dict[str, tuple[str, Digest]]:
        """Return (signature, digest) of every source seen by the last build."""
        rows = self._index.execute("SELECT path, signature, digest FROM file")
        return {path: (signature, digest) for path, signature, digest in rows}

    def set_files(
        self, rows: Mapping[str, tuple[str, Digest]], known: Mapping[str, tuple[str, Digest]]
    ) -> None:
        """Replace what is ``known`` of sources; only rows that changed are written."""
        with self._index:
            self._index.executemany(
                "DELETE FROM file WHERE path = ?", ((path,) for path in known.keys() - rows.keys())
            )
            self._index.executemany(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?)",
                ((path, *row) for path, row in rows.items() if known.get(path) != row),
            )

    def outputs(self) -> dict[str, OutputRow]:
        """Return the row of every output as last published, by path."""
        rows = self._index.execute("SELECT path, key, before, content, signature FROM output")
        return {row[0]: OutputRow(*row[1:]) for row in rows}

    def set_outputs(self, rows: Mapping[str, OutputRow], gone: Iterable[str]) -> None:
        """Add or replace rows of outputs, and forget those that are gone."""
        with self._index:
            self._index.executemany("DELETE FROM output WHERE path = ?", ((p,) for p in gone))
            self._index.executemany(
                "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?)",
                ((path, *row) for path, row in rows.items()),
            )

    def collect(self, used: Mapping[str, Iterable[str]], oldest: int) -> None:
        """Drop results that are neither in use nor made since build ``oldest``; pack the rest.

        ``used`` maps each step to the keys of the current build; other steps are left alone.
        """
        with self._index:
            self._index.execute("CREATE TEMP TABLE used (step TEXT, key TEXT)")
            for step, keys in used.items():
                self._index.executemany("INSERT INTO used VALUES (?, ?)", ((step, k) for k in keys))
            self._index.execute(
                "DELETE FROM trace WHERE build < ? AND step IN (SELECT step FROM used)"
                " AND (step, key) NOT IN (SELECT * FROM used)",
                (oldest,),
            )
            self._index.execute("DROP TABLE used")
            self._index.execute("DELETE FROM blob WHERE digest NOT IN (SELECT blob FROM trace)")
        self._repack(lambda: False)

    def forget(
        self,
        builds: range,
        used: Mapping[str, Iterable[str]],
        live: Iterable[str],
        is_wanted: Callable[[], bool],
    ) -> None:
        """Drop what some past builds made unless it is in use; this takes tens of milliseconds.

        Args:
            builds: whose results may go.
            used: as for :meth:`collect`.
            live: digests of bytes that are still needed, whatever build asked for them.
            is_wanted: asked while packs are written anew: if true, the old ones stay.
        """
        rows = self._index.execute(
            "SELECT step, key, blob FROM trace WHERE build >= ? AND build < ?",
            (builds.start, builds.stop),
        ).fetchall()
        kept, keys = frozenset(live), {step: frozenset(found) for step, found in used.items()}
        gone = [row for row in rows if row[2] not in kept and row[1] not in keys.get(row[0], ())]
        with self._index:
            self._index.executemany(
                "DELETE FROM trace WHERE step = ? AND key = ? AND blob = ?", gone
            )
            self._index.execute("CREATE TEMP TABLE gone AS SELECT digest FROM blob LIMIT 0")
            self._index.executemany("INSERT INTO gone VALUES (?)", {(row[2],) for row in gone})
            self._index.execute("DELETE FROM gone WHERE digest IN (SELECT blob FROM trace)")
            self._index.execute("DELETE FROM blob WHERE digest IN (SELECT digest FROM gone)")
            self._index.execute("DROP TABLE gone")
        self._repack(is_wanted)

    def _repack(self, is_wanted: Callable[[], bool]) -> None:
        """Copy live bytes into one new pack when more than half of what lies there is dead."""
        live = self._index.execute("SELECT COALESCE(SUM(size), 0) FROM blob").fetchone()[0]
        packs = sorted(self.folder.glob("*.pack"))
        if sum(pack.stat().st_size for pack in packs) <= 2 * live + (1 << 20):
            return
        writer = PackWriter(self.folder, _new_name(packs))
        rows = self._index.execute("SELECT digest FROM blob ORDER BY digest").fetchall()
        pieces = []
        for (digest,) in rows:
            if is_wanted():
                writer.discard()
                return
            pieces.append(writer.append(self.read(digest)))
        writer.close()
        with self._index:
            self._index.executemany(
                "UPDATE blob SET pack = ?, start = ? WHERE digest = ?",
                ((p.pack, p.start, p.digest) for p in pieces),
            )
        self._reader.close()
        for pack in packs:
            pack.unlink()


def connect(folder: Path) -> sqlite3.Connection:
    """Open the index of a cache folder; every process needs its own connection."""
    index = sqlite3.connect(folder / "index.sqlite", timeout=30)
    index.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + SCHEMA)
    return index


def _new_name(packs: list[Path]) -> str:
    numbers = [int(pack.stem) for pack in packs if pack.stem.isdigit()]
    return f"{max(numbers, default=0) + 1:08d}.pack"
