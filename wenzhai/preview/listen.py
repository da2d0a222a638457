"""Where the preview listens: this machine's loopback or what --host names; the next free port."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "::1")
TRIES = 20
"""How many ports are tried where the first is busy."""
WILDCARDS = ("0.0.0.0", "::", "")  # noqa: S104  # what a person may ask for by --host


class PortBusyError(Exception):
    """Something else listens at the port; ``port`` is the first one that was tried."""

    def __init__(self, port: int) -> None:
        """Name the port."""
        super().__init__(port)
        self.port = port


@dataclass(frozen=True, slots=True)
class Place:
    """Where a preview listens, and the host names by which it is reached."""

    sockets: tuple[socket.socket, ...]
    port: int
    names: tuple[str, ...]

    def urls(self, base: str) -> tuple[str, ...]:
        """Return the URLs at which the site can be seen."""
        shown = (f"[{name}]" if ":" in name else name for name in self.names)
        return tuple(f"http://{name}:{self.port}{base}" for name in shown)


def listen(host: str, port: int, *, strict: bool) -> Place:
    """Open the sockets; nothing is lost of what arrives before they are served.

    Raises:
        PortBusyError: if the port is busy and ``strict``, or so are the next ones.
        OSError: if the host is none of this machine's.
    """
    tries = (port,) if strict or not port else tuple(range(port, min(port + TRIES, 65_535) + 1))
    for number in tries:
        with suppress(_BusyError):
            sockets = _open(host, number)
            return Place(sockets, sockets[0].getsockname()[1], _names(host))
    raise PortBusyError(port)


class _BusyError(Exception):
    pass


def _open(host: str, port: int) -> tuple[socket.socket, ...]:
    """Listen at all addresses of a host, or at none where one of them is busy."""
    opened: list[socket.socket] = []
    for address in (host,) if host else LOOPBACK:
        try:
            opened.append(_bind(address, port or (opened[0].getsockname()[1] if opened else 0)))
        except OSError as error:
            if error.errno != errno.EADDRINUSE and opened:
                continue  # a machine without IPv6
            for one in opened:
                one.close()
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise _BusyError from error
            raise
    return tuple(opened)


def _bind(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    bound = socket.create_server((address, port), family=family, backlog=128)
    bound.setblocking(False)  # noqa: FBT003  # its only argument
    return bound


def _names(host: str) -> tuple[str, ...]:
    if not host:
        return ("localhost",)
    return ("localhost", *_own_addresses()) if host in WILDCARDS else (host,)


def _own_addresses() -> tuple[str, ...]:
    """Return the addresses by which other machines reach this one; nothing is sent."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # a documentation address (RFC 5737): picks the interface
        found.append(str(probe.getsockname()[0]))
    with suppress(OSError):
        rows = socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM)
        found += [str(row[4][0]) for row in rows]
    return tuple(name for name in dict.fromkeys(found) if "%" not in name and name != "127.0.0.1")
