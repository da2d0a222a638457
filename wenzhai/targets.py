"""THE list of outputs: one target each, with all that it may see.

Wires the views of :mod:`wenzhai.pages` and :mod:`wenzhai.feed_views` into one list, and finds two
outputs at one address before anything is rendered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from wenzhai.model import OutPath
from wenzhai.problems import Problem, Span, problem

StepName = Literal["page", "feed", "sitemap", "opml", "robots", "llms", "twin", "copy"]


@dataclass(frozen=True, slots=True)
class Target:
    """One output: its file, the step that makes it, the template (pages only), what it sees.

    ``origin`` is the source or part of the site that asks for it, for messages.
    """

    path: OutPath
    step: StepName
    template: str
    view: object
    origin: str


def find_clashes(targets: Iterable[Target]) -> tuple[Problem, ...]:
    """Report two outputs at one address, also where only case differs (E303), naming both."""
    claims: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        claims[target.path.casefold()].append(target)
    return tuple(
        problem("E303", Span(one.origin), path=one.path, other=other.origin)
        for claim in claims.values()
        if len(claim) > 1
        for one, other in zip(claim, claim[1:] + claim[:1], strict=True)
    )


def by_path(targets: Iterable[Target]) -> Mapping[OutPath, Target]:
    """Index targets by their output path."""
    return {target.path: target for target in targets}
