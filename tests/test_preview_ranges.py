"""Range headers are read as RFC 9110, 14.1 and 14.2 say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.preview.ranges import UnsatisfiableError, read_range


@pytest.mark.parametrize(
    "header",
    [
        *("", "bytes", "bytes=", "bytes=-", "bytes=4-2", "bytes=a-b", "bytes=1-2,4-5"),
        *("lines=1-2", "bytes=1-2 3", "bytes=+1-2", "bytes=1.0-2", "bytes=١-٢"),
        f"bytes={'9' * 5000}-",
    ],
)
def test_what_is_no_single_range_of_bytes_is_passed_over(header: str) -> None:
    assert read_range(header, 10) is None


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=10-", 10), ("bytes=10-20", 10), ("bytes=-0", 10), ("bytes=0-", 0)]
)
def test_range_behind_the_end_cannot_be_had(header: str, size: int) -> None:
    with pytest.raises(UnsatisfiableError):
        read_range(header, size)


@given(st.binary(min_size=1, max_size=40), st.integers(0, 39), st.integers(0, 60))
def test_range_gives_the_bytes_from_first_to_last(data: bytes, first: int, length: int) -> None:
    first %= len(data)
    part = read_range(f"BYTES= {first}-{first + length} ", len(data))
    assert part is not None
    assert data[part] == data[first : first + length + 1]


@given(st.binary(min_size=1, max_size=40), st.integers(1, 60))
def test_suffix_gives_the_last_bytes(data: bytes, length: int) -> None:
    part = read_range(f"bytes=-{length}", len(data))
    assert part is not None
    assert data[part] == data[-length:]
