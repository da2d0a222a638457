"""The table of problem codes: one row a code, in Chinese and English.

Codes never change their meaning. E stops a build, W does not (unless ``--strict``).
Hundreds: 0 settings, 1 front matter, 2 Markdown, 3 the site as a whole, 4 themes,
5 files, 6 output, 7 import. ``docs/problems.md`` is made from this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """The words of one code; placeholders in braces are the problem's arguments."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""

    def message(self, language: Literal["zh", "en"]) -> str:
        """Return the sentence with its placeholders."""
        return self.zh if language == "zh" else self.en

    def hint(self, language: Literal["zh", "en"]) -> str:
        """Return the advice with its placeholders, maybe empty."""
        return self.hint_zh if language == "zh" else self.hint_en


SETTINGS = {
    "E001": Code(
        "设置文件不是合法的 TOML：{reason}",
        "the settings are not valid TOML: {reason}",
    ),
    "E002": Code(
        "设置项 {key} 应为{wanted}，实为 {found}",
        "setting {key} should be {wanted}, found {found}",
    ),
    "E003": Code(
        "没有名为 {key} 的设置项",
        "there is no setting {key}",
        "最接近的是 {nearest}；全部设置项见 docs/settings.md",
        "the nearest is {nearest}; docs/settings.md lists them all",
    ),
    "E004": Code(
        "设置项 {key} 的值 {value} 不可用：{reason}",
        "setting {key} cannot be {value}: {reason}",
    ),
    "E005": Code(
        "这里没有 site.toml，不是一个站点文件夹",
        "there is no site.toml here, so this is not a site folder",
        "用 `wenzhai init 文件夹` 新建站点，或用 --site 指明站点所在",
        "make a site with `wenzhai init DIR`, or name one with --site",
    ),
}

FRONT_MATTER: dict[str, Code] = {}

MARKDOWN: dict[str, Code] = {}

SITE: dict[str, Code] = {}

THEMES: dict[str, Code] = {}

FILES: dict[str, Code] = {}

OUTPUT: dict[str, Code] = {}

IMPORT: dict[str, Code] = {}

CODES: dict[str, Code] = {
    **SETTINGS,
    **FRONT_MATTER,
    **MARKDOWN,
    **SITE,
    **THEMES,
    **FILES,
    **OUTPUT,
    **IMPORT,
}
