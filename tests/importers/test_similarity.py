"""Copies, revisions and excerpts are told from different articles."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.han_variants import SIMPLIFIED, TRADITIONAL, fold_han
from wenzhai.importers.similarity import (
    CROWD,
    SHORTEST,
    candidates,
    kinship,
    letters_of,
    sketch,
)

COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分"
    "对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
)


def text_of(seed: int, length: int = 1200) -> str:
    """Make a text of common characters that shares hardly any stretch with another seed's."""
    dice = Random(seed)  # noqa: S311  # no secret
    return "".join(dice.choice(COMMON) for _ in range(length))


def paired(*texts: str) -> list[tuple[int, int]]:
    return list(candidates([sketch(letters_of(text)) for text in texts]))


def kind(left: str, right: str) -> str:
    found = kinship(letters_of(left), letters_of(right))
    return found.kind if found else "different"


def test_copy_in_another_layout_and_script_is_the_same() -> None:
    simple = "图书馆的灯塔里有一盏灯，每天晚上亮一次，照着回港的渔船。" * 9
    other = "  圖書館的燈塔裡有一盞燈,每天晚上亮一次,\n照著回港的漁船。\n\n" * 9
    assert kind(simple, other) == "same"
    assert paired(text_of(1) + simple, other + text_of(1)) == [(0, 1)]


def test_half_rewritten_text_is_a_revision() -> None:
    first, second, other = text_of(1, 900), text_of(2, 300), text_of(3, 300)
    assert kind(first + second, first + other) == "revision"
    assert paired(first + second, text_of(9), first + other) == [(0, 2)]


def test_part_of_a_text_is_an_excerpt() -> None:
    whole = text_of(1, 3000)
    found = kinship(whole[1000:1400], whole)
    assert found is not None
    assert (found.kind, round(found.containment, 2)) == ("excerpt", 1.0)
    assert found.jaccard < 0.5
    assert paired(whole[1000:1400], text_of(5), whole) == [(0, 2)]


def test_different_texts_are_no_pair() -> None:
    assert kind(text_of(1), text_of(2)) == "different"
    assert paired(*map(text_of, range(40))) == []


def test_small_texts_are_not_compared_but_equal_ones_of_some_lines_are() -> None:
    assert sketch(letters_of("很短。")) == ()
    assert paired(*(["灯塔。" * 3] * 2)) == []
    small = text_of(1, SHORTEST + 5)
    assert paired(small, text_of(2, SHORTEST), small) == [(0, 2)]


def test_phrase_of_the_house_makes_no_pairs() -> None:
    phrase = text_of(99, 400)
    assert paired(*(text_of(seed, 500) + phrase for seed in range(CROWD + 1))) == []


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_texts_revised_in_many_places_are_still_candidates(share: float) -> None:
    dice = Random(7)  # noqa: S311  # no secret
    text = text_of(1, 4000)
    words = [text[at : at + 40] for at in range(0, len(text), 40)]
    revised = "".join(dice.choice(COMMON) * 5 if dice.random() > share + 0.2 else w for w in words)
    assert kind(text, revised) == "different" or paired(text, revised) == [(0, 1)]


def test_folding_keeps_the_length_and_ends_at_simplified_characters() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    assert fold_han("圖書館裡的漢語，Latin") == "图书馆里的汉语，Latin"
    assert fold_han(SIMPLIFIED) == SIMPLIFIED


@given(st.text())
def test_letters_fold_once_and_for_all(text: str) -> None:
    assert fold_han(letters_of(text)) == letters_of(text)
    assert not any(char.isspace() for char in letters_of(text))
