"""Which kinds of sources there are, what reads each, and the versions of what does.

The suffix of its name tells a source's kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from wenzhai.importers.bodies import CONVERTER as BODY
from wenzhai.importers.documents import CONVERTER as DOCUMENT
from wenzhai.importers.documents import read_document
from wenzhai.importers.entries import Entry, Split
from wenzhai.importers.feeds import CONVERTER as FEED
from wenzhai.importers.feeds import read_feed
from wenzhai.importers.html.page import CONVERTER as HTML
from wenzhai.importers.html.saved import ARCHIVES, LARGEST_PAGE, PAGES, is_page
from wenzhai.importers.json_feeds import CONVERTER as JSON_FEED
from wenzhai.importers.json_feeds import read_json_feed
from wenzhai.importers.messages import CONVERTER as MAIL
from wenzhai.importers.messages import read_message
from wenzhai.importers.pdf import CONVERTER as PDF
from wenzhai.importers.pdf import read_pdf
from wenzhai.importers.sites.article import CONVERTERS as SITES
from wenzhai.importers.text import CONVERTER as TEXT
from wenzhai.importers.verbatim import CONVERTER as MARKDOWN
from wenzhai.problems import Problem, Span, problem

Unwrap = Callable[[bytes, str], Entry | Problem]
KINDS = frozenset({".txt", ".md"}) | PAGES | ARCHIVES
CONTAINERS: Mapping[str, tuple[str, Split]] = {
    ".atom": (FEED, read_feed),
    ".json": (JSON_FEED, read_json_feed),
    ".rss": (FEED, read_feed),
    ".xml": (FEED, read_feed),
}
"""Suffixes of sources that hold many articles; what splits them, and its version."""
WRAPPED: Mapping[str, tuple[str, Unwrap]] = {
    ".docx": (DOCUMENT, read_document),
    ".eml": (MAIL, read_message),
    ".pdf": (PDF, read_pdf),
}
"""Suffixes of sources that hold an article in a form of their own; what takes it out, the same."""
CONVERTERS = (BODY, DOCUMENT, FEED, HTML, JSON_FEED, MAIL, MARKDOWN, PDF, *SITES, TEXT)
"""What has a say in a conversion, each with its version; a record tells which made it."""
LARGEST_CONTAINER = 64_000_000
"""Bytes; a feed with all its history, or a document with its images."""
LARGEST = 2_000_000
"""Bytes; an article's cap."""


def is_container(path: str) -> bool:
    """Tell whether a source of this name holds many articles."""
    return PurePosixPath(path).suffix.lower() in CONTAINERS


def largest(path: str) -> int:
    """Return how many bytes a source of this name may have."""
    known = CONTAINERS.keys() | WRAPPED.keys()
    if PurePosixPath(path).suffix.lower() in known:
        return LARGEST_CONTAINER
    return LARGEST_PAGE if is_page(path) else LARGEST


def unknown_kind(path: str) -> Problem | None:
    """Return a problem (W702) for a file whose kind no importer understands."""
    suffix = PurePosixPath(path).suffix.lower()
    every = KINDS.union(CONTAINERS, WRAPPED)
    if suffix in every:
        return None
    known = " ".join(sorted(every))
    return problem("W702", Span(path), kind=suffix or "—", known=known)


def unwrapper(path: str) -> Unwrap | None:
    """Return what takes the article out of a source of this name, if that is needed."""
    known = WRAPPED.get(PurePosixPath(path).suffix.lower())
    return known[1] if known else None


def split_source(data: bytes, path: str) -> tuple[Entry, ...] | Problem:
    """Split a container into its entries.

    Problem codes: E707 too large, E714 no entry, and those of the container's importer.
    """
    if len(data) > largest(path):
        return problem("E707", Span(path), size=len(data), limit=largest(path))
    _, split = CONTAINERS[PurePosixPath(path).suffix.lower()]
    return split(data, path) or problem("E714", Span(path))


def taken_out_by(path: str) -> str:
    """Return the version of what takes articles out of a source of this name."""
    version, _ = {**CONTAINERS, **WRAPPED}[PurePosixPath(path).suffix.lower()]
    return version


def is_outdated(converter: str) -> bool:
    """Tell whether what made a conversion has a newer version; ``converter`` is what records say.

    What is newer than ours, or unknown, was made by a later program: it stays.
    """
    current = dict(map(_versioned, CONVERTERS))
    made = dict(map(_versioned, converter.split()))
    return any(version < current.get(name, 0) for name, version in made.items())


def _versioned(converter: str) -> tuple[str, int]:
    name, _, version = converter.rpartition("/")
    return name, int(version) if version.isdecimal() else 0
