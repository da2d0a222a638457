"""The words of feeds follow the site's language."""

from __future__ import annotations

import pytest

from wenzhai.feed_words import WORDS, feed_word, issue_word


@pytest.mark.parametrize(
    ("language", "word"),
    [("zh-Hans", "各期文摘"), ("ZH", "各期文摘"), ("ja", "各号"), ("fr-CA", "Digest issues")],
)
def test_words_are_those_of_the_primary_language_or_english(language: str, word: str) -> None:
    assert feed_word(language, "digest") == word


def test_issues_are_named_by_week_and_month() -> None:
    assert issue_word("zh", "2024-w09") == "2024年第9周"
    assert issue_word("zh", "2024-03") == "2024年3月"
    assert issue_word("en", "2024-03") == "2024-03"


def test_every_language_has_every_word() -> None:
    assert len({tuple(sorted(words)) for words in WORDS.values()}) == 1
