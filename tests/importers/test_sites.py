"""Articles of other generators' sites: front matter, shortcodes, links, addresses."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.importers.origin import Former, Origin, origin_json, read_origin
from wenzhai.importers.sites.article import convert_site_article
from wenzhai.importers.sites.body import rewrite_body
from wenzhai.importers.sites.front import read_front
from wenzhai.importers.sites.kinds import address_of, permalinks, site_kind
from wenzhai.importers.sites.targets import find_target, index_files
from wenzhai.importers.text import Conversion, markdown

KINDS = ["hugo", "hexo", "jekyll", "zola", "pelican", "obsidian"]


def convert(text: str, kind: str = "hugo", **former: object) -> Conversion:
    links = tuple((key, str(value)) for key, value in former.items())
    made = convert_site_article(text, Former(kind, "posts/lamp.md", links=links), "2024-03-10")
    assert made is not None
    return made


def front(text: str, kind: str = "hugo") -> dict[str, object]:
    found = dict(convert(text, kind).front)
    assert found.pop("added") == "2024-03-10"
    return found


def body(text: str, kind: str = "hugo", **links: str) -> str:
    known = {key.replace("__", ":"): value for key, value in links.items()}
    return rewrite_body(text, kind, lambda k, t: known.get(f"{k}:{t}", ""), 1).body


HUGO_TOML = """\
+++
title = "灯塔: 一"
date = 2024-03-04T10:00:00+08:00
lastmod = 2024-03-05
expiryDate = 2030-01-01
draft = true
slug = "The Lamp"
categories = ["海"]
tags = ["灯", "海"]
aliases = ["/old/"]
weight = 3
toc = true
# 一句注释
[cover]
image = "a.png"
+++
正文。
"""


def test_toml_front_matter_is_mapped() -> None:
    assert front(HUGO_TOML) == {
        "title": "灯塔: 一",
        "date": "2024-03-04T10:00:00+08:00",
        "updated": "2024-03-05",
        "expires": "2030-01-01",
        "draft": True,
        "slug": "the-lamp",
        "tags": ("灯", "海"),
        "aliases": ("/old/",),
        "weight": "3",
        "cover": "a.png",
    }


def test_what_has_no_place_in_front_matter_is_in_the_record() -> None:
    cuts = [(cut.line, cut.text) for cut in convert(HUGO_TOML).record.removed]
    assert cuts == [(12, "toc = true"), (13, "# 一句注释")]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            '{"title": "甲", "tags": ["a"], "draft": false}\n\nx',
            "hugo",
            {"title": "甲", "tags": ("a",)},
        ),
        ("title: 甲\ndate: 2024/3/4\n---\nx\n", "hexo", {"title": "甲", "date": "2024/3/4"}),
        (
            "---\ntitle: 甲\ncategories:\n- [a, b]\n- c\n---\nx\n",
            "hexo",
            {"title": "甲", "tags": ("a", "b", "c")},
        ),
        (
            "---\ntitle: no\npublished: false\nredirect_from: /l/\npermalink: /p/\n---\nx\n",
            "jekyll",
            {"title": "no", "aliases": ("/l/", "/p/"), "draft": True},
        ),
        (
            '+++\ntitle = "甲"\n[taxonomies]\ntags = ["a"]\ncategories = ["b"]\n[x]\ny = 1\n+++\n',
            "zola",
            {"title": "甲", "tags": ("a", "b")},
        ),
        (
            "Title: 甲\nDate: 2024-03-04 10:00\nTags: a, b\nAuthors: 林, 周\nStatus: draft\n\nx\n",
            "pelican",
            {
                "title": "甲",
                "date": "2024-03-04 10:00",
                "tags": ("a", "b"),
                "author": ("林", "周"),
                "draft": True,
            },
        ),
        (
            "---\naliases: [别名]\ntags: '#a'\n---\nx\n",
            "obsidian",
            {"title": "lamp", "tags": ("a",)},
        ),
        ("---\ndate: May\nlang: zh_CN\n---\n# 题\n", "hugo", {"lang": "zh-CN"}),
        ("x\n", "hugo", {"title": "lamp"}),
        ("---\n---\nx\n", "hugo", {"title": "lamp"}),
    ],
)
def test_front_matter_of_each_kind_is_mapped(
    text: str, kind: str, expected: dict[str, object]
) -> None:
    assert front(text, kind) == expected


@pytest.mark.parametrize(
    "text",
    [
        "---\na: &x [1]\nb: *x\n---\n",
        "---\na: " + "[" * 30_000 + "\n---\n",
        "---\n- a\n- b\n---\n",
        "---\na: [\n---\n",
        "+++\na = \n+++\n",
        "+++\na = " + "[" * 9000 + "\n+++\n",
        "---\nx: " + "y" * 70_000 + "\n---\n",
        '{"a": ',
    ],
)
def test_front_matter_that_cannot_be_read_is_left_to_the_build_to_name(text: str) -> None:
    assert read_front(text) is None


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("hugo", '{{< figure src="a.png" title="灯" alt="塔" >}}', '![塔](a.png "灯")'),
        ("hugo", '[x]({{< ref "b.md" >}})', "[x](../b.md)"),
        ("hugo", "{{< youtube dQw4w9WgXcQ >}}", "<https://www.youtube.com/watch?v=dQw4w9WgXcQ>"),
        (
            "hugo",
            '{{< highlight go "linenos=1" >}}\nx := "{{< figure >}}"\n{{< / highlight >}}',
            '```go\nx := "{{< figure >}}"\n```',
        ),
        ("hugo", '`{{< ref "b.md" >}}`', '`{{< ref "b.md" >}}`'),
        ("hugo", "```\n{{< youtube abcdef >}}\n```", "```\n{{< youtube abcdef >}}\n```"),
        ("hexo", "{% asset_img a.png 灯的样子 %}", '![灯的样子](a.png "灯的样子")'),
        ("hexo", "{% post_link b 那一篇 %}", "[那一篇](../b.md)"),
        ("hexo", "{% link 站 https://a.example/ %}", "[站](https://a.example/)"),
        ("hexo", "{% codeblock lang:js %}\na\n{% endcodeblock %}", "```js\na\n```"),
        ("hexo", "{% raw %}<b>{% endraw %}", "<b>"),
        ("hexo", "{% blockquote 林 %}\n亮\n{% endblockquote %}", "> 亮\n>\n> — 林"),
        ("jekyll", "![a]({{ site.baseurl }}/a.png)", "![a](/a.png)"),
        ("jekyll", "{{ '/b' | relative_url }}", "/b"),
        ("jekyll", "[b]({% post_url b %})", "[b](../b.md)"),
        ("jekyll", "a\n{:.lead}\n", "a\n\n"),
        ("jekyll", "* TOC\n{:toc}\n", "\n"),
        (
            "zola",
            '{{ youtube(id="dQw4w9WgXcQ") }}',
            "<https://www.youtube.com/watch?v=dQw4w9WgXcQ>",
        ),
        ("zola", "[b](b#x)", "[b](../b.md)"),
        ("pelican", "[TOC]\n", "\n"),
        ("obsidian", "[[b|那]]", "[那](../b.md)"),
        ("obsidian", "[[b]]与[[没有]]与[[#节]]", "[b](../b.md)与没有与节"),
        ("obsidian", "![[a b.png|300]]", "![](<../a b.png>)"),
        ("obsidian", "a %%私%% b ^id1", "a  b"),
        ("obsidian", "> [!note]- 题\n> x", "> **题**\n>\n> x"),
        ("obsidian", "`[[b]]`", "`[[b]]`"),
        ("hugo", "a<!--more-->b", "ab"),
    ],
)
def test_what_has_an_equal_in_plain_markdown_becomes_it(
    kind: str, written: str, expected: str
) -> None:
    links = {"post__b": "../b.md", "post__b.md": "../b.md", "path__b#x": "../b.md"}
    found = body(written, kind, **links, **{"file__a b.png": "../a b.png"})
    assert found.strip("\n") == expected.strip("\n")


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("hugo", "x\n\n{{< mermaid >}}\na\n{{< /mermaid >}}\n", [(3, "mermaid")]),
        ("hugo", "{{% notice tip %}}", [(1, "notice")]),
        ("hexo", "{% note info %}\n{% endnote %}", [(1, "note")]),
        ("jekyll", "{{ page.title }}", [(1, "page.title")]),
        ("jekyll", "{% include a.html %}", [(1, "include")]),
        ("zola", "{{ gallery(x=1) }}", [(1, "gallery")]),
        ("obsidian", "{{ x }}", []),
    ],
)
def test_what_has_none_stays_and_is_reported_with_its_line(
    kind: str, text: str, kept: list[tuple[int, str]]
) -> None:
    made = rewrite_body(text, kind, lambda _k, _t: "", 1)
    assert made.body == text
    assert list(made.kept) == kept


def test_an_excerpt_becomes_the_summary() -> None:
    made = convert("---\ntitle: 甲\n---\n**开头**见[那](x.md)。\n\n<!-- more -->\n\n其余。\n")
    assert dict(made.front)["summary"] == "开头见那。"
    assert "more" not in made.body


def test_the_former_address_becomes_an_alias() -> None:
    former = Former("hexo", "source/_posts/lamp.md", "/2024/03/04/lamp/", draft=True)
    made = convert_site_article("---\ntitle: 甲\n---\nx\n", former, "2024-03-10")
    assert made is not None
    assert dict(made.front) == {
        "title": "甲",
        "aliases": ("/2024/03/04/lamp/",),
        "draft": True,
        "added": "2024-03-10",
    }


def test_where_an_article_stood_is_read_as_it_was_written() -> None:
    origin = Origin(former=Former("hugo", "a.md", "/a/", links=(("path:b", "c"),)))
    assert read_origin(origin_json(origin).encode()) == origin


@pytest.mark.parametrize(
    ("paths", "kind"),
    [
        ({"hugo.toml", "content/a.md"}, "hugo"),
        ({"config.toml", "content/a.md"}, "hugo"),
        ({"config.yaml", "content/a.md", "themes/x"}, "hugo"),
        ({"config.yaml", "content/a.md"}, ""),
        ({"zola.toml", "config.toml", "content/a.md"}, "zola"),
        ({"_config.yml", "source/_posts/a.md"}, "hexo"),
        ({"_config.yml", "_posts/a.md"}, "jekyll"),
        ({"_config.yml", "a.md"}, ""),
        ({"pelicanconf.py", "content/a.md"}, "pelican"),
        ({".obsidian/", "a.md"}, "obsidian"),
        ({"a.md", "b.txt"}, ""),
    ],
)
def test_generators_are_told_by_their_files(paths: set[str], kind: str) -> None:
    zola = "zola.toml" in paths
    found = site_kind(frozenset(paths), lambda _: "base_url = ''" if zola else "baseURL = ''")
    assert found == kind


@pytest.mark.parametrize(
    ("kind", "settings_text", "path", "facts", "address"),
    [
        ("hexo", "", "hello.md", {"date": "2024/3/4 10:00"}, "/2024/03/04/hello/"),
        ("hexo", "permalink: posts/:title.html", "a/b.md", {}, "/posts/a/b.html"),
        ("hexo", "permalink: ':hash/'", "a.md", {}, ""),
        ("jekyll", "", "2024-03-04-a.md", {"categories": "x/y"}, "/x/y/2024/03/04/a.html"),
        ("jekyll", "permalink: pretty", "2024-03-04-a.md", {}, "/2024/03/04/a/"),
        ("hugo", "", "posts/My Lamp/index.md", {}, "/posts/my-lamp/"),
        ("hugo", "", "posts/a.md", {"slug": "b"}, "/posts/b/"),
        (
            "hugo",
            '[permalinks]\nposts = "/:year/:slugorfilename/"',
            "posts/a.md",
            {"date": "2024-03-04"},
            "/2024/a/",
        ),
        ("hugo", "permalinks:\n  page:\n    posts: /p/:filename/", "posts/a.md", {}, "/p/a/"),
        ("hugo", '[permalinks]\nposts = "/:year/"', "posts/a.md", {}, ""),
        ("zola", "", "blog/2024-03-04-a.md", {}, "/blog/a/"),
        ("zola", "", "blog/灯.md", {}, ""),
        ("pelican", "", "a.md", {"slug": "lamp"}, "/lamp.html"),
        ("pelican", "", "a.md", {}, ""),
        ("obsidian", "", "a.md", {}, ""),
    ],
)
def test_addresses_are_those_that_the_generator_gave(
    kind: str, settings_text: str, path: str, facts: dict[str, str], address: str
) -> None:
    assert address_of(kind, path, facts, permalinks(kind, settings_text)) == address


@pytest.mark.parametrize(
    ("kind", "reference", "written", "found"),
    [
        ("hugo", "path", "a.png", "content/posts/x/a.png"),
        ("hugo", "path", "/s.png", "static/s.png"),
        ("hugo", "post", "posts/other.md", "content/posts/other.md"),
        ("hugo", "post", "other", "content/posts/other.md"),
        ("hugo", "path", "https://a.example/a.png", ""),
        ("hugo", "path", "mailto:a@b.example", ""),
        ("hugo", "path", "//a.example/a.png", ""),
        ("hugo", "path", "../../../etc/passwd", ""),
        ("hugo", "path", "nothing.png", ""),
        ("hugo", "path", "", ""),
        ("zola", "path", "@/posts/other.md#x", "content/posts/other.md"),
        ("pelican", "path", "{static}/posts/x/a.png", "content/posts/x/a.png"),
        ("pelican", "path", "{filename}../other.md", "content/posts/other.md"),
        ("obsidian", "file", "S.PNG", "static/s.png"),
        ("obsidian", "post", "Other", "content/posts/other.md"),
    ],
)
def test_references_find_what_they_mean(
    kind: str, reference: str, written: str, found: str
) -> None:
    paths = ["content/posts/x/index.md", "content/posts/x/a.png", "static/s.png"]
    files = index_files(kind, [*paths, "content/posts/other.md"])
    assert find_target(files, "content/posts/x/index.md", reference, written) == found


PIECES = st.sampled_from(
    [
        *("---\n", "+++\n", "title: 甲 # x\n", 'tags = ["a"]\n', "正文。", "\n", "```\n", "`"),
        *("{{< figure src=a >}}", "{{< /x >}}", "{% raw %}", "{% endraw %}", "{{ x }}"),
        *("{% post_link a b %}", "[[灯|塔]]", "![[a]]", "%%", "[a](b.md)", "<!--more-->"),
        *("{:.a}", "> [!note] x\n", "[TOC]\n"),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=14), st.sampled_from(KINDS))
def test_nothing_of_a_file_is_lost(pieces: list[str], kind: str) -> None:
    text = "".join(pieces)
    made = convert_site_article(text, Former(kind, "a.md", links=(("path:b.md", "c.md"),)), "2024")
    if made is None:
        return
    record = made.record
    held = markdown(made) + "".join(cut.text for cut in record.removed)
    held += "".join(one.written for one in record.fields)
    lost = Counter(text) - Counter(held) - Counter("-+:=[]\"#'` \n" * 99)
    assert not lost


@settings(deadline=None)
@given(st.text(alphabet="{}%<>[]()|`!#^:-+=\"' \nax", max_size=200), st.sampled_from(KINDS))
def test_signs_in_any_order_are_read(text: str, kind: str) -> None:
    rewrite_body(text, kind, lambda _k, _t: "", 1)
    read_front(text, kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "piece",
    ["{{<", "{% ", "{{", "[[", "![[", "%%", "`", "{:", "](", "<!--", '{{< a "', "{% raw %}"],
)
def test_endless_signs_take_no_endless_time(kind: str, piece: str) -> None:
    rewrite_body(piece * 3000, kind, lambda _k, _t: "", 1)
