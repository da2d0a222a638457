"""What goes over the socket: news as JSON objects, problems in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from wenzhai.model import Address
from wenzhai.preview.near import Near
from wenzhai.preview.news import Gone, Moved, Saved
from wenzhai.preview.outputs import Page
from wenzhai.problems import Language, Problem

AROUND = 2
"""Lines of a source shown before and after the one that is wrong."""
WIDEST = 300
"""Characters of a line that are shown."""

Lines = Callable[[str], "str | None"]
Message = dict[str, Any]
PING: Message = {"type": "ping"}
BYE: Message = {"type": "bye"}


def page_message(path: str, page: Page, before: str) -> Message:
    """Give a browser the version of its page that follows the version ``before``."""
    html = page.content.decode("utf-8", "replace")
    return {"type": "page", "page": path, "version": page.version, "before": before, "html": html}


def moved_message(news: Moved, base: str) -> Message:
    """Tell a browser where its page is now."""
    return {"type": "moved", "address": _from_server(news.address, base)}


def gone_message(news: Gone, base: str) -> Message:
    """Tell a browser that its page is no more, and what is most like it."""
    return {"type": "gone", "near": near_rows(news.near, base)}


def saved_message(news: Saved, base: str) -> Message:
    """Tell a browser that shows another page which one was saved, and what it was before."""
    before = {"before": news.before.version} if news.before else {}
    address = _from_server(news.address, base)
    said = {"page": news.path, "address": address, "title": news.title}
    return {"type": "elsewhere", **said, **before}


def near_rows(near: Iterable[Near], base: str) -> list[Message]:
    """List pages to offer."""
    return [{"address": base + Address(one.address), "title": one.title} for one in near]


def problems_message(
    problems: Iterable[Problem], lines: Lines, language: Language, site: Path
) -> Message:
    """List all problems; none means that all is mended."""
    rows = [problem_row(item, lines, language, site) for item in problems]
    return {"type": "problems", "problems": rows}


def problem_row(item: Problem, lines: Lines, language: Language, site: Path) -> Message:
    """Show one problem with the lines around it; places in the system are made relative."""

    def near(text: str) -> str:
        return text.replace(f"{site}/", "").replace(f"{site}\\", "").replace(str(site), ".")

    return {
        "code": item.code,
        "severity": item.severity,
        "path": near(item.span.path),
        "line": item.span.line,
        "column": item.span.column,
        "message": near(item.message(language)),
        "cause": near(dict(item.arguments).get("reason", "")),
        "hint": near(item.hint(language)),
        "frame": frame(item.span.line, lines(item.span.path) if item.span.line else None),
    }


def frame(line: int, text: str | None) -> list[Message]:
    """Cut the lines around ``line`` (from 1) out of a source."""
    rows = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if text is None or not 0 < line <= len(rows):
        return []
    first, end = max(1, line - AROUND), min(len(rows), line + AROUND)
    return [
        {"line": number, "text": rows[number - 1][:WIDEST], "caret": number == line}
        for number in range(first, end + 1)
    ]


def _from_server(address: Address, base: str) -> str:
    return address if address.startswith("/") else base + address
