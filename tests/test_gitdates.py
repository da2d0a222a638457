"""Git tells when a file joined the repository; without git nothing breaks."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from wenzhai.gitdates import commit_dates, head_commit
from wenzhai.model import RelPath

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

ONE, TWO, THREE = (f"2024-0{month}-04T10:00:00+08:00" for month in (1, 2, 3))
A, B = RelPath("content/一.md"), RelPath("content/a b/“二”.md")


def git(folder: Path, *arguments: str, date: str = ONE) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgSign=false"]
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": THREE}
    environment = {**os.environ, **dates, "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-C", str(folder), *who, *arguments]
    subprocess.run(command, check=True, capture_output=True, env=environment)


def commit(folder: Path, date: str, **files: str) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x", date=date)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    commit(folder, ONE, **{A: "one"})
    commit(folder, TWO, **{A: "changed", B: "two"})
    return folder


def test_date_is_that_of_the_adding_commit_not_of_edits(site: Path) -> None:
    assert commit_dates(site, (A, B)) == {A: ONE, B: TWO}


def test_file_without_a_commit_has_no_date(site: Path) -> None:
    (site / "content/new.md").touch()
    assert commit_dates(site, (RelPath("content/new.md"), B)) == {B: TWO}


def test_moved_file_keeps_its_date(site: Path) -> None:
    git(site, "mv", B, "content/moved.md")
    commit(site, THREE)
    assert commit_dates(site, (RelPath("content/moved.md"),)) == {"content/moved.md": TWO}


def test_file_added_again_has_the_newer_date(site: Path) -> None:
    git(site, "rm", "-q", A)
    commit(site, TWO)
    commit(site, THREE, **{A: "again"})
    assert commit_dates(site, (A,)) == {A: THREE}


def test_site_in_a_subfolder_of_a_repository(site: Path) -> None:
    commit(site, THREE, **{"sub/content/c.md": "c"})
    assert commit_dates(site / "sub", (RelPath("content/c.md"),)) == {"content/c.md": THREE}


def test_shallow_repository_knows_no_dates(site: Path, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", site.as_uri(), str(shallow))
    assert commit_dates(shallow, (A, B)) == {}


def test_outside_of_git_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit_dates(tmp_path, (A,)) == {}
    assert head_commit(tmp_path) == ""


def test_without_git_nothing_is_known(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert commit_dates(site, (A,)) == {}
    assert head_commit(site) == ""


def test_head_changes_with_each_commit(site: Path) -> None:
    before = head_commit(site)
    commit(site, THREE, **{A: "three"})
    assert len(before) == 40
    assert head_commit(site) not in {"", before}
