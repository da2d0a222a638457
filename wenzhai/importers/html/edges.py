"""The edges of a body: bylines before the article's first sentence, and all that follows its last.

A container may go on with other posts, comments, notices and prompts that no element sets apart.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from wenzhai.importers.folding import fold
from wenzhai.importers.html.posts import read_posted

COMMENTS = re.compile(
    r".{0,60}(?:已有|共有?|目前有) ?\d+ ?[件条個个篇则] ?(?:评论|評論|回复|留言).{0,8}"
)
SIGNED = re.compile("张贴|发表[于在]|發表於|发布[于在]|贴于|写于")
NOTICE = re.compile(r"[【\[]?(?:反侵权|版权|免责|侵权|郑重)(?:公告|声明|聲明)[】\]]? ?[:：]?")
SCAN = re.compile(
    r"(?:长按|扫描?|识别|点击)(?:识别|上方|下方|左方|右方|图中|文末)*(?:二维码|图片|名片).{0,20}"
)
PROMPT = re.compile(
    r"(?:have (?:a|any) (?:tips?|questions?|story)|got a tip|email (?:us|me|the|him|her|[A-Z])"
    r"|(?:you can |please )?(?:reach|contact|follow|find|write to)\b"
    r".{1,90}(?:@|twitter|facebook|instagram|email)"
    r"|follow (?:us|me|him|her|@)|(?:get|let) (?:the latest|our|access|more)|sign up|subscribe"
    r"|(?:like|enjoyed?|love) (?:us|this)|share (?:this|it)|support (?:our|us|independent)"
    r"|if you (?:enjoyed|liked)|download (?:the|our)|click here|see more photos|back to gallery"
    r"|\(?(?:additional )?(?:reporting|writing|editing) by |atenção: comentários|send us your )",
    re.IGNORECASE,
)
_ADDRESS = (
    r"(?:(?:https?://)?(?:www\.)?(?:twitter|facebook|instagram)\.com/[^\s,;|]+"
    r"|[\w.+-]+@[\w-]+\.[\w.]+|@\w+)"
)
CONTACT = re.compile(rf"{_ADDRESS}(?:[,;| ]+{_ADDRESS})*")
BIOGRAPHY = re.compile(
    r"\b(?:is|was|are)\b.{0,60}\b(?:writer|reporter|editor|journalist|columnist|correspondent|contributor"
    r"|author|blogger|freelance|producer|photographer)|\b(?:writes|covers|reports|blogs)\b"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
TIMES = re.compile(
    rf"(?:(?:{_MONTH}|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
    r"|\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d|\d{1,2}:\d\d(?::\d\d)?|[ap]\.?m\.?"
    r"|(?:[ecmph][sd]?t|gmt|utc|bst|ist|jst|hkt)|\d+ (?:min(?:ute)?s?|hours?|days?)(?: read| ago)"
    r"|(?:last )?(?:updated|published|posted|modified|filed)|on|at|by)(?![A-Za-z\d])"
    r"|[-–—•·:,|/() ])+",
    re.IGNORECASE,
)
MOMENT = re.compile(rf"\d:\d\d|{_MONTH} ?\d", re.IGNORECASE)
LONGEST_BYLINE = 100
SHORTEST_NAME = 5
FIRST_LINES = 8
LONGEST_PROMPT = 400
LAST_LINES = 8
SHORT = 40
MOSTLY = 0.6


def find_cuts(lines: Sequence[str], gone: Container[int], authors: Sequence[str]) -> dict[int, str]:
    """Return the places of lines that are no part of an article, with reasons.

    Args:
        lines: the body's, in order; empty ones count.
        gone: places of lines that go already.
        authors: names that the page's head states.
    """
    end, reason = _end(lines)
    cuts = dict.fromkeys(range(end, len(lines)), reason)
    cuts.update(dict.fromkeys(_bylines(lines, authors), "byline"))
    cuts.update(dict.fromkeys(_prompts(lines, gone, authors, end), "prompt"))
    return {at: why for at, why in cuts.items() if at not in gone}


def first_post_ends(lines: Sequence[str], start: int, zone: str) -> int:
    """Return the place of the line under the first of several posts, or how many lines there are.

    Args:
        lines: all that readers see of a page.
        start: where the first post has begun already.
        zone: IANA zone of printed times.
    """
    signed = [at for at, line in enumerate(lines) if SIGNED.search(line) and _is_signed(line, zone)]
    below = [at for at in signed if at > start]
    return below[0] if len(below) > 1 and len(below) == len(signed) else len(lines)


def _end(lines: Sequence[str]) -> tuple[int, str]:
    """Return the place behind the last line of the article, and what stands there."""
    sizes = [len(line) for line in lines]
    whole = sum(sizes) or 1
    for at, line in enumerate(lines):
        if sizes[at] <= 2 * SHORT and COMMENTS.fullmatch(fold(line)) and any(sizes[:at]):
            return at, "comment"
        if NOTICE.fullmatch(line) and sum(sizes[:at]) > MOSTLY * whole:
            return at, "statement"
    scan = next((at for at in _last(lines) if SCAN.fullmatch(lines[at])), len(lines))
    short = all(size <= SHORT for size in sizes[scan:])
    return (scan, "advert") if short else (len(lines), "")


def _is_signed(line: str, zone: str) -> bool:
    """Tell whether a line says who put a post up, and when."""
    found = read_posted(line, zone) if len(line) <= 2 * SHORT else None
    return found is not None and bool(found.name)


def _last(lines: Sequence[str]) -> range:
    return range(max(0, len(lines) - 2 * LAST_LINES), len(lines))


def _bylines(lines: Sequence[str], authors: Sequence[str]) -> Iterator[int]:
    """Yield the places of lines above the first sentence that say when and by whom alone."""
    for at, line in enumerate(lines[:FIRST_LINES]):
        text = " ".join(fold(line).split())
        if len(text) > LONGEST_BYLINE:
            return
        timed = TIMES.fullmatch(text) and MOMENT.search(text)
        if timed or any(_is_byline(text, name) for name in authors if len(name) >= SHORTEST_NAME):
            yield at


def _is_byline(text: str, name: str) -> bool:
    """Tell whether a line is a name with what its bearer is: ``By Ann Lee, staff writer``."""
    found = re.fullmatch(
        rf"(?:by:? )?{re.escape(name)}(?P<role>[,|@ ].{{0,40}})?", text, re.IGNORECASE
    )
    return found is not None and not (found["role"] or "").endswith((".", "?", "!"))


def _prompts(
    lines: Sequence[str], gone: Container[int], authors: Sequence[str], end: int
) -> Iterator[int]:
    """Yield the last lines, as far as they are prompts, contacts and the author's life."""
    for at in range(end - 1, max(0, end - LAST_LINES) - 1, -1):
        line = "" if at in gone else lines[at].strip()
        if line and not _is_prompt(line, authors):
            return
        if line:
            yield at


def _is_prompt(line: str, authors: Sequence[str]) -> bool:
    if len(line) > LONGEST_PROMPT:
        return False
    if PROMPT.match(line) or CONTACT.fullmatch(line):
        return True
    named = any(name and name in line[:100] for name in authors)
    return named and bool(BIOGRAPHY.search(line))
