"""Dates in feeds and messages."""

from __future__ import annotations

import pytest

from wenzhai.importers.machine_dates import read_machine_date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("Mon, 04 Mar 2024 10:00:00 +0800", "2024-03-04T10:00:00+08:00"),
        ("4 Mar 2024 10:00:00 GMT", "2024-03-04T10:00:00+00:00"),
        ("Mon,  4 March 2024 10:00 EST", "2024-03-04T10:00:00-05:00"),
        ("Monday, 04 Mar 2024 10:00:00 +0800 (CST)", "2024-03-04T10:00:00+08:00"),
        ("2024-03-04T10:00:00Z", "2024-03-04T10:00:00+00:00"),
        ("2024-03-04t10:00:00.5z", "2024-03-04T10:00:00+00:00"),
        ("2024-03-04 10:00:00", "2024-03-04T10:00:00"),
        ("2024-03-04T00:00:00", "2024-03-04"),
        ("2024-03-04", "2024-03-04"),
        ("2024年3月4日 10:00", "2024年3月4日 10:00"),
    ],
)
def test_dates_keep_the_offset_that_they_state(written: str, date: str) -> None:
    assert read_machine_date(written) == date


@pytest.mark.parametrize(
    "written",
    [
        "",
        "10",
        "May",
        "01/02/03",
        "May 2024",
        "yesterday",
        "2024-13-45",
        "2024-02-30T10:00:00Z",
        "Mon, 32 Mar 2024 10:00:00 +0800",
        "Mon, 04 Mar 2024 25:00:00 +0800",
        "Mon, 04 Xyz 2024 10:00:00 +0800",
        "Mon, 04 Mar 99999 10:00:00 +0800",
        "Mon, 04 Mar 2024 10:00:00 +9999999999",
        "4 Mar 24 10:00:00 +0000",
        "2024-03-04T10:00:00 and more",
        "9" * 5000,
    ],
)
def test_nothing_is_guessed(written: str) -> None:
    assert read_machine_date(written) == ""
