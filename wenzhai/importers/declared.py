"""Bytes of which somebody says how they are encoded become characters; it need not be true.

Pages, feeds and mail declare encodings, and often wrong ones. A byte-order mark counts first, then
valid UTF-8 (browsers save pages so, whatever these declare), then what is declared, unless another
encoding gives a likelier text.
"""

from __future__ import annotations

from collections.abc import Iterable

from wenzhai.importers.decode import ESCAPE, MARKS, Decoded, decode, likelihood
from wenzhai.problems import Problem

NAMES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "windows-1252": "cp1252",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
"""What browsers take the names for (Encoding standard, 4.2)."""
MOST_BROKEN = 0.002
"""Share of characters; old pages have a few that were cut in half."""
BROKEN = "\ufffd"
LOOKED_AT = 8192
FAR = 1.05
"""How many times as likely another encoding must be: kana read alike in EUC-JP and GB 18030."""


def decode_declared(data: bytes, declared: Iterable[str], path: str = "") -> Decoded | Problem:
    """Decode bytes over which encodings are declared, the likeliest to be true first.

    Names may be written in any way, unknown or empty.

    Returns:
        The text, or a problem: E701 (no encoding fits; names the byte offset).
    """
    names = [NAMES.get(name.strip().lower(), name.strip()) for name in declared]
    if any(data.startswith(mark) for mark, _ in MARKS) or b"\x00" in data[:LOOKED_AT]:
        return decode(data, path)
    if ESCAPE in data:
        return decode(data, path)
    if text := _decoded(data, "utf-8", "strict"):
        return Decoded(text, "utf-8")
    guess = decode(data, path)
    for name in (*names, "utf-8"):
        text = _decoded(data, name, "replace") if name else ""
        if text and text.count(BROKEN) <= MOST_BROKEN * len(text) and _is_likely(text, name, guess):
            return Decoded(text, name)
    return guess


def _decoded(data: bytes, name: str, errors: str) -> str:
    try:
        return data.decode(name, errors)
    except (UnicodeDecodeError, LookupError):
        return ""


def _is_likely(text: str, name: str, guess: Decoded | Problem) -> bool:
    """Tell whether no other encoding gives a likelier text."""
    if isinstance(guess, Problem):
        return True
    return likelihood(text, name) * FAR >= likelihood(guess.text, guess.encoding)
