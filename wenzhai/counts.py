"""How long a text is: words by the reader's measure, and the minutes they take.

A Han character or kana counts one, a Latin word, number or Hangul word one each; punctuation
counts nothing. Text without spaces between words would else count as a single one.
"""

from __future__ import annotations

import re

SIGNS = b"-'.,:/@_"
"""What joins two letters to one word, as in GPT-4, 3.5 and don't."""
JOIN = "[-'’.,:/@_]+"
SYLLABIC = re.compile(
    r"[\u3005-\u3007\u3040-\u30fa\u30fc-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af]"
)
LETTER = r"[^\W_\u0080-\u00bf\u2000-\u2fff]"
WORD = re.compile(rf"{LETTER}+(?:{JOIN}{LETTER}+)*")

# In UTF-8 the first byte of a character tells its block, and counting bytes is ten times as
# fast as a regular expression: E3 to E9 are U+3000 to U+9FFF (E3 80 its punctuation).
SYLLABIC_LEADS = bytes(range(0xE3, 0xEA))
OTHER_LEADS = bytes([*range(0xC3, 0xE2), *range(0xEA, 0xEF), *range(0xF0, 0xF8)])
# Compatibility and presentation forms, wide digits and letters. The wide punctuation between them,
# such as ：；？, stands in every Chinese text and counts nothing.
OTHER_FORMS = re.compile(
    rb"\xef(?:[\xa4-\xb7\xba\xbb\xbe]|\xb9[\xb0-\xbf]|\xbf[\x80-\x9f]"
    rb"|\xbc[\x90-\x99\xa1-\xba]|\xbd[\x81-\x9a\xa6-\xbf])"
)
# Numerals among Han punctuation; apart, for a pattern is found fast by the one byte it begins with.
OTHER_NUMERALS = re.compile(rb"\xe3\x80[\xa1-\xa9\xb1-\xb5\xb8-\xbc]")
TO_WORDS = bytes(code if bytes([code]).isalnum() else 0x20 for code in range(256))


def count_words(text: str) -> int:
    """Count Han characters and kana one by one, other scripts by words."""
    coded = text.encode("utf-8", "replace")
    others = len(coded) - len(coded.translate(None, OTHER_LEADS))
    if others or "’" in text or OTHER_FORMS.search(coded) or OTHER_NUMERALS.search(coded):
        return count_any_words(text)
    syllables = len(coded) - len(coded.translate(None, SYLLABIC_LEADS))
    marks = coded.count(b"\xe3\x80") + text.count("・")
    marks -= sum(map(text.count, "々〆〇"))
    words = text.encode("ascii", "replace").translate(TO_WORDS, SIGNS).split()
    return syllables - marks + len(words)


def count_any_words(text: str) -> int:
    """Count like :func:`count_words`, for text of any script."""
    rest, syllables = SYLLABIC.subn(" ", text)
    return syllables + len(WORD.findall(rest))


def reading_minutes(words: int, speed: int) -> int:
    """Return the minutes a text takes at ``speed`` words a minute, rounded up, at least 1."""
    return max(1, -(-words // speed))
