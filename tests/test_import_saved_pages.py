"""Pages that browsers saved, through the command ``import``: their images come along."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sites import enter_site, tree, write, zipped

from wenzhai.cli import run

PAGE = """<!doctype html><html><head><title>灯塔的灯</title></head><body><article><h1>灯塔的灯</h1>
<p>灯塔里有一盏灯，每天晚上亮一次，风大的时候也亮，从来没有人见过它熄灭。</p>
<p><img src="./灯_files/640" alt="灯"></p>
<p>船从远处看见它，就知道自己离家不远了，哪怕是停电的那几个冬天，它也照样亮着。</p>
</article></body></html>"""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return enter_site(tmp_path / "site", monkeypatch)


def files(site: Path) -> dict[str, bytes]:
    return {path: text for path, text in tree(site).items() if not path.startswith(".wenzhai")}


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A page as a browser saved it, its images in a folder beside it."""
    write(tmp_path / "saved/灯.html", PAGE)
    write(tmp_path / "saved/灯_files/640", PNG)
    write(tmp_path / "saved/灯_files/frame.html", "<p>一段别的文字。</p>")
    write(tmp_path / "saved/灯_files/x.js", "x()")
    write(tmp_path / "secret.png", PNG + b"secret")
    return tmp_path / "saved"


@pytest.mark.parametrize("named", ["", "灯.html"])
def test_a_saved_page_brings_its_images_along(site: Path, saved: Path, named: str) -> None:
    assert run(["import", str(saved / named)]) == 0
    assert sorted(tree(site / "content/sources")) == ["灯.html", "灯_files/640"]
    ((name, content),) = tree(site / "content/articles/images").items()
    assert content == PNG
    assert f"![灯](images/{name})" in (site / "content/articles/灯.md").read_text("utf-8")
    before = files(site)
    assert run(["build", "--jobs", "1", "--strict"]) == 0
    assert {path: text for path, text in files(site).items() if path in before} == before


@pytest.mark.usefixtures("site")
def test_a_saved_page_brings_its_own_images_to_another_folder(saved: Path, tmp_path: Path) -> None:
    shown = PAGE.replace("</h1>", '</h1><p><img src="../secret.png">别处的图。</p>')
    write(saved / "灯.html", shown)
    assert run(["import", str(saved / "灯.html"), "--to", str(tmp_path / "out")]) == 0
    assert list(tree(tmp_path / "out/images").values()) == [PNG]


def test_many_saved_pages_have_their_images_in_processes_too(site: Path, tmp_path: Path) -> None:
    for name in "abcd":
        write(tmp_path / f"saved/{name}.html", PAGE.replace("灯_files", f"{name}_files"))
        write(tmp_path / f"saved/{name}_files/640", PNG + name.encode())
    assert run(["import", str(tmp_path / "saved")]) == 0
    imported = tree(site / "content/articles")
    kept = {path: data for path, data in imported.items() if path.startswith("images/")}
    assert sorted(kept.values()) == [PNG + name for name in (b"a", b"b", b"c", b"d")]
    shutil.rmtree(site / "content/articles")
    assert run(["build", "--jobs", "2"]) == 0
    built = tree(site / "content/articles")
    assert {path: data for path, data in built.items() if path in kept} == kept


@pytest.mark.usefixtures("saved")
def test_a_site_shows_only_images_that_it_has_a_copy_of(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "saved/灯.html", PAGE.replace("灯_files", "elsewhere"))
    write(tmp_path / "saved/elsewhere/640", PNG)
    assert run(["import", str(tmp_path / "saved/灯.html")]) == 0
    assert not (site / "content/articles/images").exists()


PACKED = zipped(
    ("x/灯_files/640", PNG),
    ("x/灯.html", PAGE),
    ("x/灯_files/x.js", "x()"),
    ("x/灯_files/frame.html", "<p>一段别的文字。</p>"),
    ("x/photo.png", PNG + b"2"),
)


def test_a_page_in_an_archive_brings_its_images_along(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "x.zip", PACKED)
    assert run(["import", str(tmp_path / "x.zip")]) == 0
    assert sorted(tree(site / "content/sources")) == ["x/灯.html", "x/灯_files/640"]
    ((name, content),) = tree(site / "content/articles/x/images").items()
    assert content == PNG
    assert f"![灯](images/{name})" in (site / "content/articles/x/灯.md").read_text("utf-8")
    before = files(site)
    assert run(["build", "--jobs", "1", "--strict"]) == 0
    assert {path: text for path, text in files(site).items() if path in before} == before


@pytest.mark.usefixtures("site")
def test_a_page_in_an_archive_brings_its_images_to_another_folder(tmp_path: Path) -> None:
    write(tmp_path / "x.zip", PACKED)
    assert run(["import", str(tmp_path / "x.zip"), "--to", str(tmp_path / "out")]) == 0
    out = tree(tmp_path / "out")
    assert [path for path in out if path.endswith(("html", "640"))] == []
    assert [data for path, data in out.items() if "/images/" in path] == [PNG]


def test_a_piped_archive_brings_images_along_and_leaves_nothing_behind(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PACKED)))
    assert run(["import", "-"]) == 0
    assert list(tree(site / "content/articles/archive/x/images").values()) == [PNG]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_images_of_an_archive_stay_inside_and_within_bounds(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = zipped(("灯.html", PAGE), ("灯_files/640", PNG), ("灯_files/bomb", b"\0" * 5_000_000))
    packed = zipped(("../灯_files/out.png", PNG), ("in.zip", inner), ("a_files/" + "长" * 99, PNG))
    write(tmp_path / "x.zip", packed)
    assert run(["import", str(tmp_path / "x.zip"), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert sorted(item["code"] for item in problems) == ["E708", "E742", "E743"]
    assert sorted(tree(site / "content/sources")) == ["x/in/灯.html", "x/in/灯_files/640"]
    assert not (tmp_path / "灯_files").exists()
