"""Headings of plain text: numbered, marked, or bare short lines between paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from wenzhai.importers.lines import SENTENCE_END, display_width, fold

Style = Literal[
    "",
    "part",
    "number",
    "han",
    "bracket-han",
    "digit",
    "mark",
    "frame",
    "section",
    "bare",
    "labelled",
]

FRAME = re.compile(
    r"(?:写在(?:最后|前面|后面|末尾|结尾)|结语|结论|尾声|后记|小结|总结|引言|引子|前言|开头|"
    r"余论|附录|用料|食材|原料|材料|所需材料|材料准备|步骤|做法|制作步骤|操作步骤|小贴士|小提示|"
    r"注意事项|时间轴|"
    r"参考(?:资料|文献)|寫在最後|結語|後記|まとめ|おわりに|"
    r"はじめに|Conclusion|Introduction|Epilogue|The bottom line)",
    re.IGNORECASE,
)
"""Headings that frame the whole, whatever the sections between them are numbered by."""
SECTION = re.compile(
    r"(?:今日|本周|昨日|一周|每日)?(?:头条|要闻|热点|看点|焦点|快讯|速览|好物|数据|观点|声音|"
    r"言论|推荐)|"
    r"大公司(?:动态)?|小公司|大厂动态|公司(?:动态|新闻|要闻)?|(?:产业|行业|市场|科技|企业|国际|"
    r"国内|海外)(?:动态|观察|新闻|要闻|资讯)|"
    r"(?:创)?投融资(?:动态)?|投资并购|上市进行时|新股|IPO|财报|人事(?:变动)?|宏观|政策|监管|"
    r"(?:酷|新)产品|新品|新鲜事|冷知识|国际|国内|海外|社会|文体|民生|"
    r"工具|资源|文摘|文章|本周图片|本周话题|往年回顾|读者来信"
)
"""Departments of a digest, under which items with titles of their own stand."""
LONGEST_BARE = 40
"""Columns: 20 Han characters."""
LONGEST_NUMBERED = 64
QUOTED = re.compile(r"[“「『\"][^“”「」『』\"。！？!?…；;：:]{4,}[”」』\"]")
"""A saying without a final stop, taken for a title."""
OPENING_QUOTE = re.compile(
    r"[“「『][^“”「」『』]{1,12}[”」』](?!\w{0,4}[说道问答喊])[^，,。：:]{2,}$"
)
"""``“慢”是一种选择``: a word in quotes opens the title."""
NO_START = re.compile(r"[“\"「『‘(（\[@#*>\-–—·•+|]|https?:|\d{1,2}:\d\d")
NO_HEADING = re.compile(r"[：:][“「\"]|^\S{1,8}[：:]|[,，].*[,，].*[,，]")
LABELLED = re.compile(
    r"(?!注|备注|编者|说明|附|作者|参考|来源|图|表|PS|"
    r"ps)(?P<label>[^\s，,。：:“”]{1,8})[：:](?P<title>[^：:“”\"「」。？！?!@]{2,})$"
)
"""``算力：比电还贵`` may be a title, or somebody speaking."""
ORDER: tuple[Style, ...] = ("part", "han", "bracket-han", "digit")
"""Numbered styles, the outer ones first; each that occurs is one level."""

STYLES: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            r"(?:0\d|[1-9]\d?|PART[ .]?\d{1,2}|Part[ .]?\d{1,2}|No\.\d{1,2}|# ?\d{1,2}|"
            r"[-—·•] ?\d{1,2} ?[-—·•]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[一二三四五六七八九十]{1,3})[.、]?"
        ),
    ),
    (
        "part",
        re.compile(
            r"(?:PART|Part|Chapter|CHAPTER)[ .]?\d{1,2}[ .:|-].+|0\d[ .、|/].+|"
            r"第[一二三四五六七八九十\d]{1,3}[章节部回篇][ :、].+"
        ),
    ),
    ("han", re.compile(r"[一二三四五六七八九十]{1,3}[、.] ?.+")),
    ("bracket-han", re.compile(r"\([一二三四五六七八九十]{1,3}\)[、 ]?.+")),
    ("digit", re.compile(r"\d{1,2}[.、](?!\d) ?.+")),
    ("mark", re.compile(r"[■◆▍▌▎◼●※]\s?.+|【[^【】]+】|「[^「」。！？]+」|〖[^〖〗]+〗")),
    ("frame", FRAME),
    ("section", SECTION),
)


@dataclass(slots=True)
class Outline:
    """Where a walk over headings stands: no level is skipped on the way in."""

    _open: list[int] = field(default_factory=list)

    def enter(self, level: int) -> int:
        """Enter a heading of a planned level and return the level it has here, 2 and below."""
        self._open = [outer for outer in self._open if outer < level]
        self._open.append(level)
        return 1 + len(self._open)


def heading_style(text: str) -> Style:
    """Return how a line could be a heading by its form alone, or an empty string.

    Bare lines are short and do not end like a sentence; labelled ones hold a colon besides.
    Whether they are headings depends on their neighbours.
    """
    folded = fold(text)
    width = display_width(text)
    if width > LONGEST_NUMBERED:
        return ""
    for style, pattern in STYLES:
        if pattern.fullmatch(folded):
            return "" if text[-1] in "。；;，,：:" else style
    if width > LONGEST_BARE:
        return ""
    if LABELLED.fullmatch(text) and not re.search(r"\d{4}|[,，、；;]$", text):
        return "labelled"
    return "bare" if _is_bare(text, folded) else ""


def heading_levels(styles: frozenset[Style]) -> dict[Style, int]:
    """Return the level of each style, 2 and below, given those that a text uses."""
    numbered = [style for style in ORDER if style in styles]
    levels: dict[Style, int] = {style: 2 + at for at, style in enumerate(numbered)}
    levels["number"] = levels.get("part", 2)
    outer = bool({"part", "number", "han", "section"} & styles)
    levels["mark"] = levels["bare"] = 3 if outer else 2
    levels["frame"] = levels["section"] = 2
    if "number" in styles:
        for style in ("han", "bracket-han", "digit"):
            levels[style] = max(levels.get(style, 3), 3)
    return levels


def _is_bare(text: str, folded: str) -> bool:
    if SENTENCE_END.search(text) or re.search(r"[，,、。;；]", text[-1:]) or "。" in text:
        return False
    if QUOTED.fullmatch(text):
        return True
    if NO_START.match(folded) and not OPENING_QUOTE.match(text):
        return False
    if NO_HEADING.search(text):
        return False
    return bool(re.search(r"\w{2}", text))
