"""Zip archives, also such as were made to do harm."""

from __future__ import annotations

import io
import struct
import zipfile
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenzhai.archives import Member, read_archive

TEXT = "灯塔里有一盏灯。"
NOISE = b"".join(sha256(bytes([n])).digest() for n in range(64))  # packs badly


def packed(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def named(names: list[bytes]) -> bytes:
    """An archive with names in some encoding, not marked, as Windows makes it."""
    stands_for = {chr(97 + number) * len(name): name for number, name in enumerate(names)}
    data = packed(dict.fromkeys(stands_for, TEXT), zipfile.ZIP_STORED)
    for placeholder, name in stands_for.items():
        data = data.replace(placeholder.encode(), name)
    return data


def read(
    data: bytes, largest: int = 2_000_000, **limits: int
) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """Give members by name, and code and path of each problem."""
    found = list(read_archive(io.BytesIO(data), "a.zip", largest, **limits))
    members = {item.name: item.content for item in found if isinstance(item, Member)}
    return members, [(i.code, i.span.path) for i in found if not isinstance(i, Member)]


def test_articles_come_out_with_their_folders() -> None:
    members, problems = read(packed({"a.txt": TEXT, "2024/三月/b.md": TEXT, "2024/": b""}))
    assert members == {"a.txt": TEXT.encode(), "2024/三月/b.md": TEXT.encode()}
    assert problems == []


def test_what_is_no_article_is_left_packed() -> None:
    members, problems = read(
        packed({"a.txt": TEXT, "a_files/x.png": b"x", "__MACOSX/._a.txt": b"x", ".git/a.txt": b"x"})
    )
    assert sorted(members) == ["a.txt"]
    assert problems == []
    assert read(packed({"a.exe": b"MZ"}))[1] == [("W702", "a.zip/a.exe")]


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gbk", ["灯塔里的灯.txt", "新建文件夹/文章.txt"]),
        ("utf-8", ["灯塔里的灯.txt", "文摘/我們的文章.txt"]),
        ("big5", ["燈塔裡的燈從來沒有人見過它熄滅.txt", "文摘/我們的文章.txt"]),
        ("cp437", ["café.txt"]),
    ],
)
def test_names_are_read_whatever_packed_them(encoding: str, names: list[str]) -> None:
    members, problems = read(named([name.encode(encoding) for name in names]))
    assert sorted(members) == sorted(names)
    assert problems == []


def test_backslashes_part_folders() -> None:
    assert sorted(read(named([rb"folder\a.txt"]))[0]) == ["folder/a.txt"]


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "a/../../b.txt", "/etc/a.txt", "C:/a.txt", "..\\..\\a.txt", "\\\\host\\a.txt"],
)
def test_names_that_lead_out_are_refused_and_the_rest_is_done(name: str) -> None:
    members, problems = read(packed({"ok.txt": TEXT, name: TEXT}))
    assert sorted(members) == ["ok.txt"]
    assert [code for code, _ in problems] == ["E742"]


def test_links_are_refused() -> None:
    out = io.BytesIO()
    row = zipfile.ZipInfo("a.txt")
    row.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(row, "/etc/passwd")
    assert read(out.getvalue()) == ({}, [("E742", "a.zip/a.txt")])


def test_encrypted_files_are_told() -> None:
    data = bytearray(packed({"a.txt": TEXT}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert read(bytes(data)) == ({}, [("E741", "a.zip/a.txt")])


def test_files_packed_beyond_reason_are_refused() -> None:
    members, problems = read(packed({"bomb.txt": b"0" * 5_000_000, "ok.txt": TEXT}))
    assert sorted(members) == ["ok.txt"]
    assert problems == [("E743", "a.zip/bomb.txt")]


def test_a_size_that_is_understated_unpacks_no_more_than_it_states() -> None:
    data = bytearray(packed({"a.txt": b"0123456789" * 1000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    members, problems = read(bytes(data))
    assert members == {}
    assert [code for code, _ in problems] == ["E740"]


def test_a_large_file_ends_one_byte_behind_the_limit() -> None:
    assert len(read(packed({"a.txt": NOISE}), 1000)[0]["a.txt"]) == 1001


def test_all_files_together_have_a_limit() -> None:
    inner = packed({"c.txt": NOISE, "d.txt": NOISE})
    data = packed({"a.txt": NOISE, "b.zip": inner, "e.txt": NOISE})
    members, problems = read(data, size=2 * len(NOISE))
    assert list(members) == ["a.txt"]
    assert problems == [("E743", "a.zip/b.zip"), ("E743", "a.zip/e.txt")]


def test_there_is_a_limit_of_files() -> None:
    data = packed(dict.fromkeys(("a.txt", "b.txt", "c.txt", "d.txt"), TEXT))
    members, problems = read(data, files=2)
    assert list(members) == ["a.txt", "b.txt"]
    assert problems == [("E743", "a.zip")]


def test_archives_in_an_archive_are_unpacked_into_their_folders_but_not_for_ever() -> None:
    third = packed({"c.txt": TEXT})
    second = packed({"b.txt": TEXT, "third.zip": third})
    members, problems = read(packed({"a.txt": TEXT, "second.zip": second}))
    assert sorted(members) == ["a.txt", "second/b.txt"]
    assert problems == [("E744", "a.zip/second.zip/third.zip")]


def test_a_name_out_of_an_inner_archive_is_refused_too() -> None:
    data = packed({"in.zip": packed({"../../a.txt": TEXT})})
    assert read(data) == ({}, [("E742", "a.zip/in.zip/../../a.txt")])


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"not an archive", b"PK\x05\x06" + b"\0" * 10]
)
def test_what_is_no_archive_is_a_problem(data: bytes) -> None:
    assert read(data) == ({}, [("E740", "a.zip")])


@settings(deadline=None)
@given(st.data())
def test_damage_is_never_more_than_a_problem(data: st.DataObject) -> None:
    whole = bytearray(
        packed({"a.txt": TEXT * 20, "b/c.md": TEXT, "in.zip": packed({"d.txt": "x"})})
    )
    places = st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=6)
    for at, byte in data.draw(places):
        whole[at] = byte
    members, problems = read(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    assert all(".." not in name.split("/") and name[:1] != "/" for name in members)
    assert all(code[1:3] == "74" or code == "W702" for code, _ in problems)
