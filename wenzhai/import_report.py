"""What an import tells: articles made, a readable preview, problems; as words or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from shutil import get_terminal_size
from typing import Any

from wenzhai.console import put, say
from wenzhai.conversions import KEPT
from wenzhai.doubt_words import doubts_text
from wenzhai.import_preview import preview_lines
from wenzhai.problems import Language, Problem, render_problem, sort_problems
from wenzhai.records import doubts_of
from wenzhai.removal_words import reason_text
from wenzhai.report import problem_row

WORDS = {
    "zh": {
        "made": "{source} → {article}",
        "same": "{path}：没有变化",
        "held": "暂不发布，等你核对：{doubts}；核对后删去 draft 一行，或 import --accept",
        "warning": "注意：{text}",
        "empty": "没有找到可以导入的文章",
    },
    "en": {
        "made": "{source} → {article}",
        "same": "{path}: nothing changed",
        "held": "held until you look at it: {doubts}; then drop its draft line, or import --accept",
        "warning": "note: {text}",
        "empty": "found nothing to import",
    },
}
NOTES = {
    "the title is the file name: the text has none": "文中没有题目，用了文件名",
    "no text was found": "没有找到正文",
    KEPT: "原文在文章被人改过之后变了，文章保留原样",
}
"""The warnings of records, in Chinese."""
WIDTH = 100
"""Columns where no terminal tells its own."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One article made: paths of source and article, the record as JSON values, the Markdown."""

    source: str
    article: str
    record: dict[str, Any]
    markdown: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did; ``notes`` are the files in folders that no importer understands."""

    imported: tuple[Imported, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def show_outcome(outcome: Outcome, language: Language, *, as_json: bool, dry: bool) -> None:
    """Print an import's outcome: data on stdout, the rest on stderr."""
    if as_json:
        put(outcome_json(outcome, language, dry=dry))
        return
    for item in sort_problems((*outcome.notes, *outcome.problems)):
        say(render_problem(item, _no_lines, language))
    words = WORDS[language]
    for one in outcome.imported:
        if dry:
            put("\n".join(_preview(one, language)))
        else:
            say(words["made"].format(source=one.source, article=one.article))
            if one.record["held"]:
                say("  " + words["held"].format(doubts=_doubts(one.record, language)))
            for text in one.record["warnings"]:
                say("  " + words["warning"].format(text=_note(text, language)))
    for path in outcome.unchanged:
        say(words["same"].format(path=path))
    if not (outcome.imported or outcome.unchanged or outcome.problems):
        say(words["empty"])


def outcome_json(outcome: Outcome, language: Language, *, dry: bool) -> str:
    """Return the outcome as one JSON object; a dry run shows the Markdown it would write."""
    table = {
        "ok": not outcome.problems,
        "imported": [
            {"source": one.source, "article": one.article, "record": one.record}
            | ({"markdown": one.markdown} if dry else {})
            for one in outcome.imported
        ],
        "unchanged": list(outcome.unchanged),
        "problems": [
            problem_row(item, language)
            for item in sort_problems((*outcome.notes, *outcome.problems))
        ],
    }
    return json.dumps(table, ensure_ascii=False)


def _preview(one: Imported, language: Language) -> Iterator[str]:
    """Show a conversion for a person, as wide as the terminal is."""
    words, record = WORDS[language], one.record
    columns = get_terminal_size((WIDTH, 0)).columns
    yield words["made"].format(source=one.source, article=one.article)
    yield from (words["warning"].format(text=_note(text, language)) for text in record["warnings"])
    reasons = [reason_text(cut["reason"], language) for cut in record["removed"]]
    yield from preview_lines(one.markdown, record, reasons, language, columns)


def _doubts(record: dict[str, Any], language: Language) -> str:
    return doubts_text(doubts_of(record)[1], language)


def _note(text: str, language: Language) -> str:
    return text if language == "en" else NOTES.get(text, text)


def _no_lines(_path: str) -> str | None:
    """Problems of imports concern whole files."""
    return None
