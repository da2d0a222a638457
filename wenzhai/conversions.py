"""What lies on disk of a conversion: article and record beside it, and who changed what since.

Owns reading and writing the pair; knows neither formats nor when to convert.
"""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from wenzhai.importers.record import record_json
from wenzhai.importers.text import Conversion, markdown

RECORD = ".import.json"
Verdict = Literal["settled", "convert", "both changed"]
KEPT = "the source changed after the article was edited by hand; the article was kept"


def pack(conversion: Conversion) -> tuple[bytes, bytes]:
    """Return the bytes of a conversion's article and record."""
    article = markdown(conversion).encode()
    hashed = replace(conversion.record, article_sha256=sha256(article).hexdigest())
    return article, record_json(hashed).encode()


def compare(record: dict[str, object], source: str, article: str) -> Verdict:
    """Compare the SHA-256 of source and article with what the record says of them."""
    if _entry(record, "source", "sha256") == source:
        return "settled"
    return "convert" if _entry(record, "article", "sha256") == article else "both changed"


def read_record(path: Path) -> dict[str, object] | None:
    """Return a record, or None where there is none that can be read."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def day_added(record: dict[str, object] | None) -> str:
    """Return the day (ISO 8601) on which a record says its article was added, or nothing."""
    fields = (record or {}).get("fields")
    added = _entry(fields, "added", "value") if isinstance(fields, dict) else ""
    return added if re.fullmatch(r"\d{4}-\d\d-\d\d", added) else ""


def kept_record(record: dict[str, object], source: str) -> bytes:
    """Return a record that accepts an edited article beside a source of another SHA-256."""
    before = record.get("source")
    warnings = record.get("warnings")
    noted = [text for text in warnings if text != KEPT] if isinstance(warnings, list) else []
    kept = record | {
        "source": (before if isinstance(before, dict) else {}) | {"sha256": source},
        "warnings": [*noted, KEPT],
    }
    return (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode()


def write_file(path: Path, content: bytes) -> None:
    """Replace a file as a whole: a reader sees the old bytes or the new ones.

    Raises:
        OSError: if it cannot be written; the old file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=".", suffix=".tmp", delete=False
    ) as out:
        temporary = Path(out.name)
    try:
        # Closed before it is moved: a full disk shows only when a file is closed.
        temporary.write_bytes(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _entry(record: dict[str, object], section: str, key: str) -> str:
    part = record.get(section)
    value = part.get(key) if isinstance(part, dict) else None
    return value if isinstance(value, str) else ""
