"""The preview serves what a build writes, to this machine's browsers alone, and leaves cleanly."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import ROOT, command, environment
from previewing import Preview, connect, free_port, previewing, tab
from sites import SETTINGS, SMALL, article, build, make_site, tree, write
from tornado.httpclient import HTTPClientError

from wenzhai.addresses import address_of
from wenzhai.model import OutPath

BROKEN = "---\ntitle: [\n---\n\n正文。\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files: dict[str, str | bytes] = {
        **SMALL,
        "static/plain.html": "<p>no body tag",
        "static/data.bin": b"\x00\xff",
        "static/film.webm": b"0123456789",
        "content/articles/带 空格.md": article("带空格", "正文。", date="2024-03-03"),
    }
    return make_site(tmp_path_factory.mktemp("preview"), files)


@pytest.fixture(scope="module")
def preview(site: Path) -> Iterator[Preview]:
    with previewing(site) as running:
        yield running


def test_every_address_is_what_a_build_writes(preview: Preview, site: Path, tmp_path: Path) -> None:
    assert build(site, output=tmp_path / "public").ok
    outputs = {path: data for path, data in tree(tmp_path / "public").items() if path[0] != "."}
    assert len(outputs) > 50
    for path, data in outputs.items():
        answer = preview.get(f"/site/{address_of(OutPath(path))}")
        assert (path, answer.status) == (path, 200)
        assert answer.pure == data, path
    assert not (site / "public").exists()


def test_page_names_itself_in_its_script(preview: Preview) -> None:
    answer = preview.get("/site/tags/")
    assert answer.data("page") == "tags/index.html"
    assert preview.get(f"/_preview/version/{answer.data('version')}").body == answer.pure
    assert preview.get(f"/_preview/version/{'0' * 32}").status == 404


def test_site_lies_below_the_path_of_its_base_url(preview: Preview) -> None:
    assert preview.get("/").headers["location"] == "/site/"
    assert preview.get("/site").headers["location"] == "/site/"
    assert preview.get("/site/tags").headers["location"] == "/site/tags/"
    assert preview.get("/tags/").status == 404
    assert preview.get("/site/tags/?q=%E4%B8%AD").status == 200


def test_unknown_address_shows_the_page_for_that(preview: Preview, site: Path) -> None:
    answer = preview.get("/site/articles/nothing/")
    assert answer.status == 404
    assert answer.data("page") == "articles/nothing/index.html"
    assert "404.html" not in tree(site)
    assert answer.pure == preview.get("/site/404.html").pure


HOSTILE = [
    *("/site/%00", "/site/a%00.html", "/site/%2e%2e/site.toml", "/site/%2E%2e%2fsite.toml"),
    *("/site/../site.toml", "/site/..\\site.toml", "/site/..%5csite.toml", "/site//tags/"),
    *("//site/", "//evil.example/", "/site/tags/?raw", "/site/tags/?raw??", "/site/tags/?import"),
    *(
        "/site/tags/#a",
        "/site/#/../../site.toml",
        "/site/site.toml",
        "/site/content/articles/one.md",
    ),
    *("/site/.wenzhai/index.sqlite", "/site/%ff", "/site/%", "/site/%zz", "/site/\xff", "site/"),
    *("http://evil.example/", "/_preview/../site.toml", "/_preview/client/..%2fserver.py"),
    *("/_preview/client/../server.py", "/_preview/client/server.py", "/_preview/version/..", "*"),
    *("/site/tags/index.html/", "/site/TAGS/", "/site/tags/.", "/site/%0d%0aSet-Cookie:a=b"),
]


@pytest.mark.parametrize("target", HOSTILE)
def test_hostile_target_is_not_found(preview: Preview, target: str) -> None:
    answer = preview.get(target, Host="127.0.0.1")
    assert answer.status == 404
    assert "set-cookie" not in answer.headers


def test_raw_control_characters_are_refused(preview: Preview) -> None:
    for target in (b"/site/\x00", b"/site/\x01tags/", b"/si\tte/"):
        with socket.create_connection(("127.0.0.1", preview.port), 10) as wire:
            wire.sendall(
                b"GET %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % target
            )
            assert wire.recv(12) in (b"HTTP/1.1 404", b"HTTP/1.1 400")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_pages_can_only_be_read(preview: Preview, method: str) -> None:
    assert preview.get("/site/", method).status == 405


def test_head_is_get_without_a_body(preview: Preview) -> None:
    asked, told = preview.get("/site/"), preview.get("/site/", "HEAD")
    assert (told.status, told.body) == (200, b"")
    assert told.headers["content-length"] == asked.headers["content-length"]


FILM = "/site/film.webm"


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("", 200, b"0123456789", None),
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=0-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
    ],
)
def test_parts_of_a_film_are_sent_as_players_ask_for_them(
    preview: Preview, asked: str, status: int, body: bytes, told: str | None
) -> None:
    answer = preview.get(FILM, **({"Range": asked} if asked else {}))
    assert (answer.status, answer.body) == (status, body)
    assert answer.headers.get("content-range") == told
    assert answer.headers["accept-ranges"] == "bytes"


def test_parts_of_different_versions_are_not_put_together(preview: Preview) -> None:
    first = preview.get(FILM, Range="bytes=0-1")
    for tag, status in ((first.headers["etag"], 206), ('"another"', 200)):
        assert preview.get(FILM, Range="bytes=2-3", If_Range=tag).status == status
    assert preview.get(FILM, "HEAD", Range="bytes=2-3").status == 200


def test_every_answer_forbids_storing_sniffing_and_use_elsewhere(preview: Preview) -> None:
    for target in ("/site/", "/site/feed.xml", "/nothing", "/_preview/version/x", "/"):
        headers = preview.get(target).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["content-security-policy"] == "frame-ancestors 'self'"
        assert not {"server", "etag", "access-control-allow-origin"} & headers.keys()


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "a.localhost:1", "127.0.0.1:80", "[::1]", "[::1]:8000"]
)
def test_names_of_this_machine_are_answered(preview: Preview, host: str) -> None:
    assert preview.get("/site/", Host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""),
        *("evil.example:8000", "[::2]", "10.0.0.1", "notlocalhost"),
    ],
)
def test_other_names_are_refused(preview: Preview, host: str) -> None:
    for target in ("/site/", "/_preview/client.js", "/_preview/socket"):
        answer = preview.get(target, Host=host)
        assert answer.status == 403
        assert b"<" not in answer.body


def status_of(port: int, token: str, **headers: str) -> int:
    """Return the status of a refused socket, or 101."""

    async def attempt() -> int:
        try:
            socket = await connect(port, token, **headers)
        except HTTPClientError as error:
            return error.code
        socket.close()
        return 101

    return asyncio.run(attempt())


def test_socket_wants_its_own_origin_and_the_token(preview: Preview) -> None:
    token, port = preview.get("/site/").data("token"), preview.port
    assert status_of(port, token) == 101
    assert status_of(port, "x") == 403
    assert status_of(port, "") == 403
    assert status_of(port, token, Origin="") == 403
    assert status_of(port, token, Origin="null") == 403
    assert status_of(port, token, Origin="http://evil.example") == 403
    assert status_of(port, token, Origin=f"http://127.0.0.1:{port + 1}") == 403
    assert status_of(port, token, Host="evil.example", Origin="http://evil.example") == 403


def test_socket_passes_over_what_is_not_the_protocol(preview: Preview) -> None:
    with tab(preview) as opened:
        assert opened.hear("problems")["problems"] == []
        for text in (
            "",
            "[]",
            "{",
            '{"type":"open"}',
            '{"type":"open","page":1,"version":[]}',
            "1",
        ):
            opened.loop.run_sync(lambda text=text: opened.socket.write_message(text))
        opened.open("index.html", opened.version)
        assert opened.hear("problems")["problems"] == []


def test_no_answer_tells_of_folders_users_or_the_environment(
    tmp_path: Path,
) -> None:
    files = {**SMALL, "content/articles/bad.md": BROKEN, "templates/tag.html": "{{ nothing"}
    site = make_site(tmp_path / "secret-folder", files)
    with previewing(site, HIDDEN="secret-value") as running, tab(running) as opened:
        told = str(opened.hear("problems"))
        bodies = [running.get(t).body.decode() for t in ("/site/", "/x", "/site/tags/", "/site/x")]
        for secret in ("secret", str(tmp_path), str(Path.home()), str(ROOT)):
            assert secret not in told
            assert not any(secret in body for body in bodies)


def test_next_free_port_is_taken_and_said(site: Path) -> None:
    port = free_port()
    with (
        socket.create_server(("127.0.0.1", port)),
        previewing(site, "--port", str(port)) as running,
    ):
        assert port < running.port <= port + 20
        assert f"port {port} is busy" in running.text


def test_strict_port_ends_where_it_is_busy(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = command(site, "serve", "--port", str(port), "--strict-port")
    assert done.returncode == 1
    assert f"port {port} is busy" in done.stderr
    assert "Traceback" not in done.stderr


def test_only_this_machine_is_listened_to(preview: Preview) -> None:
    if socket.has_ipv6:
        with socket.create_connection(("::1", preview.port), 10):
            pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", preview.port), 10)


def test_other_hosts_are_a_wish_that_is_warned_of(site: Path) -> None:
    with previewing(site, "--host", "127.0.0.1", "--allow-host", "my.example") as running:
        assert "--host 127.0.0.1" in running.text
        assert running.get("/site/", Host="my.example:80").status == 200
        assert running.get("/site/", Host="other.example").status == 403


def test_folder_that_is_no_site_is_refused(tmp_path: Path) -> None:
    done = command(tmp_path, "serve", "--port", "0")
    assert (done.returncode, "E005" in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_ends_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    with previewing(site) as running, tab(running) as opened:
        opened.hear("problems")
        start = time.monotonic()
        assert running.interrupt() == 130
        assert time.monotonic() - start < 5  # half a second where nothing else runs
        opened.hear("bye")
    running.heard.acquire()
    assert "Traceback" not in running.text
    assert not list(site.glob("**/*.tmp"))
    left = subprocess.run(["pgrep", "-g", str(running.process.pid)], check=False)
    assert left.returncode == 1


def test_broken_first_build_is_told_and_mended(tmp_path: Path) -> None:
    site = make_site(tmp_path, settings="title = ")
    with previewing(site) as running:
        assert "E001" in running.text
        answer = running.get("/")
        assert (answer.status, answer.data("page")) == (503, "index.html")
        with tab(running, base="/") as opened:
            assert opened.hear("problems")["problems"][0]["code"] == "E001"
            write(site / "site.toml", SETTINGS.replace("/site/", "/"))
            assert "灯下文摘" in opened.hear("page")["html"]
            assert opened.hear("problems")["problems"] == []
        running.until_said("All problems are mended")


def test_build_beside_a_preview_works(preview: Preview, site: Path, tmp_path: Path) -> None:
    for _ in range(3):
        done = command(site, "--clean", "--output", str(tmp_path / "public"))
        assert done.returncode == 0, done.stderr
        assert preview.get("/site/").status == 200
    assert preview.get("/site/tags/").pure == (tmp_path / "public/tags/index.html").read_bytes()


def test_lost_cache_is_made_anew(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    with previewing(site) as running:
        before = running.get("/site/").pure
        (site / ".wenzhai").rename(tmp_path / "aside")
        assert running.get("/site/").pure == before
        assert running.get("/site/archive/").status == 200


def test_what_the_system_refuses_is_told_until_it_works_again(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    (site / ".wenzhai").touch()  # stands where the cache belongs
    with previewing(site) as running, tab(running, base="/") as opened:
        assert [row["code"] for row in opened.hear("problems")["problems"]] == ["E511"]
        (site / ".wenzhai").unlink()
        assert opened.hear("problems")["problems"] == []


def test_builds_load_nothing_of_the_preview(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    code = (
        "import sys; from wenzhai.cli import run; run(['build', '-q']);"
        "assert not {n for n in sys.modules if n.startswith(('tornado', 'wenzhai.preview'))}"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=site, env=environment(), check=False)
    assert done.returncode == 0
