"""Bare URLs in Chinese text."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.utils import read_fixture_file

from wenzhai.bare_urls import bare_urls
from wenzhai.cjk import cjk_emphasis

CASES = read_fixture_file(Path(__file__).parent / "data/markup/urls.txt")


def parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("strikethrough").use(cjk_emphasis).use(bare_urls)


@pytest.mark.parametrize(("line", "title", "source", "expected"), CASES)
def test_bare_url_case(line: int, title: str, source: str, expected: str) -> None:
    assert parser().render(source) == expected, f"{title} (line {line})"


def test_an_endless_url_is_no_link() -> None:
    source = "https://example.com/" + "." * 5000 + "a"
    assert parser().render(source) == f"<p>{source}</p>\n"
