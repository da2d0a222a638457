from __future__ import annotations

import re
from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from wenzhai.codes import FRONT_MATTER
from wenzhai.frontmatter import FrontMatter, read_front_matter, split_front_matter
from wenzhai.plain_yaml import read_plain
from wenzhai.problems import Problem, render_problem
from wenzhai.yaml_fields import LOADER, read_yaml

DATA = Path(__file__).parent / "data" / "frontmatter"


def cases(name: str) -> list[tuple[str, str, str]]:
    """Read triples of title, input and expected problem; ␛0007 stands for U+0007."""
    text = (DATA / name).read_text(encoding="utf-8")
    text = re.sub("␛([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), text)
    triples = re.findall(r"^(.+)\n\.\n((?:.|\n)*?)\n\.\n(.+)\n\.\n", text, re.MULTILINE)
    assert len(triples) > 5
    return triples


def read(head: str, fence: str = "---") -> tuple[FrontMatter, tuple[Problem, ...]]:
    return read_front_matter(f"{fence}\n{head}\n{fence}\nbody\n", "a.md")


def values(front: FrontMatter) -> dict[str, str | tuple[str, ...]]:
    return {field.key.text: field.value for field in front.fields}


@pytest.mark.parametrize(
    ("fence", "head", "expected"),
    [("---", head, expected) for _, head, expected in cases("yaml_mistakes.txt")]
    + [("+++", head, expected) for _, head, expected in cases("toml_mistakes.txt")],
)
def test_a_mistake_is_named_with_its_place(fence: str, head: str, expected: str) -> None:
    front, (found,) = read(head, fence)
    assert f"{found.code} {found.span.line}:{found.span.column}" == expected
    assert bool(front.fields) == (found.severity == "warning")
    assert front.body == "body\n"
    assert render_problem(found, lambda _: head, "zh").startswith("a.md:")


def test_every_code_of_this_stage_is_triggered_here() -> None:
    named = {row[2].split()[0] for name in DATA.iterdir() for row in cases(name.name)}
    own = {code for code in FRONT_MATTER if "E101" < code < "E117"} | {"E133", "W103"}
    assert own - {"E103", "E105"} == named  # those two have tests of their own below


def test_every_scalar_stays_text() -> None:
    front, problems = read("a: no\nb: 012\nc: 1:30\nd: 2024-03-04\ne: 1_000\nf: '~'")
    assert not problems
    assert list(values(front).values()) == ["no", "012", "1:30", "2024-03-04", "1_000", "~"]


def test_nothing_and_null_are_blank() -> None:
    front, _ = read("a:\nb: ~\nc: null\nd: ''")
    assert set(values(front).values()) == {""}


def test_lists_of_every_form_are_read() -> None:
    front, problems = read("a: [b, 'c d', \"e\"]\nf:\n  - g\n  - h\ni: []")
    assert not problems
    assert values(front) == {"a": ("b", "c d", "e"), "f": ("g", "h"), "i": ()}


def test_values_know_line_column_and_length() -> None:
    front, _ = read("title: 标题\n标签:\n  - 𠮷野家")
    title, tags = front.fields
    assert (title.key.line, title.key.column, title.key.length) == (2, 1, 5)
    assert (title.items[0].line, title.items[0].column, title.items[0].length) == (2, 8, 2)
    assert (tags.items[0].line, tags.items[0].column, tags.items[0].length) == (4, 5, 3)


def test_a_note_behind_a_switch_or_date_is_no_cut_value() -> None:
    assert read("draft: true # not yet\ndate: 2024-03-04 # Monday")[1] == ()


def test_toml_becomes_the_same_texts() -> None:
    head = 'title = "a"\ntags = ["x", "y"]\ndate = 2024-03-04\ndraft = true\nweight = 3'
    front, problems = read(head, "+++")
    assert not problems
    assert values(front) == {
        "title": "a",
        "tags": ("x", "y"),
        "date": "2024-03-04",
        "draft": "true",
        "weight": "3",
    }
    assert [(field.items[0].line, field.items[0].column) for field in front.fields] == [
        (2, 9),
        (3, 8),
        (4, 8),
        (5, 9),
        (6, 10),
    ]


def test_rows_inside_a_long_toml_text_are_no_rows() -> None:
    front, problems = read('a = """\nb = 1\n"""\nb = 2\n[c]\nd = 1', "+++")
    assert not problems
    assert [(field.key.text, field.key.line) for field in front.fields] == [
        ("a", 2),
        ("b", 5),
        ("c", 6),
    ]
    assert front.fields[2].shape == "other"


@pytest.mark.parametrize("text", ["", "hello", "# title\n\n---\n", "----\nx", " ---\na: b\n---\n"])
def test_a_file_without_a_fence_is_all_body(text: str) -> None:
    assert read_front_matter(text, "a.md") == (FrontMatter((), text, 1), ())


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\na: b\n---\nx", "x", 4),
        ("---  \na: b\n---\t\nx", "x", 4),
        ("---\na: b\n...\nx", "x", 4),
        ("---\n---\nx\n---\n", "x\n---\n", 3),
        ("---\na: b\n---", "", 4),
        ("+++\n+++\n\nx", "\nx", 3),
    ],
)
def test_the_body_starts_behind_the_second_fence(text: str, body: str, line: int) -> None:
    parts = split_front_matter(text)
    assert (parts.body, parts.body_line) == (body, line)


@pytest.mark.parametrize("head", ["", "\n\n", "# a note\n"])
def test_a_blank_head_has_no_fields(head: str) -> None:
    assert read_front_matter(f"---\n{head}---\n", "a.md")[1] == ()


def test_a_head_without_end_is_an_error() -> None:
    front, (found,) = read_front_matter("---\ntitle: x\n\ntext", "a.md")
    assert found.code == "E103"
    assert front.body == ""


def test_a_line_across_the_top_of_a_page_stays_text_and_is_reported() -> None:
    text = "---\n\nJust text, no key.\n"
    front, (found,) = read_front_matter(text, "a.md")
    assert found.code == "W106"
    assert front.body == text


def test_a_head_of_more_than_64_kilobytes_is_refused() -> None:
    front, (found,) = read("summary: " + "字" * 22_000)
    assert found.code == "E105"
    assert front.fields == ()


@pytest.mark.parametrize("head", ["x: " + "[" * 60_000, "x: " + "{a: " * 15_000, "- " * 30_000])
def test_deep_nesting_neither_crashes_nor_hangs(head: str) -> None:
    assert read(head)[1][0].code in {"E106", "E110"}


def test_all_keys_given_twice_are_named_at_once() -> None:
    _, problems = read("a: 1\na: 2\nb: 3\nb: 4")
    assert [dict(found.arguments)["line"] for found in problems] == ["2", "4"]


@settings(deadline=None)
@given(st.text(max_size=80), st.sampled_from(["---", "+++"]))
def test_no_head_raises(head: str, fence: str) -> None:
    front, problems = read(head.replace("\r", ""), fence)
    assert not (front.fields and any(found.severity == "error" for found in problems))


# Without ~, which the library's base loader keeps as text and we read as blank.
SIGNS = st.text(alphabet="abc 中文:#-'\"[]{},.!&*|>%@0\n", max_size=24)

VALUES = st.text("abc1 中文、:/-.,'\"[]{}&😀~", max_size=12) | st.sampled_from(
    [
        "null", "'null'", '"~"', "2024-03-04T05:06:07+08:00", "https://a.cn/b?c=d", "C#", "a # b",
        '["甲", "乙,丙"]', "[甲, 乙 丙,丁]", "[]", "[ 'a' , b ]", "[null, a]", "[a,]", "[a: b]",
        "\n- 甲\n- 乙: 丙", "\n  - '甲'\n  - 乙", "\n- 甲\n  - 乙", "\n- 甲\n续", "|\n  多\n  行",
        "a:", "a: b", "- a", '"a" b', "'it''s'", "a\n  b", "\n\n", " 甲  乙 ",
        "甲\u00a0乙", "甲\u3000乙",
    ]
)  # fmt: skip
HEADS = st.lists(
    st.tuples(st.sampled_from(["title", "tags", "a_1", "null", "a b", "标题"]), VALUES).map(
        ": ".join
    ),
    max_size=4,
).map("\n".join)


@settings(max_examples=1000, deadline=None)
@given(HEADS | SIGNS)
@example("tags:\n- 甲\n- 乙\ntitle: 丙")
@example("title: 甲: 乙")
def test_the_fast_way_reads_what_the_parser_reads(head: str) -> None:
    plain = read_plain(head, 2)
    if plain is not None:
        with mock.patch("wenzhai.yaml_fields.read_plain", return_value=None):
            assert read_yaml(head, 2, "a.md") == (plain, [])


def test_usual_heads_are_read_the_fast_way() -> None:
    head = (
        "title: 县图书馆来了夜班机器人\nauthor:\n- 林见秋\nsource_url: https://a.cn/b?c=1\n"
        "date: '2024-03-08T21:40:00+08:00'\nadded: 2024-03-10\ntags: [开源, \"人工智能\"]\n"
        'summary: "馆里没有贴地标：它靠天花板的灯认路。"\ndraft: true\n'
    )
    assert read_plain(head, 2) is not None


@settings(deadline=None)
@given(SIGNS)
def test_what_is_read_equals_what_the_library_loads(value: str) -> None:
    head = f"key: {value}\nlast: 1"
    front, problems = read(head)
    assume(not any(found.severity == "error" for found in problems))
    assume("\n---" not in head and "\n..." not in head)
    loaded = yaml.load(head, Loader=LOADER)  # noqa: S506  # it makes texts only
    assert {field.key.text for field in front.fields} == set(loaded or {})
    for field in front.fields:
        wanted = loaded[field.key.text]
        if field.shape == "text":
            assert field.value == wanted
        elif field.shape == "list":
            assert list(field.value) == wanted
        else:
            assert isinstance(wanted, (list, dict))
