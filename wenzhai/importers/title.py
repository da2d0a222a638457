"""Titles: the line that is one, without the names of channels and sites that pages append."""

from __future__ import annotations

import re

from wenzhai.importers.lines import bare, display_width, fold

MARKER = re.compile(
    r"\s*(?:[(]\d{1,2}/\d{1,2} ?(?:ページ|页|頁)?[)]|[\[(](?:图|组图|附图|视频|附表|图文|多图|"
    r"PR)[\])])$"
)
SITE_PART = re.compile(
    r".*(?:网|報|报|社|新闻|周刊|频道|客户端|在线|公众号|财经|科技|汽车|资讯|博客|论坛|门户|杂志|专栏|首页|"
    r"ニュース|News|Blog|Times|Post|Daily|Magazine|Journal|\.com|\.cn|\.net)$",
    re.IGNORECASE,
)
LONGEST_TITLE = 150
"""Columns."""
SHORTEST_REPEAT = 6


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
    found = re.search(
        r"^(?P<title>.{3,}?\S)(?P<gap>_+| [-–—|·] |[|]| ?- ?(?=[^-]*$))(?P<part>[^_|]{1,24})$",
        folded,
    )
    if not found:
        return 0
    parts = list(re.finditer(r"_+| [-–—|·] |\|", folded))
    cut = parts[-1].start() if parts else found.end("title")
    tail = folded[parts[-1].end() :] if parts else found["part"]
    if len(tail) > 24 or cut < 4:  # noqa: PLR2004  # a suffix is a name, a title is more
        return 0
    proved = bare(text[:cut]) in known or any(bare(source) in bare(tail) for source in sources)
    channel = "_" in folded[cut : cut + 1] and len(tail) <= 10  # noqa: PLR2004  # 汽车_蓝鹭网
    return cut if proved or channel or (parts and SITE_PART.match(tail.strip())) else 0
