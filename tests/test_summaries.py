from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.sentences import split_sentences
from wenzhai.summaries import MOST, summarise, text_width

SHARED = Path(os.environ.get("WENZHAI_SHARED", Path(__file__).parents[2] / "shared"))
SAMPLE = SHARED / "samples" / "llama3-article.txt"
STORY = """\
开源大模型的竞争在今年进入了新的阶段，几家公司先后公布了自己的开源大模型。
不过，这一切才刚刚开始。
相关推荐
公布开源大模型的公司认为，开源能让更多的开发者参与进来，大模型也会因此进步得更快。
午饭很好吃。
批评者则指出，开源大模型的安全没有人负责，公司应当在公布之前做完整的测试。
天气预报说明天有雨，出门的人记得带伞，骑车的人路上要小心。
"""


def test_a_summary_is_whole_sentences_in_their_order() -> None:
    summary = summarise(STORY, "zh-Hans")
    picked = split_sentences(summary)
    every = [sentence for block in STORY.split("\n") for sentence in split_sentences(block)]
    assert list(picked) == [sentence for sentence in every if sentence in picked]
    assert 160 <= text_width(summary) <= MOST


def test_a_summary_takes_what_the_text_keeps_coming_back_to() -> None:
    summary = summarise(STORY, "zh-Hans")
    assert summary.startswith("开源大模型的竞争")
    assert "相关推荐" not in summary
    assert "天气" not in summary


def test_a_short_text_is_its_own_summary() -> None:
    assert summarise("只有一句话。", "zh") == "只有一句话。"
    assert summarise("", "zh") == ""
    assert summarise(" \n\n", "zh") == ""


def test_latin_and_korean_sentences_are_joined_with_a_space() -> None:
    assert (
        summarise("One fox came here. Another fox left.", "en")
        == "One fox came here. Another fox left."
    )
    korean = "여우가 왔다. 곰이 갔다."
    assert summarise(korean, "ko") == korean


def test_a_sentence_too_long_is_cut_at_a_clause() -> None:
    summary = summarise("这是一个很长的句子，它没有句号，" * 30, "zh")
    assert summary.endswith("…")
    assert summary[-2] not in "，、"
    assert text_width(summary) <= MOST


@settings(deadline=None)
@given(st.text(max_size=600), st.sampled_from(["zh", "en", "ko"]))
def test_a_summary_never_grows_beyond_its_limit(text: str, language: str) -> None:
    summary = summarise(text, language)
    # Joining spaces come on top, one a sentence.
    assert text_width(summary) <= MOST + 25
    assert bool(summary) <= bool(text.strip())


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample article is not part of the project")
def test_the_sample_article_is_summarised_by_its_claims() -> None:
    summary = summarise(SAMPLE.read_text(encoding="utf-8"), "zh-Hans")
    assert "Llama" in summary
    assert "图/" not in summary
    assert text_width(summary) <= MOST
