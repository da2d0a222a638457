"""Lines of what stands beside an article: rows of related and hot lists, readers' comments."""

from __future__ import annotations

from wenzhai.importers.credits import read_credits
from wenzhai.importers.hot import (
    BULLET,
    is_text_again,
    opens_hot,
    opens_related,
    related_title,
)
from wenzhai.importers.labelled import Labelled, Walk, credit_line
from wenzhai.importers.line_credits import SAFE_BETWEEN_TITLES, safe_credits
from wenzhai.importers.lines import Line, fold
from wenzhai.importers.noise import boilerplate


def in_comments(line: Line, zone: str) -> Labelled:
    """Return the label of a line among comments: only the article's address is not theirs."""
    read = read_credits(line.text, zone, "body")
    if read and read.credits and {credit.field for credit in read.credits} == {"url"}:
        return credit_line(line, read)
    return Labelled("removed", line, "comment")


def in_related(line: Line, walk: Walk, zone: str, *, tail: bool) -> Labelled | None:
    """Return a row of a related list, or None where the article goes on."""
    if is_text_again(line.text) and not boilerplate(line.text):
        return None
    parted = line.gap and walk.rows > 0 and not walk.gapped
    if parted and not tail and not BULLET.match(fold(line.text)):
        return None
    walk.gapped = line.gap if walk.rows == 0 else walk.gapped
    if read := safe_credits(line, zone, SAFE_BETWEEN_TITLES):
        return credit_line(line, read)
    if opens_related(line.text) or opens_hot(line.text):
        return Labelled("removed", line, "related list")  # the label of one that is not there
    if reason := boilerplate(line.text):
        return Labelled("removed", line, reason)
    walk.rows += 1
    return Labelled("related", line, "related list", title=_row_title(line, zone))


def _row_title(line: Line, zone: str) -> str:
    title = related_title(line.text, zone)
    return "" if title == line.text and read_credits(title, zone, "head") else title


def after_hot(line: Line, zone: str) -> Labelled | None:
    """Return a short line behind a hot list as the page's; None where it states something."""
    if safe_credits(line, zone, SAFE_BETWEEN_TITLES):
        return None
    return Labelled("removed", line, boilerplate(line.text) or "hot list")
