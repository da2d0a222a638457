"""One build at a time: other processes are told who builds, and the dead hold nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from wenzhai.lock import LOCK_FILE, Locked, build_lock

HOLD = """
import sys
from pathlib import Path
from wenzhai.lock import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(site: Path) -> subprocess.Popen[str]:
    """Start a process that holds the lock until its input ends."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(site)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_second_process_is_told_who_builds_since_when(tmp_path: Path) -> None:
    with hold(tmp_path) as holder:
        with pytest.raises(Locked) as raised, build_lock(tmp_path):
            pass
        assert raised.value.pid == holder.pid
        assert raised.value.since == int((tmp_path / LOCK_FILE).stat().st_mtime)
        holder.communicate()
    with build_lock(tmp_path):
        assert (tmp_path / LOCK_FILE).read_text("utf-8") == f"{os.getpid()}\n"


def test_killed_build_leaves_no_lock(tmp_path: Path) -> None:
    with hold(tmp_path) as holder:
        holder.kill()
        holder.communicate()
    with build_lock(tmp_path):
        assert (tmp_path / LOCK_FILE).exists()


def test_failed_build_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), build_lock(tmp_path):
        raise ValueError("broken")  # noqa: EM101  # a test
    with hold(tmp_path) as holder:
        holder.communicate()
        assert holder.returncode == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_forked_worker_that_outlives_its_build_holds_nothing(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    builder = os.fork()
    if not builder:
        with build_lock(tmp_path):
            worker = os.fork()
            if not worker:
                signal.pause()
            os.write(writing, b"%d" % worker)
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(builder, 0)
    worker = int(os.read(reading, 20))
    try:
        os.kill(worker, 0)
        with build_lock(tmp_path):
            assert (tmp_path / LOCK_FILE).exists()
    finally:
        os.kill(worker, signal.SIGKILL)
        os.close(reading)
        os.close(writing)


def test_locks_of_two_sites_are_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with hold(tmp_path / "one") as holder, build_lock(tmp_path / "two"):
        holder.communicate()
