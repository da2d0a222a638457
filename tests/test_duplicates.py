"""Articles that came in twice are named, once per pair, and cost nothing while nothing is new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sites import SETTINGS, build, codes, write

from wenzhai.cli import run
from wenzhai.importers.similarity import sketch

BODY = (
    "灯塔建在半岛的尽头，每到傍晚，看守人就提着油灯登上一百二十级石阶。他说石阶是祖父那一辈铺的，"
    "每一级都比前一级低一点点，为的是让上去的人省些力气。\n"
    "到了顶上，先擦玻璃，再看风向，然后点灯。天气坏的时候，渔船会提前回来，"
    "他便在灯下记一笔：几条船，几点钟，海面什么颜色。\n"
    "这样的本子攒了四十七册，去年捐给了镇上的图书馆，管理员为它们做了一个小小的书架。\n"
)
TAIL = (
    "今年春天，有个学生把这些本子逐页拍了下来，做成可以检索的目录，"
    "又照着记录画出半岛周围海水颜色的变化。\n"
    "看守人翻了翻打印出来的图，说有几处蓝得不对，那天其实下过雨。\n"
)


def text(title: str, *parts: str) -> str:
    return f"{title}\n2024-03-04\n作者：林知远\n" + "".join(parts)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path / "site.toml", SETTINGS)
    write(tmp_path / "content/sources/a.txt", text("灯塔看守人", BODY, TAIL))
    return tmp_path


def found(site: Path) -> list[str]:
    return [code for code in codes(build(site)) if code.startswith("W75")]


def test_the_same_text_from_two_files_is_named_in_every_build(site: Path) -> None:
    write(site / "content/sources/b.txt", text("半岛尽头的灯", BODY, TAIL))
    for _ in range(2):
        (problem,) = [one for one in build(site).problems if one.code == "W755"]
        assert problem.span.path == "content/articles/b.md"
        assert "content/articles/a.md 是同一篇文章（100% 相同）" in problem.message("zh")
        write(site / "content/pages/about.md", "# 关于\n")  # something to build


def test_revision_and_excerpt_are_told_apart(site: Path) -> None:
    write(site / "content/sources/b.txt", text("灯", BODY, TAIL.replace("学生", "记者") * 2))
    write(site / "content/sources/c.txt", text("本子", BODY.split("\n", maxsplit=1)[0], "\n"))
    report = build(site)
    told = {one.span.path: one.code for one in report.problems if one.code.startswith("W75")}
    assert told["content/articles/b.md"] in {"W755", "W756"}
    assert told["content/articles/c.md"] == "W757"


def test_different_articles_are_not_named(site: Path) -> None:
    write(site / "content/sources/b.txt", text("目录", TAIL))
    write(site / "content/sources/a.txt", text("灯塔看守人", BODY))
    assert found(site) == []


def test_person_who_knows_of_both_is_not_told_again(site: Path) -> None:
    write(site / "content/sources/b.txt", text("半岛尽头的灯", BODY, TAIL))
    assert found(site) == ["W755"]
    article = site / "content/articles/b.md"
    made = article.read_text("utf-8")
    write(article, made.replace("---\n", "---\nrelated: [a]\n", 1))
    assert found(site) == []
    write(article, made.replace("---\n", "---\ndraft: true\n", 1))
    assert found(site) == []
    write(article, made)
    assert found(site) == ["W755"]


def test_only_new_conversions_are_read_and_none_while_nothing_is_new(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site / "content/sources/b.txt", text("目录", TAIL))
    sketched = []

    def counted(letters: str) -> tuple[int, ...]:
        sketched.append(letters)
        return sketch(letters)

    monkeypatch.setattr("wenzhai.duplicates.sketch", counted)
    build(site)
    assert len(sketched) == 2
    write(site / "content/articles/own.md", "# 手写的\n\n正文。\n")
    monkeypatch.setattr("wenzhai.duplicates.candidates", None)  # nobody asks for it
    build(site)
    assert len(sketched) == 2
    monkeypatch.undo()
    monkeypatch.setattr("wenzhai.duplicates.sketch", counted)
    write(site / "content/sources/c.txt", text("又一篇", TAIL, BODY))
    build(site)
    assert len(sketched) == 3


def test_import_tells_of_the_articles_it_made(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1710000000")
    assert run(["import", "content/sources/a.txt"]) == 0
    write(site.parent / "b.txt", text("半岛尽头的灯", BODY, TAIL))
    capsys.readouterr()
    assert run(["import", str(site.parent / "b.txt"), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["problems"]
    assert [row["code"] for row in rows] == ["W755"]
