"""Problems as people see them: position, source line, caret, hint."""

from __future__ import annotations

import pytest

from wenzhai.codes import CODES
from wenzhai.problems import Span, nearest, problem, render_problem, sort_problems

TEXT = "第一行\n见[乙](nope.md)。\n\tx = 1\n"


def show(span: Span, code: str = "W305", text: str | None = TEXT, **arguments: object) -> list[str]:
    found = problem(code, span, **{"anchor": "a", "nearest": "b", **arguments})
    return render_problem(found, lambda _: text, "en").split("\n")


def test_the_first_line_is_what_editors_jump_to() -> None:
    assert show(Span("a.md", 2, 6))[0].startswith("a.md:2:6: warning W305: the article")
    assert show(Span("a.md", 2))[0].startswith("a.md:2: warning")
    assert show(Span("a.md"))[0].startswith("a.md: warning")


def test_the_caret_stands_under_wide_characters() -> None:
    assert show(Span("a.md", 2, 6, 7))[1:3] == [
        "    见[乙](nope.md)。",
        "    \u3000 \u3000  ^^^^^^^",
    ]


def test_a_tab_counts_as_one_column() -> None:
    assert show(Span("a.md", 3, 2))[1:3] == ["     x = 1", "     ^"]


def test_a_long_line_is_shown_around_the_place() -> None:
    frame = show(Span("a.md", 1, 501), text="a" * 500 + "b" + "c" * 500)[1:3]
    assert len(frame[0]) <= 104
    assert frame[0][frame[1].index("^")] == "b"


@pytest.mark.parametrize(
    ("span", "text"), [(Span("a.md"), TEXT), (Span("a.md", 99, 1), TEXT), (Span("a.md", 1), None)]
)
def test_without_a_place_no_source_is_shown(span: Span, text: str | None) -> None:
    assert [line[:9] for line in show(span, text=text)[1:]] == ["    hint:"]


@pytest.mark.parametrize("column", [1, 4, 40])
def test_a_column_behind_the_end_still_has_its_caret(column: int) -> None:
    assert show(Span("a.md", 1, column))[2].endswith("^")


def test_the_hint_is_in_the_readers_language() -> None:
    found = problem("W305", Span("a.md"), anchor="x", nearest="y")
    assert "提示：最接近的是 y" in render_problem(found, lambda _: None, "zh")
    assert "hint: the nearest is y" in render_problem(found, lambda _: None, "en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_where_nothing_is_near_the_hint_does_not_speak_of_it(language: str) -> None:
    found = problem("E302", Span("a.md"), target="x", nearest="—")
    hint = found.hint(language)  # type: ignore[arg-type]  # the parameter's values
    assert hint
    assert "—" not in hint


def test_problems_are_in_order_of_place_each_once() -> None:
    places = [("b", 1), ("a", 10), ("a", 2), ("a", 2)]
    found = sort_problems(problem("W302", Span(path, line)) for path, line in places)
    assert [(item.span.path, item.span.line) for item in found] == [("a", 2), ("a", 10), ("b", 1)]


def test_an_unknown_code_is_a_bug() -> None:
    with pytest.raises(KeyError):
        problem("E999", Span("a.md"))


def test_the_letter_of_a_code_is_its_severity() -> None:
    arguments = {"anchor": "", "nearest": ""}
    assert problem("W305", Span(""), **arguments).severity == "warning"
    assert problem("E302", Span(""), target="", nearest="").severity == "error"
    assert {code[0] for code in CODES} == {"E", "W"}


def test_braces_in_an_argument_are_text() -> None:
    assert "{x}" in problem("E302", Span("a"), target="{x}", nearest="b").message("en")


def test_the_nearest_name_is_one_that_a_slip_of_the_finger_makes() -> None:
    assert nearest("tilte", ["title", "tags"]) == "title"
    assert nearest("xyzzy", ["title", "tags"]) == ""
