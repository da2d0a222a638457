"""Bodies as other generators read them: what is not plain Markdown becomes so, or is reported.

Code stays untouched: a shortcode in it is what the article is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wenzhai.importers.record import Removed
from wenzhai.importers.sites.shortcodes import CALLS, ENCLOSING, Resolve, read_call

_CODE = (
    r"(?P<fence>^[ \t]{0,3}(?P<tick>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t]{0,3}(?P=tick)[`~]*[ \t]*$)"
    r"|(?P<inline>(?<!`)(?P<ticks>`{1,2})(?!`)[^`\n]*(?<!`)(?P=ticks)(?!`))"
)
_ARGUMENTS = r"(?:[^\"'`%>}]|\"[^\"\n]*\"|'[^'\n]*'|`[^`\n]*`|[%>}](?!\}))*?"
_NAMES = "|".join(sorted(ENCLOSING, key=len, reverse=True))
_HUGO = (
    rf"\{{\{{(?P<hd>[<%])\s*(?P<hugo_open>{_NAMES})\b(?P<hugo_args>{_ARGUMENTS})[%>]\}}\}}"
    r"(?P<hugo_inner>.*?)\{\{[<%]\s*/\s*(?P=hugo_open)\s*[%>]\}\}"
    rf"|\{{\{{[<%](?P<hugo_end>\s*/)?\s*(?P<hugo>[\w./-]+)(?P<hugo_rest>{_ARGUMENTS})/?[%>]\}}\}}"
)
_LIQUID = (
    rf"\{{%-?\s*(?P<tag_open>{_NAMES})\b(?P<tag_args>{_ARGUMENTS})-?%\}}"
    r"(?P<tag_inner>.*?)\{%-?\s*end(?P=tag_open)\s*-?%\}"
    rf"|\{{%-?\s*(?P<tag>\w+)(?P<tag_rest>{_ARGUMENTS})-?%\}}"
    r"|(?<=\]\()(?P<based>\{\{-?[^{}\n]*\}\}[^\s()<>]*)"
    r"|(?P<variable>\{\{-?[^{}\n]*\}\})"
)
_ZOLA = (
    r"\{\{\s*(?P<zola>\w+)\((?P<zola_args>[^{}\n]*)\)\s*\}\}"
    r"|\{%\s*(?P<zola_open>\w+)\((?P<zola_rest>[^{}\n]*)\)\s*%\}(?P<zola_inner>.*?)\{%\s*end\s*%\}"
)
_OBSIDIAN = (
    r"(?P<embed>!)?\[\[(?P<note>[^\]\[|#^\n]*)(?P<anchor>[#^][^\]|\n]*)?(?:\|(?P<alias>[^\]\n]*))?\]\]"
    r"|(?P<comment>%%.*?%%)"
    r"|(?P<block_id>[ \t]\^[\w-]+(?=[ \t]*$))"
    r"|(?P<callout>^>[ \t]*\[!(?P<callout_kind>[\w-]+)\][+-]?[ \t]*(?P<callout_title>[^\n]*)$)"
)
_ALIKE = (
    r"(?P<more><!--[ \t]*more[ \t]*-->)"
    r"|(?P<toc>^[ \t]*(?:[*-][ \t]+\S[^\n]*\n\{:[ \t]*toc[^}\n]*\}|\[TOC\]|\[\[_?TOC_?\]\]|"
    r"\{:[ \t]*toc[^}\n]*\}|<!--[ \t]*toc[ \t]*-->)[ \t]*$)"
    r"|(?P<attributes>\{:[ \t]*[.#\w][^}\n]*\})"
    r"|(?<=\]\()(?P<url><[^>\n]+>|[^\s()<>]+)"
    r"|(?P<source>(?<=\ssrc=\")[^\"\n]+)"
)
_DIALECTS = {
    "hugo": _HUGO,
    "hexo": _LIQUID,
    "jekyll": _LIQUID,
    "zola": _ZOLA,
    "obsidian": _OBSIDIAN,
}
_SITE_VARIABLE = re.compile(
    r"\{\{-?\s*(?:site\.(?:baseurl|url)\s*|['\"](?P<path>[^'\"]*)['\"]\s*\|\s*(?:relative|absolute)_url\s*)-?\}\}"
)
LONGEST_EXCERPT = 400
_MARKS = re.compile(r"!?\[(?P<text>[^\]\n]*)\]\([^)\n]*\)|[*_`]+|^[>#\-\s]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A body in plain Markdown, its excerpt if it has one, and what changed.

    ``kept`` are line and name of each shortcode that was left as it stands.
    """

    body: str
    excerpt: str
    removed: tuple[Removed, ...]
    kept: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Work:
    """One rewriting: where it is, and what it noted."""

    kind: str
    resolve: Resolve
    text: str
    first: int
    removed: list[Removed] = field(default_factory=list)
    kept: list[tuple[int, str]] = field(default_factory=list)
    excerpt: str = ""

    def line_of(self, found: re.Match[str]) -> int:
        return self.first + self.text.count("\n", 0, found.start())

    def drop(self, found: re.Match[str], reason: str) -> None:
        """Note what was written here, line by line."""
        for at, row in enumerate(found[0].split("\n"), self.line_of(found)):
            if row.strip():
                self.removed.append(Removed(at, 0, len(row.strip()), reason, row.strip()))


def rewrite_body(body: str, kind: str, resolve: Resolve, first: int) -> Rewritten:
    r"""Rewrite a body.

    Args:
        body: as the generator reads it, with ``\n`` line ends.
        kind: the generator's name.
        resolve: finds what links and images lead to.
        first: the number of its first line in the file.
    """
    dialect = _DIALECTS.get(kind)
    every = "|".join(part for part in (_CODE, dialect, _ALIKE) if part)
    work = _Work(kind, resolve, body, first)
    text = re.sub(every, lambda found: _replaced(work, found), body, flags=re.DOTALL | re.MULTILINE)
    return Rewritten(text, work.excerpt, tuple(work.removed), tuple(work.kept))


def _replaced(work: _Work, found: re.Match[str]) -> str:
    groups = found.groupdict()
    if groups["fence"] or groups["inline"]:
        return found[0]
    if groups["url"] or groups["source"]:
        return _link(work, found)
    if groups["more"]:
        work.excerpt = _excerpt(work.text[: found.start()])
    for name, reason in (
        ("more", "excerpt mark"),
        ("toc", "contents"),
        ("attributes", "attributes"),
    ):
        if groups[name]:
            work.drop(found, reason)
            return ""
    return _dialect(work, found, groups)


def _dialect(work: _Work, found: re.Match[str], groups: dict[str, str | None]) -> str:
    if work.kind == "obsidian":
        return _obsidian(work, found, groups)
    if groups.get("based"):
        return _based(work, found)
    if groups.get("variable"):
        return _variable(work, found)
    parts = {
        "hugo": (("hugo_open", "hugo_args", "hugo_inner"), ("hugo", "hugo_rest", "")),
        "zola": (("zola_open", "zola_rest", "zola_inner"), ("zola", "zola_args", "")),
    }.get(work.kind, (("tag_open", "tag_args", "tag_inner"), ("tag", "tag_rest", "")))
    name, arguments, inner = next((part for part in parts if groups.get(part[0])), ("", "", ""))
    called = groups[name] or ""
    shortcode = CALLS[work.kind].get(called)
    call = read_call(groups[arguments] or "", (groups[inner] or "") if inner else "", work.resolve)
    closing = bool(groups.get("hugo_end")) or called.startswith("end")
    made = shortcode(call) if shortcode and not closing else None
    if made is None:
        work.kept += [] if closing else [(work.line_of(found), called)]
        return found[0]
    work.drop(found, "shortcode")
    return _apart(made, found) if "\n" in made or made.startswith("![") else made


def _apart(made: str, found: re.Match[str]) -> str:
    """Put blank lines around what stands for lines of its own, or a quote would go on and on."""
    before = found.string[: found.start()].rsplit("\n", 1)[-1]
    after = found.string[found.end() :].split("\n", 1)[0]
    return made if before.strip() or after.strip() else f"\n{made}\n"


def _based(work: _Work, found: re.Match[str]) -> str:
    """Find what a link leads to whose target begins with the site's address."""
    path = _SITE_VARIABLE.sub(lambda one: one["path"] or "", found[0])
    target = work.resolve("path", path) or path
    if "{" in target:
        work.kept.append((work.line_of(found), found[0]))
        return found[0]
    work.drop(found, "link")
    return target


def _variable(work: _Work, found: re.Match[str]) -> str:
    """``{{ site.baseurl }}`` and ``{{ "/a" | relative_url }}`` are what they lead to."""
    known = _SITE_VARIABLE.fullmatch(found[0])
    if known is None:
        work.kept.append((work.line_of(found), found[0].strip("{}- ")))
        return found[0]
    work.drop(found, "shortcode")
    return known["path"] or ""


def _obsidian(work: _Work, found: re.Match[str], groups: dict[str, str | None]) -> str:
    if groups["callout"]:
        work.drop(found, "callout")
        title = groups["callout_title"] or (groups["callout_kind"] or "").capitalize()
        return f"> **{title.strip()}**\n>"
    if groups["comment"] or groups["block_id"]:
        work.drop(found, "comment" if groups["comment"] else "block id")
        return ""
    note, alias = (groups["note"] or "").strip(), (groups["alias"] or "").strip()
    work.drop(found, "wiki link")
    if groups["embed"]:
        target = work.resolve("file", note)
        shown = "" if re.fullmatch(r"\d+(?:x\d+)?", alias) else alias
        if target and not target.endswith(".md"):
            return f"![{shown}](<{target}>)" if " " in target else f"![{shown}]({target})"
    else:
        target = work.resolve("post", note) if note else ""
    text = alias or note or (groups["anchor"] or "").lstrip("#^")
    if not target:
        return text
    return f"[{text}](<{target}>)" if " " in target else f"[{text}]({target})"


def _link(work: _Work, found: re.Match[str]) -> str:
    """Replace a link's target where it is known to lie elsewhere now."""
    written = found[0]
    target = work.resolve("path", written.strip("<>"))
    if not target:
        return written
    work.drop(found, "link")
    return f"<{target}>" if " " in target or "(" in target else target


def _excerpt(before: str) -> str:
    """Return what stands before the mark as plain text, if it is short enough for a summary."""
    plain = _MARKS.sub(lambda found: found["text"] or "", before)
    text = " ".join(plain.split())
    return text if len(text) <= LONGEST_EXCERPT and "{" not in text else ""
