"""Markdown becomes a Doc: the one place that puts the parser, its plugins and checks together.

Owns which Markdown we read: CommonMark, tables, strikethrough, footnotes, definition lists, task
lists, raw HTML and bare URLs. Templates, addresses and front matter are not its business.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import MD_TRIM_RE, mdTrim, unescapeAll
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from wenzhai.bare_urls import bare_urls
from wenzhai.cjk import cjk_breaks, cjk_emphasis
from wenzhai.config import MarkupSettings
from wenzhai.dispatch import keep_nesting_visible, speed_up
from wenzhai.doc_writer import write_doc
from wenzhai.footnotes import accessible_footnotes
from wenzhai.highlight import code_block
from wenzhai.link_targets import is_local
from wenzhai.markup_checks import check_body
from wenzhai.model import Doc
from wenzhai.places import Source
from wenzhai.problems import Problem, Span, problem, sort_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

MAX_BYTES = 2_000_000
"""The longest text that is rendered, in bytes of UTF-8; its tokens take far more memory."""

EMPTY = Doc("", (), (), "", "")

# What neither XML 1.0 nor HTML allows as text; NUL is ours to mark references with.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def render_markdown(
    text: str, path: str, first_line: int, settings: MarkupSettings, language: str
) -> tuple[Doc, tuple[Problem, ...]]:
    """Render a Markdown text that starts at ``first_line`` (from 1) of the file at ``path``.

    ``language`` is the text's own (BCP 47); it decides how lines join and what labels say. Braces
    of template languages are text like any other. Problem codes: E201 (too long), E202 (nested too
    deep), W201 to W210.
    """
    if len(text) * 4 > MAX_BYTES and (size := len(text.encode("utf-8", "replace"))) > MAX_BYTES:
        found = problem("E201", Span(path), size=f"{size:,}", limit=f"{MAX_BYTES:,}")
        return EMPTY, (found,)
    return render_with(markup_parser(settings, language), text, path, first_line, language)


def render_with(
    md: MarkdownIt, text: str, path: str, first_line: int, language: str
) -> tuple[Doc, tuple[Problem, ...]]:
    """Do what :func:`render_markdown` does by a parser that :func:`markup_parser` made."""
    source = Source(_clean(text), path, first_line)
    env: dict[str, Any] = {}
    tokens = md.parse(source.text, env)
    doc = write_doc(tokens, md, env, source, language)
    doc = _without_form_feeds(doc) if "\f" in doc.html else doc
    found = check_body(source, tokens, env)
    return doc, sort_problems(found) if found else ()


@cache
def markup_parser(settings: MarkupSettings, language: str, *, fast: bool = True) -> MarkdownIt:
    """Make the parser of these settings; without ``fast`` by the library's own loops.

    It holds nothing of the documents it reads, so one may serve them all.
    """
    md = MarkdownIt("commonmark", {"xhtmlOut": False}).enable(["table", "strikethrough"])
    md.disable("normalize")
    md.use(cjk_emphasis).use(accessible_footnotes, language).use(deflist_plugin)
    md.use(tasklists_plugin, label=True)
    _only_where(md, "github-tasklists", ("[ ]", "[x]", "[X]"))
    _only_where(md, "text_join", ("\\", "&"))
    md.use(cjk_breaks, language)
    if settings.bare_urls:
        md.use(bare_urls)
    md.normalizeLink = _normalize_link  # type: ignore[method-assign]  # the library's own hook
    rules = md.renderer.rules  # type: ignore[attr-defined]  # the protocol hides them
    rules["fence"] = _fence_coloured if settings.highlight else _fence_plain
    rules["code_block"] = _code_block
    (speed_up if fast else keep_nesting_visible)(md)
    return md


def _clean(text: str) -> str:
    """Unify line ends and drop what XML forbids (CommonMark 2.3 would show NUL as U+FFFD)."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("", text) if _FORBIDDEN.search(text) else text


def _without_form_feeds(doc: Doc) -> Doc:
    """Drop the one forbidden character that a character reference (``&#12;``) may bring in."""
    return Doc(
        doc.html.replace("\f", ""),
        tuple(replace(heading, text=heading.text.replace("\f", "")) for heading in doc.headings),
        doc.references,
        doc.text.replace("\f", ""),
        doc.count_text.replace("\f", ""),
    )


def _normalize_link(url: str) -> str:
    """Keep targets in this site as they are written: who resolves them needs the path."""
    return url if is_local(url) else normalizeLink(url)


def _only_where(md: MarkdownIt, name: str, signs: tuple[str, ...]) -> None:
    """Run a core rule only on sources that hold a sign of what it acts on."""
    names, rules = md.core.ruler.get_active_rules(), md.core.ruler.getRules("")
    rule = rules[names.index(name)]

    def guarded(state: StateCore) -> None:
        if any(sign in state.src for sign in signs):
            rule(state)

    md.core.ruler.at(name, guarded)


def _fence_coloured(tokens: Sequence[Token], index: int, *_context: object) -> str:
    return code_block(tokens[index].content, _fence_language(tokens[index]))


def _fence_plain(tokens: Sequence[Token], index: int, *_context: object) -> str:
    return code_block(tokens[index].content, _fence_language(tokens[index]), colour=False)


def _fence_language(token: Token) -> str:
    return MD_TRIM_RE.split(mdTrim(unescapeAll(token.info)), maxsplit=1)[0]


def _code_block(tokens: Sequence[Token], index: int, *_context: object) -> str:
    return code_block(tokens[index].content, "")
