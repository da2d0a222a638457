"""Finds what browsers show: pages of the site, and those of articles that are held back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from wenzhai.model import Digest, OutPath, RelPath
from wenzhai.packs import MissingBlobError
from wenzhai.preview.found import Found, find
from wenzhai.preview.news import Gone, Moved, News, Saved, Shown
from wenzhai.preview.outputs import Page
from wenzhai.preview.site import Look
from wenzhai.preview.unpublished import FOLDER, Spot, Unpublished, address_at, split
from wenzhai.preview.whereabouts import body_of, near, page_of, successor, title_of
from wenzhai.store import SourceChangedError
from wenzhai.targets import Target

VIEWS_FOLDER = "_preview/"
KNOWN = 1_000
"""Of so many addresses that browsers asked for it is known what was there."""


class Place(NamedTuple):
    """A path, and the look at the site in which it is one."""

    look: Look
    path: OutPath


class _Known(NamedTuple):
    """What was last at an address: the source of its page, and the text if it is an article's."""

    origin: RelPath
    body: Digest | None


class Finder:
    """What the worker and the handlers ask where a page is; used in the worker's thread alone."""

    def __init__(self) -> None:
        """Begin with nothing planned of what is held back, and without views."""
        self.unpublished = Unpublished()
        self.view: Callable[[OutPath, Look | None], Page | None] = lambda _path, _now: None
        self._known: dict[OutPath, _Known] = {}

    def find(self, now: Look | None, path: OutPath) -> Found:
        """Find what a browser asks for, and keep in mind what it is that is shown there."""
        if now is not None:
            self._note(path, now)
        return find(now, path)

    def place(self, path: str, now: Look) -> Place | None:
        """Tell which site a path belongs to, as a browser knows it."""
        spot = split(path)
        if spot is None:
            return Place(now, OutPath(path))
        found = self.unpublished.at(now, spot.moment)
        return Place(found, spot.path) if found else None

    def news(self, path: OutPath, last: Look | None, now: Look | None) -> News | None:
        """Return the present version of the page at ``path``, or where it went since ``last``."""
        if is_view(path):
            view = self.view(path, now)
            return Shown(path, view) if view else Gone(path, ())
        if now is None:
            return None
        if moved := self._moved(path, now, last):
            return moved
        place = self.place(path, now)
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

    def _moved(self, path: OutPath, now: Look, last: Look | None) -> Moved | None:
        """Tell where a page is that was published, renamed or held back since it was shown."""
        if spot := split(path):
            return self._out_of(spot, now, last) if last else None
        if self._note(path, now) or not (known := self._known.get(path)):
            return None
        # A file may be written anew under another name some looks after it was deleted.
        if target := successor(*known, now):
            self._note(target.path, now)  # it may be gone from there before the browser has asked
            return Moved(path, target.address)
        held = self.unpublished.spot(now, known.origin)
        return Moved(path, address_at(held)) if held else None

    def _note(self, path: OutPath, now: Look) -> bool:
        """Keep in mind what is at an address, and tell whether there is anything."""
        target = now.outputs.target(path)
        if target and target.origin:
            self._known.pop(path, None)
            self._known[path] = _Known(RelPath(target.origin), body_of(target))
            if len(self._known) > KNOWN:
                del self._known[next(iter(self._known))]
        return target is not None

    def _out_of(self, spot: Spot, now: Look, last: Look) -> Moved | None:
        """Tell where a page is that was among the unpublished ones at the last look."""
        found, before = self.place(spot.whole, now), self.unpublished.before(spot.moment)
        target = before.outputs.work.targets.get(spot.path) if before else None
        if target and _is_held(target, last) and (public := page_of(now, target.origin)):
            return Moved(spot.whole, public.address)
        if not target or not found or found.look.outputs.target(spot.path):
            return None
        other = successor(target.origin, body_of(target), found.look)
        return Moved(spot.whole, address_at(Spot(spot.moment, other.path))) if other else None


def is_view(path: str) -> bool:
    """Tell whether a path is that of one of the preview's own views."""
    return path.startswith(VIEWS_FOLDER) and not path.startswith(FOLDER)


def _is_held(target: Target, look: Look) -> bool:
    return any(one.path == target.origin for one in look.outputs.work.catalog.held)


def _page_before(source: RelPath, now: Look, last: Look | None) -> Page | None:
    """Return the page that a source made before it was saved, if it still can be made."""
    target = page_of(last, source) if last and last.store is now.store else None
    try:
        return last.outputs.page(target.path) if last and target else None
    except (MissingBlobError, SourceChangedError):
        return None
