"""What all feed formats say of an item: dates with a zone, usable web addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.feed_entry import as_datetime, web_url
from wenzhai.model import Moment


@pytest.mark.parametrize(
    ("text", "stamp", "expected"),
    [
        ("2024-03-04", 1709481600, "2024-03-04T00:00:00+08:00"),
        ("2024-03-04", 1709510400, "2024-03-04T00:00:00+00:00"),
        ("2024-03-04", 1709528400, "2024-03-04T00:00:00-05:00"),
        ("2024-03-04", 1709490600, "2024-03-04T00:00:00+05:30"),
        ("2024-03-04T15:05:00+08:00", 1709535900, "2024-03-04T15:05:00+08:00"),
        ("2024-03-04T15:05:00+00:00", 1709564700, "2024-03-04T15:05:00+00:00"),
        ("1900-01-01", -2209017943, "1900-01-01T00:00:17+08:06"),
        ("0001-01-01", -62135596800, "0001-01-01T00:00:00+00:00"),
        ("9999-12-31T23:59:59+08:00", 253402271999, "9999-12-31T23:59:59+08:00"),
    ],
)
def test_moments_become_dates_with_a_zone(text: str, stamp: int, expected: str) -> None:
    assert as_datetime(Moment(text, stamp)).isoformat() == expected


@given(
    st.datetimes(min_value=datetime(1902, 1, 1), max_value=datetime(2037, 1, 1)),  # noqa: DTZ001  # a zone follows
    st.sampled_from(["Asia/Shanghai", "Europe/Paris", "America/New_York", "Asia/Kolkata"]),
)
def test_a_bare_date_is_midnight_in_the_zone_of_the_site(day: datetime, zone: str) -> None:
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=ZoneInfo(zone))
    made = as_datetime(Moment(f"{midnight:%Y-%m-%d}", int(midnight.timestamp())))
    assert made.date() == midnight.date()
    assert abs(made.astimezone(UTC) - midnight.astimezone(UTC)).total_seconds() < 60


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=1&c=%20#d", "https://example.org/a?b=1&c=%20#d"),
        (" http://example.org/中 文 ", "http://example.org/%E4%B8%AD%20%E6%96%87"),
        ("HTTPS://example.org/", "https://example.org/"),
        ("https://example.org/\ud800\x01<>\"'", "https://example.org/%3C%3E%22'"),
        ("javascript:alert(1)", ""),
        ("//example.org/", ""),
        ("/a/", ""),
        ("https://", ""),
        ("http://[x", ""),
        ("", ""),
    ],
)
def test_only_absolute_web_addresses_are_taken(url: str, expected: str) -> None:
    assert web_url(url) == expected
