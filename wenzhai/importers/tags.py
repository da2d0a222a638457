"""Tag proposals: the site's own tags first, then names and terms of its title.

Proposals are deterministic and marked as such in the record; where a source states tags, there
are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log

from wenzhai.han_variants import fold_han

MOST = 5
FEWEST = 3
"""Times that a term must stand in title and text; less may be in passing."""
A_LONG_READ = 1500
"""Characters after which a tag has to stand once more in a text: long ones mention much."""
COMPOUND = 3
"""Han characters of the shortest new tag: words of two are rarely a subject."""
LONGEST = 6
FUNCTION_CHARACTERS = (
    "的了在是和与对把被将也都就不从以为这那一个中有到很又还其之而或及向让给用每各"
    "吗呢吧啊着过上下里们谁什么怎几两二三四五六七八九十百千万家张台位名只条年月日"
)
OPENING_KINDS = frozenset("nvabjlie")
"""First letters of the kinds of words that may open a term."""
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
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
    taken = {fold_han(tag).casefold() for tag in own}
    fresh = [term for term in _terms(title, text) if fold_han(term).casefold() not in taken]
    return tuple([*own, *fresh][:MOST])


def _existing(title: str, text: str, site: TagStatistics) -> list[str]:
    folded_title, folded = fold_han(title).casefold(), fold_han(text).casefold()
    scored = []
    fewest = FEWEST + len(text) // A_LONG_READ
    for tag, count in site.counts:
        word = fold_han(tag).casefold()
        times = _occurrences(word, folded)
        titled = _occurrences(word, folded_title) > 0
        if titled or times >= fewest:
            rarity = log(1 + (site.articles or 1) / count)
            scored.append((-(times + 5 * titled) * rarity, tag))
    return [tag for _, tag in sorted(scored)]


def _occurrences(tag: str, text: str) -> int:
    """Count a word; Latin ones only as whole words, in the case they are given in."""
    if tag not in text:
        return 0
    if tag.isascii():
        return len(re.findall(rf"(?<![A-Za-z0-9]){re.escape(tag)}(?![A-Za-z0-9])", text))
    return text.count(tag)


def _terms(title: str, text: str) -> list[str]:
    """Find names and compounds of the title that the text comes back to, the likeliest first."""
    names = {name.removesuffix(".") for name in LATIN.findall(title)} - STOP
    counts = {name: _occurrences(name, text) + 1 for name in names}
    counts |= {word: text.count(word) + 1 for word in _compounds(title, text)}
    found = [word for word in counts if counts[word] >= FEWEST]
    picked: list[str] = []
    for word in sorted(found, key=lambda word: (-counts[word] * len(word), word)):
        if not any(word in other or other in word for other in picked):
            picked.append(word)
    return picked


def _compounds(title: str, text: str) -> set[str]:
    """Return stretches of the title that the text uses as words, in different company.

    A dictionary does not know the compounds that articles are about (换电站, 机器狗); what stands
    on both sides of them differs, which the halves of a word do not know.
    """
    starts = _word_starts(title)
    return {
        word
        for run in HAN_RUN.finditer(title)
        for at in range(run.start(), run.end() - COMPOUND + 1)
        if at in starts
        for end in range(at + COMPOUND, min(at + LONGEST, run.end()) + 1)
        if _is_used_as_word(word := title[at:end], text)
    }


def _word_starts(title: str) -> frozenset[int]:
    """Return where the words of the title begin that may open a term."""
    import rjieba  # noqa: PLC0415  # 80 ms that only a conversion should pay

    starts, at = set(), 0
    for word, kind in rjieba.tag(title):
        if kind[:1] in OPENING_KINDS and word not in STOP:
            starts.add(at)
        at += len(word)
    return frozenset(starts)


def _is_used_as_word(word: str, text: str) -> bool:
    if word[0] in FUNCTION_CHARACTERS or word[-1] in FUNCTION_CHARACTERS:
        return False
    before, after = _company(word, text)
    return len(before) > 1 and len(after) > 1


def _company(word: str, text: str) -> tuple[set[str], set[str]]:
    """Return the characters that stand before and behind a word."""
    before, after = set(), set()
    at = text.find(word)
    while at >= 0:
        before.add(text[at - 1 : at])
        after.add(text[at + len(word) : at + len(word) + 1])
        at = text.find(word, at + len(word))
    return before, after
