from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.encoding import decode_source

CHINESE = "标题：这是一个测试的文章，说的是我们的事"
TRADITIONAL = "標題：這是一個測試的文章，說的是我們的事"
JAPANESE = "これはテストです。日本語の文章です"


def test_a_byte_order_mark_and_line_ends_are_no_text() -> None:
    assert decode_source(b"\xef\xbb\xbfa\r\nb\rc\n", "a.md") == ("a\nb\nc\n", ())


@pytest.mark.parametrize(
    ("data", "encoding", "offset", "line", "column"),
    [
        (CHINESE.encode("gbk"), "GB18030", 0, 1, 1),
        (b"ok\n\n  " + CHINESE.encode("gbk"), "GB18030", 6, 3, 3),
        (TRADITIONAL.encode("big5"), "BIG5", 0, 1, 1),
        (JAPANESE.encode("shift_jis"), "SHIFT-JIS", 0, 1, 1),
        ("이것은 시험입니다".encode("euc_kr"), "EUC-KR", 0, 1, 1),
        (CHINESE.encode("utf-16"), "UTF-16LE", 0, 1, 1),
        ("---\ntitle: x".encode("utf-16-le"), "UTF-16LE", 1, 1, 2),
        ("---\ntitle: x".encode("utf-16-be"), "UTF-16BE", 0, 1, 1),
        ("café".encode("latin-1"), "WINDOWS-1252", 3, 1, 4),
        (b"\xef\xbb\xbfcaf\xe9 x", "WINDOWS-1252", 6, 1, 5),
    ],
)
def test_another_encoding_is_named_with_its_place(
    data: bytes, encoding: str, offset: int, line: int, column: int
) -> None:
    text, (found,) = decode_source(data, "a.md")
    assert text == ""
    assert found.code == "E101"
    assert dict(found.arguments)["encoding"] == encoding
    assert dict(found.arguments)["offset"] == str(offset)
    assert (found.span.line, found.span.column) == (line, column)
    assert encoding in found.hint("en")


def test_one_zero_byte_is_no_utf_16() -> None:
    assert decode_source(b"a\0b", "a.md") == ("a\0b", ())


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_raise(data: bytes) -> None:
    text, problems = decode_source(data, "a.md")
    assert not (text and problems)
