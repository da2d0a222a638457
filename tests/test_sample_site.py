"""The sample site is as this version would make it."""

from __future__ import annotations

import shutil
from pathlib import Path

from command_line import ROOT
from sites import build


def texts(site: Path) -> dict[str, bytes]:
    paths = (path for path in (site / "content").rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def test_first_build_of_a_fresh_clone_changes_no_source(tmp_path: Path) -> None:
    for name in ("content", "themes"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "site.toml", tmp_path)
    before = texts(tmp_path)
    assert build(tmp_path).ok
    assert texts(tmp_path) == before
