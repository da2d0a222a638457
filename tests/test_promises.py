"""The promises to users that can be shown end to end, one group each; 6 to 8 have tests elsewhere.

The second (incremental = clean) is shown by test_equal and test_determinism too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
from bad_articles import EVERY, dated
from bad_site import bad_site
from command_line import LEAN, ROOT, environment
from sites import SETTINGS, article, build, built, make_site, tree, write

from wenzhai.codes import CODES
from wenzhai.importers.account import account
from wenzhai.importers.text import convert_text
from wenzhai.manifest import STAGING
from wenzhai.request import SettingsError

TEXTS = sorted(
    path
    for folder in ("content/sources", "tests/data/text")
    for path in (ROOT / folder).glob("*.txt")
)


# 1. Nothing is lost on import.


@pytest.mark.parametrize("source", TEXTS, ids=lambda path: path.stem)
def test_every_character_of_a_source_is_in_the_article_or_its_record(source: Path) -> None:
    text = source.read_text("utf-8-sig")
    assert account(text, convert_text(text, source.name, "2026-01-02", "Asia/Shanghai")) == ""


def test_a_source_in_a_site_stays_as_it_is_and_its_record_beside_the_article(
    tmp_path: Path,
) -> None:
    text = TEXTS[0].read_bytes()
    site = make_site(tmp_path, {"content/sources/saved.txt": text}, LEAN)
    assert build(site).imported == 1
    assert (site / "content/sources/saved.txt").read_bytes() == text
    record = next((site / "content/articles").glob("*.import.json"))
    assert json.loads(record.read_bytes())["source"]["path"].endswith("saved.txt")


# 2. An incremental build equals a clean one.


def test_a_walk_of_edits_and_back_ends_where_it_began(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    first = built(site)
    four = site / "content/articles/four.md"
    steps: list[Callable[[], object]] = [
        lambda: write(site / "templates/home.html", "<p>{{ site.title }}"),
        lambda: write(site / "site.toml", SETTINGS.replace("per_page = 2", "per_page = 3")),
    ]
    for step in steps:
        step()
        assert built(site) != first
    four.rename(four.with_name("sub.md"))
    assert built(site) != first
    four.with_name("sub.md").rename(four)
    shutil.rmtree(site / "templates")
    write(site / "site.toml", SETTINGS)
    assert built(site) == first


# 3. A failed build changes nothing; a killed one leaves whole files.

FAILURES: dict[str, dict[str, str]] = {
    "front matter": {"content/articles/bad.md": "---\ntitle: [\n---\n"},
    "link": {"content/articles/bad.md": dated("[乙](nope.md)")},
    "template": {"templates/home.html": "{{ site.titel }}"},
    "clash": {"content/pages/tags.md": dated()},
    "record": {"content/published.json": "{"},
    "settings": {"site.toml": "per_page = 'x'"},
    "theme": {"site.toml": "theme = 'none'\n" + SETTINGS},
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_build_changes_nothing_that_readers_see(tmp_path: Path, failure: str) -> None:
    site = make_site(tmp_path / "site")
    before = built(site)
    write(site / "content/articles/one.md", article("改过的标题"))
    for path, text in FAILURES[failure].items():
        write(site / path, text)
    kept = tree(site / "content")
    try:
        assert not build(site).published
    except SettingsError:
        assert failure == "settings"
    assert tree(site / "public") == before
    assert tree(site / "content") == kept


KILLS = [
    ("os.replace", 1),
    ("os.replace", 2),
    ("os.replace", 23),
    ("os.replace", 41),
    ("wenzhai.outbox.write_file", 5),
    ("os.rename", 1),
    ("wenzhai.manifest.render_manifest", 1),
    ("wenzhai.publish.delete_stale", 1),
    ("wenzhai.staging.make_folders", 1),
    ("wenzhai.publish.empty_staging", 1),
    ("wenzhai.session.record_published", 1),
    ("wenzhai.packs.PackWriter.append", 9),
    ("wenzhai.store.Store.add", 2),
    ("wenzhai.store.Store.set_outputs", 1),
]


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize(("place", "number"), KILLS)
def test_a_killed_build_leaves_whole_files_and_the_next_repairs_all(
    tmp_path: Path, place: str, number: int
) -> None:
    site = make_site(tmp_path / "site")
    old = built(site)
    _edit(site)
    wanted = _built_apart(site, tmp_path / "apart")
    words = [sys.executable, str(ROOT / "tests/killed_build.py"), place, str(number)]
    done = subprocess.run(
        [*words, "build", "-q", "--jobs", "1"], cwd=site, env=environment(), check=False
    )
    assert done.returncode == -signal.SIGKILL
    for path, content in tree(site / "public").items():
        if not path.startswith(STAGING):
            assert content in {old.get(path), wanted.get(path)}, path
    assert built(site) == wanted
    assert json.loads((site / "content/published.json").read_bytes())


def _edit(site: Path) -> None:
    """Change much: titles, a template of all pages, an article less and one more."""
    write(site / "content/articles/one.md", article("改过的标题", date="2024-01-05"))
    (site / "content/articles/five.md").unlink()
    write(site / "content/articles/six.md", article("第六篇", date="2024-03-03", tags="[新]"))
    write(site / "site.toml", SETTINGS.replace("灯下文摘", "灯上文摘"))


def _built_apart(site: Path, folder: Path) -> dict[str, bytes]:
    shutil.copytree(site, folder)
    return built(folder, clean=True)


# 4. Feed ids never change.

Edit = Callable[[Path], object]


def _text(site: Path, name: str = "four.md") -> str:
    return (site / "content/articles" / name).read_text("utf-8")


def _rename(site: Path, name: str = "renamed.md") -> None:
    target = site / "content/articles" / name
    target.parent.mkdir(exist_ok=True)
    (site / "content/articles/four.md").rename(target)


def _replace(old: str, new: str) -> Edit:
    def edit(site: Path) -> None:
        path = next((site / "content").rglob("four.md"), site / "content/articles/renamed.md")
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return edit


def _settings(old: str, new: str) -> Edit:
    def edit(site: Path) -> None:
        path = site / "site.toml"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    return edit


def _exchange(site: Path) -> None:
    articles = site / "content/articles"
    (articles / "four.md").rename(articles / "spare")
    (articles / "five.md").rename(articles / "four.md")
    (articles / "spare").rename(articles / "five.md")


def _forget_cache(site: Path) -> None:
    shutil.rmtree(site / ".wenzhai")
    shutil.rmtree(site / "public")


def _delete_and_restore(site: Path) -> None:
    path = site / "content/articles/four.md"
    text = path.read_text("utf-8")
    path.unlink()
    built(site)
    path.write_text(text, "utf-8")


RETITLE = _replace("第四篇", "换了标题")
RETAG = _replace("---\n\n", "tags: [新标签]\n---\n\n")
REWRITE = _replace("机房里的 Llama 与 Llama。", "全文重写了一遍，一个字也没留下。")
DRAFT = _replace("---\n\n", "draft: true\n---\n\n")
MOVE_SITE = _settings("https://digest.example/site/", "https://elsewhere.example/")
EDITS: dict[str, tuple[Edit, ...]] = {
    "rename": (_rename,),
    "subfolder": (lambda site: _rename(site, "sub/renamed.md"),),
    "retitle": (RETITLE,),
    "retag": (RETAG,),
    "rewrite": (REWRITE,),
    "redate": (_replace("2024-03-01", "2024-03-04"),),
    "slug": (_replace("---\n\n", "slug: anders\n---\n\n"),),
    "other domain": (MOVE_SITE,),
    "no cache": (_forget_cache,),
    "rename and retitle": (_rename, RETITLE),
    "rename and rewrite": (_rename, REWRITE),
    "rename and other domain": (_rename, MOVE_SITE),
    "retitle and rewrite": (RETITLE, REWRITE),
    "rename, no cache": (_rename, _forget_cache),
    "draft and back": (DRAFT, build, _replace("draft: true\n", "")),
    "delete and restore": (_delete_and_restore,),
    "exchange of names": (_exchange,),
    "language": (_settings("title =", 'language = "en"\ntitle ='),),
}  # fmt: skip


@pytest.fixture
def subscribed(tmp_path: Path) -> Path:
    """A published site whose feeds carry every article."""
    site = make_site(tmp_path / "site", settings=SETTINGS.replace("items = 3", "items = 10"))
    built(site)
    return site


@pytest.mark.parametrize("edit", EDITS)
def test_the_id_in_every_feed_survives(subscribed: Path, edit: str) -> None:
    before = {name: _ids(subscribed, name) for name in ("feed.xml", "atom.xml", "feed.json")}
    for change in EDITS[edit]:
        change(subscribed)
    assert build(subscribed).published
    after = {name: _ids(subscribed, name) for name in before}
    assert {name: sorted(ids) for name, ids in after.items()} == {
        name: sorted(ids) for name, ids in before.items()
    }
    assert before["atom.xml"] == before["feed.xml"] == before["feed.json"]


def test_ids_stay_with_their_texts_when_two_files_exchange_names(subscribed: Path) -> None:
    before = {row["title"]: row["id"] for row in _items(subscribed)}
    _exchange(subscribed)
    built(subscribed)
    assert {row["title"]: row["id"] for row in _items(subscribed)} == before


def test_an_id_is_never_given_to_another_article(subscribed: Path) -> None:
    known = set(_ids(subscribed, "feed.json"))
    (subscribed / "content/articles/four.md").unlink()
    built(subscribed)
    write(
        subscribed / "content/articles/another.md",
        article("第四篇", "与旧的第四篇无关。", date="2024-03-07"),
    )
    built(subscribed)
    fresh = {row["id"] for row in _items(subscribed) if "无关" in row["content_html"]}
    assert len(fresh) == 1
    assert fresh.isdisjoint(known)


def _items(site: Path) -> list[dict[str, str]]:
    return list(json.loads((site / "public/feed.json").read_bytes())["items"])


def _ids(site: Path, feed: str) -> list[str]:
    if feed.endswith(".json"):
        return [row["id"] for row in _items(site)]
    return [entry.id for entry in feedparser.parse((site / "public" / feed).read_bytes()).entries]


# 5. Every message names file, line and column, and says how to mend it.

WHOLE = {"E201", "W105", "W302"}
"""Problems of a file as a whole: it is too long, says nothing, or lacks something."""
WHOLE_LINE = {"E202"}


def test_every_problem_of_content_names_a_file_a_line_and_a_column() -> None:
    site = bad_site()
    for row in site.told.problems:
        assert (site.folder / row["path"]).is_file(), row
        if row["code"] not in WHOLE and not row["path"].startswith("content/pages"):
            assert row["line"] >= 1, row
        if row["code"] not in WHOLE | WHOLE_LINE and not row["path"].startswith("content/pages"):
            assert row["column"] >= 1, row


def test_every_problem_says_in_both_languages_what_was_expected() -> None:
    site = bad_site()
    english, chinese = site.told.problems, site.zh.problems
    assert [row["code"] for row in english] == [row["code"] for row in chinese]
    for en, zh in zip(english, chinese, strict=True):
        assert not re.search(r"[一-鿿]", re.sub(r"[\"“].*|甲|乙|图", "", en["message"])) or (
            en["message"] != zh["message"]
        )
        assert en["message"] != zh["message"]
        assert (en["hint"] and zh["hint"]) or ("should be" in en["message"]), en
        assert "—" not in en["hint"], en


def test_the_terminal_shows_every_problem_where_editors_can_jump_to_it() -> None:
    site = bad_site()
    shown = site.shown.stderr
    assert (site.shown.returncode, "Traceback" in shown) == (1, False)
    for row in site.told.problems:
        place = ":".join(str(part) for part in (row["path"], row["line"], row["column"]) if part)
        assert f"{place}: {row['severity']} {row['code']}: {row['message']}\n" in shown
        assert not row["hint"] or f"    hint: {row['hint']}\n" in shown


def test_a_caret_stands_below_the_first_character_meant(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/articles/a.md": dated("见[乙](nope.md)。")}, LEAN)
    words = [sys.executable, "-m", "wenzhai", "build", "-q"]
    done = subprocess.run(
        words, cwd=site, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    lines = done.stderr.splitlines()
    at = lines.index("    见[乙](nope.md)。")
    assert lines[at + 1] == "    \u3000 \u3000  ^^^^^^^"


def test_every_code_speaks_both_languages() -> None:
    for code, words in CODES.items():
        assert words.zh, code
        assert words.en, code
        assert bool(words.hint_zh) == bool(words.hint_en), code
        holes = [set(re.findall(r"(?<!{){(\w+)}", text)) for text in (words.zh, words.en)]
        assert {hole.removesuffix("_zh") for hole in holes[0]} == holes[1], code


def test_the_bad_articles_of_these_tests_cover_many_codes() -> None:
    assert len({bad.code for bad in EVERY}) >= 30
