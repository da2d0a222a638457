"""Blocks of code in pages: their text without line numbers, and their language."""

from __future__ import annotations

import re

from wenzhai.importers.html.kinds import classes, name_of
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.markdown.model import CodeBlock

NAMED = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight-text|brush:?|code-snippet__|sourceCode)"
    r"[-: ]*(?P<name>[\w+#.-]+)",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"(?:^|\s)(?:hljs|prettyprint|sourceCode|highlight|code|prism|codehilite|linenums|syntax)(?=\s|$)",
    re.IGNORECASE,
)
NO_LANGUAGE = re.compile(
    r"(?:hljs|highlight\w*|prettyprint(?:ed)?|code[\w-]*|prism[\w-]*|linenums?|line-numbers|source\w*|"
    r"none|plain(?:text)?|text|txt|nohighlight|auto|undefined|fix|syntax\w*|wp-block[\w-]*|pre|block|"
    r"copy[\w-]*|literal-block|notranslate|dark|light|theme[\w-]*|stylus-disabled-\w+|custom|"
    r"default|ql-[\w-]*|js_[\w-]*|language|lang|hljs-\w+|has-[\w-]*|is-[\w-]*)",
    re.IGNORECASE,
)
NUMBERS = re.compile(
    r"(?:^|[\s_-])(?:gutter|lineno\w*|linenos|line-?numbers?(?:-rows)?|hljs-ln-n\w*|blob-num|ln-num|"
    r"code-snippet__line-index|line-index|copy-btn|copy-code\S*|rouge-gutter|crayon-nums\S*)(?:\s|$)",
    re.IGNORECASE,
)
UNCODED = frozenset({"button", "script", "style"})
CODE_TABLE = re.compile(
    r"(?:highlight|rouge|codehilite|syntax)[\w-]*table|hljs-ln|crayon", re.IGNORECASE
)
ATTRIBUTES = ("data-lang", "data-language", "data-code-language", "lang", "data-enlighter-language")


def read_code(element: HtmlElement) -> CodeBlock:
    """Return a ``pre`` or a table of code lines as a block of code."""
    text = code_text(element).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    return CodeBlock("\n".join(lines).strip("\n"), language_of(element))


def beside_code(element: HtmlElement) -> str:
    """Return what stands in a block of code and is none: numbers of lines, labels of buttons."""
    out: list[str] = []
    _gather_beside(element, out)
    return " ".join(" ".join(out).split())


def _gather_beside(element: HtmlElement, out: list[str]) -> None:
    if name_of(element) in UNCODED or NUMBERS.search(classes(element)):
        out.append(element.text_content() if name_of(element) not in {"script", "style"} else "")
        return
    for child in element:
        if name_of(child):
            _gather_beside(child, out)


def code_text(element: HtmlElement) -> str:
    """Return the text of code: breaks and elements of a line each end it."""
    out: list[str] = []
    _gather(element, out)
    return "".join(out)


def is_code_table(table: HtmlElement) -> bool:
    """Tell whether a table only sets line numbers beside code."""
    cells = list(table.iter("td", "th"))
    numbered = sum(1 for cell in cells if NUMBERS.search(classes(cell)))
    named = bool(CODE_TABLE.search(classes(table)))
    if not any(True for _ in table.iter("pre")):
        return bool(cells) and numbered * 2 == len(cells)
    if named or numbered:
        return True
    pair = len(cells) == 2  # noqa: PLR2004  # numbers, code
    return pair and re.fullmatch(r"[\d\s]+", cells[0].text_content()) is not None


def language_of(element: HtmlElement) -> str:
    """Return the language that an element, what it holds or its wrappers name, lower case."""
    inner = [child for child in element.iter("code", "pre", "td") if child is not element][:2]
    above = [up for up, _ in zip(element.iterancestors(), range(6), strict=False) if _wraps(up)]
    for one in (element, *inner, *above):
        if found := _own_language(one):
            return found
    return ""


def _wraps(element: HtmlElement) -> bool:
    return name_of(element) in {"div", "figure", "section", "td", "tr", "tbody", "table"} and (
        len(element) <= 3  # noqa: PLR2004  # a title, a button, the code
    )


def _own_language(element: HtmlElement) -> str:
    for name in ATTRIBUTES:
        value = element.get(name, "").strip().lower()
        if (
            value
            and (name != "lang" or name_of(element) in {"pre", "code"})
            and _is_language(value)
        ):
            return str(value)
    written = element.get("class", "")
    found = NAMED.search(written)
    if found and _is_language(found["name"]):
        return found["name"].lower().rstrip(";")
    if BESIDE.search(written):
        rest = [word for word in written.split() if _is_language(word)]
        return rest[0].lower() if rest else ""
    return ""


def _is_language(word: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z][\w+#.-]{0,19};?", word)) and not NO_LANGUAGE.fullmatch(word)


def _gather(element: HtmlElement, out: list[str]) -> None:
    """Gather text; numbers of lines are no part of it, list items and rows are lines."""
    name = name_of(element)
    if not name or name in UNCODED or NUMBERS.search(classes(element)):
        return
    if name == "br":
        out.append("\n")
    line = name in {"li", "tr", "div", "p"} or (name == "code" and _is_line(element))
    if line:
        _end_line(out)
    out.append(element.text or "")
    for child in element:
        _gather(child, out)
        out.append(child.tail or "")
    if line:
        _end_line(out)


def _end_line(out: list[str]) -> None:
    while out and not out[-1]:
        out.pop()
    if out and not out[-1].endswith("\n"):
        out.append("\n")


def _is_line(element: HtmlElement) -> bool:
    """Tell whether each line of a ``pre`` is a ``code`` of its own."""
    parent = element.getparent()
    if parent is None or name_of(parent) != "pre":
        return False
    return sum(1 for one in parent if name_of(one) == "code") > 1
