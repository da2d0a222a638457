"""What saved pages carry besides the article: buttons, notices, adverts, comments, navigation.

Each kind has a reason that the record of the conversion gives for leaving a line out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from wenzhai.importers.button_words import BUTTON_FORMS, BUTTONS, COUNTED
from wenzhai.importers.credit_labels import CATEGORIES
from wenzhai.importers.folding import small
from wenzhai.importers.noise_words import (
    ADVERTS,
    ADVERTS_INSIDE,
    COMMENTS,
    NAVIGATION,
    REPRINTS,
    SECTION_NAMES,
    STATEMENT_LABELS,
    STATEMENTS,
    TRAILS,
)

SHORT = 60
"""Characters; longer lines tell something."""
LONGEST_NOTICE = 300
LONGEST_NUMBER = 12
"""Digits; a longer one identifies the page."""
TELLING = 120
"""Characters of a longer line that tell a notice."""


def _any_of(forms: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(rf"{before}(?:{'|'.join(forms)}){after}")


def _words(words: str) -> str:
    """Return a pattern of words, the longer first."""
    ordered = sorted(words.split(), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, ordered))


_AMOUNT = r"[\d,.]+ ?[万亿wk+]*"
_COUNTED = "|".join(COUNTED.split())
SITE_NAME = re.compile(
    r"\S{1,6}(?:网|数字报|电子版|电子报|网站|官网|频道|专栏|客户端|新闻中心|资讯|公众号|门户|在线)"
)
COUNTERS = re.compile(
    rf"(?:(?:已有)?(?:(?:{_COUNTED})(?:量|数|次数)?[: (]*{_AMOUNT} ?[次人条]?[)]?"
    rf"|{_AMOUNT} ?[次人条位个]? ?(?:{_COUNTED})(?:了?(?:该|本|此)(?:文章|回答|问题|文)?)?)[ |·]*)+"
)
READING_TIME = re.compile(
    r"(?:(?:时长|音频|视频)?[: ]*\d{1,2} ?小时 ?\d{1,2} ?分钟?|"
    r"(?:预计|全文|本文)?(?:阅读|读完)(?:时长|时间|全文|本文)?[: ]*(?:需|约|大约|需要|预计)*"
    r"[: ]*\d{1,3} ?分钟"
    r"|\d{1,3} ?(?:分钟|min(?:ute)?s?) ?(?:阅读|读完| read)"
    r"|(?:全文|本文|以下内容|全篇)(?:共|约|共计)*[: ]*\d{3,5} ?字"
    r"|(?:reading|read) time[: ]*(?:about )?\d{1,3} ?min(?:ute)?s?(?: read)?"
    r"|[,;|· ])+"
)
BUTTON = re.compile(
    rf"(?:{'|'.join(BUTTON_FORMS)}|{_words(BUTTONS)})(?:[ |·/、:]+|$|(?=[\u4e00-\u9fff]))"
    r"|(?:\d{1,6}(?:[ |]+|$)|评论[: ]*\d+[ |]*|\d+人参与\d*(?:评论)?[ |]*|[:|·/ ★☆]+)"
)
STATEMENT = re.compile(
    rf"[(【\[*]{{0,2}} ?(?:{_words(STATEMENT_LABELS)})(?: ?[:|]|[】\])])"
    rf"|(?:{'|'.join(STATEMENTS)})"
)
STATEMENT_LABEL = re.compile(rf"[【\[*]{{0,2}}(?:{_words(STATEMENT_LABELS)})[】\]* :]{{0,3}}")
REPRINT = _any_of(REPRINTS, before=r"[(*【※]?")
ADVERT = _any_of(ADVERTS)
ADVERT_INSIDE = _any_of(ADVERTS_INSIDE)
COMMENT = _any_of(COMMENTS, after="[: ]?")
ELSEWHERE = _any_of(NAVIGATION)
TRAIL = _any_of(TRAILS)
TRAIL_SIGN = re.compile("[>»›]")
END_MARK = re.compile(
    r"[(\[【] ?(?:完|了|end|the end) ?[)\]】]"
    r"|[(\[【]? ?(?:全文完|本文完|正文完|未完待续|全文終|全剧终|the end) ?[)\]】]?"
    r"|[—\-*=_~· ]{1,12}(?:end|the end|[全本正]?文?完)[—\-*=_~· ]{0,12}|--"
    r"|end|[-—*=_~·•#☆★◆◇○●]{3,}|[-*_]( [-*_]){2,}|-0-"
)
UNFRAMED = re.compile(r"[\[【\]】]")
TURNED = re.compile(r"[【\[(▼↓👇🔥★☆]|如果|欢迎|更多|喜欢")
GLUED_BACK = re.compile(
    r"(?P<end>[。！？!?…”])(?P<glue>(?:返回[^。,，]{1,10}[,，] ?查看更多|返回搜狐.{0,8}|"
    r"查看更多|展开全文)(?: *责任编辑 ?[:：].{0,12})?)$"
)
SECTION_GAP = re.compile(r" ?[ |·/>] ?")
SECTIONS = CATEGORIES | frozenset(SECTION_NAMES.split())


def is_section(text: str) -> bool:
    """Tell whether a line is nothing but the name of a page's section, as menus print it."""
    folded = small(text).strip()
    menu = SECTIONS.issuperset(SECTION_GAP.split(folded))
    return menu or bool(SITE_NAME.fullmatch(folded))


@lru_cache(maxsize=512)
def boilerplate(text: str) -> str:
    """Return why a whole line is no part of an article, or an empty string where it is.

    Reasons: counter, button, statement, reprint notice, advert, navigation, end mark.
    """
    if len(text) > TELLING:
        return _long_line(small(text[:TELLING]).lstrip(), len(text))
    folded = small(text).strip().removeprefix("> ")
    if len(folded) <= SHORT and folded[-1:] != "。" and (reason := _short_line(folded)):
        return reason
    if reason := _long_line(folded, len(folded)):
        return reason
    if ELSEWHERE.fullmatch(folded) or (TRAIL_SIGN.search(folded) and TRAIL.fullmatch(folded)):
        return "navigation"
    return "advert" if len(folded) <= SHORT and _is_advert(folded) else ""


def _long_line(folded: str, length: int) -> str:
    """Return why a line of a length is a notice, by how it begins."""
    if STATEMENT.match(folded):
        return "statement"
    return "reprint notice" if length <= LONGEST_NOTICE and REPRINT.match(folded) else ""


def _short_line(folded: str) -> str:
    """Return why a short line is furniture as a whole; what it begins with is not looked at."""
    if COUNTERS.fullmatch(folded) or READING_TIME.fullmatch(folded):
        return "counter"
    if len(folded) >= LONGEST_NUMBER and folded.isdigit():
        return "counter"
    if _all_buttons(UNFRAMED.sub(" ", folded).strip()):
        return "button"
    return "end mark" if END_MARK.fullmatch(folded) else ""


def is_statement_label(text: str) -> bool:
    """Tell whether a line announces a statement of the platform that follows on its own line."""
    return bool(STATEMENT_LABEL.fullmatch(small(text).strip()))


@lru_cache(maxsize=512)
def opens_comments(text: str) -> bool:
    """Tell whether readers' comments begin with this line."""
    return len(text) <= SHORT and bool(COMMENT.fullmatch(small(text).strip()))


def glued_back_link(text: str) -> int:
    """Return where a back link glued to the end of a paragraph starts, or the text's length."""
    found = GLUED_BACK.search(text[-60:])
    return len(text) - len(text[-60:]) + found.start("glue") if found else len(text)


def _is_advert(folded: str) -> bool:
    found = ADVERT.match(folded)
    if not found and TURNED.match(folded):
        found = ADVERT.search(folded[:24])
    return bool(found or ADVERT_INSIDE.search(folded))


def _all_buttons(folded: str) -> bool:
    at = 0
    while at < len(folded):
        found = BUTTON.match(folded, at)
        if not found or found.end() == at:
            return False
        at = found.end()
    return bool(folded) and not folded.isdigit()
