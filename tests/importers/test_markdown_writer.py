"""The Markdown writer: what is rendered reads like what was written."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.importers.account import body_text
from wenzhai.importers.markdown.escaping import escape_text
from wenzhai.importers.writer import Block, Kind, write_body, write_front

HOSTILE = st.sampled_from(
    [
        *"#>-+*_`~|<>[]()!&;:=$^{}\\\"'/.0123456789 ab文。，\t",
        "&amp;",
        "<T>",
        "](",
        "http://a.b/c_d",
    ]
)
TEXTS = st.one_of(
    st.lists(HOSTILE, min_size=1, max_size=30).map("".join),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60),
).filter(lambda text: bool(text.strip()))
BLOCKS = st.builds(
    Block,
    st.sampled_from(["paragraph", "heading", "caption"]),
    st.tuples(TEXTS),
    st.integers(2, 6),
)


def bare(text: str) -> str:
    return "".join(text.split())


@given(st.lists(BLOCKS, min_size=1, max_size=4))
def test_rendered_text_equals_what_was_written(blocks: list[Block]) -> None:
    written = "".join(bare(block.texts[0]) for block in blocks)
    assert bare(body_text(write_body(blocks))) == written


@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(["bullets", "numbers"]))
def test_list_items_keep_their_text(items: list[str], kind: Kind) -> None:
    body = write_body([Block(kind, tuple(items))])
    assert bare(body_text(body)) == "".join(bare(item) for item in items)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("普通的一句话。", "普通的一句话。"),
        ("snake_case 与 a*b", r"snake_case 与 a\*b"),
        ("1. 不是列表", r"1\. 不是列表"),
        ("# 不是标题", r"\# 不是标题"),
        ("AT&T 与 3 < 5", "AT&T 与 3 < 5"),
        ("&amp; 与 <T>", r"\&amp; 与 \<T>"),
    ],
)
def test_only_what_could_mean_something_is_escaped(text: str, markdown: str) -> None:
    assert write_body([Block("paragraph", (text,))]) == markdown + "\n"


@given(st.dictionaries(st.sampled_from(["title", "author", "summary"]), TEXTS, min_size=1))
def test_front_matter_reads_back_as_it_was(values: dict[str, str]) -> None:
    written = write_front(tuple(values.items()))
    assert yaml.load(written.removeprefix("---\n").removesuffix("---\n"), yaml.BaseLoader) == values  # noqa: S506  # BaseLoader makes texts only


@given(
    st.dictionaries(
        st.sampled_from(["title", "tags", "draft", "summary"]),
        st.one_of(
            st.text(max_size=60),
            st.lists(TEXTS, max_size=4).map(tuple),
            st.booleans(),
            st.dictionaries(st.text(max_size=3), TEXTS, max_size=2),
        ),
        min_size=1,
    )
)
def test_front_matter_is_the_same_with_and_without_libyaml(values: dict[str, object]) -> None:
    written = write_front(tuple(values.items()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wenzhai.importers.writer._QUICK", yaml.SafeDumper)
        assert write_front(tuple(values.items())) == written


def test_texts_that_look_like_other_types_stay_texts() -> None:
    front = write_front((("title", "no"), ("date", "2024-03-04"), ("tags", ("012", "1:30"))))
    inner = front.removeprefix("---\n").removesuffix("---\n")
    assert yaml.safe_load(inner) == {"title": "no", "date": "2024-03-04", "tags": ["012", "1:30"]}


@pytest.mark.parametrize("text", ["__0__", "__init__", "_a_", "a__b", "snake_case", "___"])
def test_runs_of_underscores_stay_as_they_are(text: str) -> None:
    assert body_text(escape_text(text)).strip() == text
