"""Articles that are not published now, as their pages would look once they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wenzhai.catalog import Held
from wenzhai.held import with_doubts
from wenzhai.model import Address
from wenzhai.preview.outputs import Outputs
from wenzhai.preview.site import Look, page_of
from wenzhai.session import make_plan


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that is held back, and the address of its page among the unpublished."""

    held: Held
    moment: int
    address: Address | None


class Unpublished:
    """The outputs of a site at any moment, drafts included; those of the newest look are kept."""

    def __init__(self) -> None:
        """Begin with none."""
        self._look: Look | None = None
        self._made: dict[int, Outputs] = {}

    def outputs(self, now: Look, moment: int) -> Outputs:
        """Plan the site as it would be at a moment, with all drafts and what is scheduled."""
        if self._look is not now:
            self._look, self._made = now, {}
        if moment not in self._made:
            run = replace(now.run, drafts=True, future=True, now=moment)
            memo = now.outputs.memo
            self._made[moment] = Outputs(make_plan(run, now.sources, memo), memo)
        return self._made[moment]

    def waiting(self, now: Look) -> Iterator[Waiting]:
        """Yield what is held back: an expired article is shown as it last was."""
        for held in with_doubts(now.run.site, now.outputs.work.catalog.held):
            expired = held.reason == "expired" and held.until
            moment = held.until.stamp - 1 if expired and held.until else now.run.now
            target = page_of(replace(now, outputs=self.outputs(now, moment)), held.path)
            yield Waiting(held, moment, target.address if target else None)
