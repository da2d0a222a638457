"""Images of articles: told by what they hold, found in Markdown, replaced where they stand."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.importers.image_kinds import image_kind, image_path, pixels
from wenzhai.importers.image_links import (
    localised,
    recorded_images,
    remote_images,
    with_local_images,
)
from wenzhai.importers.record import LocalImage, Record, record_json
from wenzhai.importers.text import Conversion

URL = "https://a.example/x.png"


def png(width: int = 1, height: int = 1) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\0" * 9


def jpeg(width: int, height: int) -> bytes:
    head = b"\xff\xd8\xff\xe0\0\x04ab"
    return head + b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", height, width) + b"\0" * 9


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(), ".png"),
        (jpeg(1, 1), ".jpg"),
        (b"GIF89a\1\0\1\0", ".gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", ".webp"),
        (b"\0\0\0\x1cftypavif", ".avif"),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="a">', ".svg"),
        (b"<svg>", ".svg"),
        (b"<html><svg>", ""),
        (b"", ""),
        (b"MZ\x90", ""),
        (b"RIFF\0\0\0\0WAVE", ""),
        (b"<" + b"!" * 3000, ""),
    ],
)
def test_kind_is_what_the_bytes_say(data: bytes, kind: str) -> None:
    assert image_kind(data) == kind


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (png(3, 5), 15),
        (jpeg(300, 200), 60_000),
        (b"GIF89a" + struct.pack("<HH", 7, 9), 63),
        (b"\xff\xd8\xff", 0),
        (b"\xff\xd8\xff\xe0\xff\xff", 0),
        (b"RIFF", 0),
    ],
)
def test_pixels_are_what_the_head_says(data: bytes, count: int) -> None:
    assert pixels(data) == count


@given(st.binary(max_size=200))
def test_any_bytes_have_a_kind_and_pixels_or_none(data: bytes) -> None:
    for start in (b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"GIF89a"):
        assert pixels(start + data) >= 0
        assert image_kind(start + data) in {"", ".png", ".jpg", ".gif", ".webp", ".avif", ".svg"}


def test_equal_bytes_have_one_name() -> None:
    assert image_path(png(), ".png") == image_path(png(), ".png") != image_path(png(2), ".png")


TEXT = f"""\
![一]({URL}) 和 [链接]({URL}) ![二](<https://a.example/b c.png> "题注")
`![码]({URL})` ![本地](images/a.png) <img alt="x" src="https://a.example/i.png?a=1&amp;b=2">

```
![块]({URL})
```
[![三](https://a.example/3.png)](https://a.example/) ![a\\]b]({URL})
"""


def test_images_on_the_web_are_found_with_their_first_line() -> None:
    assert remote_images(TEXT) == {
        URL: 1,
        "https://a.example/b c.png": 1,
        "https://a.example/i.png?a=1&b=2": 2,
        "https://a.example/3.png": 7,
    }


def test_only_images_are_replaced_and_all_else_stays() -> None:
    local = with_local_images(TEXT, {URL: "images/1.png", "https://a.example/b c.png": "2.png"})
    assert '![一](images/1.png) 和 [链接](https://a.example/x.png) ![二](2.png "题注")' in local
    assert f"`![码]({URL})`" in local
    assert f"```\n![块]({URL})" in local
    assert "![a\\]b](images/1.png)" in local
    assert with_local_images(TEXT, {}) == TEXT


def test_a_conversion_made_again_shows_the_copies_that_there_are() -> None:
    image = LocalImage(URL, "images/1.png", "0" * 64, 3)
    other = LocalImage("https://gone.example/", "images/2.png", "1" * 64, 4)
    made = localised(Conversion((), f"![]({URL})\n", Record()), (image, other))
    assert made.body == "![](images/1.png)\n"
    assert made.record.images == (image,)


def test_copies_are_read_from_a_record_as_they_were_written() -> None:
    images = (LocalImage(URL, "images/1.png", "0" * 64, 3),)
    assert recorded_images(json.loads(record_json(Record(images=images)))) == images


@pytest.mark.parametrize("rows", [None, 3, [3], [{"url": 3}], [{"url": "a", "path": "b"}]])
def test_damaged_rows_of_a_record_are_left_out(rows: object) -> None:
    assert recorded_images({"images": rows}) == ()


@given(st.text(alphabet='![]()<>`\\ \nahtps:/."x', max_size=120))
def test_signs_in_any_order_are_read(text: str) -> None:
    assert with_local_images(text, {}) == text
    remote_images(text)


@pytest.mark.parametrize("piece", ["![", "![](https://", "<img ", "![[", "`", "```\n"])
def test_endless_signs_take_no_endless_time(piece: str) -> None:
    remote_images(piece * 5000)
