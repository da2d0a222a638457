"""The outputs of the plan in force, each made when it is asked for.

The bytes of an address come from the same steps and the same memo as a build's, so the preview
cannot show anything else; only where the build would publish nothing, for an error, the last good
version of a page stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wenzhai.builder import Output, Plan, produce
from wenzhai.memo import Memo
from wenzhai.model import Address, Digest, OutPath
from wenzhai.problems import Problem
from wenzhai.targets import Target
from wenzhai.views import CopyView

REMEMBERED = 500
"""Of so many pages the last good version is known by digest."""


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes that a build would write to a path; ``version`` is their digest."""

    path: OutPath
    version: Digest
    content: bytes


class Outputs:
    """One plan, what has been made of it, and the good pages of earlier plans."""

    def __init__(self, work: Plan, memo: Memo, last: Outputs | None = None) -> None:
        """Put a plan in force after another."""
        self.work = work
        self.memo = memo
        self._rescued = _rescue(work, last)
        self._good: dict[OutPath, Digest] = last._good if last else {}  # noqa: SLF001  # its own kind
        self._made = _kept(work, last) if last else {}
        self._problems: set[Problem] = set()

    @property
    def problems(self) -> frozenset[Problem]:
        """Return what is wrong with the outputs made so far, besides the plan's problems."""
        return frozenset(self._problems)

    def target(self, path: str) -> Target | None:
        """Return the target of a path, also of a page whose source is broken just now."""
        known = OutPath(path)
        return self.work.targets.get(known) or (
            self._rescued.targets.get(known) if self._rescued else None
        )

    def page(self, path: OutPath) -> Page | None:
        """Return the bytes of a path, or its last good ones; None where there are none."""
        if self.target(path) is None:
            return None
        self.make([path])
        made = self._made.get(path)
        version = Digest(made.content if made and made.content else self._good.get(path, ""))
        if not version:
            return None
        content = self.memo.read(version)
        if made and made.content:
            _note(self._good, path, version)
        return Page(path, version, content)

    def make(self, paths: Iterable[OutPath]) -> None:
        """Make the outputs of these paths, as far as they can be made, and keep their problems."""
        wanted = [path for path in paths if path not in self._made]
        for work in (self.work, self._rescued):
            chosen = [path for path in wanted if work and path in work.targets]
            if work and chosen:
                self._produce(work, chosen)
                wanted = [path for path in wanted if path not in work.targets]

    def rest(self) -> Iterator[OutPath]:
        """Yield the paths that are still to be made and can be; what is only copied need not be."""
        for path, target in self.work.targets.items():
            is_copy = isinstance(target.view, CopyView)
            if path not in self._made and not is_copy and _is_ready(target, self.work):
                yield path

    def pages(self) -> Iterator[OutPath]:
        """Yield the paths of all pages."""
        return (path for path, target in self.work.targets.items() if target.template)

    def address(self, path: OutPath) -> Address:
        """Return the address of a page's path."""
        return self.work.targets[path].address

    def live(self) -> Iterator[Digest]:
        """Yield the digests of all bytes that outputs were made of, and may be made of yet."""
        for work in (self.work, self._rescued):
            if work:
                catalog = work.catalog
                shown = (*catalog.entries, *catalog.pages, *catalog.introductions)
                yield from (entry.article.body for entry in shown)
        yield from (made.content for made in self._made.values())
        yield from self._good.values()

    def _produce(self, work: Plan, paths: Sequence[OutPath]) -> None:
        ready = [path for path in paths if _is_ready(work.targets[path], work)]
        made, problems = produce(work, self.memo, ready)
        self._made.update(made)
        self._problems.update(problems)


def _kept(work: Plan, last: Outputs) -> dict[OutPath, Output]:
    """Return what was made of targets that a plan took over from the last one."""
    if last.problems:
        return {}
    before = last.work
    frames = {
        name
        for name, frame in work.frames.items()
        if name in before.frames and before.frames[name].digest == frame.digest
    }
    return {
        path: made
        for path, made in last._made.items()  # noqa: SLF001  # its own kind
        if (target := work.targets.get(path)) is not None
        and target is before.targets.get(path)
        and (not target.template or target.template in frames)
    }


def _is_ready(target: Target, work: Plan) -> bool:
    """Tell whether a target's template, if it has one, can be used: else a problem names it."""
    return not target.template or target.template in work.frames


def _rescue(work: Plan, last: Outputs | None) -> Plan | None:
    """Keep of the last plan the outputs that are gone only because their sources are broken."""
    broken = {item.span.path for item in work.problems if item.severity == "error"}
    if last is None or not broken:
        return None
    plans = [plan for plan in (last._rescued, last.work) if plan]  # noqa: SLF001  # its own kind
    targets = {
        path: target
        for plan in plans
        for path, target in plan.targets.items()
        if target.origin in broken and path not in work.targets
    }
    frames = {name: frame for plan in plans for name, frame in plan.frames.items()}
    return replace(last.work, targets=targets, frames=frames) if targets else None


def _note(good: dict[OutPath, Digest], path: OutPath, version: Digest) -> None:
    good.pop(path, None)
    good[path] = version
    if len(good) > REMEMBERED:
        del good[next(iter(good))]
