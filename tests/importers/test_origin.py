"""Where sources come from: names made of addresses, and facts that text does not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.importers.origin import Origin, origin_json, read_origin, source_name
from wenzhai.importers.reading import convert_bytes
from wenzhai.importers.text import Conversion, markdown

URL = "https://www.news.example/2024/deng-ta.html?utm_source=feed"
ORIGIN = Origin(URL, URL, "2024-03-10T08:00:00+08:00", "utf-8")
TEXT = "灯塔的灯\n昨天 08:15\n灯塔里有一盏灯，每天晚上亮一次，风大的时候也亮。\n"


def convert(text: str, path: str = "a.txt", origin: Origin | None = ORIGIN) -> Conversion:
    made = convert_bytes(text.encode(), path, "2024-03-10", "Asia/Shanghai", origin=origin)
    assert isinstance(made, Conversion)
    return made


@pytest.mark.parametrize(
    ("url", "start"),
    [
        (URL, "news.example/deng-ta-"),
        ("https://a.example/", "a.example/"),
        ("https://a.example:8080/文章/灯塔%20的灯.html", "a.example/灯塔-的灯-"),
        ("https://a.example/" + "灯" * 90, "a.example/" + "灯" * 13),
        ("https://a.example/%2e%2e%2f..%2fetc%2fpasswd", "a.example/passwd-"),
        ("https://a.example/CON.txt", "a.example/CON-"),
        ("https://[2606:4700::1]/x", "2606-4700-1/x-"),
    ],
)
def test_a_source_is_named_by_host_and_last_part_of_its_path(url: str, start: str) -> None:
    assert source_name(url, ".html").startswith(start)


def test_tracking_does_not_change_a_name_but_parameters_that_choose_do() -> None:
    base = "https://mp.example/s?__biz=1&mid=2"
    assert source_name(base + "&utm_source=x", ".html") == source_name(base, ".html")
    assert source_name("https://mp.example/s?__biz=1&mid=3", ".html") != source_name(base, ".html")


@given(st.text(max_size=80))
def test_no_address_leads_out_of_its_folder_or_to_a_hidden_file(path: str) -> None:
    host, _, name = source_name(f"https://a.example/{path}", ".html").partition("/")
    assert host == "a.example"
    assert "/" not in name
    assert "\\" not in name
    assert name[0].isalnum()
    assert len(name.encode()) < 80


def test_an_origin_is_read_as_it_was_written() -> None:
    assert read_origin(origin_json(ORIGIN).encode()) == ORIGIN


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"url": 3}', b"\xff", b"[" * 100_000])
def test_what_is_no_origin_is_none(data: bytes) -> None:
    assert read_origin(data) is None


def test_relative_times_count_from_the_moment_of_fetching() -> None:
    assert dict(convert(TEXT).front)["date"] == "2024-03-09T08:15:00+08:00"
    assert "date" not in dict(convert(TEXT, origin=None).front)


def test_the_address_enters_front_matter_and_record_without_tracking() -> None:
    made = convert(TEXT)
    assert dict(made.front)["source_url"] == "https://www.news.example/2024/deng-ta.html"
    assert made.record.url == "https://www.news.example/2024/deng-ta.html"
    assert made.record.fetched == ORIGIN.fetched
    keys = [key for key, _ in made.front]
    assert keys.index("source_url") < keys.index("date")


def test_an_address_that_the_text_states_goes_before() -> None:
    made = convert(TEXT + "原文链接：https://first.example/a\n")
    assert dict(made.front)["source_url"] == "https://first.example/a"
    assert made.record.url == "https://first.example/a"


def test_front_matter_of_markdown_stays_as_it_was_written() -> None:
    text = "---\ntitle: 灯 # 注\nadded: 2024-01-01\n---\n\n正文。\n"
    made = convert(text, "a.md")
    assert markdown(made) == text
    assert made.record.url.endswith("deng-ta.html")
