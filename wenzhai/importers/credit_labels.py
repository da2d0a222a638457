"""The labels of credit lines in Chinese, Japanese and English, and what each states."""

from __future__ import annotations

import re
from functools import cache

from wenzhai.han_variants import fold_han
from wenzhai.importers.lines import small

LABELS = {
    "author": """
        作者 文章作者 发布者 发布人 供稿 文 撰文 文字 采写 撰稿 口述 整理 采访 执笔 原作者 著者
        筆者 執筆 取材 記者 记者 文图 图文 采访整理 文/图 文、图 图/文 採訪 撰稿人 特约撰稿 报道
        採訪整理 Author Authors By Words Text 著 采编 主笔 特约作者 特约记者 供稿人 投稿人 署名
        主播 主理人 播讲 主创 文案 採寫 撰寫 文字整理 Written_by Words_by Story_by
        Reported_by Reporter
    """,
    "translator": """
        译者 翻译 编译 譯者 翻譯 編譯 訳 Translator
    """,
    "editor": """
        编辑 責編 责编 责任编辑 責任編輯 編輯 編集 选稿 校对 审校 审核 监制 主编 值班编辑 值班主编
        统筹 编审 排版 责校 审读 Editor Edited_by 编 编校 审稿 实习编辑 本期编辑 微信编辑
        新媒体编辑 图文编辑 内容编辑 网络编辑 见习编辑 执行主编 副主编 总监制 初审 复审 终审 一审
        版面编辑 图片编辑 视觉编辑 美编 网页编辑 流程编辑 责任美编 责任总编 二审 三审 编发 签发 值班
        责任校对 責任編集 編集者 審稿 校對 監製
    """,
    "source": """
        来源 來源 稿源 来源站点 来源网站 来源媒体 来源平台 发布媒体 发布单位 供稿单位 文章来源
        稿件来源 信息来源 新闻来源 出处 转自 转载自 公众号 微信公众号 媒体 出典 提供元 Source Via
        来源于 信源 出品方 文章出处 转载来源 转引自 本文转自 转载于 首发 首发于 原载 新聞來源
        发布机构 发文机关 发文单位 发布机关 公开机构 信息提供 消息来源 综合自 综合 轉載自 轉自
    """,
    "date": """
        时间 日期 发布时间 发表时间 发布日期 刊发时间 發布時間 發佈時間 時間 公開日 掲載日
        公開日時 公開 掲載 発表 发布 發布 發佈 发表 刊发 刊登 配信 投稿日 Published Published_on
        Posted Posted_on Date 发文时间 发稿时间 成文日期 上传时间 刊登日期 出版日期 播发时间
        首发时间 出版 出版時間 出版时间 發文時間 創建時間 配信日 掲載日時 配信日時 日時 Published_at
    """,
    "updated": """
        最后编辑于 最近编辑于 最后更新于 编辑于 修改于 更新 更新时间 更新日期 更新于 最后更新
        最近更新 最後更新 修改时间 編輯時間
        更新時間 更新日時 更新日 最終更新 Updated Updated_on Last_updated Last_modified
    """,
    "placed": """
        发布于 发表于 發佈於 發布於 发自
    """,
    "region": """
        IP属地 IP归属地 IP屬地 属地 屬地 发布地 地区 発信地 归属地 IP归属 IP 作者IP 发表地
        发布地点 所属地区 作者所在地
    """,
    "url": """
        网址 网页链接 原文链接 原文地址 原文网址 文章链接 本文链接 来源链接 链接 地址 原文 原網址
        網址 連結 リンク 転載元 URL Link Original 来源网址 来源URL 原始链接 原链接 文章地址
        文章网址 网页地址 页面地址 本文网址 本文地址 源链接 转载地址 原文URL 阅读原文 查看原文
        全文链接 文章URL 原文連結 原始連結 記事URL 元記事 Permalink Source_URL Original_link
        Source_link
    """,
    "title": """
        标题 標題 题目 Title
    """,
    "original_title": """
        原标题 原題 原题 原标题为 原题为 原文标题 原標題 英文原题 原文题目 原题目 英文标题
        外文标题 原文標題 Original_title
    """,
    "tags": """
        标签 關鍵詞 关键词 关键字 關鍵字 文章关键词 本文标签 标签词 话题 タグ キーワード Tags
        Keywords Filed_under 相关标签 主题词 所属话题 文章话题 標籤 話題 主題
        Tag Topics Topic Keyword
    """,
    "summary": """
        摘要 文章摘要 内容摘要 核心提示 内容提要 导读 導讀 导语 Summary Abstract 提要 內容提要
        导言 按语 摘錄 一句话总结 Lead Standfirst
    """,
    "fetched": """
        抓取时间 采集时间 爬取时间 保存时间 收录时间 Fetched Retrieved 爬取日期 抓取日期 采集日期
        存档时间 收藏时间 快照时间 入库时间 Crawled Archived Saved
    """,
    "counter": """
        查看 围观 赞同 浏览 浏览量 阅读 阅读量 阅读数 点击 点击量 点击数 评论 评论数 点赞 点赞数
        收藏数 访问量
        人气 字数 阅读时间 浏览次数 阅读次数 全文字数 转发 字体 字号 预计阅读时间 预计阅读
        预计阅读时长 阅读时长 Views Comments 浏览数 热度 转发数 分享数 收藏 收藏量 在看 在看数
        播放 播放量 参与 跟贴 回复 回复数 字数统计 本文字数 人气值 瀏覽 瀏覽數 點閱 Shares Likes
    """,
    "cover": """
        封面 封面来源 封面图 题图 头图 头图来源 封面图来源 图片 配图 设计 运营 制图 制作 版式 视觉
        封面设计 图 圖 攝影 摄 出品 出品人 策划 视频 音频 摄影 插画
    """,
    "category": """
        索引号 文号 发文字号 主题分类 公文种类 信息分类 有效性 体裁 分类 频道 栏目 类别 专栏
        版面 Category Section
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
    来源于 标签 关键词 关键字 Tags 原标题 原题 初审 复审 终审 编校 記者 撰稿 供稿 译者 编译 翻译
    Written_by Words_by Story_by Reported_by
"""
SPACED = frozenset(fold_han(word.replace("_", " ").lower()) for word in SPACED_WORDS.split())
"""Labels that a space alone may part from their value."""
DOTTED = frozenset(map(fold_han, ("文", "取材", "執筆", "写真", "記者", "取材/文")))
"""Labels that Japanese pages part from a name by a middle dot or an equals sign."""
HEAD_ONLY = frozenset(
    {"date", "updated", "counter", "category", "title", "cover", "fetched", "body"}
)
"""Labels that also stand inside articles (an event's 时间, a menu's 内容)."""

CATEGORY_NAMES = (
    "科技 财经 体育 娱乐 社会 汽车 教育 健康 国际 国内 时政 军事 文化 历史 旅游 房产 游戏 "
    "数码 生活 新闻 要闻 "
    "互联网 商业 经济 民生 时尚 美食 母婴 法治 热点 观点 评论 深度"
)
CATEGORIES = frozenset(CATEGORY_NAMES.split())


def field_of(label: str) -> str:
    """Return the field that a label states, or an empty string; inner spaces do not count."""
    return _fields().get(re.sub(r"(?<=[^a-z]) | (?=[^a-z])", "", plain(label)), "")


def plain(text: str) -> str:
    """Return a text of the same length as labels are looked for: folded, small, simplified."""
    return fold_han(small(text))


@cache
def label_pattern() -> re.Pattern[str]:
    """Return the pattern of a label and its mark, in :func:`plain` text; longer ones first."""
    words = sorted(_fields(), key=lambda word: (-len(word), word))
    forms = "|".join(
        re.escape(word) if word.isascii() else r"[ ]?".join(map(re.escape, word)) for word in words
    )
    first = re.escape("".join(sorted({word[0] for word in words} | set("文本原稿新作帖热"))))
    return re.compile(
        rf"(?=[{first}])(?:文章|本文|原文|稿件|新闻|作品|帖子|热门)??(?P<label>{forms})(?:[、&+](?:{forms}))*"
        r" ?(?P<mark>[:|/]+|[·=]|[ ]) ?"
    )


@cache
def _fields() -> dict[str, str]:
    return {
        fold_han(label.replace("_", " ").lower()): field
        for field, labels in LABELS.items()
        for label in labels.split()
    }
