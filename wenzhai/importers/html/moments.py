"""Moments that a page prints in two halves: day and hour for readers, the year for machines."""

from __future__ import annotations

import re
from collections.abc import Sequence

YEARLESS = re.compile(
    r"(?P<label>(?:发布|发表|更新)?(?:时间|日期|于)? ?[:：]? ?)"
    r"(?<![\d-])(?P<month>\d{1,2})[-/月.](?P<day>\d{1,2})日? ?(?P<clock>\d{2}:\d{2})(?!\d)"
)
LONGEST = 60


def completed(text: str, moments: Sequence[str]) -> str:
    """Return a line that prints month, day and time with the year that the page's head states.

    Only where both agree to the minute: then they speak of the same event.

    Args:
        text: a line near the headline.
        moments: ISO 8601, in the zone of the page.
    """
    found = YEARLESS.match(text) if len(text) <= LONGEST else None
    if not found:
        return text
    printed = f"{int(found['month']):02}-{int(found['day']):02}T{found['clock']}"
    year = next((moment[:4] for moment in moments if moment[5:16] == printed), "")
    if not year:
        return text
    return f"{found['label']}{year}-{printed[:5]} {found['clock']}"
