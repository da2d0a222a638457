"""The title of a page, and the element in which readers see it.

A visible headline that also stands in what the page says about itself is the title; a site's name
behind it is not part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wenzhai.importers.html.kinds import classes, name_of
from wenzhai.importers.html.tree import HtmlElement
from wenzhai.importers.lines import bare
from wenzhai.importers.noise import is_section

TITLE_NAME = re.compile(
    r"(?:^|[\s_-])(?:title|headline|tit|biaoti|topic|subject|activity-name)\w*(?:$|[\s_-])|title",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s*(?:_+|\||｜|丨|\s[-–—·•»«:/]\s|(?<=\S)[-–—](?=[^-–—]{1,24}$)|--+|>>)\s*")
BADGE = re.compile(r"^(?:原创|原創|转载|独家|置顶|精华|推荐|热门|头条|视频|图集)[ :：]*")
SECTION = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:动态|资讯|公告|专题|中心|频道|栏目|园地|之窗)|(?:文章|新闻|详细)?(?:正文|内容|详情)"
)
LONGEST = 200
LONGER_THAN_A_SECTION = 10
SHORTEST = 4
INDEX = 3000


@dataclass(frozen=True, slots=True)
class Headline:
    """The title, and the element that shows it (None: it is not seen)."""

    title: str
    element: HtmlElement | None = None


def find_headline(root: HtmlElement, stated: Sequence[str]) -> Headline:
    """Find the title among what is seen; ``stated`` are the titles that the page's head states.

    Without any that is seen, the first stated one counts, its site's name cut off.
    """
    known = [bare(text) for text in stated if text]
    best: tuple[float, str, HtmlElement] | None = None
    for at, element in enumerate(_candidates(root)):
        text = " ".join(element.text_content().split())
        score = _score(element, bare(text), known) - at * 0.002
        if (
            SHORTEST <= len(bare(text)) <= LONGEST
            and score > 0
            and (best is None or score > best[0])
        ):
            best = (score, text, element)
    named = best[1] if best else next((_without_site(text, stated) for text in stated if text), "")
    if len(bare(named)) < SHORTEST:
        return _first_heading(root, ("h1", "h2"), SHORTEST + 1)
    if is_section(named) or SECTION.fullmatch(named):
        below = _first_heading(root, ("h1", "h2", "h3", "h4", "h5"), LONGER_THAN_A_SECTION)
        return below if below.element is not None else Headline(named)
    return Headline(_without_badge(named, stated), best[2] if best else None)


def _first_heading(root: HtmlElement, names: Sequence[str], shortest: int) -> Headline:
    for element in root.iter(*names):
        text = " ".join(element.text_content().split())
        if shortest <= len(bare(text)) <= LONGEST // 2:
            return Headline(text, element)
    return Headline("")


def _without_badge(shown: str, stated: Sequence[str]) -> str:
    """Cut off what a platform puts before a headline, where the page's head has it without."""
    rest = BADGE.sub("", shown)
    return rest if rest and any(bare(text) == bare(rest) for text in stated) else shown


def _candidates(root: HtmlElement) -> Iterator[HtmlElement]:
    for count, element in enumerate(root.iter()):
        name = name_of(element)
        if name in {"h1", "h2", "h3", "h4"} or (
            name in {"div", "p", "span", "strong", "td", "b", "font", "center", "section", "a"}
            and (count < INDEX)
            and len(element) <= 3  # noqa: PLR2004  # a headline holds little else
            and (
                TITLE_NAME.search(classes(element))
                or name in {"td", "font", "b", "strong", "center", "p", "div"}
            )
        ):
            yield element


def _score(element: HtmlElement, shown: str, known: Sequence[str]) -> float:
    """Rate a candidate: how much of a stated title it is, then its element."""
    if not shown:
        return 0.0
    share = max((len(shown) / len(text) for text in known if shown in text), default=0.0)
    inside = max((len(text) / len(shown) for text in known if text and text in shown), default=0.0)
    match = max(share, inside if inside > 0.7 else 0.0)  # noqa: PLR2004  # a title and a little more
    if match < 0.3 or len(shown) < SHORTEST:  # noqa: PLR2004  # a site's name, one word of it
        return 0.0
    name = name_of(element)
    place = {"h1": 0.5, "h2": 0.35, "h3": 0.2, "h4": 0.1}.get(name, 0.0)
    named = 0.15 if TITLE_NAME.search(classes(element)) else 0.0
    linked = 0.3 if name == "a" or any(True for _ in element.iter("a")) else 0.0
    return match + place + named - linked


def _without_site(text: str, stated: Sequence[str]) -> str:
    """Cut the names of site and channel off a page's title, if they stand behind it."""
    shown = " ".join(text.split())
    for other in stated:
        if other != text and SHORTEST <= len(other) < len(text) and shown.startswith(other.strip()):
            return other.strip()
    parts = list(PARTS.finditer(shown))
    if not parts:
        return shown
    first = shown[: parts[0].start()].strip()
    edges = [0, *(edge for part in parts for edge in part.span()), len(shown)]
    pieces = (shown[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    longest = max(pieces, key=len)
    if len(first) >= 0.5 * len(longest) and len(bare(first)) >= SHORTEST:
        return _joined(shown, parts)
    return longest.strip()


def _joined(shown: str, parts: Sequence[re.Match[str]]) -> str:
    """Keep a title's own dashes: cut at the first sign behind which only short names stand."""
    for part in parts:
        rest = shown[part.end() :]
        if all(len(piece) <= 16 for piece in PARTS.split(rest)):  # noqa: PLR2004  # names
            return shown[: part.start()].strip()
    return shown[: parts[-1].start()].strip()
