"""One build at a time in a site: a lock that the kernel gives back, however the holder dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_FILE = ".wenzhai/lock"
_FLAGS = os.O_RDWR | os.O_CREAT
_FAR = 1 << 30
"""The byte that is locked, beyond the text: Windows lets nobody read locked bytes."""


class Locked(Exception):  # noqa: N818  # a state of the site, no fault of the program
    """Another build is under way: ``pid`` (0 where unknown), since ``since`` (epoch seconds)."""

    def __init__(self, pid: int, since: int) -> None:
        """Name who holds the lock."""
        super().__init__(pid, since)
        self.pid = pid
        self.since = since


PATIENCE_SECONDS = 1.0
"""How long a build waits for the lock: a preview gives it back within moments."""
LOOK_SECONDS = 0.005


@contextmanager
def build_lock(site: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the lock of a site, waiting for it at most ``patience`` seconds.

    It excludes other processes, not a second call in this one: POSIX record locks belong to the
    process. That is why they serve here: forked workers do not share them, so one that outlives
    a killed build cannot keep the site locked, as it would with flock. For the same reason
    nothing else may open and close the lock file in this process (fcntl(2)).

    Raises:
        Locked: if another process holds it.
        OSError: if the lock file cannot be made, in a read-only folder for example.
    """
    path = site / LOCK_FILE
    path.parent.mkdir(exist_ok=True)
    handle = os.open(path, _FLAGS, 0o644)
    try:
        end = time.monotonic() + patience
        while not _acquire(handle):
            if time.monotonic() >= end:
                raise Locked(*_read_holder(handle))
            time.sleep(LOOK_SECONDS)
        os.ftruncate(handle, 0)
        os.write(handle, b"%d\n" % os.getpid())
        yield
    finally:
        os.close(handle)  # gives the lock back


def _read_holder(handle: int) -> tuple[int, int]:
    written = os.read(handle, 100).strip()
    pid = int(written) if written.isdigit() else 0
    return pid, int(os.fstat(handle).st_mtime)


if sys.platform == "win32":
    import msvcrt

    def _acquire(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _acquire(handle: int) -> bool:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _FAR)
        except (BlockingIOError, PermissionError):
            return False  # POSIX leaves the choice of EAGAIN or EACCES to the system
        return True
