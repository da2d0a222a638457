"""The build as users see it: outputs, reports, refusals."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sites import NOW, SETTINGS, SMALL, article, build, built, codes, make_site, tree, write

from wenzhai.ledger import LEDGER_FILE
from wenzhai.request import SettingsError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site")


def test_every_kind_of_page_has_its_address(site: Path) -> None:
    outputs = built(site)
    wanted = {
        "index.html", "page/2/index.html", "page/3/index.html",
        "tags/index.html", "tags/开源/index.html", "tags/开源/feed.xml", "tags/开源/atom.xml",
        "tags/开源/feed.json", "regions/index.html", "regions/guangdong/index.html",
        "regions/guangdong/feed.xml", "archive/index.html", "archive/2024/index.html",
        "archive/2024/03/index.html", "digests/index.html", "digests/2024-w09/index.html",
        "digests/feed.xml", "subscribe/index.html", "about/index.html", "404.html", "feed.xml",
        "atom.xml", "feed.json", "feeds.opml", "sitemap.xml", "robots.txt", "llms.txt",
        "old/index.html", "articles/di-yi-pian/index.html", "articles/di-yi-pian/index.md",
    }  # fmt: skip
    missing = {path for path in wanted if path not in outputs}
    assert {path for path in missing if not path.startswith("articles/")} == set()
    articles = [p for p in outputs if p.startswith("articles/") and p.endswith("/index.html")]
    assert len(articles) == 5
    assert all(path.removesuffix("html") + "md" in outputs for path in articles)


def test_a_second_build_does_nothing(site: Path) -> None:
    first = build(site)
    second = build(site)
    assert (first.written, second.written, second.rendered, second.parsed) == (
        first.outputs, 0, 0, 0,
    )  # fmt: skip
    assert second.unchanged == first.outputs


def test_a_build_of_settled_sources_says_at_once_that_nothing_changed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenzhai.scan.RACY_NS", 0)  # as if all had been written long ago
    assert build(site).fresh
    assert build(site).fresh is False  # although the first one wrote a source, the ledger
    ledger = site / LEDGER_FILE
    kept = ledger.read_bytes()
    ledger.write_bytes(kept.replace(b"one", b"other"))
    assert build(site).fresh
    assert build(site).fresh is False
    ledger.unlink()
    assert build(site).fresh
    assert ledger.read_bytes() == kept


def test_a_ledger_that_cannot_be_written_is_told_and_tried_again(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenzhai.scan.RACY_NS", 0)  # as if all had been written long ago
    (site / LEDGER_FILE).mkdir()
    for _ in range(2):
        report = build(site)
        assert (codes(report), report.published, report.ok) == (["E311"], True, False)
    assert (site / "public/index.html").exists()
    assert sorted(path.name for path in (site / "content").iterdir()) == [
        "articles",
        "pages",
        "published.json",
    ]
    (site / LEDGER_FILE).rmdir()
    assert build(site).ok
    assert (site / LEDGER_FILE).is_file()


def test_a_file_changed_in_the_output_is_repaired(site: Path) -> None:
    before = built(site)
    (site / "public/index.html").write_text("tampered")
    (site / "public/about/index.html").unlink()
    assert built(site) == before


def test_files_of_others_in_the_output_stay(site: Path) -> None:
    built(site)
    (site / "public/CNAME").write_text("digest.example")
    (site / "content/articles/one.md").unlink()
    outputs = built(site, keep_going=True)
    assert outputs["CNAME"] == b"digest.example"


def test_a_deleted_article_leaves_nothing_behind(site: Path) -> None:
    before = built(site)
    (site / "content/articles/four.md").unlink()
    gone = before.keys() - built(site).keys()
    assert [path for path in gone if path.endswith("index.md")] != []
    assert not any((site / "public" / path).parent.exists() for path in gone if "articles" in path)


def test_an_error_publishes_nothing(site: Path) -> None:
    before = built(site)
    write(site / "content/articles/bad.md", "---\ntitle: [\n---\n")
    write(site / "content/articles/one.md", article("改过的标题"))
    report = build(site)
    assert not report.ok
    assert not report.published
    assert tree(site / "public") == before


def test_all_problems_are_told_in_one_run(site: Path) -> None:
    write(site / "content/articles/a.md", article("甲", "[去](nowhere.md)", date="2024-13-01"))
    write(site / "content/articles/b.md", article("乙", "[去](nowhere.md)", slug="same"))
    write(site / "content/articles/c.md", article("丙", slug="same"))
    write(
        site / "templates/home.html",
        "{% extends 'base.html' %}\n{% block main %}\n{{ site.titel }}{% endblock %}",
    )
    found = {(item.code[0], item.span.path) for item in build(site).problems}
    paths = {path for grave, path in found if grave == "E"}
    assert {
        "content/articles/a.md", "content/articles/b.md", "content/articles/c.md",
        "templates/home.html",
    } <= paths  # fmt: skip


def test_keep_going_publishes_the_rest(site: Path) -> None:
    write(site / "content/articles/bad.md", "---\ntitle: [\n---\n")
    report = build(site, keep_going=True)
    assert not report.ok
    assert report.published
    assert (site / "public/index.html").is_file()


def test_strict_takes_warnings_for_errors(site: Path) -> None:
    write(site / "content/articles/undated.md", article("无日期"))
    assert build(site).ok
    report = build(site, strict=True, output=site / "strict")
    assert not report.ok
    assert not (site / "strict").exists()


def test_held_back_articles_are_listed_with_the_reason(site: Path) -> None:
    write(site / "content/articles/d.md", article("草稿", draft="true"))
    write(site / "content/articles/f.md", article("将来", date="2099-01-01"))
    write(site / "content/articles/x.md", article("过期", date="2024-01-01", expires="2024-02-01"))
    report = build(site)
    assert {(one.path[-4:], one.reason) for one in report.held} == {
        ("d.md", "draft"), ("f.md", "scheduled"), ("x.md", "expired"),
    }  # fmt: skip
    assert report.due is not None


def test_a_scheduled_article_appears_when_its_time_has_come(site: Path) -> None:
    write(site / "content/articles/f.md", article("将来", date="2024-03-11"))
    report = build(site)
    later = build(site, now=report.due)
    assert later.articles == report.articles + 1


def test_drafts_and_future_show_what_is_held(site: Path) -> None:
    write(site / "content/articles/d.md", article("草稿", draft="true"))
    write(site / "content/articles/f.md", article("将来", date="2099-01-01"))
    report = build(site, drafts=True, future=True)
    assert report.held == ()
    assert not (site / "content/published.json").exists()


def test_a_link_between_articles_leads_to_its_page(site: Path) -> None:
    outputs = built(site)
    pages = [text.decode() for path, text in outputs.items() if path.endswith("index.html")]
    page = next(text for text in pages if "参见<a" in text)
    target = page.split('参见<a href="')[1].split('"')[0]
    assert target.startswith("../../articles/")
    assert f"{target.removeprefix('../../')}index.html" in outputs


def test_a_missing_link_names_file_line_column_and_the_nearest(site: Path) -> None:
    write(
        site / "content/articles/a.md",
        article("甲", "一段。\n\n见[乙](tow.md)。", date="2024-01-01"),
    )
    found = next(item for item in build(site).problems if item.code == "E302")
    assert (found.span.path, found.span.line, found.span.column) == (
        "content/articles/a.md", 8, 6,
    )  # fmt: skip
    assert "two.md" in found.hint("zh")


def test_two_articles_with_one_slug_are_both_named(site: Path) -> None:
    write(site / "content/articles/a.md", article("甲", slug="same", date="2024-01-01"))
    write(site / "content/articles/b.md", article("乙", slug="same", date="2024-01-02"))
    report = build(site)
    assert codes(report) == ["E301", "E301"]
    assert {item.span.path[-4:] for item in report.problems} == {"a.md", "b.md"}


def test_an_output_at_an_address_of_the_site_itself_is_an_error(site: Path) -> None:
    write(site / "content/pages/tags.md", article("标签？"))
    assert "E303" in codes(build(site))


def test_an_unknown_setting_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    site = make_site(tmp_path, settings=SETTINGS + "\nrelatd = 3\n")
    with pytest.raises(SettingsError) as caught:
        build(site)
    found = caught.value.problems[0]
    assert (found.code, found.span.line) == ("E003", 14)
    assert "related" in found.hint("en")


def test_a_folder_without_settings_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        build(tmp_path)
    assert caught.value.problems[0].code == "E005"


def test_plain_markdown_without_front_matter_works_as_it_is(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {
            "content/articles/2024-02-18-note.md": "# 灯塔\n\n看守人写日志。\n",
            "content/articles/loose.md": "# 没有日期\n\n正文。\n",
        },
    )
    report = build(site)
    assert codes(report) == ["W302"]
    home = (site / "public/index.html").read_text()
    assert home.index("灯塔") < home.index("没有日期")


def test_an_undated_article_takes_the_date_of_its_commit(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/articles/loose.md": "# 没有日期\n\n正文。\n"})
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com")
    when = {
        "GIT_AUTHOR_DATE": "2024-02-03T10:00:00+08:00",
        "GIT_COMMITTER_DATE": "2024-02-03T10:00:00+08:00",
    }
    for words in (("init", "-q"), ("add", "."), (*identity, "commit", "-qm", "first")):
        subprocess.run(["git", *words], cwd=site, check=True, env={**os.environ, **when})
    assert build(site).problems == ()
    assert (site / "public/archive/2024/02/index.html").is_file()


def test_a_damaged_cache_is_made_anew(site: Path) -> None:
    before = built(site)
    for path in (site / ".wenzhai").rglob("*"):
        if path.is_file() and path.name != "lock":
            path.write_bytes(b"\0" * 100)
    shutil.rmtree(site / "public")
    assert built(site) == before


def test_lost_bytes_in_the_cache_are_made_anew(site: Path) -> None:
    before = built(site)
    for path in (site / ".wenzhai").rglob("*.pack"):
        path.write_bytes(path.read_bytes()[:-100])
    shutil.rmtree(site / "public")
    assert built(site) == before


def test_the_command_line_prints_one_json_object(site: Path) -> None:
    done = _run(site, "--json")
    table = json.loads(done.stdout)
    keys = "ok articles imported held outputs parsed rendered written removed unchanged seconds"
    assert {*keys.split(), "problems"} <= table.keys()
    assert (done.returncode, table["ok"], table["articles"]) == (0, True, 5)


def test_exit_codes_tell_content_from_usage(site: Path) -> None:
    write(site / "content/articles/bad.md", "---\ntitle: [\n---\n")
    assert _run(site).returncode == 1
    assert _run(site, "--no-such-flag").returncode == 2
    write(site / "site.toml", "title = 3\n")
    assert _run(site).returncode == 2


def test_messages_follow_the_locale(site: Path) -> None:
    write(site / "content/articles/a.md", article("甲", "[去](nowhere.md)", date="2024-01-01"))
    assert "提示" in _run(site, LANG="zh_CN.UTF-8").stderr
    assert "hint" in _run(site, LANG="en_GB.UTF-8").stderr


def test_a_second_build_at_the_same_time_exits_75(site: Path) -> None:
    hold = "import sys; from wenzhai.lock import build_lock; from pathlib import Path\n"
    hold += "with build_lock(Path('.')): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold], cwd=site, env=_environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert _run(site).returncode == 75
        holder.communicate()
    assert _run(site).returncode == 0


def test_an_output_folder_that_is_not_ours_is_refused(site: Path) -> None:
    write(site / "elsewhere/precious.txt", "mine")
    report = build(site, output=site / "elsewhere")
    assert not report.ok
    assert tree(site / "elsewhere") == {"precious.txt": b"mine"}


def test_static_files_keep_their_names(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**SMALL, "static/CNAME": "digest.example\n"})
    assert built(site)["CNAME"] == b"digest.example\n"


def test_equal_pictures_of_one_name_are_published_once(tmp_path: Path) -> None:
    site = make_site(
        tmp_path / "site",
        {
            "content/articles/x/one.md": article("甲", "![](a.png)"),
            "content/articles/y/two.md": article("乙", "![](a.png)"),
            "content/articles/x/a.png": "the same",
            "content/articles/y/a.png": "the same",
        },
    )
    assert len([path for path in built(site) if path.startswith("assets/a.")]) == 1


def test_pictures_beside_an_article_are_published_with_a_fingerprint(tmp_path: Path) -> None:
    text = article("图", "![说明](images/a%20b.svg)", date="2024-01-01", cover="images/a b.svg")
    site = make_site(
        tmp_path,
        {"content/articles/p.md": text, "content/articles/images/a b.svg": "<svg/>"},
    )
    outputs = built(site)
    copies = [path for path in outputs if path.startswith("assets/a b.")]
    assert len(copies) == 1
    page = next(
        t.decode() for p, t in outputs.items() if p.startswith("articles/") and "说明".encode() in t
    )
    assert "../../assets/a%20b." in page


def _run(site: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wenzhai", "build", *arguments],
        cwd=site, env=_environment(**environment), capture_output=True, text=True, check=False,
    )  # fmt: skip


def _environment(**more: str) -> dict[str, str]:
    root = str(Path(__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": root, "SOURCE_DATE_EPOCH": str(NOW), **more}
