"""Bytes of a source become text: UTF-8 or a problem that names the likely encoding."""

from __future__ import annotations

import codecs

from wenzhai.problems import Problem, Span, problem

WIDE_MARKS = ((codecs.BOM_UTF16_LE, "UTF-16LE"), (codecs.BOM_UTF16_BE, "UTF-16BE"))
LEGACY = ("gb18030", "big5", "shift_jis", "euc_kr")
FALLBACK = "WINDOWS-1252"  # what Western programs leave behind; it reads almost any bytes
SAMPLE = 4096
FEWEST = 2


def decode_source(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a source file, without byte order mark, line ends as LF.

    Problem codes: E101 (not UTF-8; names line, column, byte offset from 0 and a guess).
    """
    offset = 0 if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else data.find(0)
    if offset >= 0 and (name := _wide_name(data)):
        return "", (_refuse(data, path, offset, name),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # utf-8-sig counts from behind the mark.
        start = error.start + len(data) - len(error.object)
        return "", (_refuse(data, path, start, _legacy_name(data)),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, ()


def _refuse(data: bytes, path: str, offset: int, name: str) -> Problem:
    before = data[:offset].decode("utf-8", "replace")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    byte = f"0x{data[offset]:02X}"
    return problem("E101", Span(path, line, column), offset=offset, byte=byte, encoding=name)


def _wide_name(data: bytes) -> str:
    """Name UTF-16 by its mark, or by the zero bytes that ASCII leaves in it."""
    for mark, name in WIDE_MARKS:
        if data.startswith(mark):
            return name
    even, odd = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    half = max(1, min(len(data), SAMPLE) // 2)
    if max(even, odd) < FEWEST or max(even, odd) * 10 < half or min(even, odd) * 4 > max(even, odd):
        return ""
    return "UTF-16BE" if even > odd else "UTF-16LE"


def _legacy_name(data: bytes) -> str:
    """Return the encoding that reads the bytes with the most everyday Han characters or kana."""
    best, most = FALLBACK, 0.0
    for name in LEGACY:
        share = _everyday_share(data, name)
        if share > most:
            best, most = name.upper().replace("_", "-"), share
    return best


def _everyday_share(data: bytes, name: str) -> float:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return 0.0
    foreign = [char for char in text if char > "\x7f"]
    return sum(char in EVERYDAY for char in foreign) / max(1, len(foreign))


# The commonest characters of running Chinese (simplified, traditional), Japanese and Korean text.
EVERYDAY = frozenset(
    "的一是了不在有人这我他中大来上个到说们为和你地出道也时年得就那要下以生会自着去之过家学对可"
    "里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同"
    "這個來說們為時會對後麼發過還沒當開經頭學國與從動點問間現進長實體電業關，。、；：？！「」《》"
    "のにをはがとでしたていなるれりかもこさまっんスルイトラリア다이의는에가을를하고한은로도지기"
)
