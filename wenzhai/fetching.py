"""Fetching from the web for an import: polite, bounded, and never into the own network.

Owns requests, redirects and limits. Each address is resolved and checked before each request,
and the connection goes to the address that was checked: a name that changes its mind in between
(DNS rebinding) leads nowhere. Robots exclusion (RFC 9309) is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from wenzhai import __version__
from wenzhai.importers.extras import missing_extra
from wenzhai.problems import Problem, Span, problem
from wenzhai.web_hosts import Site, is_public, read_site, resolve
from wenzhai.web_request import REDIRECTS, Answer, TooLargeError, request

if TYPE_CHECKING:
    import httpx
    from protego import Protego

AGENT = "wenzhai"
USER_AGENT = f"Mozilla/5.0 (compatible; {AGENT}/{__version__})"
ROBOTS_SIZE = 512_000
"""Bytes of a robots.txt that are read (RFC 9309, 2.5, asks for 500 KiB at least)."""
TRIES = 3
"""Addresses of one host that are tried until one answers."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: bytes once unpacked, seconds with all redirects, redirects."""

    size: int = 10_000_000
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Network:
    """How names become addresses, which of those may be used, and what carries requests."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    permits: Callable[[str], bool] = is_public
    transport: httpx.BaseTransport | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address that gave it, its media type and charset (or empty), its bytes."""

    url: str
    content_type: str
    charset: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Errand:
    """One fetch: what was asked for, headers to send, the moment by which it has to be done."""

    shown: str
    headers: Mapping[str, str]
    size: int
    until: float

    def fault(self, code: str, /, **arguments: object) -> Problem:
        return problem(code, Span(self.shown), **arguments)


@dataclass(slots=True)
class Web:
    """The web as one import sees it; remembers the robots.txt of the hosts it asked."""

    network: Network = Network()
    limits: Limits = Limits()
    _rules: dict[str, Protego | None] = field(default_factory=dict)

    def fetch(
        self, url: str, *, size: int = 0, headers: Mapping[str, str] | None = None
    ) -> Fetched | Problem:
        """Fetch an address, following redirects; ``size`` replaces the limit of bytes.

        Problem codes: E730 package missing, E731 no web address, E732 not public, E733 forbidden
        by robots.txt, E734 status, E735 too many redirects, E736 too much or too slow, E737 no
        answer.
        """
        if missing := missing_extra("web", "httpx", "protego", path=url):
            return missing
        until = time.monotonic() + self.limits.seconds
        errand = _Errand(url, headers or {}, size or self.limits.size, until)
        return self._follow(errand, url, obey=True)

    def _follow(self, errand: _Errand, url: str, *, obey: bool) -> Fetched | Problem:
        for _ in range(self.limits.redirects + 1):
            site = read_site(url)
            if site is None:
                return errand.fault("E731", address=url)
            url = urldefrag(url)[0]
            if obey and (refusal := self._refused(errand, site, url)):
                return refusal
            answer = self._ask(errand, site, url)
            if isinstance(answer, Problem):
                return answer
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                return _fetched(errand, url, answer)
            url = _next(url, answer.headers["location"])
        return errand.fault("E735", limit=self.limits.redirects)

    def _refused(self, errand: _Errand, site: Site, url: str) -> Problem | None:
        """Return a problem where robots.txt forbids an address or cannot be had (RFC 9309, 2.3)."""
        if site.url not in self._rules:
            robots = _Errand(errand.shown, {}, ROBOTS_SIZE, errand.until)
            found = self._follow(robots, f"{site.url}/robots.txt", obey=False)
            if isinstance(found, Problem) and not _allows_all(found):
                return found
            self._rules[site.url] = _rules(found)
        rules = self._rules[site.url]
        if rules is None or rules.can_fetch(url, AGENT):
            return None
        return errand.fault("E733", host=site.host)

    def _ask(self, errand: _Errand, site: Site, url: str) -> Answer | Problem:
        """Send one request, to the first of the host's checked addresses that answers."""
        import httpx  # noqa: PLC0415  # an extra

        addresses = self._addresses(errand, site)
        if isinstance(addresses, Problem):
            return addresses
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", **errand.headers}
        reason = ""
        for address in addresses[:TRIES]:
            try:
                transport = self.network.transport
                return request(url, address, headers, errand.size, errand.until, transport)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                reason = str(error)
            except TooLargeError:
                return errand.fault("E736", limit=f"{errand.size // 1000} KB")
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
                reason = str(error)
                break
        if time.monotonic() >= errand.until:
            return errand.fault("E736", limit=f"{self.limits.seconds:g} s")
        return errand.fault("E737", reason=reason or "no answer")

    def _addresses(self, errand: _Errand, site: Site) -> list[str] | Problem:
        try:
            found = self.network.resolve(site.host, site.port)
        except (OSError, UnicodeError) as error:
            return errand.fault("E737", reason=getattr(error, "strerror", None) or error)
        allowed = [address for address in found if self.network.permits(address)]
        if not allowed:
            return errand.fault("E732", host=site.host, address=", ".join(found) or "—")
        return allowed


def _next(url: str, location: str) -> str:
    """Resolve a redirect; one that cannot be parsed is kept for the message that refuses it."""
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _fetched(errand: _Errand, url: str, answer: Answer) -> Fetched | Problem:
    if answer.status != 200:  # noqa: PLR2004  # OK (RFC 9110, 15.3.1)
        return errand.fault("E734", address=url, status=answer.status)
    from httpx import Headers, Response  # noqa: PLC0415  # an extra

    kind = answer.headers.get("content-type", "")
    charset = Response(200, headers=Headers({"content-type": kind})).charset_encoding or ""
    return Fetched(url, kind.partition(";")[0].strip().lower(), charset, answer.content)


def _allows_all(found: Problem) -> bool:
    """Tell whether a robots.txt is unavailable (4xx), which forbids nothing (RFC 9309, 2.3.1.3)."""
    status = dict(found.arguments).get("status", "")
    return found.code == "E735" or (found.code == "E734" and status.startswith("4"))


def _rules(found: Fetched | Problem) -> Protego | None:
    from protego import Protego  # noqa: PLC0415  # an extra

    if isinstance(found, Problem):
        return None
    return Protego.parse(found.content.decode("utf-8", "replace").removeprefix("\ufeff"))
