"""Markdown sources: the text stays as it is, front matter gains the day it was added.

Front matter is edited as text, so that comments, order and quoting survive.
"""

from __future__ import annotations

import re

from wenzhai.importers.record import Field, Record
from wenzhai.importers.text import Conversion

CONVERTER = "markdown/1"
YAML_FRONT = re.compile(r"---[ \t]*\r?\n(?P<inner>(?:.*\r?\n)*?)---[ \t]*(?:\r?\n|$)")
TOML_FRONT = re.compile(r"\+\+\+[ \t]*\r?\n(?P<inner>(?:.*\r?\n)*?)\+\+\+[ \t]*(?:\r?\n|$)")
YAML_KEY = re.compile(r"(?:\s*#.*\n|\s*\n)*['\"]?[\w-]+['\"]?\s*:")


def convert_markdown(text: str, today: str) -> Conversion:
    """Copy a Markdown source, adding ``added`` to its front matter where it is not stated.

    ``front`` is empty: the body holds the whole file, front matter included.
    """
    body, added = _with_added(text, today)
    fields = (Field("added", today),) if added else ()
    return Conversion((), body, Record(converter=CONVERTER, fields=fields))


def _with_added(text: str, today: str) -> tuple[str, bool]:
    yaml, toml = YAML_FRONT.match(text), TOML_FRONT.match(text)
    found = yaml or toml
    if not found:
        return f"---\nadded: '{today}'\n---\n\n{text}", True
    inner, start = found["inner"], found.start("inner")
    if re.search(r"^['\"]?added['\"]?\s*[:=]", inner, re.MULTILINE):
        return text, False
    if yaml and inner.strip() and not YAML_KEY.match(inner):
        return text, False  # a flow mapping or something broken: the build will name it
    line = f"added: '{today}'\n" if yaml else f'added = "{today}"\n'
    return text[:start] + line + text[start:], True
