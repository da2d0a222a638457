"""Slugs and feed ids: given once, kept for ever, never shared."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from site_values import make_article

from wenzhai.ledger import Ledger, identify, merge, parse_ledger, place_of, write_ledger
from wenzhai.model import Article, Place, RelPath, Slug

BASE = "https://digest.example/site/"


def published(*articles: Article, ledger: Ledger | None = None, base: str = BASE) -> Ledger:
    before = ledger or Ledger()
    fresh, problems = identify(articles, before, base)
    assert problems == ()
    return merge(before, fresh)


def ids(ledger: Ledger) -> dict[str, str]:
    return {entry.title: entry.id for entry in ledger.entries.values()}


def moved(article: Article, name: str) -> Article:
    return replace(article, path=RelPath(f"content/articles/{name}.md"))


ONE = make_article("one", "2024-03-04", summary="第一篇的摘要。")
TWO = make_article("two", "2024-03-05", summary="第二篇的摘要。")


def test_an_id_is_a_tag_uri_of_the_first_host_and_date() -> None:
    assert ids(published(ONE)) == {"one": "tag:digest.example,2024-03-04:one"}
    assert ids(published(make_article("三"))) == {"三": "tag:digest.example,2000-01-01:%E4%B8%89"}


def test_the_record_can_be_read_back() -> None:
    ledger = published(ONE, TWO)
    assert parse_ledger(write_ledger(ledger)) == (ledger, ())
    assert parse_ledger(write_ledger(Ledger())) == (Ledger(), ())


def test_the_record_has_a_line_an_article_in_path_order() -> None:
    lines = write_ledger(published(TWO, ONE)).splitlines()
    assert [line[:25] for line in lines if "content/" in line] == [
        '"content/articles/one.md"', '"content/articles/two.md"',
    ]  # fmt: skip


def test_another_domain_keeps_ids() -> None:
    first = published(ONE)
    assert ids(published(ONE, ledger=first, base="https://other.example/")) == ids(first)


def test_a_new_article_on_another_domain_keeps_the_first_authority() -> None:
    ledger = published(ONE, TWO, ledger=published(ONE), base="https://other.example/")
    assert ids(ledger)["two"] == "tag:digest.example,2024-03-05:two"


def test_an_article_without_a_proposal_is_called_by_its_title() -> None:
    bare = replace(ONE, title="银行行长", slug=Slug(""))
    assert published(bare).entries[bare.path].slug == "yinhang-hangzhang"


@pytest.mark.parametrize(
    "edited",
    [
        moved(ONE, "sub/elsewhere"),
        replace(ONE, title="另题", slug=Slug("ling-ti")),
        replace(ONE, summary="重写。"),
        replace(moved(ONE, "x"), title="另题"),
        replace(moved(ONE, "x"), summary="重写。"),
        replace(ONE, title="另题", summary="重写。"),
    ],
)
def test_an_edited_article_keeps_slug_and_id(edited: Article) -> None:
    first = published(ONE, TWO)
    again = published(edited, TWO, ledger=first)
    assert again.entries[edited.path].id == first.entries[ONE.path].id
    assert again.entries[edited.path].slug == "one"
    assert len(again.entries) == 2


def test_two_files_that_exchange_names_keep_their_ids() -> None:
    first = published(ONE, TWO)
    again = published(moved(ONE, "two"), moved(TWO, "one"), ledger=first)
    assert ids(again) == ids(first)


def test_three_files_that_change_places_keep_their_ids() -> None:
    three = make_article("three", "2024-03-06", summary="第三篇的摘要。")
    every = (ONE, TWO, three)
    first = published(*every)
    for order in permutations(("one", "two", "three")):
        again = published(*map(moved, every, order), ledger=first)
        assert ids(again) == ids(first)


def test_a_stated_slug_moves_the_page_and_keeps_the_id() -> None:
    first = published(ONE)
    again = published(replace(ONE, slug=Slug("eins"), slug_fixed=True), ledger=first)
    entry = again.entries[ONE.path]
    assert (entry.slug, entry.id) == ("eins", first.entries[ONE.path].id)


def test_what_was_deleted_is_remembered_for_its_return() -> None:
    first = published(ONE, TWO)
    gone = published(TWO, ledger=first)
    assert ids(published(ONE, TWO, ledger=gone)) == ids(first)


def test_an_id_is_never_used_again() -> None:
    gone = published(ledger=published(ONE))
    other = replace(moved(ONE, "another"), title="别的", summary="别的。")
    assert set(ids(published(other, ledger=gone)).values()).isdisjoint(
        {gone.entries[ONE.path].id} - {published(ledger=gone).entries[ONE.path].id}
    )
    assert published(other, ledger=gone).entries[other.path].id != gone.entries[ONE.path].id


def test_two_proposals_of_one_slug_are_told_apart_in_any_order() -> None:
    articles = [replace(make_article(name, "2024-01-01"), slug=Slug("same")) for name in "abc"]
    found = {
        tuple(sorted((e.title, e.slug) for e in published(*order).entries.values()))
        for order in permutations(articles)
    }
    assert len(found) == 1
    assert len({slug for _, slug in found.pop()}) == 3


def test_a_proposal_gives_way_to_a_stated_and_a_published_slug() -> None:
    ledger = published(ONE)
    newer = replace(make_article("a", "2024-01-01"), slug=Slug("one"))
    stated = replace(make_article("z", "2024-01-01"), slug=Slug("a"), slug_fixed=True)
    again = published(newer, ONE, stated, ledger=ledger)
    assert again.entries[ONE.path].slug == "one"
    assert again.entries[stated.path].slug == "a"
    assert again.entries[newer.path].slug.startswith("one-")


def test_one_stated_slug_twice_names_both() -> None:
    place = (Place("slug", 3, 7),)
    one, two = (
        replace(make_article(n), slug=Slug("same"), slug_fixed=True, places=place) for n in "ab"
    )
    _, problems = identify([one, two], Ledger(), BASE)
    assert [(p.code, p.span.path[-4:], p.span.line, p.span.column) for p in problems] == [
        ("E301", "a.md", 3, 7), ("E301", "b.md", 3, 7),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '"x"', "1", "{}", "[" * 100_000,
        '{"version": 9, "authority": "", "articles": {}}',
        '{"version": 1, "authority": "", "articles": []}',
        '{"version": 1, "authority": "", "articles": {"a.md": []}}',
        '{"version": 1, "authority": "", "articles": {"a.md": {"slug": "x"}}}',
        ('{"version": 1, "authority": "", "articles": {"a.md":'
        ' {"slug": "..", "id": "i", "title": "", "date": "", "mark": ""}}}'),
        ('{"version": 1, "authority": "", "articles": {"a.md":'
        ' {"slug": "x", "id": "", "title": "", "date": "", "mark": ""}}}'),
        ('{"version": 1, "authority": "", "articles": {"a.md":'
        ' {"slug": "x", "id": 7, "title": "", "date": "", "mark": ""}}}'),
    ],
)  # fmt: skip
def test_a_damaged_record_is_an_error_and_never_a_traceback(text: str) -> None:
    ledger, problems = parse_ledger(text)
    assert ledger == Ledger()
    assert [item.code for item in problems] == ["E310"]


def test_damage_is_told_with_its_line() -> None:
    text = write_ledger(published(ONE, TWO)).replace('"date"', "date", 1)
    assert parse_ledger(text)[1][0].span.line == 5


def test_a_key_has_its_place_and_a_file_without_it_none() -> None:
    article = replace(ONE, places=(Place("slug", 3, 7),))
    assert (place_of(article, "slug").line, place_of(article, "cover").line) == (3, 0)
