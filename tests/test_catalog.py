"""The catalog: what is visible, in which order, under which terms."""

from __future__ import annotations

from itertools import permutations

import pytest
from site_values import NOW, catalog_of, make_article, moment, names

from wenzhai.model import Region, RelPath, Slug

GUANGDONG = Region("GD", Slug("guangdong"), "广东", "广东省")


def test_newest_first_and_undated_last() -> None:
    found = catalog_of(
        make_article("undated"),
        make_article("old", "2024-01-01"),
        make_article("new", "2024-02-01"),
    )
    assert names(found) == ["new", "old", "undated"]
    assert [item.code for item in found.problems] == ["W302"]


def test_one_day_is_ordered_by_path_whatever_the_order_of_files() -> None:
    articles = [make_article(name, "2024-01-01") for name in "cab"]
    assert {tuple(names(catalog_of(*order))) for order in permutations(articles)} == {
        ("a", "b", "c")
    }


def test_a_date_comes_from_date_else_added_else_file_name_else_commit() -> None:
    day = [moment(f"2024-01-0{number}") for number in range(1, 5)]
    one = make_article("one", date="2024-01-01", added=day[1], named_date=day[2])
    two = make_article("two", added=day[1], named_date=day[2])
    three = make_article("three", named_date=day[2])
    four = make_article("four")
    found = catalog_of(one, two, three, four, commits={four.path: day[3]})
    assert {e.article.title: e.date for e in found.entries} == {
        "one": day[0], "two": day[1], "three": day[2], "four": day[3],
    }  # fmt: skip
    assert found.problems == ()


def test_drafts_scheduled_and_expired_articles_are_held_with_the_reason() -> None:
    articles = (
        make_article("a", "2024-01-01", draft=True),
        make_article("b", "2024-04-01"),
        make_article("c", "2024-01-01", expires=moment("2024-02-01")),
        make_article("d", "2024-01-01", expires=moment("2024-05-01")),
    )
    found = catalog_of(*articles)
    assert [(one.title, one.reason) for one in found.held] == [
        ("a", "draft"), ("b", "scheduled"), ("c", "expired"),
    ]  # fmt: skip
    assert names(found) == ["d"]
    assert found.due == moment("2024-04-01").stamp
    assert names(catalog_of(*articles, drafts=True, future=True)) == ["b", "a", "d"]


def test_an_article_appears_at_its_very_moment() -> None:
    at = moment("2024-03-10")
    assert at.stamp == NOW
    assert names(catalog_of(make_article("a", "2024-03-10"))) == ["a"]
    gone = make_article("b", "2024-01-01", expires=at)
    assert [one.reason for one in catalog_of(gone).held] == ["expired"]


def test_tags_that_differ_by_case_are_one_named_as_most_write_it() -> None:
    found = catalog_of(
        make_article("a", "2024-01-03", tags=("RSS",)),
        make_article("b", "2024-01-02", tags=("rss", "Rss")),
        make_article("c", "2024-01-01", tags=("RSS",)),
    )
    (term,) = found.tags
    assert (term.name, names(found, term.rows)) == ("RSS", ["a", "b", "c"])
    assert found.tag_of["rss"] is found.tag_of["Rss"] is term


def test_most_used_tags_come_first() -> None:
    found = catalog_of(
        make_article("a", "2024-01-02", tags=("x", "y")),
        make_article("b", "2024-01-01", tags=("y",)),
    )
    assert [term.name for term in found.tags] == ["y", "x"]


@pytest.mark.parametrize("order", [0, 1])
def test_tags_never_share_an_address(order: int) -> None:
    tags = ("c/c++", "c c++")[:: 1 if order else -1]
    found = catalog_of(*(make_article(str(n), "2024-01-01", tags=(t,)) for n, t in enumerate(tags)))
    addresses = {term.name: term.address for term in found.tags}
    assert len(set(addresses.values())) == 2
    assert addresses["c c++"] == "tags/c-c++/" or "c-plus" in addresses["c c++"]


def test_regions_group_by_their_canonical_name() -> None:
    found = catalog_of(make_article("a", "2024-01-01", region=GUANGDONG))
    assert [(term.name, term.address) for term in found.regions] == [("广东", "regions/guangdong/")]


def test_pages_and_introductions_are_no_articles() -> None:
    found = catalog_of(make_article("about", kind="page"), make_article("2024-w10", kind="digest"))
    assert found.entries == ()
    assert [entry.address for entry in found.pages] == ["about/"]
    assert [entry.address for entry in found.introductions] == ["digests/2024-w10/"]
    assert found.ledger.entries == {}


def test_a_page_keeps_the_slug_that_it_states() -> None:
    page = make_article("about", kind="page", slug=Slug("us"), slug_fixed=True)
    assert catalog_of(page).pages[0].address == "us/"


def test_dates_of_commits_are_not_asked_of_articles_that_have_one() -> None:
    one = make_article("one", "2024-01-01")
    found = catalog_of(one, commits={RelPath(one.path): moment("2020-01-01")})
    assert found.entries[0].date == moment("2024-01-01")
