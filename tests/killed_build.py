"""A build that the system kills: ``killed_build.py FUNCTION N [ARGUMENTS]``.

The process gets SIGKILL in place of the call number N (from 1) of a function, named as
``package.module.name``; everything before has happened, nothing after will.
"""

from __future__ import annotations

import os
import pkgutil
import signal
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

from wenzhai.cli import run


def kill_at(place: str, number: int) -> None:
    """Let the call number ``number`` of a function kill this process."""
    owner, _, name = place.rpartition(".")
    holder = pkgutil.resolve_name(owner)
    real: Callable[..., Any] = getattr(holder, name)
    calls = count(1)

    def counted(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401  # whatever the real one takes
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **more)

    setattr(holder, name, counted)


if __name__ == "__main__":
    kill_at(sys.argv[1], int(sys.argv[2]))
    sys.exit(run(sys.argv[3:]))
