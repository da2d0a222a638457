"""Themes: lookup, closures, rendering, and every way in which a template can be wrong."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterable
from dataclasses import fields
from html.parser import HTMLParser

import pytest
from theme_samples import (
    BARE_SITE,
    CLOUD,
    LONG_TITLE,
    MENU,
    SITE,
    THEME_FOLDER,
    article,
    bare_article,
    card,
    default_theme,
    list_view,
    neighbours,
    page,
    render_sample,
    samples,
    theme_texts,
)

from wenzhai.digest import digest
from wenzhai.filters import format_date, format_days, format_period, to_json, translate, url
from wenzhai.highlight import highlight_css
from wenzhai.model import Moment
from wenzhai.problems import Problem
from wenzhai.rendering import render
from wenzhai.templates import TemplateSet, ThemeError
from wenzhai.theme import TEMPLATES, Theme, closure, load_theme, needs, static_names, static_path
from wenzhai.theme_settings import parse_theme, parse_words
from wenzhai.views import View

PARTS = (("menu", MENU), ("recent", neighbours()), ("tag_cloud", CLOUD))
SAMPLES = tuple(samples())


def overridden(changes: dict[str, str], language: str = "zh-Hans") -> tuple[Theme, list[str]]:
    """Load the default theme with files of the site over it; return it and the codes found."""
    theme, problems = load_theme("wenzhai", theme_texts() | changes, language)
    return theme, codes(problems)


def codes(problems: Iterable[Problem]) -> list[str]:
    return [found.code for found in problems]


def shown(theme: Theme, template: str, view: View) -> str:
    return render(closure(theme, template), view, SITE, PARTS, "<p>正文</p>")


def failure(changes: dict[str, str], template: str = "page.html") -> Problem:
    """Return the problem that rendering a page with overrides raises."""
    theme, _ = overridden(changes)
    with pytest.raises(ThemeError) as caught:
        shown(theme, template, samples()["page"][1])
    return caught.value.problem


class Nesting(HTMLParser):
    """Follow the elements of a page and note those that end in the wrong place."""

    VOID = ("meta", "link", "img", "input", "br", "hr")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # parser's name
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{tag} at {self.getpos()}")


# --- lookup -------------------------------------------------------------------------------------


def test_the_default_theme_has_no_problem_and_all_templates() -> None:
    theme = default_theme()
    names = {file.name for file in theme.templates}
    assert set(TEMPLATES) <= names
    assert theme.stylesheets == ("wenzhai.css", "highlight.css")


def test_a_site_template_hides_the_one_of_the_theme() -> None:
    theme, found = overridden({"templates/page.html": "我的 {{ title }}"})
    assert found == []
    assert shown(theme, "page.html", samples()["page"][1]) == "我的 关于本站"


def test_a_theme_falls_back_to_its_parent() -> None:
    rows = "{% macro row_list(rows, root, lang) %}孩子的行{% endmacro %}"
    child = {
        "themes/child/theme.toml": 'name = "child"\nparent = "wenzhai"\nscripts = []\n',
        "themes/child/templates/parts/rows.html": rows,
        "themes/child/i18n/zh.toml": 'archive = "旧文"\n',
    }
    theme, problems = load_theme("child", theme_texts() | child, "zh-Hans")
    assert problems == ()
    assert (theme.scripts, theme.icon) == ((), "icon.svg")
    html = shown(theme, "archive.html", samples()["archive"][1])
    assert "孩子的行" in html
    assert "<h1>旧文</h1>" in html


def test_a_missing_theme_and_a_missing_parent_are_told_apart() -> None:
    _, problems = load_theme("wenzai", theme_texts(), "zh-Hans")
    assert [(each.code, each.span.path) for each in problems] == [("E406", "site.toml")]
    assert dict(problems[0].arguments)["nearest"] == "wenzhai"
    _, problems = load_theme("a", {"themes/a/theme.toml": 'parent = "b"'}, "en")
    assert [(each.code, each.span.path) for each in problems] == [("E406", "themes/a/theme.toml")]


def test_parents_that_form_a_circle_are_reported() -> None:
    files = {"themes/a/theme.toml": 'parent = "b"', "themes/b/theme.toml": 'parent = "a"'}
    _, problems = load_theme("a", files, "en")
    assert codes(problems)[0] == "E407"
    assert dict(problems[0].arguments)["chain"] == "a → b → a"


def test_every_template_that_a_theme_lacks_is_named() -> None:
    theme, problems = load_theme("a", {"themes/a/theme.toml": ""}, "en")
    assert codes(problems) == ["E408"] * len(TEMPLATES)
    with pytest.raises(ThemeError) as caught:
        closure(theme, "list.html")
    assert caught.value.problem.code == "E408"


def test_static_files_are_found_in_the_first_layer_that_has_them() -> None:
    theme, _ = overridden({})
    paths = {
        "themes/wenzhai/static/a.css",
        "templates/static/a.css",
        "themes/wenzhai/static/b/c.js",
    }
    assert static_path(theme, "a.css", paths) == "templates/static/a.css"
    assert static_path(theme, "none.css", paths) == ""
    assert static_names(theme, sorted(paths)) == ("a.css", "b/c.js")


# --- theme.toml and words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("name = ", "E401", 1),
        ("\nname = 3", "E402", 2),
        ('stylesheets = "a.css"', "E402", 1),
        ("needs = 1", "E402", 1),
        ('[needs]\n"page.html" = "menu"', "E402", 2),
        ('stylesheet = ["a.css"]', "E403", 1),
        ('[needs]\n"page.html" = ["menus"]', "E404", 2),
    ],
)
def test_a_wrong_theme_toml_is_reported_with_its_line(text: str, code: str, line: int) -> None:
    _, problems = parse_theme(text, "themes/a/theme.toml")
    assert [(each.code, each.span.line) for each in problems] == [(code, line)]


def test_words_have_plural_forms_and_broken_ones_are_reported() -> None:
    words, problems = parse_words('a = {one = "{n} x", other = "{n} y"}\nb = "{"\nc = 1', "zh.toml")
    assert words == (("a.one", "{n} x"), ("a.other", "{n} y"))
    assert [(each.code, each.span.line) for each in problems] == [("E405", 2), ("E405", 3)]


def test_all_languages_have_the_same_words() -> None:
    keys = {
        language: {key.partition(".")[0] for key, _ in parse_words(theme_texts()[path], path)[0]}
        for language in ("zh", "en", "ja")
        for path in [f"themes/wenzhai/i18n/{language}.toml"]
    }
    assert keys["zh"] == keys["en"] == keys["ja"]


def test_the_language_of_the_site_chooses_the_words_and_english_is_the_last_resort() -> None:
    view = samples()["tags"][1]
    titles = {
        language: re.search(r"<h1>(.*)</h1>", shown(default_theme(language), "terms.html", view))
        for language in ("zh-Hant", "en-GB", "ja", "fr")
    }
    assert {language: found and found[1] for language, found in titles.items()} == {
        "zh-Hant": "全部标签", "en-GB": "All tags", "ja": "すべてのタグ", "fr": "All tags",
    }  # fmt: skip


def test_a_site_can_change_single_words() -> None:
    changed = 'all_tag = "话题"\nterms_tag = {one = "一个", other = "{count} 个"}'
    theme, found = overridden({"templates/i18n/zh.toml": changed})
    assert found == []
    html = shown(theme, "terms.html", samples()["tags"][1])
    assert "<h1>话题</h1>" in html
    assert f">{len(CLOUD)} 个<" in html


# --- closures -----------------------------------------------------------------------------------


def test_a_closure_holds_what_its_template_reaches_and_no_more() -> None:
    names = {file.name for file in closure(default_theme(), "list.html").files}
    assert names == {
        "base.html", "list.html", "parts/cards.html", "parts/feeds.html", "parts/pager.html",
    }  # fmt: skip


def test_an_edit_changes_the_closures_that_reach_it_alone() -> None:
    before = default_theme()
    after, _ = overridden({"templates/parts/toc.html": "x"})
    changed = {n for n in TEMPLATES if closure(before, n) != closure(after, n)}
    assert changed == {"article.html", "page.html"}


def test_a_closure_changes_with_words_and_needs() -> None:
    plain = closure(default_theme(), "404.html")
    worded, _ = overridden({"templates/i18n/zh.toml": 'skip = "跳"'})
    needy, _ = overridden({"templates/theme.toml": '[needs]\n"404.html" = ["recent"]'})
    assert len({plain, closure(worded, "404.html"), closure(needy, "404.html")}) == 3


def test_a_closure_is_digested_by_its_digest_and_survives_pickling() -> None:
    one = closure(default_theme(), "404.html")
    again: TemplateSet = pickle.loads(pickle.dumps(one))  # noqa: S301  # our own bytes
    assert digest(one) == digest(closure(default_theme(), "404.html")) == digest(again)
    assert again.files == one.files


def test_a_dynamic_name_widens_the_closure_to_all_templates() -> None:
    theme, found = overridden({"templates/page.html": "{% include 'parts/' ~ title ~ '.html' %}"})
    assert found == []
    assert len(closure(theme, "page.html").files) == len(theme.templates)


def test_a_template_that_may_be_missing_is_no_problem() -> None:
    text = "{% include 'none.html' ignore missing %}{% include ['none.html', 'some.html'] %}"
    theme, found = overridden({"templates/page.html": text, "templates/some.html": "有"})
    assert found == []
    assert shown(theme, "page.html", samples()["page"][1]) == "有"


# --- problems of templates ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("一\n{% if %}", "E410", 2),
        ("{{ title", "E410", 1),
        ("{% for x in y %}", "E410", 1),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "E411", 0),
        ("\n\n{{ title|uper }}", "E412", 3),
        ("{% if title is emty %}{% endif %}", "E412", 1),
        ("{{ title|random }}", "E412", 1),
        ("\n{% include 'parts/card.html' %}", "E413", 2),
        ("{% extends 'page.html' %}", "E414", 1),
    ],
)
def test_a_wrong_template_is_reported_when_the_theme_is_loaded(
    text: str, code: str, line: int
) -> None:
    _, problems = load_theme("wenzhai", theme_texts() | {"templates/page.html": text}, "zh-Hans")
    assert [(each.code, each.span.path, each.span.line) for each in problems] == [
        (code, "templates/page.html", line)
    ]


@pytest.mark.parametrize(
    ("text", "code", "line", "argument"),
    [
        ("{{ lipsum() }}", "E416", 1, "lipsum"),
        ("\n{{ titel }}", "E416", 2, "titel"),
        ("\n{{ page.titel }}", "E416", 2, "Page.titel"),
        ("\n\n{% for r in recent %}{% endfor %}", "E415", 3, "recent"),
        ("\n{{ 'archiv'|t }}", "E417", 2, "archiv"),
        ("{{ 1 // 0 }}", "E418", 1, "ZeroDivisionError: integer division or modulo by zero"),
        ("{{ title|date }}", "E418", 1, None),
        ("{% for i in range(10 ** 9) %}{% endfor %}", "E418", 1, None),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "E410", 1, None),
        ("{% include 'page.html' %}", "E411", 0, None),
        ("{% for a in 'a' %}" * 25 + "{% endfor %}" * 25, "E411", 0, None),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "E411", 0, None),
        ("{% include title ~ '.html' %}", "E413", 1, "关于本站.html"),
    ],
)
def test_a_template_that_fails_is_reported_with_its_line(
    text: str, code: str, line: int, argument: str | None
) -> None:
    found = failure({"templates/page.html": text})
    assert (found.code, found.span.path, found.span.line) == (code, "templates/page.html", line)
    if argument:
        assert found.arguments[0][1] == argument


def test_the_line_of_a_failure_is_the_one_in_the_included_file() -> None:
    found = failure({"templates/parts/toc.html": "\n{{ nothing }}", "templates/page.html":
                     "{% extends 'base.html' %}{% block main %}\n\n"
                     "{% include 'parts/toc.html' %}{% endblock %}"})  # fmt: skip
    assert (found.span.path, found.span.line) == ("templates/parts/toc.html", 2)


def test_a_misspelt_field_is_answered_with_the_nearest() -> None:
    found = failure({"templates/page.html": "{{ page.titel }}"})
    assert dict(found.arguments)["nearest"] == "title"
    found = failure({"templates/page.html": "{{ headngs }}"})
    assert dict(found.arguments)["nearest"] == "headings"


def test_an_undeclared_part_is_answered_with_what_to_add() -> None:
    found = failure({"templates/page.html": "{{ tag_cloud }}"})
    assert found.code == "E415"
    assert 'add tag_cloud to needs: "page.html"' in found.hint("en")
    theme, _ = overridden(
        {
            "templates/page.html": "{{ tag_cloud|length }}",
            "templates/theme.toml": '[needs]\n"page.html" = ["tag_cloud"]',
        }
    )
    assert needs(theme, "page.html") == ("menu", "tag_cloud")
    assert shown(theme, "page.html", samples()["page"][1]) == str(len(CLOUD))


def test_a_theme_error_survives_a_worker_process() -> None:
    found = ThemeError(failure({"templates/page.html": "{{ x }}"}))
    again: ThemeError = pickle.loads(pickle.dumps(found))  # noqa: S301  # our own bytes
    assert again.problem == found.problem


# --- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", ["zh-Hans", "en", "ja"])
def test_every_page_renders_whole_in_every_language(name: str, language: str) -> None:
    html = render_sample(default_theme(language), name)
    assert html.startswith("<!doctype html>\n<html lang=")
    assert html.rstrip().endswith("</html>")
    assert "None" not in re.sub(r"<[^>]*>", "", html)
    assert "\n\n\n" not in html


@pytest.mark.parametrize("name", SAMPLES)
def test_every_element_of_a_page_is_closed_where_it_was_opened(name: str) -> None:
    nesting = Nesting()
    nesting.feed(render_sample(default_theme(), name))
    assert (nesting.wrong, nesting.open) == ([], [])


@pytest.mark.parametrize("name", SAMPLES)
def test_every_link_of_a_page_is_relative_or_stated_by_the_content(name: str) -> None:
    html = render_sample(default_theme(), name)
    template, view, _ = samples()[name]
    root = view.page.root or "./"
    known = ("http", "#", root) if template == "404.html" else ("http", "#", "../", "./", root)
    links = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert all(target.startswith(known) for target in links)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_page_calls_a_third_party(name: str) -> None:
    html = render_sample(default_theme(), name)
    loaded = re.findall(r'<(?:script|img|iframe|source)[^>]* src="([^"]*)"', html)
    loaded += re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]*)"', html)
    assert [url for url in loaded if url.startswith(("http", "//"))] == []


def test_text_is_escaped_and_the_body_is_not() -> None:
    view = article(title="<b>&\"'", source_url="https://example.org/?a=1&b=2")
    html = render(closure(default_theme(), "article.html"), view, SITE, PARTS, "<p>甲 &amp; 乙</p>")
    assert "<h1>&lt;b&gt;&amp;&#34;&#39;</h1>" in html
    assert 'href="https://example.org/?a=1&amp;b=2"' in html
    assert "<p>甲 &amp; 乙</p>" in html


def test_an_article_states_its_facts_for_machines() -> None:
    html = render_sample(default_theme(), "article")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    facts = json.loads(found[1])
    assert facts["headline"] == article().title
    assert facts["author"] == [
        {"@type": "Person", "name": "林夕"}, {"@type": "Person", "name": "Jane Doe"},
    ]  # fmt: skip
    assert facts["datePublished"] == "2024-03-04"
    assert facts["isBasedOn"] == "https://example.org/news/110598.html"
    assert '<link rel="alternate" type="text/markdown"' in html


def test_a_title_cannot_close_the_script_of_the_facts() -> None:
    view = article(title="</script><script>alert(1)</script>")
    html = render(closure(default_theme(), "article.html"), view, SITE, PARTS, "")
    assert "<script>alert" not in html


def test_unknown_facts_leave_no_trace() -> None:
    html = render(
        closure(default_theme(), "article.html"),
        bare_article(),
        BARE_SITE,
        (("menu", ()),),
        "<p>文</p>",
    )
    assert LONG_TITLE in html
    found = re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    assert sorted(json.loads(found[1])) == [
        "@context", "@type", "headline", "inLanguage", "mainEntityOfPage", "publisher",
    ]  # fmt: skip
    for word in ("beian", "<nav", "<time", "来源", '<link rel="icon"'):
        assert word not in html


def test_contents_are_shown_from_three_headings_on() -> None:
    theme = default_theme()
    assert 'class="toc"' in shown(theme, "article.html", article())
    assert 'class="toc"' not in shown(
        theme, "article.html", article(headings=article().headings[:2])
    )


def test_filing_numbers_link_to_the_registers() -> None:
    html = render_sample(default_theme(), "home")
    assert '<a href="https://beian.miit.gov.cn/"' in html
    assert "webSearch?code=11010500000000" in html


def test_the_interface_around_a_foreign_article_keeps_its_language() -> None:
    html = render_sample(default_theme(), "article-english")
    assert '<html lang="en">' in html
    assert '<header class="site-header" lang="zh-Hans">' in html
    assert '<footer class="site-footer" lang="zh-Hans">' in html


def test_a_card_in_another_language_says_so() -> None:
    view = list_view("tag", (card(1, lang="ja", title="夜"), card(2)))
    html = shown(default_theme(), "list.html", view)
    assert html.count('<div class="what" lang="ja">') == 1
    assert html.count('<div class="what">') == 1


def test_a_redirect_leads_on_without_being_indexed() -> None:
    html = render_sample(default_theme(), "redirect")
    assert 'content="0; url=../articles/sample-1/"' in html
    assert 'name="robots" content="noindex"' in html
    assert "<script" not in html


def test_pages_of_a_list_have_titles_of_their_own() -> None:
    theme = default_theme()
    titles = {
        re.findall("<title>(.*)</title>", shown(theme, "list.html", list_view("tag", (), number)))[
            0
        ]
        for number in (1, 2, 3)
    }
    assert len(titles) == 3


def test_a_menu_marks_where_the_reader_is() -> None:
    theme = default_theme()
    here = render_sample(theme, "tags")
    below = render_sample(theme, "tag")
    assert 'href="../tags/" aria-current="page"' in here
    assert 'href="../../../../tags/" aria-current="true"' in below


# --- filters ------------------------------------------------------------------------------------


def words(language: str) -> dict[str, str]:
    return dict(default_theme(language).words)


def test_dates_read_as_the_language_writes_them() -> None:
    assert format_date(Moment("2024-03-04T15:05:00+08:00", 0), words("zh")) == "2024年3月4日"
    assert format_date("2024-03-04", words("en")) == "4 March 2024"
    assert format_days("2024-03-04", "2024-03-10", words("zh")) == "2024年3月4日至10日"
    assert format_days("2024-02-26", "2024-03-03", words("zh")) == "2024年2月26日至3月3日"
    assert format_days("2024-02-26", "2024-03-03", words("ja")) == "2024年2月26日〜3月3日"
    assert format_days("2024-03-04", "2024-03-10", words("en")) == "4–10 March 2024"
    assert (
        format_days("2024-12-30", "2025-01-05", words("en")) == "30 December 2024 – 5 January 2025"
    )
    assert format_period("2024", words("zh")) == "2024年"
    assert format_period("2024-03", words("en")) == "March 2024"
    assert format_period("2024-w09", words("zh")) == "2024年第9周"


def test_counts_agree_with_their_number() -> None:
    english = words("en")
    assert translate(english, "articles", {"count": 1, "number": "1"}) == "1 article"
    assert translate(english, "articles", {"count": 2, "number": "2"}) == "2 articles"
    assert translate(words("zh"), "articles", {"count": 1, "number": "1"}) == "1 篇文章"


def test_addresses_lead_from_the_root_and_urls_stay() -> None:
    assert url("tags/", "../../") == "../../tags/"
    assert url("https://example.org/a.png", "../") == "https://example.org/a.png"
    assert url("//example.org/a.png", "../") == "//example.org/a.png"


def test_json_is_readable_and_safe_in_a_script() -> None:
    assert to_json({"甲": "</script>"}) == '{"甲":"\\u003c/script\\u003e"}'


def test_the_samples_show_every_view() -> None:
    views = {type(view).__name__ for _, view, _ in samples().values()}
    assert len(views) == 11
    assert all(fields(view) for _, view, _ in samples().values())
    assert page("a/", "none").root == "../"


def test_the_committed_highlight_sheet_is_the_generated_one() -> None:
    sheet = (THEME_FOLDER / "static" / "highlight.css").read_text("utf-8")
    assert sheet == highlight_css()
