"""Fetching: whom it asks, how far it follows, when it stops. No test leaves this machine."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from web_server import LOCAL, LOOPBACK, Answer, serving

from wenzhai.fetching import Fetched, Limits, Network, Web
from wenzhai.problems import Problem
from wenzhai.web_hosts import is_public

PAGE = Answer("灯塔里有一盏灯。".encode(), headers={"Content-Type": "text/plain; charset=UTF-8"})
PUBLIC, PRIVATE = "93.184.216.34", "192.168.1.1"


def code(found: Fetched | Problem) -> str:
    return found.code if isinstance(found, Problem) else "fetched"


def text(found: Fetched | Problem) -> str:
    assert isinstance(found, Fetched), found
    return found.content.decode()


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": to})


def pretending(answers: dict[str, httpx.Response], hosts: Mapping[str, Sequence[str]]) -> Network:
    """A network of names and addresses; answers are told by the address that is connected to."""

    def handle(request: httpx.Request) -> httpx.Response:
        return answers.get(f"{request.url.host}{request.url.path}", httpx.Response(404))

    return Network(lambda host, _: hosts[host], is_public, httpx.MockTransport(handle))


def test_an_answer_comes_with_its_type_and_charset() -> None:
    with serving({"/a": PAGE}) as server:
        found = Web(LOCAL).fetch(server.url("/a"))
    assert text(found) == "灯塔里有一盏灯。"
    assert isinstance(found, Fetched)
    assert (found.content_type, found.charset) == ("text/plain", "utf-8")
    host, _, headers = server.asked[-1]
    assert host == f"news.example:{server.port}"
    assert "wenzhai/" in headers["User-Agent"]


def test_redirects_are_followed_to_the_end_without_fragments() -> None:
    answers = {"/a": redirect("b?x=1#part"), "/b?x=1": redirect("/c", 308), "/c": PAGE}
    with serving(answers) as server:
        found = Web(LOCAL).fetch(server.url("/a#top"))
        assert isinstance(found, Fetched)
        assert found.url == server.url("/c")
    assert server.paths == ["/a", "/b?x=1", "/c"]


def test_redirects_come_to_an_end() -> None:
    with serving({"/a": redirect("/a")}) as server:
        found = Web(LOCAL, Limits(redirects=3)).fetch(server.url("/a"))
    assert code(found) == "E735"
    assert server.paths == ["/a"] * 4


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  # an address to refuse, not one to bind
        "224.0.0.1",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.8",
        "2002:7f00:1::",
        "64:ff9b::a9fe:a9fe",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "not an address",
    ],
)
def test_addresses_inside_a_network_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
    ],
)
def test_no_spelling_of_this_machine_is_asked(url: str) -> None:
    reached: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        reached.append(str(request.url))
        return httpx.Response(200)

    found = Web(Network(transport=httpx.MockTransport(handle))).fetch(url)
    assert code(found) in {"E732", "E737"}
    assert not reached


def test_a_redirect_into_the_own_network_is_refused() -> None:
    hosts = {"news.example": (PUBLIC,), "router.example": (PRIVATE,)}
    there = httpx.Response(302, headers={"Location": "http://router.example/admin"})
    reached = httpx.Response(200, text="password")
    network = pretending({f"{PUBLIC}/a": there, f"{PRIVATE}/admin": reached}, hosts)
    found = Web(network).fetch("http://news.example/a")
    assert code(found) == "E732"
    assert "router.example" in found.message("en")  # type: ignore[union-attr]  # it is a problem


def test_a_name_that_changes_its_mind_is_asked_where_it_was_checked() -> None:
    """DNS rebinding: the second question for the name would lead to the router."""
    asked: list[str] = []

    def resolve(_host: str, _port: int) -> tuple[str, ...]:
        asked.append("asked")
        return (PUBLIC,) if len(asked) <= 2 else (PRIVATE,)

    def handle(request: httpx.Request) -> httpx.Response:
        assert request.url.host == PUBLIC
        assert request.headers["Host"] == "news.example"
        assert request.extensions["sni_hostname"] == "news.example"
        return httpx.Response(404 if request.url.path == "/robots.txt" else 200, text="ok")

    found = Web(Network(resolve, is_public, httpx.MockTransport(handle))).fetch(
        "https://news.example/a"
    )
    assert text(found) == "ok"
    assert len(asked) == 2  # robots.txt and the page, one connection each


def test_only_the_public_ones_of_a_hosts_addresses_are_used() -> None:
    network = pretending(
        {f"{PUBLIC}/a": httpx.Response(200, text="ok")}, {"news.example": (PRIVATE, PUBLIC)}
    )
    assert text(Web(network).fetch("http://news.example/a")) == "ok"


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.host == "2606:4700::1":
            msg = "no route"
            raise httpx.ConnectError(msg)
        return httpx.Response(200, text="ok")

    hosts = Network(lambda _h, _p: ("2606:4700::1", PUBLIC), is_public, httpx.MockTransport(handle))
    assert text(Web(hosts).fetch("http://news.example/a")) == "ok"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/a",
        "file:///etc/passwd",
        "gopher://news.example/",
        "http://user:password@news.example/",
        "http://",
        "http://[::1",
        "http://news.example:99999/",
        "data://text/html,x",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert code(Web(LOCAL).fetch(url)) == "E731"


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://news.example/", "http://[", "javascript:1"]
)
def test_a_redirect_to_no_web_address_is_refused(to: str) -> None:
    with serving({"/a": redirect(to)}) as server:
        assert code(Web(LOCAL).fetch(server.url("/a"))) in {"E731", "E737"}


def test_a_stated_size_beyond_the_limit_is_not_read() -> None:
    huge = Answer(b"x", headers={"Content-Length": "99999999999"})
    with serving({"/a": huge}) as server:
        assert code(Web(LOCAL).fetch(server.url("/a"))) == "E736"


def test_an_answer_that_unpacks_beyond_the_limit_is_stopped() -> None:
    bomb = Answer(gzip.compress(b"0" * 30_000_000), headers={"Content-Encoding": "gzip"})
    with serving({"/a": bomb}) as server:
        assert code(Web(LOCAL).fetch(server.url("/a"))) == "E736"


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_sends_a_byte_now_and_then_is_stopped(start: bytes) -> None:
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start or b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not stop.wait(0.02):
            handler.wfile.write(b"x")

    with serving({"/a": Answer(drip)}) as slow:
        found = Web(LOCAL, Limits(seconds=0.5)).fetch(slow.url("/a"))
        stop.set()
    assert code(found) == "E736"


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 204])
def test_other_states_are_problems(status: int) -> None:
    with serving({"/a": Answer(status=status)}) as server:
        found = Web(LOCAL).fetch(server.url("/a"))
    assert code(found) == "E734"
    assert str(status) in found.message("en")  # type: ignore[union-attr]  # it is a problem


def test_no_answer_is_a_problem() -> None:
    with serving({}) as server:
        url = server.url("/a")
    assert code(Web(LOCAL).fetch(url)) == "E737"


def test_an_unknown_name_is_a_problem() -> None:
    def resolve(_host: str, _port: int) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    found = Web(Network(resolve)).fetch("http://nowhere.example/")
    assert code(found) == "E737"


ROBOTS = """\
User-agent: *
Disallow: /

User-agent: wenzhai
Disallow: /private/*/x$
Allow: /
"""


def test_robots_are_read_once_and_kept() -> None:
    answers = {
        "/robots.txt": Answer(ROBOTS.encode()),
        "/a": PAGE,
        "/private/1/x": PAGE,
        "/private/1/x.html": PAGE,
    }
    with serving(answers) as server:
        web = Web(LOCAL)
        assert code(web.fetch(server.url("/a"))) == "fetched"
        assert code(web.fetch(server.url("/private/1/x"))) == "E733"
        assert code(web.fetch(server.url("/private/1/x.html"))) == "fetched"
    assert [path for _, path, _ in server.asked].count("/robots.txt") == 1
    assert server.paths == ["/a", "/private/1/x.html"]


def test_robots_of_the_host_redirected_to_are_kept_too() -> None:
    with (
        serving({"/robots.txt": Answer(b"User-agent: *\nDisallow: /"), "/b": PAGE}) as other,
        serving({"/a": redirect(other.url("/b", "other.example"))}) as server,
    ):
        assert code(Web(LOCAL).fetch(server.url("/a"))) == "E733"
    assert other.paths == []


@pytest.mark.parametrize(
    ("robots", "outcome"),
    [
        (Answer(status=404), "fetched"),
        (Answer(status=403), "fetched"),
        (Answer(status=503), "E734"),
        (redirect("/robots.txt"), "fetched"),
        (Answer(b"\xff\xfe\x00 not a text"), "fetched"),
    ],
)
def test_robots_that_cannot_be_had(robots: Answer, outcome: str) -> None:
    with serving({"/robots.txt": robots, "/a": PAGE}) as server:
        assert code(Web(LOCAL).fetch(server.url("/a"))) == outcome


def test_a_missing_package_is_a_problem_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "protego", None)
    found = Web(LOCAL).fetch("http://news.example/")
    assert code(found) == "E730"
    assert "wenzhai[web]" in found.hint("en")  # type: ignore[union-attr]  # it is a problem


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for news.example that httpx trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.example"
    names = ["-addext", "subjectAltName=DNS:news.example", "-keyout", key, "-out", certificate]
    subprocess.run([*command.split(), *map(str, names)], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


@pytest.mark.parametrize(
    ("host", "outcome"), [("news.example", "fetched"), ("other.example", "E737")]
)
def test_the_certificate_is_held_against_the_name_not_the_address(
    certified: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, host: str, outcome: str
) -> None:
    def wrap(httpd: ThreadingHTTPServer) -> None:
        httpd.socket = certified.wrap_socket(httpd.socket, server_side=True)

    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with serving({"/a": PAGE}, wrap) as server:
        found = Web(LOCAL).fetch(f"https://{host}:{server.port}/a")
    assert code(found) == outcome


def test_the_network_is_this_machines_unless_told_otherwise() -> None:
    assert code(Web().fetch(f"http://{LOOPBACK}/")) == "E732"
