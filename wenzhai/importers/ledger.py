"""The ledger of a conversion: where each character of the source went.

Every character is claimed by a block of the body, by the title, or by a reason for leaving it
out; what nothing claims is reported as unclassified rather than lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wenzhai.importers.labelled import Labelled
from wenzhai.importers.lines import Line, Page
from wenzhai.importers.record import Removed
from wenzhai.importers.structure import Part

UNCLAIMED = "unclassified"
"""The reason of a character that nothing claimed: it is reported, not lost."""


def compile_removed(
    page: Page, labelled: Sequence[Labelled], parts: Sequence[Part], title_rest: Sequence[Line]
) -> tuple[Removed, ...]:
    """Compile the ledger: each stretch of the source that neither body nor title holds."""
    fate: list[str | None] = [None] * len(page.source)
    for scrap in page.scraps:
        fate[scrap.start : scrap.end] = [scrap.reason] * (scrap.end - scrap.start)
    for line, reason in _fates(labelled, parts, title_rest):
        _claim(fate, line.origin, reason)
    return tuple(_stretches(page, fate))


def _claim(fate: list[str | None], origin: Sequence[int], reason: str) -> None:
    """Give characters their fate; the first that claims one has it, but what is shown is shown."""
    if isinstance(origin, range) and not any(fate[origin.start : origin.stop]):
        before = fate[origin.start : origin.stop]
        if not reason or before.count(None) == len(before):
            fate[origin.start : origin.stop] = [reason] * len(before)
            return
    for offset in origin:
        if fate[offset] is None or not reason:
            fate[offset] = fate[offset] or reason


def _fates(
    labelled: Sequence[Labelled], parts: Sequence[Part], title_rest: Sequence[Line]
) -> Iterable[tuple[Line, str]]:
    """Yield lines and why they are left out; an empty reason means they are not."""
    yield from ((rest, "site name") for rest in title_rest if rest.text)
    for part in parts:
        yield from ((line, "") for line in part.lines)
        yield from ((line, "list marker") for line in part.dropped)
    for item in labelled:
        if item.kind != "text":
            yield item.line, item.reason


def _stretches(page: Page, fate: Sequence[str | None]) -> Iterable[Removed]:
    """Yield maximal stretches of one reason within a line, without the white space around them."""
    for number, begin in enumerate(page.starts, 1):
        stop = page.starts[number] if number < len(page.starts) else len(page.source)
        text = page.source[begin:stop]
        shown = text.strip()
        if not shown:
            continue
        start = begin + text.index(shown[0])
        fates = fate[start : start + len(shown)]
        if fates.count(fates[0]) < len(fates):
            yield from _pieces(page, fate, number, start, start + len(shown))
        elif fates[0] != "":
            reason = fates[0] or UNCLAIMED
            at = start - begin
            yield Removed(number, at, at + len(shown), reason, shown)


def _pieces(
    page: Page, fate: Sequence[str | None], number: int, at: int, stop: int
) -> Iterable[Removed]:
    """Yield the stretches of a line that is partly shown, or left out for several reasons."""
    source, begin = page.source, page.starts[number - 1]
    reason, start, end = "", at, at
    for offset in range(at, stop):
        if source[offset].isspace():
            continue
        here = UNCLAIMED if fate[offset] is None else fate[offset]
        if here != reason:
            if reason:
                yield Removed(number, start - begin, end - begin, reason, source[start:end])
            reason, start = here or "", offset
        end = offset + 1
    if reason:
        yield Removed(number, start - begin, end - begin, reason, source[start:end])
