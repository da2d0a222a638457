"""Names that stand alone: persons and publications by their form."""

from __future__ import annotations

import pytest

from wenzhai.importers.names import is_outlet, is_person
from wenzhai.importers.text import convert_text


@pytest.mark.parametrize("name", ["黎晚舟", "张三", "欧阳澈", "何川", "歐陽修"])
def test_surname_and_given_name_are_a_person(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "word", ["高考", "周末", "程序员", "黄金期", "白皮书", "马上", "我们", "李", "王小明家里"]
)
def test_words_that_begin_with_a_surname_are_no_person(word: str) -> None:
    assert not is_person(word)


@pytest.mark.parametrize("name", ["南岭日报", "慢读社", "远方杂志", "海島日報", "Ledgerline News"])
def test_publications_are_known_by_what_they_call_themselves(name: str) -> None:
    assert is_outlet(name)


@pytest.mark.parametrize("word", ["互联网", "科技", "旅行社", "第一章", "今天的新闻里没有他的名字"])
def test_other_words_are_no_publication(word: str) -> None:
    assert not is_outlet(word)


def test_short_lines_of_the_text_give_no_names() -> None:
    made = convert_text(
        "灯塔\n他每天晚上都去看灯，一看就是二十年，没有一天例外。\n张三\n"
        "这是守灯人的名字，写在门上。他说，名字写在门上，门就认得人。\n",
        "a.txt",
        "2026-01-02",
        "Asia/Shanghai",
    )
    assert "author" not in dict(made.front)
    assert "张三" in made.body
