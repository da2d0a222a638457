"""The folders of other generators' sites, through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sites import enter_site, tree, write

from wenzhai.cli import run

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
LAMP = """\
---
title: 灯塔的灯
date: 2024/3/4 10:00:00
tags: [灯]
cover: /img/c.png
---
{% asset_img a.png 灯 %}

见{% post_link second 第二篇 %}。

{% note info %}
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return enter_site(tmp_path / "site", monkeypatch)


@pytest.fixture
def hexo(tmp_path: Path) -> Path:
    root = tmp_path / "blog"
    write(root / "_config.yml", "title: x\n")
    write(root / "source/_posts/lamp.md", LAMP)
    write(root / "source/_posts/lamp/a.png", PNG)
    write(root / "source/_posts/second.md", "---\ntitle: 第二篇\n---\n正文。\n")
    write(root / "source/_drafts/later.md", "---\ntitle: 以后\n---\n正文。\n")
    write(root / "source/img/c.png", PNG)
    write(root / "source/img/unused.png", PNG)
    write(root / "themes/x/README.md", "# no article\n")
    return root


def json_of(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_articles_come_with_their_images_links_and_addresses(
    site: Path, hexo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(hexo), "--json"]) == 0
    found = json_of(capsys)
    assert [(item["code"], item["line"]) for item in found["problems"]] == [("W739", 11)]
    assert found["problems"][0]["path"].endswith("source/_posts/lamp.md")
    assert sorted(path for path in tree(site / "content/articles") if path.endswith(".md")) == [
        "blog/lamp.md",
        "blog/later.md",
        "blog/second.md",
    ]
    lamp = (site / "content/articles/blog/lamp.md").read_text("utf-8")
    assert '![灯](../../sources/blog/lamp/a.png "灯")' in lamp
    assert "见[第二篇](second.md)。" in lamp
    assert "- /2024/03/04/lamp/" in lamp
    assert "cover: ../../sources/blog/img/c.png" in lamp
    assert (site / "content/sources/blog/lamp/a.png").read_bytes() == PNG
    assert not (site / "content/sources/blog/img/unused.png").exists()
    assert "draft: true" in (site / "content/articles/blog/later.md").read_text("utf-8")


def test_the_site_builds_and_old_addresses_lead_on(
    site: Path, hexo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["import", str(hexo)])
    capsys.readouterr()
    assert run(["build", "--json", "--jobs", "1"]) == 0
    assert json_of(capsys)["imported"] == 0
    assert (site / "public/2024/03/04/lamp/index.html").is_file()


def test_the_same_site_again_changes_nothing_and_a_changed_post_is_converted(
    site: Path, hexo: Path
) -> None:
    run(["import", str(hexo)])
    before = tree(site / "content")
    assert run(["import", str(hexo)]) == 0
    assert tree(site / "content") == before
    write(hexo / "source/_posts/second.md", "---\ntitle: 第二篇\n---\n改了。\n")
    assert run(["import", str(hexo)]) == 0
    assert "改了" in (site / "content/articles/blog/second.md").read_text("utf-8")


def test_dry_run_writes_nothing(site: Path, hexo: Path) -> None:
    assert run(["import", "--dry-run", str(hexo)]) == 0
    assert sorted(tree(site)) == ["site.toml"]


def test_links_out_of_the_folder_are_not_followed(site: Path, hexo: Path, tmp_path: Path) -> None:
    write(tmp_path / "secret.md", "秘密。\n")
    (hexo / "source/_posts/secret.md").symlink_to(tmp_path / "secret.md")
    (hexo / "source/_posts/up").symlink_to(tmp_path)
    assert run(["import", str(hexo)]) == 0
    assert not [path for path in tree(site / "content") if "secret" in path]


def test_front_matter_that_cannot_be_read_does_not_stop_the_others(site: Path, hexo: Path) -> None:
    write(hexo / "source/_posts/broken.md", "---\ntitle: [\n---\n正文。\n")
    assert run(["import", str(hexo)]) == 0
    assert (site / "content/articles/blog/lamp.md").is_file()
    assert "title: [" in (site / "content/articles/blog/broken.md").read_text("utf-8")


def test_another_folder_gets_the_images_beside_its_articles(hexo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["import", str(hexo), "--to", str(out)]) == 0
    lamp = (out / "blog/lamp.md").read_text("utf-8")
    assert '![灯](lamp/a.png "灯")' in lamp
    assert "cover: img/c.png" in lamp
    assert "见[第二篇](second.md)。" in lamp
    images = [path for path, data in tree(out).items() if data == PNG]
    assert sorted(images) == ["blog/img/c.png", "blog/lamp/a.png"]
