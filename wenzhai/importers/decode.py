"""Bytes of a saved text become characters, or a reason why they cannot.

The order is: byte-order mark, strict UTF-8, UTF-16 without a mark, then whichever East Asian
encoding reads as common characters of its language.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from wenzhai.problems import Problem, Span, problem

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Longer marks before those that start the same way."""

COMMON = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过"
    "发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本"
    "前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很"
    "這個們來為國說時會對過發後經沒動還進實無與長機點業將兩問開關種現當學樣見體麼從應該電頭"
    "をはがのにとでたしてすまるれいかなもありらこそよくっんだけ日本東京会社年月"
    "이다는을의에가한고를하지은로기사시어리자대서도인수"
)
CANDIDATES = ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "big5hkscs", "cp932", "cp949")
"""The narrow ones first: of two that read the same, the first is named."""
ESCAPE = b"\x1b$"
"""Begins Japanese in the encoding of old mail (ISO-2022-JP), which is all ASCII."""
WIDE = ("utf-16-le", "utf-16-be")
PRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff]")
SAMPLE = 20_000
FEWEST_COMMON = 0.06
BINARY_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text without its byte-order mark; ``encoding`` is Python's name for it."""

    text: str
    encoding: str


def decode(data: bytes, path: str = "") -> Decoded | Problem:
    """Decode a saved text.

    Returns:
        The text, or a problem: E701 (not a text in any known encoding; names the byte offset).
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            marked = _strict(data[len(mark) :], name, path, len(mark))
            if isinstance(marked, Problem):
                return marked
            return _refuse_binary(marked, path, _odd_places(marked.text[:SAMPLE]), len(mark))
    if b"\x00" in data[:SAMPLE]:
        return _wide(data, path)
    if ESCAPE in data and (escaped := _escaped(data)):
        return escaped
    if _is_utf8(data) or data.isascii():
        plain = Decoded(data.decode("utf-8"), "utf-8")
        return _refuse_binary(plain, path, _control_places(plain.text[:SAMPLE]))
    return _legacy(data, path)


def _escaped(data: bytes) -> Decoded | None:
    """Decode the Japanese of old mail; None where an escape sequence means something else."""
    try:
        return Decoded(data.decode("iso2022_jp_ext"), "iso2022_jp_ext")
    except UnicodeDecodeError:
        return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strict(data: bytes, name: str, path: str, shift: int) -> Decoded | Problem:
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as error:
        return _unreadable(path, name, error.start + shift)


def _wide(data: bytes, path: str) -> Decoded | Problem:
    """UTF-16 without a mark: its spaces and line ends show which byte comes first."""
    best = max(WIDE, key=lambda name: _score(data, name))
    if _score(data, best) <= 0:
        return _unreadable(path, "binary", data.index(b"\x00"))
    return _strict(data, best, path, 0)


def _legacy(data: bytes, path: str) -> Decoded | Problem:
    # Han in UTF-16 without a mark may hold no zero byte: a single line has none at its end.
    names = CANDIDATES if len(data) % 2 else (*CANDIDATES, *WIDE)
    best = max(names, key=lambda name: _score(data, name))
    if _score(data, best) < FEWEST_COMMON:
        return _unreadable(path, "utf-8", _first_bad_byte(data))
    return _strict(data, best, path, 0)


def _score(data: bytes, name: str) -> float:
    """Return the share of characters that are common, or -1 where the bytes do not decode."""
    decoder: Callable[[bytes], str] = codecs.getincrementaldecoder(name)("strict").decode
    try:
        text = decoder(data[:SAMPLE])
    except UnicodeDecodeError:
        return -1.0
    return likelihood(text, name)


def likelihood(text: str, name: str) -> float:
    """Return how likely a text was read in the right encoding: about the share of common ones.

    Of the characters beyond ASCII, that is, but of all where ``name`` is one of UTF-16.
    """
    text = text[:SAMPLE]
    foreign = sum(1 for char in text if not char.isascii()) or (len(text) or 1)
    common = sum(1 for char in text if char in _common() or char in "，。、！？：；“”「」")
    strange = len(PRINTABLE.findall(text))
    if name.startswith("utf-16"):
        common += sum(1 for char in text if " " <= char < "\x7f" or char in "\r\n")
        foreign = len(text) or 1
    return common / foreign - 5 * strange / foreign


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON)


def _refuse_binary(
    decoded: Decoded, path: str, strange: Sequence[int], shift: int = 0
) -> Decoded | Problem:
    """Refuse what decodes, but to too many strange characters, at these places.

    ``shift`` is the length of the mark before the text, in bytes.
    """
    sample = decoded.text[:SAMPLE]
    if len(strange) <= max(4, BINARY_SHARE * len(sample)):
        return decoded
    offset = shift + len(sample[: strange[0]].encode(decoded.encoding))
    return _unreadable(path, "binary", offset)


def _control_places(text: str) -> list[int]:
    return [found.start() for found in PRINTABLE.finditer(text) if found[0] < "\x80"]


def _odd_places(text: str) -> list[int]:
    """Find controls, private and unassigned characters: nearly any bytes decode as UTF-16."""
    return [
        place
        for place, char in enumerate(text)
        if char not in "\t\n\r\f\x1b" and unicodedata.category(char) in {"Cc", "Co", "Cn"}
    ]


def _first_bad_byte(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _unreadable(path: str, encoding: str, offset: int) -> Problem:
    return problem("E701", Span(path), encoding=encoding, offset=offset)
