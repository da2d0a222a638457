from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.slugs import (
    SLUG_BYTES,
    TERM_BYTES,
    TITLE_CHARACTERS,
    bad_character,
    check_slug,
    mended_slug,
    term_slug,
    title_slug,
)

DATA = Path(__file__).parent / "data" / "slugs"


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line[:1] != "#"]


@pytest.mark.parametrize(("language", "title", "slug"), rows("titles.txt"))
def test_a_title_is_read_by_words(language: str, title: str, slug: str) -> None:
    assert title_slug(title, language) == slug


@pytest.mark.parametrize(("name", "slug"), rows("terms.txt"))
def test_a_tag_keeps_its_letters(name: str, slug: str) -> None:
    assert term_slug(name) == slug


def test_a_long_title_is_cut_between_words() -> None:
    slug = title_slug("非常长的标题" * 20, "zh")
    assert slug == "feichang-zhang-de-biaoti-feichang-zhang-de-biaoti-feichang"
    assert len(title_slug("a" * 100, "en")) == TITLE_CHARACTERS


def test_long_tags_that_begin_alike_stay_two() -> None:
    first, second = term_slug("大模型" * 40), term_slug("大模型" * 40 + "二")
    assert first != second
    assert first.startswith("大模型大模型")
    assert max(len(first.encode()), len(second.encode())) <= TERM_BYTES


def test_nothing_readable_gives_a_stable_hash() -> None:
    assert title_slug("!!!", "zh") == title_slug("!!!", "zh") != title_slug("???", "zh")
    assert term_slug("🔥") != term_slug("🐟")


@pytest.mark.parametrize("name", ["CON", "nul", "Com1.x", "LPT9"])
def test_names_that_windows_reserves_are_mended(name: str) -> None:
    assert check_slug(name.lower()) == "reserved"
    assert check_slug(term_slug(name)) == ""
    assert check_slug(title_slug(name, "en")) == ""


@settings(deadline=None)
@given(st.text(max_size=120))
def test_every_slug_passes_the_check(name: str) -> None:
    for slug in (term_slug(name), mended_slug(name)):
        assert check_slug(slug) == ""
        assert len(slug.encode()) <= TERM_BYTES + 1
    title = title_slug(name, "zh")
    assert check_slug(title) == ""
    assert len(title.encode()) <= SLUG_BYTES
    assert unicodedata.is_normalized("NFC", title)


@pytest.mark.parametrize("text", ["a", "about", "2024-w10", "中文", "é", "a_b", "asp.net", "日本"])
def test_good_slugs_pass(text: str) -> None:
    assert check_slug(text) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("A", "character"),
        ("a/b", "character"),
        ("..", "character"),
        ("a..b", "character"),
        ("a%2e", "character"),
        ("a b", "character"),
        ("a\\b", "character"),
        ("a\0", "character"),
        ("e\u0301", "character"),
        ("-a", "edge"),
        ("a.", "edge"),
        (".a", "edge"),
        ("大" * 61, "long"),
        ("aux", "reserved"),
    ],
)
def test_bad_slugs_are_refused_with_a_reason(text: str, fault: str) -> None:
    assert check_slug(text) == fault


def test_the_bad_character_is_named() -> None:
    assert bad_character("a/b") == "/"
    assert bad_character("aB") == "B"
    assert bad_character("a..") == ".."
    assert bad_character("fine") == ""


def test_importing_slugs_does_not_load_the_dictionaries() -> None:
    code = "import sys, wenzhai.slugs; print({'pypinyin', 'rjieba'} & set(sys.modules))"
    command = [sys.executable, "-c", code]
    root = Path(__file__).parents[1]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert shown.stdout.strip() == "set()"
