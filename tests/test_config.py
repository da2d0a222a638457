"""Settings: read strictly, each mistake told with its line."""

from __future__ import annotations

import pytest

from wenzhai.config import Config, parse_config, with_base_url


def told(text: str) -> list[tuple[str, int, int]]:
    return [(p.code, p.span.line, p.span.column) for p in parse_config(text)[1]]


def test_no_settings_are_the_defaults() -> None:
    assert parse_config("") == (Config(), ())


def test_values_are_read_by_section() -> None:
    config, problems = parse_config(
        'title = "甲"\nper_page = 5\n[feeds]\nformats = ["atom"]\n[output]\ndigests = "month"\n'
    )
    assert problems == ()
    assert (config.title, config.per_page) == ("甲", 5)
    assert (config.feeds.formats, config.output.digests) == (("atom",), "month")


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse_config("\ufefftitle = 'x'")[0].title == "x"


@pytest.mark.parametrize("url", ["https://a.example", "https://a.example/", "https://a.example//"])
def test_a_base_url_ends_in_one_slash(url: str) -> None:
    assert parse_config(f"base_url = '{url}'")[0].base_url == "https://a.example/"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title = 3", ("E002", 1, 1)),
        ("\nper_page = 'x'", ("E002", 2, 1)),
        ("per_page = true", ("E002", 1, 1)),
        ("feeds = 3", ("E002", 1, 1)),
        ("[feeds]\nformats = 'rss'", ("E002", 2, 1)),
        ("[feeds]\nformats = [1]", ("E002", 2, 1)),
        ("titel = 'x'", ("E003", 1, 1)),
        ("title = 'x'\n[fedes]\nitems = 1", ("E003", 2, 1)),
        ("[output]\n  relatd = 1", ("E003", 2, 3)),
        ("per_page = 0", ("E004", 1, 1)),
        ("[feeds]\nformats = ['rdf']", ("E004", 2, 1)),
        ("timezone = '../etc/passwd'", ("E004", 1, 1)),
        ("timezone = ''", ("E004", 1, 1)),
        ("language = '中文'", ("E004", 1, 1)),
        ("theme = '../x'", ("E004", 1, 1)),
        ("base_url = 'digest.example'", ("E004", 1, 1)),
        ("base_url = 'https://a.example/?x'", ("E004", 1, 1)),
        ("title = 'a'\ntitle = 'b'", ("E001", 2, 0)),
        ("title 'a'", ("E001", 1, 7)),
        ("title = [", ("E001", 1, 0)),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, problem: tuple[str, int, int]) -> None:
    assert told(text) == [problem]


def test_all_mistakes_are_told_at_once_and_defaults_stand_in() -> None:
    config, problems = parse_config("titel = 'x'\nper_page = 'x'\n[feeds]\nitems = 0\n")
    assert [item.code for item in problems] == ["E003", "E002", "E004"]
    assert config.per_page == Config().per_page


def test_one_name_in_two_sections_is_told_where_it_stands() -> None:
    assert told("[feeds]\nitems = 5\n[markup]\nitems = 5\n") == [("E003", 4, 1)]


def test_nesting_without_end_is_no_traceback() -> None:
    assert [code for code, _, _ in told("a = " + "[" * 100_000)] == ["E001"]


def test_the_command_line_replaces_the_base_url() -> None:
    config, problems = with_base_url(Config(), "https://b.example/x")
    assert (config.base_url, problems) == ("https://b.example/x/", ())
    assert [item.code for item in with_base_url(Config(), "nowhere")[1]] == ["E004"]
