"""Conversion under bad luck: killed, out of space, interrupted by an edit. Nothing is lost."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sites import SETTINGS, build, codes, tree, write

TEXT = "灯塔的灯\n2024-03-04\n作者：林知远\n灯塔里有一盏灯，每天晚上亮一次。\n看守人登上石阶。\n"
SOURCE, ARTICLE = "content/sources/a.txt", "content/articles/a.md"
RECORD = "content/articles/a.import.json"
KILLED = str(Path(__file__).with_name("killed_build.py"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path / "site.toml", SETTINGS)
    write(tmp_path / SOURCE, TEXT)
    return tmp_path


def nothing(_site: Path) -> None:
    """The source is new."""


def changed(site: Path) -> None:
    build(site)
    write(site / SOURCE, TEXT + "又一句。\n")


def edited(site: Path) -> None:
    build(site)
    made = (site / ARTICLE).read_text("utf-8")
    write(site / ARTICLE, made.replace("石阶", "旧石阶"))
    write(site / SOURCE, TEXT.replace("一盏灯", "两盏灯"))


def overlapping(site: Path) -> None:
    build(site)
    made = (site / ARTICLE).read_text("utf-8")
    write(site / ARTICLE, made.replace("一盏灯", "三盏灯"))
    write(site / SOURCE, TEXT.replace("一盏灯", "两盏灯"))


def kill(site: Path, place: str, number: int) -> int:
    command = [sys.executable, KILLED, place, str(number), "build", "--jobs", "1"]
    root = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": root, "SOURCE_DATE_EPOCH": "1710000000"}
    return subprocess.run(
        command, cwd=site, env=environment, capture_output=True, check=False
    ).returncode


def content(site: Path) -> dict[str, bytes]:
    return {path: text for path, text in tree(site / "content").items() if not hidden(path)}


def hidden(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".") or path == "published.json"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL is POSIX's")
@pytest.mark.parametrize("prepare", [nothing, changed, edited, overlapping])
@pytest.mark.parametrize("place", ["wenzhai.verdicts.write_file", "pathlib.Path.replace"])
@pytest.mark.parametrize("number", [1, 2])
def test_killed_conversion_ends_as_if_nothing_had_happened(
    tmp_path: Path, site: Path, prepare: object, place: str, number: int
) -> None:
    assert callable(prepare)
    other = tmp_path / "undisturbed"
    write(other / "site.toml", SETTINGS)
    write(other / SOURCE, TEXT)
    for one in (site, other):
        prepare(one)
    killed = kill(site, place, number)
    report, wanted = build(site), build(other)
    assert content(site) == {
        path: text for path, text in content(other).items() if not path.startswith("undisturbed")
    }
    if killed:  # what was merged before the kill is not told again
        assert set(codes(report)) | {"W752"} == set(codes(wanted)) | {"W752"}


@pytest.mark.parametrize("prepare", [nothing, changed, edited])
@pytest.mark.parametrize("number", [1, 2])
def test_full_disk_is_a_problem_and_the_next_build_mends_it(
    site: Path, monkeypatch: pytest.MonkeyPatch, prepare: object, number: int
) -> None:
    assert callable(prepare)
    prepare(site)
    before = content(site)
    real, calls = Path.write_bytes, []

    def full(path: Path, data: bytes) -> int:
        if path.suffix == ".tmp" and "articles" in path.parts:
            calls.append(path)
            if len(calls) >= number:
                raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    report = build(site)
    assert [one.code for one in report.problems if one.code.startswith("E7")] == ["E708"]
    assert "No space left" in report.problems[0].message("en")
    assert before.keys() <= content(site).keys()
    assert not [path for path in tree(site / "content/articles") if path.endswith(".tmp")]
    monkeypatch.undo()
    assert build(site).errors == 0
    assert "灯" in (site / ARTICLE).read_text("utf-8")
    assert set(codes(build(site))) <= {"W752"}


def test_edit_of_a_person_survives_every_accident(site: Path) -> None:
    edited(site)
    kill(site, "wenzhai.verdicts.write_file", 2)
    build(site)
    text = (site / ARTICLE).read_text("utf-8")
    assert "旧石阶" in text
    assert "两盏灯" in text
