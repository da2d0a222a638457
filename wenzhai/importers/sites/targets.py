"""What a reference in a site leads to: another article of it, or a file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from wenzhai.importers.sites.kinds import ARTICLE, LAYOUTS

_PLACED = re.compile(r"^(?:\{(?:filename|static|attach)\}|\|filename\||@)")


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a site: all by path, and by name where that is enough to find one."""

    kind: str
    paths: frozenset[str]
    names: Mapping[str, str]


def index_files(kind: str, paths: Iterable[str]) -> Files:
    """Index the files of a site; of equal names the one that stands highest counts."""
    every = sorted(paths, key=lambda path: (path.count("/"), path))
    names: dict[str, str] = {}
    for path in every:
        name = posixpath.basename(path).lower()
        names.setdefault(name, path)
        stem = ARTICLE.sub("", name)
        names.setdefault(stem, path)
        if ARTICLE.search(name):
            names.setdefault(re.sub(r"^\d{4}-\d\d-\d\d-", "", stem), path)
    return Files(kind, frozenset(every), names)


def find_target(files: Files, article: str, reference: str, target: str) -> str:
    """Return the path in the site of what an article's reference leads to, or nothing.

    Args:
        files: those of the site.
        article: the path of the article that refers to it.
        reference: ``path`` (of Markdown and HTML), ``post`` or ``file`` (by name).
        target: as it is written.
    """
    written = unquote(target).partition("#")[0].partition("?")[0].strip()
    if not written or re.match(r"[A-Za-z][\w+.-]*:|//", written):
        return ""
    placed = _PLACED.match(written)
    if placed:
        written = written[placed.end() :]
    for path in _candidates(files, article, written, placed=placed is not None):
        if path in files.paths:
            return path
    if reference == "path" and not placed:
        return ""
    name = posixpath.basename(written.rstrip("/")).lower()
    return files.names.get(name, "")


def _candidates(files: Files, article: str, written: str, *, placed: bool) -> Iterable[str]:
    """Give the places where a path may be meant to lie."""
    folder = posixpath.dirname(article)
    roots = LAYOUTS[files.kind].roots
    starts = [folder, posixpath.join(folder, ARTICLE.sub("", posixpath.basename(article)))]
    if placed or written.startswith("/"):
        starts = [*roots] if written.startswith("/") or files.kind == "zola" else [*starts, *roots]
    elif files.kind == "hugo":
        starts += ["content"]
    relative = written.lstrip("/")
    for start in starts:
        path = posixpath.normpath(posixpath.join(start, relative))
        yield path
        yield f"{path}.md"
        yield f"{path}/index.md"
