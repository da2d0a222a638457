"""The bytes of a saved page become characters: a page declares its encoding in its head."""

from __future__ import annotations

import re

from wenzhai.importers.declared import BROKEN, LOOKED_AT, decode_declared
from wenzhai.importers.decode import Decoded
from wenzhai.problems import Problem

__all__ = ["BROKEN", "decode_html"]

DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE
)


def decode_html(data: bytes, path: str = "", charset: str = "") -> Decoded | Problem:
    """Decode a saved page; ``charset`` is what stands outside of it, as a server says it.

    Returns:
        The text, or a problem: E701 (no encoding fits; names the byte offset).
    """
    found = DECLARED.search(data[:LOOKED_AT])
    named = found[1].decode("ascii") if found else ""
    return decode_declared(data, (charset, named), path)
