"""Where sentences end, in Chinese, Japanese, Korean and Latin text of mixed punctuation."""

from __future__ import annotations

import re

LONGEST = 300
CLOSERS = "」』”’\"'）)】》〉]"
END = re.compile(rf"[。！？｡…!?.]+[{re.escape(CLOSERS)}]*")
ALWAYS = frozenset("。！？｡…")
END_MARKS = ALWAYS | frozenset("!?.")
WIDE = "\u2e80"
ABBREVIATION = re.compile(
    r"\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Gov|St|Mt|Jr|vs|Inc|Ltd|Co|Corp|No|Fig|e\.g|i\.e|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\Z"
)
QUOTES = (("「", "」"), ("『", "』"), ("“", "”"), ("（", "）"), ("《", "》"))
# 「……。」这样解释: what was said goes on to who said it.
SPEECH = re.compile(
    r"[^。！？!?，,：:\n]{0,16}?(?:说|道|称|表示|指出|认为|解释|写道|强调|回应|回答|透露|坦言|補充|說|稱|言|と)"
)
SAID = frozenset('」』”’"')


def split_sentences(block: str) -> tuple[str, ...]:
    """Split one paragraph into its sentences, end marks and closing quotes with them.

    A sentence never ends inside quotes or brackets, unless they are still open after 300
    characters; the last one may lack an end mark.
    """
    found: list[str] = []
    start = 0
    for mark in END.finditer(block):
        end = mark.end()
        if not _ends(mark, block) or (end - start < LONGEST and _goes_on(block, start, end)):
            continue
        found.append(block[start:end].strip())
        start = end
    rest = block[start:].strip()
    return (*found, rest) if rest else tuple(found)


def is_whole(sentence: str) -> bool:
    """Tell whether a sentence has its end mark."""
    return sentence.rstrip(CLOSERS)[-1:] in END_MARKS


def _ends(mark: re.Match[str], block: str) -> bool:
    """Tell whether a mark ends a sentence.

    A full-width one does wherever it stands; an ASCII one only before a space, the end or, for
    ! and ?, Han (Yahoo!, 3.5 and ?page=2 stay whole); no full stop after an abbreviation.
    """
    marks = mark[0].rstrip(CLOSERS)
    if not ALWAYS.isdisjoint(marks):
        return True
    after = block[mark.end() : mark.end() + 1]
    if marks[-1] != ".":
        return not after or after.isspace() or after >= WIDE
    if after and not after.isspace():
        return False
    return not ABBREVIATION.search(block, max(0, mark.start() - 6), mark.start())


def _goes_on(block: str, start: int, end: int) -> bool:
    for left, right in QUOTES:
        opened = block.count(left, start, end)
        if opened and opened > block.count(right, start, end):
            return True
    return block[end - 1] in SAID and SPEECH.match(block, end) is not None
