from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from wenzhai.config import Config, parse_config
from wenzhai.provenance import requirement
from wenzhai.scaffold import article_text, init_site, new_article

TODAY = "2024-03-04"
NOW = 1_709_535_900  # 2024-03-04T07:05:00Z
SHANGHAI = Config(author="编辑部", timezone="Asia/Shanghai")


def front_matter(text: str) -> dict[str, object]:
    loaded = yaml.load(text.split("---\n")[1], Loader=yaml.BaseLoader)  # noqa: S506  # text only
    assert isinstance(loaded, dict)
    return loaded


def test_new_site_has_what_a_build_and_publishing_need(tmp_path: Path) -> None:
    made = init_site(tmp_path / "site", TODAY)
    assert made.problems == ()
    assert {
        ".github/workflows/pages.yml",
        ".gitignore",
        "build.py",
        "requirements.txt",
        "site.toml",
    } <= set(made.files)
    assert any(name.startswith("content/articles/") for name in made.files)
    assert any(name.startswith("content/sources/") for name in made.files)


def test_new_site_lists_exactly_the_files_it_wrote(tmp_path: Path) -> None:
    made = init_site(tmp_path, TODAY)
    found = (path for path in tmp_path.rglob("*") if path.is_file())
    assert made.files == tuple(sorted(path.relative_to(tmp_path).as_posix() for path in found))


def test_settings_of_a_new_site_are_accepted(tmp_path: Path) -> None:
    init_site(tmp_path, TODAY)
    text = (tmp_path / "site.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)
    assert parse_config(text)[1] == ()


def test_new_site_requires_what_made_it(tmp_path: Path) -> None:
    init_site(tmp_path, TODAY)
    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8") == requirement()


def test_new_site_says_in_one_line_that_the_program_is_not_installed(tmp_path: Path) -> None:
    init_site(tmp_path, TODAY)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "build.py"],  # -S: without installed packages
        capture_output=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 2
    told = done.stderr.decode()
    assert "pip install -r requirements.txt" in told
    assert told.count("\n") == 1


def test_no_placeholder_is_left_in_a_new_site(tmp_path: Path) -> None:
    for name in init_site(tmp_path, TODAY).files:
        assert b"{today}" not in (tmp_path / name).read_bytes(), name


def test_sites_made_on_one_day_are_equal(tmp_path: Path) -> None:
    first, second = init_site(tmp_path / "a", TODAY), init_site(tmp_path / "b", TODAY)
    assert first == second
    for name in first.files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_folder_with_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    made = init_site(tmp_path, TODAY)
    assert made.files == ()
    assert [item.code for item in made.problems] == ["E006"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    assert [item.code for item in init_site(tmp_path / "site", TODAY).problems] == ["E006"]


def test_place_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    assert [item.code for item in init_site(tmp_path / "file" / "site", TODAY).problems] == ["E008"]


def test_new_article_is_named_by_its_title(tmp_path: Path) -> None:
    made = new_article(tmp_path, "银行行长", NOW, SHANGHAI)
    assert made.files == ("content/articles/yinhang-hangzhang.md",)
    text = (tmp_path / made.files[0]).read_text(encoding="utf-8")
    assert text == article_text("银行行长", "yinhang-hangzhang", NOW, SHANGHAI)


def test_new_article_has_its_front_matter_filled_in() -> None:
    front = front_matter(article_text("银行行长", "yinhang-hangzhang", NOW, SHANGHAI))
    assert front == {
        "title": "银行行长",
        "added": "2024-03-04T15:05:00+08:00",
        "slug": "yinhang-hangzhang",
        "author": "编辑部",
        "region": "",
        "source": "",
        "source_url": "",
        "tags": [],
        "summary": "",
        "draft": "false",
    }


def test_date_of_a_new_article_is_written_without_quotes() -> None:
    text = article_text("a", "a", NOW, SHANGHAI)
    assert "\nadded: 2024-03-04T15:05:00+08:00\n" in text


def test_blank_rows_of_a_new_article_are_blank() -> None:
    assert "\nregion:\nsource:\nsource_url:\ntags: []\n" in article_text("a", "a", NOW, Config())


def test_new_article_stands_in_the_zone_of_the_site() -> None:
    paris = Config(timezone="Europe/Paris")
    assert front_matter(article_text("a", "a", NOW, paris))["added"] == "2024-03-04T08:05:00+01:00"


@pytest.mark.parametrize(
    "title",
    [
        "2024",
        "no",
        "a: b # c",
        "- x",
        "“引号”与'撇'",
        "[链接]",
        "很长的标题" * 60,
        "---",
        "{{ x }}",
    ],
)
def test_any_title_is_read_back_as_it_was_given(title: str) -> None:
    assert front_matter(article_text(title, "s", NOW, SHANGHAI))["title"] == title


def test_line_breaks_in_a_title_become_spaces() -> None:
    assert front_matter(article_text("a\n b", "s", NOW, SHANGHAI))["title"] == "a b"


def test_article_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    first = new_article(tmp_path, "同一个标题", NOW, SHANGHAI)
    (tmp_path / first.files[0]).write_text("edited", encoding="utf-8")
    second = new_article(tmp_path, "同一个标题", NOW, SHANGHAI)
    assert second.files == ()
    assert [(item.code, item.span.path) for item in second.problems] == [("E007", first.files[0])]
    assert (tmp_path / first.files[0]).read_text(encoding="utf-8") == "edited"


def test_articles_folder_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("a file")
    assert [item.code for item in new_article(tmp_path, "a", NOW, SHANGHAI).problems] == ["E008"]
