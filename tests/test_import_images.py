"""``import --images``: local copies beside the article; no test leaves this machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from sites import enter_site, tree, write
from web_server import LOCAL, Answer, Server, serving

from wenzhai import importing
from wenzhai.cli import run
from wenzhai.fetching import Network, Web
from wenzhai.image_fetching import fetch_image

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
SOURCE, ARTICLE = "content/sources/a.md", "content/articles/a.md"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(importing, "Web", lambda: Web(LOCAL))
    return enter_site(tmp_path / "site", monkeypatch)


@pytest.fixture
def answers() -> dict[str, Answer]:
    return {"/a.png": Answer(PNG, headers={"Content-Type": "text/html"})}


@pytest.fixture
def server(answers: dict[str, Answer]) -> Iterator[Server]:
    with serving(answers) as running:
        yield running


def json_of(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def source(server: Server, *paths: str, more: str = "") -> str:
    shown = "".join(f"![图]({server.url(path)})\n\n" for path in paths)
    return f"---\ntitle: 灯\n---\n\n正文。\n\n{shown}{more}"


def images(site: Path) -> list[bytes]:
    return list(tree(site / "content/articles/images").values())


def only_from(*referers: str) -> Answer:
    """An image that is shown to those who come from somewhere."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        allowed = handler.headers["Referer"] in referers
        handler.send_response(200 if allowed else 403)
        handler.end_headers()
        handler.wfile.write(PNG if allowed else b"no")

    return Answer(answer)


def test_images_lie_beside_the_article_and_in_its_record(site: Path, server: Server) -> None:
    write(site / SOURCE, source(server, "/a.png", "/a.png"))
    assert run(["import", SOURCE, "--images"]) == 0
    ((name, content),) = tree(site / "content/articles/images").items()
    assert content == PNG
    text = (site / ARTICLE).read_text("utf-8")
    assert text.count(f"![图](images/{name})") == 2
    record = json.loads((site / "content/articles/a.import.json").read_text("utf-8"))
    (image,) = record["images"]
    assert (image["url"], image["path"]) == (server.url("/a.png"), f"images/{name}")
    assert (image["size"], len(image["sha256"])) == (len(PNG), 64)


def test_the_site_builds_with_its_copies(site: Path, server: Server) -> None:
    write(site / SOURCE, source(server, "/a.png"))
    run(["import", SOURCE, "--images"])
    assert run(["build", "--jobs", "1"]) == 0
    assert [path for path in tree(site / "public/assets") if path.endswith(".png")]


def test_a_second_run_fetches_and_writes_nothing(site: Path, server: Server) -> None:
    write(site / SOURCE, source(server, "/a.png"))
    run(["import", SOURCE, "--images"])
    before, asked = tree(site / "content"), len(server.asked)
    assert run(["import", SOURCE, "--images"]) == 0
    assert (tree(site / "content"), len(server.asked)) == (before, asked)


def test_a_changed_source_is_converted_again_with_its_copies(site: Path, server: Server) -> None:
    write(site / SOURCE, source(server, "/a.png"))
    run(["import", SOURCE, "--images"])
    write(site / SOURCE, source(server, "/a.png", more="新的一段。\n"))
    assert run(["import", SOURCE]) == 0
    text = (site / ARTICLE).read_text("utf-8")
    assert "新的一段。" in text
    assert "![图](images/" in text


def test_edits_of_a_person_stay(site: Path, server: Server) -> None:
    write(site / SOURCE, source(server, "/a.png"))
    run(["import", SOURCE])
    edited = (site / ARTICLE).read_text("utf-8").replace("正文。", "编辑写的。")
    write(site / ARTICLE, edited)
    assert run(["import", SOURCE, "--images"]) == 0
    assert "编辑写的。\n\n![图](images/" in (site / ARTICLE).read_text("utf-8")


def test_an_image_that_cannot_be_had_is_reported_and_stays_a_link(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site / SOURCE, source(server, "/gone.png", "/a.png"))
    assert run(["import", SOURCE, "--images", "--json"]) == 1
    (found,) = json_of(capsys)["problems"]
    assert (found["code"], found["path"], found["line"]) == ("W770", ARTICLE, 8)
    assert "404" in found["message"]
    text = (site / ARTICLE).read_text("utf-8")
    assert f"![图]({server.url('/gone.png')})" in text
    assert "![图](images/" in text


def test_without_the_flag_nothing_is_fetched(site: Path, server: Server) -> None:
    write(site / SOURCE, source(server, "/a.png"))
    assert run(["import", SOURCE]) == 0
    assert server.asked == []


@pytest.mark.usefixtures("site")
def test_images_also_lie_beside_articles_of_another_folder(server: Server, tmp_path: Path) -> None:
    write(tmp_path / "b.md", source(server, "/a.png"))
    assert run(["import", str(tmp_path / "b.md"), "--to", str(tmp_path / "out"), "--images"]) == 0
    assert "![图](images/" in (tmp_path / "out/b.md").read_text("utf-8")
    assert list(tree(tmp_path / "out/images").values()) == [PNG]


@pytest.mark.usefixtures("site")
def test_a_missing_package_is_told_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    assert run(["import", "a.md", "--images", "--json"]) == 2
    assert [item["code"] for item in json_of(capsys)["problems"]] == ["E730"]


def test_hosts_are_asked_from_nowhere_from_themselves_and_from_the_article(
    server: Server, answers: dict[str, Answer]
) -> None:
    article = "https://news.example/lamp"
    answers["/own.png"] = only_from(server.url("/"))
    answers["/article.png"] = only_from(article)
    answers["/none.png"] = only_from()
    web = Web(LOCAL)
    assert fetch_image(server.url("/own.png"), article, web) == PNG
    assert fetch_image(server.url("/article.png"), article, web) == PNG
    assert fetch_image(server.url("/none.png"), article, web) == "status 403"
    tried = [headers.get("Referer") for _, path, headers in server.asked if path == "/none.png"]
    assert tried == [None, server.url("/"), article]


HUGE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html>do not link</html>", "no image"),
        (b"", "no image"),
        (HUGE, "pixels"),
        (b"<svg><script>x()</script></svg>", "SVG"),
        (b'<svg onload="x()"></svg>', "SVG"),
        (b'<svg><a href="javascript:x()"/></svg>', "SVG"),
        (b'<svg><image href="https://a.example/t.png"/></svg>', "SVG"),
        (b"<svg><style>@import 'x'</style></svg>", "SVG"),
        (b"<svg><foreignObject/></svg>", "SVG"),
        (b"<svg><style>a { fill: url(https://a.example/) }</style></svg>", "SVG"),
    ],
)
def test_what_must_not_be_shown_is_not_kept(
    server: Server, answers: dict[str, Answer], body: bytes, reason: str
) -> None:
    answers["/x.png"] = Answer(body, headers={"Content-Type": "image/png"})
    found = fetch_image(server.url("/x.png"), "", Web(LOCAL))
    assert isinstance(found, str)
    assert reason in found


def test_a_drawing_that_only_draws_is_kept(server: Server, answers: dict[str, Answer]) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/><path d="M0 0"/></svg>'
    answers["/x.svg"] = Answer(drawing)
    assert fetch_image(server.url("/x.svg"), "", Web(LOCAL)) == drawing


def test_images_in_the_own_network_are_not_fetched(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importing, "Web", lambda: Web(Network()))
    write(site / SOURCE, "---\ntitle: 灯\n---\n\n正文。![](http://127.0.0.1:9/a.png)\n")
    assert run(["import", SOURCE, "--images", "--json"]) == 1
    (found,) = json_of(capsys)["problems"]
    assert found["code"] == "W770"
    assert "public" in found["message"]
