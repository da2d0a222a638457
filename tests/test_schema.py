from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.codes import FRONT_MATTER
from wenzhai.frontmatter import read_front_matter
from wenzhai.model import Moment, Place
from wenzhai.problems import Problem
from wenzhai.schema import KEYS, Stated, read_fields

ZONE = "Asia/Shanghai"


def stated(head: str, fence: str = "---") -> tuple[Stated, tuple[Problem, ...]]:
    front, problems = read_front_matter(f"{fence}\n{head}\n{fence}\n", "a.md")
    assert not problems
    return read_fields(front.fields, "a.md", ZONE)


WRONG = [
    ("title: [a, b]", "E117", "2:9"),
    ("title: {a: b}", "E117", "2:8"),
    ("tags: {a: b}", "E117", "2:7"),
    ("date: [2024-03-04]", "E117", "2:8"),
    ("draft: maybe", "E118", "2:8"),
    ("weight: heavy", "E119", "2:9"),
    ("weight: 1.5", "E119", "2:9"),
    ("date: soon", "E120", "2:7"),
    ("expires: 2023-02-29", "E121", "2:10"),
    ("added: 2024-03-04 25:00", "E122", "2:8"),
    ("updated: 0999-01-01", "E123", "2:10"),
    ("date: 2024-03-04T15:05+99:00", "E124", "2:7"),
    ("slug: A B", "E125", "2:7"),
    ("slug: ../etc", "E125", "2:7"),
    ("slug: -a", "E126", "2:7"),
    ("slug: " + "大" * 61, "E127", "2:7"),
    ("slug: con", "E128", "2:7"),
    ("kind: post", "E129", "2:7"),
    ("source_url: www.example.com/a", "E130", "2:13"),
    ("canonical: javascript:alert(1)", "E130", "2:12"),
    ("canonical: https://", "E130", "2:12"),
    ("cover: javascript:alert(1)", "E130", "2:8"),
    ("cover: //example.com/a.png", "E130", "2:8"),
    ("lang: Chinese language", "E131", "2:7"),
    ("aliases: ['https://example.com/a']", "E132", "2:11"),
    ("aliases:\n  - /ok/\n  - ../a", "E132", "4:5"),
    ("titel: x", "W101", "2:1"),
    ("qqqq: x", "W108", "2:1"),
    ("description: x", "W102", "2:1"),
    ("region: Guangdnog", "W104", "2:9"),
    ("date: 2024-03-04\nupdated: 2024-03-03", "W107", "3:10"),
]


@pytest.mark.parametrize(("head", "code", "place"), WRONG)
def test_a_wrong_value_is_named_with_its_place(head: str, code: str, place: str) -> None:
    _, (found,) = stated(head)
    assert (found.code, f"{found.span.line}:{found.span.column}") == (code, place)
    assert found.message("zh") != found.message("en")
    assert "{" not in found.hint("zh") + found.hint("en")


def test_every_code_of_the_schema_is_triggered_here() -> None:
    own = {code for code in FRONT_MATTER if code >= "E117"} - {"E133", "W103", "W105", "W106"}
    assert own == {code for _, code, _ in WRONG}


@pytest.mark.parametrize(
    ("head", "hint"),
    [
        ("titel: x", "title"),
        ("Title: x", "title"),
        ("description: x", "summary"),
        ("categories: x", "tags"),
        ("lastmod: x", "updated"),
        ("last-modified: x", "updated"),
        ("permalink: x", "slug"),
        ("标题: x", "title"),
        ("region: Guangdnog", "Guangdong"),
        ("region: 广冬", "广"),
        ("source_url: www.example.com/a", "https://www.example.com/a"),
        ("slug: Hello World", "hello-world"),
    ],
)
def test_the_hint_says_what_to_write(head: str, hint: str) -> None:
    _, (found,) = stated(head)
    assert hint in found.hint("en")


@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_blank_value_counts_as_absent(key: str) -> None:
    for blank in ("", " ~", " ''", " []", " ['', '']", " '  '"):
        found, problems = stated(f"{key}:{blank}")
        assert found == Stated()
        assert problems == ()


@pytest.mark.parametrize(
    "head",
    [
        "tags: 人工智能, 开源、AI",
        "tags: [人工智能, 开源, AI]",
        "tags:\n- 人工智能\n- '#开源'\n- AI\n- AI",
    ],
)
def test_tags_may_be_a_list_or_one_text(head: str) -> None:
    assert stated(head)[0].tags == ("人工智能", "开源", "AI")


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("author: 张三", ("张三",)),
        ("author: 张三、李四", ("张三", "李四")),
        ("author: 张三, 李四", ("张三", "李四")),
        ("author: Smith, John", ("Smith, John",)),
        ("author: [张三, 李四, 张三]", ("张三", "李四")),
    ],
)
def test_authors_may_be_a_list_or_one_text(head: str, authors: tuple[str, ...]) -> None:
    assert stated(head)[0].authors == authors


def test_values_take_their_types() -> None:
    found, problems = stated(
        "title:  标题  一 \ndate: 2024年3月4日\ndraft: yes\nweight: -3\nlang: zh_hans_cn\n"
        "region: 广东省\nkind: 转载\ncover: images/a b.png\naliases: /2023/旧名/\nslug: llama-3"
    )
    assert problems == ()
    assert found.title == "标题 一"
    assert found.date == Moment("2024-03-04", 1709481600)
    assert found.draft is True
    assert found.weight == -3
    assert found.lang == "zh-Hans-CN"
    assert found.nature == "reprint"
    assert found.cover == "images/a b.png"
    assert found.aliases == ("/2023/旧名/",)
    assert found.slug == "llama-3"
    assert found.region is not None
    assert (found.region.name, found.region.written) == ("广东", "广东省")


def test_toml_types_are_taken_too() -> None:
    found, problems = stated("date = 2024-03-04T15:05:00\ndraft = true\nweight = 2", "+++")
    assert problems == ()
    assert found.date == Moment("2024-03-04T15:05:00+08:00", 1709535900)
    assert (found.draft, found.weight) == (True, 2)


def test_a_summary_over_lines_joins_as_its_script_does() -> None:
    assert (
        stated("summary: |\n  甲乙，\n  丙丁。\n  Two\n  words")[0].summary
        == "甲乙，丙丁。 Two words"
    )


def test_a_url_given_as_source_is_the_source_url() -> None:
    found, _ = stated("source: https://www.example.com/a")
    assert (found.source, found.source_url) == ("example.com", "https://www.example.com/a")
    found, _ = stated("source: 某报\nsource_url: https://example.com/a")
    assert (found.source, found.source_url) == ("某报", "https://example.com/a")


def test_an_update_on_the_day_of_publication_is_no_contradiction() -> None:
    assert stated("date: 2024-03-04 20:00\nupdated: 2024-03-04")[1] == ()


def test_items_of_lists_have_places_of_their_own() -> None:
    found, _ = stated("related: [a, b]\nslug: x")
    assert found.places == (Place("related", 2, 11), Place("related", 2, 14), Place("slug", 3, 7))


def test_all_problems_are_told_at_once() -> None:
    _, problems = stated("draft: maybe\ndate: soon\nfoo: x\nlang: '?'")
    assert [found.code for found in problems] == ["E118", "E120", "W108", "E131"]


@settings(deadline=None)
@given(st.sampled_from(sorted(KEYS)), st.text(max_size=30))
def test_no_value_raises(key: str, value: str) -> None:
    quoted = value.replace("'", "''")
    front, problems = read_front_matter(f"---\n{key}: '{quoted}'\n---\n", "a.md")
    if not problems:
        read_fields(front.fields, "a.md", ZONE)
