"""The entries of a container in one run: which have or get an article, and what is remembered.

Owns opening a container before its entries are converted and closing it after; which entry has
which name is :mod:`wenzhai.containers`'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wenzhai.containers import Container, listing_json, name_entries, read_listing
from wenzhai.conversions import write_file
from wenzhai.digest import digest_bytes
from wenzhai.importers.entries import Entry
from wenzhai.importers.formats import split_source
from wenzhai.model import Digest, RelPath
from wenzhai.pairing import Pair, entry_pair
from wenzhai.problems import Problem, Span, problem
from wenzhai.snapshot import Snapshot
from wenzhai.verdicts import Settled

FEW = 3
"""Names that a message lists."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A container with what was known of it and the entries that have or get an article."""

    container: Container
    listing: dict[str, str]
    pairs: tuple[tuple[Pair, Entry], ...]


def open_container(
    site: Path, snapshot: Snapshot, container: Container, *, anew: bool
) -> Opened | Problem:
    """Split a container; entries whose articles a person deleted have no pair, unless ``anew``.

    Problem codes: E708 cannot be read, and those of split_source.
    """
    listing = {} if anew else read_listing(site / container.record)
    try:
        entries = split_source(snapshot.read(container.source), container.source)
    except OSError as error:
        return problem("E708", Span(container.source), reason=error.strerror or error)
    if isinstance(entries, Problem):
        return entries
    folder = site / container.folder
    pairs = []
    for entry, name in name_entries(entries, listing, folder):
        article = RelPath(container.folder + name)
        pair = entry_pair(site, snapshot, container.source, article, entry)
        if pair.article_digest or not listing.get(entry.id):
            pairs.append((pair, entry))
    return Opened(container, listing, tuple(pairs))


def close_container(
    site: Path, opened: Opened, ends: Mapping[RelPath, Settled | Problem]
) -> tuple[list[Problem], Digest | None]:
    """Remember which entries were seen; return what is wrong, and the key if nothing is.

    Problem codes: E708 cannot be written, W760 entries without text, and those of ``ends``.
    """
    container, listing, files = opened.container, dict(opened.listing), dict(opened.container.files)
    problems, empty = [], []
    for pair, entry in opened.pairs:
        end = ends[pair.article]
        if isinstance(end, Settled):
            listing[entry.id] = pair.article.removeprefix(container.folder)
            files |= {pair.article: end.pair.article_digest, pair.record: end.pair.record_digest}
        elif end.code == "E714":
            empty += [] if entry.id in listing else [entry.name]
            listing[entry.id] = ""
        else:
            problems.append(end)
    try:
        files[container.record] = _write_listing(site, container, listing)
    except OSError as error:
        reason = error.strerror or error
        problems.append(problem("E708", Span(container.source), reason=reason))
    after = replace(container, files=tuple(sorted(files.items())))
    told = [_without_text(container.source, empty)] if empty else []
    return [*problems, *told], None if problems else after.key


def _write_listing(site: Path, container: Container, listing: Mapping[str, str]) -> Digest:
    content = listing_json(container.source, listing)
    written = digest_bytes(content)
    if written != dict(container.files).get(container.record):
        write_file(site / container.record, content)
    return written


def _without_text(source: RelPath, names: Sequence[str]) -> Problem:
    return problem("W760", Span(source), count=len(names), names=few_of(names))


def few_of(names: Sequence[str]) -> str:
    """Return the first of some names for a message."""
    return ", ".join(names[:FEW]) + (" …" if names[FEW:] else "")
