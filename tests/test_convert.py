"""The conversion stage: when sources are converted and when articles are kept."""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.convert import ConvertReport, convert_sources
from wenzhai.digest import digest_bytes
from wenzhai.importers.formats import CONVERTERS
from wenzhai.importers.reading import convert_bytes
from wenzhai.model import Digest, RelPath
from wenzhai.pairing import find_sources
from wenzhai.problems import Problem
from wenzhai.snapshot import Snapshot
from wenzhai.verdicts import Wish

TEXT = "灯塔的灯\n2024-03-04\n灯塔里有一盏灯，每天晚上亮一次。\n"
SOURCE = "content/sources/a.txt"
ARTICLE = "content/articles/a.md"
CONFLICT = "content/articles/a.md.conflict"
ONE = frozenset({RelPath(SOURCE)})
RECORD = "content/articles/a.import.json"


class Site:
    """A site folder that remembers what was settled."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settled: frozenset[Digest] = frozenset()

    def write(self, path: str, text: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def snapshot(self) -> Snapshot:
        paths = sorted(path for path in self.root.rglob("*") if path.is_file())
        names = {RelPath(path.relative_to(self.root).as_posix()): path for path in paths}
        files = {name: digest_bytes(path.read_bytes()) for name, path in names.items()}
        return Snapshot(files, {name: str(path) for name, path in names.items()}, ())

    def convert(
        self,
        today: str = "2026-01-02",
        *,
        wish: Wish = Wish(),  # noqa: B008  # frozen
    ) -> ConvertReport:
        report = convert_sources(
            self.root,
            self.snapshot(),
            self.settled.__contains__,
            today,
            "Asia/Shanghai",
            wish,
        )
        self.settled = frozenset(report.settled)
        return report


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def codes(report: ConvertReport) -> list[str]:
    return [problem.code for problem in report.problems]


def test_new_source_becomes_article_and_record(site: Site) -> None:
    site.write(SOURCE, TEXT)
    report = site.convert()
    assert report.imported == (ARTICLE,)
    assert "title: 灯塔的灯" in site.read(ARTICLE)
    record = json.loads(site.read(RECORD))
    assert record["source"]["path"] == SOURCE
    assert len(record["source"]["sha256"]) == 64


def test_second_run_reads_and_writes_nothing(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    keys = site.settled
    before = site.read(ARTICLE)
    again = convert_sources(
        site.root,
        Snapshot(site.snapshot().files, {}, ()),  # without origins nothing can be read
        keys.__contains__,
        "2026-05-05",
        "Asia/Shanghai",
    )
    assert again == ConvertReport((), tuple(keys), ())
    assert site.read(ARTICLE) == before


def test_lost_memory_of_settled_keys_changes_no_file(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    before, site.settled = site.read(ARTICLE), frozenset()
    assert site.convert("2026-05-05").imported == ()
    assert site.read(ARTICLE) == before


def test_changed_source_converts_again_and_keeps_the_day_it_was_added(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert("2026-01-02")
    site.write(SOURCE, TEXT + "第二盏灯是后来装的。\n")
    assert site.convert("2026-05-05").imported == (ARTICLE,)
    assert "第二盏灯" in site.read(ARTICLE)
    assert "added: '2026-01-02'" in site.read(ARTICLE)


def test_edited_article_is_kept(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    site.write(ARTICLE, site.read(ARTICLE) + "\n编辑加的一句。\n")
    report = site.convert()
    assert (report.imported, report.problems) == ((), ())


def test_edits_and_changes_of_different_paragraphs_are_merged(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    site.write(ARTICLE, site.read(ARTICLE).replace("每天晚上", "每晚"))
    site.write(SOURCE, TEXT + "又一句。\n")
    report = site.convert()
    assert (report.imported, codes(report)) == ((ARTICLE,), ["W752"])
    assert "每晚亮一次。\n\n又一句。" in site.read(ARTICLE)
    assert codes(site.convert()) == []
    site.write(SOURCE, TEXT + "又一句。\n再一句。\n")
    site.convert()
    assert "每晚亮一次。\n\n又一句。\n\n再一句。" in site.read(ARTICLE)


def test_overlap_stays_reported_beside_both_versions_until_settled(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    edited = site.read(ARTICLE).replace("每天晚上", "每晚")
    site.write(ARTICLE, edited)
    site.write(SOURCE, TEXT.replace("每天晚上", "每夜"))
    for _ in range(2):
        report = site.convert()
        assert codes(report) == ["W751"]
        assert report.problems[0].span.line == edited[: edited.index("每晚")].count("\n") + 1
    assert site.read(ARTICLE) == edited
    shown = site.read(CONFLICT)
    assert "每晚" in shown
    assert "每夜" in shown
    assert site.convert(wish=Wish(ONE, keep=True)).problems == ()
    assert not (site.root / CONFLICT).exists()
    assert (codes(site.convert()), site.read(ARTICLE)) == ([], edited)
    site.write(SOURCE, TEXT.replace("每天晚上", "每夜") + "又一句。\n")
    assert codes(site.convert()) == ["W752"]  # from what was kept, only the new sentence is new
    assert site.read(ARTICLE) == edited + "\n又一句。\n"


def test_conflict_file_that_a_person_works_in_is_left_alone(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    site.write(ARTICLE, site.read(ARTICLE).replace("每天晚上", "每晚"))
    site.write(SOURCE, TEXT.replace("每天晚上", "每夜"))
    site.convert()
    site.write(CONFLICT, "我正在合并。\n")
    site.write(SOURCE, TEXT.replace("每天晚上", "夜夜"))
    assert codes(site.convert()) == ["W751"]
    site.convert(wish=Wish(ONE, keep=True))
    assert site.read(CONFLICT) == "我正在合并。\n"


def test_conflict_file_follows_further_changes_of_the_source(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    site.write(ARTICLE, site.read(ARTICLE).replace("每天晚上", "每晚"))
    for word in ("每夜", "夜夜"):
        site.write(SOURCE, TEXT.replace("每天晚上", word))
        assert codes(site.convert()) == ["W751"]
        assert word in site.read(CONFLICT)
    site.write(SOURCE, TEXT)
    assert codes(site.convert()) == []
    assert not (site.root / CONFLICT).exists()  # the source is as it was


def test_edits_are_spared_where_the_last_conversion_is_not_known(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    record = json.loads(site.read(RECORD))
    del record["article"]["lines"]
    site.write(RECORD, json.dumps(record))
    site.write(ARTICLE, "编辑重写了。\n")
    site.write(SOURCE, TEXT + "又一句。\n")
    for _ in range(2):
        report = site.convert()
        assert codes(report) == ["W704"]
        assert ARTICLE in report.problems[0].message("zh")
    assert site.read(ARTICLE) == "编辑重写了。\n"
    assert site.convert(wish=Wish(ONE, force=True)).imported == (ARTICLE,)
    assert codes(site.convert()) == []


def test_article_edited_while_its_source_is_converted_stays(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    site.write(SOURCE, TEXT + "又一句。\n")

    def slow(*arguments: Any) -> Any:  # noqa: ANN401  # whatever the real one takes
        site.write(ARTICLE, "刚刚改的。\n")
        return convert_bytes(*arguments)

    monkeypatch.setattr("wenzhai.converting.convert_bytes", slow)
    assert codes(site.convert()) == ["W753"]
    assert site.read(ARTICLE) == "刚刚改的。\n"


@settings(deadline=None, max_examples=30)  # it writes files
@given(st.data())
def test_no_line_of_a_persons_edit_is_ever_lost(data: st.DataObject) -> None:
    lines = st.lists(st.sampled_from("一二三四五六七八"), min_size=1, max_size=6)
    with TemporaryDirectory() as folder:
        site = Site(Path(folder))
        site.write(SOURCE, _text(data.draw(lines)))
        site.convert()
        for _ in range(3):
            if data.draw(st.booleans()):
                front = site.read(ARTICLE).split("\n\n", 1)[0]
                site.write(ARTICLE, "\n\n".join((front, *data.draw(lines))) + "\n")
            site.write(SOURCE, _text(data.draw(lines)))
            mine, known = Counter(site.read(ARTICLE).split()), Counter(_known(site))
            site.convert()
            file = site.root / CONFLICT
            shown = Counter(site.read(ARTICLE).split())
            assert not (mine - known) - shown
            assert not file.exists() or not (mine - known) - Counter(file.read_text().split())


def _text(lines: list[str]) -> str:
    return "灯塔的灯\n2024-03-04\n灯塔里有一盏灯，每天晚上亮一次。\n" + "".join(
        f"{line}号灯塔里有一盏灯。\n" for line in lines
    )


def _known(site: Site) -> list[str]:
    return "\n".join(json.loads(site.read(RECORD))["article"]["lines"]).split()


def test_article_without_record_is_never_overwritten(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.write(ARTICLE, "手写的文章。\n")
    assert codes(site.convert()) == ["W705"]
    assert site.read(ARTICLE) == "手写的文章。\n"


def test_broken_record_is_reported_and_kept(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    site.write(RECORD, "{")
    assert codes(site.convert()) == ["W706"]
    assert site.read(RECORD) == "{"


def test_deleted_article_comes_back(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    (site.root / ARTICLE).unlink()
    assert site.convert().imported == (ARTICLE,)


def test_two_sources_for_one_article_are_named(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.write("content/sources/a.md", "# 标题\n")
    report = site.convert()
    assert codes(report) == ["E703"]
    assert "content/sources/a.md" in report.problems[0].message("zh")
    assert report.imported == ()


def test_one_bad_file_does_not_stop_the_others(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.write("content/sources/b.txt", bytes(range(256)) * 9)
    site.write("content/sources/c.odt", b"PK")
    site.write("content/sources/d.txt", "x" * 2_000_001)
    site.write("content/sources/page_files/logo.png", b"\x89PNG")
    report = site.convert()
    assert report.imported == (ARTICLE,)
    assert codes(report) == ["E701", "W702", "E707"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", ""),
        ("a.txt", " \n\u3000\n……\n"),
        (
            "a.txt",
            "一座灯塔_夜读网\n2024年3月8日 21:40 来源：夜读网\n版权声明：本文仅代表作者观点。\n",
        ),
        ("a.md", "\ufeff\n\n"),
    ],
)
def test_a_source_without_an_article_makes_no_page(site: Site, name: str, text: str) -> None:
    site.write(f"content/sources/{name}", text)
    report = site.convert()
    assert (codes(report), report.imported) == (["E714"], ())


def test_source_that_crashes_or_hangs_its_converter_does_not_stop_the_others(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcd":
        site.write(f"content/sources/{name}.txt", TEXT)

    def treacherous(data: bytes, path: str, *rest: Any) -> Any:  # noqa: ANN401  # the real one's
        if path.endswith("b.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
        if path.endswith("c.txt"):
            time.sleep(60)
        return convert_bytes(data, path, *rest)

    monkeypatch.setattr("wenzhai.converting.convert_bytes", treacherous)
    monkeypatch.setattr("wenzhai.converting.SECONDS", 0.5)
    report = site.convert()
    assert report.imported == ("content/articles/a.md", "content/articles/d.md")
    assert codes(report) == ["E759", "E758"]
    assert [one.span.path[-5:] for one in report.problems] == ["b.txt", "c.txt"]


def test_file_that_cannot_be_written_is_a_problem(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.write("content/articles", "a file where a folder should be")
    assert codes(site.convert()) == ["E708"]


def test_subfolders_are_kept(site: Site) -> None:
    site.write("content/sources/2024/三月/b.txt", TEXT)
    assert site.convert().imported == ("content/articles/2024/三月/b.md",)


def test_no_temporary_file_stays_behind(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    names = sorted(path.name for path in (site.root / "content/articles").iterdir())
    assert names == ["a.import.json", "a.md"]


@pytest.mark.parametrize(
    ("source", "article"),
    [
        ("正文。\n", "---\nadded: '2026-01-02'\n---\n\n正文。\n"),
        ("---\ntitle: a # 注\n---\n正文\n", "---\nadded: '2026-01-02'\ntitle: a # 注\n---\n正文\n"),
        ("---\nadded: 2020-01-01\n---\n正文\n", "---\nadded: 2020-01-01\n---\n正文\n"),
        ("+++\ntitle = 'a'\n+++\n正文\n", "+++\nadded = \"2026-01-02\"\ntitle = 'a'\n+++\n正文\n"),
        ("---\n{a: b}\n---\n正文\n", "---\n{a: b}\n---\n正文\n"),
    ],
)
def test_markdown_sources_keep_their_text(site: Site, source: str, article: str) -> None:
    site.write("content/sources/m.md", source)
    site.convert()
    assert site.read("content/articles/m.md") == article


def test_of_proposed_tags_those_that_the_site_has_are_written(site: Site) -> None:
    site.write("content/articles/old.md", "---\ntitle: b\ntags: [灯塔, 厨房]\n---\n")
    site.write(SOURCE, TEXT)
    site.convert()
    tags = json.loads(site.read(RECORD))["fields"]["tags"]
    assert tags["value"][0] == "灯塔"
    assert tags["proposed"] is True
    assert "\ntags:\n- 灯塔\n---" in site.read(ARTICLE)


def test_conversion_of_bytes_writes_nothing(site: Site) -> None:
    made = convert_bytes(TEXT.encode("gb18030"), SOURCE, "2026-01-02", "Asia/Shanghai")
    assert not isinstance(made, Problem)
    assert made.record.encoding == "gb18030"
    assert list(site.root.iterdir()) == []


WALL = "灯塔的灯\n2024-03-04\n很抱歉，您访问的页面不存在。\n"


def test_doubtful_conversion_is_written_as_a_draft_and_says_why(site: Site) -> None:
    site.write(SOURCE, WALL)
    report = site.convert()
    assert (report.imported, report.problems) == ((ARTICLE,), ())
    assert site.read(ARTICLE).startswith("---\ndraft: true\n")
    record = json.loads(site.read(RECORD))
    assert (record["held"], record["confidence"]) == (True, 0.0)
    assert {"reason": "not found", "cost": 0.9} in record["doubts"]


def test_held_article_is_released_when_its_source_is_good_now(site: Site) -> None:
    site.write(SOURCE, WALL)
    site.convert()
    site.write(SOURCE, TEXT)
    assert site.convert().imported == (ARTICLE,)
    assert "draft" not in site.read(ARTICLE)
    assert json.loads(site.read(RECORD))["held"] is False


def test_person_who_removes_the_draft_line_has_the_last_word(site: Site) -> None:
    site.write(SOURCE, WALL)
    site.convert()
    site.write(ARTICLE, site.read(ARTICLE).replace("draft: true\n", ""))
    assert site.convert() == ConvertReport((), tuple(site.settled), ())
    assert "draft" not in site.read(ARTICLE)


def test_accepting_publishes_a_held_article_and_leaves_the_rest_of_it(site: Site) -> None:
    site.write(SOURCE, WALL)
    site.convert()
    before = site.read(ARTICLE)
    assert site.convert(wish=Wish(ONE, accept=True)).imported == (ARTICLE,)
    assert site.read(ARTICLE) == before.replace("draft: true\n", "")
    assert json.loads(site.read(RECORD))["held"] is False
    assert site.convert(wish=Wish(ONE, accept=True)).imported == ()
    site.write(SOURCE, TEXT)
    assert site.convert().imported == (ARTICLE,)  # nobody edited it


def test_accepting_keeps_what_a_person_edited_meanwhile(site: Site) -> None:
    site.write(SOURCE, WALL)
    site.convert()
    site.write(ARTICLE, site.read(ARTICLE) + "\n编辑加的一句。\n\ndraft: 正文里的一行\n")
    site.convert(wish=Wish(ONE, accept=True))
    text = site.read(ARTICLE)
    assert "draft: true" not in text
    assert text.endswith("编辑加的一句。\n\ndraft: 正文里的一行\n")
    site.write(SOURCE, TEXT)
    assert codes(site.convert()) == ["W752"]
    assert "编辑加的一句。" in site.read(ARTICLE)


def test_accepting_at_once_makes_no_draft(site: Site) -> None:
    site.write(SOURCE, WALL)
    site.convert(wish=Wish(ONE, accept=True))
    assert "draft" not in site.read(ARTICLE)


def test_published_article_does_not_make_way_for_a_doubtful_one(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    before = site.read(ARTICLE)
    site.write(SOURCE, WALL)
    for _ in range(2):
        report = site.convert()
        assert (codes(report), report.imported) == (["W750"], ())
    assert site.read(ARTICLE) == before
    assert site.convert(wish=Wish(ONE, keep=True)).problems == ()
    assert (codes(site.convert()), site.read(ARTICLE)) == ([], before)


def test_doubtful_conversion_takes_the_place_of_a_published_one_when_accepted(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.convert()
    site.write(SOURCE, WALL)
    assert site.convert(wish=Wish(ONE, accept=True)).imported == (ARTICLE,)
    assert "不存在" in site.read(ARTICLE)
    assert "draft" not in site.read(ARTICLE)


def test_only_the_sources_asked_for_are_converted(site: Site) -> None:
    site.write(SOURCE, TEXT)
    site.write("content/sources/b.txt", TEXT)
    site.write("content/sources/c.docx", b"PK")
    report = site.convert(wish=Wish(frozenset({RelPath(SOURCE)})))
    assert (report.imported, report.problems) == ((ARTICLE,), ())


@pytest.mark.parametrize("source", ["content/sources/a.txt", "content/sources/a.xml"])
@pytest.mark.parametrize("changed", [0, 1])
def test_what_was_settled_with_another_version_of_a_converter_is_looked_at_again(
    site: Site, monkeypatch: pytest.MonkeyPatch, source: str, changed: int
) -> None:
    site.write(source, TEXT)

    def keys() -> list[Digest]:
        found = find_sources(site.root, site.snapshot(), None)
        return [pair.key for pair in found.pairs] + [one.key for one in found.containers]

    before = keys()
    versions = [*CONVERTERS]
    versions[changed] += "0"
    for module in ("pairing", "containers"):
        monkeypatch.setattr(f"wenzhai.{module}.CONVERTERS", tuple(versions))
    assert len(before) == 1
    assert before != keys()


def test_how_far_conversions_are_is_told(site: Site) -> None:
    for name in "abc":
        site.write(f"content/sources/{name}.txt", f"{TEXT}{name}。\n")
    told: list[tuple[str, int, int]] = []
    convert_sources(
        site.root,
        site.snapshot(),
        lambda _: False,
        "2026-01-02",
        "Asia/Shanghai",
        progress=lambda *row: told.append(row),
    )
    assert told == [("convert", 1, 3), ("convert", 2, 3), ("convert", 3, 3)]
