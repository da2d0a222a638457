"""Pages that stand in for an article: captchas, soft 404s, login walls, nothing but page parts.

A site answers with them as if all were well, so only their words give them away. Articles about
such pages use the same words: a stand-in is short, and says it at the start of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wenzhai.importers.folding import fold
from wenzhai.importers.noise import boilerplate

LONGEST = 400
"""Characters of a stand-in; what is longer tells something."""
LONGEST_NOTICE = 60
"""Characters of the sentence that gives it away."""
FEW_PARTS = 2
"""Short lines that look like page parts; fewer may be the article's own."""

_SENTENCE_END = re.compile(r"[。！？!?;；\n]|[.,，](?=\s|$)|，")
_OPENING = r"(?:很?抱歉|对不起|sorry|oops|提示|温馨提示)?[,:!~。 ]*"
_NOTICES = {
    "captcha": re.compile(
        _OPENING + r"(?:请(?:先|您)?(?:完成|进行|通过).{0,12}验证|"
        r"(?:完成|通过).{0,8}验证后.{0,10}(?:访问|继续)|"
        r"请?(?:输入|填写)(?:图片|图中|短信|右侧|下方)?(?:的)?验证码|(?:安全|人机|滑动|身份)验证$|验证码$|"
        r"(?:请)?(?:按住|拖动|向右)(?:左边)?(?:的)?滑块|(?:当前|您的)?(?:网络)?环境(?:存在)?异常|"
        r"(?:您的)?(?:访问|请求|操作)(?:过于|太)频繁|(?:检测到|系统检测到).{0,12}(?:异常|攻击)|"
        r"verify (?:that )?you(?:'re| are) (?:a )?human|verifying you are human|"
        r"are you a (?:robot|human)|i'?m not a robot|"
        r"(?:please )?complete the (?:security check|captcha)|"
        r"checking (?:if the site connection is secure|your browser)|just a moment|"
        r"please (?:enable|turn on) (?:javascript|cookies)|enable javascript and cookies|"
        r"our systems have detected unusual traffic|access denied$|"
        r"私はロボットではありません|画像認証)",
        re.IGNORECASE,
    ),
    "not found": re.compile(
        _OPENING + r"(?:(?:error )?404(?:$|[ :-]*(?:not found|错误|页面|error))|"
        r"(?:the )?page (?:you .{0,30})?"
        r"(?:not found|does(?:n'?t| not) exist|could not be found|can(?:no|'?)t be found)|"
        r"this (?:page|content|article|story) is (?:no longer|not|un)|"
        r"(?:您|你)?(?:所|要)?(?:访问|查看|浏览|请求|查找|找)的?(?:页面|网页|内容|文章|资源)(?:已)?.{0,8}"
        r"(?:不存在|找不到|不见了|删除|下线|失效|丢失|走丢)|"
        r"(?:该|此|本)?(?:页面|网页|内容|文章|帖子|链接|微博)(?:已|已经)?(?:被)?(?:发布者|作者)?"
        r"(?:不存在|找不到|删除|下线|失效|走丢了)|"
        r"(?:该|此)(?:内容|账号|公众号|文章).{0,12}(?:无法查看|已被屏蔽|已迁移|停止访问|违规)|"
        r"お探しのページ.{0,12}(?:見つかりません|ございません))",
        re.IGNORECASE,
    ),
    "login wall": re.compile(
        _OPENING + r"(?:(?:您|你)?(?:尚未|还没有|还未|没有)(?:登录|登陆)|"
        r"请(?:先|您)?(?:登录|登陆|注册|订阅|付费|购买|开通)|"
        r"(?:登录|登陆|注册|订阅|付费|开通会员|成为会员).{0,8}(?:后|以|即可|才能).{0,6}(?:阅读|查看|继续|浏览|解锁)|"
        r"(?:本文|以下|剩余|余下)(?:为|是|内容)?.{0,8}(?:付费|会员|订阅).{0,6}(?:内容|阅读|专享|可见)|"
        r"(?:还剩|剩余).{0,8}%.{0,4}(?:未读|内容)|"
        r"(?:sign|log) ?in (?:to|or).{0,20}(?:continue|read|register)|"
        r"subscribe (?:now )?to (?:continue|read|unlock)|already a (?:subscriber|member)|"
        r"(?:この|以降の)?記事は(?:有料)?会員限定|続きを読むには|会員登録)",
        re.IGNORECASE,
    ),
}


def barrier(title: str, paragraphs: Sequence[str]) -> str:
    """Return what stands in for an article (captcha, not found, login wall), or nothing."""
    if sum(map(len, paragraphs)) > LONGEST:
        return ""
    sentences = list(_sentences((title, *paragraphs)))
    found = (name for name, notice in _NOTICES.items() if any(map(notice.match, sentences)))
    return next(found, "")


def page_parts(paragraphs: Iterable[str]) -> float:
    """Return the share of paragraphs that are page parts rather than text, 0 where few are."""
    lengths = [len(text) for text in paragraphs]
    parts = sum(
        length <= LONGEST_NOTICE and bool(boilerplate(text))
        for text, length in zip(paragraphs, lengths, strict=True)
    )
    return parts / len(lengths) if parts >= FEW_PARTS else 0.0


def _sentences(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for sentence in _SENTENCE_END.split(text):
            shown = fold(sentence).strip()
            if 0 < len(shown) <= LONGEST_NOTICE:
                yield shown
