"""Articles that are wrong in one way each, and where their problem must be told."""

from __future__ import annotations

from dataclasses import dataclass

from sites import article


@dataclass(frozen=True)
class Bad:
    """One file below content/articles and the problem it must raise; line 0: the whole file."""

    name: str
    content: str | bytes
    code: str
    line: int
    column: int

    @property
    def path(self) -> str:
        return f"content/articles/{self.name}.md"


def dated(body: str = "正文。", **front: str) -> str:
    """Return an article whose front matter ends on line 4 where nothing is added."""
    return article("甲", body, date="2024-01-01", **front)


def head(*rows: str) -> str:
    """Return an article of these front-matter rows; the first stands on line 2."""
    return "\n".join(("---", *rows, "---", "", "正文。", ""))


ENCODINGS = (
    Bad("gbk", dated().encode("gbk"), "E101", 2, 8),
    Bad("utf16", dated().encode("utf-16-le"), "E101", 1, 2),
    Bad("utf16-marked", dated().encode("utf-16"), "E101", 1, 1),
    Bad("latin1", article("Café", "x", date="2024-01-01").encode("latin-1"), "E101", 2, 11),
    Bad("big5", dated("內文。").encode("big5"), "E101", 2, 8),
)
FRONT_MATTER = (
    Bad("open-bracket", head("title: [", "draft: no"), "E133", 2, 8),
    Bad("open-list", head("tags: [a, b", "title: x"), "E133", 2, 7),
    Bad("bare-colon", head("title: a: b"), "E111", 2, 9),
    Bad("open-quote", head("title: 'a"), "E113", 2, 8),
    Bad("wide-colon", head("title：甲"), "E114", 2, 1),
    Bad("no-rows", head("- a"), "E110", 2, 1),
    Bad("no-end", "---\ntitle: x\ndate: 2024-01-01\n", "E103", 1, 1),
    Bad("alias-mark", head("title: *x"), "E108", 2, 8),
    Bad("twice", head("title: x", "title: y"), "E107", 3, 1),
    Bad("tab", head("tags:", "\t- x"), "E109", 3, 1),
    Bad("nul", head("author: a\0b"), "E102", 2, 10),
    Bad("nested", head("tags: " + "[" * 30_000), "E106", 2, 26),
    Bad("huge", head("title: x", "summary: " + "x" * 70_000), "E105", 1, 1),
    Bad("shape", head("title: x", "tags: [[a]]"), "E117", 3, 7),
)
VALUES = (
    Bad("month-13", head("title: x", "date: 2024-13-01"), "E121", 3, 7),
    Bad("february-30", head("title: x", "date: 2024-02-30"), "E121", 3, 7),
    Bad("hour-25", head("title: x", "date: 2024-01-01T25:00"), "E122", 3, 7),
    Bad("soon", head("title: x", "date: soon"), "E120", 3, 7),
    Bad("draft-maybe", head("title: x", "draft: maybe"), "E118", 3, 8),
    Bad("weight-heavy", head("title: x", "weight: heavy"), "E119", 3, 9),
    Bad("slug-up", head("title: x", "slug: ../x"), "E125", 3, 7),
    Bad("kind-odd", head("title: x", "kind: odd"), "E129", 3, 7),
    Bad("url-odd", head("title: x", "source_url: nowhere"), "E130", 3, 13),
    Bad("lang-odd", head("title: x", "lang: '?'"), "E131", 3, 7),
    Bad("alias-up", head("title: x", "aliases: [/ok/, /../../etc/passwd]"), "E132", 3, 17),
    Bad("alias-home", head("title: x", "aliases: ['/']"), "E132", 3, 11),
    Bad("key", head("title: x", "date: 2024-01-01", "tagz: [a]"), "W101", 4, 1),
    Bad("key-far", head("title: x", "date: 2024-01-01", "qqqq: 1"), "W108", 4, 1),
    Bad("region", head("title: x", "date: 2024-01-01", "region: Guangdnog"), "W104", 4, 9),
)
BODIES = (
    Bad("lost-link", dated("见[乙](nope.md)。"), "E302", 6, 6),
    Bad("lost-image", dated("一段。\n\n![图](no.png)"), "E302", 8, 6),
    Bad("large", dated("字" * 1_000_000), "E201", 0, 0),
    Bad("quotes", dated(">" * 3_000 + " x"), "E202", 6, 0),
    Bad("lists", dated("\n".join("  " * level + "- x" for level in range(60))), "E202", 15, 0),
    Bad("undated", article("甲"), "W302", 0, 0),
    Bad("empty", "", "W105", 0, 0),
)
ADDRESSES = (
    Bad("same-1", dated(slug="same"), "E301", 4, 7),
    Bad("same-2", dated(slug="same"), "E301", 4, 7),
    Bad("alias-tags", dated(aliases="[/old/, /tags/]"), "E303", 4, 18),
    Bad("alias-feed", dated(aliases="[/feed.xml]"), "E608", 4, 11),
    Bad("alias-about", dated(aliases="\n  - /about/"), "E303", 5, 5),
)
EVERY = (*ENCODINGS, *FRONT_MATTER, *VALUES, *BODIES, *ADDRESSES)
