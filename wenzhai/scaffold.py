"""New sites and new articles: writes the first files that a person then edits.

Owns what ``init`` and ``new`` put on disk; it never overwrites a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from wenzhai.config import Config
from wenzhai.problems import Problem, Span, problem
from wenzhai.provenance import requirement
from wenzhai.slugs import title_slug

RENAMED = {
    "gitignore.txt": ".gitignore",  # as itself it would hide files of this package from git
    "pages.yml": ".github/workflows/pages.yml",
}
TEXT = (".md", ".py", ".toml", ".txt", ".yml")
IGNORED = ("__pycache__", ".DS_Store")
ARTICLES = "content/articles"


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What was made: ``files`` are the paths written, relative to the site, in path order."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def init_site(folder: Path, today: str) -> Scaffold:
    """Make a new site with sample content and the workflow for GitHub Pages.

    ``today`` is an ISO date that the samples carry. Problem codes: E006 (the folder has files),
    E008 (cannot be written).
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            return Scaffold((), (problem("E006", Span(str(folder))),))
        written = tuple(sorted(_copy_skeleton(folder, today)))
    except OSError as error:
        return Scaffold((), (_unwritable(folder, error),))
    return Scaffold(written)


def new_article(site: Path, title: str, now: int, config: Config) -> Scaffold:
    """Make an article with its front matter filled in, named by its title's slug.

    ``now`` is the instant it joins the digest, in seconds since the epoch. Problem codes: E007
    (there is such an article), E008 (cannot be written).
    """
    slug = title_slug(title, config.language)
    name = f"{ARTICLES}/{slug}.md"
    path = site / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(article_text(title, slug, now, config))
    except FileExistsError:
        return Scaffold((), (problem("E007", Span(name), title=title),))
    except OSError as error:
        return Scaffold((), (_unwritable(path, error),))
    return Scaffold((name,))


def article_text(title: str, slug: str, now: int, config: Config) -> str:
    """Return a new article's text: front matter with the usual keys, blank where unknown.

    The slug is stated, so that a better title does not move the page.
    """
    added = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(config.timezone))
    front: dict[str, object] = {
        "title": " ".join(title.split()),
        "added": added,
        "slug": str(slug),
        "author": config.author or None,
        "region": None,
        "source": None,
        "source_url": None,
        "tags": [],
        "summary": None,
        "draft": False,
    }
    # A width without end: a folded title would be hard to edit.
    head = yaml.dump(front, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**31)
    return f"---\n{head}---\n\n"


class _Dumper(yaml.SafeDumper):
    """Write an absent value as nothing, for ``null`` would be read as that word; dates as ISO."""


_Dumper.add_representer(
    type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "")
)
_Dumper.add_representer(
    datetime,
    lambda dumper, moment: dumper.represent_scalar(
        "tag:yaml.org,2002:timestamp", moment.isoformat()
    ),
)


def _copy_skeleton(folder: Path, today: str) -> Iterator[str]:
    for name, source in _walk(files("wenzhai") / "skeleton", ""):
        target = RENAMED.get(name, name)
        path = folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_filled(source, today))
        yield target
    (folder / "requirements.txt").write_bytes(requirement().encode())
    yield "requirements.txt"


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.name in IGNORED:
            continue
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry


def _filled(source: Traversable, today: str) -> bytes:
    content = source.read_bytes()
    if not source.name.endswith(TEXT):
        return content
    return content.replace(b"{today}", today.encode())


def _unwritable(path: Path, error: OSError) -> Problem:
    return problem("E008", Span(str(path)), reason=error.strerror or error)
