"""THE list of outputs: one target each, with all that it may see.

Wires the views of :mod:`wenzhai.pages` and :mod:`wenzhai.feed_views` into one list, and finds two
outputs at one address before anything is rendered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from wenzhai.model import Address, OutPath
from wenzhai.problems import Problem, Span, problem

HOME = Address("")

StepName = Literal["page", "feed", "sitemap", "sitemaps", "opml", "robots", "llms", "twin", "copy"]


@dataclass(frozen=True, slots=True)
class Target:
    """One output: its file, the step that makes it, the template (pages only), what it sees.

    ``origin`` is the source or part of the site that asks for it, for messages; ``address`` is
    the page's (empty for what is no page).
    """

    path: OutPath
    step: StepName
    template: str
    view: object
    origin: str
    address: Address = HOME


def find_clashes(targets: Iterable[Target]) -> tuple[Problem, ...]:
    """Report outputs that cannot lie side by side, naming both of each pair.

    Problem codes: E303 (one address, also where only case differs), E608 (a file where another
    output needs a folder). A source is told, not the part of the site that it collides with.
    """
    claims: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        claims[target.path.casefold()].append(target)
    return tuple(
        problem("E303", Span(one.origin), path=one.path, other=other.origin)
        for claim in claims.values()
        if len(claim) > 1
        for one, other in zip(claim, claim[1:] + claim[:1], strict=True)
        if _is_source(one) or not _is_source(other)
    ) + tuple(_files_for_folders(claims))


def _files_for_folders(claims: Mapping[str, list[Target]]) -> Iterator[Problem]:
    folders = _folders(claims)
    for path in (path for path in claims if f"{path}/" in folders):
        file = claims[path][0]
        below = next(claims[p][0] for p in sorted(claims) if p.startswith(f"{path}/"))
        blamed = file if _is_source(file) else below
        names = {"path": file.path, "origin": file.origin, "other": below.origin}
        yield problem("E608", Span(blamed.origin), **names)


def _folders(paths: Iterable[str]) -> set[str]:
    """Return every folder that these paths need, with a slash at the end."""
    found: set[str] = set()
    for path in paths:
        end = path.rfind("/")
        while end > 0 and path[: end + 1] not in found:
            found.add(path[: end + 1])
            end = path.rfind("/", 0, end)
    return found


def _is_source(target: Target) -> bool:
    """Tell whether a file asks for this output, and not the site itself."""
    return not target.origin.startswith("/")


def by_path(targets: Iterable[Target]) -> Mapping[OutPath, Target]:
    """Index targets by their output path."""
    return {target.path: target for target in targets}
