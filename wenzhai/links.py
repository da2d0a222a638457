"""Links between articles: what a reference in a body points at.

A target may be another Markdown file (relative to the file it stands in), a slug, a file beside
the article, or an address from the site's root. Everything that leads nowhere is a problem.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from urllib.parse import unquote, urlsplit

from wenzhai.addresses import asset_address, out_path
from wenzhai.ledger import place_of
from wenzhai.model import Address, Article, Digest, Heading, OutPath, Reference, RelPath
from wenzhai.problems import Problem, Span, nearest, problem


@dataclass(frozen=True, slots=True)
class Places:
    """Where references may lead.

    ``pages`` map a Markdown file to its address, ``slugs`` a slug to it, ``hidden`` are files that
    are not published now, ``files`` the digests of all sources, ``headings`` those of the page at
    an address.
    """

    pages: Mapping[RelPath, Address]
    slugs: Mapping[str, Address]
    hidden: frozenset[RelPath]
    files: Mapping[RelPath, Digest]
    headings: Mapping[Address, tuple[Heading, ...]]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The addresses of an article's references in order, and what was wrong with them.

    ``assets`` are the sources that must be published because something shows them; ``rooted``
    are references to check once all outputs are known; ``related`` are the addresses of the
    articles that front matter names.
    """

    targets: tuple[str, ...] = ()
    assets: tuple[RelPath, ...] = ()
    rooted: tuple[tuple[OutPath, Reference], ...] = ()
    problems: tuple[Problem, ...] = ()
    cover: str = ""
    related: tuple[str, ...] = ()


NOTHING = Resolved()


def resolve(article: Article, places: Places) -> Resolved:
    """Resolve all references of an article's body, its cover, and the related articles it names.

    Problem codes: E302 (no such file), W304 (leads to an unpublished article),
    W305 (no such heading).
    """
    found = [_resolve_one(article, reference, places) for reference in article.references]
    cover, related = _resolve_cover(article, places), _resolve_related(article, places)
    if not found and not related and cover is NOTHING:
        return NOTHING
    every = [*found, cover, *related]
    return Resolved(
        tuple([one.targets[0] for one in found]),
        tuple([asset for one in every for asset in one.assets]),
        tuple([rooted for one in every for rooted in one.rooted]),
        tuple([bad for one in every for bad in one.problems]),
        cover.targets[0] if cover.targets else "",
        tuple([one.targets[0] for one in related]),
    )


def _resolve_cover(article: Article, places: Places) -> Resolved:
    if not article.cover or "://" in article.cover:
        return NOTHING
    span = place_of(article, "cover")
    return _resolve_one(article, Reference("image", article.cover, span.line, span.column), places)


def _resolve_related(article: Article, places: Places) -> list[Resolved]:
    """Find the articles that front matter names as a link would: by file, or by slug."""
    if not article.related:
        return []
    stated = [place for place in article.places if place.key == "related"]
    whole = place_of(article, "related")
    named = zip_longest(article.related, stated[: len(article.related)])
    return [
        _resolve_one(article, Reference("link", name, at.line, at.column), places)
        for name, place in named
        for at in (place or whole,)
    ]


def _resolve_one(article: Article, reference: Reference, places: Places) -> Resolved:
    path, tail = _split(reference.target)
    if path.startswith("/"):
        return _from_root(reference)
    source = RelPath(posixpath.normpath(posixpath.join(posixpath.dirname(article.path), path)))
    for candidate in (source, RelPath(source + ".md")):
        if candidate in places.pages:
            return _to_page(article, reference, places, places.pages[candidate])
        if candidate in places.hidden:
            bad = problem("W304", _span(article, reference), target=path, other=candidate)
            return Resolved(("",), problems=(bad,))
    if source in places.files:
        address = asset_address(source, places.files[source])
        return Resolved((address + tail,), assets=(source,))
    slug = path.strip("/").removesuffix(".md")
    if slug in places.slugs:
        return _to_page(article, reference, places, places.slugs[slug])
    return _lost(article, reference, places, source)


@lru_cache(maxsize=4096)
def _split(target: str) -> tuple[str, str]:
    """Split a target into its decoded path and its query and fragment as written."""
    parts = urlsplit(target)
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return unicodedata.normalize("NFC", unquote(parts.path)), query + fragment


def _from_root(reference: Reference) -> Resolved:
    address = Address(reference.target.lstrip("/"))
    return Resolved((address,), rooted=((_file_of(address), reference),))


def _to_page(article: Article, reference: Reference, places: Places, address: Address) -> Resolved:
    tail = _split(reference.target)[1]
    anchor = unquote(urlsplit(tail).fragment)
    known = {heading.id for heading in places.headings[address]} if anchor else set()
    bad: tuple[Problem, ...] = ()
    if anchor and anchor not in known:
        close = nearest(anchor, known) or "—"
        bad = (problem("W305", _span(article, reference), anchor=anchor, nearest=close),)
    return Resolved((address + tail,), problems=bad)


def _lost(article: Article, reference: Reference, places: Places, source: RelPath) -> Resolved:
    name = posixpath.basename(source)
    known = [path for path in places.files if posixpath.basename(path)[:1] == name[:1]]
    close = nearest(source, known)
    here = posixpath.dirname(article.path)
    bad = problem(
        "E302",
        _span(article, reference),
        target=reference.target,
        nearest=posixpath.relpath(close, here) if close else "—",
    )
    return Resolved(("",), problems=(bad,))


def check_rooted(
    article: Article,
    rooted: tuple[tuple[OutPath, Reference], ...],
    outputs: Mapping[OutPath, object],
) -> tuple[Problem, ...]:
    """Report references from the site's root that no output answers (E302)."""
    return tuple(
        problem(
            "E302",
            _span(article, reference),
            target=reference.target,
            nearest=_nearest_output(path, outputs),
        )
        for path, reference in rooted
        if path not in outputs
    )


def _nearest_output(path: OutPath, outputs: Mapping[OutPath, object]) -> str:
    folder = path.partition("/")[0]
    close = nearest(path, [other for other in outputs if other.startswith(folder)])
    return f"/{close.removesuffix('index.html')}" if close else "—"


@lru_cache(maxsize=4096)
def _file_of(address: Address) -> OutPath:
    path = out_path(Address(urlsplit(address).path))
    last = path.rsplit("/", 1)[-1]
    return path if "." in last else OutPath(f"{path}/index.html")


def _span(article: Article, reference: Reference) -> Span:
    return Span(article.path, reference.line, reference.column, len(reference.target))
