"""Sources that hold many articles: which entry has which article, and what was seen before.

Owns the listing beside the folder of a container's articles (``feed.import.json`` for
``feed.xml``). It makes a new run add only what is new: an entry that is gone from the container
keeps its article, and an article that a person deleted does not come back.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from wenzhai.digest import digest
from wenzhai.importers.entries import Entry
from wenzhai.importers.formats import CONVERTERS
from wenzhai.model import Digest, RelPath
from wenzhai.records import RECORD, entry_of, read_record
from wenzhai.scan import is_ignored

LONGEST_STEM = 80
"""Bytes of a file's stem; Han characters take three each, and a system allows 255 with suffixes."""
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#]+|\s+')
"""What some system forbids in names; ``#`` would end a path in a link."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)

Listing = Mapping[str, str]
"""Entry id and path of its article below the container's folder; empty where it has no text."""


@dataclass(frozen=True, slots=True)
class Container:
    """A source of many articles: the folder they go to (with a final slash), and their listing.

    ``files`` are those below the folder with their digests, by path.
    """

    source: RelPath
    source_digest: str
    folder: RelPath
    record: RelPath
    files: tuple[tuple[str, str], ...]

    @property
    def key(self) -> Digest:
        """Return the digest of all that decides whether there is anything to do."""
        return digest("container", self.source, self.source_digest, self.files, CONVERTERS)


def make_container(
    source: RelPath, article: RelPath, files: Mapping[RelPath, Digest], paths: Sequence[RelPath]
) -> Container:
    """Find a container's folder among all files of a snapshot; ``paths`` are theirs, sorted."""
    stem = article.removesuffix(".md")
    record = RelPath(stem + RECORD)
    own = paths[bisect_left(paths, f"{stem}/") : bisect_left(paths, f"{stem}0")]
    seen = tuple((path, files[path]) for path in sorted({record, *own} & files.keys()))
    return Container(source, files[source], RelPath(f"{stem}/"), record, seen)


def read_listing(path: Path) -> dict[str, str]:
    """Read a container's listing; what is damaged is taken for empty: records name entries too."""
    rows = (read_record(path) or {}).get("entries")
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {
        row["id"]: row["article"]
        for row in found
        if isinstance(row.get("id"), str) and isinstance(row.get("article"), str)
    }


def listing_json(source: str, listing: Listing) -> bytes:
    """Return the bytes of a listing, in the order in which entries were first seen."""
    rows = [{"id": name, "article": article} for name, article in listing.items()]
    shape = {"source": {"path": source}, "entries": rows}
    return (json.dumps(shape, ensure_ascii=False, indent=2) + "\n").encode()


def name_entries(
    entries: Sequence[Entry], listing: Listing, folder: Path
) -> list[tuple[Entry, str]]:
    """Give each entry, once an id, the path of its article below the container's folder.

    A listed one keeps its path; a name that is taken gets a short digest of the id.
    """
    taken = {article.casefold() for article in listing.values()}
    named = []
    for entry in {entry.id: entry for entry in reversed(entries)}.values():
        article = listing.get(entry.id, "")
        if not article:
            article = _free_name(entry, taken, folder)
            taken.add(article.casefold())
        named.append((entry, article))
    return named[::-1]


def _free_name(entry: Entry, taken: set[str], folder: Path) -> str:
    stem = entry_stem(entry.name)
    short = sha256(entry.id.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    wanted = f"{stem}.md" if stem else f"entry-{short}.md"
    if wanted.casefold() in taken or not _is_free(folder / wanted, entry):
        return f"{stem or 'entry'}-{short}.md"
    return wanted


def _is_free(article: Path, entry: Entry) -> bool:
    """Tell whether nothing stands there, or this very entry: a listing may have been lost."""
    record = read_record(article.with_suffix(RECORD))
    return entry_of(record) == entry.id if record else not article.exists()


def entry_stem(name: str) -> str:
    """Return a name that every system takes for a file, without a suffix; maybe empty."""
    plain = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode())
    stem = _FORBIDDEN.sub("-", plain.strip()).strip("-. ")
    cut = stem.encode()[:LONGEST_STEM].decode("utf-8", "ignore").rstrip("-. ")
    return f"{cut}-" if _RESERVED.match(cut) or is_ignored(cut) else cut
