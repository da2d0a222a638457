"""Tags and regions after an article came or went are what they would be if all were counted."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from site_values import make_article

from wenzhai.model import Article, Region, Slug
from wenzhai.terms import Terms, make_terms, shift_terms

NAMES = ["RSS", "rss", "Rss", "c/c++", "c c++", "C++", "开源", "ＲＳＳ", "模型"]
PLACES = [
    None,
    Region("GD", Slug("guangdong"), "广东", "广东省"),
    Region("SC", Slug("sichuan"), "四川", ""),
]


@dataclass(frozen=True)
class Row:
    article: Article


@st.composite
def rows(draw: st.DrawFn) -> Row:
    tags = tuple(draw(st.lists(st.sampled_from(NAMES), max_size=3)))
    return Row(make_article("a", tags=tags, region=draw(st.sampled_from(PLACES))))


@given(st.lists(rows(), min_size=1, max_size=12), st.data())
def test_terms_after_one_move_are_those_of_all(every: list[Row], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(every) - 1))
    fewer = [*every[:place], *every[place + 1 :]]
    for kind in ("tag", "region"):
        less, more = make_terms(kind, fewer), make_terms(kind, every)
        assert shift_terms(kind, less, fewer, every) == more
        assert shift_terms(kind, more, every, fewer) == less


@given(st.lists(rows(), max_size=6), st.lists(rows(), max_size=6))
def test_more_than_one_difference_is_not_guessed(before: list[Row], now: list[Row]) -> None:
    found = shift_terms("tag", make_terms("tag", before), before, now)
    assert found is None or len(before) + len(now) == 1


def test_first_and_last_article_of_all() -> None:
    one = [Row(make_article("a", tags=("RSS", "rss", "rss")))]
    nothing = Terms((), {})
    assert shift_terms("tag", nothing, [], one) == make_terms("tag", one)
    assert shift_terms("tag", make_terms("tag", one), one, []) == nothing
    assert make_terms("tag", one).ordered[0].name == "rss"
