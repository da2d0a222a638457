"""The folder of another generator's site as offers: its articles, and the files that they show."""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from wenzhai.config import SOURCES
from wenzhai.importers.decode import Decoded, decode
from wenzhai.importers.origin import Former
from wenzhai.importers.sites.body import rewrite_body
from wenzhai.importers.sites.fields import ADDRESSES, map_front
from wenzhai.importers.sites.front import ForeignFront, read_front
from wenzhai.importers.sites.kinds import ARTICLE, LAYOUTS, address_of, permalinks, site_kind
from wenzhai.importers.sites.targets import Files, find_target, index_files
from wenzhai.pairing import ARTICLES, is_companion
from wenzhai.problems import Problem, Span, problem
from wenzhai.scan import is_ignored

MOST_FILES = 200_000
LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """A folder of another generator's site: where it lies, of which kind, and its files."""

    root: Path
    kind: str
    files: Files
    patterns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SiteArticle:
    """An article: its file, its place in the site, its name below ours, and where it stood."""

    path: Path
    place: str
    name: str
    former: Former


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that articles show, and its name below content/sources (or the folder of ``--to``)."""

    path: Path
    name: str


def open_site(folder: Path) -> SiteFolder | None:
    """Tell whether a folder is a site of a generator that is known, and list its files."""
    paths = frozenset(_walk(folder))
    kind = site_kind(paths, lambda path: _text(folder / path))
    if not kind:
        return None
    settings = next((path for path in LAYOUTS[kind].settings if path in paths), "")
    patterns = permalinks(kind, _text(folder / settings) if settings else "")
    return SiteFolder(folder, kind, index_files(kind, paths), patterns)


def site_articles(
    site: SiteFolder, shown: str, base: str = SOURCES
) -> Iterator[SiteArticle | SiteFile | Problem]:
    """Give the articles of a site in path order, each with the files that it shows.

    ``base`` is the folder that those files go to, as articles go to that of articles.

    Problem codes: W739 shortcode without an equal.
    """
    for place in sorted(site.files.paths):
        layout = LAYOUTS[site.kind]
        roots = (*layout.posts, *layout.drafts)
        root = next((root for root in roots if place.startswith(root)), None)
        if root is None or not ARTICLE.search(place) or posixpath.basename(place) == "_index.md":
            continue
        links: dict[str, str] = {}
        text = _text(site.root / place)
        front = read_front(text, site.kind)
        if front is not None:
            shown_file = f"{shown}/{place}"
            yield from _linked(site, place, front, links, shown_file, base)
        address = _address(site, place.removeprefix(root), front) if front else ""
        drafted = root in layout.drafts
        former = Former(site.kind, place, address, drafted, tuple(sorted(links.items())))
        yield SiteArticle(site.root / place, place, _name(site, place), former)


def _linked(
    site: SiteFolder,
    place: str,
    front: ForeignFront,
    links: dict[str, str],
    shown: str,
    base: str,
) -> Iterator[SiteFile | Problem]:
    """Find what an article's references lead to; give the files among that."""
    needed: dict[str, None] = {}

    def resolve(kind: str, written: str) -> str:
        target = find_target(site.files, place, kind, written)
        if not target or not (ARTICLE.search(target) or is_companion(target)):
            return ""
        if not ARTICLE.search(target):
            needed[target] = None
        links[f"{kind}:{written}"] = _relative(site, place, target, base)
        return links[f"{kind}:{written}"]

    made = rewrite_body(front.body, site.kind, resolve, front.line)
    for one in map_front(front, site.kind).fields:
        if one.name == "cover":
            resolve("path", str(one.value))
    for line, name in made.kept:
        yield problem("W739", Span(shown, line), name=name)
    for target in needed:
        yield SiteFile(site.root / target, _name(site, target))


def _relative(site: SiteFolder, place: str, target: str, base: str) -> str:
    """Return the path from an article of ours to another one, or to a file below ``base``."""
    start = posixpath.dirname(ARTICLES + _name(site, place))
    folder = ARTICLES if ARTICLE.search(target) else base
    return posixpath.relpath(folder + _name(site, target), start)


def _name(site: SiteFolder, place: str) -> str:
    """Name a file below ours: the site's folder, then its place without the generator's own."""
    layout = LAYOUTS[site.kind]
    roots = (*layout.posts, *layout.drafts, *layout.roots)
    root = next((root for root in roots if root and place.startswith(root)), "")
    name = ARTICLE.sub(".md", place.removeprefix(root))
    return unicodedata.normalize("NFC", f"{site.root.resolve().name}/{name}")


def _address(site: SiteFolder, path: str, front: ForeignFront) -> str:
    if any(key.name in ADDRESSES for key in front.keys):
        return ""  # its front matter says so itself
    fields = {one.name: str(one.value) for one in map_front(front, site.kind).fields}
    categories = next((key.value for key in front.keys if key.name == "categories"), [])
    if isinstance(categories, str):
        categories = categories.split()
    rows = categories if isinstance(categories, list) else []
    names = [name for name in rows if isinstance(name, str)]
    facts = {
        "date": fields.get("date", ""),
        "slug": fields.get("slug", ""),
        "categories": "/".join(names).lower() if site.kind == "jekyll" else "/".join(names),
    }
    return address_of(site.kind, path, facts, site.patterns)


def _walk(root: Path) -> Iterator[str]:
    """Give the regular files of a folder from its root, and ``.obsidian/``.

    Hidden ones are left out, and links that lead out of it.
    """
    count = 0
    real = root.resolve()
    for place, folders, names in os.walk(root):
        if Path(place) == root and ".obsidian" in folders:
            yield ".obsidian/"
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        for name in sorted(names):
            count += 1
            if count > MOST_FILES:
                return
            path = Path(place, name)
            if not is_ignored(name) and path.resolve().is_relative_to(real) and path.is_file():
                yield path.relative_to(root).as_posix()


def _text(path: Path) -> str:
    """Read a file for what it refers to; what is wrong with it the importer says."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError:
        return ""
    found = decode(data)
    return found.text if isinstance(found, Decoded) else ""
