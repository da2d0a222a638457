"""Sources that no importer should trust: each is a problem with a hint, and the others go on."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from sites import enter_site, tree, write, zipped

from wenzhai.cli import run

GOOD = "灯塔的灯\n2024-03-04\n灯塔里有一盏灯，每天晚上亮一次，风大的时候也亮。\n"
BINARY = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40
DIVS = "<div>" * 100_000 + "灯塔里有一盏灯，每天晚上亮一次，风大的时候也亮。"
GROWING = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "0123456789">{GROWING}]>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hosts">]>'


def feed(text: str, head: str = "") -> str:
    item = f"<item><guid>1</guid><title>灯</title><description>{text}</description></item>"
    return f"{head}<rss><channel>{item}</channel></rss>"


EMPTY = {
    "txt": "E714",
    "md": "E714",
    "html": "E714",
    "mhtml": "E720",
    "json": "W745",
    "xml": "W745",
    "eml": "E747",
    "docx": "E748",
    "pdf": "E748",
    "zip": "E740",
}
NO_TEXT = EMPTY | {"txt": "E701", "md": "E701", "html": "E701"}
REFUSED: dict[str, tuple[str | bytes, str]] = {
    **{f"empty-{kind}.{kind}": (b"", code) for kind, code in EMPTY.items()},
    **{f"binary-{kind}.{kind}": (BINARY, code) for kind, code in NO_TEXT.items()},
    "nul.txt": ("控制\x00字符\n" + GOOD, "E701"),
    "surrogate.txt": (GOOD.encode() + b"\xed\xa0\x80", "E701"),
    "deep.json": ("[" * 100_000, "W745"),
    "numbers.txt": ("\n".join(map(str, range(500))), "E714"),
    "no-page.html": ("<title>404 Not Found</title><h1>页面不存在</h1>", "E714"),
    "bomb.docx": (
        zipped(("[Content_Types].xml", ""), ("word/document.xml", b" " * 40_000_000)),
        "E748",
    ),
    "line\nend.txt": (GOOD, "E774"),
}
TAKEN: dict[str, str | bytes] = {
    "divs-html.html": DIVS,
    "divs-feed.xml": feed(DIVS.replace("<", "&lt;")),
    "divs-mail.eml": f"Subject: 灯\nContent-Type: text/html; charset=utf-8\n\n{DIVS}",
    "grown-html.html": f"{BOMB}<p>灯塔里有一盏灯&a11;，每天晚上亮一次。</p>",
    "grown-feed.xml": feed("灯塔里有一盏灯&a11;", BOMB),
    "outside-html.html": f"{OUTSIDE}<p>灯塔里有一盏灯&x;，每天晚上亮一次。</p>",
    "outside-feed.xml": feed("灯塔里有一盏灯&x;", OUTSIDE),
    "script.html": '<body onload="x()"><p>灯塔里有一盏灯，<a href="javascript:alert(1)">点</a>，'
    "每天晚上亮一次。<img src=x onerror=alert(1)><script>alert(1)</script>"
    '<iframe src="javascript:alert(1)"></iframe></p>',
    "script-feed.xml": feed(
        "&lt;p onclick=x&gt;灯&lt;a href='javascript:alert(1)'&gt;塔&lt;/a&gt;"
    ),
    "controls.txt": "控制\x08字\x1b[31m符\x7f\n2024-03-04\n灯塔\x0b里有一盏灯，每天晚上亮。\n",
    "halves.json": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1",
            "items": [{"id": "\ud800", "title": "灯\ud800", "content_text": "灯塔\udfff里有灯。"}],
        }
    ),
    "declared.html": "<meta charset=shift_jis><p>灯塔里有一盏灯，每天晚上亮一次。</p>".encode(
        "gbk"
    ),
    'a"b<c>&.txt' if os.name == "posix" else "ab.txt": GOOD,
    "-dash.txt": GOOD,
}
needs_posix = pytest.mark.skipif(os.name != "posix", reason="names and pipes of POSIX systems")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return enter_site(tmp_path / "site", monkeypatch)


def told(arguments: list[str], capsys: pytest.CaptureFixture[str], code: int) -> dict[str, Any]:
    capsys.readouterr()
    assert run([*arguments, "--json"]) == code
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    found: dict[str, Any] = json.loads(out)
    assert all(item["path"] and item["message"] for item in found["problems"])
    return found


def codes(found: dict[str, Any]) -> dict[str, str]:
    return {item["path"].rpartition("/")[2]: item["code"] for item in found["problems"]}


def fill(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        write(folder / name, content)


@needs_posix
def test_what_cannot_be_an_article_is_told_and_the_rest_imported(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path / "in", {name: content for name, (content, _) in REFUSED.items()})
    write(tmp_path / "in/good.txt", GOOD)
    found = told(["import", str(tmp_path / "in")], capsys, 1)
    wanted = {name.replace("\n", "\\n"): code for name, (_, code) in REFUSED.items()}
    assert codes(found) == wanted
    assert [one["article"] for one in found["imported"]] == ["content/articles/good.md"]
    assert sorted(tree(site / "content/sources")) == ["good.txt"]


@needs_posix
def test_what_cannot_be_an_article_stops_no_build_of_the_others(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(site / "content/sources", {name: content for name, (content, _) in REFUSED.items()})
    write(site / "content/sources/good.txt", GOOD)
    before = tree(site / "content/sources")
    found = told(["build"], capsys, 1)
    wanted = {name.replace("\n", "\\n"): code for name, (_, code) in REFUSED.items()}
    kept = {"empty-zip.zip": "W702", "binary-zip.zip": "W702"}
    assert codes(found) == wanted | kept
    assert found["imported"] == 1
    assert tree(site / "content/sources") == before
    assert told(["build", "--keep-going"], capsys, 1)["articles"] == 1


def test_hostile_sources_become_harmless_articles(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path / "in", TAKEN)
    found = told(["import", str(tmp_path / "in")], capsys, 0)
    assert len(found["imported"]) == len(TAKEN)
    made = tree(site / "content/articles")
    articles = b"\n".join(text for path, text in made.items() if path.endswith(".md"))
    for harm in (b"javascript:", b"onerror", b"<script", b"localhost", b"\x1b", b"\x08", b"\x7f"):
        assert harm not in articles
    assert max(map(len, made.values())) < 100_000
    assert articles.decode().count("灯") >= len(TAKEN)
    assert told(["build"], capsys, 0)["articles"] >= len(TAKEN) - 3  # the doubtful wait


@pytest.mark.parametrize("kind", ["txt", "html", "eml", "docx", "pdf", "xml"])
def test_a_file_of_a_hundred_megabytes_is_not_even_read(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    for folder in (tmp_path / "in", site / "content/sources"):
        folder.mkdir(parents=True)
        with (folder / f"huge.{kind}").open("wb") as file:
            file.truncate(100_000_000)
    assert codes(told(["import", str(tmp_path / "in")], capsys, 1)) == {f"huge.{kind}": "E707"}
    assert codes(told(["build"], capsys, 1)) == {f"huge.{kind}": "E707"}


@needs_posix
def test_pipes_links_and_locked_files_are_told(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "secret.txt", GOOD)
    for folder, codes_of in (
        (tmp_path / "in", {"fifo": "E708", "loop": "E708", "gone": "E708", "out": "E773"}),
        (site / "content/sources", {"fifo": "E504", "loop": "E503", "gone": "E509", "out": "E502"}),
    ):
        write(folder / "good.txt", GOOD)
        os.mkfifo(folder / "fifo.txt")
        (folder / "loop.txt").symlink_to("loop.txt")
        (folder / "gone.txt").symlink_to("nowhere")
        (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
        (folder / "round").symlink_to(".")
        wanted = {f"{name}.txt": code for name, code in codes_of.items()}
        if folder == tmp_path / "in":
            found = told(["import", str(folder)], capsys, 1)
            (site / "content/sources/good.txt").unlink()
        else:
            found, wanted = told(["build"], capsys, 1), wanted | {"round": "E503"}
        assert codes(found) == wanted
    assert "good.md" in tree(site / "content/articles")


@needs_posix
@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems refuse such names")
@pytest.mark.usefixtures("site")
def test_a_name_that_is_no_utf8_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / os.fsdecode(b"\xb5\xc6.txt")).write_text(GOOD, "utf-8")
    assert codes(told(["import", str(tmp_path / "in")], capsys, 1)) == {"\\xb5\\xc6.txt": "E506"}


@needs_posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads everything")
@pytest.mark.usefixtures("site")
def test_a_locked_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "in/locked.txt", GOOD)
    write(tmp_path / "in/closed/a.txt", GOOD)
    (tmp_path / "in/locked.txt").chmod(0)
    (tmp_path / "in/closed").chmod(0)
    found = told(["import", str(tmp_path / "in")], capsys, 1)
    (tmp_path / "in/closed").chmod(0o700)  # so that it can be tidied away
    assert codes(found) == {"locked.txt": "E708", "closed": "E708"}
