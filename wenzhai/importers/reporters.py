"""Bylines of reporters, with or without their publication and the place they report from."""

from __future__ import annotations

import re
from dataclasses import replace

from wenzhai.importers.credit import Credit, read_names

ROLE = (
    r"(?:特约|特約|首席|实习|實習|见习|高级|全媒体|驻[\u4e00-\u9fff]{2,4})?"
    r"(?:记者|記者|通讯员|通訊員|撰稿人|实习生)"
)
NO_NAME = r"(?!报道|報導|报导|综合|編輯|编辑|责编|摄影|整理|撰文)"
HAN = r"[\u4e00-\u9fff·]"
NAME = rf"(?:{HAN} {HAN}(?!{HAN})|{HAN}{{2,12}})"
LATER = rf"(?:{HAN} {HAN}(?!{HAN})|{HAN}{{2,8}})"
"""Newspapers set names of two characters as wide as those of three: 罗 霄."""
SPREAD = re.compile(rf"(?<!{HAN})({HAN})[ \u3000]({HAN})(?!{HAN})")
REPORTERS = re.compile(
    r"[(\[【〔]?(?:本报|本刊|本网|本社|本台|本報|本刊|(?P<outlet>[\u4e00-\u9fff]{2,6}(?:[社网报刊報網]|"
    rf"新闻|新聞|通讯)))? ?{ROLE}[ :|]*"
    rf"(?P<names>{NAME}(?:(?:[ 、,和]|[ 、,]{ROLE}[ :]*){NO_NAME}{LATER}){{0,5}})"
    r"(?:[ /]+(?:[\u4e00-\u9fff]{2,4})(?:连线|综合)?(?:报道|報導|报导|電|电)"
    r"|[ /]*(?:报道|報導|综合报道|整理))?"
    r"[)\]】〕]?(?=[ |·/,]|$)"
)


def match_reporters(text: str, folded: str, at: int) -> tuple[int, tuple[Credit, ...]] | None:
    """Read the byline of reporters that starts at an offset: where it ends, and its credits."""
    match = REPORTERS.match(folded, at)
    if not match:
        return None
    written = text[slice(*match.span("names"))]
    shown = SPREAD.sub(r"\1\2", written)
    names = replace(read_names("author", shown, 0, len(shown)), written=written)
    if not names.values:
        return None
    outlet = text[slice(*match.span("outlet"))] if match["outlet"] else ""
    said = Credit("source", (outlet,), outlet, labelled=False)
    return match.end(), (said, names) if outlet else (names,)
