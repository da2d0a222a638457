"""The predicate that a build is correct: what it published is what a clean build would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sites import build, tree

from wenzhai.report import report_json

SOURCES = ("site.toml", "content", "templates", "static", "themes")


class CleanBuilder:
    """Build copies of a site elsewhere, in a process with another hash seed, zone and locale."""

    def __init__(self) -> None:
        """Start the process."""
        root = Path(__file__).parent.parent
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(root), str(root / "tests"))),
            "PYTHONHASHSEED": "4711",
            "TZ": "America/St_Johns",
            "LC_ALL": "C.UTF-8",
        }
        self._process = subprocess.Popen(
            [sys.executable, str(root / "tests/clean_builder.py")],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def build(self, site: Path) -> tuple[dict[str, object], dict[str, bytes]]:
        """Return report and outputs of a build of the same sources in an empty folder."""
        with tempfile.TemporaryDirectory() as folder:
            for name in SOURCES:
                _copy(site / name, Path(folder, name))
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(f"{folder}\n")
            self._process.stdin.flush()
            report = json.loads(self._process.stdout.readline())
            return report, tree(Path(folder, "public"))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def differences(site: Path, clean: CleanBuilder) -> list[str]:
    """Build a site incrementally and cleanly; name every output and problem that differs.

    A failed build publishes nothing, so then only what is told is compared.
    """
    report = build(site)
    told = json.loads(report_json(report, "zh"))
    wanted, outputs = clean.build(site)
    found = [] if told["problems"] == wanted["problems"] else ["problems"]
    found += [] if told["held_back"] == wanted["held_back"] else ["held_back"]
    if report.published:
        mine = tree(site / "public")
        found += sorted(p for p in mine.keys() | outputs.keys() if mine.get(p) != outputs.get(p))
    return found


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copy(source, target)
