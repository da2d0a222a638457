"""What a build tells: counts, what was held back, problems; as words, as a table, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from wenzhai.catalog import Held
from wenzhai.doubt_words import doubts_text
from wenzhai.problems import Language, Lines, Problem, render_problem

REASONS = {
    "zh": {
        "draft": "草稿",
        "held": "待核对，把握 {percent}%：{doubts}；删去 draft 一行就发布",
        "scheduled": "定于 {date}",
        "expired": "已于 {date} 过期",
    },
    "en": {
        "draft": "draft",
        "held": "held: low confidence, {percent} %: {doubts}; drop its draft line to publish it",
        "scheduled": "scheduled for {date}",
        "expired": "expired {date}",
    },
}
WORDS = {
    "zh": {
        "articles": "文章",
        "imported": "导入",
        "held": "暂不发布",
        "pages": "页面",
        "feeds": "订阅源",
        "written": "写入",
        "unchanged": "未变",
        "removed": "删除",
        "warnings": "警告",
        "errors": "错误",
        "seconds": "用时",
        "nothing": "没有变化：{articles} 篇文章，{outputs} 个文件，{seconds} 秒",
        "failed": "没有发布：先改正上面的 {errors} 个错误，读者看到的仍是上一次的站点",
        "kept": "已发布，但有 {errors} 个错误",
        "next": "站点在 {output}；边写边建：{command} watch",
        "second": "{seconds} 秒",
    },
    "en": {
        "articles": "articles",
        "imported": "imported",
        "held": "held back",
        "pages": "pages",
        "feeds": "feeds",
        "written": "written",
        "unchanged": "unchanged",
        "removed": "removed",
        "warnings": "warnings",
        "errors": "errors",
        "seconds": "time",
        "nothing": "Nothing changed: {articles} articles, {outputs} files, {seconds} s",
        "failed": "Nothing published: mend the {errors} errors above; readers keep the last site",
        "kept": "Published, with {errors} errors",
        "next": "The site is in {output}; to rebuild as you write: {command} watch",
        "second": "{seconds} s",
    },
}

DONE = frozenset({"W752", "W771", "W772"})
"""Codes of what a conversion did to articles that are in order now: they are told once."""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one build.

    ``ok`` is whether it ended without an error, ``published`` whether outputs were written,
    ``fresh`` whether anything had to be looked at. Counts are of outputs, but ``articles`` (those
    visible), ``imported`` (converted sources), ``parsed`` and ``rendered`` (steps that ran).
    ``due`` is when the next article appears or expires (seconds since the epoch), or None;
    ``undated`` whether some article's date is not in its file.
    """

    ok: bool = True
    published: bool = True
    fresh: bool = True
    articles: int = 0
    imported: int = 0
    held: tuple[Held, ...] = ()
    outputs: int = 0
    pages: int = 0
    feeds: int = 0
    parsed: int = 0
    rendered: int = 0
    written: int = 0
    removed: int = 0
    unchanged: int = 0
    milliseconds: int = 0
    due: int | None = None
    undated: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> int:
        """Count the problems that stop a build."""
        return sum(item.severity == "error" for item in self.problems)

    @property
    def idle(self) -> bool:
        """Tell whether the published site was already as it should be."""
        return self.published and not (self.imported or self.written or self.removed)

    @property
    def seconds(self) -> float:
        """Return how long it took."""
        return self.milliseconds / 1000

    @property
    def warnings(self) -> int:
        """Count the problems that do not."""
        return len(self.problems) - self.errors


def strict(report: Report) -> Report:
    """Take warnings for errors, but those that only tell what was done."""
    return replace(report, ok=report.ok and all(item.code in DONE for item in report.problems))


def report_json(report: Report, language: Language) -> str:
    """Return the report as one JSON object."""
    table = {
        "ok": report.ok,
        "articles": report.articles,
        "imported": report.imported,
        "held": len(report.held),
        "outputs": report.outputs,
        "parsed": report.parsed,
        "rendered": report.rendered,
        "written": report.written,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "seconds": round(report.seconds, 3),
        "problems": [problem_row(item, language) for item in report.problems],
        "held_back": [
            {
                "path": one.path,
                "title": one.title,
                "reason": one.reason,
                "until": one.until.text if one.until else None,
                "doubts": list(one.doubts),
            }
            for one in report.held
        ],
    }
    return json.dumps(table, ensure_ascii=False)


def problem_row(item: Problem, language: Language) -> dict[str, object]:
    """Return a problem as ``--json`` of every command shows it."""
    return {
        "code": item.code,
        "severity": item.severity,
        "path": item.span.path,
        "line": item.span.line,
        "column": item.span.column,
        "message": item.message(language),
        "hint": item.hint(language),
    }


def report_lines(report: Report, language: Language) -> list[tuple[str, str]]:
    """Return the rows of the table: a word and a number each."""
    words = WORDS[language]
    names = ("articles", "imported", "pages", "feeds", "written", "unchanged", "removed")
    rows = [(words[name], str(getattr(report, name))) for name in names]
    rows += [(words["held"], str(len(report.held)))] if report.held else []
    rows += [(words["warnings"], str(report.warnings))] if report.warnings else []
    rows += [(words["errors"], str(report.errors))] if report.errors else []
    return [*rows, (words["seconds"], words["second"].format(seconds=f"{report.seconds:.2f}"))]


def held_lines(held: Iterable[Held], language: Language) -> list[str]:
    """Say of each article that is held back why."""
    return [f"  {one.path}  {one.title}（{_reason(one, language)}）" for one in held]


def problem_text(problems: Iterable[Problem], lines: Lines, language: Language) -> str:
    """Return all problems as the terminal shows them."""
    return "\n".join(render_problem(item, lines, language) for item in problems)


def closing_line(report: Report, language: Language, output: str, command: str) -> str:
    """Say in one line what came of it and what to do next."""
    words = WORDS[language]
    numbers = {
        "articles": report.articles,
        "outputs": report.outputs,
        "errors": report.errors,
        "seconds": f"{report.seconds:.2f}",
        "output": output,
        "command": command,
    }
    if not report.published:
        return words["failed"].format(**numbers)
    if report.errors:
        return words["kept"].format(**numbers)
    return words["nothing" if report.idle else "next"].format(**numbers)


def _reason(one: Held, language: Language) -> str:
    return REASONS[language][one.reason].format(
        date=one.until.text if one.until else "",
        percent=one.percent,
        doubts=doubts_text(one.doubts, language),
    )
