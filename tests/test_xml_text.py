"""Text for XML: exactly the characters that XML 1.0 forbids are deleted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from wenzhai.xml_text import escaped, xml_text


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_forbidden_characters_are_deleted(char: str) -> None:
    assert xml_text(f"前{char}后") == "前后"


@pytest.mark.parametrize("char", ["\t", "\n", "\r", "\x7f", "\x85", "\ufffd", "😀", "\u202e"])
def test_allowed_characters_stay(char: str) -> None:
    assert xml_text(char) == char


@given(st.text(st.characters()))
def test_escaped_text_reads_back_as_itself(text: str) -> None:
    root = etree.fromstring(f'<a b="{escaped(text)}">{escaped(text)}</a>'.encode())
    # A parser turns line ends into \n, and in attributes all white space into spaces (XML 2.11).
    expected = xml_text(text).replace("\r\n", "\n").replace("\r", "\n")
    assert (root.text or "") == expected
    assert root.get("b") == expected.replace("\n", " ").replace("\t", " ")
