"""Which language a text is in, told by its scripts: only where there is no doubt."""

from __future__ import annotations

import re

SAMPLE = 1500
# First bytes in UTF-8: E4 to E9 are Han (U+4000 to U+9FFF), EA to ED mostly Hangul.
HAN_LEADS = bytes(range(0xE4, 0xEA))
HANGUL_LEADS = bytes(range(0xEA, 0xEE))
KANA = (b"\xe3\x81", b"\xe3\x82", b"\xe3\x83")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
ENGLISH = frozenset(
    ("the", "of", "and", "to", "in", "is", "that", "for", "with", "as", "it", "on", "are", "was")
)
FEWEST = 20


def language_of(text: str, default: str) -> str:
    """Return the language (BCP 47) of a text, ``default`` where its scripts fit or prove nothing.

    Chinese, Japanese and Korean are told by script, English by its commonest words. A site in
    ``zh-Hant`` keeps that tag for its Chinese texts.
    """
    found = _by_script(text[:SAMPLE])
    return default if found in {"", default.partition("-")[0].lower()} else found


def _by_script(text: str) -> str:
    coded = text.encode("utf-8", "replace")
    han = len(coded) - len(coded.translate(None, HAN_LEADS))
    hangul = len(coded) - len(coded.translate(None, HANGUL_LEADS))
    kana = sum(map(coded.count, KANA))
    words = LATIN.findall(text) if han + hangul + kana < len(text) // 2 else []
    letters = han + kana + hangul + len(words)
    if letters < FEWEST:
        return ""
    # Chinese quotes single kana (の in brand names); Japanese prose is half kana.
    if kana * 5 > han + kana and kana * 3 > letters:
        return "ja"
    if hangul * 2 > letters:
        return "ko"
    if han * 2 > letters:
        return "zh"
    return "en" if len(words) * 20 > letters * 19 and _is_english(words) else ""


def _is_english(words: list[str]) -> bool:
    """Tell whether one word in eight is among English's commonest (other languages: one in 50)."""
    return sum(word.lower() in ENGLISH for word in words) * 8 > len(words)
