"""Previews as the benchmark runs them: their processes, and a client that looks at pages."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from editing import Saved
from peers import make_hugo_site, make_wenzhai_site
from run import ROOT, hugo_builder

PAUSE = 0.002
"""Seconds between two looks at a page."""
LIMIT = 20.0
"""Seconds after which a save counts as one that never shows."""
REST = 6.0
"""Seconds that a preview gets at most to end its work before the next save."""
LOOK, CALM, IDLE_TICKS = 0.1, 3, 1
"""A preview rests that took no more ticks of the processor in so many looks, seconds apart."""


@dataclass(frozen=True)
class Peer:
    """A preview: how its site is made and served, and where the frame of its pages lies."""

    name: str
    make: Callable[[Path, int], None]
    prepare: tuple[str, ...]
    serve: tuple[str, ...]
    template: str


@dataclass(frozen=True)
class Running:
    """A preview that runs, and a client of it."""

    client: Client
    pid: int
    port: int
    start: float

    def rest(self) -> None:
        """Wait until it has done its work, but not for long."""
        end, calm, used = time.monotonic() + REST, 0, _cpu(self.pid)
        while calm < CALM and time.monotonic() < end:
            time.sleep(LOOK)
            now = _cpu(self.pid)
            calm = calm + 1 if now - used <= IDLE_TICKS else 0
            used = now

    @property
    def memory(self) -> float:
        """Return the memory it has in use, in MB."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Client:
    """One connection to a preview, kept open."""

    def __init__(self, port: int) -> None:
        """Connect to nothing yet."""
        self._port = port
        self._wire: http.client.HTTPConnection | None = None

    def get(self, address: str) -> tuple[int, bytes]:
        """Return status and body; (0, nothing) where nobody answers yet."""
        try:
            self._wire = self._wire or http.client.HTTPConnection(
                "127.0.0.1", self._port, timeout=LIMIT
            )
            self._wire.request("GET", address)
            answer = self._wire.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return 0, b""

    def close(self) -> None:
        """Give the connection up."""
        if self._wire:
            self._wire.close()
        self._wire = None

    def milliseconds(self, saved: Saved, limit: float = LIMIT) -> float:
        """Return how long after a save it shows; infinite where it does not within ``limit``."""
        while not saved.holds(*self.get(saved.address)):
            if time.monotonic() - saved.moment > limit:
                return float("inf")
            time.sleep(PAUSE)
        return (time.monotonic() - saved.moment) * 1000


def hugo(work: Path) -> Peer:
    """Install Hugo, and say how its preview runs."""
    program = hugo_builder(work).command[0]
    flags = ("--bind", "127.0.0.1", "--port", "PORT", "--quiet")
    serve = (program, "server", *flags)
    return Peer("Hugo", make_hugo_site, (), serve, "layouts/baseof.html")


def wenzhai() -> Peer:
    """Say how the preview of this checkout runs."""
    program = (sys.executable, str(ROOT / "build.py"))
    serve = (*program, "serve", "--port", "PORT", "--strict-port")
    return Peer("wenzhai", make_own_site, (*program, "-q"), serve, "templates/base.html")


def make_own_site(site: Path, count: int) -> None:
    """Write a site with a frame of its pages that can be edited."""
    make_wenzhai_site(site, count)
    frame = ROOT / "themes" / "wenzhai" / "templates" / "base.html"
    (site / "templates").mkdir()
    (site / "templates" / "base.html").write_bytes(frame.read_bytes())


@contextmanager
def serving(peer: Peer, site: Path) -> Iterator[Running]:
    """Run a preview until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [word.replace("PORT", str(port)) for word in peer.serve]
    quiet, start = subprocess.DEVNULL, time.monotonic()
    process = subprocess.Popen(words, cwd=site, stdout=quiet, stderr=quiet)
    client = Client(port)
    try:
        yield Running(client, process.pid, port, start)
    finally:
        client.close()
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _cpu(pid: int) -> int:
    """Return the ticks of the processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    return int(fields[11]) + int(fields[12])
