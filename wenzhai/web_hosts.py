"""Which hosts on the web may be asked: public ones only, by the address that is then connected to.

An import must not be a way into the network it runs in: an address book of a router, a cloud's
metadata service, a database without a password. So names are resolved here, each address is
checked, and the one that was checked is the one that is used.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

_NAT64 = IPv6Network("64:ff9b::/96")
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Site:
    """Scheme, host and port of an address (its origin, RFC 6454); the host is lower case."""

    scheme: str
    host: str
    port: int

    @property
    def url(self) -> str:
        """The address of its root, without a final slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def read_site(url: str) -> Site | None:
    """Return whom an address names; None where it is no http(s) address or holds a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return Site(parts.scheme, parts.hostname, port or PORTS[parts.scheme])


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the numeric addresses of a host, in the system's order.

    Raises:
        OSError: if the name is not known.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(row[4][0]) for row in found))


def is_public(address: str) -> bool:
    """Tell whether a numeric address is one of the public internet.

    Refused are those that the IANA registries call not globally reachable (private, loopback,
    link-local, shared, documentation, reserved), multicast, and IPv6 addresses that carry such
    an IPv4 address inside (mapped, 6to4, Teredo, NAT64).
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _carried(found) if isinstance(found, IPv6Address) else ()
    return all(map(_is_global, inner or (found,)))


def _carried(address: IPv6Address) -> tuple[IPv4Address, ...]:
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    return (IPv4Address(int(address) & 0xFFFF_FFFF),) if address in _NAT64 else ()


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    local = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not (address.is_multicast or address.is_reserved or local)
