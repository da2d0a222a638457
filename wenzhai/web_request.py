"""One request on the web: to an address that was checked, with an end to its bytes and its time."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

REDIRECTS = frozenset({301, 302, 303, 307, 308})


class TooLargeError(Exception):
    """An answer has more bytes than it may have."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (names in any case) and body; redirects have none."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def request(
    url: str,
    address: str,
    headers: Mapping[str, str],
    size: int,
    until: float,
    transport: httpx.BaseTransport | None = None,
) -> Answer:
    """Get a page from one address; the host's name goes into the header and the certificate.

    Args:
        url: what to get.
        address: the numeric address of its host to connect to.
        headers: to be sent.
        size: the most bytes of the body, unpacked.
        until: when it has to be done, as :func:`time.monotonic` counts.
        transport: what carries the request; None is the network.

    Raises:
        TooLargeError: if the body has more bytes.
        httpx.HTTPError: if there is no whole answer in time.
    """
    import httpx  # noqa: PLC0415  # an extra

    asked = httpx.URL(url)
    left = max(until - time.monotonic(), 0.001)
    # A connection is to an address, and the next host on it has another certificate.
    alone = httpx.Limits(max_keepalive_connections=0)
    with (
        _cut_off(left) as trace,
        httpx.Client(transport=transport, timeout=min(left, 10.0), limits=alone) as client,
        client.stream(
            "GET",
            asked.copy_with(host=address),
            headers={"Host": asked.netloc.decode("ascii"), **headers},
            extensions={"sni_hostname": asked.raw_host.decode("ascii"), "trace": trace},
        ) as response,
    ):
        redirected = response.status_code in REDIRECTS
        content = b"" if redirected else _read(response, size, until)
        return Answer(response.status_code, response.headers, content)


def _read(response: httpx.Response, size: int, until: float) -> bytes:
    import httpx  # noqa: PLC0415  # an extra

    stated = response.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > size:
        raise TooLargeError
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > size:
            raise TooLargeError
    if time.monotonic() >= until:
        # A connection that was cut off may look like one that ended.
        reason = "out of time"
        raise httpx.ReadTimeout(reason)
    return bytes(content)


@contextmanager
def _cut_off(seconds: float) -> Iterator[Callable[[str, dict[str, Any]], None]]:
    """Shut the connection down after some time; the trace that is yielded learns which it is.

    The time-outs of a socket begin anew with each byte that comes in, so they alone let a server
    that sends one byte a second hold us for ever.
    """
    sockets: list[socket.socket] = []

    def trace(event: str, details: dict[str, Any]) -> None:
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            sockets.append(details["return_value"].get_extra_info("socket"))

    def shut() -> None:
        for connection in reversed(sockets):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield trace
    finally:
        timer.cancel()
