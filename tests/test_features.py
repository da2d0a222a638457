from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.features import MOST, features_of
from wenzhai.model import Heading


def head(text: str) -> Heading:
    return Heading(2, "x", text, 1)


def test_tags_come_first_then_names_then_bigrams() -> None:
    words = features_of(
        "开源模型", "", (), ("AI", "芯片"), "Llama 很好, Llama 与 Meta, Meta Llama 和 GPT"
    )
    assert words == ("#ai", "#芯片", "llama", "meta", "开源", "源模", "模型")


def test_a_name_counts_only_when_it_comes_back() -> None:
    assert features_of("", "", (), (), "GPT 与 Llama, the the the 2024 2024") == ()


def test_bigrams_of_little_meaning_are_left_out() -> None:
    assert features_of("为什么我们的芯片", "", (head("结语"),), (), "") == ("芯片",)


def test_bigrams_that_the_summary_repeats_come_before_others() -> None:
    words = features_of("天气芯片", "芯片涨价", (), (), "")
    assert words[0] == "芯片"


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=9), max_size=40))
def test_there_are_never_too_many_and_none_twice(text: str, tags: list[str]) -> None:
    words = features_of(text, text, (head(text),), tuple(tags), text * 2)
    assert len(words) <= MOST
    assert len(set(words)) == len(words)
