from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.article_settings import ArticleSettings
from wenzhai.articles import kind_of, parse_article
from wenzhai.codec import decoder, to_json
from wenzhai.config import MarkupSettings
from wenzhai.digest import digest_bytes
from wenzhai.model import Article, Moment, Place, RelPath
from wenzhai.problems import Problem

SETTINGS = ArticleSettings("Asia/Shanghai", "zh-Hans", 400, MarkupSettings())
PATH = RelPath("content/articles/a.md")
WHOLE = """\
---
title: 银行行长谈开源
date: 2024-03-04
added: 2024-03-05
author: 张三、李四
region: 广东
source: 某报
source_url: https://example.com/a
tags: [开源, 银行]
summary: 一句话。
---
行长说：开源很好。

## 小标题

正文 text 在此。
"""


def parse(text: str, path: str = PATH) -> tuple[Article, str, tuple[Problem, ...]]:
    article, html, problems = parse_article(RelPath(path), text.encode(), SETTINGS)
    assert article is not None
    return article, html, problems


def refused(text: str | bytes) -> tuple[Problem, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    article, html, problems = parse_article(PATH, data, SETTINGS)
    assert article is None
    assert html == ""
    return problems


def test_a_whole_article() -> None:
    article, html, problems = parse(WHOLE)
    assert problems == ()
    assert article.title == "银行行长谈开源"
    assert (article.slug, article.slug_fixed) == ("", False)
    assert article.date == Moment("2024-03-04", 1709481600)
    assert article.authors == ("张三", "李四")
    assert article.region is not None
    assert article.region.slug == "guangdong"
    assert article.tags == ("开源", "银行")
    assert article.summary == "一句话。"
    assert article.lang == "zh-Hans"
    assert [heading.text for heading in article.headings] == ["小标题"]
    assert article.headings[0].line == 14
    assert article.words == 15
    assert article.minutes == 1
    assert article.body == digest_bytes(html.encode())
    assert article.features[:2] == ("#开源", "#银行")


def test_an_article_survives_its_storage() -> None:
    article, _, _ = parse(WHOLE)
    assert to_json(article)
    assert decoder(Article)(json.loads(to_json(article))) == article


def test_without_a_title_the_first_heading_is_taken_out_of_the_body() -> None:
    article, html, problems = parse("前言。\n\n# 标题 *一*\n\n## 二\n\n正文。\n")
    assert problems == ()
    assert article.title == "标题 一"
    assert "<h1" not in html
    assert "前言。" in html
    assert [heading.text for heading in article.headings] == ["二"]
    assert article.places == (Place("title", 3, 1),)


def test_a_heading_that_repeats_the_title_is_taken_out() -> None:
    article, html, _ = parse("---\ntitle: 标题\n---\n## 标题\n\n正文。\n\n## 标题\n")
    assert html.count("<h2") == 1
    assert len(article.headings) == 1


def test_a_heading_that_says_something_else_stays() -> None:
    article, html, _ = parse("---\ntitle: 标题\n---\n# 别的\n\n正文。\n")
    assert "别的" in html
    assert len(article.headings) == 1


def test_without_any_title_the_file_name_stands_in() -> None:
    article, _, (found,) = parse("正文。\n", "content/articles/2024-03-04-llama.md")
    assert article.title == "llama"
    assert found.code == "W105"
    assert article.named_date == Moment("2024-03-04", 1709481600)


def test_the_folder_decides_the_kind() -> None:
    assert kind_of(RelPath("content/pages/about.md")) == "page"
    assert kind_of(RelPath("content/digests/2024-w10.md")) == "digest"
    assert kind_of(RelPath("content/articles/pages/a.md")) == "article"


def test_an_issue_needs_no_title() -> None:
    issue, _, problems = parse("本周导读。\n", "content/digests/2024-W10.md")
    assert (issue.title, problems) == ("", ())


def test_a_stated_slug_is_fixed() -> None:
    article, _, _ = parse("---\ntitle: 标题\nslug: llama-3\n---\n")
    assert (article.slug, article.slug_fixed) == ("llama-3", True)
    assert Place("slug", 3, 7) in article.places


def test_a_missing_summary_is_made_of_the_text_without_headings() -> None:
    article, _, _ = parse("---\ntitle: 标题\n---\n## 小标题\n\n第一句话说开源。第二句也是。\n")
    assert article.summary == "第一句话说开源。第二句也是。"


def test_the_language_is_told_by_the_text_unless_stated() -> None:
    korean = "이것은 한국어로 쓰여진 문장입니다. 그리고 더 많은 글자가 여기에 있습니다."
    assert parse(f"---\ntitle: 제목\n---\n{korean}\n")[0].lang == "ko"
    assert parse(f"---\ntitle: 제목\nlang: zh-Hant\n---\n{korean}\n")[0].lang == "zh-Hant"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("银行行长谈开源", "行长谈开源"),
        ("2024-03-04", "2024-03-03"),
        ("2024-03-05", "2024-03-06"),
        ("张三", "王五"),
        ("广东", "广西"),
        ("某报", "别报"),
        ("example.com/a", "example.com/b"),
        ("[开源, 银行]", "[开源]"),
        ("一句话。", "两句话。"),
        ("tags:", "draft: true\ntags:"),
        ("tags:", "lang: zh-Hant\ntags:"),
        ("tags:", "slug: other\ntags:"),
        ("tags:", "cover: a.png\ntags:"),
        ("tags:", "weight: 1\ntags:"),
        ("tags:", "expires: 2030-01-01\ntags:"),
        ("tags:", "kind: reprint\ntags:"),
        ("tags:", "aliases: /old/\ntags:"),
    ],
)
def test_an_edit_that_other_pages_may_show_changes_the_facts(old: str, new: str) -> None:
    assert parse(WHOLE)[0].facts != parse(WHOLE.replace(old, new))[0].facts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("正文 text", "换了的正文"),
        ("小标题", "别的标题"),
        ("tags:", "editor: 王五\ntags:"),
        ("tags:", "\ntags:"),
    ],
)
def test_an_edit_of_the_body_leaves_the_facts_alone(old: str, new: str) -> None:
    assert parse(WHOLE)[0].facts == parse(WHOLE.replace(old, new))[0].facts


def test_the_facts_depend_on_the_path() -> None:
    assert parse(WHOLE)[0].facts != parse(WHOLE, "content/articles/b.md")[0].facts


def test_every_field_but_the_derived_ones_is_among_the_facts_or_named_here() -> None:
    apart = {"facts", "body", "editors", "words", "minutes", "headings", "references", "features"}
    apart |= {"places", "kind"}  # the kind follows from the path
    apart |= {"page", "outline"}  # digests of facts and of what is apart
    assert set(Article.__slots__) - apart == FACTS


FACTS = {
    *("path", "title", "slug", "slug_fixed", "date", "added", "updated", "named_date", "expires"),
    *("authors", "region", "source", "source_url", "tags", "summary", "lang", "cover", "rights"),
    *("canonical", "original_title", "nature", "weight", "aliases", "related", "draft"),
}


def test_problems_of_head_and_body_are_told_in_one_run() -> None:
    problems = refused("---\ntitle: a\ndraft: maybe\nfoo: x\n---\n" + "> " * 40 + "deep\n")
    codes = [found.code for found in problems]
    assert codes[:2] == ["E118", "W108"]
    assert len(codes) > 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("标题：测试的文章".encode("gbk"), "E101"),
        ("---\ntitle: 标题".encode("utf-16"), "E101"),
        (b"---\ntitle: a\n\ntext", "E103"),
        (b"---\ntitle: A: b\n---\n", "E111"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    assert refused(data)[0].code == code


def test_a_warning_does_not_keep_an_article_back() -> None:
    article, _, (found,) = parse("---\ntitle: 标题\nregion: 火星\n---\n正文。\n")
    assert article.region is None
    assert found.code == "W104"


def test_the_time_zone_decides_about_bare_times() -> None:
    data = "---\ntitle: 标题\ndate: 2024-03-04 15:05\n---\n".encode()
    article, _, _ = parse_article(PATH, data, replace(SETTINGS, timezone="UTC"))
    assert article is not None
    assert article.date == Moment("2024-03-04T15:05:00+00:00", 1709564700)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_no_file_raises(text: str) -> None:
    data = text.encode("utf-8", "replace")
    article, html, problems = parse_article(PATH, data, SETTINGS)
    assert (article is None) == any(found.severity == "error" for found in problems)
    assert article is None or article.body == digest_bytes(html.encode())
