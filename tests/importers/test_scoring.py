"""Articles that the importer was not tuned on come out nearly as an editor would make them."""

from __future__ import annotations

import pytest
from scoring import SETS, read_set, score_set, total

CASES = {name: read_set(folder) for name, folder in SETS.items()}
SCORES = {name: score_set(cases) for name, cases in CASES.items()}
NAMES = [(group, name) for group, cases in CASES.items() for name in cases]
TO_REACH = 0.85


@pytest.mark.parametrize("group", sorted(SETS))
def test_mean_score_of_a_set_is_reached(group: str) -> None:
    scores = [total(score) for score in SCORES[group].values()]
    assert sum(scores) / len(scores) >= TO_REACH


@pytest.mark.parametrize(("group", "name"), NAMES)
def test_nothing_is_lost_and_everything_is_valid(group: str, name: str) -> None:
    score = SCORES[group][name]
    assert (score["kept"], score["valid"]) == (1, 1)


@pytest.mark.parametrize("field", ["date", "region"])
@pytest.mark.parametrize(("group", "name"), NAMES)
def test_no_date_and_no_region_is_made_up(group: str, name: str, field: str) -> None:
    assert field in CASES[group][name].fields or field not in SCORES[group][name]


def test_sets_hold_different_cases() -> None:
    tuned, unseen = (set(CASES[name]) for name in ("tuned", "unseen"))
    assert len(unseen) >= 10
    assert not tuned & unseen
