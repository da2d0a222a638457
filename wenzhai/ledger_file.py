"""The ledger on disk: what a build published is written down, whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from wenzhai.digest import digest_bytes
from wenzhai.ledger import LEDGER_FILE
from wenzhai.model import Digest
from wenzhai.problems import Problem, Span, problem
from wenzhai.snapshot import Snapshot
from wenzhai.store import Store

LOST = "lost"
"""The note of a ledger that could not be written; no file's digest is equal to it."""


def record_published(
    store: Store, site: Path, ledger: str, snapshot: Snapshot
) -> tuple[Problem, ...]:
    """Write the ledger, unless it is empty, and note its digest for the next build.

    Problem codes: E311 (cannot be written); the next build will try again.
    """
    kept: str = snapshot.files.get(LEDGER_FILE, "")
    lost: tuple[Problem, ...] = ()
    try:
        kept = _write(site / LEDGER_FILE, ledger.encode()) if ledger else kept
    except OSError as error:
        kept = LOST
        lost = (problem("E311", Span(LEDGER_FILE), reason=error.strerror or error),)
    store.set_facts({"ledger": kept})
    return lost


def _write(path: Path, content: bytes) -> Digest:
    """Write a file if it holds anything else; return the digest of its content."""
    if path.is_file() and path.read_bytes() == content:
        return digest_bytes(content)
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    return digest_bytes(content)
