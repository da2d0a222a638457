"""The file beside an article that shows both versions where a merge met an overlap.

It is ours as long as it has the digest that the article's record notes; once a person works in it,
it is neither written nor deleted.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from wenzhai.conversions import write_file
from wenzhai.records import dump_record

CONFLICT = ".conflict"
"""Added to an article's name. No build reads such a file."""


def write_conflict(article: Path, record: dict[str, object], text: bytes) -> bytes | None:
    """Show both versions of an article; return its record with a note of that, None if it stays.

    Raises:
        OSError: if the file cannot be written.
    """
    file = article.with_name(article.name + CONFLICT)
    digest = sha256(text).hexdigest()
    found = _digest_at(file)
    noted = noted_conflict(record)
    if digest == noted == found or found not in {"", noted, digest}:
        return None
    if found != digest:
        write_file(file, text)
    return dump_record(record | {"conflict": {"sha256": digest}})


def discard_conflict(article: Path, record: dict[str, object]) -> None:
    """Delete an article's conflict file, unless a person has worked in it.

    Raises:
        OSError: if it cannot be deleted.
    """
    file = article.with_name(article.name + CONFLICT)
    noted = noted_conflict(record)
    if noted and _digest_at(file) == noted:
        file.unlink(missing_ok=True)


def noted_conflict(record: dict[str, object]) -> str:
    """Return the SHA-256 of the conflict file that a record notes, or nothing."""
    noted = record.get("conflict")
    digest = noted.get("sha256") if isinstance(noted, dict) else None
    return digest if isinstance(digest, str) else ""


def _digest_at(file: Path) -> str:
    with suppress(OSError):
        return sha256(file.read_bytes()).hexdigest()
    return ""
