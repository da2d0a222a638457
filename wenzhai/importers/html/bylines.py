"""Names that a page prints within its text: reporters in the first lines, writers behind the last.

The text keeps them; here they only become fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenzhai.importers.lines import fold
from wenzhai.importers.names import is_outlet, is_person
from wenzhai.regions import parse_region

ROLE = r"(?:记者|記者|通讯员|通訊員|撰稿人?|采写|实习生)"
WRITTEN = re.compile(rf"{ROLE}|^(?:文/?图|图/?文|文)[ :/]")
BRACKETED = re.compile(r"\((?P<inside>[^()]{2,48})\)")
ENDED = re.compile(r"(?:\((?P<inside>[^()]{2,48})\)|□ ?(?P<boxed>[^()。]{4,32}))[。 ]*$")
LINE = re.compile(
    rf"(?:整合 |综合 |采写: ?)?(?:《?[\u4e00-\u9fff·-]{{2,14}}》? ?)?"
    rf"(?:{ROLE}|作者)[ :](?P<names>[^。,，:]{{2,24}})"
)
OTHER = re.compile(r"摄|图片|供图|制图|视频|责编|编辑|校对|监制|贡献|photo", re.IGNORECASE)
"""Brackets that name others than the writers."""
WORD_GAP = re.compile(r"[ 、,，/|·&:]+")
REPORTER = re.compile(rf"{ROLE}(?P<name>[\u4e00-\u9fff·]{{2,4}})")
WORK = re.compile(
    r"(?:本报|本刊|本网|本社)?(?:特约|首席|实习|见习|全媒体|职工)?(?:记者|記者|通讯员|通訊員|撰稿人?|实习生)?"
    r"(?:文/?图|图/?文|文|采写|整合|整理|编译|综合|报道|報導|供稿|撰文|连线|摘编|综合报道|等)?"
)
REPORTED = re.compile(r"[\u4e00-\u9fff]{2,3}(?:报道|報導)")
NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
OPENS_WITHIN = 40
MOST_OPENINGS = 3


def opening_names(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the reporters whom the first paragraphs name in brackets: ``…9日电（记者唐霁）``."""
    for text in paragraphs[:MOST_OPENINGS]:
        for found in BRACKETED.finditer(fold(text), 0, OPENS_WITHIN + 50):
            inside = found["inside"]
            if found.start() > OPENS_WITHIN or OTHER.search(inside):
                break
            if WRITTEN.search(inside) and (names := _names(inside)):
                return names
    return ()


def closing_names(text: str) -> tuple[str, ...]:
    """Return who signs the end of a last paragraph: ``。（记者 李明）``, ``（李明 王芳）``.

    Without a role all of the bracket has to be names of persons.
    """
    found = ENDED.search(fold(text))
    inside = (found["inside"] or found["boxed"]) if found else ""
    if not inside or OTHER.search(inside):
        return ()
    names = _names(inside)
    if WRITTEN.search(inside):
        return names
    words = [word for word in WORD_GAP.split(inside) if word and not WORK.fullmatch(word)]
    told = tuple(word for word in words if not REPORTED.fullmatch(word))
    return told if names and all(map(_may_sign, told)) else ()


def signing_names(text: str) -> tuple[str, ...]:
    """Return whom a whole line names with a role: ``海城晚报记者 李明``, ``采写：记者 李明``."""
    found = LINE.fullmatch(fold(text).strip())
    return _names(f"记者 {found['names']}") if found and not OTHER.search(text) else ()


def _may_sign(word: str) -> bool:
    """Tell whether a word beside a person's name is another one's."""
    return bool(NAME.fullmatch(word)) and not is_outlet(word) and not parse_region(word)


def _names(inside: str) -> tuple[str, ...]:
    """Return the persons among the words of a byline; behind a role any short word is one."""
    out: list[str] = []
    before = ""
    for word in WORD_GAP.split(inside):
        glued = REPORTER.search(word)
        name = glued["name"] if glued and not WORK.fullmatch(word) else word
        after_role = bool(re.search(rf"{ROLE}$", before)) and NAME.fullmatch(name)
        known = is_person(name) and not is_outlet(name)
        if not WORK.fullmatch(name) and (known or after_role or (glued and name != word)):
            out.append(name)
        before = word
    return tuple(dict.fromkeys(out))
