"""The command ``import``, through the command line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sites import enter_site, tree, write

from wenzhai.cli import make_parser, run
from wenzhai.importing import import_sources
from wenzhai.problems import Language

TEXT = "灯塔的灯\n2024-03-04\n灯塔里有一盏灯，每天晚上亮一次。\n"
MORE = TEXT + "第二盏灯是后来装的。\n"
SOURCE, ARTICLE = "content/sources/a.txt", "content/articles/a.md"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with the language of messages and the day fixed; the current folder is its own."""
    return enter_site(tmp_path / "site", monkeypatch)


@pytest.fixture
def outside(site: Path) -> Path:
    """A file beside the site."""
    path = site.parent / "a.txt"
    write(path, TEXT)
    return path


def files(site: Path) -> dict[str, bytes]:
    return {path: text for path, text in tree(site).items() if not path.startswith(".wenzhai")}


def json_of(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    out = capsys.readouterr().out
    found = json.loads(out)
    assert out.count("\n") == 1
    assert isinstance(found, dict)
    return found


def codes(found: dict[str, Any]) -> list[str]:
    return [item["code"] for item in found["problems"]]


def edit_both(site: Path) -> None:
    write(site / SOURCE, TEXT)
    assert run(["import", SOURCE]) == 0
    write(site / ARTICLE, "编辑重写了。\n")
    write(site / SOURCE, MORE.replace("一盏灯", "两盏灯"))


def test_file_from_outside_is_copied_and_converted(site: Path, outside: Path) -> None:
    outside.write_bytes(TEXT.encode("gb18030"))
    assert run(["import", str(outside)]) == 0
    assert (site / SOURCE).read_bytes() == TEXT.encode("gb18030")
    assert "title: 灯塔的灯" in (site / ARTICLE).read_text("utf-8")
    assert (site / "content/articles/a.import.json").is_file()


def test_build_after_an_import_converts_nothing(
    site: Path, outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["import", str(outside)])
    capsys.readouterr()
    assert run(["build", "--json", "--jobs", "1"]) == 0
    assert json_of(capsys)["imported"] == 0
    assert (site / "public/articles/dengta-de-deng/index.html").is_file()


def test_source_in_place_is_converted_alone(site: Path) -> None:
    write(site / SOURCE, TEXT)
    write(site / "content/sources/b.txt", TEXT)
    assert run(["import", SOURCE]) == 0
    assert (site / ARTICLE).is_file()
    assert not (site / "content/articles/b.md").exists()


def test_paths_also_count_from_the_site(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site / SOURCE, TEXT)
    monkeypatch.chdir(tmp_path)
    assert run(["import", SOURCE, "--site", "site"]) == 0
    assert (site / ARTICLE).is_file()


def test_importing_again_changes_nothing(site: Path, outside: Path) -> None:
    run(["import", str(outside)])
    before = files(site)
    assert run(["import", str(outside)]) == 0
    assert files(site) == before


def test_folder_keeps_its_structure_and_reports_the_rest(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "saved/2024/三月/b.txt", TEXT)
    write(tmp_path / "saved/c.md", "# 标题\n\n正文。\n")
    write(tmp_path / "saved/d.odt", b"PK")
    write(tmp_path / "saved/d_files/logo.png", b"\x89PNG")
    write(tmp_path / "saved/.hidden.txt", TEXT)
    assert run(["import", str(tmp_path / "saved"), "--json"]) == 0
    found = json_of(capsys)
    assert [row["article"] for row in found["imported"]] == [
        "content/articles/2024/三月/b.md",
        "content/articles/c.md",
    ]
    assert codes(found) == ["W702"]
    assert sorted(tree(site / "content/sources")) == ["2024/三月/b.txt", "c.md"]


def test_name_that_is_taken_is_a_problem_unless_forced(
    site: Path, outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site / SOURCE, MORE)
    assert run(["import", str(outside), "--json"]) == 1
    assert codes(json_of(capsys)) == ["E710"]
    assert (site / SOURCE).read_text("utf-8") == MORE
    assert run(["import", str(outside), "--force"]) == 0
    assert (site / SOURCE).read_text("utf-8") == TEXT


@pytest.mark.parametrize(
    ("there", "code"),
    [
        ("content/sources/a.md", "E703"),
        ("content/sources/a.docx", "E703"),
        ("content/sources/a.eml", "E703"),
        ("content/sources/A.pdf", "E703"),
        ("content/sources/a.xml", "E703"),
        ("content/sources/A.txt", "E710"),
        ("content/articles/a.md", "W705"),
    ],
)
def test_nothing_is_copied_that_would_be_in_the_way_later(
    site: Path, outside: Path, capsys: pytest.CaptureFixture[str], there: str, code: str
) -> None:
    write(site / there, "# 手写的\n")
    before = files(site)
    assert run(["import", str(outside), "--json"]) == 1
    assert codes(json_of(capsys)) == [code]
    assert files(site) == before


def test_two_files_for_one_article_are_named(
    site: Path, outside: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "other/a.txt", MORE)
    assert run(["import", str(outside), str(tmp_path / "other/a.txt"), "--json"]) == 1
    assert codes(json_of(capsys)) == ["E710"]
    assert (site / SOURCE).read_text("utf-8") == TEXT


def test_standard_input_is_named_by_its_title(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert run(["import", "-"]) == 0
    assert (site / "content/sources/dengta-de-deng.txt").read_text("utf-8") == TEXT
    assert (site / "content/articles/dengta-de-deng.md").is_file()


def test_standard_input_without_a_title_is_named_by_its_content(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "这一段话没有题目，一上来就是正文，说的是一条河。\n"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    assert run(["import", "-"]) == 0
    (name,) = tree(site / "content/sources")
    assert name.startswith("text-")


def test_dry_run_writes_nothing_and_shows_what_would_be(
    site: Path, outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(outside, TEXT + "责任编辑：施全\n返回顶部\n")
    before = tree(site)
    assert run(["import", str(outside), "--dry-run"]) == 0
    assert tree(site) == before
    shown = capsys.readouterr().out
    for words in (
        "title: 灯塔的灯",
        "把握 90%",
        "灯塔里有一盏灯",
        "按钮，1 处",
    ):
        assert words in shown


def test_dry_run_speaks_the_readers_language(
    site: Path, outside: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert run(["import", str(outside), "--dry-run", "--site", str(site)]) == 0
    assert "Confidence 90%\n  −10%  neither author, source nor URL\n" in capsys.readouterr().out


def test_dry_run_as_json_holds_markdown_and_record(
    outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(outside), "--dry-run", "--json"]) == 0
    (row,) = json_of(capsys)["imported"]
    assert row["article"] == ARTICLE
    assert row["record"]["fields"]["date"]["value"] == "2024-03-04"
    assert "灯塔里有一盏灯" in row["markdown"]


def test_other_folder_gets_article_and_record_and_the_site_nothing(
    site: Path, outside: Path, tmp_path: Path
) -> None:
    assert run(["import", str(outside), "--to", str(tmp_path / "out")]) == 0
    assert sorted(tree(tmp_path / "out")) == ["a.import.json", "a.md"]
    record = json.loads((tmp_path / "out/a.import.json").read_text("utf-8"))
    assert record["source"]["path"] == "a.txt"
    assert not (site / "content").exists()


def test_other_folder_needs_no_site(
    outside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["import", str(outside), "--to", "out"]) == 0
    assert sorted(tree(tmp_path / "out")) == ["a.import.json", "a.md"]
    assert run(["import", str(outside)]) == 2


def test_other_folder_spares_edited_articles(
    outside: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["import", str(outside), "--to", str(tmp_path / "out"), "--json"]
    run(command)
    write(tmp_path / "out/a.md", "编辑重写了。\n")
    write(outside, MORE.replace("一盏灯", "两盏灯"))
    capsys.readouterr()
    assert run(command) == 1
    assert codes(json_of(capsys)) == ["W751"]
    assert (tmp_path / "out/a.md").read_text("utf-8") == "编辑重写了。\n"
    assert "两盏灯" in (tmp_path / "out/a.md.conflict").read_text("utf-8")
    (tmp_path / "out/a.import.json").unlink()
    assert run(command) == 1
    assert codes(json_of(capsys)) == ["W705"]
    assert run([*command, "--force"]) == 0
    assert "第二盏灯" in (tmp_path / "out/a.md").read_text("utf-8")


def test_edits_are_merged_with_a_changed_source_and_told(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site / SOURCE, TEXT)
    assert run(["import", SOURCE]) == 0
    write(site / ARTICLE, (site / ARTICLE).read_text("utf-8").replace("一盏灯", "两盏灯"))
    write(site / SOURCE, MORE)
    capsys.readouterr()
    assert run(["import", SOURCE, "--json"]) == 0
    assert codes(json_of(capsys)) == ["W752"]
    assert "两盏灯，每天晚上亮一次。\n\n第二盏灯" in (site / ARTICLE).read_text("utf-8")


def test_force_converts_again_where_the_article_was_edited(site: Path) -> None:
    edit_both(site)
    assert run(["import", SOURCE]) == 1
    assert run(["import", SOURCE, "--force"]) == 0
    assert "第二盏灯" in (site / ARTICLE).read_text("utf-8")


WALL = "灯塔的灯\n2024-03-04\n很抱歉，您访问的页面不存在。\n"


def test_held_article_is_told_with_its_doubts_and_accepted_by_a_flag(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site / SOURCE, WALL)
    assert run(["import", SOURCE]) == 0
    assert "暂不发布，等你核对：" in capsys.readouterr().err
    assert run(["build", "--json", "--jobs", "1"]) == 0
    (row,) = json_of(capsys)["held_back"]
    assert (row["reason"], row["path"]) == ("held", ARTICLE)
    assert "not found" in row["doubts"]
    assert run(["import", SOURCE, "--accept"]) == 0
    capsys.readouterr()
    assert run(["build", "--json", "--jobs", "1"]) == 0
    assert json_of(capsys)["held_back"] == []


def test_draft_of_an_author_is_not_taken_for_a_held_article(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site / SOURCE, TEXT)
    assert run(["import", SOURCE]) == 0
    made = (site / ARTICLE).read_text("utf-8")
    write(site / ARTICLE, made.replace("---\n", "---\ndraft: true\n", 1))
    capsys.readouterr()
    run(["build", "--json", "--jobs", "1"])
    assert [row["reason"] for row in json_of(capsys)["held_back"]] == ["draft"]


def test_other_folder_gets_a_draft_unless_accepted(outside: Path, tmp_path: Path) -> None:
    write(outside, WALL)
    command = ["import", str(outside), "--to", str(tmp_path / "out")]
    assert run(command) == 0
    assert "draft: true" in (tmp_path / "out/a.md").read_text("utf-8")
    assert run([*command, "--accept", "--force"]) == 0
    assert "draft" not in (tmp_path / "out/a.md").read_text("utf-8")


def test_keep_settles_what_both_changed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit_both(site)
    run(["import", SOURCE])
    assert f"import --keep {SOURCE}" in capsys.readouterr().err
    assert run(["import", SOURCE, "--keep"]) == 0
    assert run(["import", SOURCE]) == 0
    assert (site / ARTICLE).read_text("utf-8") == "编辑重写了。\n"


@pytest.mark.parametrize(
    ("source", "code", "status"),
    [
        ("ftp://example.com/a.html", "E731", 1),
        ("nothing.txt", "E713", 2),
        ("../page.odt", "W702", 1),
        ("../broken.txt", "E701", 1),
        ("../large.txt", "E707", 1),
        ("../.hidden.txt", "E712", 1),
        (".", "E711", 1),
        ("..", "E711", 1),
    ],
)
def test_what_cannot_be_imported_is_one_problem_and_copies_nothing(
    site: Path, capsys: pytest.CaptureFixture[str], source: str, code: str, status: int
) -> None:
    write(site.parent / "page.odt", "PK")
    write(site.parent / "broken.txt", bytes(range(256)) * 9)
    write(site.parent / "large.txt", "字" * 700_000)
    write(site.parent / ".hidden.txt", TEXT)
    assert run(["import", source, "--json"]) == status
    found = json_of(capsys)
    assert not found["ok"]
    assert codes(found) == [code]
    assert found["problems"][0]["path"] == source
    assert found["problems"][0]["hint"]
    assert sorted(files(site)) == ["site.toml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_named_pipe_is_refused_without_waiting_for_it(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert run(["import", str(tmp_path / "pipe.txt"), "--json"]) == 1
    assert codes(json_of(capsys)) == ["E708"]
    assert not (site / "content").exists()


def test_one_bad_file_does_not_stop_the_others(site: Path, outside: Path) -> None:
    write(site.parent / "b.docx", b"PK")
    assert run(["import", str(site.parent / "b.docx"), str(outside)]) == 1
    assert (site / ARTICLE).is_file()


def test_folder_of_many_files_is_converted_in_processes_with_progress(
    site: Path, tmp_path: Path
) -> None:
    for number in range(30):
        write(tmp_path / f"many/{number:02}.txt", f"第{number}篇\n{TEXT}")
    write(tmp_path / "many/bad.txt", bytes(range(256)) * 9)
    told: list[tuple[str, int, int]] = []
    options = make_parser("zh").parse_args(["import", str(tmp_path / "many")])
    status = import_sources(options, "zh", lambda *step: told.append(step))
    assert status == 1
    assert len(tree(site / "content/articles")) == 60
    assert told[-1] == ("import", 31, 31)
    assert [done for _, done, _ in told] == list(range(1, 32))


@pytest.mark.usefixtures("site")
def test_names_that_clash_within_a_folder_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "many/a.txt", TEXT)
    write(tmp_path / "many/a.md", "# 一\n\n正文。\n")
    write(tmp_path / "many/A.txt", TEXT)
    assert run(["import", str(tmp_path / "many"), "--json"]) == 1
    assert codes(json_of(capsys)) == ["E703", "E710"]


def test_force_and_keep_exclude_each_other(outside: Path) -> None:
    assert run(["import", str(outside), "--force", "--keep"]) == 2


HOLDER = """
import sys
import zipfile
from pathlib import Path
from wenzhai.lock import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_import_waits_for_no_other_build(site: Path, outside: Path) -> None:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", HOLDER, str(site)]
    root = str(Path(__file__).parents[1])
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, text=True, env={**os.environ, "PYTHONPATH": root}
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        assert run(["import", str(outside)]) == 75
        holder.communicate("")
    assert not (site / SOURCE).exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_words_exist_in_both_languages(language: Language) -> None:
    from wenzhai.import_report import WORDS  # noqa: PLC0415  # the table alone

    assert sorted(WORDS[language]) == sorted(WORDS["zh"])


def test_archive_becomes_a_folder_of_its_name(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "saved.zip", "w") as archive:
        archive.writestr("saved/a.txt", TEXT)
        archive.writestr("三月/b.md", "# 标题\n\n正文。\n")
        archive.writestr("x.exe", b"MZ")
        archive.writestr("../evil.txt", TEXT)
    assert run(["import", str(tmp_path), "--json"]) == 1  # a folder that holds the site
    capsys.readouterr()
    assert run(["import", str(tmp_path / "saved.zip"), "--json"]) == 1
    assert codes(json_of(capsys)) == ["E742", "W702"]
    assert sorted(tree(site / "content/sources")) == ["saved/a.txt", "saved/三月/b.md"]
    assert "标题" in (site / "content/articles/saved/三月/b.md").read_text("utf-8")


def test_archive_again_changes_nothing(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "mix/a.txt", TEXT)
    with zipfile.ZipFile(tmp_path / "mix/b.zip", "w") as archive:
        archive.writestr("b.txt", MORE)
    assert run(["import", str(tmp_path / "mix")]) == 0
    before = files(site)
    assert sorted(tree(site / "content/sources")) == ["a.txt", "b/b.txt"]
    assert run(["import", str(tmp_path / "mix")]) == 0
    assert files(site) == before


@pytest.mark.parametrize(
    ("content", "name"),
    [(TEXT, "dengta-de-deng.txt"), ("---\ntitle: 乙\n---\n\n正文。\n", "text-1e6b64db.md")],
)
def test_standard_input_is_told_by_its_bytes(
    site: Path, monkeypatch: pytest.MonkeyPatch, content: str, name: str
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content.encode())))
    assert run(["import", "-"]) == 0
    assert sorted(tree(site / "content/sources")) == [name]


def test_standard_input_may_be_an_archive(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", TEXT)
    packed.seek(0)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=packed))
    assert run(["import", "-"]) == 0
    assert sorted(tree(site / "content/sources")) == ["archive/a.txt"]
