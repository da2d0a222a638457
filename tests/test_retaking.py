"""A snapshot taken again where little changed is the one that reading all would give."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest
from sites import make_site, write

from wenzhai import retaking
from wenzhai.model import RelPath
from wenzhai.retaking import retake_snapshot
from wenzhai.scan import Scan, scan_sources
from wenzhai.snapshot import Snapshot, read_row, take_snapshot

ONE = RelPath("content/articles/one.md")
LATER = 10**10
"""Nanoseconds after which no stamp is too fresh to be trusted."""


def scan_of(site: Path, later: int = 0) -> Scan:
    return scan_sources(site, (), time.time_ns() + later)


def taken(scan: Scan) -> Snapshot:
    return take_snapshot(scan, {})[0]


def test_only_what_changed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path)
    before = scan_of(site, LATER)
    last = taken(before)
    read: list[str] = []

    def note(path: RelPath, real: str, now_ns: int) -> object:
        read.append(path)
        return read_row(path, real, now_ns)

    monkeypatch.setattr(retaking, "read_row", note)
    write(site / ONE, "别的")
    write(site / "content/articles/a.md", "新的")
    (site / "content/articles/two.md").unlink()
    now = scan_of(site, LATER)
    found = retake_snapshot(last, before, now)
    assert found is not None
    snapshot, rows, gone = found
    assert sorted(read) == ["content/articles/a.md", ONE]
    assert {row.path for row in rows} == set(read)
    assert gone == {"content/articles/two.md"}
    assert list(snapshot.files.items()) == list(taken(now).files.items())
    assert snapshot.origins == taken(now).origins


def test_file_that_changed_within_one_tick_is_read_again(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    write(site / ONE, "甲")
    status = (site / ONE).stat()
    before = scan_of(site)
    last = taken(before)
    assert ONE in last.fresh
    write(site / ONE, "乙")
    os.utime(site / ONE, ns=(status.st_atime_ns, status.st_mtime_ns))
    same = before._replace(now_ns=before.now_ns + 1)  # as if the ctime were the same too
    found = retake_snapshot(last, before, same)
    assert found is not None
    assert found[0].read(ONE).decode() == "乙"


def test_names_that_other_systems_take_for_one_ask_for_all(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/articles/caf\u00e9.md": "甲"})
    before = scan_of(site)
    last = taken(before)
    write(site / "content/articles" / unicodedata.normalize("NFD", "caf\u00e9.md"), "乙")
    assert retake_snapshot(last, before, scan_of(site)) is None


def test_names_that_differ_in_case_ask_for_all(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = scan_of(site)
    last = taken(before)
    write(site / "content/articles/One.md", "乙")
    assert retake_snapshot(last, before, scan_of(site)) is None


def test_many_changes_ask_for_all(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = scan_of(site, LATER)
    last = taken(before)
    for number in range(retaking.MOST + 1):
        write(site / f"content/articles/n{number}.md", "甲")
    assert retake_snapshot(last, before, scan_of(site, LATER)) is None


def test_file_that_cannot_be_read_asks_for_all(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    before = scan_of(site, LATER)
    last = taken(before)
    write(site / ONE, "别的")
    now = scan_of(site, LATER)
    (site / ONE).unlink()
    assert retake_snapshot(last, before, now) is None
