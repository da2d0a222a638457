"""Targets in tags of raw HTML."""

from __future__ import annotations

import pytest

from wenzhai.link_targets import is_local, replace_in_tags


@pytest.mark.parametrize("target", ["a.md", "/a", "../a b", "?q", "图:1.md", ".", "\\a"])
def test_targets_in_this_site(target: str) -> None:
    assert is_local(target)


@pytest.mark.parametrize("target", ["", "#a", "//a.cn", "http:a", "MAILTO:a", "x-y+z.1:a"])
def test_targets_elsewhere(target: str) -> None:
    assert not is_local(target)


def test_only_quoted_targets_in_tags_are_replaced() -> None:
    source = '<a title="href" href = "a">href="b"</a><a href=c><img data-src="d" src="http://e">'
    assert replace_in_tags(source, lambda target, _: target.upper()) == source.replace(
        '"a">', '"A">'
    )


def test_an_endless_tag_is_read_once() -> None:
    source = "<a " * 20_000
    assert replace_in_tags(source, lambda target, _: target) == source
