"""Titles: the line that is one, without the names of channels and sites that pages append."""

from __future__ import annotations

import re

from wenzhai.importers.lines import bare, display_width, fold
from wenzhai.importers.names import is_outlet

MARKER = re.compile(
    r"\s*(?:[(]\d{1,2}/\d{1,2} ?(?:ページ|页|頁)?[)]|[\[(](?:图|组图|附图|视频|附表|图文|多图|"
    r"PR)[\])])$"
)
SITE_PART = re.compile(
    r".*(?:网|報|报|社|新闻|周刊|频道|客户端|在线|公众号|财经|科技|汽车|资讯|博客|论坛|门户|"
    r"杂志|专栏|首页|"
    r"新聞|新聞網|新聞雲|日報|電子報|週刊|雜誌|影音|デジタル|電子版|ニュース|Watch|オンライン|"
    r"新報|通信|"
    r"知乎|搜狐|网易|新浪|腾讯|凤凰|澎湃|豆瓣|简书|虎嗅|雪球|微博|哔哩哔哩|bilibili|掘金|少数派|"
    r"百度|头条|"
    r"Medium|Substack|Wire|Herald|Gazette|Tribune|Chronicle|Observer|Dispatch|Press|Standard|"
    r"Review|"
    r"Digest|Weekly|News|Blog|Times|Post|Daily|Magazine|Journal|\.com|\.cn|\.net)$",
    re.IGNORECASE,
)
LONGEST_TITLE = 150
"""Columns."""
SHORTEST_REPEAT = 6
SHORTEST_TITLE = 4
LONGEST_SITE = 24
LONGEST_CHANNEL = 10
CLEAR_GAP = re.compile(r"_+|-{2,}| [-–—|·] |\|")
FRONT_GAP = re.compile(r" ?[-_|–—:] ?")
WEAK_GAP = re.compile(r" ?[-:] ?(?=[^-:]*$)")
"""What may stand inside a title as well; a name behind it has to be proved."""


def clean_title(text: str, known: frozenset[str], sources: frozenset[str]) -> int:
    """Return where a title ends and appended channel and site names or page marks begin.

    ``known`` are the other lines of the page, folded by :func:`wenzhai.importers.lines.bare`:
    a title that stands there without its suffix proves the suffix. ``sources`` are publications
    that the page names.
    """
    folded = fold(text)
    end = len(text)
    if marker := MARKER.search(folded[:end]):
        end = marker.start()
    while cut := _site_suffix(text[:end], folded[:end], known, sources):
        end = cut
    if end < len(text):
        end = _without_keywords(folded[:end])
    return len(text[:end].rstrip())


def title_start(text: str, sources: frozenset[str]) -> int:
    """Return where a title begins behind the name of its publication, or 0 where none stands.

    ``sources`` are publications that the page names.
    """
    gap = FRONT_GAP.search(fold(text))
    if not gap or text[: gap.start()] not in sources or len(text) - gap.end() < SHORTEST_TITLE:
        return 0
    return gap.end()


def is_repeated(text: str, title: str) -> bool:
    """Tell whether a line says the title again, maybe without its site; ``title`` is bare."""
    line = bare(text)
    if line == title:
        return True
    return len(line) >= SHORTEST_REPEAT and title.startswith(line) and title[len(line)] in "_|-–—·"


def _without_keywords(folded: str) -> int:
    """Return where short words parted by bars begin that stood before a site's name."""
    found = re.search(r"(?<=[^|]{8})(?:\|[^|\s]{1,8}){1,4}$", folded)
    return found.start() if found else len(folded)


def may_be_title(text: str) -> bool:
    """Tell whether a first line has the form of a title."""
    width = display_width(text)
    if width > LONGEST_TITLE or re.search(r"[。；;，,：]$", text):
        return False
    return "。" not in text[:-1] and bool(re.search(r"\w", text))


def _site_suffix(text: str, folded: str, known: frozenset[str], sources: frozenset[str]) -> int:
    """Return where the last site or channel name of a title begins, with its gap, or 0.

    A name is proved by the page itself: its title stands elsewhere without it, or the page names
    such a source. Behind a clear gap the name of a site may speak for itself.
    """
    gaps = list(CLEAR_GAP.finditer(folded)) or list(WEAK_GAP.finditer(folded))
    if not gaps or gaps[-1].start() < SHORTEST_TITLE:
        return 0
    cut, tail = gaps[-1].start(), folded[gaps[-1].end() :].strip()
    if not 0 < len(tail) <= LONGEST_SITE:
        return 0
    if bare(text[:cut]) in known or any(bare(source) in bare(tail) for source in sources):
        return cut
    if not CLEAR_GAP.match(folded, cut):
        return cut if is_outlet(tail) else 0
    channel = folded[cut] == "_" and len(tail) <= LONGEST_CHANNEL  # 汽车_蓝鹭网
    return cut if channel or SITE_PART.match(tail) else 0
