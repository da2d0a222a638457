"""The terminal: the reader's language, progress of long work, the table at the end.

Data goes to stdout, everything else to stderr; colours and bars appear on a terminal only.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from wenzhai.memo import Progress, silent
from wenzhai.problems import Language
from wenzhai.report import (
    Report,
    closing_line,
    held_lines,
    problem_text,
    report_json,
    report_lines,
)

STEPS = {
    "zh": {
        "import": "导入文章",
        "convert": "转换文章",
        "parse": "解析文章",
        "page": "生成页面",
        "feed": "生成订阅源",
        "twin": "生成 Markdown",
    },
    "en": {
        "import": "Importing",
        "convert": "Converting",
        "parse": "Parsing",
        "page": "Rendering",
        "feed": "Feeds",
        "twin": "Markdown twins",
    },
}
LONG = 200
"""Steps of fewer calls are over before a bar could be read."""


def settle_streams() -> None:
    """Write UTF-8 to files and pipes, and never fail at a character that cannot be shown.

    Windows would give those its country's code page. A terminal keeps its own encoding.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def language_of_user(environment: Mapping[str, str]) -> Language:
    """Choose the language of messages by the locale (POSIX order of variables)."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh" if _is_windows_chinese() else "en"


def _is_windows_chinese() -> bool:
    if sys.platform == "win32":
        import locale  # noqa: PLC0415  # Windows alone keeps the locale out of the environment

        name = locale.getlocale()[0] or ""
        return name.lower().startswith(("zh", "chinese"))
    return False


@contextmanager
def progress_bars(language: Language, *, quiet: bool) -> Iterator[Progress]:
    """Show a bar for each long step on a terminal, and nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console  # noqa: PLC0415  # slow to import, and only terminals need it
    from rich.progress import Progress as Bars  # noqa: PLC0415  # the same

    # Refreshed by hand: a refreshing thread would forbid forking workers.
    with Bars(console=Console(stderr=True), auto_refresh=False, transient=True) as bars:
        yield _follow(bars.add_task, bars.update, bars.refresh, language)


def _follow(
    add: Callable[..., int],
    update: Callable[..., None],
    refresh: Callable[[], None],
    language: Language,
) -> Progress:
    tasks: dict[str, int] = {}

    def follow(step: str, done: int, count: int) -> None:
        if count < LONG or (done % 32 and done != count):
            return
        if step not in tasks:
            tasks[step] = add(STEPS[language].get(step, step), total=count)
        update(tasks[step], completed=done)
        refresh()

    return follow


def show_report(
    report: Report,
    language: Language,
    *,
    site: Path,
    output: Path,
    command: str,
    quiet: bool,
    problems: bool,
) -> None:
    """Print problems, what was held back, the table, and what to do next."""
    if report.problems and problems:
        print(problem_text(report.problems, _lines_of(site), language), file=sys.stderr)
    if quiet:
        return
    closing = closing_line(report, language, _near(output), command)
    if not report.idle:
        for line in held_lines(report.held, language):
            print(line, file=sys.stderr)
        _show_table(report, language)
    print(closing, file=sys.stderr)


def show_json(report: Report, language: Language) -> None:
    """Print the report as one JSON object on stdout."""
    put(report_json(report, language))


def put(text: str) -> None:
    """Print data, which another program may read."""
    print(text)


def say(text: str) -> None:
    """Print a line for the person at the terminal."""
    print(text, file=sys.stderr)


def _show_table(report: Report, language: Language) -> None:
    rows = report_lines(report, language)
    width = max(_width(word) for word, _ in rows)
    for word, number in rows:
        print(f"  {word}{' ' * (width - _width(word))}  {number:>8}", file=sys.stderr)


def _width(text: str) -> int:
    return sum(2 if char >= "\u1100" else 1 for char in text)


def _near(path: Path) -> str:
    """Show a path as seen from where the person is."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)


def _lines_of(site: Path) -> Callable[[str], str | None]:
    def lines(path: str) -> str | None:
        try:
            return (site / path).read_bytes()[: 1 << 20].decode("utf-8", "replace")
        except OSError:
            return None

    return lines
