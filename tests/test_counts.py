from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai import counts
from wenzhai.counts import count_any_words, count_words, reading_minutes

MIXED = st.text(alphabet="ab1 中文,.-'’。，、　々〇・のカー１Ａé가나①ⅣⅤ²µ𠮷㈱豈ｱ_@/\n", max_size=12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("，。！", 0),
        ("银行行长", 4),
        ("Llama 3 用开源对抗 GPT-4", 8),
        ("don't panic, it's 3.5", 4),
        ("カタカナとひらがな", 9),
        ("한국어 단어 셋", 3),
        ("Москва и café", 3),
        ("人々は〇", 4),
        ("𠮷野家", 3),
        ("—— …… ★", 0),
    ],
)
def test_each_script_counts_by_its_own_measure(text: str, words: int) -> None:
    assert count_words(text) == words


@settings(deadline=None)
@given(MIXED)
def test_the_fast_way_counts_like_the_general_one(text: str) -> None:
    assert count_words(text) == count_any_words(text)


@pytest.mark.parametrize("first", range(0, 0x40000, 0x4000))
def test_the_fast_way_knows_every_character(first: int) -> None:
    chars = (chr(code) for code in range(first, first + 0x4000) if not 0xD800 <= code < 0xE000)
    texts = [text for char in chars for text in (f"甲a{char}b乙", f"2{char}甲")]
    assert [t for t in texts if count_words(t) != count_any_words(t)] == []


def test_punctuation_of_chinese_text_needs_no_general_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counts, "count_any_words", None)
    assert count_words("他说：“可以；但是……”？（见《文摘》，第3版）！、～｜") == 12


def test_minutes_round_up_from_one() -> None:
    assert [reading_minutes(n, 400) for n in (0, 1, 400, 401, 2680)] == [1, 1, 1, 2, 7]
