"""The places that imported texts get in a site, and what else stands or is planned there."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from wenzhai.conversions import record_path
from wenzhai.import_offers import Reading
from wenzhai.importers.origin import ORIGIN, read_origin
from wenzhai.importers.reading import KINDS, is_container
from wenzhai.pairing import article_of
from wenzhai.problems import Problem, Span, problem


def without_clashes(
    site: Path, read: list[Reading], *, force: bool
) -> tuple[list[Reading], list[Problem]]:
    """Leave out what would take the place of something else; ``force`` lets sources be replaced.

    Problem codes: E703 another source of the article, E710 name taken, W705 article by hand.
    """
    fine: list[Reading] = []
    problems = []
    for one in read:
        clash = None
        if not one.offer.inside:
            planned = {str(item.source): item.offer.shown for item in fine}
            clash = _near(site, one, planned) or (None if force else _there(site, one))
        if clash:
            problems.append(clash)
        else:
            fine.append(one)
    return fine, problems


def _near(site: Path, one: Reading, planned: dict[str, str]) -> Problem | None:
    """Find another source for the same article, or one whose name is the same to some systems."""
    folder = (site / one.source).parent
    names = [item.name for item in folder.iterdir()] if folder.is_dir() else []
    neighbours = {str(PurePosixPath(one.source).with_name(name)) for name in names}
    span, article = Span(one.offer.shown), article_of(one.source)
    if one.source in planned:
        return problem("E710", span, other=planned[one.source])
    for other in sorted({*neighbours, *planned} - {one.source}):
        shown = planned.get(other, other)
        suffix = PurePosixPath(other).suffix.lower()
        if article_of(other) == article and (suffix in KINDS or is_container(other)):
            return problem("E703", span, other=shown, article=article)
        if other.casefold() == one.source.casefold():
            return problem("E710", span, other=shown)
    return None


def _there(site: Path, one: Reading) -> Problem | None:
    """Find what stands where source or article would go."""
    place, article = site / one.source, article_of(one.source)
    if place.is_file():
        if is_container(one.offer.name):
            return None  # a later edition: what it no longer holds keeps its articles
        same = place.read_bytes() == one.offer.content or _same_address(place, one)
        return None if same else problem("E710", Span(one.offer.shown), other=one.source)
    if (site / article).exists() and not record_path(site / article).exists():
        return problem("W705", Span(article), source=one.offer.shown, article=article)
    return None


def _same_address(place: Path, one: Reading) -> bool:
    """Tell whether a source was fetched from the same address before: then this is its new text."""
    beside = place.with_name(place.name + ORIGIN)
    if one.offer.origin is None or not beside.is_file():
        return False
    before = read_origin(beside.read_bytes())
    if before is None:
        return False
    now = one.offer.origin
    if before.former and now.former:
        return before.former.path == now.former.path
    return before.url == now.url
