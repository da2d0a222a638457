"""Three-way merges of articles: what both changed is shown, and nothing of either side is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.importers.merging import OURS, THEIRS, Labels, Merge, merge_articles

LABELS = Labels("article", "before", "source")
FRONT = "---\ntitle: 灯塔\ntags:\n- 海\n---\n\n"
BODY = "第一段。\n\n第二段。\n\n第三段。\n"


def merge(ours: str, theirs: str, base: str = FRONT + BODY, *yields: str) -> Merge:
    return merge_articles(base, ours, theirs, LABELS, frozenset(yields))


def test_changes_of_different_paragraphs_are_both_taken() -> None:
    ours = FRONT + BODY.replace("第一段", "改过的第一段")
    theirs = FRONT + BODY.replace("第二段", "新的第二段")
    assert merge(ours, theirs) == Merge(FRONT + "改过的第一段。\n\n新的第二段。\n\n第三段。\n")


def test_additions_and_removals_are_taken() -> None:
    ours = FRONT + "第一段。\n\n编者按。\n\n第二段。\n\n第三段。\n"
    theirs = FRONT + "第一段。\n\n第二段。\n\n第四段。\n"
    assert merge(ours, theirs).text == FRONT + "第一段。\n\n编者按。\n\n第二段。\n\n第四段。\n"


def test_paragraph_added_at_the_end_stays_one_of_its_own() -> None:
    ours, theirs = "一。\n\n二改。\n", "一。\n\n二。\n\n三。\n"
    assert merge(ours, theirs, "一。\n\n二。\n").text == "一。\n\n二改。\n\n三。\n"


def test_paragraph_added_at_the_start_stays_one_of_its_own() -> None:
    ours, theirs = "一改。\n\n二。\n", "零。\n\n一。\n\n二。\n"
    assert merge(ours, theirs, "一。\n\n二。\n").text == "零。\n\n一改。\n\n二。\n"


def test_neighbours_that_one_side_changed_and_the_other_in_part_are_merged() -> None:
    ours, theirs = "一改。\n\n二改。\n\n三。\n", "一改。\n\n二。\n\n三。\n"
    assert merge(ours, theirs, "一。\n\n二。\n\n三。\n") == Merge(ours)


def test_same_change_on_both_sides_is_taken_once() -> None:
    both = FRONT + BODY.replace("第二段", "改过的第二段")
    assert merge(both, both) == Merge(both)


def test_overlap_shows_both_versions_and_its_line_in_our_text() -> None:
    ours = FRONT + BODY.replace("第二段", "人改的第二段")
    theirs = FRONT + BODY.replace("第二段", "新的第二段")
    found = merge(ours, theirs)
    assert ours.split("\n")[found.conflicts[0] - 1] == "人改的第二段。"
    assert found.text == (
        FRONT + "第一段。\n\n<<<<<<< article\n人改的第二段。\n||||||| before\n第二段。\n=======\n"
        "新的第二段。\n>>>>>>> source\n\n第三段。\n"
    )


def test_removed_here_and_changed_there_is_an_overlap() -> None:
    ours = FRONT + "第一段。\n\n第三段。\n"
    theirs = FRONT + BODY.replace("第二段", "新的第二段")
    assert len(merge(ours, theirs).conflicts) == 1


def test_front_matter_is_merged_by_key() -> None:
    ours = "---\ntitle: 灯塔的灯\ntags:\n- 海\nslug: lamp # 短一点\n---\n\n" + BODY
    theirs = "---\ntitle: 灯塔\nauthor:\n- 林知远\ntags:\n- 海\n---\n\n" + BODY
    assert merge(ours, theirs).text == (
        "---\ntitle: 灯塔的灯\ntags:\n- 海\nslug: lamp # 短一点\nauthor:\n- 林知远\n---\n\n" + BODY
    )


def test_key_that_both_changed_is_an_overlap_unless_it_was_only_guessed() -> None:
    ours, theirs = ((FRONT + BODY).replace("- 海", f"- {tag}") for tag in "山河")
    found = merge(ours, theirs)
    assert found.conflicts == (3,)
    assert "tags:\n- 山\n" in found.text
    assert merge(ours, theirs, FRONT + BODY, "tags") == Merge(ours)


def test_guessed_key_that_a_person_removed_stays_away() -> None:
    ours = (FRONT + BODY).replace("tags:\n- 海\n", "")
    theirs = (FRONT + BODY).replace("- 海", "- 河")
    assert merge(ours, theirs, FRONT + BODY, "tags") == Merge(ours)


def test_removed_draft_line_stays_removed() -> None:
    base = "---\ndraft: true\ntitle: 灯塔\n---\n\n第一段。\n"
    theirs = base.replace("第一段", "新的第一段")
    assert merge(base.replace("draft: true\n", ""), theirs, base).text == (
        "---\ntitle: 灯塔\n---\n\n新的第一段。\n"
    )


def test_front_matter_that_a_person_took_out_comes_back_only_for_new_keys() -> None:
    theirs = FRONT + BODY.replace("第三段", "新的第三段")
    assert merge(BODY, theirs).text == BODY.replace("第三段", "新的第三段")
    added = theirs.replace("---\n\n", "author: 林知远\n---\n\n")
    assert merge(BODY, added).text.startswith("---\nauthor: 林知远\n---\n\n第一段。")


@pytest.mark.parametrize("front", ["---\na: 1\na: 2\n---\n\n", "+++\na = 1\n+++\n\n"])
def test_front_matter_whose_keys_cannot_be_told_apart_is_merged_by_lines(front: str) -> None:
    ours, theirs = front + "一改。\n\n二。\n", front + "一。\n\n二新。\n"
    assert merge(ours, theirs, front + "一。\n\n二。\n").text == front + "一改。\n\n二新。\n"


def test_line_ends_and_byte_order_mark_of_the_person_stay() -> None:
    ours = "\ufeff" + (FRONT + BODY.replace("第一段", "改过")).replace("\n", "\r\n")
    found = merge(ours, FRONT + BODY.replace("第三段", "新的"))
    assert found.text.startswith("\ufeff---\r\n")
    assert found.text.count("\n") == found.text.count("\r\n")
    assert "改过" in found.text
    assert "新的" in found.text


LINES = st.lists(st.sampled_from(["", *"一二三四五六七", "- 项", "```", "    码"]), max_size=12)
FRONTS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from("123"), max_size=4)


@st.composite
def articles(draw: st.DrawFn) -> str:
    rows = "".join(f"{key}: {value}\n" for key, value in draw(FRONTS).items())
    front = f"---\n{rows}---\n\n" if rows else ""
    return front + "\n".join(draw(LINES)) + draw(st.sampled_from(["", "\n"]))


def lines(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.split("\n") if line.strip() not in {"", "---"})


@given(articles(), articles(), articles())
def test_no_line_that_either_side_brought_is_lost(base: str, ours: str, theirs: str) -> None:
    merged = lines(merge(ours, theirs, base).text)
    for side in (ours, theirs):
        assert not (lines(side) - lines(base)) - merged


@given(articles(), articles(), articles())
def test_no_line_is_invented(base: str, ours: str, theirs: str) -> None:
    found = merge(ours, theirs, base)
    shown = Counter(
        {
            line: count
            for line, count in lines(found.text).items()
            if not line.startswith((OURS, "|||||||", "=======", THEIRS))
        }
    )
    assert shown.keys() <= (lines(base) | lines(ours) | lines(theirs)).keys()
    if not found.conflicts:
        assert not shown - (lines(ours) + lines(theirs))


@given(articles(), articles())
def test_who_changed_nothing_gets_the_others_text(base: str, other: str) -> None:
    assert merge(other, base, base) == Merge(other)
    assert merge(base, other, base) == Merge(other)


@given(articles(), articles(), articles())
def test_conflicts_point_at_lines_of_our_text(base: str, ours: str, theirs: str) -> None:
    found = merge(ours, theirs, base)
    assert found.text.count(OURS) == len(found.conflicts)
    assert all(1 <= line <= ours.count("\n") + 1 for line in found.conflicts)
