"""Sources that hold many articles: only what is new is added, and nothing comes back by itself.

The container here is a made-up kind (``.box``, rows of JSON), so that no format is in the way.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import SETTINGS, tree, write
from test_convert import Site, codes

from wenzhai.cli import run
from wenzhai.containers import entry_stem, name_entries
from wenzhai.convert import ConvertReport, convert_sources
from wenzhai.importers import formats
from wenzhai.importers.entries import Entry
from wenzhai.importers.reading import convert_entry
from wenzhai.importers.record import Field
from wenzhai.problems import Problem, Span, problem
from wenzhai.scan import is_ignored
from wenzhai.snapshot import Snapshot
from wenzhai.verdicts import Wish

SOURCE = "content/sources/news.box"
FOLDER = "content/articles/news"
LISTING = f"{FOLDER}.import.json"


def split(data: bytes, path: str) -> tuple[Entry, ...] | Problem:
    try:
        rows = json.loads(data)
    except ValueError:
        return problem("E701", Span(path), encoding="json", offset=0)
    facts = (Field("date", "2024-03-04"),)
    return tuple(Entry(name, title, ".txt", text.encode(), facts) for name, title, text in rows)


@pytest.fixture(autouse=True)
def boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "CONTAINERS", {".box": ("box/1", split)})


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def row(name: str, text: str = "") -> tuple[str, str, str]:
    return (
        name,
        f"第{name}篇",
        f"第{name}篇\n作者：林知远\n{text or '灯塔里有一盏灯，每晚亮一次。'}\n",
    )


def fill(site: Site, *rows: tuple[str, str, str]) -> None:
    site.write(SOURCE, json.dumps(rows))


def paths(*names: str) -> list[str]:
    return [f"{FOLDER}/第{name}篇.md" for name in names]


def test_each_entry_becomes_an_article_whose_record_names_source_and_entry(site: Site) -> None:
    fill(site, row("b"), row("a"))
    assert sorted(site.convert().imported) == paths("a", "b")
    record = json.loads(site.read(f"{FOLDER}/第a篇.import.json"))
    assert (record["source"]["path"], record["source"]["entry"]) == (SOURCE, "a")
    assert "date: '2024-03-04'" in site.read(paths("a")[0])
    assert record["fields"]["date"]["value"] == "2024-03-04"


def test_second_run_reads_and_writes_nothing(site: Site) -> None:
    fill(site, row("a"))
    site.convert()
    keys = site.settled
    unreadable = Snapshot(site.snapshot().files, {}, ())  # without origins nothing can be read
    zone = "Asia/Shanghai"
    again = convert_sources(site.root, unreadable, keys.__contains__, "2026-05-05", zone)
    assert again == ConvertReport((), tuple(keys), ())


def test_newer_edition_adds_only_what_is_new_and_keeps_what_is_gone(site: Site) -> None:
    fill(site, row("a"), row("b"))
    site.convert()
    site.write(paths("b")[0], site.read(paths("b")[0]) + "\n编辑加的一句。\n")
    before = tree(site.root / FOLDER)
    fill(site, row("c"), row("b"))
    assert site.convert().imported == tuple(paths("c"))
    assert before.items() <= tree(site.root / FOLDER).items()


def test_entry_that_changed_is_converted_again_and_an_edited_one_is_not(site: Site) -> None:
    fill(site, row("a"), row("b"))
    site.convert()
    site.write(paths("b")[0], "编辑重写了。\n")
    fill(site, row("a", "换了一段更长的文字。"), row("b", "换了一段更长的文字。"))
    report = site.convert()
    assert report.imported == tuple(paths("a"))
    assert codes(report) == ["W751"]
    assert site.read(paths("b")[0]) == "编辑重写了。\n"


def test_article_that_a_person_deleted_stays_away_unless_forced(site: Site) -> None:
    fill(site, row("a"), row("b"))
    site.convert()
    (site.root / paths("a")[0]).unlink()
    fill(site, row("c"), row("a"), row("b"))
    assert site.convert().imported == tuple(paths("c"))
    assert paths("a")[0] in site.convert(wish=Wish(force=True)).imported


def test_renamed_entry_keeps_its_article(site: Site) -> None:
    fill(site, row("a"))
    site.convert()
    fill(site, ("a", "另一个名字", row("a")[2]))
    assert site.convert().imported == ()


def test_lost_listing_is_made_again_from_records(site: Site) -> None:
    fill(site, row("a"), row("b"))
    site.convert()
    before = tree(site.root)
    (site.root / LISTING).unlink()
    assert site.convert().imported == ()
    assert tree(site.root).keys() == before.keys()


def test_names_that_clash_are_told_apart_and_stay(site: Site) -> None:
    fill(site, ("1", "同名", row("a")[2]), ("2", "同名", row("b")[2]))
    first = site.convert().imported
    assert len(set(first)) == 2
    site.settled = frozenset()
    assert site.convert().imported == ()


def test_article_by_hand_in_the_folder_is_never_taken(site: Site) -> None:
    site.write(paths("a")[0], "手写的。\n")
    fill(site, row("a"))
    (made,) = site.convert().imported
    assert made.startswith(f"{FOLDER}/第a篇-")
    assert site.read(paths("a")[0]) == "手写的。\n"


def test_entries_without_text_are_told_once_and_looked_at_again_when_they_change(
    site: Site,
) -> None:
    fill(site, ("a", "空的", ""), row("b"))
    report = site.convert()
    assert codes(report) == ["W760"]
    assert "空的" in report.problems[0].message("zh")
    assert codes(site.convert()) == []
    fill(site, row("a"), row("b"))
    assert site.convert().imported == tuple(paths("a"))


def test_one_bad_entry_does_not_stop_the_others_and_is_told_again(site: Site) -> None:
    fill(site, ("x", "太长", "字" * 700_000), row("b"))
    report = site.convert()
    assert (codes(report), report.imported) == (["E707"], tuple(paths("b")))
    assert report.problems[0].span.path == f"{SOURCE}#太长"
    assert codes(site.convert()) == ["E707"]


@pytest.mark.parametrize("broken", [b"{", b"[]"])
def test_broken_and_empty_containers_are_problems(site: Site, broken: bytes) -> None:
    site.write(SOURCE, broken)
    assert codes(site.convert()) in (["E701"], ["E714"])
    assert not (site.root / FOLDER).exists()


def test_container_and_text_of_one_name_are_named(site: Site) -> None:
    fill(site, row("a"))
    site.write("content/sources/news.txt", row("a")[2])
    assert codes(site.convert()) == ["E703"]


def test_entry_twice_in_one_container_counts_once(site: Site) -> None:
    fill(site, row("a"), row("b"), ("a", "又一次", row("c")[2]))
    assert sorted(site.convert().imported) == paths("a", "b")


def test_facts_of_the_container_go_before_those_of_the_text_which_are_kept() -> None:
    entry = Entry(
        "1",
        "n",
        ".txt",
        "灯塔的灯\n2020-01-01\n灯每晚亮一次。\n".encode(),
        (Field("title", "灯塔"), Field("date", "2024-03-04"), Field("author", ("林知远",))),
    )
    made = convert_entry(entry, SOURCE, "2026-01-02", "Asia/Shanghai")
    assert not isinstance(made, Problem)
    front = dict(made.front)
    assert (front["title"], front["date"], front["author"]) == ("灯塔", "2024-03-04", ("林知远",))
    kept = {field.name: field.value for field in made.record.fields}
    assert kept["title in the text"] == "灯塔的灯"
    assert kept["date in the text"] == "2020-01-01"
    assert made.record.doubts == ()


@given(st.text(max_size=200))
def test_names_of_entries_are_names_of_files_everywhere(name: str) -> None:
    stem = entry_stem(name)
    assert len(stem.encode()) <= 81
    assert not set(stem) & set('<>:"/\\|?*#\0\n ')
    assert not stem.endswith((".", " "))
    assert not stem or not is_ignored(stem)
    assert stem.upper() not in {"CON", "NUL", "COM1"}


def test_oldest_entry_has_the_first_choice_of_names(tmp_path: Path) -> None:
    old, new = Entry("1", "同名", ".txt", b""), Entry("2", "同名", ".txt", b"")
    named = {entry.id: name for entry, name in name_entries((new, old), {}, tmp_path)}
    assert named["1"] == "同名.md"
    assert named["2"].startswith("同名-")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    write(folder / "site.toml", SETTINGS)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1710000000")
    write(tmp_path / "news.box", json.dumps([row("b"), row("a")]))
    return folder


def test_import_takes_newer_editions_of_a_container(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "../news.box", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert sorted(one["article"] for one in found["imported"]) == paths("a", "b")
    write(place.parent / "news.box", json.dumps([row("c"), row("b")]))
    assert run(["import", "../news.box", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["article"] for one in found["imported"]] == paths("c")
    assert run(["build", "--json", "--jobs", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["imported"] == 0


def test_dry_run_and_other_folders_show_each_entry(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "../news.box", "--dry-run"]) == 0
    assert capsys.readouterr().out.count("灯塔里有一盏灯") == 2
    assert run(["import", "../news.box", "--to", str(tmp_path / "out")]) == 0
    assert sorted(tree(tmp_path / "out")) == [
        f"news/第{name}篇{end}" for name in "ab" for end in (".import.json", ".md")
    ]
    assert not (place / "content").exists()
