"""Lines under a post that say who put it there and when: ``由海风张贴 @ 2005-06-14 03:25``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenzhai.importers.dates import find_date
from wenzhai.importers.lines import fold

NAME = r"(?P<name>[^\s\[\]:|@〓]{1,16}?)"
VERB = r"(?:发表于|发表在|张贴|张贴于|发布于|发布在|贴于|写于|發表於|發佈於|张贴者)"
FORMS = (
    re.compile(rf"(?:本[贴帖文])?由 ?{NAME} ?(?:于|{VERB})[ @:]*(?=\d)"),
    re.compile(rf"{NAME} {VERB}[ @:]*(?=\d)"),
    re.compile(rf"(?:{VERB}|发[布表]时间|发[布表]日期)[ @:]*(?=\d)"),
)
BEHIND = re.compile(r"[ ,]*by (?P<name>[^\s\[\]|@〓]{1,16})")
AMERICAN = re.compile(
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)(?= \d{1,2}:\d\d(?::\d\d)? [AP]M)"
)
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Posted:
    """When a post was put up, and by whom (empty: the line does not say)."""

    date: str
    written: str
    name: str = ""


def read_posted(text: str, zone: str) -> Posted | None:
    """Read such a line; None where it is none. ``zone`` is that of printed times."""
    folded = _european(fold(text))
    if len(text) > LONGEST:
        return None
    for form in FORMS:
        found = form.search(folded)
        date = find_date(folded, zone, found.end()) if found else None
        if found and date and date.start == found.end():
            behind = BEHIND.match(folded, date.end)
            named = behind["name"] if behind else found.groupdict().get("name") or ""
            return Posted(date.value, folded[date.start : date.end], named)
    return None


def _european(text: str) -> str:
    """Turn a date that its clock shows to be American (9/17/2004 5:54:13 AM) year first."""
    return AMERICAN.sub(lambda d: f"{d['year']}-{int(d['month']):02}-{int(d['day']):02}", text)
