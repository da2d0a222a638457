"""The bytes of a saved page become characters.

A byte-order mark counts first, then valid UTF-8 (browsers save pages so, whatever these declare),
then what the page declares, then what reads as common characters.
"""

from __future__ import annotations

import re

from wenzhai.importers.decode import MARKS, WIDER, Decoded, decode
from wenzhai.problems import Problem

DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE
)
LOOKED_AT = 8192
NAMES = {
    **WIDER,
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


def decode_html(data: bytes, path: str = "", charset: str = "") -> Decoded | Problem:
    """Decode a saved page; ``charset`` is what stands outside of it, as a server says it.

    Returns:
        The text, or a problem: E701 (no encoding fits; names the byte offset).
    """
    if any(data.startswith(mark) for mark, _ in MARKS) or b"\x00" in data[:LOOKED_AT]:
        return decode(data, path)
    if text := _decoded(data, "utf-8", "strict"):
        return Decoded(text, "utf-8")
    declared = DECLARED.search(data[:LOOKED_AT])
    named = NAMES.get(declared[1].decode("ascii").lower(), "") if declared else ""
    for name in (NAMES.get(charset.lower(), ""), named, "utf-8"):
        text = _decoded(data, name, "replace") if name else ""
        if text and text.count(BROKEN) <= MOST_BROKEN * len(text) and not _is_foreign(data, name):
            return Decoded(text, name)
    return decode(data, path)


def _decoded(data: bytes, name: str, errors: str) -> str:
    try:
        return data.decode(name, errors)
    except (UnicodeDecodeError, LookupError):
        return ""


def _is_foreign(data: bytes, name: str) -> bool:
    """Tell whether a Western name stands over bytes that are a CJK encoding's."""
    if name != "cp1252":
        return False
    guess = decode(data)
    return isinstance(guess, Decoded)
