"""Texts of 120 characters and more are decoded right, in each encoding and whatever is declared."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.importers.decode import Decoded, decode
from wenzhai.importers.entries import Entry
from wenzhai.importers.feeds import read_feed
from wenzhai.importers.html.decoding import decode_html
from wenzhai.importers.messages import read_message
from wenzhai.problems import Problem

PASSAGES = {
    path.stem: path.read_text("utf-8")
    for path in sorted((Path(__file__).parents[1] / "data" / "passages").glob("*.txt"))
}
FEWEST = 120
ENCODINGS = {
    "simplified": ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"],
    "traditional": ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"],
    "japanese": ["utf-8", "gb18030", "shift_jis", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be"],
    "korean": ["utf-8", "euc_kr", "utf-16-le", "utf-16-be"],
}
DECLARED = ["utf-8", "gb2312", "GBK", "big5", "Shift_JIS", "EUC-JP", "euc-kr", "iso-8859-1", "x"]
ROWS = [(script, encoding) for script, found in ENCODINGS.items() for encoding in found]


def cjk(text: str) -> int:
    return sum(char > "\u2e80" for char in text)


@st.composite
def windows(draw: st.DrawFn, script: str) -> str:
    """Give 120 characters of a script or more, anywhere in its passages, on one line or several."""
    text = PASSAGES[script]
    if draw(st.booleans()):
        text = text.replace("\n", "")
    length = draw(st.one_of(st.integers(FEWEST, FEWEST + 40), st.integers(FEWEST, len(text))))
    at = draw(st.integers(0, len(text) - length))
    text = text[at : at + length].strip()
    while cjk(text) < FEWEST:
        text += PASSAGES[script][: FEWEST - cjk(text)].replace("\n", "").strip()
    return text


def texts_of(found: Entry | Problem | tuple[Entry, ...]) -> str:
    assert not isinstance(found, Problem), found
    (entry,) = found if isinstance(found, tuple) else (found,)
    title = next((str(fact.value) for fact in entry.facts if fact.name == "title"), "")
    return title + entry.content.decode()


@pytest.mark.parametrize(("script", "encoding"), ROWS)
def test_bare_text_is_decoded(script: str, encoding: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(windows(script))
    def every(text: str) -> None:
        marks = ("", "\ufeff") if encoding.startswith("utf") else ("",)
        for mark in marks:
            found = decode((mark + text).encode(encoding))
            assert isinstance(found, Decoded), found
            assert found.text == text

    every()


@pytest.mark.parametrize(("script", "encoding"), ROWS)
def test_pages_are_decoded_whatever_they_declare(script: str, encoding: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(windows(script), st.sampled_from(["", encoding, *DECLARED]), st.booleans())
    def every(text: str, declared: str, outside: bool) -> None:  # noqa: FBT001  # drawn
        meta = f'<meta charset="{declared}">' if declared and not outside else ""
        page = (
            f"<html><head>{meta}<title>{text[:9]}</title></head><body><p>{text}</p></body></html>"
        )
        found = decode_html(page.encode(encoding), "a.html", declared if outside else "")
        assert isinstance(found, Decoded), found
        assert found.text == page

    every()


@pytest.mark.parametrize(("script", "encoding"), ROWS)
def test_mail_is_decoded_whatever_it_declares(script: str, encoding: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(windows(script), st.sampled_from(["", encoding, *DECLARED]), st.booleans())
    def every(text: str, declared: str, html: bool) -> None:  # noqa: FBT001  # drawn
        body = f"<p>{text}</p>" if html else text
        charset = f"; charset={declared}" if declared else ""
        head = f"Subject: a\nContent-Type: text/{'html' if html else 'plain'}{charset}\n"
        mail = f"{head}Content-Transfer-Encoding: base64\n\n".encode()
        found = read_message(mail + b64encode(body.encode(encoding)), "a.eml")
        assert text in texts_of(found)

    every()


@pytest.mark.parametrize(("script", "encoding"), ROWS)
def test_feeds_are_decoded_whatever_they_declare(script: str, encoding: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(windows(script), st.sampled_from(["", encoding, *DECLARED]))
    def every(text: str, declared: str) -> None:
        head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
        item = f"<item><title>{text[:9]}</title><description>{text}</description></item>"
        feed = f"{head}<rss version='2.0'><channel>{item}</channel></rss>"
        assert text in texts_of(read_feed(feed.encode(encoding), "a.xml"))

    every()
