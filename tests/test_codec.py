"""Values to JSON and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.codec import decoder, from_json, to_json
from wenzhai.model import Article, Heading, Moment, Reference, Region, Slug
from wenzhai.problems import Problem, Span


@dataclass(frozen=True)
class Leaf:
    text: str
    kind: Literal["a", "b"]
    place: Slug


@dataclass(frozen=True)
class Tree:
    number: int
    is_open: bool
    leaf: Leaf
    perhaps: Leaf | None
    words: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    pair: tuple[str, int]
    rows: tuple[tuple[Leaf, ...], ...]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
A_LEAF = st.builds(Leaf, TEXTS, st.sampled_from(["a", "b"]), TEXTS.map(Slug))
LEAVES = st.lists(A_LEAF, max_size=3).map(tuple)
TREES = st.builds(
    Tree,
    st.integers(),
    st.booleans(),
    A_LEAF,
    st.none() | A_LEAF,
    st.lists(TEXTS, max_size=3).map(tuple),
    LEAVES,
    st.tuples(TEXTS, st.integers()),
    st.lists(LEAVES, max_size=3).map(tuple),
)


@given(TREES)
def test_what_is_read_back_is_what_was_written(tree: Tree) -> None:
    assert from_json(Tree, to_json(tree)) == tree
    assert "\n" not in to_json(tree)


@pytest.mark.parametrize(
    "value",
    [
        Moment("2024-03-04", 1_709_481_600),
        Region("GD", Slug("guangdong"), "广东", ""),
        Heading(2, "一节", "一节", 7),
        Reference("image", "a b.png", 3, 4),
        Problem("E302", Span("a.md", 1, 2, 3), (("target", "x"),)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_values_that_the_store_keeps_survive_it(value: object) -> None:
    assert from_json(type(value), to_json(value)) == value


def test_a_sequence_of_problems_survives_the_store() -> None:
    rows = (Problem("W302", Span("a.md")), Problem("W302", Span("b.md")))
    assert from_json(tuple[Problem, ...], to_json(rows)) == rows


@pytest.mark.parametrize("value", [[1], {"a": 1}, {1}, object(), b"x", (b"x",)])
def test_what_cannot_be_read_back_is_not_written(value: object) -> None:
    with pytest.raises(TypeError):
        to_json(value)


@pytest.mark.parametrize("kind", [list[int], dict[str, int], Leaf | Tree, object])
def test_types_that_are_not_stored_are_refused(kind: object) -> None:
    with pytest.raises(TypeError):
        decoder(kind)


def test_articles_can_be_read_back() -> None:
    assert callable(decoder(Article))
