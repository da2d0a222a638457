"""Names without a label: of persons and publications, on lines of their own above the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wenzhai.importers.credit import Credit, Credits
from wenzhai.importers.credits import read_credits
from wenzhai.importers.lines import Line, display_width, fold
from wenzhai.importers.loose_credits import LATIN_NAME
from wenzhai.importers.names import is_outlet, is_person
from wenzhai.importers.noise import boilerplate
from wenzhai.importers.title import may_be_title

MOST_NAMES = 4
LONGEST_PERSON = 3
"""Han characters; what is longer above a date is rather an account."""
WIDEST_NAME = 20
WIDEST_LATIN = 30
"""Columns."""
_WORD = r"[^\W\d](?:[^\W\d]|[・·&'’+-](?=\w)){0,9}"
NAME = re.compile(rf"(?=..){_WORD}(?: {_WORD}){{0,2}}")
SPACED_NAME = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000][\u4e00-\u9fffぁ-ん]{1,4}")
"""``笹原 実``: a person's name as Japanese pages print it."""
KANA = re.compile(r"[ぁ-んァ-ヶ]")
FOLLOW = re.compile(
    r"\+? ?(?:已?关注|關注|追蹤|訂閱|订阅|フォロー(?:する)?|follow)(?P<person>他|她|ta)?",
    re.IGNORECASE,
)
BESIDE_OUTLET = re.compile(
    rf"(?P<name>{LATIN_NAME.pattern}), (?P<outlet>[A-Z][\w.'’& -]{{2,30}})", re.ASCII
)
"""``Carla Dunn, Prairie Wire``"""


@dataclass(frozen=True, slots=True)
class Around:
    """The line before a line, and up to three after it."""

    above: Sequence[Line]
    below: Sequence[Line]


def bare_names(line: Line, zone: str, around: Around, *, dated: bool) -> Credits | None:
    """Read names of persons and publications on a line of their own, next to other credits.

    ``zone`` is the IANA zone of times; ``dated`` tells whether a date stood before the line.
    """
    if (found := BESIDE_OUTLET.fullmatch(line.text)) and not dated:
        pair = (("author", found["name"]), ("source", found["outlet"]))
        return Credits(tuple(Credit(f, (n,), n, labelled=False) for f, n in pair), len(line.text))
    credits_ = _named(line.text)
    beside = (*around.above, *around.below[:1])
    if not credits_:
        return _bracketed_names(line.text) if dated else _above_date(line, zone, around)
    if is_person(line.text) and around.above and may_be_title(around.above[0].text):
        return Credits(credits_, len(line.text))  # right below the title
    backed = dated or len(credits_) > 1
    backed = backed or any(
        _named(one.text) or read_credits(one.text, zone, "head") for one in beside
    )
    return Credits(credits_, len(line.text)) if backed else None


def _above_date(line: Line, zone: str, around: Around) -> Credits | None:
    """A short name between title and date is that of the publication, whatever its form.

    So is a name above the button that follows it.
    """
    if not _may_be_name(line):
        return None
    below = around.below
    spaced = SPACED_NAME.fullmatch(line.text) and any(map(_is_japanese, around.above))
    beside_account = any(
        _may_be_name(one) and len(one.text) > LONGEST_PERSON for one in around.above
    ) and not (below and _may_be_name(below[0]))
    person = beside_account and len(line.text) <= LONGEST_PERSON and not is_outlet(line.text)
    field = "author" if spaced or person else "source"
    followed = FOLLOW.fullmatch(fold(below[0].text)) if below else None
    if followed and (followed["person"] or LATIN_NAME.fullmatch(line.text)):
        field = "author"
    named = Credits((Credit(field, (line.text,), line.text, labelled=False),), len(line.text))
    if followed:
        return named
    for later in below:
        read = read_credits(later.text, zone, "head")
        if read and any(credit.field == "date" for credit in read.credits):
            return named
        if not read and not _may_be_name(later):
            return None
    return None


def _is_japanese(line: Line) -> bool:
    return bool(KANA.search(line.text))


def _may_be_name(line: Line) -> bool:
    widest = WIDEST_LATIN if line.text.isascii() else WIDEST_NAME
    short = bool(NAME.fullmatch(line.text)) and display_width(line.text) <= widest
    return short and not boilerplate(line.text)


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
            found.append(Credit("source", (word,), word, labelled=False))
        elif is_person(word):
            found.append(Credit("author", (word,), word, labelled=False))
        else:
            return ()
    return tuple(found)
