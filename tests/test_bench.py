from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from sites import build

from wenzhai.config import parse_config

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the benchmark's module of sites, with its corpus."""
    monkeypatch.syspath_prepend(BENCH)
    return importlib.import_module("peers")


def bodies(folder: Path) -> list[str]:
    """Read the articles' texts without front matter and without where their images are."""
    articles = sorted((folder / "content" / "articles").glob("*.md"))
    texts = [path.read_text(encoding="utf-8").split("---\n\n", 1)[1] for path in articles]
    return [text.replace("/images/", "images/") for text in texts]


def test_article_of_the_benchmark_depends_on_its_number_alone(bench: ModuleType) -> None:
    assert bench.make_sample(17, "") == bench.make_sample(17, "")
    assert bench.make_sample(17, "") != bench.make_sample(18, "")


def test_articles_of_the_benchmark_have_the_size_and_kinds_it_states(bench: ModuleType) -> None:
    texts = [bench.make_sample(number, "").body for number in range(40)]
    assert 3_600 <= sum(map(len, texts)) / len(texts) <= 4_000
    assert sum("| --- |" in text for text in texts) == 4
    assert sum("```python" in text for text in texts) == 2


def test_both_sites_of_the_benchmark_hold_the_same_articles(
    bench: ModuleType, tmp_path: Path
) -> None:
    bench.make_wenzhai_site(tmp_path / "wenzhai", 5)
    bench.make_hugo_site(tmp_path / "hugo", 5)
    assert len(bodies(tmp_path / "wenzhai")) == 5
    assert bodies(tmp_path / "wenzhai") == bodies(tmp_path / "hugo")


def test_pages_like_those_of_hugo_are_made_without_a_problem(
    bench: ModuleType, tmp_path: Path
) -> None:
    bench.make_wenzhai_site(tmp_path / "site", 24, alike=True)
    report = build(tmp_path / "site")
    assert (report.problems, report.articles + len(report.held)) == ((), 24)
    assert report.pages > report.articles > 20  # a few are dated after the moment of the tests
    pages = tmp_path / "site/public"
    article = (pages / "articles/sample-000017/index.html").read_text("utf-8")
    assert 'property="og:url"' in article
    assert "application/ld+json" not in article
    for page in ("index.html", "page/2/index.html", "tags/index.html", "archive/index.html"):
        assert '<footer><a href="' in (pages / page).read_text("utf-8")


def test_settings_of_the_benchmark_are_accepted(bench: ModuleType) -> None:
    assert parse_config(bench.SETTINGS)[1] == ()


@pytest.mark.skipif(sys.platform == "win32", reason="the benchmark runs on Linux")
@pytest.mark.parametrize("script", ["run.py", "preview.py"])
def test_benchmark_explains_its_options(script: str) -> None:
    command = [sys.executable, str(BENCH / script), "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "--repeat" in shown.stdout


def test_pages_are_judged_by_what_a_file_says_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "早上七点，老渡口的灯还亮着，摆渡的人把绳子解开了三遍，又系上了三遍。"
    for name, date in (("a", "<p>2024-03-04 08:30 来源：南岭快报</p>"), ("b", "")):
        page = f"<title>灯还亮着</title><h1>灯还亮着</h1>{date}" + f"<p>{text}</p>" * 3
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
    gold = {
        "a.html": {
            "text": "\n".join([text] * 3),
            "title": ["灯还亮着", "灯"],
            "date": "2024-03-04",
            "names": ["南岭快报"],
        },
        "b.html": {"text": "\n".join([text] * 3), "title": "别的", "date": None},
    }
    (tmp_path / "own.json").write_text(json.dumps(gold), "utf-8")
    monkeypatch.syspath_prepend(BENCH)
    asked = ["extract.py", str(tmp_path), "--gold", str(tmp_path / "own.json"), "--worst", "1"]
    monkeypatch.setattr(sys, "argv", asked)
    importlib.import_module("extract").main()
    row = capsys.readouterr().out.splitlines()[1].split()
    assert row[:8] == ["own", "wenzhai", "2", "1.000", "0.500", "1.000", "0/1", "1.000"]


@pytest.mark.skipif(sys.platform != "linux", reason="the benchmark reads /proc")
def test_benchmark_of_the_preview_sees_every_kind_of_save(tmp_path: Path) -> None:
    options = ["--n", "12", "--repeat", "1", "--saves", "1", "--no-browser", "--patience", "0"]
    command = [sys.executable, str(BENCH / "preview.py"), *options, "--work", str(tmp_path)]
    shown = subprocess.run(
        [*command, "--without", "Hugo"], capture_output=True, text=True, check=True
    )
    rows = [line.split("|")[2].strip() for line in shown.stdout.splitlines() if "| 12 |" in line]
    assert rows == ["body", "title", "tag", "template", "new", "deleted", "start"]
    assert "never" not in shown.stdout
    assert "memory grows by" in shown.stdout
