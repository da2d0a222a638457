"""Browsers learn of every change at once: pages, problems, addresses, whoever saves and however."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import ROOT
from previewing import PATIENCE, Preview, previewing, tab
from sites import SETTINGS, article, build, make_site, write

from wenzhai.addresses import address_of
from wenzhai.model import OutPath

ONE = "content/articles/one.md"
PAGE = "articles/diyipian/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site")


@pytest.fixture
def preview(site: Path) -> Iterator[Preview]:
    with previewing(site) as running:
        yield running


def text(body: str, title: str = "第一篇") -> str:
    return article(title, body, date="2024-01-05", tags="[开源, 模型]")


def test_saved_page_comes_with_what_it_replaces(preview: Preview, site: Path) -> None:
    with tab(preview, PAGE) as opened:
        write(site / ONE, text("新的一段。"))
        told = opened.hear("page")
        assert told["page"] == PAGE
        assert "新的一段。" in told["html"]
        assert "_preview" not in told["html"]
        assert told["version"] == preview.get("/site/articles/diyipian/").data("version")


def test_pages_that_only_mention_an_article_follow(preview: Preview, site: Path) -> None:
    with tab(preview) as home, tab(preview, "tags/index.html") as tags:
        path = "content/articles/five.md"
        write(site / path, article("改了题目", "最后一篇。", date="2024-03-02", tags="[新标签]"))
        assert "改了题目" in home.hear("page")["html"]
        assert "新标签" in tags.hear("page")["html"]


def test_open_tab_with_an_old_version_is_told_the_new_one(preview: Preview) -> None:
    with tab(preview, PAGE) as opened:
        opened.open(PAGE, opened.version)
        opened.hear("problems")
        opened.open(PAGE, "0" * 32)
        assert "第一篇" in opened.hear("page")["html"]


def test_save_elsewhere_is_told_and_the_page_stays(preview: Preview, site: Path) -> None:
    with tab(preview, PAGE) as opened:
        opened.hear("problems")  # what it shows is known
        before = preview.get("/site/articles/disipian/")
        write(site / "content/articles/four.md", article("第四篇", "改了。", date="2024-03-01"))
        assert opened.hear("elsewhere") == {
            "type": "elsewhere",
            "page": "articles/disipian/index.html",
            "address": "/site/articles/disipian/",
            "title": "第四篇",
            "before": before.data("version"),
        }


def test_version_before_a_save_elsewhere_can_be_had(preview: Preview, site: Path) -> None:
    with tab(preview) as home:
        write(site / "content/articles/three.md", article("第三篇", "改过。", date="2024-02-01"))
        told = home.hear("elsewhere")
    before = preview.get(f"/_preview/version/{told['before']}").body.decode()
    assert "芯片与散热。" in before


def test_raw_file_dropped_into_sources_appears_as_a_page(preview: Preview, site: Path) -> None:
    with tab(preview) as opened:
        raw = "夜读札记\n\n2024-03-01\n\n第一段讲一盏灯。\n\n第二段讲一条路，写得长一些。\n"
        write(site / "content/sources/night.txt", raw)
        told = opened.hear("elsewhere")
        assert told["title"] == "夜读札记"
        assert "第一段讲一盏灯" in preview.get(told["address"]).body.decode()


def test_changed_style_and_template_and_settings_take_effect(preview: Preview, site: Path) -> None:
    with tab(preview) as opened:
        shutil.copytree(ROOT / "themes/wenzhai", site / "themes/wenzhai")
        style = next((site / "themes/wenzhai/static").glob("*.css"))
        style.write_text(style.read_text("utf-8") + "\nbody { color: red }\n", "utf-8")
        old = opened.version
        new = opened.hear("page")["html"]
        assert new.count(".css") == preview.get("/site/").pure.decode().count(".css")
        assert opened.version != old
        write(site / "site.toml", SETTINGS.replace("灯下文摘", "月下文摘"))
        assert "月下文摘" in opened.hear("page")["html"]


def test_new_theme_can_be_chosen_without_a_restart(preview: Preview, site: Path) -> None:
    with tab(preview) as opened:
        shutil.copytree(ROOT / "themes/wenzhai", site / "themes/other")
        base = site / "themes/other/templates/base.html"
        base.write_text(base.read_text("utf-8").replace("</footer>", "OTHER</footer>"), "utf-8")
        write(site / "site.toml", 'theme = "other"\n' + SETTINGS)
        assert "OTHER" in opened.hear("page")["html"]
        base.write_text(base.read_text("utf-8").replace("OTHER", "CHANGED"), "utf-8")
        assert "CHANGED" in opened.hear("page")["html"]


def test_problem_shows_its_place_and_leaves_the_page(preview: Preview, site: Path) -> None:
    with tab(preview, PAGE) as opened:
        assert opened.hear("problems")["problems"] == []
        write(site / ONE, "---\ntitle: 第一篇\ndate: 2024-13-01\n---\n\n正文。\n")
        (found,) = opened.hear("problems")["problems"]
        assert (found["path"], found["line"], found["severity"]) == (ONE, 3, "error")
        assert [row["line"] for row in found["frame"] if row["caret"]] == [3]
        assert found["frame"][0] == {"line": 1, "text": "---", "caret": False}
        assert found["message"]
        assert preview.get("/site/articles/diyipian/").status == 200
        write(site / ONE, text("开源模型 Llama 与 Llama。\n\n参见[第二篇](two.md)。"))
        assert opened.hear("problems")["problems"] == []
    assert preview.text.count(f"{ONE}:3") == 1
    preview.until_said("All problems are mended")


def test_all_problems_are_told_together(preview: Preview, site: Path) -> None:
    with tab(preview) as opened:
        opened.hear("problems")
        bad = "---\ntitle: 坏\ndate: 2024-13-01\n---\n\n正文。\n"
        write(site / "content/articles/bad.md", bad)
        write(site / "templates/terms.html", "{% if %}")
        paths: set[str] = set()
        while not paths >= {"content/articles/bad.md", "templates/terms.html"}:
            paths = {row["path"] for row in opened.hear("problems")["problems"]}


def test_broken_template_leaves_the_last_good_page(preview: Preview, site: Path) -> None:
    before = preview.get("/site/tags/").pure
    with tab(preview, "tags/index.html") as opened:
        opened.hear("problems")
        write(site / "templates/terms.html", "{{ nothing_of_that_name }}")
        assert opened.hear("problems")["problems"][0]["path"] == "templates/terms.html"
        assert preview.get("/site/tags/").pure == before
        (site / "templates/terms.html").unlink()
        assert opened.hear("problems")["problems"] == []


def test_page_that_moves_tells_where(preview: Preview, site: Path) -> None:
    with tab(preview, PAGE) as opened:
        write(site / ONE, text("正文第一段。").replace("tags:", "slug: elsewhere\ntags:"))
        assert opened.hear("moved")["address"] == "/site/articles/elsewhere/"


def test_page_that_moves_because_it_was_saved_is_not_offered(preview: Preview, site: Path) -> None:
    with tab(preview, PAGE) as opened, tab(preview) as home:
        write(site / ONE, article("第一篇改名", date="2024-01-05", slug="renamed"))
        opened.hear("moved")
        home.hear("elsewhere")
        write(site / "content/articles/four.md", article("第四篇", "改了。", date="2024-03-01"))
        assert opened.hear("elsewhere")["title"] == "第四篇"


def test_problems_are_told_in_the_language_of_the_tab(preview: Preview, site: Path) -> None:
    with tab(preview, PAGE) as chinese, tab(preview, PAGE) as english:
        for one, language in ((chinese, "zh"), (english, "en")):
            shown = {"type": "open", "page": PAGE, "version": one.version, "language": language}
            one.send(shown)
            assert [one.hear("problems")["problems"] for _ in range(2)] == [[], []]
        write(site / ONE, "---\ntitle: [\n---\n\n正文。\n")
        told = [one.hear("problems")["problems"][0]["message"] for one in (chinese, english)]
        assert [message.isascii() for message in told] == [False, True]


def test_renamed_file_with_the_same_text_is_found(preview: Preview, site: Path) -> None:
    with tab(preview, PAGE) as opened:
        (site / ONE).unlink()
        new = text("开源模型 Llama 与 Llama。\n\n参见[第二篇](two.md)。", "改名")
        write(site / "content/articles/renamed.md", new)
        assert opened.hear("moved")["address"] == "/site/articles/gaiming/"


def test_file_written_under_another_name_after_it_was_deleted_is_found(
    preview: Preview, site: Path
) -> None:
    with tab(preview, PAGE) as opened:
        (site / ONE).unlink()
        opened.hear("gone")
        new = text("开源模型 Llama 与 Llama。\n\n参见[第二篇](two.md)。", "改名")
        write(site / "content/articles/renamed.md", new)
        assert opened.hear("moved")["address"] == "/site/articles/gaiming/"


def test_deleted_page_is_gone_and_comes_back(preview: Preview, site: Path) -> None:
    old = (site / ONE).read_bytes()
    with tab(preview, PAGE) as opened:
        (site / ONE).unlink()
        near = opened.hear("gone")["near"]
        assert {"address": "/site/articles/dierpian/", "title": "第二篇"} in near
        assert preview.get("/site/articles/diyipian/").status == 404
        write(site / ONE, old)
        assert "第一篇" in opened.hear("page")["html"]


def test_missing_page_appears_where_it_was_asked_for(preview: Preview, site: Path) -> None:
    with tab(preview, "articles/later/index.html") as opened:
        assert opened.answer.status == 404
        assert opened.hear("gone")
        write(site / "content/articles/later.md", article("Later", date="2024-03-01"))
        assert "Later" in opened.hear("page")["html"]


def test_scheduled_article_appears_when_it_is_due(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    with previewing(site, SOURCE_DATE_EPOCH="") as running, tab(running) as opened:
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 4))
        write(site / "content/articles/soon.md", article("马上就来", date=moment))
        assert "马上就来" not in running.get("/site/").body.decode()
        assert "马上就来" in opened.hear("page")["html"]


def save_like_jetbrains(path: Path) -> None:
    new, old = Path(f"{path}___jb_tmp___"), Path(f"{path}___jb_old___")
    new.write_text(text("保存好了。"), encoding="utf-8")
    path.rename(old)
    new.rename(path)
    old.unlink()


def save_like_nano(path: Path) -> None:
    shutil.copy2(path, f"{path}~")
    with path.open("r+", encoding="utf-8") as file:
        file.truncate(0)
        file.write(text("保存好了。"))


def save_like_vim(path: Path) -> None:
    swap, probe, backup = path.parent / ".one.md.swp", path.parent / "4913", Path(f"{path}~")
    swap.touch()
    probe.touch()
    probe.unlink()
    path.rename(backup)
    path.write_text(text("保存好了。"), encoding="utf-8")
    backup.unlink()
    swap.unlink()


def save_like_emacs(path: Path) -> None:
    lock, auto, backup = path.parent / ".#one.md", path.parent / "#one.md#", Path(f"{path}~")
    lock.symlink_to("user@host.1:2")
    auto.write_text(text("保存好了。"), encoding="utf-8")
    path.rename(backup)
    path.write_text(text("保存好了。"), encoding="utf-8")
    lock.unlink()
    auto.unlink()


def save_like_vs_code(path: Path) -> None:
    with path.open("r+", encoding="utf-8") as file:
        file.truncate(0)
        file.flush()
        file.write(text("保存好了。"))


def save_like_sed(path: Path) -> None:
    temporary = path.parent / "sedAb12Cd"
    temporary.write_text(text("保存好了。"), encoding="utf-8")
    temporary.replace(path)


def save_slowly(path: Path) -> None:
    data = text("很慢。" * 50 + "保存好了。").encode()
    with path.open("wb") as file:
        for start in range(0, len(data), len(data) // 5 + 1):
            file.write(data[start : start + len(data) // 5 + 1])
            file.flush()
            time.sleep(0.02)


LONGEST_SAVE = 0.15
"""Seconds that a save may take to be seen as one; a machine that is busy takes longer."""
SAVES = [
    *(save_like_vim, save_like_emacs, save_like_vs_code, save_like_jetbrains, save_like_nano),
    *(save_like_sed, save_slowly),
]


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Preview]]:
    site = make_site(tmp_path_factory.mktemp("edited"))
    with previewing(site) as running:
        yield site, running


@pytest.mark.skipif(sys.platform != "linux", reason="replays what editors on Linux do")
@pytest.mark.parametrize("save", SAVES)
def test_save_of_an_editor_is_one_whole_update(
    edited: tuple[Path, Preview], save: Callable[[Path], None]
) -> None:
    site, running = edited
    write(site / ONE, text(f"以前的 {save.__name__}。"))
    address = "/site/articles/diyipian/"
    until(lambda: save.__name__ in running.get(address).body.decode())
    with tab(running, PAGE) as opened:
        opened.hear("problems")
        begun = time.monotonic()
        save(site / ONE)
        is_late = time.monotonic() - begun > LONGEST_SAVE
        heard = opened.hear_all_until("page")
        while is_late and "保存好了。" not in heard[-1]["html"]:
            heard += opened.hear_all_until("page")
        assert "保存好了。" in heard[-1]["html"]
        assert [one for one in heard if one["type"] == "problems"] == []


def test_older_clock_and_equal_size_are_no_hiding_place(preview: Preview, site: Path) -> None:
    with tab(preview, PAGE) as opened:
        write(site / ONE, text("甲甲甲甲。"))
        opened.hear("page")
        write(site / ONE, text("乙乙乙乙。"))
        past = time.time() - 3600
        os.utime(site / ONE, (past, past))
        assert "乙乙乙乙。" in opened.hear("page")["html"]


def test_file_moved_away_and_folder_lost_and_restored(
    preview: Preview, site: Path, tmp_path: Path
) -> None:
    with tab(preview, PAGE) as opened:
        (site / ONE).rename(tmp_path / "away.md")
        opened.hear("gone")
        (tmp_path / "away.md").rename(site / ONE)
        opened.hear("page")
        (site / "content").rename(tmp_path / "content")
        opened.hear("gone")
        (tmp_path / "content").rename(site / "content")
        opened.hear("page")
        write(site / ONE, text("还在看着。"))
        assert "还在看着。" in opened.hear("page")["html"]


def test_whole_site_removed_and_restored(preview: Preview, site: Path, tmp_path: Path) -> None:
    with tab(preview, PAGE) as opened:
        opened.hear("problems")
        site.rename(tmp_path / "aside")
        (tmp_path / "aside").rename(site)
        write(site / ONE, text("回来了。"))
        assert "回来了。" in opened.hear("page")["html"]


def test_edit_behind_a_linked_folder_is_seen(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    write(site / "shelf/linked.md", article("链接", "以前。", date="2024-03-01", slug="linked"))
    (site / "content/articles/shelf").symlink_to(site / "shelf")
    (site / "shelf/loop").symlink_to(site / "shelf")
    with previewing(site) as running, tab(running, "articles/linked/index.html") as opened:
        for body in ("一。", "二。", "三。"):
            write(site / "shelf/linked.md", article("链接", body, date="2024-03-01", slug="linked"))
            assert body in opened.hear("page")["html"]
        assert "W501" not in running.text


CHECKOUT = 3000


def test_checkout_of_thousands_of_files_ends_in_the_right_state(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"content/articles/a.md": article("A", date="2024-01-01")})
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "small")
    git(site, "branch", "small")
    for number in range(CHECKOUT):
        row = article(f"N{number}", f"正文 {number}。", date="2024-01-02", slug=f"n{number}")
        write(site / f"content/articles/{number % 40}/n{number}.md", row)
    git(site, "add", ".")
    git(site, "commit", "-qm", "large")
    git(site, "checkout", "-q", "small")
    with previewing(site) as running, tab(running) as opened:
        git(site, "checkout", "-q", "-")
        last = f"articles/n{CHECKOUT - 1}/index.html"
        until(lambda: running.get(f"/site/{address_of(OutPath(last))}").status == 200)
        until(lambda: running.get("/site/articles/n0/").status == 200)
        opened.send({"type": "pong"})
        served = running.get("/site/").pure
    assert build(site, output=tmp_path / "public", jobs=2).ok
    assert served == (tmp_path / "public/index.html").read_bytes()


def git(site: Path, *words: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@x.example")
    subprocess.run(["git", "-C", site, *who, *words], check=True, capture_output=True)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 3 * PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_watch_limit_of_fifty_leads_to_polling(tmp_path: Path) -> None:
    limit = "/proc/sys/user/max_inotify_watches"
    attempt = subprocess.run(
        ["unshare", "-r", "sh", "-c", f"echo 50 > {limit}"], check=False, capture_output=True
    )
    if attempt.returncode:
        pytest.skip("no user namespace in which the limit can be set")
    site = make_site(tmp_path)
    for number in range(200):
        path = site / f"content/articles/{number}/a.md"
        write(path, article(f"N{number}", "旧。", date="2024-01-02", slug=f"n{number}"))
    prefix = ("unshare", "-r", "sh", "-c", f'echo 50 > {limit}; exec "$@"', "sh")
    with previewing(site, prefix=prefix) as running:
        running.until_said("W501")
        with tab(running, "articles/n199/index.html") as opened:
            path = site / "content/articles/199/a.md"
            write(path, article("N199", "新的。", date="2024-01-02", slug="n199"))
            assert "新的。" in opened.hear("page")["html"]


def test_newest_of_many_saves_wins(preview: Preview, site: Path) -> None:
    with tab(preview, PAGE) as opened:
        for number in range(30):
            write(site / ONE, text(f"第 {number} 稿。"))
            time.sleep(0.01)
        seen: list[int] = []
        while not seen or seen[-1] != 29:
            html = opened.hear("page")["html"]
            found = re.search(r"第 (\d+) 稿。", html)
            assert found, html
            seen.append(int(found[1]))
        assert seen == sorted(seen)


def test_blocks_know_their_lines_and_open_in_the_editor(tmp_path: Path) -> None:
    body = "# 第一篇\n\n一段。\n\n- 甲\n- 乙\n\n<div>\n原样\n</div>\n\n> 引文[^1]\n\n[^1]: 注。\n"
    path = tmp_path / "site" / ONE
    site = make_site(tmp_path / "site")
    write(path, f"---\ndate: 2024-01-05\n---\n\n{body}")
    out = tmp_path / "opened"
    editor = f"{sys.executable} {tmp_path / 'editor.py'} {{file}} {{line}}"
    write(
        tmp_path / "editor.py",
        f"import sys, json; open({str(out)!r}, 'w').write(json.dumps(sys.argv[1:]))",
    )
    write(site / "site.toml", SETTINGS + f"\n[preview]\neditor = {json.dumps(editor)}\n")
    with previewing(site) as running:
        lines = json.loads(running.get(f"/_preview/blocks/{PAGE}").body)
        assert [row["line"] for row in lines] == [7, 9, 12, 16, None]
        assert json.loads(running.get("/_preview/blocks/tags/index.html").body) == []
        token = running.get("/site/").data("token")
        own = {"Origin": f"http://127.0.0.1:{running.port}", "X-Wenzhai-Token": token}
        wish = json.dumps({"page": PAGE, "block": 1})
        assert running.post("/_preview/open", wish, **own).status == 204
        until(lambda: out.exists() and bool(out.read_text()))
        assert json.loads(out.read_text()) == [str(path), "9"]
        wrong: list[object] = [{"path": 1}, [], {}]
        for bad in (*wrong, {"path": "site.toml/../x"}, {"path": "/etc/passwd"}, {"page": "x"}):
            assert running.post("/_preview/open", json.dumps(bad), **own).status == 404
        assert running.post("/_preview/open", "{", **own).status == 404
        assert running.post("/_preview/open", wish).status == 403
        assert (
            running.post("/_preview/open", wish, **(own | {"X-Wenzhai-Token": "x"})).status == 403
        )
        assert running.post("/_preview/open", wish, **(own | {"Origin": "null"})).status == 403
        assert running.get("/_preview/open").status == 405


def test_editor_that_is_not_there_is_told(tmp_path: Path) -> None:
    site = make_site(tmp_path, settings=SETTINGS + '\n[preview]\neditor = "no-such-editor"\n')
    with previewing(site) as running:
        token = running.get("/site/").data("token")
        own = {"Origin": f"http://127.0.0.1:{running.port}", "X-Wenzhai-Token": token}
        answer = running.post("/_preview/open", json.dumps({"path": ONE, "line": 3}), **own)
        assert (answer.status, b"no-such-editor" in answer.body) == (503, True)
        running.until_said("W511")


def test_silent_tab_is_dropped_and_one_that_answers_is_not(preview: Preview) -> None:
    with tab(preview) as live, tab(preview) as silent:
        silent.answers = False
        for _ in range(3):
            live.hear("ping")
        with pytest.raises(AssertionError, match="closed"):
            silent.hear("never")
        live.open("index.html", live.version)
        assert live.hear("problems")
