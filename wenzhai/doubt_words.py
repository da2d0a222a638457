"""The doubts of conversions in words, for reports and the preview."""

from __future__ import annotations

from collections.abc import Iterable

from wenzhai.problems import Language

DOUBTS = {
    "no title": ("没有题目", "no title"),
    "no paragraph": ("没有成段的正文", "no paragraph of text"),
    "no date": ("没有日期", "no date"),
    "no origin": ("没有作者、来源和网址", "neither author, source nor URL"),
    "little kept": ("原文大半没有放进正文", "most of the source was left out"),
    "unclassified": ("有内容归不了类", "some of the source could not be placed"),
    "page parts": ("正文里混有页面部件", "page parts among the text"),
    "page parts only": ("正文几乎全是页面部件", "hardly anything but page parts"),
    "comments only": ("只有评论，没有正文", "comments without an article"),
    "captcha": ("是一个验证页面", "a page that asks for a captcha"),
    "not found": ("是一个“页面不存在”的页面", "a page that says “not found”"),
    "login wall": ("要登录或付费才能看全文", "the text is behind a login"),
    "another body": ("换一种找法，正文是另一块", "another way of looking finds another body"),
    "broken characters": ("有些字符解不出来", "some characters could not be decoded"),
    "text layer": ("文字取自 PDF 的文字层，次序是猜的", "text of a PDF, its order was guessed"),
}
"""What people read for each reason; a reason that is not here is shown as it is."""


def doubts_text(reasons: Iterable[str], language: Language) -> str:
    """Return reasons in words, in one line."""
    at = 0 if language == "zh" else 1
    shown = (DOUBTS[reason][at] if reason in DOUBTS else reason for reason in reasons)
    return ("、" if language == "zh" else ", ").join(shown)
