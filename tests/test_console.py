from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wenzhai.console import settle_streams


def run(*arguments: str, encoding: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line where the system's encoding is another one, as on Windows."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "zh_CN"}
    command = [sys.executable, "-m", "wenzhai", *arguments]
    root = Path(__file__).parents[1]
    return subprocess.run(command, capture_output=True, cwd=root, env=environment, check=False)


def test_chinese_reaches_a_pipe_as_utf8_whatever_the_code_page() -> None:
    done = run("--help", encoding="cp1252")
    assert done.returncode == 0
    assert "文摘" in done.stdout.decode()
    assert b"Traceback" not in done.stderr


def test_problems_reach_a_pipe_as_utf8_whatever_the_code_page(tmp_path: Path) -> None:
    done = run("build", "--site", str(tmp_path), encoding="ascii")
    assert done.returncode == 2
    assert "site.toml" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_streams_that_are_no_files_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)  # as under pythonw
    settle_streams()


def test_a_lone_surrogate_is_shown_as_a_question_mark(capsys: pytest.CaptureFixture[str]) -> None:
    settle_streams()
    sys.stdout.write(json.dumps("\udce9", ensure_ascii=False))
    assert capsys.readouterr().out == '"?"'


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_what_cannot_be_written_at_the_end_is_no_success(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "wenzhai", "build", "--json", "--site", str(tmp_path)]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with open("/dev/full", "wb") as full:  # noqa: PTH123  # a device
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=buffered, check=False
        )
    assert done.returncode == 120
    assert b"No space left" in done.stderr


def test_command_ends_well_where_there_are_no_streams(tmp_path: Path) -> None:
    code = "import sys; sys.stdout = sys.stderr = None; from wenzhai.cli import main; main()"
    command = [sys.executable, "-c", code, "new", "题目", "--site", str(tmp_path)]
    assert subprocess.run(command, check=False).returncode == 2
