"""References made from the program itself: settings from their dataclasses, problems from codes.

``python -m wenzhai.reference`` writes them into docs/; a test keeps the committed files equal.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Any

from wenzhai.codes import CODES, Code
from wenzhai.config import CHOICES, RANGES, Config
from wenzhai.theme_docs import theme_reference

GROUPS = {
    "0": "设置 · Settings",
    "1": "文章的开头 · Front matter",
    "2": "Markdown",
    "3": "整个网站 · The site as a whole",
    "4": "主题 · Themes",
    "5": "文件 · Files",
    "6": "输出 · Output",
    "7": "导入 · Import",
}
"""The hundreds of problem codes."""

CHINESE = {
    "title": "站名",
    "description": "一句话的介绍",
    "base_url": "发布的地址，例如 https://name.github.io/repository/",
    "language": "网站的语言（BCP 47）",
    "timezone": "没有写明时区的日期按哪个时区算",
    "author": "文摘的编者",
    "rights": "页脚和订阅源里的版权说明",
    "theme": "themes/ 下的主题文件夹",
    "per_page": "列表页每页的文章数",
    "reading_speed": "每分钟读多少字，用来估计阅读时间",
    "icp": "页脚的 ICP 备案号（中国大陆），没有则留空",
    "gongan": "公安备案号，没有则留空",
    "feeds.formats": "输出哪些格式的订阅源",
    "feeds.items": "全站订阅源收多少篇文章",
    "feeds.term_items": "每个标签或地区的订阅源收多少篇文章",
    "feeds.tags": "每个标签一个订阅源",
    "feeds.regions": "每个地区一个订阅源",
    "feeds.content": "full 输出全文，summary 只输出摘要",
    "feeds.hub": "WebSub hub 的地址，没有则留空",
    "markup.toc_depth": "目录收到第几级标题（1 到 6）",
    "markup.highlight": "给代码着色",
    "markup.bare_urls": "把裸网址变成链接",
    "output.twins": "每篇文章另有一份 Markdown",
    "output.digests": "按周、按月出一期，或不分期",
    "output.archive": "按年月归档的页面",
    "output.related": "每页列出多少篇相关文章",
    "preview.editor": "预览时打开原文的命令，可用 {file}、{line}、{column}",
}
"""What each setting means, in Chinese; the English stands in the docstrings of config.py."""

MADE = (
    "<!-- 本页由 `python -m wenzhai.reference` 生成 · "
    "made by `python -m wenzhai.reference`, not by hand -->"
)

ABOUT_SETTINGS = """\
`site.toml` 里的所有设置项。没有写的项取默认值；不认识的项会报错，并指出最接近的名字。

All settings of `site.toml`. What is not written keeps its default; an unknown key is an error that
names the nearest one."""

ABOUT_PROBLEMS = """\
E 开头的是错误，网站保持原样，不会更新；W 开头的是警告，加上 `--strict` 就按错误算。
花括号里的字会换成具体内容。

Codes that start with E are errors and leave the published site as it is; W are warnings, and
errors only with `--strict`. Words in braces stand for the particular case."""


def settings_reference() -> str:
    """Return docs/settings.md: every setting with its type, default and meaning.

    Raises:
        KeyError: if a setting lacks its description in either language.
    """
    parts = ["# 设置 · Settings", MADE, ABOUT_SETTINGS, _settings_table(Config(), "")]
    for field in fields(Config):
        section = getattr(Config(), field.name)
        if is_dataclass(section):
            parts += [f"## `[{field.name}]`", _settings_table(section, f"{field.name}.")]
    return "\n\n".join(parts) + "\n"


def problem_reference() -> str:
    """Return docs/problems.md: every problem code with its sentences, by the code's hundreds."""
    parts = ["# 问题 · Problems", MADE, ABOUT_PROBLEMS]
    for hundred, title in GROUPS.items():
        codes = sorted(code for code in CODES if code[1] == hundred)
        if codes:
            rows = (_problem_row(code, CODES[code]) for code in codes)
            parts += [f"## {title}", _table("Code | 中文 | English", rows)]
    return "\n\n".join(parts) + "\n"


def references() -> Mapping[str, str]:
    """Return the files that are made here: path from the checkout's root -> text."""
    return {
        "docs/settings.md": settings_reference(),
        "docs/problems.md": problem_reference(),
        "docs/themes.md": theme_reference(),
    }


def main(root: Path) -> int:
    """Write the references below a checkout's root folder; return an exit code."""
    if not (root / "docs").is_dir():
        sys.stderr.write("run this in a checkout of wenzhai: there is no docs/ here\n")
        return 2
    for name, text in references().items():
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


def _settings_table(settings: Any, prefix: str) -> str:  # noqa: ANN401  # any settings dataclass
    meanings = dict(_meanings(type(settings)))
    rows = (
        (
            f"`{field.name}`",
            _kind(prefix + field.name, getattr(settings, field.name)),
            f"`{_toml(getattr(settings, field.name))}`",
            CHINESE[prefix + field.name],
            meanings[field.name],
        )
        for field in fields(settings)
        if not is_dataclass(getattr(settings, field.name))
    )
    return _table("Key | 值 · Values | 默认 · Default | 说明 | Meaning", rows)


def _meanings(kind: type) -> Iterator[tuple[str, str]]:
    """Read the ``name: meaning`` lines of a settings class's docstring."""
    for line in cleandoc(kind.__doc__ or "").splitlines():
        if row := re.match(r"(\w+): (.+)", line):
            yield row[1], row[2]


def _kind(key: str, default: object) -> str:
    if key in CHOICES:
        return " · ".join(f"`{choice}`" for choice in CHOICES[key])
    if key in RANGES:
        return "{}–{}".format(*RANGES[key])
    return "`true` · `false`" if isinstance(default, bool) else "文字 · text"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _problem_row(code: str, words: Code) -> tuple[str, str, str]:
    chinese, english = _cell(words.zh), _cell(words.en)
    if words.hint_zh:
        chinese += f"<br>提示：{_cell(words.hint_zh)}"
    if words.hint_en:
        english += f"<br>Hint: {_cell(words.hint_en)}"
    return code, chinese, english


def _cell(sentence: str) -> str:
    """Show a format string as prose that ends neither its cell nor opens a tag."""
    prose = sentence.replace("{{", "{").replace("}}", "}")
    return prose.replace("<", "&lt;").replace("|", "\\|").replace("\n", " ")


def _table(head: str, rows: Iterator[tuple[str, ...]]) -> str:
    rule = " | ".join("---" for _ in head.split(" | "))
    body = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {head} |", f"| {rule} |", *body])


if __name__ == "__main__":
    raise SystemExit(main(Path.cwd()))
