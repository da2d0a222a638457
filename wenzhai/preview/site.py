"""One look at the site: sources are read, converted, planned, and compared with the last look."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from wenzhai.amending import amend_plan
from wenzhai.builder import Plan, complete, plan_pages
from wenzhai.config import Config
from wenzhai.digest import digest_bytes
from wenzhai.drafting import Draft
from wenzhai.lazy import Breath, no_breath
from wenzhai.memo import Memo, silent
from wenzhai.model import Digest, OutPath, RelPath
from wenzhai.preview.outputs import Outputs
from wenzhai.problems import Problem
from wenzhai.request import Run
from wenzhai.scan import Scan
from wenzhai.session import has_undated, make_memo, start_plan
from wenzhai.sources import Sources, read_sources
from wenzhai.store import Store

PAGES = ("content/articles/", "content/pages/", "content/digests/")
TORN_SECONDS = 0.5
"""A file that changed so recently may be half-written."""
NOTHING = digest_bytes(b"")


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found; ``store`` is the one that its outputs are made in.

    ``changed`` are the Markdown files that are new or hold something else than at the last look.
    """

    store: Store
    run: Run
    sources: Sources
    outputs: Outputs
    changed: tuple[RelPath, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the problems of the plan."""
        return self.outputs.work.problems

    @property
    def files(self) -> Mapping[RelPath, Digest]:
        """Return the digests of the sources."""
        return self.sources.snapshot.files


class First(Protocol):
    """Pages that somebody waits for: they are planned before the rest of the site."""

    def begin(self, config: Config) -> None:
        """Note that pages can be planned from now on, by these settings."""

    def paths(self) -> tuple[OutPath, ...]:
        """Name those of now; what it raises ends the look."""

    def tell(self, look: Look) -> None:
        """Take what has outputs for these alone, as far as they can be planned first."""


def look(
    store: Store,
    run: Run,
    scan: Scan | None = None,
    last: Look | None = None,
    first: First | None = None,
) -> Look:
    """Read and plan a site; what was made of it before is found in the store.

    Raises:
        SettingsError: if the settings cannot be used.
        SourceChangedError: if a source changed meanwhile; look again.
    """
    known = last.sources if last and last.store is store else None
    sources = read_sources(store, run, scan, last=known)
    return look_over(run, sources, make_memo(store, sources, run.jobs, silent), store, last, first)


def look_over(
    run: Run,
    sources: Sources,
    memo: Memo,
    store: Store,
    last: Look | None = None,
    first: First | None = None,
) -> Look:
    """Plan a site whose sources are read; what is as at the ``last`` look is taken over."""
    changed = _changed(sources.snapshot.files, last.files) if last else ()
    last = last if last and last.store is store else None
    work = _amended(run, sources, memo, last) if last else None
    if work is None:
        before = last.outputs if last else None
        draft = start_plan(run, sources, memo, before.work.draft if before else None)
        found = partial(Look, store, run, sources, changed=changed)
        breathe = _early(found, memo, draft, before, first)
        work = complete(draft, memo, before.work if before else None, breathe)
    return Look(store, run, sources, Outputs(work, memo, last.outputs if last else None), changed)


def _early(
    found: Callable[..., Look],
    memo: Memo,
    draft: Draft,
    before: Outputs | None,
    first: First | None,
) -> Breath:
    """Return what serves the pages of a draft that are waited for; serve those of now."""
    if first is None:
        return no_breath

    def serve() -> None:
        if paths := first.paths():
            first.tell(found(outputs=Outputs(plan_pages(draft, paths), memo, before)))

    first.begin(draft.config)
    serve()
    return serve


def _amended(run: Run, sources: Sources, memo: Memo, last: Look) -> Plan | None:
    """Amend the plan of the last look, if time and settings left it as it was."""
    work = last.outputs.work
    due = work.catalog.due
    is_current = last.run.now <= run.now and (due is None or run.now < due)
    if not is_current or run.request != last.run.request or sources.config != last.sources.config:
        return None
    return None if has_undated(work) else amend_plan(work, last.files, sources, memo)


def torn_files(now: Look, last: Look | None) -> tuple[RelPath, ...]:
    """Return the files just written that hold new errors, or nothing: they may be half-written."""
    known = frozenset(last.problems) if last else frozenset()
    found = {p.span.path for p in now.problems if p.severity == "error" and p not in known}
    fresh = dict.fromkeys((*now.changed, *map(RelPath, sorted(found))))
    return tuple(path for path in fresh if path in now.files and _is_torn(now, path, found))


def is_settled(now: Look, path: RelPath) -> bool:
    """Tell whether a file still holds what the look has read, and that is something."""
    try:
        content = Path(now.sources.snapshot.origins[path]).read_bytes()
    except OSError:
        return False
    return bool(content) and digest_bytes(content) == now.files[path]


def _is_torn(now: Look, path: RelPath, broken: Container[str]) -> bool:
    try:
        status = Path(now.sources.snapshot.origins[path]).stat()
    except FileNotFoundError:
        return True
    is_new = time.time() - status.st_mtime < TORN_SECONDS
    # Judged by what was read: meanwhile the file may be whole.
    return is_new and (path in broken or now.files[path] == NOTHING)


def _changed(
    files: Mapping[RelPath, Digest], before: Mapping[RelPath, Digest]
) -> tuple[RelPath, ...]:
    """Return the Markdown files that are new or hold something else."""
    fresh = [path for path, content in files.items() if before.get(path) != content]
    return tuple(path for path in fresh if path.endswith(".md") and path.startswith(PAGES))
