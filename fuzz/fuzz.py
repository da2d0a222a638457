"""Fuzz what reads foreign bytes: ``python fuzz/fuzz.py NAME [CORPUS] [-max_total_time=300]``.

NAME is one of the targets below; the rest goes to libFuzzer. A target raises where something raises
that should not, takes ten seconds (``-timeout=10``), or loses text. Needs atheris (``pip install
atheris``); what it finds becomes a test.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["wenzhai"]):
    from wenzhai.articles import ArticleSettings, parse_article
    from wenzhai.config import MarkupSettings
    from wenzhai.importers.account import account
    from wenzhai.importers.decode import Decoded, decode
    from wenzhai.importers.formats import split_source
    from wenzhai.importers.origin import Former
    from wenzhai.importers.reading import convert_bytes, convert_entry
    from wenzhai.importers.sites.article import convert_site_article
    from wenzhai.importers.text import convert_text, markdown
    from wenzhai.model import RelPath
    from wenzhai.problems import Problem

TODAY, ZONE = "2026-01-02", "Asia/Shanghai"
SETTINGS = ArticleSettings(ZONE, "zh", 400, MarkupSettings(highlight=False))


def text(data: bytes) -> None:
    """Convert a text; body, front matter and record must hold all of it."""
    found = decode(data)
    if isinstance(found, Decoded):
        made = convert_text(found.text, "a.txt", TODAY, ZONE)
        markdown(made)
        assert account(found.text, made) == ""


def html(data: bytes) -> None:
    """Convert a page."""
    convert_bytes(data, "a.html", TODAY, ZONE)


def front(data: bytes) -> None:
    """Read an article with its front matter, ours and another generator's."""
    for fence in (b"---\n", b"+++\n"):
        parse_article(RelPath("content/articles/a.md"), fence + data, SETTINGS)
        for kind in ("hugo", "pelican"):
            former = Former(kind, "a.md")
            convert_site_article((fence + data).decode("utf-8", "replace"), former, TODAY)


def feed(data: bytes) -> None:
    """Split a feed and convert its entries."""
    for path in ("a.xml", "a.json"):
        found = split_source(data, path)
        for entry in () if isinstance(found, Problem) else found[:5]:
            convert_entry(entry, path, TODAY, ZONE)


def mail(data: bytes) -> None:
    """Convert a message."""
    convert_bytes(data, "a.eml", TODAY, ZONE)


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (text, html, front, feed, mail)
}


def main(name: str, arguments: list[str]) -> None:
    """Fuzz one target for ever, or as long as libFuzzer's options say."""
    atheris.Setup([sys.argv[0], "-timeout=10", *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
