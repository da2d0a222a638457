"""One stated fact of a credit line, and the names in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from wenzhai.importers.lines import fold

Place = Literal["head", "body", "tail"]

STOPS = re.compile(r"[。！？!?…“”「」]|[,;:][^A-Za-z0-9]")
LONGEST_NAME = 24
LONGEST_NICKNAME = 8
STAFF_CODE = re.compile(r"[ _]*(?:[A-Z]{1,3}[_-]?[A-Z]?\d{2,6}|\([^()]{1,8}\))$")
LATIN_ROLE = re.compile(
    r"(?:(?:staff|senior|chief|contributing|special|science|technology) )*"
    r"(?:writer|reporter|editor|correspondent|contributor|columnist)s?",
    re.IGNORECASE,
)
ROLE = re.compile(
    r" *(?:本报|特约|实习|见习|[\u4e00-\u9fff]{2,6}?(?=(?:记者|記者)(?:[ :]|$)))?(?:记者|記者|"
    r"通讯员|通訊員|实习生|摄影师)"
    r"(?:[ :]+|$|(?=[\u4e00-\u9fff]{2,4}$))"
)
NAME_GAP = re.compile(r"[、,;&·]|(?<![A-Za-z.])/| and |(?<=[\u3400-\u9fff])[ ]+(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Credit:
    """One stated fact: ``field``, its cleaned values, and what the source wrote.

    ``labelled`` tells whether a label says so; else the place of a name does.
    """

    field: str
    values: tuple[str, ...]
    written: str
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Credits:
    """What a credit line states; from the offset ``rest`` on the line is text (as after 正文:)."""

    credits: tuple[Credit, ...]
    rest: int


def read_names(field: str, text: str, start: int, end: int) -> Credit:
    """Split a list of names; no values if any part is no name."""
    written = text[start:end]
    folded = fold(written)
    out: list[str] = []
    at = 0
    for match in [*NAME_GAP.finditer(folded), None]:
        stop = match.start() if match else len(folded)
        while role := ROLE.match(folded, at, stop):
            at = role.end()
        part = STAFF_CODE.sub("", folded[at:stop].strip())
        name = written[at:stop].strip()[: len(part)].strip()
        at = match.end() if match else stop
        if LATIN_ROLE.fullmatch(part):
            continue
        if not _may_be_name(part):
            return Credit(field, (), written)
        out += [name] if name else []
    return Credit(field, tuple(out) if len(out) <= 10 else (), written)  # noqa: PLR2004  # as many as share a byline


def _may_be_name(part: str) -> bool:
    """Names on the net may hold 的; what is longer and holds it is a sentence."""
    if len(part) > LONGEST_NAME or STOPS.search(part) or re.search(r"\d{3}|https?:|[。，]", part):
        return False
    return len(part) <= LONGEST_NICKNAME or not re.search("[的了]", part)
