"""Decoding: East Asian encodings are recognised, and binary files are refused."""

from __future__ import annotations

import pytest

from wenzhai.importers.decode import Decoded, decode
from wenzhai.problems import Problem

CHINESE = (
    "修家电的陶师傅有一只饼干盒，里面装着两百多颗拆下来的旧芯片。\n"
    "最常用的那一种，他不看丝印也认得。"
)
TRADITIONAL = (
    "府前街的書店只有十二坪，店主卻把最亮的靠窗位置讓給了一台機器。\n它看起來像一座倒過來的屋頂。"
)
JAPANESE = "商店街の角に、店員のいない店ができた。\n入口には「お釣りは出ません」とだけ書いてある。"
KOREAN = "이 도서관은 밤 열 시에 문을 연다.\n마지막 독자가 떠난 시간을 기록하는 것이 그의 일이다."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"),
        (CHINESE, "utf-16-le"),
        (CHINESE, "utf-16-be"),
        ("A plain English text.\n", "utf-16-le"),
    ],
)
def test_encodings_are_recognised_by_their_characters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == Decoded(text, encoding)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_decide_and_disappear(encoding: str) -> None:
    decoded = decode(CHINESE.encode(encoding))
    assert isinstance(decoded, Decoded)
    assert decoded.text == CHINESE


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20,
        bytes(range(256)) * 4,
        b"\x01\x02\x03" * 40,
        b"\xff\xfe" + bytes(range(1, 201)) + bytes.fromhex("00e0 7803 01f8 00e5 ffef") * 4,
    ],
)
def test_binary_files_are_a_problem(data: bytes) -> None:
    problem = decode(data, "content/sources/a.txt")
    assert isinstance(problem, Problem)
    assert problem.code == "E701"


def test_problem_names_the_first_byte_that_is_wrong() -> None:
    data = b"\xef\xbb\xbf" + "好".encode() + b"\xff"
    problem = decode(data)
    assert isinstance(problem, Problem)
    assert dict(problem.arguments)["offset"] == "6"


def test_empty_file_is_an_empty_text() -> None:
    assert decode(b"") == Decoded("", "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16"])
def test_half_a_surrogate_pair_is_a_problem_and_no_character(encoding: str) -> None:
    data = (CHINESE + "\ud83d" + CHINESE).encode(encoding, "surrogatepass")
    problem = decode(data)
    assert isinstance(problem, Problem)
    assert problem.code == "E701"


def test_a_stray_byte_does_not_make_another_encoding_of_a_text() -> None:
    data = (CHINESE * 3).encode() + b"\xff" + (CHINESE * 3).encode()
    problem = decode(data)
    assert isinstance(problem, Problem)
    assert dict(problem.arguments)["offset"] == str(len((CHINESE * 3).encode()))
