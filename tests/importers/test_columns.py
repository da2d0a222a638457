"""Where what was left out of a page stands in its source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.importers.decode import Decoded
from wenzhai.importers.html.columns import with_columns
from wenzhai.importers.html.decoding import decode_html
from wenzhai.importers.reading import convert_bytes
from wenzhai.importers.record import Removed
from wenzhai.importers.text import Conversion

PAGES = sorted((Path(__file__).parents[1] / "data" / "pages").glob("*.html"))
PAGE = "<nav>\n 首页 首页\n</nav>\n<p>广告 <b>一</b>则</p>"


def cut(line: int, text: str) -> Removed:
    return Removed(line, 0, 0, "navigation", text)


def places(*cuts: Removed) -> list[tuple[int, int, int]]:
    return [(one.line, one.start, one.end) for one in with_columns(cuts, PAGE)]


def test_a_text_is_found_on_one_of_the_next_lines_each_place_once() -> None:
    assert places(cut(1, "首页"), cut(1, "首页"), cut(1, "首页")) == [
        (2, 1, 3),
        (2, 4, 6),
        (1, 0, 0),
    ]


def test_what_does_not_stand_there_verbatim_keeps_its_line() -> None:
    assert places(cut(4, "广告 一则"), cut(0, "首页"), cut(99, "首页"), cut(4, "")) == [
        (4, 0, 0),
        (0, 0, 0),
        (99, 0, 0),
        (4, 0, 0),
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_most_of_what_is_left_out_of_pages_has_a_place(path: Path) -> None:
    data = path.read_bytes()
    source = decode_html(data)
    made = convert_bytes(data, path.name, "2026-01-02", "Asia/Shanghai")
    assert isinstance(source, Decoded)
    assert isinstance(made, Conversion)
    lines = source.text.split("\n")
    cuts = [one for one in made.record.removed if one.line]
    placed = [one for one in cuts if one.end]
    assert all(lines[one.line - 1][one.start : one.end] == one.text for one in placed)
    assert len({(one.line, one.start) for one in placed}) == len(placed) >= len(cuts) // 2


@given(
    st.lists(st.builds(cut, st.integers(0, 9), st.text("页首 a\n", max_size=3))),
    st.text("页首 a\n"),
)
def test_places_are_true_whatever_stands_there(cuts: list[Removed], source: str) -> None:
    lines = source.split("\n")
    for before, after in zip(cuts, with_columns(cuts, source), strict=True):
        if after.end:
            assert lines[after.line - 1][after.start : after.end] == before.text
        else:
            assert after == before
