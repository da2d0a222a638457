"""What lies on disk of a conversion: article and record beside it, and who changed what since.

Owns reading and writing the pair; knows neither formats nor when to convert.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from wenzhai.importers.formats import is_outdated
from wenzhai.importers.record import record_json
from wenzhai.importers.text import Conversion, markdown
from wenzhai.records import (
    dump_record,
    text_in,
)

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


def compare(record: dict[str, object], source: str, article: str) -> Verdict:
    """Compare the SHA-256 of source and article with what the record says of them."""
    if text_in(record, "source", "sha256") == source:
        return "settled"
    return "both changed" if is_edited(record, article) else "convert"


def is_edited(record: dict[str, object], article: str) -> bool:
    """Tell by its SHA-256 whether an article is another one than its conversion made."""
    return text_in(record, "article", "sha256") != article


def is_outdated_record(record: dict[str, object]) -> bool:
    """Tell whether a record's conversion was made by an older converter, and none since refused."""
    made, refused = record.get("converter"), record.get(PASSED_OVER)
    versions = refused if isinstance(refused, str) else made
    return isinstance(versions, str) and is_outdated(versions)


def passed_over(record: dict[str, object], converter: str) -> bytes:
    """Return a record that says which newer converter's result the article did not take."""
    return dump_record(record | {PASSED_OVER: converter})


def accepted(article: bytes, record: dict[str, object]) -> tuple[bytes, bytes]:
    """Return article and record of a held article that a person accepts: no draft any more."""
    text = article.decode("utf-8", "surrogateescape")
    front = FRONT.match(text)
    shown = DRAFT_LINE.sub("", front[0], count=1) + text[front.end() :] if front else text
    released = shown.encode("utf-8", "surrogateescape")
    untouched = text_in(record, "article", "sha256") == sha256(article).hexdigest()
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
