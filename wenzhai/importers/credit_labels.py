"""The labels of credit lines in Chinese, Japanese and English, and what each states."""

from __future__ import annotations

import re
from functools import cache

LABELS = {
    "author": """
        作者 文章作者 发布者 发布人 供稿 文 撰文 文字 采写 撰稿 口述 整理 采访 执笔 原作者 著者
        筆者 執筆 取材 記者 记者 文图 图文 采访整理 文/图 文、图 图/文 採訪 撰稿人 特约撰稿 报道
        採訪整理 Author Authors By Words Text 著
    """,
    "translator": """
        译者 翻译 编译 譯者 翻譯 編譯 訳 Translator
    """,
    "editor": """
        编辑 責編 责编 责任编辑 責任編輯 編輯 編集 选稿 校对 审校 审核 监制 主编 值班编辑 值班主编
        统筹 编审 排版 责校 审读 Editor Edited_by
    """,
    "source": """
        来源 來源 稿源 来源站点 来源网站 来源媒体 来源平台 发布媒体 发布单位 供稿单位 文章来源
        稿件来源 信息来源 新闻来源 出处 转自 转载自 公众号 微信公众号 媒体 出典 提供元 Source Via
    """,
    "date": """
        时间 日期 发布时间 发表时间 发布日期 刊发时间 更新时间 發布時間 發佈時間 時間 公開日
        掲載日 公開日時 公開 掲載 発表 发布 發布 發佈 发表 刊发 刊登 更新 配信 投稿日 更新日
        Published Published_on Posted Posted_on Date Updated Updated_on Last_updated
    """,
    "placed": """
        发布于 发表于 發佈於 發布於 发自
    """,
    "region": """
        IP属地 IP归属地 IP屬地 属地 屬地 发布地 地区 発信地
    """,
    "url": """
        网址 网页链接 原文链接 原文地址 原文网址 文章链接 本文链接 来源链接 链接 地址 原文 原網址
        網址 連結 リンク 転載元 URL Link Original
    """,
    "title": """
        标题 標題 题目 Title
    """,
    "original_title": """
        原标题 原題 原题 原标题为 原题为 原文标题 原標題 英文原题
    """,
    "tags": """
        标签 關鍵詞 关键词 关键字 關鍵字 文章关键词 本文标签 标签词 话题 タグ キーワード Tags
        Keywords Filed_under
    """,
    "summary": """
        摘要 文章摘要 内容摘要 核心提示 内容提要 导读 導讀 导语 Summary Abstract
    """,
    "fetched": """
        抓取时间 采集时间 爬取时间 保存时间 收录时间 Fetched Retrieved
    """,
    "counter": """
        浏览 浏览量 阅读 阅读量 阅读数 点击 点击量 点击数 评论 评论数 点赞 点赞数 收藏数 访问量
        人气 字数 阅读时间 浏览次数 阅读次数 全文字数 转发 字体 字号 预计阅读时间 预计阅读
        预计阅读时长 阅读时长 Views Comments
    """,
    "cover": """
        封面 封面来源 封面图 题图 头图 头图来源 封面图来源 图片 配图 设计 运营 制图 制作 版式 视觉
        封面设计 图 圖 攝影 摄 出品 出品人 策划 视频 音频 摄影 插画
    """,
    "category": """
        分类 频道 栏目 类别 专栏 版面 Category Section
    """,
    "body": """
        正文 正文内容 文章内容 内容 全文 Body Content
    """,
}
"""Field -> labels; ``_`` stands for a space."""

SPACED_WORDS = """
    作者 编辑 責編 責任編輯 編輯 责编 责任编辑 撰文 整理 采写 校对 监制 主编 审校 口述 执笔 排版
    文 By by Published Posted Updated Edited_by Published_on Posted_on Updated_on Last_updated
    Author Editor
"""
SPACED = frozenset(word.replace("_", " ") for word in SPACED_WORDS.split())
"""Labels that a space alone may part from their value."""
DOTTED = frozenset({"文", "取材", "執筆", "写真"})
"""Labels that Japanese pages part from a name by a middle dot."""
HEAD_ONLY = frozenset({"date", "counter", "category", "title", "cover", "fetched", "body"})
"""Labels that also stand inside articles (an event's 时间, a menu's 内容)."""

CATEGORY_NAMES = (
    "科技 财经 体育 娱乐 社会 汽车 教育 健康 国际 国内 时政 军事 文化 历史 旅游 房产 游戏 "
    "数码 生活 新闻 要闻 "
    "互联网 商业 经济 民生 时尚 美食 母婴 法治 热点 观点 评论 深度"
)
CATEGORIES = frozenset(CATEGORY_NAMES.split())


def field_of(label: str) -> str:
    """Return the field that a label states, or an empty string; inner spaces do not count."""
    return _fields().get(re.sub(r"(?<=[^a-z]) | (?=[^a-z])", "", label.casefold()), "")


@cache
def label_pattern() -> re.Pattern[str]:
    """Return the pattern of a label and its mark, in lowered text; longer labels first."""
    words = sorted(_fields(), key=lambda word: (-len(word), word))
    forms = "|".join(
        re.escape(word) if word.isascii() else r"[ ]?".join(map(re.escape, word)) for word in words
    )
    first = re.escape("".join(sorted({word[0] for word in words} | set("文本原稿新作帖"))))
    return re.compile(
        rf"(?=[{first}])(?:文章|本文|原文|稿件|新闻|作品|帖子)?(?P<label>{forms})(?:[、&+](?:{forms}))*"
        r" ?(?P<mark>[:|/]+|·|[ ]) ?"
    )


def lowered(folded: str) -> str:
    """Return a folded text in which labels are looked for: of the same length, small letters."""
    lower = folded.lower()
    return lower if len(lower) == len(folded) else folded


@cache
def _fields() -> dict[str, str]:
    return {
        label.replace("_", " ").casefold(): field
        for field, labels in LABELS.items()
        for label in labels.split()
    }
