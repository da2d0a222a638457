"""Who may ask the preview, and for what: hosts, origins, the token, and the shape of addresses.

Any page a browser shows can send requests to a server on the same machine, and a name of its own
can be made to point there (DNS rebinding). So only known host names are answered, and the socket
and whatever changes something need the page's own origin and a token besides.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
}
"""Sent with every response."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_QUERY = re.compile(r"[\w.~%+-]+=[^#]*")
"""A query is for the scripts of a page (``q=word``); a bare word means nothing here."""
_NEVER = re.compile(r"[#\\\x00-\x20\x7f]|//|%2e|%2f|%5c|%[01][0-9a-f]|%7f", re.IGNORECASE)
"""In no address of ours, and the stuff of attacks on servers that look into folders."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What one preview lets through: host names besides this machine's own, and its token."""

    hosts: frozenset[str]
    token: str

    def allows_host(self, header: str) -> bool:
        """Tell whether the Host header (RFC 9110, 7.2) names this preview."""
        name = host_name(header)
        return name in LOCAL or name.endswith(".localhost") or name in self.hosts

    def allows_origin(self, origin: str | None, host: str) -> bool:
        """Tell whether a request comes from a page of the preview itself; silence is a no."""
        if not origin:
            return False
        parts = urlsplit(origin)
        return parts.scheme in {"http", "https"} and parts.netloc.lower() == host.lower()

    def allows_token(self, token: str | None) -> bool:
        """Compare a token without telling by the time taken how much of it is right."""
        return hmac.compare_digest((token or "").encode(), self.token.encode())


def host_name(header: str) -> str:
    """Return the name in a Host header: no port, no brackets, no final dot, lower case."""
    name = re.sub(r":\d*$", "", header.strip()) if not header.endswith("]") else header
    return name.strip("[]").removesuffix(".").lower()


def read_target(target: str) -> str | None:
    """Return the decoded path of a request target (``articles/a/``), or None where it is none.

    ``target`` is as it came (RFC 9112, 3.2), bytes taken for Latin-1. Nothing here looks at a disk:
    a path only matters if the site has an output of that very name.
    """
    path, mark, query = target.partition("?")
    if not path.startswith("/") or _NEVER.search(target):
        return None
    if mark and query and not _QUERY.fullmatch(query):
        return None
    try:
        return unquote_to_bytes(path[1:].encode("latin-1")).decode("utf-8")
    except UnicodeError:
        return None
