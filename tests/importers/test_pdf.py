"""PDF files: lines become paragraphs again, and what pages repeat is left out."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import Put, pdf_of

from wenzhai.importers.entries import Entry
from wenzhai.importers.pdf import read_pdf
from wenzhai.importers.reading import convert_bytes
from wenzhai.importers.text import Conversion
from wenzhai.problems import Problem

TEXT = (
    "灯塔里有一盏灯，每天晚上亮一次，风大的时候也亮。守灯人说，他在这里住了四十年，从来没有"
    "见过它熄灭，哪怕是停电的那几个冬天。船从远处看见它，就知道自己离家不远了。"
)
LATIN = [
    "The lamp in the lighthouse is lit every night, and it is lit when the wind is strong exam-",
    "ples of which are known to everybody who lives at the coast, and it has never been seen to",
    "go out.",
]


def lines(top: float, *texts: str, size: float = 12, left: float = 72) -> list[Put]:
    return [Put(left, top - at * size * 1.5, size, text) for at, text in enumerate(texts)]


def wrapped(top: float, text: str, width: int = 36) -> list[Put]:
    """A paragraph with its first line indented by two characters."""
    texts = [text[: width - 2], *(text[i : i + width] for i in range(width - 2, len(text), width))]
    first, *rest = texts
    return [Put(96, top, 12, first), *lines(top - 18, *rest)]


def convert(data: bytes) -> Conversion:
    found = convert_bytes(data, "content/sources/存档.pdf", "2024-03-10", "Asia/Shanghai")
    assert isinstance(found, Conversion), found
    return found


def paragraphs(data: bytes) -> list[str]:
    return convert(data).body.strip().split("\n\n")


def test_lines_become_paragraphs_and_tall_ones_title_and_headings() -> None:
    made = convert(
        pdf_of(
            [
                Put(200, 760, 22, "灯塔的灯"),
                *wrapped(700, TEXT),
                Put(72, 610, 15, "第一节"),
                *wrapped(580, TEXT),
                *wrapped(500, TEXT),
            ]
        )
    )
    assert dict(made.front)["title"] == "灯塔的灯"
    assert made.body.strip().split("\n\n") == [TEXT, "## 第一节", TEXT, TEXT]


def test_its_confidence_is_low() -> None:
    made = convert(pdf_of(wrapped(700, TEXT)))
    assert "text layer" in [doubt.reason for doubt in made.record.doubts]


def test_latin_lines_join_with_a_space_and_parted_words_without_their_hyphen() -> None:
    data = pdf_of([*wrapped(700, TEXT), *lines(600, *LATIN)])
    joined = " ".join(LATIN).replace("- ", "")
    assert paragraphs(data) == [TEXT, joined]
    assert [cut.text for cut in convert(data).record.removed if cut.reason == "hyphen"] == ["-"]


def test_headers_footers_and_page_numbers_are_left_out_with_a_reason() -> None:
    pages = [
        [
            Put(72, 805, 9, "灯塔周刊 第12期"),
            *wrapped(700, f"第{at}页的话。{TEXT}"),
            Put(72, 40, 9, f"内部资料 {at}"),
            Put(290, 20, 9, f"- {at} -"),
        ]
        for at in (1, 2, 3)
    ]
    made = convert(pdf_of(*pages))
    assert made.body.count(TEXT) == 3
    assert "周刊" not in made.body
    assert "内部" not in made.body
    cuts = [(cut.line, cut.reason, cut.text) for cut in made.record.removed]
    assert cuts[:3] == [
        (1, "page header", "灯塔周刊 第12期"),
        (1, "page footer", "内部资料 1"),
        (1, "page number", "- 1 -"),
    ]
    assert len(cuts) == 9


def test_headings_at_the_head_of_pages_stay() -> None:
    pages = [[Put(72, 790, 15, f"第{at * at}节 灯"), *wrapped(700, TEXT)] for at in (2, 3, 4)]
    assert paragraphs(pdf_of(*pages))[1::2][:2] == ["## 第9节 灯", "## 第16节 灯"]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    first, second = wrapped(150, TEXT)[:2], wrapped(760, TEXT)[2:]
    data = pdf_of([*wrapped(700, TEXT), *first], [*second, *wrapped(600, TEXT)])
    assert paragraphs(data) == [TEXT, TEXT, TEXT]


def test_columns_are_read_one_after_the_other() -> None:
    left = [Put(72, 700 - 18 * at, 12, TEXT[at * 15 : at * 15 + 15]) for at in range(3)]
    right = [Put(320, 700 - 18 * at, 12, TEXT[at * 15 + 45 : at * 15 + 60]) for at in range(3)]
    assert paragraphs(pdf_of([*left, *right])) == [TEXT[:90]]


def test_no_text_is_lost() -> None:
    pages = [[*wrapped(700, TEXT), *lines(500, *LATIN), Put(290, 20, 9, f"{at}")] for at in (1, 2)]
    made = convert(pdf_of(*pages))
    source = "".join(put.text for page in pages for put in page)
    kept = made.body + "".join(cut.text for cut in made.record.removed)
    assert sorted(kept.replace(" ", "").replace("\n", "")) == sorted(source.replace(" ", ""))


@pytest.mark.parametrize("pages", [[[]], [[Put(72, 700, 12, "印")]], [[], [], []]])
def test_a_file_without_a_text_layer_is_a_problem(pages: list[list[Put]]) -> None:
    found = read_pdf(pdf_of(*pages), "a.pdf")
    assert isinstance(found, Problem)
    assert found.code == "E749"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a PDF", pdf_of([])[:200]])
def test_what_cannot_be_read_is_a_problem(data: bytes) -> None:
    found = read_pdf(data, "a.pdf")
    assert isinstance(found, Problem)
    assert found.code in {"E748", "E749"}


def test_a_missing_package_is_a_problem_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    found = read_pdf(pdf_of([]), "a.pdf")
    assert isinstance(found, Problem)
    assert (found.code, "wenzhai[pdf]" in found.hint("zh")) == ("E730", True)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8))
def test_damage_is_never_more_than_a_problem(places: list[tuple[int, int]]) -> None:
    data = bytearray(pdf_of(wrapped(700, TEXT)))
    for at, byte in places:
        data[at % len(data)] = byte
    assert isinstance(read_pdf(bytes(data), "a.pdf"), Entry | Problem)


PUTS = st.builds(
    Put,
    st.integers(-100, 700),
    st.integers(-100, 900),
    st.sampled_from([0, 1, 9, 12, 40]),
    st.sampled_from(["灯塔里有一盏灯。", "lamp-", "of light", "1", " ", "\x00\x02", "\ufffe"]),
)


@settings(deadline=None)
@given(st.lists(st.lists(PUTS, max_size=8), max_size=3))
def test_lines_anywhere_are_read_or_refused(pages: list[list[Put]]) -> None:
    found = read_pdf(pdf_of(*pages), "a.pdf")
    assert isinstance(found, Entry | Problem)
