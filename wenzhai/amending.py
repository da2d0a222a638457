"""Amending the last build: an edit of bodies alone needs no plan of the whole site.

Owns what is kept of a build for that, and when it serves. Where anything else changed, or anything
is wrong, the answer is None and the site is planned as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from wenzhai.amend import changed_articles, keeps_outline
from wenzhai.article_settings import article_settings
from wenzhai.builder import Output, Plan, plan_again, plan_bodies, produce
from wenzhai.codec import from_json, to_json
from wenzhai.digest import digest
from wenzhai.drafting import read_article
from wenzhai.ledger import LEDGER_FILE
from wenzhai.memo import Memo
from wenzhai.model import Article, Digest, OutPath, RelPath
from wenzhai.outline import Outline, make_outline, set_scene
from wenzhai.packs import MissingBlobError
from wenzhai.problems import Problem
from wenzhai.report import Report
from wenzhai.sources import Sources
from wenzhai.steps import parse_step
from wenzhai.store import OutputRow, Store

Files = Mapping[RelPath, Digest]
Rows = Mapping[str, OutputRow]
"""What was published at each path."""

CONVERSION = "7"
"""The hundreds of the codes of all problems that conversion finds."""


def keep_outline(store: Store, work: Plan, files: Files) -> None:
    """Keep the outline of a plan that was published from these sources."""
    store.set_facts({"outline": to_json(make_outline(work.scene))})
    keep_sources(store, files)


def keep_sources(store: Store, files: Files) -> None:
    """Note that the outline kept serves for these sources too."""
    store.set_facts({"planned": json.dumps(dict(files), ensure_ascii=False)})


def amend(
    store: Store, rows: Rows, sources: Sources, memo: Memo, last: Report
) -> dict[OutPath, Output] | None:
    """Make the outputs that change where nothing but bodies did, and return all outputs.

    ``rows`` are the outputs as last published; ``last`` is what the last build told: it published,
    and its request was the same.

    Raises:
        MissingBlobError: if the cache turned out to be damaged.
    """
    before: dict[RelPath, Digest] = json.loads(store.fact("planned") or "{}")
    changed = changed_articles(_given(before), _given(sources.snapshot.files))
    if changed is None or not _is_sound(sources, last.problems, changed):
        return None
    fresh = _made_again(store, sources, memo, before, changed) if changed else {}
    if fresh is None or not fresh.keys() <= rows.keys():
        return None
    kept = {
        OutPath(path): Output(Digest(row.key), Digest(row.content)) for path, row in rows.items()
    }
    return kept | fresh


def amend_plan(work: Plan, before: Files, sources: Sources, memo: Memo) -> Plan | None:
    """Amend a plan that was made from the files ``before``, where nothing but bodies changed.

    Its moment still holds, and its settings are the same as far as files do not say.
    """
    after = sources.snapshot.files
    if _count(before) != _count(after):  # as after most new and deleted files
        return None
    changed = changed_articles(_given(before), _given(after))
    if changed is None or not _is_sound(sources, work.problems, changed):
        return None
    articles = _parse(sources, memo, sorted(changed))
    return plan_again(work, articles, sources.snapshot) if articles is not None else None


def _given(files: Files) -> Files:
    """Leave out the ledger: the last build wrote it, and it holds what that planned."""
    return {path: content for path, content in files.items() if path != LEDGER_FILE}


def _count(files: Files) -> int:
    """Count the files that are given."""
    return len(files) - (LEDGER_FILE in files)


def _is_sound(sources: Sources, told: Iterable[Problem], changed: Collection[RelPath]) -> bool:
    """Tell whether no problem is known that could be another one now, or could be gone."""
    standing = {item for item in told if item.code[1] == CONVERSION}
    if standing != set(sources.problems) or sources.snapshot.problems:
        return False
    paths = {item.span.path for item in told if item not in standing}
    return paths.isdisjoint(changed) and all(item.severity == "warning" for item in told)


def _made_again(
    store: Store, sources: Sources, memo: Memo, before: Files, changed: Collection[RelPath]
) -> dict[OutPath, Output] | None:
    """Make the outputs that hold changed bodies; None if more than bodies changed."""
    articles = _parse(sources, memo, sorted(changed))
    if articles is None:
        return None
    shelf = _Shelf(store, sources)
    if not all(keeps_outline(shelf.read_as(p, before[p]), now) for p, now in articles.items()):
        return None
    outline: Outline = from_json(Outline, store.fact("outline"))
    scene = set_scene(outline, sources.config, shelf.read)
    rows = [row for row, path in enumerate(outline.entries.paths) if path in changed]
    work = plan_bodies(scene, rows, sources.snapshot)
    fresh, problems = produce(work, memo, work.targets)
    return None if problems else fresh


class _Shelf:
    """Articles by path, read from the results of the step ``parse``."""

    def __init__(self, store: Store, sources: Sources) -> None:
        self._store = store
        self._settings = article_settings(sources.config)
        self._files = sources.snapshot.files

    def read(self, path: RelPath) -> Article:
        return self.read_as(path, self._files[path])

    def read_as(self, path: RelPath, content: Digest) -> Article:
        record = self._store.record("parse", digest(path, content, self._settings))
        if not record:
            raise MissingBlobError(path)
        return read_article(record)


def _parse(
    sources: Sources, memo: Memo, changed: Iterable[RelPath]
) -> dict[RelPath, Article] | None:
    """Parse changed articles; None if one has a problem, be it a warning."""
    settings, files = article_settings(sources.config), sources.snapshot.files
    calls = [(path, files[path], settings) for path in changed]
    results = memo.map("parse", parse_step, calls)
    if any(result.problems for result in results):
        return None
    return {path: read_article(r.record) for (path, *_), r in zip(calls, results, strict=True)}
