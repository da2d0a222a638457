"""The preview goes on following edits while the system's clock is set back, and forward again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from previewing import Preview, previewing, tab
from sites import article, make_site, write

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
PLACE = "content/articles/one.md"
PAGE = "articles/diyipian/index.html"
HOUR = 3600

pytestmark = pytest.mark.skipif(not LIBRARIES, reason="no libfaketime (apt-get install faketime)")


@dataclass
class Clock:
    """The clock that a process sees, and that its file system stamps files by."""

    file: Path
    offset: int = 0

    def set(self, offset: int) -> None:
        """Set it by so many seconds before or after the true time."""
        self.offset = offset
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{offset:+d}", encoding="ascii")
        fresh.replace(self.file)

    def save(self, path: Path, text: str) -> None:
        """Write a file, stamped by this clock."""
        write(path, text)
        moment = time.time() + self.offset
        os.utime(path, (moment, moment))


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    made = Clock(tmp_path / "clock")
    made.set(0)
    return made


@pytest.fixture
def preview(tmp_path: Path, clock: Clock) -> Iterator[Preview]:
    changes: dict[str, Any] = {  # not the words of a command
        "LD_PRELOAD": str(LIBRARIES[0]),
        "FAKETIME_TIMESTAMP_FILE": str(clock.file),
        "FAKETIME_NO_CACHE": "1",
        # As where an administrator sets a clock: what counts from the start goes on, and the
        # stamps that files have already stay.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
        "SOURCE_DATE_EPOCH": "",
    }
    with previewing(make_site(tmp_path / "site"), **changes) as running:
        yield running


def body(text: str) -> str:
    return article("第一篇", text, date="2024-01-05")


def test_edits_show_after_the_clock_was_set_back_and_forward(
    preview: Preview, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "site" / PLACE
    with tab(preview, PAGE) as opened:
        for offset, text in (
            (0, "甲甲甲。"),
            (-HOUR, "乙乙乙。"),
            (-HOUR, "丙丙丙。"),
            (0, "丁丁丁。"),
        ):
            clock.set(offset)
            clock.save(path, body(text))
            assert text in opened.hear("page")["html"]
    assert "Traceback" not in preview.text


def test_scheduled_article_waits_for_the_clock_that_was_set_back(
    preview: Preview, clock: Clock, tmp_path: Path
) -> None:
    """What is due by the true time is not due by the clock, until that is right again."""
    with tab(preview) as opened:
        clock.set(-HOUR)
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - HOUR / 2))
        clock.save(tmp_path / "site/content/articles/soon.md", article("马上就来", date=moment))
        told = opened.hear("elsewhere")
        assert told["address"].startswith("/_preview/unpublished/")
        clock.set(0)
        clock.save(tmp_path / "site" / PLACE, body("又改了。"))
        assert "马上就来" in opened.hear("page")["html"]
