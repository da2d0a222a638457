"""Digest issues: articles by ISO week or month, with the editor's introduction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from wenzhai.addresses import digest_address
from wenzhai.catalog import Catalog, Entry
from wenzhai.config import Config
from wenzhai.model import Moment
from wenzhai.scene import DIGESTS, Scene, body_of, page_frame, page_target
from wenzhai.targets import Target
from wenzhai.views import IssueLink, IssuesView, IssueView


def make_issues(
    catalog: Catalog, config: Config
) -> tuple[tuple[IssueLink, ...], Mapping[str, tuple[int, ...]]]:
    """Group the articles into issues by ISO week or month, newest first."""
    if config.output.digests == "none":
        return (), {}
    rows: dict[str, list[int]] = {}
    for row, entry in enumerate(catalog.entries):
        moment = entry.article.added or entry.date
        if moment:
            rows.setdefault(_issue_name(moment, config.output.digests), []).append(row)
    introduced = {stem_of(entry): entry for entry in catalog.introductions}
    names = sorted(rows.keys() | introduced.keys(), reverse=True)
    found = [_issue(name, len(rows.get(name, [])), introduced.get(name)) for name in names]
    order = {
        name: tuple(sorted(rows.get(name, []), key=lambda r: _rank(catalog, r))) for name in names
    }
    return tuple(issue for issue in found if issue), order


def issue_targets(scene: Scene) -> Iterator[Target]:
    """Yield the list of issues and every issue."""
    feeds = scene.feeds.get(DIGESTS, ())
    page = page_frame(scene.settings, DIGESTS, "digests", feeds=feeds)
    yield page_target(DIGESTS, "issues.html", IssuesView(page, scene.issues, feeds))
    introduced = {stem_of(entry): entry for entry in scene.catalog.introductions}
    for place, issue in enumerate(scene.issues):
        entry = introduced.get(issue.name)
        summary = entry.article.summary if entry else ""
        view = IssueView(
            page=page_frame(
                scene.settings,
                issue.address,
                "digests",
                issue.title,
                description=summary,
                feeds=feeds,
            ),
            issue=issue,
            body=body_of(scene, entry) if entry else None,
            cards=tuple(scene.cards[row] for row in scene.issue_rows.get(issue.name, ())),
            previous=scene.issues[place + 1] if place + 1 < len(scene.issues) else None,
            next=scene.issues[place - 1] if place else None,
        )
        yield page_target(issue.address, "issue.html", view, entry.article.path if entry else "")


def issue_days(name: str) -> tuple[str, str] | None:
    """Return first and last day of an ISO week (``2024-w10``) or month (``2024-03``)."""
    try:
        if "w" in name:
            year, week = name.split("-w")
            first = date.fromisocalendar(int(year), int(week), 1)
            last = first + timedelta(days=6)
        else:
            first = date.fromisoformat(f"{name}-01")
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None
    return first.isoformat(), last.isoformat()


def _issue_name(moment: Moment, period: str) -> str:
    if period == "month":
        return moment.text[:7]
    year, week, _ = date.fromisoformat(moment.text[:10]).isocalendar()
    return f"{year:04d}-w{week:02d}"


def _issue(name: str, count: int, introduction: Entry | None) -> IssueLink | None:
    """Make an issue's link; a file whose name is no week or month is no issue."""
    days = issue_days(name)
    if not days:
        return None
    title = introduction.article.title if introduction else ""
    return IssueLink(name, title, digest_address(name), *days, count)


def _rank(catalog: Catalog, row: int) -> tuple[bool, int, int]:
    """Order an issue's articles: by the weight the editor gave, the others after, newest first."""
    weight = catalog.entries[row].article.weight
    return (weight == 0, weight, row)


def stem_of(entry: Entry) -> str:
    """Return the file name that an introduction shares with its issue."""
    return entry.article.path.rsplit("/", 1)[-1].removesuffix(".md").lower()
