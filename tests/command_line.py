"""The command line as a user runs it, in a process of its own or (faster) in this one."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sites import NOW

from wenzhai.cli import run

ROOT = Path(__file__).parent.parent
LEAN = """\
title = "灯下文摘"
base_url = "https://digest.example/site/"

[feeds]
formats = ["rss"]
tags = false
regions = false

[output]
twins = false
digests = "none"
archive = false
"""
"""Settings of a site with few outputs, for tests that look at problems alone."""


@dataclass(frozen=True)
class Told:
    """What ``build --json`` said: the exit code, the object, and the rows of its problems."""

    code: int
    report: dict[str, Any]

    @classmethod
    def read(cls, code: int, text: str) -> Told:
        return cls(code, json.loads(text) if text else {"problems": []})

    @property
    def problems(self) -> list[dict[str, Any]]:
        return list(self.report["problems"])

    def codes(self, path: str = "") -> list[str]:
        return [row["code"] for row in self.problems if row["path"] == path or not path]


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a process that finds this package and stands in a fixed time."""
    fixed = {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(NOW), "LC_ALL": "C.UTF-8"}
    return {**os.environ, **fixed, **changes}


def command(site: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run ``wenzhai`` in a site folder; keyword arguments are environment variables."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "wenzhai", *arguments],
        cwd=site,
        env=environment(**changes),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def tell(site: Path, *arguments: str) -> Told:
    """Build a site by the command line in this process, and return what it told."""
    words = ["build", "--json", "--jobs", "1", "--site", str(site), *arguments]
    out = io.StringIO()
    with (
        patch.dict(os.environ, {"SOURCE_DATE_EPOCH": str(NOW), "LC_ALL": "en_GB.UTF-8"}),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        code = run(words)
    return Told.read(code, out.getvalue())


def say(site: Path, *arguments: str) -> tuple[int, str]:
    """Run any command in this process; return its exit code and what it said on stderr."""
    err = io.StringIO()
    with (
        patch.dict(os.environ, {"SOURCE_DATE_EPOCH": str(NOW), "LC_ALL": "en_GB.UTF-8"}),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(err),
        contextlib.chdir(site),
    ):
        code = run(arguments)
    return code, err.getvalue()
