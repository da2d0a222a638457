"""Slugs: titles, tags and other names become segments of addresses.

Owns which characters an address may hold; which slug wins where two are equal is the catalog's.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from hashlib import blake2b
from typing import Literal

from wenzhai.model import Slug

TITLE_CHARACTERS = 60
TERM_BYTES = 80
SLUG_BYTES = 180
HASH_DIGITS = 6
Fault = Literal["", "empty", "character", "edge", "long", "reserved"]
"""Why a text is no slug; empty where it is one."""

HAN = r"\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
HAN_RUN = re.compile(rf"[{HAN}]+")
RUN = re.compile(rf"[{HAN}]+|[^\s{HAN}]+")
ONLY_ASCII = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
PLUSES = re.compile(r"(?<=[^\W_])\++")
SHARP = re.compile(r"(?<=[^\W_])[#♯](?!\w)")
DOT = re.compile(r"(?<![\w.])\.(?=[^\W\d_])")
APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
# Windows refuses files with these names, whatever their extension; a clone or a copy would fail.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
KEPT = frozenset("-_.")


def title_slug(title: str, language: str) -> Slug:
    """Return the slug of a title: pinyin by words, Latin kept, at most 60 characters.

    银行行长 is ``yinhang-hangzhang``; ü is written u. Han stays as it is where ``language``
    (BCP 47) is Japanese or Korean, kana and Hangul always. Never empty.
    """
    spoken = language.partition("-")[0] not in {"ja", "ko"}
    return Slug(_distinct(_limited(_words(_plain(title), spoken=spoken)), title))


@cache
def term_slug(name: str) -> Slug:
    """Return the slug of a tag: its own letters in lower case, at most 80 UTF-8 bytes.

    ``C++`` is ``c-plus-plus``, ``C#`` ``c-sharp``, ``.NET`` ``dotnet``, ``C/C++``
    ``c-c-plus-plus``. Names cut short carry a hash, so that two of them stay two. Never empty.
    """
    text = _spelt(unicodedata.normalize("NFC", name).lower())
    kept = "".join(char if _is_letter(char) or char in "_." else "-" for char in text)
    slug = re.sub(r"-*\.+-+|-+\.+|-{2,}|\.{2,}", "-", kept).strip("-_.")
    slug = unicodedata.normalize("NFC", slug)
    if len(slug.encode()) > TERM_BYTES:
        slug = f"{_cut(slug, TERM_BYTES - HASH_DIGITS - 1)}-{_hash(name)}"
    return Slug(_distinct(slug, name))


def check_slug(text: str) -> Fault:
    """Tell why a text written by hand cannot be one segment of an address, if it cannot.

    Allowed are lower-case letters of any script, digits, ``-``, ``_`` and inner dots, in NFC.
    """
    if ONLY_ASCII.fullmatch(text) and len(text) <= TITLE_CHARACTERS:
        return "reserved" if RESERVED.fullmatch(text) else ""
    if not text:
        return "empty"
    if bad_character(text):
        return "character"
    if text[0] in KEPT or text[-1] in KEPT:
        return "edge"
    if len(text.encode()) > SLUG_BYTES:
        return "long"
    return "reserved" if RESERVED.fullmatch(text) else ""


def bad_character(text: str) -> str:
    """Return the first character that a slug cannot hold (``..`` counts as one), or nothing."""
    if ".." in text:
        return ".."
    for char in text:
        wrong = char not in KEPT and not _is_letter(char)
        if wrong or char != char.lower():
            return char
    # What is left is a letter and a mark that NFC writes as one character.
    return "" if unicodedata.is_normalized("NFC", text) else "NFD"


def mended_slug(text: str) -> Slug:
    """Return the slug nearest to a text that :func:`check_slug` refused."""
    return term_slug(text)


def _words(text: str, *, spoken: bool) -> list[str]:
    """Cut a text into the words of a slug."""
    words: list[str] = []
    for token in RUN.findall("".join(char if _is_letter(char) else " " for char in text)):
        words += _pinyin(token) if spoken and HAN_RUN.match(token) else [token]
    return words


def _pinyin(han: str) -> list[str]:
    """Read a run of Han characters word by word; an unknown character stays itself."""
    # Both packages load their dictionaries on import (180 ms); most builds need neither.
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # see above
    from rjieba import cut, cut_for_search  # noqa: PLC0415  # see above

    words = []
    for word in cut(han):
        # One reading a character, made for the whole word: 长 in 行长 is not 长 in 长度.
        read = lazy_pinyin(word, v_to_u=True, errors=_each)  # type: ignore[arg-type]  # lists are allowed
        start = 0
        for part in _parts(word, cut_for_search(word)):
            syllables = "".join(read[start : start + len(part)])
            words.append(_plain(syllables.replace("ü", "u")))
            start += len(part)
    return words


def _each(unknown: str) -> list[str]:
    return list(unknown)


def _parts(word: str, inner: list[str]) -> list[str]:
    """Split a compound where shorter words make it up without a rest (银行行长: 银行, 行长)."""
    parts: list[str] = []
    start = 0
    while start < len(word):
        fits = [part for part in inner if part != word and word.startswith(part, start)]
        if not fits:
            return [word]
        parts.append(max(fits, key=len))
        start += len(parts[-1])
    return parts


def _plain(text: str) -> str:
    """Fold widths, case and accents of Latin letters; other scripts keep their marks."""
    text = _spelt(unicodedata.normalize("NFKC", text).lower())
    if not text.isascii():
        text = re.sub(r"(?<=[a-z])[\u0300-\u036f]+", "", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", text)
    return APOSTROPHE.sub("", text)


def _spelt(text: str) -> str:
    """Spell the signs that tell names apart: C, C++ and C#; NET and .NET; R D and R&D."""
    text = PLUSES.sub(lambda found: "-plus" * len(found[0]) + "-", text)
    text = DOT.sub("dot", SHARP.sub("-sharp", text))
    return text.replace("&", " and ")


def _limited(words: list[str]) -> str:
    """Join words up to the limit; only a first word that is too long is cut."""
    slug = "".join(words[:1])[:TITLE_CHARACTERS]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > TITLE_CHARACTERS:
            break
        slug = f"{slug}-{word}"
    return _cut(slug, SLUG_BYTES)


def _distinct(slug: str, name: str) -> str:
    """Mend what is left over: no slug at all, or a name that Windows reserves."""
    if not slug or RESERVED.fullmatch(slug):
        return f"{slug.replace('.', '-') or 'x'}-{_hash(name)}"
    return slug


def _hash(name: str) -> str:
    normal = unicodedata.normalize("NFC", name)
    return blake2b(normal.encode("utf-8", "replace"), digest_size=8).hexdigest()[:HASH_DIGITS]


def _cut(text: str, limit: int) -> str:
    """Cut to a number of UTF-8 bytes, never inside a character or before a combining mark."""
    cut = text.encode()[:limit].decode(errors="ignore")
    while cut and len(cut) < len(text) and unicodedata.combining(text[len(cut)]):
        cut = cut[:-1]
    return cut.rstrip("-_.")


def _is_letter(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"
