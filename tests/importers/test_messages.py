"""Saved mail: which part is the article, and what its headers say."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.importers.entries import Entry
from wenzhai.importers.messages import read_message
from wenzhai.importers.reading import convert_bytes, convert_entry
from wenzhai.importers.text import Conversion, markdown
from wenzhai.problems import Problem

PNG = b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 20).decode()
NEWSLETTER = f"""\
From: =?UTF-8?B?54Gv5aGU5ZGo5YiK?= <news@lamp.example>
To: reader@example.com
Subject: =?gb2312?B?x7bM18fp?= =?gb2312?B?v/a1xA==?=
Date: Mon, 04 Mar 2024 10:00:00 +0800
Message-ID: <one@lamp.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/related; boundary=r

--r
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=utf-8

只是纯文本。
--a
Content-Type: text/html; charset=gb2312
Content-Transfer-Encoding: 8bit

PAGE
--a--
--r
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-ID: <logo@lamp>

{PNG}
--r--
--m
Content-Type: application/pdf; name="=?utf-8?B?6ZmE5Lu2LnBkZg==?="
Content-Disposition: attachment; filename="=?utf-8?B?6ZmE5Lu2LnBkZg==?="
Content-Transfer-Encoding: base64

JVBERi0=
--m--
"""
PAGE = """\
<html><head><meta charset="gb2312"><title>x</title><style>p {color: red}</style></head><body>
<table width="600"><tr><td>
<p><a href="https://lamp.example/issues/7?utm_source=mail">在浏览器中查看</a></p>
<h1>灯塔的灯</h1>
<p>灯塔里有一盏灯，每天晚上亮一次，<b>风大</b>的时候也亮。</p>
<p><img src="cid:logo@lamp" alt="灯"></p>
<p>船从远处看见它，就知道自己离家不远了。</p>
<p>你收到这封邮件，是因为订阅了灯塔周刊。<a href="https://lamp.example/u">退订</a></p>
<img src="https://lamp.example/pixel" width="1" height="1">
</td></tr></table></body></html>"""
DATA = NEWSLETTER.encode().replace(b"PAGE", PAGE.encode("gb2312"))


def read(data: bytes) -> Entry:
    found = read_message(data, "a.eml")
    assert isinstance(found, Entry), found
    return found


def facts(entry: Entry) -> dict[str, object]:
    return {fact.name: fact.value for fact in entry.facts}


def convert(data: bytes) -> Conversion:
    found = convert_bytes(data, "content/sources/a.eml", "2024-03-10", "Asia/Shanghai")
    assert isinstance(found, Conversion), found
    return found


def plain(body: bytes, *headers: bytes) -> bytes:
    return b"\n".join((b"From: a@b.example", *headers, b"", body))


def test_headers_say_title_sender_date_and_what_is_attached() -> None:
    entry = read(DATA)
    assert entry.id == "one@lamp.example"
    assert facts(entry) == {
        "title": "嵌套情况的",
        "source": "灯塔周刊",
        "date": "2024-03-04T10:00:00+08:00",
        "source_url": "https://lamp.example/issues/7?utm_source=mail",
        "attachments": ("附件.pdf",),
    }


def test_the_html_part_becomes_the_article_with_its_images() -> None:
    made = convert(DATA)
    assert "灯塔里有一盏灯，每天晚上亮一次，**风大**的时候也亮。" in made.body
    assert "离家不远了" in made.body
    ((path, content),) = made.files
    assert content.startswith(b"\x89PNG")
    assert f"![灯]({path})" in made.body
    (image,) = made.record.images
    assert (image.url, image.path, image.size) == ("cid:logo@lamp", path, len(content))


def test_notes_to_readers_go_to_the_record() -> None:
    made = convert(DATA)
    assert "退订" not in made.body
    assert "浏览器" not in made.body
    furniture = [cut.text for cut in made.record.removed if cut.reason == "page furniture"]
    assert furniture == ["在浏览器中查看", "你收到这封邮件，是因为订阅了灯塔周刊。退订"]


def test_an_attachment_is_listed_in_the_record() -> None:
    made = convert(DATA)
    assert ("attachments", ("附件.pdf",)) in [(one.name, one.value) for one in made.record.fields]
    assert "attachments" not in dict(made.front)


def test_a_message_of_text_is_read_as_text() -> None:
    made = convert(plain("灯塔里有一盏灯。\n".encode(), "Subject: 转发: Fwd: 灯".encode()))
    assert dict(made.front)["title"] == "灯"
    assert "灯塔里有一盏灯。" in made.body


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5"])
def test_headers_that_declare_nothing_are_decoded(encoding: str) -> None:
    subject = "燈塔的燈亮了" if encoding == "big5" else "灯塔里的灯"
    data = plain(b"x", b"Subject: " + subject.encode(encoding))
    assert facts(read(data))["title"] == subject


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gb18030"), ("utf-8", "gb18030"), ("nonsense", "utf-8"), ("", "utf-8")],
)
def test_bodies_are_decoded_whatever_they_declare(charset: str, encoding: str) -> None:
    text = "灯塔里有一盏灯，从来没有人见过它熄灭。"
    kind = f"Content-Type: text/plain; charset={charset}".encode()
    assert read(plain(text.encode(encoding), kind)).content.decode() == text


def test_a_message_in_a_message_is_found() -> None:
    outer = (
        b'Subject: look\nContent-Type: multipart/mixed; boundary="x"\n\n'
        b"--x\nContent-Type: message/rfc822\n\n" + DATA + b"\n--x--\n"
    )
    assert facts(read(outer))["title"] == "嵌套情况的"


def test_an_attached_page_is_not_taken_for_the_text() -> None:
    data = (
        b'Content-Type: multipart/mixed; boundary="x"\n\n'
        b"--x\nContent-Type: text/html\nContent-Disposition: attachment\n\n<p>attached</p>\n"
        b"--x\nContent-Type: text/plain\n\nthe text\n--x--\n"
    )
    assert read(data).content == b"the text"


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"Content-Type: multipart/mixed; boundary=x\n\n", plain(b" \n ")]
)
def test_a_message_without_text_is_a_problem(data: bytes) -> None:
    found = read_message(data, "a.eml")
    assert isinstance(found, Problem)
    assert found.code == "E747"


def test_messages_in_messages_end() -> None:
    assert read(b"Content-Type: message/rfc822\n\n" * 30 + b"Subject: x\n\ny").content == b"y"
    found = read_message(b"Content-Type: message/rfc822\n\n" * 30_000 + b"x", "a.eml")
    assert isinstance(found, Problem)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(DATA.splitlines(keepends=True)), max_size=40)
    | st.lists(st.binary(max_size=20), max_size=20)
)
def test_lines_in_any_order_are_read_or_refused(lines: list[bytes]) -> None:
    found = read_message(b"".join(lines), "a.eml")
    if isinstance(found, Entry):
        found.content.decode()
        convert_bytes(b"".join(lines), "a.eml", "2024-03-10", "Asia/Shanghai")


def test_the_article_is_valid_front_matter_and_body() -> None:
    assert markdown(convert(DATA)).startswith("---\ntitle: 嵌套情况的\n")


def test_relative_dates_in_a_text_need_a_known_moment() -> None:
    entry = Entry("1", "灯", ".txt", "灯塔的灯\n昨天 08:15\n灯塔里有一盏灯。\n".encode())
    for fetched, date in (("2024-03-10T00:00:00+08:00", "2024-03-09T08:15:00+08:00"), ("", None)):
        made = convert_entry(entry, "a.xml", "2024-03-10", "Asia/Shanghai", fetched=fetched)
        assert isinstance(made, Conversion)
        assert dict(made.front).get("date") == date
        assert made.record.fetched == fetched
