"""Where the name of a caption's source ends, and the text glued to it begins.

Evidence from the text itself decides; without evidence nothing is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

SENTENCE_STOP = re.compile(r"[。！？!?…]+[”’」』）)]*")
LATIN_SOURCE = re.compile(r"@?[A-Za-z][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,5}", re.ASCII)
HAN_SOURCE = re.compile(r"[\w·@]{2,24}")
BEHIND_SOURCE = re.compile(r" ?\([^()]{1,20}\)")
OPENERS = (
    "换言之 总而言之 总的来说 总得来说 简而言之 也就是说 换句话说 换个角度 不过 但是 但 然而 "
    "可是 而 因此 所以 于是 "
    "因为 由于 如果 假如 虽然 尽管 即便 即使 当 在 对 对于 从 随着 根据 据 按照 为了 为此 "
    "至于 关于 考虑 "
    "这 那 他 她 它 我 我们 他们 你 其 其中 此外 另外 同时 与此同时 当然 事实上 实际上 显然 "
    "值得 不仅 不只 不管 "
    "无论 不论 更 更何况 尤其 特别 比如 例如 就 就在 今年 去年 前年 昨天 今天 明年 目前 如今 "
    "现在 近年 最近 近日 "
    "此前 此后 随后 后来 最终 最后 首先 其次 再次 第一 第二 第三 一年 一方面 另一 有人 有的 "
    "没有 很多 许多 "
    "每 每天 每年 整个 到 直到 自从 早在 时至 时移 除了 作为 想要 要 可以 或许 也许 可能 "
    "还有 还 也 又 再 并 并且 而且 而是 只是 只有 只要 按理 毕竟 究竟 其实 原来 果然 终于 "
    "当年 那时 那年 其他 其它 其余"
)
INNER = "当在对从据其更就每到要还也又再并而因"
"""Openers that stand inside a sentence as often (讲对半查找): alone they prove nothing."""
SOURCE_ENDS = (
    "供图 摄 摄制 拍摄 制图 截图 视频截图 官网 官方 官微 微博 日报 晚报 早报 周刊 新闻 "
    "新闻网 新闻社 通讯社 "
    "摄制组 报道团 现场摄制 工作室 集团 公司 科技 能源 汽车 影业 视觉中国 网络 中国 图库 "
    "公众号 财经 传媒 出版社 "
    "大学 研究院 杂志 社 网 报 提供 资料图 数码 智能 电子 通信 机器人 航天 实验室 传媒 股份 "
    "银行 证券 基金会 委员会 "
    "电视台 博物馆 图书馆 医院 官方账号 发布会 直播 财报 招股书 研报"
)
KNOWN_SOURCES = (
    "视觉中国 受访者供图 受访者 受访者提供 英伟达 网络 微博 官网 新华社 中新社 路透社 法新社 "
    "美联社 东方IC 摄图网 "
    "图虫创意 图虫 全景视觉 壹图网 百度 抖音 小红书 微信 豆瓣 知乎 央视新闻 央视 人民视觉 "
    "华为 小米 苹果 谷歌 微软 "
    "36氪 IT之家 IT桔子 虎嗅 钛媒体 澎湃新闻 界面新闻 第一财经 "
    "腾讯 阿里巴巴 特斯拉 比亚迪 亚马逊 三星 索尼 企查查 天眼查 公司官网 品牌官网 作者拍摄 "
    "作者提供 官方"
)
PICTURE_END = re.compile(r"(?:供图|摄影?|拍摄|提供|制图|绘图|(?:视频)?截图|资料图|官网|官微|微博)$")
LONGEST_SOURCE = 14
CERTAIN = 3
MOST_EVIDENCE = 20_000
"""Characters that are searched for names: an article's worth."""


@dataclass(frozen=True)
class Evidence:
    """What the text itself says about words: how its sentences begin, and all of it.

    ``names`` are those that the source states outside the text: of its origin, its people.
    """

    lines: tuple[str, ...]
    names: frozenset[str]

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first two characters of every line and sentence."""
        starts = set()
        for line in self.lines:
            at = 0
            while at < len(line):
                starts.add(line[at : at + 2])
                stop = SENTENCE_STOP.search(line, at)
                at = stop.end() if stop else len(line)
        return frozenset(starts)

    @cached_property
    def text(self) -> str:
        """The whole text, as far as names are looked for in it."""
        return "\n".join(self.lines)[:MOST_EVIDENCE]


def gather_evidence(texts: Iterable[str], names: Iterable[str] = ()) -> Evidence:
    """Gather what lines and the names stated elsewhere tell; few texts have a caption that asks."""
    return Evidence(tuple(texts), frozenset(name for name in names if len(name) > 1))


def source_end(text: str, folded: str, at: int, evidence: Evidence) -> int:
    """Return where the source name that starts at an offset ends, or 0 if nothing tells.

    ``folded`` is the text as :func:`wenzhai.importers.folding.fold` makes it.
    """
    rest = len(text) - at
    if rest <= LONGEST_SOURCE and not re.search("[。！？!?]", text[at:]):
        return len(text)
    if mixed := _mixed_name(text, at, evidence.names):
        return _after_bracket(folded, at + len(mixed))
    if latin := LATIN_SOURCE.match(folded, at):
        return _after_bracket(folded, latin.end())
    choices = [(_weight(text, at, end, evidence), -end) for end in _ends(text, at)]
    weight, end = max(choices, default=(0, 0))
    return _after_bracket(folded, -end) if weight >= CERTAIN else 0


def _mixed_name(text: str, at: int, names: frozenset[str]) -> str:
    """Return the known name that begins in Latin letters and goes on in others, or nothing."""
    known = (name for name in _words("known") | names if name[0].isascii() and not name.isascii())
    return max((name for name in known if text.startswith(name, at)), key=len, default="")


def _after_bracket(folded: str, end: int) -> int:
    bracket = BEHIND_SOURCE.match(folded, end)
    return bracket.end() if bracket else end


def _ends(text: str, at: int) -> list[int]:
    """Where a source name might end: at every character of the first run of letters."""
    run = HAN_SOURCE.match(text, at)
    stop = run.end() if run else at
    inside = range(at + 2, min(stop, at + LONGEST_SOURCE) + 1)
    return [end for end in inside if end < len(text)]


def _weight(text: str, at: int, end: int, evidence: Evidence) -> int:
    """Weigh the evidence that a source name ends here and a sentence begins."""
    name, rest = text[at:end], text[end : end + 4]
    weight = 0
    if name in _words("known"):
        weight += 3
    if name.endswith(_endings()):
        weight += 2
    if _is_stated(name, evidence.names) and not _goes_on(text, end):
        weight += 6
    longest = next((size for size in (4, 3, 2, 1) if rest[:size] in _words("openers")), 0)
    weight += min(longest, 3) + 2 if longest else 0
    weight -= longest == 1 and rest[0] in INNER
    if rest[:2] in evidence.starts and len(rest) > 1:
        weight += 2
    if len(name) > 2 and (times := evidence.text.count(name)) > 1:  # noqa: PLR2004  # two characters may be chance
        # A part of a name is as frequent as the name; the character behind it tells them apart.
        alone = evidence.text.count(name + rest[:1]) < times
        weight += (3 if times > 2 and alone else 2) if alone else 1  # noqa: PLR2004  # twice may be chance
    weight -= 2 * _goes_on(text, end)
    if rest[:1] in "，,。；、的@":
        weight -= 4
    return weight


def _is_stated(name: str, names: frozenset[str]) -> bool:
    """Tell whether a name is one the source states, alone or with what its picture is called."""
    return name in names or PICTURE_END.sub("", name) in names


def _goes_on(text: str, end: int) -> bool:
    """Tell whether a word follows that ends names: then a longer one may stand here."""
    return text.startswith(_endings(2), end)


@cache
def _endings(shortest: int = 1) -> tuple[str, ...]:
    return tuple(sorted(word for word in _words("ends") if len(word) >= shortest))


@cache
def _words(kind: str) -> frozenset[str]:
    words = {"openers": OPENERS, "ends": SOURCE_ENDS, "known": KNOWN_SOURCES}[kind]
    return frozenset(words.split())
