"""Digests: equal for equal values, different for different ones, refused for what can change."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, make_dataclass

import pytest
from command_line import environment
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.digest import checksum, digest, digest_bytes
from wenzhai.model import Digest

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.characters(categories=["Cs"])
    | st.binary()
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=12)


@dataclass(frozen=True)
class Pair:
    first: str
    second: tuple[int, ...]


@dataclass(frozen=True)
class Twin:
    first: str
    second: tuple[int, ...]


@dataclass(frozen=True)
class Sealed:
    digest: Digest
    rest: object


@dataclass(frozen=True)
class Holder:
    pair: Pair | None
    sealed: tuple[Sealed, ...]


@dataclass
class Loose:
    first: str


@given(VALUES, VALUES)
def test_values_have_one_digest_only_if_they_are_the_same(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (repr(one) == repr(other))


@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=4))
def test_argument_lists_have_one_digest_only_if_they_are_the_same(
    one: list[object], other: list[object]
) -> None:
    assert (digest(*one) == digest(*other)) == (repr(one) == repr(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1,), (True,)),
        (("",), (None,)),
        (("1",), (b"1",)),
        (("1",), (1,)),
        (("ab", "c"), ("a", "bc")),
        ((("a",), "b"), (("a", "b"),)),
        (((),), ()),
        ((Pair("a", (1,)),), (("a", (1,)),)),
        ((Pair("a", (1,)),), (Twin("a", (1,)),)),
        ((Pair("a", ()),), (Pair("a", (0,)),)),
        ((Holder(None, ()),), (Holder(Pair("", ()), ()),)),
    ],
)
def test_what_looks_alike_is_told_apart(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert digest(*one) != digest(*other)


@given(st.text(), st.lists(st.integers()).map(tuple))
def test_equal_dataclasses_have_equal_digests(text: str, row: tuple[int, ...]) -> None:
    assert digest(Pair(text, row)) == digest(Pair("".join(list(text)), (*row,)))


def test_a_new_field_changes_the_digest() -> None:
    small = make_dataclass("Same", [("first", str)], frozen=True)
    large = make_dataclass("Same", [("first", str), ("second", str, "")], frozen=True)
    assert digest(small("a")) != digest(large("a"))


def test_a_value_that_carries_its_digest_stands_for_itself() -> None:
    assert digest(Sealed(Digest("d1"), 1)) == digest(Sealed(Digest("d1"), 2))
    assert digest(Sealed(Digest("d1"), 1)) != digest(Sealed(Digest("d2"), 1))


@pytest.mark.parametrize("value", [[1], {"a": 1}, {1}, 1.5, object(), Loose("a"), ([],), print])
def test_what_can_change_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        digest(value)
    with pytest.raises(TypeError):
        checksum(value)


def test_digests_are_the_same_in_every_process() -> None:
    line = "from wenzhai.digest import digest; print(digest('文', 1, (True, None, b'x')))"
    found = {
        subprocess.run(
            [sys.executable, "-c", line],
            env=environment(PYTHONHASHSEED=seed),
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {digest("文", 1, (True, None, b"x"))}


def test_a_digest_of_bytes_is_32_hex_digits() -> None:
    assert digest_bytes(b"") == "e3b0c44298fc1c149afbf4c8996fb924"
