"""A limit on how long one piece of work may take, so that no article can stop a build for good."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OverdueError(BaseException):
    """The time is up. No Exception: nothing that expects failures of its own may swallow it."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise OverdueError in this block once ``seconds`` have passed; 0 sets no limit.

    Works in the main thread of POSIX systems, as each worker process has one; elsewhere there
    is no limit.
    """
    if not seconds or not limits_time():
        yield
        return
    before = signal.getsignal(signal.SIGALRM)
    if before is not _ring:
        signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if before is not _ring:
            signal.signal(signal.SIGALRM, before)


def expect_deadlines() -> None:
    """Prepare a process of ours for many deadlines: each takes a third of the time then."""
    if limits_time():
        signal.signal(signal.SIGALRM, _ring)


def limits_time() -> bool:
    """Tell whether a deadline would ring here."""
    here = threading.current_thread()
    return hasattr(signal, "setitimer") and here is threading.main_thread()


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise OverdueError
