"""The problems of a body: each code, where it stands, and what does not trigger it."""

from __future__ import annotations

import pytest

from wenzhai.config import MarkupSettings
from wenzhai.markup import render_markdown


def found(text: str) -> list[tuple[str, int, int]]:
    _, problems = render_markdown(text, "a.md", 5, MarkupSettings(), "zh-Hans")
    for problem in problems:
        for language in ("zh", "en"):
            assert "{" not in problem.message(language) + problem.hint(language)
    return [(problem.code, problem.span.line, problem.span.column) for problem in problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一\n\n" + "> " * 20 + "深", ("E202", 7, 0)),
        ("".join(" " * 2 * n + "- 项\n" for n in range(14)), ("E202", 14, 0)),
        ("一\n二[x](javascript:alert(1))", ("W201", 6, 6)),
        ("[x](data:text/html,a)", ("W201", 5, 5)),
        ("<vbscript:x>", ("W201", 5, 2)),
        ("[x]: file:///etc\n\n[x]", ("W201", 5, 6)),
        ("[x](//a.cn/b)", ("W202", 5, 5)),
        ('<img src="//a.cn/b">', ("W202", 5, 11)),
        ("一\n\n#标题\n", ("W203", 7, 1)),
        ("> ##Title", ("W203", 5, 3)),
        ("＃ 标题", ("W204", 5, 1)),
        ("前＊＊强调＊＊后", ("W204", 5, 2)),
        ("一\n\n```py\ncode\n", ("W205", 7, 0)),
        ("~~~~\n~~~\n", ("W205", 5, 0)),
        ("一\n\n[^a]: 注", ("W206", 7, 1)),
        ("文[^a]\n\n[^a]: 甲\n\n[^a]: 乙", ("W207", 7, 1)),
        ("一[^甲]", ("W208", 5, 2)),
        ("见https://a.cn/b后文", ("W209", 5, 2)),
        ("|a|b|\n|-|-|\n|1|2|3|\n", ("W210", 7, 0)),
    ],
)
def test_problem(text: str, expected: tuple[str, int, int]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 19 + "文",
        "".join(" " * 2 * n + "- 项\n" for n in range(9)),
        "`[x](javascript:a)` 和 [y](data:image/png;base64,AA)",
        "profile: [a](b.md)",
        "[x](https://a.cn//b) http://a.cn//c",
        "#1 和 #话题#内容 和 #tag",
        "#hashtag",
        "\\#标题",
        "```\n#标题 ＃ ＊＊\n```",
        "> ```\n> a\n> ```\n",
        "- ```\n  a\n  ```\n",
        "文[^a]\n\n[^a]: 注",
        "https://zh.wikipedia.org/wiki/中文",
        "[a](https://a.cn/b)后文",
        "|a|b|\n|-|-|\n|1|2\\|3|\n|4|\n",
        "5＊3 和 ＊",
    ],
)
def test_no_problem(text: str) -> None:
    assert found(text) == []


def test_the_same_refused_target_twice_has_two_places() -> None:
    assert [place[1:] for place in found("[x](file:a) [y](file:a)")] == [(5, 5), (5, 17)]
