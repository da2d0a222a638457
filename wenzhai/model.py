"""The frozen values that pass between the stages of a build.

This module owns the nouns of the domain and does no work: it knows no stage,
reads no file and asks no clock. Tuples stand for sequences, and every date is a
:class:`Moment`, so that each value can be digested and stored as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NewType

RelPath = NewType("RelPath", str)
"""A source file: POSIX, NFC, relative to the site folder (``content/articles/a.md``)."""
OutPath = NewType("OutPath", str)
"""An output file: POSIX, NFC, relative to the output folder (``articles/a/index.html``)."""
Address = NewType("Address", str)
"""What follows ``base_url``: percent-encoded, no leading slash (``articles/a/``; home is empty)."""
Url = NewType("Url", str)
"""An absolute URL."""
Slug = NewType("Slug", str)
"""One segment of an address, readable form: NFC, lower case, no slash."""
Digest = NewType("Digest", str)
"""The first 32 lower-case hex digits of a SHA-256."""

Kind = Literal["article", "page", "digest"]
Nature = Literal["", "original", "reprint", "translation", "summary"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as its source states it.

    ``text`` is ISO 8601 in the site's zone, a date (``2024-03-04``) or a date and time with
    offset (``2024-03-04T15:05:00+08:00``). ``stamp`` is its instant in seconds since the epoch;
    a bare date counts from midnight in the site's zone.
    """

    text: str
    stamp: int


@dataclass(frozen=True, slots=True)
class Region:
    """Where an author wrote from: a province-level name of China, or a country.

    ``code`` is ISO 3166-2 without the prefix for China (``GD``) or ISO 3166-1 alpha-2 (``JP``);
    ``slug`` its address segment (``guangdong``), ``name`` the canonical name, ``written`` what the
    source said, when that differs from ``name`` (else empty).
    """

    code: str
    slug: Slug
    name: str
    written: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a front-matter key stands: line and column from 1, columns in code points."""

    key: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: ``level`` 1 to 6, ``id`` its anchor, ``line`` in the file from 1."""

    level: int
    id: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or image inside a body whose target lies in this site.

    In the body's HTML the target stands as ``NUL index NUL``, ``index`` being this reference's
    position in the tuple; whoever renders the body puts the resolved address there.
    ``target`` is as written, percent-decoding not applied; ``line`` and ``column`` from 1.
    """

    use: Literal["link", "image"]
    target: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Article:
    """What one Markdown file says; depends on that file and the settings of markup alone.

    ``facts`` is the digest of every field that other pages may show, so that an edit of the
    body does not disturb them; ``outline`` that of all that planning the site may see (the facts,
    headings, links and features, but no lines); ``page`` that of all its own page shows; ``body``
    is the digest of the HTML in the store.
    ``slug`` is what front matter states, which ``slug_fixed`` tells, or what is proposed for an
    article that was never published; else it is empty.
    ``named_date`` is the date in the file name (``2024-03-04-title.md``).
    ``features`` are the words that related articles are found by.
    """

    path: RelPath
    kind: Kind
    facts: Digest
    outline: Digest
    page: Digest
    body: Digest
    title: str
    slug: Slug
    slug_fixed: bool
    date: Moment | None
    added: Moment | None
    updated: Moment | None
    named_date: Moment | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    region: Region | None
    source: str
    source_url: str
    tags: tuple[str, ...]
    summary: str
    lang: str
    cover: str
    rights: str
    canonical: str
    original_title: str
    nature: Nature
    weight: int
    aliases: tuple[str, ...]
    related: tuple[str, ...]
    draft: bool
    expires: Moment | None
    words: int
    minutes: int
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    features: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Doc:
    """A rendered Markdown text.

    ``html`` holds references as placeholders (see :class:`Reference`); ``text`` is what a
    reader reads, block by block separated by newlines, without code blocks, captions, tables and
    footnotes: the ground of summaries. ``count_text`` is all readable text, for counting.
    ``problems`` have lines counted in the whole file.
    """

    html: str
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    text: str
    count_text: str
