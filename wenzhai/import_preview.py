"""A conversion shown to a person before anything is written: a report that fits its terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

from wenzhai.doubt_words import doubts_text
from wenzhai.problems import Language

WORDS = {
    "zh": {
        "confidence": "把握 {value}",
        "doubt": "{cost:>4}  {reason}",
        "held": "会写成草稿，暂不发布",
        "front": "front matter",
        "proposed": "（自动建议）",
        "proposal": "{name} 的建议（只在记录里）：{value}",
        "body": "正文，{blocks} 段 {count} 字",
        "removed": "没有放进正文的内容",
        "group": "{reason}，{count} 处",
        "line": "第 {line} 行",
        "related": "相关文章 {count} 条，热榜 {hot} 条，写在记录里",
        "more": "…… 还有 {count} 处",
    },
    "en": {
        "confidence": "Confidence {value}",
        "doubt": "{cost:>4}  {reason}",
        "held": "would be held as a draft",
        "front": "Front matter",
        "proposed": " (proposed)",
        "proposal": "proposed {name}, in the record only: {value}",
        "body": "Body: {blocks} blocks, {count} characters",
        "removed": "Left out of the body",
        "group": "{reason} ({count})",
        "line": "line {line}",
        "related": "{count} related titles and {hot} hot rows are in the record",
        "more": "… {count} more",
    },
}
SHOWN = 8
"""Blocks of the body that are shown."""
SHOWN_EACH = 4
"""Stretches that are shown of each reason for leaving something out."""
NARROWEST = 20


def preview_lines(
    markdown: str, record: dict[str, Any], words: Iterable[str], language: Language, columns: int
) -> Iterator[str]:
    """Show what would stand in an article, what would not and why, and how sure that is.

    Args:
        markdown: the article.
        record: its record, as JSON values.
        words: the reasons of the record's cuts, in the reader's language and in their order.
        language: the reader's.
        columns: how wide the terminal is; Han characters take two.
    """
    front, body = split_front(markdown)
    sections = (
        _trust(record, language),
        _front(front, record, language),
        _body(body, language),
        _cuts(record["removed"], list(words), language),
        _rest(record, language),
    )
    width = max(columns, NARROWEST)
    for section in sections:
        yield from (clip(line, width) for line in section)


def clip(text: str, columns: int) -> str:
    """Cut a text to a number of columns, with an ellipsis where something is missing."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    if display_width(shown) <= columns:
        return shown
    used, kept = 1, []
    for char in shown:
        used += display_width(char)
        if used > columns:
            break
        kept.append(char)
    return "".join(kept) + "…"


def display_width(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def split_front(markdown: str) -> tuple[list[str], list[str]]:
    """Return the lines of front matter, without its fences, and those of the body."""
    lines = markdown.split("\n")
    if lines[0] not in {"---", "+++"} or lines[0] not in lines[1:]:
        return [], lines
    end = lines.index(lines[0], 1)
    return lines[1:end], lines[end + 1 :]


def _trust(record: dict[str, Any], language: Language) -> Iterator[str]:
    words = WORDS[language]
    held = f" — {words['held']}" if record["held"] else ""
    yield words["confidence"].format(value=f"{record['confidence']:.0%}") + held
    for doubt in record["doubts"]:
        reason = doubts_text([doubt["reason"]], language)
        yield "  " + words["doubt"].format(cost=f"−{doubt['cost']:.0%}", reason=reason)


def _front(lines: Sequence[str], record: dict[str, Any], language: Language) -> Iterator[str]:
    """Show front matter, and marked as such what is proposed, there or in the record alone."""
    words = WORDS[language]
    proposed = {name: field for name, field in record["fields"].items() if field.get("proposed")}
    if lines:
        yield words["front"]
    for line in lines:
        found = proposed.pop(line.split(":")[0], None)
        yield f"  {line}{words['proposed'] if found else ''}"
    for name, field in proposed.items():
        value = field["value"]
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield f"  {words['proposal'].format(name=name, value=shown)}"


def _body(lines: Sequence[str], language: Language) -> Iterator[str]:
    words = WORDS[language]
    shown = [line for line in lines if line.strip()]
    count = sum(not char.isspace() for line in shown for char in line)
    yield words["body"].format(blocks=len(shown), count=count)
    yield from (f"  {line}" for line in shown[:SHOWN])
    if shown[SHOWN:]:
        yield "  " + words["more"].format(count=len(shown) - SHOWN)


def _cuts(
    cuts: Sequence[dict[str, Any]], reasons: Sequence[str], language: Language
) -> Iterator[str]:
    """Show what was left out by reason, those with the most characters first."""
    words = WORDS[language]
    groups: dict[str, list[dict[str, Any]]] = {}
    for cut, reason in zip(cuts, reasons, strict=True):
        groups.setdefault(reason, []).append(cut)
    if groups:
        yield words["removed"]
    number = max((display_width(_line(cut, language)) for cut in cuts), default=0)
    for reason, found in sorted(groups.items(), key=lambda group: (-_size(group[1]), group[0])):
        yield "  " + words["group"].format(reason=reason, count=len(found))
        for cut in found[:SHOWN_EACH]:
            at = _line(cut, language)
            yield f"    {' ' * (number - display_width(at))}{at}  {cut['text']}"
        if found[SHOWN_EACH:]:
            yield "    " + words["more"].format(count=len(found) - SHOWN_EACH)


def _line(cut: dict[str, Any], language: Language) -> str:
    return WORDS[language]["line"].format(line=cut["line"])


def _size(cuts: Iterable[dict[str, Any]]) -> int:
    return sum(len(cut["text"]) for cut in cuts)


def _rest(record: dict[str, Any], language: Language) -> Iterator[str]:
    related, hot = len(record["related"]), len(record["hot"])
    if related or hot:
        yield WORDS[language]["related"].format(count=related, hot=hot)
    yield ""
