"""Which lines of a text are credits: by label, by place, by what stands beside them."""

from __future__ import annotations

import re
from dataclasses import replace

from wenzhai.importers.bare_names import Around, bare_names
from wenzhai.importers.credit import Credit, Credits, Place
from wenzhai.importers.credits import read_credits
from wenzhai.importers.lines import Line, fold
from wenzhai.importers.names import is_person
from wenzhai.regions import parse_region

SAFE_BETWEEN_TEXT = frozenset({"url", "region", "editor", "original_title", "tags"})
SAFE_BETWEEN_TITLES = SAFE_BETWEEN_TEXT | {"author", "source"}
HASHTAGS = re.compile(r"(?:[#＃][^#＃\s]{1,24}[#＃]?[\s,，]*)+")
PICTURE = re.compile(r"(?:题图|頭圖|头图|首图|封面图?|配图|图|圖)(?:来源|來源)? ?[:|/]")
SIGNED = re.compile(r"\((?P<name>[\u4e00-\u9fff]{2,3})\)")
"""``（盛夏）`` below the text: who wrote it."""
LATIN_DESK = re.compile(
    r"(?:[A-Z]\w+ ){1,2}(?:reporter|correspondent|editor|writer|columnist)(?:,? (?:in|at|for|"
    r", ).{2,30})?"
)
"""``Environment reporter, in Lower Marsh``: what an author is, on a line of its own."""
NATURE = re.compile(r"[\[(【]?(?P<word>转载|编译|翻译)[\])】]?")


def article_credits(  # a line, and all that says what may stand there
    line: Line, zone: str, place: Place, around: Around, *, dated: bool, placed: bool
) -> Credits | None:
    """Read a line before, between or after the text, as strictly as its place demands.

    ``dated`` tells whether a date stood before it, ``placed`` whether a bare place may be the
    author's.
    """
    if HASHTAGS.fullmatch(line.text) and (place != "body" or len(line.text.split()) > 1):
        return _hashtags(line.text)
    if place == "head" and (whole := _head_word(line.text, placed=placed)):
        return whole
    if place == "body":
        return safe_credits(line, zone, SAFE_BETWEEN_TEXT) or _empty_label(line, zone)
    if place == "tail" and (signed := SIGNED.fullmatch(fold(line.text))):
        name = signed["name"]
        named = (Credit("author", (name,), name, labelled=False),) if is_person(name) else ()
        return Credits(named, len(line.text)) if named else None
    read = read_credits(line.text, zone, place) or _bare_url(line, zone)
    if read and not read.credits and PICTURE.match(fold(line.text)):
        return None  # the credit of a picture is its caption
    return read or (bare_names(line, zone, around, dated=dated) if place == "head" else None)


def _head_word(text: str, *, placed: bool) -> Credits | None:
    """Read a line of the head that is one word: what kind of text it is, or the author's place."""
    if nature := NATURE.fullmatch(fold(text)):
        kind = "reprint" if nature["word"] == "转载" else "translation"
        return Credits((Credit("kind", (kind,), text),), len(text))
    if LATIN_DESK.fullmatch(text):
        return Credits((), len(text))
    region = parse_region(text) if placed else None
    return Credits((Credit("region", (region.name,), text),), len(text)) if region else None


def _hashtags(text: str) -> Credits:
    tags = tuple(dict.fromkeys(re.findall(r"[^#＃\s,，]+", text)))
    return Credits((Credit("tags", tags, text),), len(text))


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
