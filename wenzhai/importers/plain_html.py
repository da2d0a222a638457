"""Short pieces of HTML, such as titles in feeds, as plain text."""

from __future__ import annotations

import html
import re

from wenzhai.xml_text import xml_text

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)


def plain_text(fragment: str) -> str:
    """Return the text of a short piece of HTML, such as a title, on one line."""
    return " ".join(xml_text(html.unescape(_TAG.sub("", fragment))).split())
