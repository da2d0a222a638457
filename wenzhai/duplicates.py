"""Articles that came in twice: from two files or two sites, whole, revised or as an excerpt.

Owns what is compared and what is remembered of it; how texts compare is
:mod:`wenzhai.importers.similarity`'s. Compared are conversions, as their records hold them, so an
article that a person edits costs nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wenzhai.codec import from_json, to_json
from wenzhai.conversions import FRONT, is_draft
from wenzhai.digest import digest
from wenzhai.importers.similarity import Kind, candidates, kinship, letters_of, sketch
from wenzhai.model import Digest, RelPath
from wenzhai.pairing import ARTICLES
from wenzhai.problems import Problem, Span, problem
from wenzhai.records import RECORD, last_text, read_record
from wenzhai.snapshot import Snapshot
from wenzhai.store import Store, Trace

CODES: dict[Kind, str] = {"same": "W755", "revision": "W756", "excerpt": "W757"}


@dataclass(frozen=True, slots=True)
class Twins:
    """Two articles of one text; ``first`` is the one that is kept, or holds the other.

    Figures are in percent: what both have in common of all, and of the smaller one.
    """

    first: RelPath
    second: RelPath
    kind: Kind
    common: int
    contained: int


def find_duplicates(
    site: Path, snapshot: Snapshot, store: Store, only: frozenset[RelPath] | None = None
) -> tuple[Problem, ...]:
    """Name converted articles that are there twice (``only`` pairs with one of these, if any).

    Pairs of which one is a draft, or of which one names the other in ``related`` or states a
    ``canonical`` address, are settled by a person.

    Problem codes: W755 same, W756 revision, W757 excerpt.
    """
    records = _records(snapshot)
    key = digest("duplicates", tuple(records.items()))
    known = store.find("duplicates", [key])
    if key in known:
        twins: tuple[Twins, ...] = from_json(tuple[Twins, ...], known[key].record)
    else:
        twins = tuple(_find(site, records, store))
        store.add("duplicates", [Trace(key, to_json(twins), "", "")], (), 0)
    asked = (one for one in twins if only is None or not only.isdisjoint({one.first, one.second}))
    return tuple(_tell(one) for one in asked if not _is_settled(site, one))


def _records(snapshot: Snapshot) -> dict[RelPath, Digest]:
    """Find the records of articles, and their digests."""
    files = snapshot.files
    return {
        path: content
        for path, content in files.items()
        if path.endswith(RECORD) and path.startswith(ARTICLES) and _article(path) in files
    }


def _article(record: RelPath) -> RelPath:
    return RelPath(record.removesuffix(RECORD) + ".md")


def _find(site: Path, records: Mapping[RelPath, Digest], store: Store) -> Iterator[Twins]:
    """Compare the texts that may be the same, as their sketches tell."""
    paths = list(records)
    known = {key: trace.record for key, trace in store.traces("sketch").items()}
    fresh: list[Trace] = []
    sketches: list[tuple[int, ...]] = []
    for path in paths:
        content = records[path]
        if content not in known:
            known[content] = json.dumps(sketch(_letters(site, path)))
            fresh.append(Trace(content, known[content], "", ""))
        sketches.append(tuple(json.loads(known[content])))
    store.add("sketch", fresh, (), 0)
    for left, right in candidates(sketches):
        yield from _compare(site, paths[left], paths[right])


def _compare(site: Path, *records: RelPath) -> Iterator[Twins]:
    left, right = (_letters(site, path) for path in records)
    found = kinship(left, right)
    if found is None:
        return
    first, second = map(_article, records)
    if found.kind == "excerpt" and len(left) < len(right):
        first, second = second, first
    percents = (round(100 * part) for part in (found.jaccard, found.containment))
    yield Twins(first, second, found.kind, *percents)


def _letters(site: Path, record: RelPath) -> str:
    """Return what is compared of an article: the body of its last conversion."""
    text = last_text(read_record(site / record) or {})
    if text is None:
        with suppress(OSError):
            text = (site / _article(record)).read_text("utf-8", "replace")
    found = FRONT.match(text or "")
    return letters_of((text or "")[found.end() if found else 0 :])


def _is_settled(site: Path, twins: Twins) -> bool:
    """Tell whether a person knows of two articles: one is a draft or points at the other."""
    heads = [_head(site / path) for path in (twins.first, twins.second)]
    if any(is_draft(head.encode()) for head in heads):
        return True
    names = [PurePosixPath(path).stem for path in (twins.second, twins.first)]
    return any(_points(head, name) for head, name in zip(heads, names, strict=True))


def _points(head: str, name: str) -> bool:
    """Tell whether front matter names another article, or states where the original is."""
    entry = re.search(r"^related[ ]*:.*(?:\n[ -].*)*", head, re.MULTILINE)
    return "\ncanonical:" in head or (entry is not None and name in entry[0])


def _head(article: Path) -> str:
    try:
        found = FRONT.match(article.read_text("utf-8", "replace"))
    except OSError:
        return ""
    return found[0] if found else ""


def _tell(twins: Twins) -> Problem:
    code = CODES[twins.kind]
    figures = {"common": twins.common, "contained": twins.contained}
    return problem(code, Span(twins.second), other=twins.first, **figures)
