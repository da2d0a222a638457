"""Which generator a folder belongs to, and where its articles and files lie."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wenzhai.importers.sites.front import read_front


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a generator keeps things: folders of posts and of drafts, roots of ``/`` addresses.

    ``pattern`` is the permalink of a post where the settings name none.
    """

    posts: tuple[str, ...]
    drafts: tuple[str, ...]
    roots: tuple[str, ...]
    settings: tuple[str, ...]
    pattern: str


LAYOUTS: Mapping[str, Layout] = {
    "hugo": Layout(
        ("content/",),
        (),
        ("static/", "assets/", "content/"),
        ("hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml"),
        "/:sections/:slugorfilename/",
    ),
    "hexo": Layout(
        ("source/_posts/",),
        ("source/_drafts/",),
        ("source/",),
        ("_config.yml",),
        ":year/:month/:day/:title/",
    ),
    "jekyll": Layout(
        ("_posts/",),
        ("_drafts/",),
        ("",),
        ("_config.yml",),
        "/:categories/:year/:month/:day/:title.html",
    ),
    "zola": Layout(
        ("content/",), (), ("static/", "content/"), ("config.toml",), "/:sections/:slugorfilename/"
    ),
    "pelican": Layout(("content/",), (), ("content/",), (), ":slug.html"),
    "obsidian": Layout(("",), (), ("",), (), ""),
}
ARTICLE = re.compile(r"\.(?:md|markdown|mkd)$", re.IGNORECASE)
STYLES = {
    "date": LAYOUTS["jekyll"].pattern,
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title.html",
}
"""What Jekyll calls its usual permalinks."""


ZOLA = re.compile(r"^base_url\s*=", re.MULTILINE)
HUGO = frozenset({"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"})
OLD_HUGO = frozenset({"config.yaml", "config.yml", "config.json"})
HUGO_FOLDERS = frozenset({"archetypes", "layouts", "themes"})


def site_kind(paths: frozenset[str], read: Callable[[str], str]) -> str:
    """Return the generator that a folder's files are for, or nothing.

    Args:
        paths: its files, from its root, and ``.obsidian/`` where that folder is.
        read: reads one of them.
    """
    folders = {path.split("/")[0] for path in paths if "/" in path}
    has_content = "content" in folders
    hugo = HUGO | {"config.toml"} | (OLD_HUGO if folders & HUGO_FOLDERS else frozenset())
    zola = "config.toml" in paths and ZOLA.search(read("config.toml"))
    settled = "_config.yml" in paths
    signs = {
        "obsidian": ".obsidian/" in paths,
        "pelican": "pelicanconf.py" in paths,
        "hexo": settled and any(path.startswith("source/_posts/") for path in paths),
        "jekyll": settled and any(path.startswith(("_posts/", "_drafts/")) for path in paths),
        "zola": has_content and zola,
        "hugo": has_content and paths & hugo,
    }
    return next((kind for kind, found in signs.items() if found), "")


def permalinks(kind: str, settings: str) -> dict[str, str]:
    """Return the patterns of addresses by section (empty: of all), as the settings have them."""
    mark = "+++" if re.search(r"^\s*[\w.-]+\s*=", settings, re.MULTILINE) else "---"
    front = read_front(f"{mark}\n{settings}\n{mark}\n") if settings else None
    values = {key.name: key.value for key in front.keys} if front else {}
    usual = {"": LAYOUTS[kind].pattern}
    if kind in {"hexo", "jekyll"} and isinstance(found := values.get("permalink"), str) and found:
        return {"": STYLES.get(found, found)}
    if kind == "hugo" and isinstance(found := values.get("permalinks"), Mapping):
        inner = found.get("page")
        rows = inner if isinstance(inner, Mapping) else found
        return usual | {
            str(name): str(value) for name, value in rows.items() if isinstance(value, str)
        }
    return usual


def address_of(kind: str, path: str, facts: Mapping[str, str], patterns: Mapping[str, str]) -> str:
    """Return the address that an article had, or nothing where that cannot be told.

    Args:
        kind: the generator.
        path: the article's path below its folder of posts.
        facts: ``date``, ``slug`` and ``categories`` (with slashes) from its front matter.
        patterns: from :func:`permalinks`.
    """
    folder, name = posixpath.split(ARTICLE.sub("", path))
    if name == "index":
        folder, name = posixpath.split(folder)
    dated = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)", name)
    if dated and kind in {"jekyll", "zola"}:
        name = dated[4]
    found = re.match(r"(\d{4})\D(\d{1,2})\D(\d{1,2})", facts.get("date", "")) or dated
    pattern = patterns.get(folder.split("/")[0]) or patterns.get("", "")
    values = _values(kind, folder, name, facts)
    if found:
        year, month, day = found[1], int(found[2]), int(found[3])
        values |= {"year": year, "month": f"{month:02}", "day": f"{day:02}"}
        values |= {"i_month": str(month), "i_day": str(day), "short_year": year[2:]}
    return _expanded(pattern, values)


def _values(kind: str, folder: str, name: str, facts: Mapping[str, str]) -> dict[str, str]:
    slug = facts.get("slug", "")
    plain = name.replace(" ", "-")
    if kind in {"hugo", "zola"}:
        plain, folder = plain.lower(), folder.lower().replace(" ", "-")
    if kind == "zola" and not plain.isascii():
        plain = ""  # it spells other scripts in its own way
    values = {
        "categories": facts.get("categories", ""),
        "category": facts.get("categories", ""),
        "contentbasename": plain,
        "filename": plain,
        "name": plain,
        "section": folder.split("/")[0],
        "sections": folder,
        "slug": slug or (plain if kind == "jekyll" else ""),
        "slugorcontentbasename": slug or plain,
        "slugorfilename": slug or plain,
        "title": slug or plain
        if kind == "jekyll"
        else posixpath.join(folder, plain)
        if kind == "hexo"
        else "",
        "output_ext": ".html",
    }
    optional = {"categories", "sections", "section"}
    return {key: value for key, value in values.items() if value or key in optional}


def _expanded(pattern: str, values: Mapping[str, str]) -> str:
    """Put values into a pattern; empty where one of them is not known."""
    names = re.findall(r":(\w+)", pattern)
    if not pattern or any(name not in values for name in names):
        return ""
    filled = re.sub(r":(\w+)", lambda found: values[found[1]], pattern)
    return re.sub(r"/{2,}", "/", f"/{filled}")
