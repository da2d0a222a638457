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

from wenzhai.importers.formats import is_outdated
from wenzhai.importers.record import record_json
from wenzhai.importers.text import Conversion, markdown

RECORD = ".import.json"
Verdict = Literal["settled", "convert", "both changed"]
FRONT = re.compile(r"---[ \t]*\r?\n(?:.*\n)*?---[ \t]*(?:\r?\n|$)")
NO_DRAFT = re.compile(r"draft\s*:\s*['\"]?(?:false|no|off|0|否)\b", re.IGNORECASE)
DRAFT_LINE = re.compile(r"^draft[ \t]*:[^\n]*\n", re.MULTILINE)
PASSED_OVER = "passed_over"
KEPT = "the source changed after the article was edited by hand; the article was kept"


def pack(conversion: Conversion) -> tuple[bytes, bytes]:
    """Return the bytes of a conversion's article and record."""
    text = markdown(conversion)
    article = text.encode()
    digest = sha256(article).hexdigest()
    made = replace(conversion.record, article_sha256=digest, article_text=text)
    return article, record_json(made).encode()


def last_text(record: dict[str, object]) -> str | None:
    """Return the Markdown that a record's conversion made; None where it does not hold it."""
    part = record.get("article")
    lines = part.get("lines") if isinstance(part, dict) else None
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        return None
    text = "\n".join(lines)
    return (
        text if sha256(text.encode()).hexdigest() == _entry(record, "article", "sha256") else None
    )


def compare(record: dict[str, object], source: str, article: str) -> Verdict:
    """Compare the SHA-256 of source and article with what the record says of them."""
    if _entry(record, "source", "sha256") == source:
        return "settled"
    return "both changed" if is_edited(record, article) else "convert"


def is_edited(record: dict[str, object], article: str) -> bool:
    """Tell by its SHA-256 whether an article is another one than its conversion made."""
    return _entry(record, "article", "sha256") != article


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


def is_outdated_record(record: dict[str, object]) -> bool:
    """Tell whether a record's conversion was made by an older converter, and none since refused."""
    made, refused = record.get("converter"), record.get(PASSED_OVER)
    versions = refused if isinstance(refused, str) else made
    return isinstance(versions, str) and is_outdated(versions)


def passed_over(record: dict[str, object], converter: str) -> bytes:
    """Return a record that says which newer converter's result the article did not take."""
    return dump_record(record | {PASSED_OVER: converter})


def entry_of(record: dict[str, object]) -> str:
    """Return the id of the entry that a record's article came from, or nothing."""
    return _entry(record, "source", "entry")


def is_held(record: dict[str, object]) -> bool:
    """Tell whether a record's article was written as a draft because of doubts."""
    return record.get("held") is True


def doubts_of(record: dict[str, object]) -> tuple[int, tuple[str, ...]]:
    """Return a record's confidence in percent and the names of its doubts."""
    value, rows = record.get("confidence"), record.get("doubts")
    percent = round(value * 100) if isinstance(value, int | float) else 0
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return percent, tuple(str(row["reason"]) for row in found if "reason" in row)


def accepted(article: bytes, record: dict[str, object]) -> tuple[bytes, bytes]:
    """Return article and record of a held article that a person accepts: no draft any more."""
    text = article.decode("utf-8", "surrogateescape")
    front = FRONT.match(text)
    shown = DRAFT_LINE.sub("", front[0], count=1) + text[front.end() :] if front else text
    released = shown.encode("utf-8", "surrogateescape")
    untouched = _entry(record, "article", "sha256") == sha256(article).hexdigest()
    digest = sha256(released).hexdigest()
    made = {"article": {"sha256": digest, "lines": shown.split("\n")}} if untouched else {}
    return released, dump_record(record | made | {"held": False})


def is_draft(article: bytes) -> bool:
    """Tell whether an article's front matter makes it a draft."""
    front = FRONT.match(article.decode("utf-8", "replace"))
    found = DRAFT_LINE.search(front[0]) if front else None
    return found is not None and not NO_DRAFT.match(found[0])


def kept_record(record: dict[str, object], source: str) -> bytes:
    """Return a record that accepts an article as it is beside a source of another SHA-256."""
    before = record.get("source")
    warnings = record.get("warnings")
    noted = [text for text in warnings if text != KEPT] if isinstance(warnings, list) else []
    kept = record | {
        "source": (before if isinstance(before, dict) else {}) | {"sha256": source},
        "warnings": [*noted, KEPT],
    }
    return dump_record(kept)


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


def record_path(article: Path) -> Path:
    """Return where the record of an article lies: beside it."""
    return article.with_name(article.name.removesuffix(".md") + RECORD)


def dump_record(record: dict[str, object]) -> bytes:
    """Return the bytes of a record."""
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _entry(record: dict[str, object], section: str, key: str) -> str:
    part = record.get(section)
    value = part.get(key) if isinstance(part, dict) else None
    return value if isinstance(value, str) else ""
