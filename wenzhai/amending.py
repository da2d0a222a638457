"""Amending the last build: an edit of bodies alone needs no plan of the whole site.

Owns what is kept of a build for that, and when it serves. Where anything else changed, or anything
is wrong, the answer is None and the site is planned as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from wenzhai.amend import changed_articles, keeps_outline
from wenzhai.builder import Output, Plan, article_settings, plan_bodies, produce
from wenzhai.codec import decoder, from_json, to_json
from wenzhai.config import SOURCES, Config
from wenzhai.digest import digest, digest_bytes
from wenzhai.ledger import LEDGER_FILE
from wenzhai.memo import Memo
from wenzhai.model import Article, Digest, OutPath, RelPath
from wenzhai.outline import Outline, make_outline, set_scene
from wenzhai.packs import MissingBlobError
from wenzhai.report import Report
from wenzhai.sources import Sources
from wenzhai.steps import parse_step
from wenzhai.store import OutputRow, Store

Files = Mapping[RelPath, Digest]
Rows = Mapping[str, OutputRow]
"""What was published at each path."""


def keep_outline(store: Store, work: Plan, files: Files) -> None:
    """Keep the outline of a plan that was published from these sources."""
    outline = to_json(make_outline(work.scene))
    store.set_facts({"outline": outline, "planned": _sum(files)})


def keep_sources(store: Store, files: Files) -> None:
    """Note that the outline kept serves for these sources too."""
    store.set_facts({"planned": _sum(files)})


def amend(
    store: Store, rows: Rows, sources: Sources, memo: Memo, last: Report
) -> dict[OutPath, Output] | None:
    """Make the outputs that change where nothing but bodies did, and return all outputs.

    ``rows`` are the outputs as last published; ``last`` is what the last build told: it published,
    and its request was the same.

    Raises:
        MissingBlobError: if the cache turned out to be damaged.
    """
    changed = changed_articles(_given(sources.before), _given(sources.snapshot.files))
    if changed is None or not _is_sound(sources, last, changed):
        return None
    if store.fact("planned") != _sum(sources.before):
        return None
    fresh = _made_again(store, sources, memo, changed) if changed else {}
    if fresh is None or not fresh.keys() <= rows.keys():
        return None
    kept = {
        OutPath(path): Output(Digest(row.key), Digest(row.content)) for path, row in rows.items()
    }
    return kept | fresh


def _is_sound(sources: Sources, last: Report, changed: Collection[RelPath]) -> bool:
    """Tell whether no problem is known that could be another one now, or could be gone."""
    told = {item.span.path for item in last.problems}
    known = told.isdisjoint(changed) and not any(path.startswith(SOURCES) for path in told)
    return known and not (last.errors or sources.problems or sources.snapshot.problems)


def _made_again(
    store: Store, sources: Sources, memo: Memo, changed: Collection[RelPath]
) -> dict[OutPath, Output] | None:
    """Make the outputs that hold changed bodies; None if more than bodies changed."""
    articles = _Articles(store, sources.config, sources.snapshot.files)
    if not _parse(sources, memo, sorted(changed), articles):
        return None
    outline: Outline = from_json(Outline, store.fact("outline"))
    edited = [row for row, path in enumerate(outline.entries.paths) if path in changed]
    scene = set_scene(outline, sources.config, articles.read)
    work = plan_bodies(scene, edited, sources.snapshot)
    fresh, problems = produce(work, memo, work.targets)
    return None if problems else fresh


def _given(files: Files) -> Files:
    """Leave out the ledger: the last build wrote it, and it holds what that planned."""
    return {path: content for path, content in files.items() if path != LEDGER_FILE}


def _sum(files: Files) -> Digest:
    lines = (f"{content} {path}" for path, content in sorted(_given(files).items()))
    return digest_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))


class _Articles:
    """Articles by path, read from the results of the step ``parse``."""

    def __init__(self, store: Store, config: Config, files: Files) -> None:
        self._store = store
        self._settings = article_settings(config)
        self._files = files
        self._decode = decoder(Article)

    def read(self, path: RelPath) -> Article:
        return self.read_as(path, self._files[path])

    def read_as(self, path: RelPath, content: Digest) -> Article:
        record = self._store.record("parse", digest(path, content, self._settings))
        if not record:
            raise MissingBlobError(path)
        found: Article = self._decode(json.loads(record))
        return found


def _parse(sources: Sources, memo: Memo, changed: Iterable[RelPath], articles: _Articles) -> bool:
    """Parse changed articles; tell whether all keep their outline and none has a problem."""
    settings = article_settings(sources.config)
    files = sources.snapshot.files
    calls = [(path, files[path], settings) for path in changed]
    if any(result.problems for result in memo.map("parse", parse_step, calls)):
        return False
    return all(
        keeps_outline(articles.read_as(path, sources.before[path]), articles.read(path))
        for path, *_ in calls
    )
