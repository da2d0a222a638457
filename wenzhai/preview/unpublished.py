"""Articles that are not published now, as their pages would look once they were.

Their pages lie below ``/_preview/unpublished/``, one site for each moment: ``now``, or the last
second (since the epoch) before an article expired.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from wenzhai.addresses import address_of
from wenzhai.catalog import Held
from wenzhai.held import with_doubts
from wenzhai.model import Address, Digest, OutPath
from wenzhai.preview.site import Look, look_over
from wenzhai.preview.whereabouts import page_of

FOLDER = "_preview/unpublished/"
PRESENT = "now"


class Spot(NamedTuple):
    """A path in the site of a moment."""

    moment: str
    path: OutPath

    @property
    def whole(self) -> OutPath:
        """Return the path as a browser knows it."""
        return OutPath(f"{FOLDER}{self.moment}/{self.path}")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that is held back, and the address of its page from the server's root."""

    held: Held
    address: Address | None


class Unpublished:
    """The site at any moment, drafts included; what was planned last is taken over."""

    def __init__(self) -> None:
        """Begin with none."""
        self._look: Look | None = None
        self._made: dict[str, Look] = {}
        self._before: dict[str, Look] = {}

    def at(self, now: Look, moment: str) -> Look | None:
        """Plan the site as at a moment, with drafts and what is scheduled; None for any other."""
        if self._look is not now:
            self._look, self._made, self._before = now, {}, self._made
        if moment not in self._made:
            if moment != PRESENT and moment not in _moments(now):
                return None
            self._made[moment] = self._plan(now, moment)
        return self._made[moment]

    def before(self, moment: str) -> Look | None:
        """Return what was planned for a moment at the look before."""
        return self._before.get(moment)

    def live(self) -> Iterator[Digest]:
        """Yield the digests of all bytes that are still needed."""
        for found in (*self._made.values(), *self._before.values()):
            yield from found.outputs.live()

    def spot(self, now: Look, source: str) -> Spot | None:
        """Return where the page of a source is that is held back now; None for all others."""
        held = next((one for one in now.outputs.work.catalog.held if one.path == source), None)
        moment = _moment(held) if held else PRESENT
        found = self.at(now, moment) if held else None
        target = page_of(found, source) if found else None
        return Spot(moment, target.path) if target else None

    def waiting(self, now: Look) -> Iterator[Waiting]:
        """Yield what is held back: an expired article is shown as it last was."""
        for held in with_doubts(now.run.site, now.outputs.work.catalog.held):
            spot = self.spot(now, held.path)
            yield Waiting(held, address_at(spot) if spot else None)

    def _plan(self, now: Look, moment: str) -> Look:
        seconds = now.run.now if moment == PRESENT else int(moment)
        run = replace(now.run, drafts=True, future=True, now=seconds)
        last = self._before.get(moment)
        return look_over(run, now.sources, now.outputs.memo, now.store, last)


def split(path: str) -> Spot | None:
    """Read a path as a browser knows it; None where it is one of the published site."""
    if not path.startswith(FOLDER):
        return None
    moment, _, rest = path.removeprefix(FOLDER).partition("/")
    return Spot(moment, OutPath(rest))


def address_at(spot: Spot) -> Address:
    """Return the address of a page from the server's root."""
    return Address(f"/{FOLDER}{spot.moment}/{address_of(spot.path)}")


def _moments(now: Look) -> set[str]:
    return {_moment(one) for one in now.outputs.work.catalog.held}


def _moment(held: Held) -> str:
    expired = held.reason == "expired" and held.until
    return str(held.until.stamp - 1) if expired and held.until else PRESENT
