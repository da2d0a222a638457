"""Captions of pictures that are not there: found whole, or cut from the text they are glued to.

Where a caption's source name ends, :mod:`wenzhai.importers.caption_sources` decides.
"""

from __future__ import annotations

import re

from wenzhai.importers.caption_sources import SENTENCE_STOP, Evidence, source_end
from wenzhai.importers.folding import display_width, fold

HINT = re.compile("[▲△▼▴◎⊙○⬆↑◆(（图圖摄攝撮写漫绘供提制©PpFfCcIi]")
"""What every caption holds one of; most paragraphs hold none."""
CREDIT = re.compile(
    r"(?:图片?|圖片?|摄影?|攝影?|制图|绘图|漫画|视频截图|截图|绘制|制表|供图|图源|图片来源)"
    r" ?[/|] ?(?=\S)|(?:图源|图片来源) ?: ?(?=\S)"
)
BRACKETED = re.compile(
    r"[(](?:图源|图片来源|图片来自|圖片來源|图|圖|来源|资料图|摄影|攝影|撮影|圖片提供|供图|"
    r"视频截图|图/[^()]{1,20}|"
    r"提供|写真|photo|image|photo by|credit) ?[:/|=] ?[^()]{1,40}(?:\([^()]{1,20}\))?[)]"
    r"|[(](?:[^()]{1,20}/)?(?:视觉中国|資料圖片|資料照|资料图|资料图片|网络图片|受访者供图|"
    r"翻攝.{1,20}|[^()，。]{1,16}(?:供[图圖]|提供|撮影|[摄攝拍])(?:/[^()]{1,12})?)[)]",
    re.IGNORECASE,
)
WHOLE = re.compile(
    r"[▲△◎▼▴⬆↑◆]? ?(?:图为.{2,100}|资料图[:：].{1,100}|图注 ?[:：].{1,100}|图说 ?[:：].{1,100}|"
    r"(?:图片来源|图源|图片提供|图片|配图|题图|頭圖|头图|首图|封面图?|本文图片|本文配图)"
    r"(?:来源)? ?[:：/|].{1,60}|[图圖] ?[:：].{2,60}|本文图片.{1,60}均为.{1,30}|"
    r"图 ?[0-9一二三四五六七八九十]{1,2}(?: ?[:：] ?| )\S.{1,100}|"
    r"写真 ?\d* ?[:：].{1,100}|(?:figure|"
    r"fig\.|photo|chart|image) ?\d* ?[:.].{1,160})",
)
SIGNS = frozenset("▲△▼▴◎⊙○")
SIGNED = re.compile(r"[▲△▼▴]|[◎⊙○] ?(?:图|摄|.{2,60}(?:图|供图|摄影?) ?[:/|])")
CLOSING = re.compile(
    r"[^。！？]{0,30}(?:记者|記者|摄影|攝影|通讯员|[社报网])[ :/|]*[\u4e00-\u9fff·]{2,12}(?: "
    r"[\u4e00-\u9fff]{2,4})? ?(?:摄|攝|撮影)$|"
    r"[\u4e00-\u9fffA-Za-z·]{2,16}(?:/|(?<=[ 。,][\u4e00-\u9fff]{2}) "
    r"|(?<=[ 。,][\u4e00-\u9fff]{3}) )?"
    r"(?:摄|攝|供图|制图|绘图|撮影)[)]?$|[＝=].{0,16}(?:撮影|提供)$|"
    r"[(]提供[:：][^()]{1,30}[)]$|^[^。！？]{2,50}[ ,，](?:图源|图片来源|图片|供图|"
    r"来源)[:：] ?[^。，,！？]{1,20}$|^.{4,90}[。 ][\u4e00-\u9fffA-Za-z·]{2,10} 图$|"
    r"(?:摄影|摄) ?[/:|] ?[\u4e00-\u9fff]{2,4}$|(?:记者|記者)[\u4e00-\u9fff]{2,4} ?/ ?(?:攝影?|"
    r"摄影?)$|"
    r"^[\u4e00-\u9fff·]{2,4}[ /](?:摄影?|攝影?|供图)$|^[^。！？©]{2,40} ?© ?\S{2,16}$|"
    r"^[^。！？]{2,50}[。 ,]图 ?[:|] ?[^。,！？]{2,16}$"
)
CLOSING_WORD = re.compile("[摄攝影图供绘©].{0,25}$|提供:")
LATIN_CREDIT = re.compile(
    r"[.!?”\"')] ?(?:Photo|Photograph|Chart|Image|Illustration|Credit)(?:s)?(?: by)?: "
    r"(?P<source>[A-Z][\w.'’-]*(?:(?:[ /&,][ ]?| for | via )[A-Z][\w.'’-]*){0,6})"
)
GLUED_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]*[ ,])")

LONGEST_DESCRIPTION = 45


def find_caption(text: str, evidence: Evidence) -> tuple[int, int] | None:
    """Return the first caption in a line, as start and end offsets, or None."""
    if not HINT.search(text):
        return None
    folded = fold(text)
    if _is_whole(folded):
        return 0, len(text)
    return _slashed(text, folded, evidence) or _bracketed(text, folded) or _latin(text)


def _is_whole(folded: str) -> bool:
    if len(folded) > 180:  # noqa: PLR2004  # no caption is longer
        return False
    if folded[:1] in SIGNS and SIGNED.match(folded):
        return True
    if WHOLE.fullmatch(folded.lower()) and not re.search("。.", folded.removesuffix("摄")[:-8]):
        return not CREDIT.match(folded) or len(folded) <= 24  # noqa: PLR2004  # else text may be glued to it
    # Most lines end otherwise; the search walks the whole line.
    return bool(CLOSING_WORD.search(folded[-40:])) and bool(CLOSING.search(folded))


def _slashed(text: str, folded: str, evidence: Evidence) -> tuple[int, int] | None:
    """``DESCRIPTION,图/ SOURCE`` or ``图/SOURCE``, with or without text glued behind."""
    for found in CREDIT.finditer(folded):
        start = _sentence_start(text, found.start())
        lead = folded[start : found.start()].rstrip()
        spaced = folded[found.start() - 1 : found.start()].isspace()
        apart = spaced or lead[-1:] in ",，;；。 )）|·"
        if lead and (len(lead) > LONGEST_DESCRIPTION or not apart):
            continue
        end = source_end(text, folded, found.end(), evidence)
        if end:
            return start, end
    return None


def _sentence_start(text: str, at: int) -> int:
    """Return where the sentence before an offset starts, as far back as a caption may reach."""
    low = max(0, at - LONGEST_DESCRIPTION - 1)
    stops = [stop.end() for stop in SENTENCE_STOP.finditer(text, low, at)]
    return stops[-1] if stops else low


def _bracketed(text: str, folded: str) -> tuple[int, int] | None:
    """``DESCRIPTION（图源：X）``: the bracket closes the caption."""
    found = BRACKETED.search(folded) if "(" in folded else None
    if not found:
        return None
    start = _sentence_start(text, found.start())
    lead = text[: found.start()].rstrip()
    alone = found.end() == len(text) and display_width(lead) <= 2 * LONGEST_DESCRIPTION
    if alone and not SENTENCE_STOP.search(lead[:-1]):
        start = 0  # one sentence and its credit, nothing else on the line
    elif found.start() - start > LONGEST_DESCRIPTION:
        start = found.start()
    return start, found.end()


def _latin(text: str) -> tuple[int, int] | None:
    """``DESCRIPTION. Photo: A/B`` with the next sentence glued at a capital."""
    found = LATIN_CREDIT.search(text)
    if not found or found.start() > 200:  # noqa: PLR2004  # a description, no paragraph
        return None
    source = found["source"]
    glued = [cut.start() for cut in GLUED_CAPITAL.finditer(source + text[found.end() :][:20])]
    inside = [cut for cut in glued if cut <= len(source)]
    end = found.start("source") + (inside[0] if inside else len(source))
    whole = end == len(text) or text[end:].strip(" .") == ""
    return (0, len(text)) if whole else (0, end) if inside else None
