"""Text that XML can carry: owns which characters are deleted and how markup is escaped."""

from __future__ import annotations

import re
from html import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Delete the characters that no XML document may hold (XML 1.0 section 2.2, Char).

    They are deleted, not replaced: feed validators flag U+FFFD as damage.
    """
    return _FORBIDDEN.sub("", text)


def escaped(text: str) -> str:
    """Return text as XML content or attribute value: clean, with ``& < > " '`` as references."""
    return escape(xml_text(text))
