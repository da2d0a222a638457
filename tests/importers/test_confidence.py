"""How far a conversion is trusted: doubts, their sum, and when an article is held."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wenzhai.doubt_words import DOUBTS, doubts_text
from wenzhai.importers.confidence import (
    COSTS,
    HELD_BELOW,
    Doubt,
    Outcome,
    doubt,
    is_doubtful,
    rate,
    weigh,
)

TEXT = "灯塔里有一盏灯，每天晚上亮一次，照着回港的渔船。"
GOOD = Outcome("灯塔的灯", frozenset({"title", "date", "author"}), (TEXT,) * 3, ())


def reasons(outcome: Outcome) -> list[str]:
    return [one.reason for one in weigh(outcome)]


def test_nothing_speaks_against_an_article_with_title_date_and_author() -> None:
    assert (reasons(GOOD), rate(())) == ([], 1.0)


@pytest.mark.parametrize(
    ("missing", "reason"), [("title", "no title"), ("date", "no date"), ("author", "no origin")]
)
def test_a_fact_that_is_not_stated_is_a_small_doubt(missing: str, reason: str) -> None:
    outcome = replace(GOOD, stated=GOOD.stated - {missing})
    assert reasons(outcome) == [reason]
    assert not is_doubtful(weigh(outcome))


@pytest.mark.parametrize("origin", ["author", "source", "source_url"])
def test_author_source_or_address_tell_the_origin(origin: str) -> None:
    assert reasons(replace(GOOD, stated=frozenset({"title", "date", origin}))) == []


def test_a_note_without_any_fact_is_still_published() -> None:
    assert not is_doubtful(weigh(replace(GOOD, stated=frozenset())))


def test_an_article_without_a_paragraph_is_held() -> None:
    assert is_doubtful(weigh(replace(GOOD, paragraphs=())))


def test_much_left_out_of_a_short_text_is_doubted_but_lists_of_titles_are_not() -> None:
    long = "一行没有放进正文的文字。" * 30
    assert reasons(replace(GOOD, removed=(("statement", long),))) == ["little kept"]
    assert reasons(replace(GOOD, removed=(("hot list", long), ("related list", long)))) == []
    assert reasons(replace(GOOD, paragraphs=(TEXT,) * 30, removed=(("statement", long),))) == []


def test_what_could_not_be_placed_is_doubted() -> None:
    assert reasons(replace(GOOD, removed=(("unclassified", "?"),))) == ["unclassified"]


def test_comments_without_an_article_are_held() -> None:
    outcome = replace(GOOD, paragraphs=("灯塔",), removed=(("comment", "写得好，支持作者。" * 9),))
    assert "comments only" in reasons(outcome)
    assert is_doubtful(weigh(outcome))


def test_page_parts_among_the_text_are_doubted_and_held_where_they_are_most_of_it() -> None:
    parts = ("返回顶部", "阅读 1024", "收藏")
    assert reasons(replace(GOOD, paragraphs=(TEXT,) * 5 + parts)) == ["page parts"]
    assert reasons(replace(GOOD, paragraphs=(TEXT, *parts))) == ["page parts only"]
    assert is_doubtful(weigh(replace(GOOD, paragraphs=(TEXT, *parts))))
    assert reasons(replace(GOOD, paragraphs=(TEXT,) * 5 + parts[:1])) == []


def test_confidence_is_never_below_nothing() -> None:
    assert rate(map(doubt, COSTS)) == 0.0
    assert rate((Doubt("an importer's own", 0.25),)) == 0.75


def test_sums_of_costs_carry_no_rounding_into_the_threshold() -> None:
    assert rate((Doubt("a", 0.3), Doubt("b", 0.1), Doubt("c", 0.1))) == HELD_BELOW


def test_every_reason_has_words_in_both_languages() -> None:
    assert COSTS.keys() <= DOUBTS.keys()
    assert doubts_text(("no title", "no date"), "zh") == "没有题目、没有日期"
    assert doubts_text(("no title", "someone's own"), "en") == "no title, someone's own"
