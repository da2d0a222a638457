"""What a build tells: as JSON, as a table, in one closing line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from site_values import moment

from wenzhai.catalog import Held
from wenzhai.doubt_words import DOUBTS
from wenzhai.importers.confidence import COSTS
from wenzhai.model import RelPath
from wenzhai.problems import Language, Span, problem
from wenzhai.report import Report, closing_line, held_lines, report_json, report_lines

WARNING = problem("W302", Span("content/articles/a.md"))
ERROR = problem("E302", Span("content/articles/b.md", 3, 4), target="x.md", nearest="y.md")
HELD = Held(RelPath("content/articles/c.md"), "将来", "scheduled", moment("2024-04-01"))
DOUBTFUL = Held(
    RelPath("content/articles/e.md"), "存疑", "held", None, 40, ("no title", "no paragraph")
)
DRAFT = Held(RelPath("content/articles/d.md"), "草稿", "draft", None)


def test_json_holds_the_keys_that_tools_rely_on() -> None:
    table = json.loads(report_json(Report(articles=3, held=(HELD,), milliseconds=1234), "en"))
    assert {
        "ok", "articles", "imported", "held", "outputs", "parsed", "rendered", "written", "removed",
        "unchanged", "seconds", "problems",
    } <= table.keys()  # fmt: skip
    assert (table["ok"], table["articles"], table["held"], table["seconds"]) == (True, 3, 1, 1.234)


def test_json_tells_each_problem_with_its_place() -> None:
    (row,) = json.loads(report_json(Report(ok=False, problems=(ERROR,)), "en"))["problems"]
    assert row == {
        "code": "E302", "severity": "error", "path": "content/articles/b.md", "line": 3,
        "column": 4, "message": ERROR.message("en"), "hint": ERROR.hint("en"),
    }  # fmt: skip


def test_json_is_one_line_of_readable_text() -> None:
    text = report_json(Report(held=(HELD, DRAFT)), "zh")
    assert "\n" not in text
    assert "将来" in text
    rows = json.loads(text)["held_back"]
    assert [(row["reason"], row["until"]) for row in rows] == [
        ("scheduled", "2024-04-01"), ("draft", None),
    ]  # fmt: skip


def test_warnings_and_errors_are_counted_apart() -> None:
    report = Report(problems=(WARNING, ERROR))
    assert (report.warnings, report.errors) == (1, 1)


def test_the_table_shows_what_is_there_only() -> None:
    plain = dict(report_lines(Report(), "en"))
    assert not {"warnings", "errors", "held back"} & plain.keys()
    full = dict(report_lines(Report(held=(HELD,), problems=(WARNING, ERROR)), "en"))
    assert (full["warnings"], full["errors"], full["held back"]) == ("1", "1", "1")


def test_what_is_held_back_says_why_and_until_when() -> None:
    scheduled, draft = held_lines((HELD, DRAFT), "en")
    assert "content/articles/c.md" in scheduled
    assert "2024-04-01" in scheduled
    assert "draft" in draft


def test_what_a_conversion_held_says_its_confidence_and_doubts() -> None:
    (zh,) = held_lines((DOUBTFUL,), "zh")
    (en,) = held_lines((DOUBTFUL,), "en")
    assert "把握 40%：没有题目、没有成段的正文" in zh
    assert "held: low confidence, 40 %: no title, no paragraph of text" in en
    (row,) = json.loads(report_json(Report(held=(DOUBTFUL,)), "en"))["held_back"]
    assert (row["reason"], row["doubts"]) == ("held", ["no title", "no paragraph"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_closing_line_says_what_came_of_it(language: Language) -> None:
    cases = {
        "failed": Report(ok=False, published=False, problems=(ERROR,)),
        "nothing": Report(unchanged=3),
        "kept": Report(ok=False, problems=(ERROR,)),
        "next": Report(written=1),
    }
    lines = {closing_line(report, language, "public", "wenzhai") for report in cases.values()}
    assert len(lines) == 4
    assert all(line and "{" not in line for line in lines)


def test_every_doubt_that_an_importer_may_have_has_words() -> None:
    package = Path(__file__).parents[1] / "wenzhai" / "importers"
    texts = [path.read_text("utf-8") for path in package.rglob("*.py")]
    own = {name for text in texts for name in re.findall(r'\bDoubt\("([^"]+)"', text)}
    assert own | COSTS.keys() == DOUBTS.keys()
