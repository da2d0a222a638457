"""Runs a command and measures time and memory of it and of all processes that it starts.

Linux only: reads /proc. Memory is the greatest sum of PSS, in which pages that processes share
count once. Sampling slows a run down, so memory is measured in runs of its own.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1
PAUSE = 0.02  # seconds between two samples of memory
CALM = 0.1  # share of the machine that may be busy when a run starts


class BuildFailedError(Exception):
    """The command that was measured ended with an error."""


@dataclass(frozen=True)
class Run:
    """Seconds of wall and CPU time; ``others`` is the share of the machine that others took."""

    wall: float
    cpu: float
    others: float


def time_command(command: list[str], folder: Path) -> Run:
    """Measure the time that a command takes, its workers included.

    Raises:
        BuildFailedError: with the end of what the command printed.
    """
    busy, start = _busy_seconds(), time.perf_counter()
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(command, cwd=folder, stdout=printed, stderr=printed)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            raise BuildFailedError(printed.read()[-2000:].decode("utf-8", "replace"))
    cpu = usage.ru_utime + usage.ru_stime
    return Run(wall, cpu, max(0.0, _busy_seconds() - busy - cpu) / (wall * CORES))


def peak_memory(command: list[str], folder: Path) -> float:
    """Measure the greatest memory that a command and its workers take together, in MB.

    Raises:
        BuildFailedError: if it ends with an error.
    """
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=folder, stdout=quiet, stderr=quiet, start_new_session=True
    )
    done = threading.Event()
    peaks: list[int] = []
    sampler = threading.Thread(target=_sample, args=(process.pid, done, peaks))
    sampler.start()
    code = process.wait()
    done.set()
    sampler.join()
    if code:
        raise BuildFailedError(str(code))
    return max(peaks, default=0) / 1000


def wait_for_calm(patience: float) -> None:
    """Wait until others leave the machine alone for a second, at most ``patience`` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        busy = _busy_seconds()
        time.sleep(1)
        if (_busy_seconds() - busy) / CORES < CALM:
            return


def _sample(session: int, done: threading.Event, peaks: list[int]) -> None:
    while not done.wait(PAUSE):
        peaks.append(sum(_pss(pid) for pid in _members(session)))


def _members(session: int) -> Iterator[int]:
    """Name the processes of a session: a command's workers belong to it as well."""
    for entry in Path("/proc").glob("[0-9]*"):
        # A process may end between the listing and the look at it.
        with suppress(OSError):
            fields = (entry / "stat").read_bytes().rpartition(b")")[2].split()
            if int(fields[3]) == session:
                yield int(entry.name)


def _pss(pid: int) -> int:
    """Return a process's proportional share of memory in kB."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _busy_seconds() -> float:
    """Return how long all cores together have been working."""
    numbers = Path("/proc/stat").read_text().split("\n")[0].split()[1:9]
    user, nice, system, _idle, _wait, irq, softirq, steal = map(int, numbers)
    return (user + nice + system + irq + softirq + steal) / TICKS
