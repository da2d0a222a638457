"""Captions: where they end when text is glued to them."""

from __future__ import annotations

import pytest

from wenzhai.importers.caption_sources import gather_evidence
from wenzhai.importers.captions import find_caption


def cut(line: str, *others: str, names: tuple[str, ...] = ()) -> tuple[str, str, str] | None:
    found = find_caption(line, gather_evidence((line, *others), names))
    return found and (line[: found[0]], line[slice(*found)], line[found[1] :])


@pytest.mark.parametrize(
    ("caption", "text"),
    [
        ("园区航拍,图/南屿能源", "换言之,成本下降了。"),
        ("图/雷石摄制组", "换个角度看,这不是坏事。"),
        ("夜班现场（图源：受访者）", "一年前,他来了。"),
        ("官宣视频,图/ Instagram", "考虑到前两代的时间,这不算久。"),
        ("图/ X(原 Twitter)", "时移事易,情况不同了。"),
        ("图/受访者供图", "它们的共同点是不着急。"),
        ("The desk. Photo: T. Whitlock/Ledgerline", "Twelve months on, it is busy."),
    ],
)
def test_caption_ends_where_a_sentence_begins(caption: str, text: str) -> None:
    assert cut(caption + text) == ("", caption, text)


def test_words_that_open_other_sentences_show_where_the_caption_ends() -> None:
    line = "H00 显卡,图/星河芯片小顾的言下之意其实很明显:够用了。"
    assert cut(line, "小顾虽然没有明说。", "星河芯片去年卖得很好。") == (
        "",
        "H00 显卡,图/星河芯片",
        "小顾的言下之意其实很明显:够用了。",
    )


@pytest.mark.parametrize(
    ("caption", "text"),
    [
        ("新图纸，图/ 小灯塔通讯", "教室里讲对半查找，总是画一排格子，请大家猜。"),
        ("新图纸，图/ 小灯塔通讯", "教室里没有人说话，我们都走了。"),
        ("新图纸，图/ 小灯塔通讯供图", "教室里讲对半查找，总是画一排格子。"),
        ("图/谭立夏摄", "教室里讲对半查找，总是画一排格子。"),
        ("新图纸，图/ B站小灯塔", "教室里讲对半查找，总是画一排格子。"),
    ],
)
def test_names_that_the_source_states_end_a_caption(caption: str, text: str) -> None:
    names = ("小灯塔通讯", "谭立夏", "B站小灯塔")
    assert cut(caption + text, names=names) == ("", caption, text)


def test_a_stated_name_that_goes_on_is_a_longer_name() -> None:
    line = "车间，图/ 南屿能源"
    text = "换言之，成本下降了不少，工人们说。"
    assert cut(line + text, names=("南屿",)) == ("", line, text)
    assert cut("图/ 南屿能源工人们说，成本下降了不少。", names=("南屿",)) is None


def test_names_that_mix_scripts_stay_whole() -> None:
    assert cut("发布会现场，图/ IT之家") == ("", "发布会现场，图/ IT之家", "")
    assert cut("图/ IT之家教室里讲对半查找，画一排格子。") == (
        "",
        "图/ IT之家",
        "教室里讲对半查找，画一排格子。",
    )


@pytest.mark.parametrize(
    "line",
    [
        "▲ Reef 3 三种配色",
        "图为机手查看屏幕。方砚田摄",
        "10月19日，农机手在河湾县作业。远山社记者 方砚田 摄",
        "写真2：売り上げ推移（提供：商店街）",
        "商店街の様子＝10月28日、田中撮影",
        "（图/视觉中国）",
        "本文图片除注明外均为受访者供图",
        "摄影 / 王五",
    ],
)
def test_whole_lines_are_captions(line: str) -> None:
    assert cut(line) == ("", line, "")


def test_bracket_behind_sentences_is_a_caption_alone() -> None:
    line = "大楼在阳光下很美。我们走了过去。（图/远山社）"
    assert cut(line) == ("大楼在阳光下很美。我们走了过去。", "（图/远山社）", "")


@pytest.mark.parametrize(
    "line",
    [
        "楼梯底的檔口只有四十平方呎。（資料圖片）",
        "Ruth Halvorsen holds her class ring on Friday. (Photo: Wire/Carla Dunn)",
    ],
)
def test_one_sentence_and_its_bracket_are_a_caption(line: str) -> None:
    assert cut(line) == ("", line, "")


@pytest.mark.parametrize(
    "line",
    [
        "他喜欢摄影。",
        "图书馆的图/书分类很好",
        "这张图很好看。",
        "",
        "图/这样写的人不多见,真的不多。",
        "新图纸，图/ 雷石管理处教室里讲对半查找，总是画一排格子。",
    ],
)
def test_without_evidence_nothing_is_cut(line: str) -> None:
    assert cut(line) is None
