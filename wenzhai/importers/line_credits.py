"""Which lines of a text are credits: by label, by place, by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wenzhai.importers.credit import Credit, Credits, Place
from wenzhai.importers.credits import read_credits
from wenzhai.importers.lines import Line, display_width, fold
from wenzhai.importers.names import is_outlet, is_person
from wenzhai.importers.title import may_be_title
from wenzhai.regions import parse_region

SAFE_BETWEEN_TEXT = frozenset({"url", "region", "editor", "original_title", "tags"})
SAFE_BETWEEN_TITLES = SAFE_BETWEEN_TEXT | {"author", "source"}
HASHTAGS = re.compile(r"(?:[#＃][^#＃\s]{1,24}[#＃]?[\s,，]*)+")
PICTURE = re.compile(r"(?:题图|頭圖|头图|首图|封面图?|配图|图|圖)(?:来源|來源)? ?[:|/]")
NATURE = re.compile(r"[\[(【]?(?P<word>转载|编译|翻译)[\])】]?")
MOST_NAMES = 4
WIDEST_NAME = 20
WIDEST_LATIN = 30
"""Columns."""
_WORD = r"[^\W\d](?:[^\W\d]|[・·&'’+-](?=\w)){0,9}"
NAME = re.compile(rf"(?=..){_WORD}(?: {_WORD}){{0,2}}")
SPACED_NAME = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000][\u4e00-\u9fffぁ-ん]{1,4}")
"""``笹原 実``: a person's name as Japanese pages print it."""
FOLLOW = re.compile(r"\+? ?(?:已?关注|關注|追蹤|訂閱|订阅|フォロー(?:する)?|follow)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """The line before a line, and up to three after it."""

    above: Sequence[Line]
    below: Sequence[Line]


def article_credits(  # a line, and all that says what may stand there
    line: Line, zone: str, place: Place, around: Around, *, dated: bool, placed: bool
) -> Credits | None:
    """Read a line before, between or after the text, as strictly as its place demands.

    ``dated`` tells whether a date stood before it, ``placed`` whether a bare place may be the
    author's.
    """
    if HASHTAGS.fullmatch(line.text) and (place != "body" or len(line.text.split()) > 1):
        return _hashtags(line.text)
    if place == "head" and (nature := NATURE.fullmatch(fold(line.text))):
        kind = "reprint" if nature["word"] == "转载" else "translation"
        return Credits((Credit("kind", (kind,), line.text),), len(line.text))
    if place == "head" and placed and (region := parse_region(line.text)):
        return Credits((Credit("region", (region.name,), line.text),), len(line.text))
    if place == "body":
        return safe_credits(line, zone, SAFE_BETWEEN_TEXT) or _empty_label(line, zone)
    read = read_credits(line.text, zone, place) or _bare_url(line, zone)
    if read and not read.credits and PICTURE.match(fold(line.text)):
        return None  # the credit of a picture is its caption
    return read or (_bare_names(line, zone, around, dated=dated) if place == "head" else None)


def _hashtags(text: str) -> Credits:
    tags = tuple(dict.fromkeys(re.findall(r"[^#＃\s,，]+", text)))
    return Credits((Credit("tags", tags, text),), len(text))


def _bare_names(line: Line, zone: str, around: Around, *, dated: bool) -> Credits | None:
    """Names of persons and publications on a line of their own, next to other credits."""
    credits_ = _named(line.text)
    beside = (*around.above, *around.below[:1])
    if not credits_:
        return _bracketed_names(line.text) if dated else _above_date(line, zone, around.below)
    if is_person(line.text) and around.above and may_be_title(around.above[0].text):
        return Credits(credits_, len(line.text))  # right below the title
    backed = dated or len(credits_) > 1
    backed = backed or any(
        _named(one.text) or read_credits(one.text, zone, "head") for one in beside
    )
    return Credits(credits_, len(line.text)) if backed else None


def _above_date(line: Line, zone: str, below: Sequence[Line]) -> Credits | None:
    """A short name between title and date is that of the publication, whatever its form.

    So is a name above the button that follows it.
    """
    if not _may_be_name(line):
        return None
    field = "author" if SPACED_NAME.fullmatch(line.text) else "source"
    named = Credits((Credit(field, (line.text,), line.text),), len(line.text))
    if below and FOLLOW.fullmatch(fold(below[0].text)):
        return named
    for later in below:
        read = read_credits(later.text, zone, "head")
        if read and any(credit.field == "date" for credit in read.credits):
            return named
        if not read and not _may_be_name(later):
            return None
    return None


def _may_be_name(line: Line) -> bool:
    return bool(NAME.fullmatch(line.text)) and display_width(line.text) <= (
        WIDEST_LATIN if line.text.isascii() else WIDEST_NAME
    )


def _bracketed_names(text: str) -> Credits | None:
    """``[木下航，森本さくら，まちテク]`` below a date: the writers, then who published them."""
    found = re.fullmatch(r"[\[［【]([^\[\]［］【】]{2,60})[\]］】]", text)
    names = [name for name in re.split(r"[,，、/]\s*", found[1]) if name] if found else []
    if not 1 < len(names) <= MOST_NAMES or any(not NAME.fullmatch(name) for name in names):
        return None
    authors = tuple(names[:-1])
    credits_ = (
        Credit("author", authors, "、".join(authors)),
        Credit("source", (names[-1],), names[-1]),
    )
    return Credits(credits_, len(text))


def _named(text: str) -> tuple[Credit, ...]:
    """Read a text that consists of such names alone; else return nothing."""
    words = [word for word in re.split(r"[\s|·｜丨/]+", text) if word]
    if not 0 < len(words) <= MOST_NAMES:
        return ()
    found = []
    for word in words:
        if is_outlet(word):
            found.append(Credit("source", (word,), word))
        elif is_person(word):
            found.append(Credit("author", (word,), word))
        else:
            return ()
    return tuple(found)


def _empty_label(line: Line, zone: str) -> Credits | None:
    """``责任编辑：`` without a name says nothing and is no text either."""
    read = read_credits(line.text, zone, "tail")
    return read if read and not read.credits and line.text[-1] in ":：" else None


def _bare_url(line: Line, zone: str) -> Credits | None:
    if re.fullmatch(r"https?://\S+", line.text):
        return read_credits(f"URL:{line.text}", zone, "head") and replace(
            read_credits(f"URL:{line.text}", zone, "head") or Credits((), 0), rest=len(line.text)
        )
    return None


def safe_credits(line: Line, zone: str, fields: frozenset[str]) -> Credits | None:
    """Read a line as credits where only unmistakable labels count."""
    if "tags" in fields and HASHTAGS.fullmatch(line.text) and len(line.text.split()) > 1:
        return _hashtags(line.text)
    read = read_credits(line.text, zone, "body")
    if read is None:
        return None
    named = {credit.field for credit in read.credits}
    return read if named and named <= fields else None
