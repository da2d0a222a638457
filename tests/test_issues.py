"""Digest issues: which articles belong to a week or month, and in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from site_values import catalog_of, make_article, moment, names

from wenzhai.config import Config, OutputSettings
from wenzhai.issues import issue_days, make_issues

WEEKS = Config()
MONTHS = Config(output=OutputSettings(digests="month"))


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("2024-w10", ("2024-03-04", "2024-03-10")),
        ("2020-w53", ("2020-12-28", "2021-01-03")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023-12", ("2023-12-01", "2023-12-31")),
        ("2023-w53", None),
        ("2024-13", None),
        ("2024-w", None),
        ("readme", None),
        ("2024-w10-w11", None),
    ],
)
def test_an_issue_is_named_by_its_week_or_month(name: str, days: tuple[str, str] | None) -> None:
    assert issue_days(name) == days


@pytest.mark.parametrize(
    ("date", "week"),
    [("2024-03-04", "2024-w10"), ("2021-01-03", "2020-w53"), ("2024-12-30", "2025-w01")],
)
def test_weeks_are_those_of_iso_8601(date: str, week: str) -> None:
    article = make_article("a", added=moment(date), expires=None)
    catalog = catalog_of(article, future=True)
    (issue,), _ = make_issues(catalog, WEEKS)
    assert issue.name == week


def test_an_article_belongs_to_the_issue_of_the_day_it_was_added() -> None:
    catalog = catalog_of(make_article("a", "2020-01-01", added=moment("2024-03-05")))
    (issue,), rows = make_issues(catalog, WEEKS)
    assert (issue.name, issue.count, rows) == ("2024-w10", 1, {"2024-w10": (0,)})


def test_undated_articles_are_in_no_issue() -> None:
    assert make_issues(catalog_of(make_article("a")), WEEKS) == ((), {})


def test_issues_are_listed_newest_first() -> None:
    catalog = catalog_of(*(make_article(d, d) for d in ("2024-01-02", "2024-02-01", "2024-01-01")))
    issues, rows = make_issues(catalog, MONTHS)
    assert [(issue.name, issue.count) for issue in issues] == [("2024-02", 1), ("2024-01", 2)]
    assert names(catalog, rows["2024-01"]) == ["2024-01-02", "2024-01-01"]


def test_the_editors_weights_come_first_in_an_issue() -> None:
    days = {"a": "2024-03-07", "b": "2024-03-06", "c": "2024-03-05", "d": "2024-03-04"}
    weights = {"b": 2, "d": 1}
    catalog = catalog_of(*(make_article(n, d, weight=weights.get(n, 0)) for n, d in days.items()))
    _, rows = make_issues(catalog, WEEKS)
    assert names(catalog, rows["2024-w10"]) == ["d", "b", "a", "c"]


def test_an_introduction_names_its_issue_even_an_empty_one() -> None:
    intro = make_article("2024-w10", kind="digest", title="开年")
    other = replace(make_article("2024-W09", kind="digest"), title="大写")
    issues, _ = make_issues(catalog_of(intro, other), WEEKS)
    assert [(issue.name, issue.title, issue.count) for issue in issues] == [
        ("2024-w10", "开年", 0), ("2024-w09", "大写", 0),
    ]  # fmt: skip


def test_a_file_that_names_no_week_is_no_issue() -> None:
    assert make_issues(catalog_of(make_article("readme", kind="digest")), WEEKS)[0] == ()


def test_there_may_be_no_issues_at_all() -> None:
    without = Config(output=OutputSettings(digests="none"))
    assert make_issues(catalog_of(make_article("a", "2024-01-01")), without) == ((), {})
