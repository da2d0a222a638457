"""Bad input through the real command line: exit code, problem code, position, and readers safe."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from bad_articles import EVERY, Bad, dated, head
from bad_site import bad_site
from command_line import LEAN, Told, command, say, tell
from sites import article, make_site, tree, write

ARTICLES = "content/articles"
GOOD = {
    f"{ARTICLES}/good.md": dated(),
    f"{ARTICLES}/lost.md": dated("[乙](nope.md)"),
    "content/pages/about.md": article("关于"),
}
posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes of POSIX")
Prepare = Callable[[Path], object]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was published while it was good; ``lost.md`` has a broken link since."""
    folder = make_site(tmp_path / "site", {**GOOD, f"{ARTICLES}/lost.md": dated("没有链接")}, LEAN)
    assert tell(folder).code == 0
    write(folder / f"{ARTICLES}/lost.md", GOOD[f"{ARTICLES}/lost.md"])
    return folder


def build_badly(site: Path, *arguments: str) -> Told:
    """Build a site that has an error, and see that readers keep the last good one."""
    before = tree(site / "public")
    ledger = (site / "content/published.json").read_bytes()
    told = tell(site, *arguments)
    assert told.code == 1
    assert told.report["ok"] is False
    assert tree(site / "public") == before
    assert (site / "content/published.json").read_bytes() == ledger
    return told


@pytest.mark.parametrize("bad", EVERY, ids=lambda bad: bad.name)
def test_a_bad_article_is_told_with_code_line_and_column(bad: Bad) -> None:
    rows = [row for row in bad_site().told.problems if row["path"] == bad.path]
    assert (bad.code, bad.line, bad.column) in {
        (row["code"], row["line"], row["column"]) for row in rows
    }


def test_all_bad_articles_are_told_in_one_run_that_exits_1() -> None:
    told = bad_site().told
    assert (told.code, told.report["ok"]) == (1, False)
    assert {bad.path for bad in EVERY} <= {row["path"] for row in told.problems}


def test_readers_keep_the_last_good_site_and_its_record() -> None:
    assert bad_site().after == bad_site().before


def test_a_wrong_encoding_is_named() -> None:
    hints = {row["path"][17:-3]: row["hint"] for row in bad_site().told.problems}
    names = {"gbk": "GB18030", "utf16": "UTF-16LE", "latin1": "WINDOWS-1252", "big5": "BIG5"}
    assert {name for name, encoding in names.items() if encoding not in hints[name]} == set()


LINKS: Mapping[str, tuple[str, Prepare]] = {
    "pipe.md": ("E504", os.mkfifo if hasattr(os, "mkfifo") else str),
    "circle.md": ("E503", lambda path: path.symlink_to(path.name)),
    "folder": ("E503", lambda path: path.symlink_to(".")),
    "outside.md": ("E502", lambda path: path.symlink_to("/etc/passwd")),
    "nothing.md": ("E509", lambda path: path.symlink_to("nowhere")),
}


@posix
def test_pipes_and_bad_links_are_told_together_and_nothing_hangs(site: Path) -> None:
    for name, (_, prepare) in LINKS.items():
        prepare(site / ARTICLES / name)
    told = build_badly(site)
    found = {row["path"]: row["code"] for row in told.problems}
    wanted = {f"{ARTICLES}/{name}": code for name, (code, _) in LINKS.items()}
    assert found == {**wanted, f"{ARTICLES}/lost.md": "E302"}


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_told(site: Path) -> None:
    (site / ARTICLES / "good.md").chmod(0)
    assert build_badly(site).codes(f"{ARTICLES}/good.md") == ["E501"]


def test_a_file_that_the_system_refuses_to_read_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refuse(path: str, *rest: int, **more: int) -> int:
        if str(path).endswith("fresh.md"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *rest, **more)

    write(site / ARTICLES / "fresh.md", dated("新的一篇。"))
    monkeypatch.setattr(os, "open", refuse)
    told = build_badly(site)
    assert told.codes(f"{ARTICLES}/fresh.md") == ["E501"]
    assert told.codes(f"{ARTICLES}/lost.md") == ["E302"]


TEMPLATES = {
    "home.html": ("{{ site.title }}\n{{ site.titel }}", "E416", 2),
    "list.html": ("{% if %}", "E410", 1),
    "article.html": ("<p>\n{% include 'nope.html' %}", "E413", 2),
    "terms.html": ("{% extends 'terms2.html' %}", "E414", 1),
    "terms2.html": ("{% extends 'terms.html' %}", "E414", 1),
    "page.html": ("\n{{ page.title | uper }}", "E412", 2),
}


def test_template_errors_are_told_with_their_lines(site: Path) -> None:
    for name, (text, _, _) in TEMPLATES.items():
        write(site / "templates" / name, text)
    told = build_badly(site)
    found = {(row["path"], row["code"], row["line"]) for row in told.problems}
    static = {"list.html", "article.html", "terms.html", "terms2.html", "page.html"}
    assert {(f"templates/{name}", *TEMPLATES[name][1:]) for name in static} <= found
    assert told.codes(f"{ARTICLES}/lost.md") == ["E302"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("{{ site.title }}\n{{ site.titel }}", "E416", 2),
        ("{{ nosuch }}", "E416", 1),
        ("\n\n{{ 1 // 0 }}", "E418", 3),
        ("{{ 'no.such.word'|t }}", "E417", 1),
        ("{% include 'home.html' %}", "E411", 0),
    ],
)
def test_a_template_that_fails_while_it_runs_is_told(
    site: Path, text: str, code: str, line: int
) -> None:
    write(site / "templates/home.html", text)
    rows = build_badly(site).problems
    found = [(row["code"], row["line"]) for row in rows if row["path"] == "templates/home.html"]
    assert found == [(code, line)]


def test_a_template_that_is_not_utf8_is_told_where(site: Path) -> None:
    write(site / "templates/home.html", "<p>\n首页</p>".encode("gbk"))
    told = build_badly(site)
    row = next(row for row in told.problems if row["path"] == "templates/home.html")
    assert (row["code"], row["line"], row["column"]) == ("E101", 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "{bad",
        "[]",
        "\0",
        '{"version": 2, "authority": "", "articles": {}}',
        '{"version": 1, "authority": "", "articles": {"a": {"slug": 1}}}',
        (
            '{"version": 1, "authority": "", "articles":'
            ' {"a": {"slug": ["x"], "id": "i", "title": "", "date": "", "mark": ""}}}'
        ),
        (
            '{"version": 1, "authority": "", "articles":'
            ' {"a": {"slug": "../x", "id": "i", "title": "", "date": "", "mark": ""}}}'
        ),
        "<<<<<<< HEAD\n{}\n",
    ],
)
def test_a_damaged_record_of_what_was_published_stops_the_build(site: Path, text: str) -> None:
    write(site / "content/published.json", text)
    assert build_badly(site).codes("content/published.json") == ["E310"]


SETTINGS: dict[str, tuple[str | bytes, str, int]] = {
    "wrong type": ("per_page = 'x'", "E002", 1),
    "unknown": ("\nrelatd = 1", "E003", 2),
    "bad value": ("base_url = 'ftp:x'", "E004", 1),
    "bad zone": ("timezone = 'Mars/Base'", "E004", 1),
    "not TOML": ("title = [", "E001", 1),
    "not UTF-8": (b"title = '\xff'", "E101", 1),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_settings_that_cannot_be_used_exit_2(site: Path, case: str) -> None:
    text, code, line = SETTINGS[case]
    before = tree(site / "public")
    write(site / "site.toml", text)
    exit_code, said = say(site, "build")
    assert exit_code == 2
    assert said.startswith(f"site.toml:{line}:")
    assert f" error {code}: " in said
    assert tree(site / "public") == before


def test_a_folder_that_is_no_site_is_left_as_it_is(tmp_path: Path) -> None:
    code, said = say(tmp_path, "build")
    assert (code, "E005" in said, list(tmp_path.iterdir())) == (2, True, [])
    assert say(tmp_path, "build", "--site", "nowhere")[0] == 2


def test_a_missing_theme_is_told_at_the_settings(site: Path) -> None:
    write(site / "site.toml", "theme = 'wenzhei'\n" + LEAN)
    row = next(row for row in build_badly(site).problems if row["code"] == "E406")
    assert row["path"] == "site.toml"
    assert "wenzhai" in row["hint"]


def test_a_theme_without_templates_names_each_that_is_missing(site: Path) -> None:
    write(site / "site.toml", "theme = 'bare'\n" + LEAN)
    write(site / "themes/bare/theme.toml", "")
    told = build_badly(site)
    assert set(told.codes("themes/bare/theme.toml")) == {"E408"}
    assert told.codes(f"{ARTICLES}/lost.md") == ["E302"]


def test_a_link_from_the_root_that_leads_nowhere_is_told(site: Path) -> None:
    write(site / ARTICLES / "good.md", dated("[甲](/about/) [乙](/nope/)"))
    row = next(r for r in build_badly(site).problems if r["path"] == f"{ARTICLES}/good.md")
    assert (row["code"], row["line"], row["column"]) == ("E302", 6, 18)


def test_two_outputs_at_one_address_name_each_other(site: Path) -> None:
    write(site / "content/pages/tags.md", dated())
    write(site / "static/index.html", "x")
    rows = {r["path"]: (r["code"], r["message"]) for r in build_badly(site).problems}
    assert rows["content/pages/tags.md"][0] == rows["static/index.html"][0] == "E303"
    assert "/tags/" in rows["content/pages/tags.md"][1]
    assert not any(path.startswith("/") for path in rows)


def test_a_file_where_a_folder_must_be_is_told(site: Path) -> None:
    write(site / "static/tags", "x")
    told = build_badly(site)
    assert told.codes("static/tags") == ["E608"]


@pytest.mark.parametrize(
    ("output", "code"), [(".", "E601"), ("content", "E609"), ("..", "E601"), ("mine", "E602")]
)
def test_an_output_folder_that_is_not_ours_is_refused(site: Path, output: str, code: str) -> None:
    write(site / ARTICLES / "lost.md", dated("没有链接"))
    write(site / "mine/precious.txt", "mine")
    before = tree(site / "content"), tree(site / "mine")
    told = tell(site, "--output", str((site / output).resolve()))
    assert (told.code, told.codes()) == (1, [code])
    assert (tree(site / "content"), tree(site / "mine")) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 512 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    options = ("-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder))
    if (
        not (sys.platform == "linux" and mount)
        or subprocess.run([mount, *options], capture_output=True, check=False).returncode
    ):
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_readers_keep_whole_files(site: Path, small_disk: Path) -> None:
    write(site / ARTICLES / "lost.md", dated("没有链接"))
    public = small_disk / "public"
    assert tell(site, "--output", str(public)).code == 0
    before = tree(public)
    write(site / ARTICLES / "large.md", dated("长文。" * 200_000))
    told = tell(site, "--output", str(public))
    assert (told.code, told.codes()) == (1, ["E603"])
    assert tree(public) == before
    (site / ARTICLES / "large.md").unlink()
    assert tell(site, "--output", str(public)).code == 0


def test_a_full_disk_under_the_cache_shows_no_traceback(site: Path, small_disk: Path) -> None:
    write(site / ARTICLES / "lost.md", dated("没有链接"))
    before = tree(site / "public")
    shutil.rmtree(site / ".wenzhai")
    (site / ".wenzhai").symlink_to(small_disk, target_is_directory=True)
    write(site / ARTICLES / "large.md", dated("长文。" * 200_000))
    done = command(site, "build", "-q")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert tree(site / "public") == before


HARMLESS = {
    "braces": dated("{{ site.title }} {% raw %} {% endif %} {# 注 #} {{ 7 * 7 }}", slug="braces"),
    "nul": dated("甲\0乙 \x000\x00 [丙](good.md)", slug="zero"),
    "markup": article("<script>alert(1)</script>", "正文。", date="2024-01-01"),
    "brackets": dated("[" * 20_000),
    "stars": dated("*a _b " * 5_000),
    "crlf": "\ufeff" + dated("第一行。").replace("\n", "\r\n"),
    "only-head": "---\ntitle: 只有元数据\ndate: 2024-01-01\n---",
    "tags": dated(
        tags=f"['C++', 'C#', 'c/c++', '{'标' * 500}', '！？', '...', 'CON', '<b>', ' ', 'c++']"
    ),
    "slug-tags": head("title: 标签", "date: 2024-01-01", "slug: tags"),
}


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The outputs of a site whose articles only look dangerous."""
    files = {f"{ARTICLES}/{name}.md": text for name, text in HARMLESS.items()}
    folder = make_site(
        tmp_path_factory.mktemp("harmless"), {**files, f"{ARTICLES}/good.md": dated()}, LEAN
    )
    (folder / ARTICLES / "folder.md").mkdir()
    told = tell(folder)
    assert (told.code, told.problems) == (0, [])
    return {path: text.decode() for path, text in tree(folder / "public").items()}


def test_template_marks_in_a_body_are_shown_as_they_are(harmless: dict[str, str]) -> None:
    page = harmless["articles/braces/index.html"]
    assert "{{ site.title }} {% raw %} {% endif %} {# 注 #} {{ 7 * 7 }}" in page


def test_nul_bytes_in_a_body_are_dropped_and_name_no_reference(harmless: dict[str, str]) -> None:
    page = harmless["articles/zero/index.html"]
    assert "\0" not in page
    assert "甲乙 0 <a href=" in page


def test_markup_in_a_title_is_text(harmless: dict[str, str]) -> None:
    pages = [text for path, text in harmless.items() if path.endswith((".html", ".xml"))]
    assert any("alert(1)" in text for text in pages)
    assert not any("<script>alert" in text for text in pages)


def test_no_tag_leaves_the_tags_folder_or_takes_another_ones_place(
    harmless: dict[str, str],
) -> None:
    pages = {p for p in harmless if p.startswith("tags/") and p.count("/") == 2}
    assert len(pages) == 8  # c++ is C++, and a blank one is none
    assert all(len(part.encode()) <= 255 for page in pages for part in page.split("/"))


def test_the_slug_of_an_article_may_be_a_word_of_the_site(harmless: dict[str, str]) -> None:
    assert {"articles/tags/index.html", "tags/index.html"} <= harmless.keys()
