"""Finds what browsers show: pages of the site, and those of articles that are held back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from wenzhai.addresses import address_of
from wenzhai.model import Digest, OutPath, RelPath
from wenzhai.packs import MissingBlobError
from wenzhai.preview.found import Found, find
from wenzhai.preview.news import Gone, Moved, News, Saved, Shown
from wenzhai.preview.outputs import Page
from wenzhai.preview.site import Look
from wenzhai.preview.unpublished import FOLDER, Spot, Unpublished, address_at, split
from wenzhai.preview.whereabouts import body_of, near, page_of, successor, title_of
from wenzhai.store import SourceChangedError

VIEWS_FOLDER = "_preview/"
KNOWN = 1_000
"""Of so many addresses that browsers asked for it is known what was there."""


class Place(NamedTuple):
    """A path, and the look at the site in which it is one."""

    look: Look
    path: OutPath


class _Known(NamedTuple):
    """What was last at an address: the source of its page, and the text if it is an article's.

    ``was_held`` tells of an address among the unpublished ones that the source was held back.
    """

    origin: RelPath
    body: Digest | None
    was_held: bool


class Finder:
    """What the worker and the handlers ask where a page is; used in the worker's thread alone."""

    def __init__(self) -> None:
        """Begin with nothing planned of what is held back, and without views."""
        self.unpublished = Unpublished()
        self.view: Callable[[OutPath, Look | None], Page | None] = lambda _path, _now: None
        self._known: dict[OutPath, _Known] = {}

    def find(self, now: Look | None, path: OutPath) -> Found:
        """Find what a browser asks for, and keep in mind what it is that is shown there."""
        if now is None:
            return find(None, path)
        place = self.place(path, now)
        self._note(path, place, now)
        return find(place.look, place.path) if place else Found()

    def place(self, path: str, now: Look) -> Place | None:
        """Tell which site a path belongs to, as a browser knows it."""
        spot = split(path)
        if spot is None:
            return Place(now, OutPath(path))
        found = self.unpublished.at(now, spot.moment)
        return Place(found, spot.path) if found else None

    def news(self, path: OutPath, now: Look | None) -> News | None:
        """Return the present version of the page at ``path``, or where it went."""
        if is_view(path):
            view = self.view(path, now)
            return Shown(path, view) if view else Gone(path, ())
        if now is None:
            return None
        place = self.place(path, now)
        if moved := self._moved(path, place, now):
            return moved
        if place and (page := place.look.outputs.page(place.path)):
            return Shown(path, page)
        is_due = place and place.look.outputs.target(place.path)
        return None if is_due else Gone(path, near(path, now))

    def saved(self, source: RelPath, last: Look, now: Look | None) -> Saved | None:
        """Tell which page's source was saved since ``last``, if it makes one."""
        if now is None:
            return None
        if target := page_of(now, source):
            before = _page_before(source, now, last)
            return Saved(target.path, target.address, title_of(target), before)
        spot = self.unpublished.spot(now, source)
        if spot is None:
            return None
        held = (one.title for one in now.outputs.work.catalog.held if one.path == source)
        before = _page_before(source, now, self.unpublished.before(spot.moment))
        return Saved(spot.whole, address_at(spot), next(held), before)

    def _moved(self, path: OutPath, place: Place | None, now: Look) -> Moved | None:
        """Tell where a page is that was published, renamed or held back since it was shown.

        Not the last look is asked but what was shown: a file may be written anew, under another
        name even, some looks after it was deleted.
        """
        is_there, known = self._note(path, place, now), self._known.get(path)
        if known is None:
            return None
        if known.was_held and (published := page_of(now, known.origin)):
            return self._lead(path, published.path, now)
        there = None if is_there else self._successor(path, known, place, now)
        return self._lead(path, there, now) if there else None

    def _successor(
        self, path: OutPath, known: _Known, place: Place | None, now: Look
    ) -> OutPath | None:
        """Tell where a page went: another one of its own site, or what is held back."""
        target = successor(known.origin, known.body, place.look if place else now)
        if target is None:
            held = self.unpublished.spot(now, known.origin)
            return held.whole if held else None
        spot = split(path) if place else None
        return Spot(spot.moment, target.path).whole if spot else target.path

    def _lead(self, path: OutPath, to: OutPath, now: Look) -> Moved:
        """Lead to a page, which may be gone from there before the browser has asked for it."""
        self._note(to, self.place(to, now), now)
        spot = split(to)
        return Moved(path, address_at(spot) if spot else address_of(to))

    def _note(self, path: OutPath, place: Place | None, now: Look) -> bool:
        """Keep in mind what is at an address, and tell whether there is anything."""
        target = place.look.outputs.target(place.path) if place else None
        if target and target.origin:
            origin = RelPath(target.origin)
            last = self._known.pop(path, None)
            was_held = last is not None and last.origin == origin and last.was_held
            is_held = split(path) is not None and _is_held(origin, now)
            self._known[path] = _Known(origin, body_of(target), is_held or was_held)
            if len(self._known) > KNOWN:
                del self._known[next(iter(self._known))]
        return target is not None


def is_view(path: str) -> bool:
    """Tell whether a path is that of one of the preview's own views."""
    return path.startswith(VIEWS_FOLDER) and not path.startswith(FOLDER)


def _is_held(origin: RelPath, now: Look) -> bool:
    return any(one.path == origin for one in now.outputs.work.catalog.held)


def _page_before(source: RelPath, now: Look, last: Look | None) -> Page | None:
    """Return the page that a source made before it was saved, if it still can be made."""
    target = page_of(last, source) if last and last.store is now.store else None
    try:
        return last.outputs.page(target.path) if last and target else None
    except (MissingBlobError, SourceChangedError):
        return None
