"""References in bodies: where they lead, and what is said of those that lead nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from site_values import make_article

from wenzhai.links import NOTHING, Places, Resolved, check_rooted, resolve
from wenzhai.model import Address, Article, Digest, Heading, OutPath, Place, Reference, RelPath

PLACES = Places(
    pages={
        RelPath("content/articles/one.md"): Address("articles/one/"),
        RelPath("content/articles/sub/二.md"): Address("articles/er/"),
        RelPath("content/pages/about.md"): Address("about/"),
    },
    slugs={"one": Address("articles/one/"), "er": Address("articles/er/")},
    hidden=frozenset({RelPath("content/articles/draft.md")}),
    files={
        RelPath("content/articles/one.md"): Digest("1" * 32),
        RelPath("content/articles/images/a b.png"): Digest("2" * 32),
    },
    headings={
        Address("articles/one/"): (Heading(2, "head", "", 1), Heading(2, "一节", "", 2)),
        Address("articles/er/"): (),
        Address("about/"): (),
    },
)


def linking(*targets: str, path: str = "content/articles/a.md", **fields: Any) -> Article:  # noqa: ANN401  # Article's
    references = tuple(Reference("link", t, 7, 3 + n) for n, t in enumerate(targets))
    return make_article("a", references=references, path=RelPath(path), **fields)


def lead(target: str, path: str = "content/articles/a.md") -> Resolved:
    return resolve(linking(target, path=path), PLACES)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("one.md", "articles/one/"),
        ("one", "articles/one/"),
        ("./one.md", "articles/one/"),
        ("er", "articles/er/"),
        ("sub/二.md", "articles/er/"),
        ("sub/%E4%BA%8C.md", "articles/er/"),
        ("../pages/about.md", "about/"),
        ("one.md#head", "articles/one/#head"),
        ("one.md#%E4%B8%80%E8%8A%82", "articles/one/#%E4%B8%80%E8%8A%82"),
        ("one.md?x=1#head", "articles/one/?x=1#head"),
        ("images/a%20b.png", "assets/a%20b.2222222222.png"),
        ("images/a b.png", "assets/a%20b.2222222222.png"),
    ],
)
def test_a_reference_leads_to_its_address(target: str, address: str) -> None:
    found = lead(target)
    assert (found.targets, found.problems) == ((address,), ())


def test_a_file_counts_from_the_file_it_stands_in() -> None:
    assert lead("../one.md", "content/articles/sub/二.md").targets == ("articles/one/",)
    assert lead("one.md", "content/pages/about.md").targets == ("articles/one/",)  # as a slug


def test_what_is_shown_is_published() -> None:
    assert lead("images/a b.png").assets == ("content/articles/images/a b.png",)


@pytest.mark.parametrize(
    ("target", "code", "argument"),
    [
        ("oen.md", "E302", "one.md"),
        ("images/a c.png", "E302", "images/a b.png"),
        ("nothing-like-it", "E302", "—"),
        ("draft.md", "W304", "content/articles/draft.md"),
        ("one.md#haed", "W305", "head"),
    ],
)
def test_a_reference_that_fails_names_place_and_nearest(
    target: str, code: str, argument: str
) -> None:
    (bad,) = lead(target).problems
    assert (bad.code, bad.span.path) == (code, "content/articles/a.md")
    assert (bad.span.line, bad.span.column, bad.span.length) == (7, 3, len(target))
    assert argument in dict(bad.arguments).values()


def test_every_reference_keeps_its_place_in_order() -> None:
    found = resolve(linking("one.md", "no.md", "er"), PLACES)
    assert found.targets == ("articles/one/", "", "articles/er/")


def test_an_article_without_references_has_nothing() -> None:
    assert resolve(linking(), PLACES) is NOTHING


def test_a_reference_from_the_root_is_checked_against_the_outputs() -> None:
    article = linking("/about/", "/about", "/tags/开源/#x", "/feed.xml", "/nope/")
    found = resolve(article, PLACES)
    outputs = {
        OutPath(path): None
        for path in ("about/index.html", "tags/开源/index.html", "feed.xml", "notes/index.html")
    }
    problems = check_rooted(article, found.rooted, outputs)
    assert [(bad.code, dict(bad.arguments)["target"], bad.span.column) for bad in problems] == [
        ("E302", "/nope/", 7)
    ]


def test_a_cover_is_published_and_checked_where_it_stands() -> None:
    places = (Place("cover", 5, 8),)
    found = resolve(linking(cover="images/a b.png", places=places), PLACES)
    assert found.cover == "assets/a%20b.2222222222.png"
    (bad,) = resolve(linking(cover="no.png", places=places), PLACES).problems
    assert (bad.code, bad.span.line, bad.span.column) == ("E302", 5, 8)
    assert resolve(linking(cover="https://x.example/a.png"), PLACES) is NOTHING


def test_hidden_files_are_told_apart_from_missing_ones() -> None:
    lost = replace(PLACES, hidden=frozenset())
    assert [bad.code for bad in resolve(linking("draft.md"), lost).problems] == ["E302"]
