from __future__ import annotations

from pathlib import Path

import pytest
from sites import SMALL, article, build, make_site


def site_where_one_names(folder: Path, related: str) -> Path:
    one = article("第一篇", "正文。", date="2024-01-05", related=related)
    return make_site(folder, {**SMALL, "content/articles/one.md": one})


@pytest.mark.parametrize("name", ["three.md", "three", "disanpian", "[three.md]"])
def test_related_articles_are_named_as_in_links(name: str, tmp_path: Path) -> None:
    site = site_where_one_names(tmp_path, name)
    assert build(site).problems == ()
    page = (site / "public/articles/diyipian/index.html").read_text(encoding="utf-8")
    assert page.count("第三篇") >= 1


def test_a_related_article_that_is_not_there_is_told_with_its_place(tmp_path: Path) -> None:
    report = build(site_where_one_names(tmp_path, "[two.md, thre.md]"))
    (found,) = report.problems
    assert (found.code, found.span.line) == ("E302", 4)
    assert "three.md" in found.hint("en")


def test_an_article_is_not_related_to_itself(tmp_path: Path) -> None:
    site = site_where_one_names(tmp_path, "one.md")
    assert build(site).problems == ()
    page = (site / "public/articles/diyipian/index.html").read_text(encoding="utf-8")
    assert 'href="../../articles/diyipian/"' not in page
