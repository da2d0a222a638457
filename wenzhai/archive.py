"""The views of the archive: years and months, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from wenzhai.addresses import archive_address
from wenzhai.scene import ARCHIVE, Scene, page_frame, page_target
from wenzhai.targets import Target
from wenzhai.views import ArchiveView, Neighbour, Period, PeriodView

_Group = tuple[Period, tuple[Neighbour, ...]]


def archive_targets(scene: Scene) -> Iterator[Target]:
    """Yield the archive, its years and its months; undated articles stand on the first only."""
    dated = [
        (e.date.text, n)
        for e, n in zip(scene.catalog.entries, scene.neighbours, strict=True)
        if e.date
    ]
    undated = tuple(n for n in scene.neighbours if not n.date)
    months = [
        (_period(label), tuple(n for _, n in rows))
        for label, rows in groupby(dated, key=lambda row: row[0][:7])
    ]
    months = _joined(months)
    years = [
        (_year(label, inside), inside)
        for label, inside in (
            (k, list(g)) for k, g in groupby(months, key=lambda m: m[0].label[:4])
        )
    ]
    view = ArchiveView(
        page_frame(scene.settings, ARCHIVE, "archive"), tuple(year for year, _ in years), undated
    )
    yield page_target(ARCHIVE, "archive.html", view)
    yield from _period_targets(scene, [(year, tuple(inside)) for year, inside in years])
    yield from _period_targets(scene, [(month, ((month, rows),)) for month, rows in months])


def _joined(months: list[_Group]) -> list[_Group]:
    """Join runs of one month: dates of several zones can part them."""
    rows: dict[str, tuple[Neighbour, ...]] = {}
    for period, found in months:
        rows[period.label] = rows.get(period.label, ()) + found
    ordered = sorted(rows.items(), reverse=True)
    return [(_period(label, len(found)), found) for label, found in ordered]


def _period(label: str, count: int = 0, months: tuple[Period, ...] = ()) -> Period:
    return Period(label, archive_address(label), count, months)


def _year(label: str, months: list[_Group]) -> Period:
    inside = tuple(month for month, _ in months)
    return _period(label, sum(month.count for month in inside), inside)


def _period_targets(
    scene: Scene, periods: list[tuple[Period, tuple[_Group, ...]]]
) -> Iterator[Target]:
    bare = [_period(period.label, period.count) for period, _ in periods]
    for place, (period, groups) in enumerate(periods):
        view = PeriodView(
            page=page_frame(scene.settings, period.address, "archive", period.label),
            label=period.label,
            groups=groups,
            previous=bare[place + 1] if place + 1 < len(bare) else None,
            next=bare[place - 1] if place else None,
        )
        yield page_target(period.address, "period.html", view)
