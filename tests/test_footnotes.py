"""Footnotes that assistive technology can follow."""

from __future__ import annotations

from wenzhai.config import MarkupSettings
from wenzhai.markup import render_markdown


def html(text: str, language: str = "zh-Hans") -> str:
    return render_markdown(text, "a.md", 1, MarkupSettings(), language)[0].html


def test_a_footnote_is_a_note_with_a_labelled_way_back() -> None:
    found = html("文[^a]\n\n[^a]: 注\n")
    assert '<a href="#fn1" id="fnref1" role="doc-noteref">[1]</a>' in found
    assert '<section class="footnotes" role="doc-endnotes" aria-label="脚注">' in found
    assert (
        'href="#fnref1" class="footnote-backref" role="doc-backlink" aria-label="回到引文 1"'
        in found
    )


def test_each_reference_has_its_own_way_back() -> None:
    found = html("文[^a]又[^a]\n\n[^a]: 注\n", "en")
    assert 'id="fnref1-2"' in found
    assert 'href="#fnref1-2"' in found
    assert 'aria-label="Back to reference 1-2"' in found


def test_labels_follow_the_script() -> None:
    assert 'aria-label="註腳"' in html("文^[注]", "zh-TW")
