"""What the record of a conversion says, for those that read it: no importer is needed for that."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

RECORD = ".import.json"
"""Ends the name of a record, where its article's ends with ``.md``."""


def read_record(path: Path) -> dict[str, object] | None:
    """Return a record, or None where there is none that can be read."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def record_path(article: Path) -> Path:
    """Return where the record of an article lies: beside it."""
    return article.with_name(article.name.removesuffix(".md") + RECORD)


def dump_record(record: dict[str, object]) -> bytes:
    """Return the bytes of a record."""
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def last_text(record: dict[str, object]) -> str | None:
    """Return the Markdown that a record's conversion made; None where it does not hold it."""
    part = record.get("article")
    lines = part.get("lines") if isinstance(part, dict) else None
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        return None
    text = "\n".join(lines)
    return (
        text if sha256(text.encode()).hexdigest() == text_in(record, "article", "sha256") else None
    )


def day_added(record: dict[str, object] | None) -> str:
    """Return the day (ISO 8601) on which a record says its article was added, or nothing."""
    fields = (record or {}).get("fields")
    added = text_in(fields, "added", "value") if isinstance(fields, dict) else ""
    return added if re.fullmatch(r"\d{4}-\d\d-\d\d", added) else ""


def entry_of(record: dict[str, object]) -> str:
    """Return the id of the entry that a record's article came from, or nothing."""
    return text_in(record, "source", "entry")


def is_held(record: dict[str, object]) -> bool:
    """Tell whether a record's article was written as a draft because of doubts."""
    return record.get("held") is True


def doubts_of(record: dict[str, object]) -> tuple[int, tuple[str, ...]]:
    """Return a record's confidence in percent and the names of its doubts."""
    value, rows = record.get("confidence"), record.get("doubts")
    percent = round(value * 100) if isinstance(value, int | float) else 0
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return percent, tuple(str(row["reason"]) for row in found if "reason" in row)


def text_in(record: dict[str, object], section: str, key: str) -> str:
    """Return a text of a part of a record, or nothing."""
    part = record.get(section)
    value = part.get(key) if isinstance(part, dict) else None
    return value if isinstance(value, str) else ""
