"""Which source becomes which article: the pairs that a site's folders hold.

Owns the mapping of paths; knows nothing of what is in the files but their digests.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wenzhai.config import SOURCES
from wenzhai.containers import Container, make_container
from wenzhai.digest import digest, digest_bytes
from wenzhai.importers.entries import Entry
from wenzhai.importers.formats import CONVERTERS, is_container, unknown_kind
from wenzhai.importers.origin import ORIGIN
from wenzhai.model import Digest, RelPath
from wenzhai.problems import Problem, Span, problem
from wenzhai.records import RECORD
from wenzhai.snapshot import Snapshot

ARTICLES = "content/articles/"
COMPANION_SUFFIXES = (
    ".jpg .jpeg .png .gif .webp .avif .svg .ico .css .js .woff .woff2 .mp3 .mp4 .import.json"
)
COMPANIONS = frozenset(COMPANION_SUFFIXES.split())
"""What saved pages bring along; no article by itself."""
SAVED_FOLDERS = ("_files", ".files")
"""End the names of the folders in which browsers save what a page shows."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source, its article and its record, with the digests of their bytes (empty: no file).

    ``entry`` is the article meant where the source holds many.
    """

    source: RelPath
    article: RelPath
    record: RelPath
    source_digest: str
    article_digest: str
    record_digest: str
    entry: Entry | None = None

    @property
    def key(self) -> Digest:
        """Return the digest of all that decides whether there is anything to do."""
        return digest(
            "convert",
            self.source,
            self.source_digest,
            self.article_digest,
            self.record_digest,
            CONVERTERS,
        )


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of known kinds, in path order, and what is wrong with others."""

    pairs: tuple[Pair, ...]
    containers: tuple[Container, ...]
    problems: tuple[Problem, ...]


def find_sources(site: Path, snapshot: Snapshot, only: frozenset[RelPath] | None) -> Sources:
    """Find the sources of known kinds (``only`` these, unless it is None).

    Problem codes: W702 kind not understood, E703 two sources for one article.
    """
    claims, problems = _claims(snapshot, only)
    pairs, containers = [], []
    paths = sorted(snapshot.files)
    for article, sources in claims.items():
        first = min(sources)
        if len(sources) > 1:
            second = min(other for other in sources if other != first)
            problems.append(problem("E703", Span(second), other=first, article=article))
        elif is_container(first):
            containers.append(make_container(first, article, snapshot.files, paths))
        else:
            record = record_of(article)
            source, made, kept = (
                _digest_at(site, snapshot, path) for path in (first, article, record)
            )
            pairs.append(Pair(first, article, record, source, made, kept))
    return Sources(tuple(pairs), tuple(containers), tuple(problems))


def _claims(
    snapshot: Snapshot, only: frozenset[RelPath] | None
) -> tuple[dict[RelPath, list[RelPath]], list[Problem]]:
    """Find the sources of each article; an article counts where one of them was asked for."""
    problems: list[Problem] = []
    claims: dict[RelPath, list[RelPath]] = defaultdict(list)
    for path in snapshot.files:
        if not path.startswith(SOURCES) or is_companion(path):
            continue
        unknown = unknown_kind(path)
        if unknown is None:
            claims[article_of(path)].append(path)
        elif only is None or path in only:
            problems.append(unknown)
    if only is None:
        return claims, problems
    return {name: found for name, found in claims.items() if not only.isdisjoint(found)}, problems


def entry_pair(
    site: Path, snapshot: Snapshot, source: RelPath, article: RelPath, entry: Entry
) -> Pair:
    """Pair an entry of a container with the article that it has or gets."""
    record = record_of(article)
    made, kept = (_digest_at(site, snapshot, path) for path in (article, record))
    return Pair(source, article, record, entry.sha256, made, kept, entry)


def record_of(article: RelPath) -> RelPath:
    """Return the path of an article's record."""
    return RelPath(article.removesuffix(".md") + RECORD)


def article_of(source: str) -> RelPath:
    """Return the path of a source's article: the same relative path, ending in ``.md``."""
    relative = PurePosixPath(source.removeprefix(SOURCES))
    return RelPath(ARTICLES + relative.with_suffix(".md").as_posix())


def is_companion(path: str) -> bool:
    """Tell whether a file only comes along with saved pages."""
    known = PurePosixPath(path).suffix.lower() in COMPANIONS
    return is_saved_along(path) or known or path.endswith((RECORD, ORIGIN))


def is_saved_along(path: str) -> bool:
    """Tell whether a file lies in a folder that a browser saved with a page."""
    return any(part.endswith(SAVED_FOLDERS) for part in PurePosixPath(path).parts[:-1])


def _digest_at(site: Path, snapshot: Snapshot, path: RelPath) -> str:
    """Return a file's digest; records may be no part of a snapshot, so look on disk as well."""
    known = snapshot.files.get(path)
    return known if known is not None else digest_of(site / path)


def digest_of(path: Path) -> str:
    """Return the digest of a file's bytes; empty where there is none that can be read."""
    with suppress(OSError):
        return digest_bytes(path.read_bytes())
    return ""
