"""Tag proposals: the site's own tags first, then names and terms of its title.

Proposals are deterministic and marked as such in the record; where a source states tags, there
are none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import log

MOST = 5
FEWEST = 3
"""Times that a term must stand in title and text; less may be in passing."""
A_LONG_READ = 1500
"""Characters after which a tag has to stand once more in a text: long ones mention much."""
COMPOUND = 3
"""Han characters of the shortest new tag: words of two are rarely a subject."""
FUNCTION_CHARACTERS = "的了在是和与对把被将也都就不从以为这那一个中有到很又还其之而或及向让给用每各"
NOUNS = frozenset({"n", "nz", "nt", "vn", "l", "i", "j"})
"""Kinds of words that can be tags; persons and places are not among them."""
LATIN = re.compile(r"[A-Z][A-Za-z0-9+#.-]*[A-Za-z0-9+#](?: [A-Z0-9][A-Za-z0-9.]*)?")
STOP_WORDS = (
    "问题 时候 时间 公司 方式 情况 方面 过程 结果 内容 目标 需求 工作 发展 研究 技术 产品 "
    "用户 市场 企业 行业 数据 "
    "表示 认为 可能 机构 人员 关系 记者 原因 领域 能力 规模 全球 世界 国家 地方 东西 事情 "
    "朋友 孩子 生活 机会 部分 "
    "报道 采访 文章 作者 编辑 图片 来源 年轻人 消费者 负责人 意义 影响 信息 服务 项目 活动 "
    "阶段 水平 价格 成本 收入 "
    "人们 大家 自己 有人 别人 同时 之间 今天 今年 去年 明年 未来 目前 现在 这种 一种 这里 "
    "那里 时代 趋势 "
    "The This That And But For With From When What It In On At He She They We You As If An"
)
STOP = frozenset(STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class TagStatistics:
    """The tags of a site: how many articles there are and how many carry each tag."""

    articles: int = 0
    counts: tuple[tuple[str, int], ...] = ()


def propose_tags(title: str, text: str, site: TagStatistics) -> tuple[str, ...]:
    """Propose at most five tags: existing ones that the text is about, then its own terms.

    An existing tag counts if it stands in the title or three times in the text, the rarer on the
    site the more. A new term must be a Latin name or a compound of the title that comes back.
    """
    own = _existing(title, text, site)
    taken = {tag.casefold() for tag in own}
    fresh = [term for term in _terms(title, text) if term.casefold() not in taken]
    return tuple([*own, *fresh][:MOST])


def _existing(title: str, text: str, site: TagStatistics) -> list[str]:
    folded_title, folded = title.casefold(), text.casefold()
    scored = []
    fewest = FEWEST + len(text) // A_LONG_READ
    for tag, count in site.counts:
        times = _occurrences(tag.casefold(), folded)
        titled = _occurrences(tag.casefold(), folded_title) > 0
        if titled or times >= fewest:
            rarity = log(1 + (site.articles or 1) / count)
            scored.append((-(times + 5 * titled) * rarity, tag))
    return [tag for _, tag in sorted(scored)]


def _occurrences(tag: str, text: str) -> int:
    """Count a tag; Latin ones only as whole words."""
    if tag not in text:
        return 0
    if tag.isascii():
        return len(re.findall(rf"(?<![a-z0-9]){re.escape(tag)}(?![a-z0-9])", text))
    return text.count(tag)


def _terms(title: str, text: str) -> list[str]:
    """Find names and compounds that title and text are about; common nouns say too little."""
    titled = Counter(_words(title))
    if not titled:
        return []
    counts = {word: text.count(word) + times for word, times in titled.items()}
    scored = [(-counts[word], word) for word in titled if counts[word] >= FEWEST]
    picked: list[str] = []
    for _, part in sorted(scored):
        word = part if part.isascii() else _whole(part, text)
        known = any(word in other or other in word for other in picked)
        if not known and (word.isascii() or len(word) >= COMPOUND):
            picked.append(word)
    return picked


def _whole(word: str, text: str) -> str:
    """Return the longer term that a noun nearly always ends: 大模型 for 模型."""
    before = Counter(_characters_before(word, text))
    char, times = min(before.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    tied = times * 5 >= text.count(word) * 3 and times >= 3  # noqa: PLR2004  # less may be chance
    return char + word if tied and char not in FUNCTION_CHARACTERS else word


def _characters_before(word: str, text: str) -> Iterator[str]:
    at = text.find(word)
    while at >= 0:
        if at and "\u3400" <= text[at - 1] <= "\u9fff":
            yield text[at - 1]
        at = text.find(word, at + len(word))


def _words(text: str) -> list[str]:
    """Return Latin names and Chinese nouns; Latin ones are taken out before segmenting."""
    import rjieba  # noqa: PLC0415  # 80 ms that only a conversion should pay

    names = [name.removesuffix(".") for name in LATIN.findall(text)]
    tagged = rjieba.tag(LATIN.sub(" ", text))
    nouns = [
        word
        for word, flag in tagged
        if flag in NOUNS and len(word) > 1 and re.fullmatch(r"[\u3400-\u9fff]+", word)
    ]
    return [word for word in (*names, *nouns) if word not in STOP]
