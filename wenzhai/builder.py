"""The build as a pure function of snapshot, settings and options; wires the stages, nothing else.

``complete`` makes of a draft the plan of all outputs (``plan_pages`` that of few), ``produce``
computes the outputs that somebody asks for. The memo is invisible in the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wenzhai.amend import body_targets, with_bodies
from wenzhai.catalog import Catalog
from wenzhai.checks import check_clashes, check_links
from wenzhai.compose import STATIC, make_frames, make_scene, make_site, make_targets
from wenzhai.drafting import Draft, read_texts
from wenzhai.execution import Delivery, Outbox, Step
from wenzhai.issues import make_issues
from wenzhai.kinship import relate_all, relate_one
from wenzhai.lazy import Breath, Made, breathing, no_breath
from wenzhai.ledger import merge, write_ledger
from wenzhai.memo import Memo
from wenzhai.model import Article, Digest, OutPath, RelPath
from wenzhai.outline import lazy_scene
from wenzhai.pages import is_articles_own, target_at
from wenzhai.parts import part_names, parts_of
from wenzhai.problems import Problem, sort_problems
from wenzhai.scene import NOT_FOUND, Scene
from wenzhai.snapshot import Snapshot
from wenzhai.steps import (
    Frame,
    feed_step,
    frame_names,
    llms_step,
    opml_step,
    page_step,
    robots_step,
    sitemap_index_step,
    sitemap_step,
    twin_step,
    view_of,
)
from wenzhai.targets import Target, by_path
from wenzhai.theme import resolve_theme
from wenzhai.views import CopyView

NOT_FOUND_PATH = OutPath(NOT_FOUND)
STEPS: dict[str, Step] = {
    "feed": feed_step,
    "sitemap": sitemap_step,
    "sitemaps": sitemap_index_step,
    "robots": robots_step,
    "opml": opml_step,
    "llms": llms_step,
    "twin": twin_step,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a build would publish, not yet rendered.

    ``frames`` are the frames of each template, ``scene`` is what the targets were cut from,
    ``draft`` what the whole plan was made from (none: it holds some outputs alone, and knows that
    there are none at the paths ``absent``).
    """

    targets: Mapping[OutPath, Target]
    frames: Mapping[str, Frame]
    scene: Scene
    problems: tuple[Problem, ...]
    draft: Draft | None = None
    absent: frozenset[OutPath] = frozenset()

    @property
    def catalog(self) -> Catalog:
        """Return the catalog of the scene."""
        return self.scene.catalog

    @property
    def ledger(self) -> str:
        """Return the text of the ledger to keep once all is published; empty: nothing new."""
        if self.draft is None:
            return ""
        merged = merge(self.draft.ledger, self.catalog.ledger)
        return "" if merged == self.draft.ledger else write_ledger(merged)


@dataclass(frozen=True, slots=True)
class Output:
    """One output: the key of the step that made it, and the digest of its bytes.

    ``laid`` is the file where an outbox has them ready for it, or empty.
    """

    key: Digest
    content: Digest
    laid: str = ""


def complete(
    draft: Draft, memo: Memo, last: Plan | None = None, breathe: Breath = no_breath
) -> Plan:
    """Plan a whole site from its draft: work out every output and what it may see.

    Problems of all stages are collected; with an error among them nothing may be published.

    Args:
        draft: what is known of the site.
        memo: knows what was computed before.
        last: an earlier plan; targets cut from the very same things are taken over.
        breathe: called now and then, for whatever cannot wait; what it raises ends the planning.
    """
    config, catalog, files = draft.config, draft.catalog, draft.snapshot.files
    resolved = {path: draft.links[path] for path in breathing(draft.links, breathe)}
    related = relate_all(catalog, config.output.related, resolved, memo)
    breathe()
    scene = make_scene(catalog, config, resolved, related, last.scene if last else None, breathe)
    targets = make_targets(scene, draft.theme, files, last.targets if last else {}, breathe)
    frames = make_frames(draft.theme, targets, make_site(config, draft.theme, files), scene)
    outputs = by_path(targets)
    found = [*draft.problems, *(bad for one in resolved.values() for bad in one.problems)]
    found += check_clashes(targets, catalog)
    if draft.is_whole:
        found += check_links(catalog, resolved, outputs)
    return Plan(outputs, frames, scene, sort_problems(found), draft)


def plan_pages(draft: Draft, paths: Iterable[OutPath]) -> Plan:
    """Plan the pages at these paths alone, as far as they can be cut one by one; no ledger.

    It takes far less time than the whole plan, whose targets of these paths are the same.
    """
    catalog, config, links = draft.catalog, draft.config, draft.links
    related = Made(
        lambda row: relate_one(catalog, config.output.related, links, row), len(catalog.entries)
    )
    scene = lazy_scene(catalog, config, links, related, make_issues(catalog, config))
    found = {path: target_at(scene, path) for path in paths}
    absent = frozenset(path for path, one in found.items() if not one and _is_absent(path, draft))
    if absent:
        found[NOT_FOUND_PATH] = target_at(scene, NOT_FOUND_PATH)
    targets = [target for target in found.values() if target]
    site = make_site(draft.config, draft.theme, draft.snapshot.files)
    frames = make_frames(draft.theme, targets, site, scene)
    return Plan(by_path(targets), frames, scene, draft.problems, absent=absent)


def _is_absent(path: OutPath, draft: Draft) -> bool:
    """Tell whether a path without a target of its own has none at all."""
    is_copy = f"{STATIC}{path}" in draft.snapshot.files
    return draft.is_whole and is_articles_own(path) and not is_copy


def plan_bodies(scene: Scene, rows: Sequence[int], snapshot: Snapshot) -> Plan:
    """Plan only what holds the bodies of the articles in these rows of a scene; it has no ledger.

    The plan that the scene comes from had the same sources but for these articles' files.
    """
    texts, _ = read_texts(snapshot)
    theme, _ = resolve_theme(scene.config.theme, texts, scene.config.language)
    targets = by_path(body_targets(scene, rows, snapshot.files))
    site = make_site(scene.config, theme, snapshot.files)
    return Plan(targets, make_frames(theme, targets.values(), site, scene), scene, ())


def plan_again(work: Plan, articles: Mapping[RelPath, Article], snapshot: Snapshot) -> Plan | None:
    """Plan a site with other bodies; None if more than the bodies of these articles changed.

    All other sources are as they were in the plan ``work``.
    """
    found = with_bodies(work.scene, articles)
    if found is None:
        return None
    scene, rows = found
    targets = by_path(body_targets(scene, rows, snapshot.files))
    return replace(work, scene=scene, targets={**work.targets, **targets})


def produce(
    work: Plan, memo: Memo, paths: Iterable[OutPath], outbox: Outbox | None = None
) -> tuple[dict[OutPath, Output], tuple[Problem, ...]]:
    """Compute the outputs at these paths; what the memo has is not rendered again.

    What is rendered now goes to the outbox at once, if there is one.
    """
    targets = [work.targets[path] for path in paths]
    outputs: dict[OutPath, Output] = {}
    problems: list[Problem] = []
    taken: set[str] = set()
    for step in dict.fromkeys(target.step for target in targets):
        chosen = [target for target in targets if target.step == step]
        if step == "copy":
            outputs.update(_copies(chosen))
            continue
        delivery = Delivery(outbox, [target.path for target in chosen]) if outbox else None
        function, calls = _calls(step, chosen, work.frames)
        results = memo.map(step, function, calls, records=False, delivery=delivery)
        for target, result in zip(chosen, results, strict=True):
            # Of outputs with the same bytes, only one can have the file.
            laid = "" if result.laid in taken else result.laid
            taken.add(laid)
            outputs[target.path] = Output(result.key, Digest(result.content), laid)
            problems += result.problems
    return outputs, sort_problems(problems)


def describe(target: Target, frames: Mapping[str, Frame]) -> tuple[tuple[str, ...], str]:
    """Return the names of the parts of an output's key, and their digests now."""
    frame = frames.get(target.template)
    view = view_of(target.view)  # type: ignore[arg-type]  # what is no slice is returned as it is
    kind: type = type(view)
    names = part_names(kind)
    if frame is None:
        return names, parts_of(view)
    return (*names, *frame_names(frame)), parts_of(view, frame.checksums)


def _calls(
    step: str, targets: Sequence[Target], frames: Mapping[str, Frame]
) -> tuple[Step, list[tuple[object, ...]]]:
    if step == "page":
        return page_step, [(frames[target.template], target.view) for target in targets]
    return STEPS[step], [(target.view,) for target in targets]


def _copies(targets: Iterable[Target]) -> dict[OutPath, Output]:
    sources = {t.path: t.view.source for t in targets if isinstance(t.view, CopyView)}
    return {path: Output(source, source) for path, source in sources.items()}
