"""Which drafts are no author's: articles that conversion held back, and its doubts about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from wenzhai.catalog import Held
from wenzhai.records import doubts_of, is_held, read_record, record_path


def with_doubts(site: Path, held: Iterable[Held]) -> tuple[Held, ...]:
    """Tell for each draft that a conversion made one that it did, and why."""
    return tuple(_explained(site, one) if one.reason == "draft" else one for one in held)


def _explained(site: Path, one: Held) -> Held:
    record = read_record(record_path(site / one.path))
    if record is None or not is_held(record):
        return one
    percent, doubts = doubts_of(record)
    return replace(one, reason="held", percent=percent, doubts=doubts)
