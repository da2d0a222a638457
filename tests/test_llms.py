"""llms.txt and Markdown twins: what language models read."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.llms import render_llms, render_twin
from wenzhai.model import Digest, Url
from wenzhai.views import LlmsView, TwinView
from wenzhai.xml_text import xml_text

ROW = ("标题", Url("https://example.com/articles/a/index.md"), "摘要。")


def twin(*rows: tuple[str, str], title: str = "标题") -> TwinView:
    return TwinView(title, rows, Digest("0" * 32))


def test_llms_file_has_the_form_of_its_convention() -> None:
    page = ("关于", Url("https://example.com/about/"), "")
    made = render_llms(LlmsView("文摘", "每周一期", (ROW, ROW), (page,))).decode()
    line = "- [标题](https://example.com/articles/a/index.md): 摘要。\n"
    assert made == (
        f"# 文摘\n\n> 每周一期\n\n## Articles\n\n{line}{line}\n"
        "## Pages\n\n- [关于](https://example.com/about/)\n"
    )


def test_llms_file_of_an_empty_site_is_its_title() -> None:
    assert render_llms(LlmsView("文摘", "", (), ())) == "# 文摘\n".encode()


def test_text_cannot_break_the_form_of_llms_file() -> None:
    row = ("a]b\n# c`*_<", Url("https://example.com/(x) y"), "一\n\n二")
    made = render_llms(LlmsView("t\nu", "", (row,), ())).decode()
    assert made.splitlines()[-1] == (
        r"- [a\]b # c\`\*\_\<](https://example.com/%28x%29%20y): 一 二"
    )
    assert made.startswith("# t u\n")


@pytest.mark.parametrize(
    "source",
    [
        "正文\n---\n尾\n",
        "---\ntitle: 旧\n---\n正文\n---\n尾\n",
        "\ufeff---\r\ntitle: 旧\r\n---\r\n\r\n正文\r\n---\r\n尾\r\n",
        '+++\ntitle = "旧"\n+++\n\n正文\n---\n尾\n',
        "---\n---\n正文\n---\n尾\n",
    ],
)
def test_twin_states_resolved_rows_in_place_of_its_own_front_matter(source: str) -> None:
    made = render_twin(twin(("date", "2024-03-04")), source.encode()).decode()
    assert made == '---\ntitle: "标题"\ndate: "2024-03-04"\n---\n\n正文\n---\n尾\n'


def test_twin_states_its_title_once() -> None:
    made = render_twin(twin(("url", "u"), ("title", "行中题")), b"").decode()
    assert made == '---\nurl: "u"\ntitle: "行中题"\n---\n\n'


def test_body_that_begins_with_a_rule_is_kept_whole() -> None:
    assert render_twin(twin(), "---\n\n正文\n".encode()).decode().endswith("---\n\n---\n\n正文\n")


def test_links_of_a_twin_stay_as_written() -> None:
    assert b"[x](../b.md#c)" in render_twin(twin(), b"[x](../b.md#c)")


def test_bytes_that_are_no_utf_8_break_nothing() -> None:
    assert "\ufffd" in render_twin(twin(), b"\xff").decode()


@settings(deadline=None, max_examples=100)
@given(
    st.text(st.one_of(st.characters(), st.sampled_from("\x00\x7f\x85\u2028\ufeff\ud800:#'\"\\")))
)
def test_every_value_of_a_twin_reads_back_as_the_same_text(value: str) -> None:
    made = render_twin(twin(("region", value)), b"").decode()
    assert yaml.safe_load(made.split("---\n")[1]) == {"title": "标题", "region": xml_text(value)}
