"""Small sites on disk for tests: files in, outputs out."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from wenzhai.engine import build_site
from wenzhai.report import Report
from wenzhai.request import Run

NOW = 1_710_000_000  # 2024-03-10 00:00 in Shanghai
SETTINGS = """\
title = "灯下文摘"
description = "值得慢慢读的文章"
base_url = "https://digest.example/site/"
author = "编者"
per_page = 2

[feeds]
items = 3
term_items = 2

[output]
related = 2
"""


def article(title: str, body: str = "正文第一段。", **front: str) -> str:
    """Return the Markdown of an article; front matter values are written as they are."""
    rows = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\ntitle: {title}\n{rows}---\n\n{body}\n"


SMALL = {
    "content/articles/one.md": article(
        "第一篇",
        "开源模型 Llama 与 Llama。\n\n参见[第二篇](two.md)。",
        date="2024-01-05",
        tags="[开源, 模型]",
        region="广东",
        author="林知远",
    ),
    "content/articles/two.md": article(
        "第二篇", "关于 Llama 与 Llama 的后续。", date="2024-02-05", tags="[开源]", region="北京"
    ),
    "content/articles/three.md": article(
        "第三篇",
        "芯片与散热。\n\n## 一节\n\n末段。",
        date="2024-02-06",
        tags="[芯片]",
        summary="芯片与散热。",
        aliases="[/old/]",
    ),
    "content/articles/four.md": article("第四篇", "机房里的 Llama 与 Llama。", date="2024-03-01"),
    "content/articles/five.md": article("第五篇", "最后一篇。", date="2024-03-02", tags="[开源]"),
    "content/pages/about.md": article("关于", "关于本站。"),
}


def make_site(
    folder: Path, files: Mapping[str, str | bytes] = SMALL, settings: str = SETTINGS
) -> Path:
    """Write a site and return its folder."""
    for path, text in {"site.toml": settings, **files}.items():
        write(folder / path, text)
    return folder


def enter_site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an empty site the current folder; messages are Chinese, the day is 2024-03-10."""
    write(folder / "site.toml", SETTINGS)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    return folder


def write(path: Path, text: str | bytes) -> None:
    """Write a file, its folders included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def zipped(*names: tuple[str, str | bytes]) -> bytes:
    """Pack files into an archive, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names:
            archive.writestr(name, content)
    return out.getvalue()


def run_of(site: Path, **changes: object) -> Run:
    """Return the request of a build into the site's ``public``."""
    return replace(Run(site, site / "public", NOW), **changes)  # type: ignore[arg-type]  # Run's


def build(site: Path, **changes: object) -> Report:
    """Build a site."""
    return build_site(run_of(site, **changes))


def built(site: Path, **changes: object) -> dict[str, bytes]:
    """Build a site that has no error and return its outputs."""
    report = build(site, **changes)
    assert report.errors == 0, report.problems
    return tree(site / "public")


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder by relative path."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def codes(report: Report) -> list[str]:
    """Return the codes of a report's problems in order."""
    return [item.code for item in report.problems]
