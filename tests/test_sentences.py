from __future__ import annotations

import pytest

from wenzhai.sentences import is_whole, split_sentences


@pytest.mark.parametrize(
    ("block", "sentences"),
    [
        ("甲。乙！丙？", ("甲。", "乙！", "丙？")),
        ("炸裂!真的?对。", ("炸裂!", "真的?", "对。")),
        ("他说：「好。我走了。」然后离开。", ("他说：「好。我走了。」", "然后离开。")),
        ("「好的。」他说。下一句。", ("「好的。」他说。", "下一句。")),
        ("版本 3.5 发布。见 a.com/?x=1 吧。", ("版本 3.5 发布。", "见 a.com/?x=1 吧。")),
        ("Dr. Smith of U.S. Steel came. He left.", ("Dr. Smith of U.S. Steel came.", "He left.")),
        ("ELY, Feb. 18 -- They voted. He left.", ("ELY, Feb. 18 -- They voted.", "He left.")),
        ("是吗？！……嗯。", ("是吗？！……", "嗯。")),
        ("没有句号", ("没有句号",)),
        ("（括号里。也不断。）后文。", ("（括号里。也不断。）", "后文。")),
        ("", ()),
    ],
)
def test_sentences_end_where_a_reader_stops(block: str, sentences: tuple[str, ...]) -> None:
    assert split_sentences(block) == sentences


def test_a_quote_never_closed_does_not_swallow_the_rest() -> None:
    block = "「" + "很长的一句话。" * 100
    assert len(split_sentences(block)) > 1


def test_nothing_is_lost() -> None:
    block = "甲。「乙！」丙? 丁… 戊.己"
    assert "".join(split_sentences(block)).replace(" ", "") == block.replace(" ", "")


def test_a_whole_sentence_has_its_mark() -> None:
    assert is_whole("他说：「好。」")
    assert is_whole("Fine.")
    assert not is_whole("一个标题")
