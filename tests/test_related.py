"""Related articles: the rarest shared words count most, and the outcome is the same every time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wenzhai.related import relate

FEATURES = st.lists(
    st.lists(st.sampled_from([*"abcdefgh", "#x", "#y"]), max_size=6).map(tuple), max_size=24
).map(tuple)


def test_articles_that_share_a_rare_word_are_related() -> None:
    assert relate((("llama",), ("chip",), ("llama",)), 5) == ((2,), (), (0,))


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    common = [("#tag",)] * 10
    found = relate((("#tag", "rare"), *common, ("#tag", "rare")), 1)
    assert found[0] == (11,)


def test_among_equals_the_nearest_and_then_the_newer_is_named() -> None:
    found = relate((("x", "y"), ("x", "y"), ("x", "y")), 2)
    assert found == ((1, 2), (0, 2), (1, 0))


def test_nothing_shared_nothing_related() -> None:
    assert relate((("a",), ("b",), ()), 3) == ((), (), ())
    assert relate((), 3) == ()


@given(FEATURES, st.integers(1, 5))
def test_nobody_is_related_to_itself_nor_twice_nor_more_than_asked(
    features: tuple[tuple[str, ...], ...], limit: int
) -> None:
    found = relate(features, limit)
    assert len(found) == len(features)
    for row, others in enumerate(found):
        assert row not in others
        assert len(set(others)) == len(others) <= limit
        assert all(set(features[row]) & set(features[other]) for other in others)


@given(FEATURES)
def test_a_shorter_list_is_the_head_of_a_longer_one(features: tuple[tuple[str, ...], ...]) -> None:
    assert [row[:2] for row in relate(features, 5)] == list(relate(features, 2))
