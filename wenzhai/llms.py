"""For language models: owns ``llms.txt`` (llmstxt.org) and the Markdown twins of articles."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from wenzhai.frontmatter import split_front_matter
from wenzhai.model import Url
from wenzhai.views import LlmsView, TwinView
from wenzhai.xml_text import xml_text

_MARKUP = re.compile(r"[\\\[\]`*_<]")
# YAML reads these as line breaks or refuses them, JSON lets them stand (YAML 1.1 section 5.1).
_YAML_ESCAPED = re.compile("[\x7f-\xa0\u2028\u2029\ufeff]")


def render_llms(view: LlmsView) -> bytes:
    """Return ``llms.txt``: title, description, and the articles' twins and pages as link lists."""
    blocks = [f"# {_line(view.title)}\n"]
    if view.description:
        blocks.append(f"> {_line(view.description)}\n")
    for name, rows in (("Articles", view.rows), ("Pages", view.pages)):
        if rows:
            blocks.append(f"## {name}\n\n" + "".join(map(_row, rows)))
    return xml_text("\n".join(blocks)).encode()


def render_twin(view: TwinView, source: bytes) -> bytes:
    """Return an article as Markdown: resolved front matter, then the body as it was written.

    Args:
        view: the rows to state; the title comes first unless a row states it.
        source: the article's whole file in UTF-8; its own front matter and byte-order mark go,
            line ends become line feeds.

    Every value is a double-quoted YAML scalar, which no reader takes for a date or a number.
    """
    stated = any(key == "title" for key, _ in view.rows)
    rows = view.rows if stated else (("title", view.title), *view.rows)
    front = "".join(f"{key}: {_scalar(value)}\n" for key, value in rows)
    text = xml_text(source.decode("utf-8-sig", "replace")).replace("\r\n", "\n").replace("\r", "\n")
    parts = split_front_matter(text)
    body = (text if parts.open else parts.body).lstrip("\n")
    return f"---\n{front}---\n\n{body}".encode()


def _row(row: tuple[str, Url, str]) -> str:
    title, url, summary = row
    target = quote(url, safe="!#$%&'*+,/:;=?@[]~")  # no parenthesis or space may end the link early
    note = _line(summary)
    return f"- [{_line(title)}]({target}){': ' if note else ''}{note}\n"


def _line(text: str) -> str:
    """Return text as one line that Markdown shows as it stands."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(xml_text(text).split()))


def _scalar(text: str) -> str:
    """Write a double-quoted YAML scalar: JSON's escapes are a subset of YAML's (YAML 1.2).

    PyYAML's dumper takes 40 times as long, and its two versions differ beyond the basic plane.
    """
    quoted = json.dumps(xml_text(text), ensure_ascii=False)
    return _YAML_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
