"""What saved pages carry besides the article: buttons, notices, adverts, comments, navigation.

Each kind has a reason that the record of the conversion gives for leaving a line out.
"""

from __future__ import annotations

import re

from wenzhai.importers.lines import fold

SHORT = 60
"""Characters; longer lines tell something."""
LONGEST_NOTICE = 300

COUNTERS = re.compile(
    r"(?:(?:阅读|浏览|评论|点赞|赞|在看|收藏|分享|转发|跟贴|参与|热度|人气|点击|回复|推荐|views?|likes?|comments?|shares?)"
    r"(?:量|数|次数)?[: ]*[\d,.]+ ?[万亿wWkK+]*[次人条]?[ |·]*|"
    r"[\d,.]+ ?[万亿wWkK+]* ?(?:次|人|条)? ?(?:阅读|浏览|评论|点赞|赞|收藏|参与|跟贴|回复|人参与|"
    r"views?|likes?|comments?|shares?)[ |·]*)+",
    re.IGNORECASE,
)
READING_TIME = re.compile(
    r"(?:(?:预计|全文|本文)?(?:阅读|读完)(?:时长|时间|全文|本文)?[: ]*(?:需|约|大约|需要|"
    r"预计)*[: ]*"
    r"\d{1,3} ?分钟|\d{1,3} ?(?:分钟|min(?:ute)?s?) ?(?:阅读|读完| read)|"
    r"(?:全文|本文)(?:共|约|共计)*[: ]*\d{3,5} ?字|"
    r"(?:reading|read) time[: ]*(?:about )?\d{1,3} ?min(?:ute)?s?(?: read)?|[,;|· ])+",
    re.IGNORECASE,
)
BUTTONS = re.compile(
    r"(?:举报|投诉|反馈|分享至?|分享到|分享|\+ ?关注|关注|已关注|收藏|打印|纠错|点赞|赞|喜欢|"
    r"在看|复制链接|扫码|"
    r"[小中大]?字号|字体[: ]*|大|中|小|听新闻|朗读|返回|返回顶部|回到顶部|关闭|展开全文|收起|"
    r"打印本页|关闭窗口|关闭本页|我要纠错|返回列表|TOP|"
    r"展开|查看更多|加载更多|没有更多了?|已经到底了?|請繼續往下閱讀|"
    r"微信|微博|朋友圈|QQ空间|QQ好友|QQ|用微信扫码[^。]{0,20}|微信扫一扫[^。]{0,20}|扫一扫[^。]{0,20}|"
    r"新浪微博|生成海报|发表评论|我要评论|写评论|登录|注册|举报/反馈|放大|缩小|默认|保存|编辑本页|"
    r"Share|Tweet|Pin|Email|Print|Save|Follow|Subscribe|Sign in|Log in|Like|Copy link|Facebook|"
    r"Twitter|"
    r"Listen(?: to this (?:article|story))?|Comment|Bookmark|WhatsApp|LinkedIn|Reddit|"
    r"听全文|听文章|语音播报|收听|划线|想法|写留言|写想法|转发|推荐|不感兴趣|举报文章|阅读下一篇|下一篇|去APP看|"
    r"返回[^ ,，。]{2,6}首页|进入[^ ,，。]{2,8}(?:首页|频道)|下载[^ ,，。]{2,8}客户端|"
    r"下载[^ ,，。]{0,6}(?:App|APP)|"
    r"ツイート|シェア|印刷|保存する|いいね)(?:[ |·/、:]+|$)",
    re.IGNORECASE,
)
STATEMENT = re.compile(
    r"[(【\[*]{0,2} ?(?:特别声明|平台声明|免责声明|版权声明|广告声明|郑重声明|风险提示|声明|"
    r"免責聲明|版權聲明|"
    r"Notice|Disclaimer|Copyright)[】\])]? ?[:|]|"
    r"(?:©|\(c\) ?\d{4}|copyright ©|版权所有|All rights reserved)|"
    r"[(]?(?:以上|本文|文中|该文|文章)(?:内容|观点|信息|文章)?(?:仅|只)?(?:代表|为)作者(?:本人|个人)?(?:的)?观点|"
    r"[(]?本(?:文|平台|站|网)(?:内容)?(?:仅|只)(?:提供|代表|供)|[(]?(?:以上|文中|本文)?.{0,6}不构成.{0,8}建议|投资有风险|"
    r"(?:如有|若有|如涉及|如)(?:侵权|版权|作品内容).{0,40}(?:联系|删除)",
    re.IGNORECASE,
)
REPRINT = re.compile(
    r"[(*【]?(?:转载(?:[、和及]合作|请|需|须|时|合作|授权)|如需转载|欢迎转载|未经(?:授权|许可|允许|书面)|禁止转载|谢绝转载|"
    r"本文(?:经授权|已获授权|由.{1,30}(?:原创|授权)?发布|为.{1,20}原创|首发于|版权归)|(?:封面|题图|头图|首图)来自|"
    r"無断転載|禁無断|Reprinted with permission|Republish)",
    re.IGNORECASE,
)
ADVERT = re.compile(
    r"(?:点击(?:上方|下方|右上角|蓝字|关注|这里)|长按(?:二维码|识别|关注)|扫(?:描|一扫|码)(?:下方|上方|进群|领|关注|加|二维码)|"
    r"(?:【?福利】?|限时|免费)?扫码(?:领|进|加|关注|下载)|下载(?:APP|客户端|应用)|打开APP|APP内打开|"
    r"点[\"“「]?(?:在看|赞)|点击?个?[\"“「]?(?:在看|赞)|阅读原文$|点击阅读原文|进入【.{1,12}】讨论|"
    r"如果.{0,12}喜欢.{0,30}|欢迎(?:转发|分享|点赞|订阅).{0,30}|订阅(?:我们|本刊|邮件|电子报).{0,20}|收录于(?:合集|话题|专辑).{0,40}|(?:欢迎)?(?:在|来)?(?:评论区|留言区)(?:聊聊|留言|说说|告诉).{0,30}|欢迎(?:在|到|来)(?:评论区|留言).{0,40}|关注(?:我们|公众号|微信公众号|.{1,10}公众号)|加(?:入|微信|群).{0,12}(?:群|微信)|商务合作|投稿邮箱|"
    r"ここから先は|会員限定|続きを読むには|Sign up for|Subscribe to (?:our|the)|Get the newsletter|"
    r"Advertisement$|Sponsored$|广告$|Ad$|AD$|PR$|スポンサーリンク)",
    re.IGNORECASE,
)
COMMENTS = re.compile(
    r".{0,6}请先登录.{0,20}|"
    r"(?:网友评论|热门评论|最新评论|精彩评论|全部评论|评论区|相关评论|用户评论|网友跟贴|跟贴|"
    r"跟贴 \d+ ?参与 ?\d+|"
    r"评论 ?\(?\d*\)?|文明上网.{0,30}|请先登录.{0,20}|登录后.{0,20}评论.{0,10}|发表评论|"
    r"Comments? ?\(?\d*\)?|コメント ?\(?\d*\)?|.{1,16} ?\[.{1,12}网友\].{0,30})[: ]?",
    re.IGNORECASE,
)
NAVIGATION = re.compile(
    r"(?:首页|主页|Home|ホーム) ?(?:>|»|›|/|\|).{0,80}|当前位置 ?[:>].{0,80}|您(?:的|现在的?|"
    r"当前)?位置.{0,80}|"
    r"你现在的位置.{0,80}|(?:上一篇|下一篇|上一页|下一页|前一篇|后一篇|Previous|Next|前の記事|"
    r"次の記事) ?[:|].{0,80}|"
    r"(?:返回)?(?:首页|频道首页|列表)|(?:责任编辑|编辑|来源|作者) ?:",
    re.IGNORECASE,
)
END_MARK = re.compile(
    r"[(（\[【] ?(?:完|了|END|The End) ?[)）\]】]|"
    r"[(（\[【]? ?(?:全文完|本文完|正文完|未完待续|全文終|全剧终|The End) ?[)）\]】]?|"
    r"[—\-*=_~· ]{1,12}(?:END|The End|完|全文完)[—\-*=_~· ]{0,12}|END|[-—*=_~·•#☆★◆◇○●]{3,}|"
    r"[-*_]( [-*_]){2,}|-0-",
    re.IGNORECASE,
)
GLUED_BACK = re.compile(
    r"(?P<end>[。！？!?…”])(?P<glue>(?:返回[^。,，]{1,10}[,，] ?查看更多|返回搜狐.{0,8}|"
    r"查看更多|展开全文)(?: *责任编辑 ?[:：].{0,12})?)$"
)


def boilerplate(text: str) -> str:
    """Return why a whole line is no part of an article, or an empty string where it is.

    Reasons: counter, button, statement, reprint notice, advert, navigation, end mark.
    """
    folded = fold(text).strip()
    short = len(folded) <= SHORT
    found = (
        ("counter", bool(COUNTERS.fullmatch(folded) or READING_TIME.fullmatch(folded))),
        ("button", short and _all_buttons(re.sub(r"[\[【\]】]", " ", folded).strip())),
        ("end mark", bool(END_MARK.fullmatch(folded))),
        ("statement", bool(STATEMENT.match(folded))),
        ("reprint notice", len(folded) <= LONGEST_NOTICE and bool(REPRINT.match(folded))),
        ("navigation", bool(NAVIGATION.fullmatch(folded))),
        ("advert", short and _advert(folded)),
    )
    return next((reason for reason, holds in found if holds), "")


def opens_comments(text: str) -> bool:
    """Tell whether readers' comments begin with this line."""
    return bool(COMMENTS.fullmatch(fold(text).strip()))


def glued_back_link(text: str) -> int:
    """Return where a back link glued to the end of a paragraph starts, or the text's length."""
    found = GLUED_BACK.search(text[-60:])
    return len(text) - len(text[-60:]) + found.start("glue") if found else len(text)


def _advert(folded: str) -> bool:
    found = ADVERT.match(folded) or (
        ADVERT.search(folded[:24]) if re.match(r"[【\[(▼↓👇🔥]|如果|欢迎|更多", folded) else None
    )
    return bool(found)


def _all_buttons(folded: str) -> bool:
    at = 0
    while at < len(folded):
        found = BUTTONS.match(folded, at) or re.compile(
            r"(?:\d{1,6}(?:[ |]+|$)|评论[: ]*\d+[ |]*|\d+人参与\d*(?:评论)?[ |]*|[:|·/ ]+)"
        ).match(folded, at)
        if not found or found.end() == at:
            return False
        at = found.end()
    return bool(folded) and not folded.isdigit()
