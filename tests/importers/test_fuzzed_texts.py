"""Shuffled, glued and damaged articles: nothing is lost, and no date or place is made up."""

from __future__ import annotations

import html
import re
from pathlib import Path

from annotated import read_case
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.importers.account import account
from wenzhai.importers.dates import find_date
from wenzhai.importers.text import Conversion, convert_text, markdown
from wenzhai.regions import find_region_prefix

CASES = sorted((Path(__file__).parents[1] / "data" / "layouts").glob("*.case"))
SOURCES = [read_case(path).source for path in CASES]
LINES = sorted({line for source in SOURCES for line in re.split(r"\r?\n", source) if line.strip()})
ZONE = "Asia/Shanghai"
ENDS = st.sampled_from(["\n", "\r\n", "\n\n", "\u3000\u3000", "", " "])
DAMAGE = st.text(
    st.sampled_from("\x00\x1b\u200b\ufeff\u2028\x85\ue000\u202e#|*<&[1。：/\u3000"),
    max_size=4,
)


def convert(text: str) -> Conversion:
    return convert_text(text, "a.txt", "2026-01-02", ZONE)


def dates_in(text: str) -> set[str]:
    found, at = set(), 0
    while read := find_date(text, ZONE, at):
        found.add(read.value)
        at = read.start + 1
    return found


def regions_in(text: str) -> set[str]:
    prefixes = (find_region_prefix(text[at : at + 40]) for at in range(len(text)))
    return {found[0].name for found in prefixes if found}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=30), ENDS)
def test_shuffled_and_glued_lines_lose_nothing(lines: list[str], end: str) -> None:
    text = end.join(lines)
    made = convert(text)
    assert account(text, made) == ""
    assert "unclassified" not in {cut.reason for cut in made.record.removed}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SOURCES), st.data())
def test_damaged_articles_lose_nothing(source: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(source)))
    size = data.draw(st.integers(0, 40))
    text = source[:at] + data.draw(DAMAGE) + source[at + size :]
    made = convert(text)
    assert account(text, made) == ""
    assert markdown(made).startswith("---\n")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12), st.sampled_from(["\n", "", " "]))
def test_dates_and_places_are_printed_in_the_source(lines: list[str], end: str) -> None:
    text = end.join(line for line in lines if not re.search("时间|前|昨天|今天", line))
    front = dict(convert(text).front)
    shown = html.unescape(text)  # a saved text may hold its blanks as entities
    assert {front["date"]} <= dates_in(shown) if "date" in front else True
    assert {front["region"]} <= regions_in(shown) if "region" in front else True
