"""The ledger of a conversion: where each character of the source went.

Every character is claimed by a block of the body, by the title, or by a reason for leaving it
out; what nothing claims is reported as unclassified rather than lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wenzhai.importers.labels import Labelled
from wenzhai.importers.lines import Line, Page
from wenzhai.importers.record import Removed
from wenzhai.importers.structure import Part


def compile_removed(
    page: Page, labelled: Sequence[Labelled], parts: Sequence[Part], title_rest: Line | None
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
    labelled: Sequence[Labelled], parts: Sequence[Part], title_rest: Line | None
) -> Iterable[tuple[Line, str]]:
    """Yield lines and why they are left out; an empty reason means they are not."""
    if title_rest is not None and title_rest.text:
        yield title_rest, "site name"
    for part in parts:
        yield from ((line, "") for line in part.lines)
        yield from ((line, "list marker") for line in part.dropped)
    for item in labelled:
        if item.kind != "text":
            yield item.line, item.reason


def _stretches(page: Page, fate: Sequence[str | None]) -> Iterable[Removed]:
    """Yield maximal stretches of one reason within a line, without the white space around them."""
    for number, start in enumerate(page.starts, 1):
        end = page.starts[number] if number < len(page.starts) else len(page.source)
        at = start
        if fate[start:end].count("") == len(page.source[start:end].strip()):
            continue  # all of it is shown, as most lines are
        while at < end:
            reason = _reason(page, fate, at)
            stop, last = at, at
            while stop < end and (
                page.source[stop].isspace() or _reason(page, fate, stop) == reason
            ):
                last = last if page.source[stop].isspace() else stop
                stop += 1
            if reason and not page.source[at].isspace():
                text = page.source[at : last + 1]
                yield Removed(number, at - start, last + 1 - start, reason, text)
            at = max(stop, at + 1)


def _reason(page: Page, fate: Sequence[str | None], offset: int) -> str:
    """White space has no fate; a character that nothing claimed is reported, not lost."""
    if page.source[offset].isspace():
        return ""
    reason = fate[offset]
    return "unclassified" if reason is None else reason
