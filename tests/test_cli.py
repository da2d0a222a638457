"""Commands as a user runs them: what they print where, and how they end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import LEAN, ROOT, command, environment, say, tell
from sites import SMALL, article, make_site, tree, write

from wenzhai.cli import COMMANDS, run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", settings=LEAN)


def test_no_command_builds_and_stdout_stays_free_for_data(site: Path) -> None:
    done = command(site)
    assert (done.returncode, done.stdout) == (0, "")
    assert "public" in done.stderr
    assert "\x1b" not in done.stderr  # colours and bars are for terminals
    assert (site / "public/index.html").is_file()


def test_json_is_one_object_on_stdout_and_nothing_else(site: Path) -> None:
    write(site / "content/articles/bad.md", article("坏", "[去](nowhere.md)"))
    done = command(site, "--json")
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["ok"] is False


def test_json_is_printed_for_unusable_settings_too(site: Path) -> None:
    write(site / "site.toml", "titel = 'x'")
    told = tell(site)
    assert (told.code, told.report["ok"], told.codes()) == (2, False, ["E003"])


def test_quiet_says_nothing_of_a_good_build(site: Path) -> None:
    done = command(site, "build", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_build_py_is_the_same_command(site: Path) -> None:
    words = [sys.executable, str(ROOT / "build.py"), "build", "--site", str(site), "--json"]
    done = subprocess.run(
        words, cwd=site, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["articles"] == 5


def test_site_and_output_may_lie_elsewhere(site: Path, tmp_path: Path) -> None:
    code, _ = say(tmp_path, "build", "-q", "--site", "site", "--output", "out")
    assert code == 0
    assert (tmp_path / "out/index.html").is_file()
    assert not (site / "public").exists()


def test_the_base_url_of_the_command_line_wins(site: Path) -> None:
    assert tell(site, "--base-url", "https://other.example/x").code == 0
    feed = (site / "public/feed.xml").read_text("utf-8")
    assert "https://other.example/x/articles/" in feed
    assert "digest.example/site" not in feed


def test_strict_makes_warnings_errors(site: Path) -> None:
    write(site / "content/articles/odd.md", article("甲", date="2024-01-01", region="Guangdnog"))
    assert tell(site).code == 0
    assert tell(site, "--strict").code == 1


def test_keep_going_publishes_the_rest_and_still_exits_1(site: Path) -> None:
    write(site / "content/articles/bad.md", article("坏", "[去](nowhere.md)", date="2024-01-01"))
    assert tell(site, "--keep-going").code == 1
    assert (site / "public/index.html").is_file()


def test_drafts_and_future_are_shown_on_demand(site: Path) -> None:
    write(site / "content/articles/d.md", article("草稿", draft="true"))
    write(site / "content/articles/f.md", article("将来", date="2099-01-01"))
    assert tell(site).report["held"] == 2
    assert tell(site, "--drafts").report["held"] == 1
    assert tell(site, "--drafts", "--future").report["held"] == 0


def test_clean_makes_the_same_again_from_nothing(site: Path) -> None:
    assert tell(site).code == 0
    before = tree(site / "public")
    told = tell(site, "--clean")
    assert (told.report["parsed"], told.report["written"]) == (6, 0)
    assert tree(site / "public") == before


def test_a_build_with_nothing_to_do_says_so_in_one_line(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wenzhai.scan.RACY_NS", 0)  # as if all had been written long ago
    assert tell(site).code == 0
    code, said = say(site, "build")
    assert (code, len(said.splitlines())) == (0, 1)


def test_explain_says_why_an_output_was_made_again(site: Path) -> None:
    assert tell(site).code == 0
    write(site / "content/articles/five.md", article("新题", date="2024-03-02", slug="five"))
    done = command(site, "explain", "index.html")
    assert done.returncode == 0
    assert "index.html" in done.stdout.splitlines()[0]
    assert [line for line in done.stdout.splitlines() if line.startswith("  - ")] != []
    assert command(site, "explain", "nowhere/").returncode == 1


def test_new_makes_an_article_and_prints_its_path(site: Path) -> None:
    done = command(site, "new", "灯塔")
    assert done.returncode == 0
    assert (site / done.stdout.strip()).is_file()
    assert command(site, "new", "灯塔").returncode == 1
    assert tell(site).code == 0


def test_init_makes_a_site_that_builds(tmp_path: Path) -> None:
    assert say(tmp_path, "init", "fresh")[0] == 0
    told = tell(tmp_path / "fresh")
    assert (told.code, told.problems) == (0, [])
    assert say(tmp_path, "init", "fresh")[0] == 2


@pytest.mark.parametrize("arguments", [("nonsense",), ("build", "--nope"), ("new",), ("--jobs=x",)])
def test_wrong_usage_exits_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run([name, "--help"])
    assert ended.value.code == 0
    assert name in capsys.readouterr().out


def test_an_interrupted_build_exits_130(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("wenzhai.cli.build_site", interrupt)
    assert say(site, "build")[0] == 130


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_two_builds_at_once_do_not_disturb_each_other(site: Path) -> None:
    hold = "import sys; from wenzhai.lock import build_lock; from pathlib import Path\n"
    hold += "with build_lock(Path('.')): print('held', flush=True); sys.stdin.read()"
    assert tell(site).code == 0
    before = tree(site / "public")
    write(site / "content/articles/six.md", article("第六篇", date="2024-03-03"))
    with subprocess.Popen(
        [sys.executable, "-c", hold],
        cwd=site,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        code, said = say(site, "build")
        assert (code, str(holder.pid) in said) == (75, True)
        assert tree(site / "public") == before
        holder.send_signal(signal.SIGKILL)  # a lock dies with its holder
    assert tell(site).code == 0
    assert len(SMALL) + 1 == tell(site).report["articles"] + 1
