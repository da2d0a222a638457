"""What kind of source bytes are."""

from __future__ import annotations

import pytest

from wenzhai.importers.sniff import kind_of_answer, sniff

MESSAGE = b"From: a@b.example\r\nSubject: x\r\n folded\r\nMIME-Version: 1.0\r\n\r\nbody"
SAVED = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\n\r\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", ".pdf"),
        (b"PK\x03\x04....word/document.xml", ".docx"),
        (b"PK\x03\x04....a.txt", ".zip"),
        (b"PK\x05\x06", ".zip"),
        (MESSAGE, ".eml"),
        (SAVED, ".mhtml"),
        (b'<?xml version="1.0"?>\n<!-- made by - a tool -->\n<rss version="2.0">', ".xml"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', ".xml"),
        (b"<?xml version='1.0'?><rdf:RDF>", ".xml"),
        (b'\xef\xbb\xbf<opml version="2.0">', ".opml"),
        (b"<!DOCTYPE html>\n<p>", ".html"),
        (b"\r\n<!-- saved -->\n<HTML lang=zh>", ".html"),
        ("<!doctype html><p>字".encode("utf-16"), ".html"),
        ("<!doctype html><p>字".encode("utf-16-be"), ".html"),
        (b"<meta charset='utf-8'><p>from the clipboard", ".html"),
        (b'<h1 class="a">x</h1>', ".html"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', ".json"),
        (b'{"title": "x", "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', ".json"),
        (b"---\ntitle: x\n---\n", ".md"),
        (b'+++\r\ntitle = "x"\r\n+++\r\n', ".md"),
        (b"---\na paragraph after a rule\n", ""),
        (b"", ""),
        ("题目：灯塔\n作者：甲\n\n正文".encode(), ""),
        (b"Title: x\nAuthor: y\n\nbody", ""),
        (b"<3 this article", ""),
        (b"<T> is a type parameter", ""),
        (b"a < b and <html> later", ""),
        (b"<!--" + b"-" * 4000, ""),
        (b"a:\n" * 2000, ""),
    ],
)
def test_kind_is_told_from_how_bytes_begin(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("content_type", "data", "name", "kind"),
    [
        ("text/html", b"plain", "", ".html"),
        ("application/xhtml+xml", b"", "", ".html"),
        ("text/plain", b"a line", "a.txt", ".txt"),
        ("text/plain", b"# a", "README.md", ".md"),
        ("text/plain", b"<!doctype html>", "a.txt", ".html"),
        ("text/xml", b"<rss>", "", ".xml"),
        ("text/xml", b"<svg>", "", ""),
        ("application/octet-stream", b"%PDF-1.4", "", ".pdf"),
        ("application/octet-stream", b"\x89PNG", "", ""),
        ("", b"<html>", "", ".html"),
        ("image/png", b"<html>", "a.html", ""),
        ("application/json", b"{}", "", ""),
    ],
)
def test_servers_are_believed_where_their_type_says_something(
    content_type: str, data: bytes, name: str, kind: str
) -> None:
    assert kind_of_answer(content_type, data, name) == kind
