"""Footnotes as HTML that assistive technology can follow, over the library's footnote plugin.

Owns their markup (DPUB-ARIA roles, labelled ways back) and the finding of notes that would vanish.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from markdown_it.common.utils import escapeHtml
from mdit_py_plugins.footnote import footnote_plugin

from wenzhai.markup_words import BACK, FOOTNOTES, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    Context = Mapping[str, Any]

DROPPED = "dropped_footnotes"
"""The key of the environment that lists dropped definitions: (code, label, line from 0)."""


def accessible_footnotes(md: MarkdownIt, language: str) -> None:
    """Read Pandoc's footnotes and render them with roles, and labels in the text's language.

    Definitions that nothing refers to (W206) or that another of the same label replaces (W207)
    are noted in the environment: the library drops their text.
    """
    md.use(footnote_plugin)
    md.core.ruler.before("footnote_tail", "footnote_note_dropped", _note_dropped)
    for name, rule in (
        ("footnote_ref", _reference),
        ("footnote_block_open", partial(_block_open, word(FOOTNOTES, language))),
        ("footnote_anchor", partial(_way_back, word(BACK, language))),
    ):
        md.renderer.rules[name] = rule  # type: ignore[attr-defined]  # the protocol hides them


def _note_dropped(state: StateCore) -> None:
    definitions = [token for token in state.tokens if token.type == "footnote_reference_open"]
    if not definitions:
        return
    used = {note.get("label") for note in state.env["footnotes"].get("list", {}).values()}
    left = Counter(token.meta["label"] for token in definitions)
    dropped = state.env.setdefault(DROPPED, [])
    for token in definitions:
        label = token.meta["label"]
        left[label] -= 1
        if left[label] or label not in used:
            code = "W207" if left[label] else "W206"
            dropped.append((code, label, token.map[0] if token.map else 0))


def _reference(tokens: Sequence[Token], index: int, _options: object, _env: Context) -> str:
    meta = tokens[index].meta
    number = meta["id"] + 1
    return (
        f'<sup class="footnote-ref"><a href="#fn{number}" id="fnref{_suffix(meta)}" '
        f'role="doc-noteref">[{number}]</a></sup>'
    )


def _block_open(label: str, *_arguments: object) -> str:
    return (
        f'<section class="footnotes" role="doc-endnotes" aria-label="{escapeHtml(label)}">\n'
        '<ol class="footnotes-list">\n'
    )


def _way_back(
    label: str, tokens: Sequence[Token], index: int, _options: object, _env: Context
) -> str:
    suffix = _suffix(tokens[index].meta)
    # The variation selector keeps phones from painting the arrow as an emoji.
    return (
        f' <a href="#fnref{suffix}" class="footnote-backref" role="doc-backlink" '
        f'aria-label="{escapeHtml(label)} {suffix}">\u21a9\ufe0e</a>'
    )


def _suffix(meta: Mapping[str, Any]) -> str:
    """Number a reference: the note's number, then which of its references after the first."""
    again = meta.get("subId", 0)
    return f"{meta['id'] + 1}-{again + 1}" if again else f"{meta['id'] + 1}"
