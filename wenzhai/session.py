"""One site folder at work: runs the edges around the build (convert, snapshot, publish, keep).

Everything that touches disk or clock in a build is called from here; the command line, the
watcher and the preview use the same function, so there is one engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from wenzhai.amending import Rows, amend, keep_outline, keep_sources
from wenzhai.builder import Output, Plan, complete, produce
from wenzhai.dates import parse_date
from wenzhai.drafting import Draft, make_draft
from wenzhai.held import with_doubts
from wenzhai.ledger_file import record_published
from wenzhai.manifest import read_manifest, tree_signature
from wenzhai.memo import Memo, Progress
from wenzhai.model import Digest, Moment, OutPath, RelPath
from wenzhai.outbox import FolderOutbox, open_outbox
from wenzhai.problems import Problem, sort_problems
from wenzhai.publish import PublishReport, publish
from wenzhai.report import DONE, Report
from wenzhai.request import Run
from wenzhai.scan import Scan
from wenzhai.sources import Sources, read_sources
from wenzhai.store import OutputRow, Store
from wenzhai.workers import Shelf, read_output, writing_pool

PLANNING = frozenset({"parse", "slug", "relate"})
"""Steps that make no output."""
NEVER = OutputRow("", "", "", "")
"""The row of an output that was never published."""


def make_memo(store: Store, sources: Sources, jobs: int, progress: Progress) -> Memo:
    """Open the memo over a store for one snapshot."""
    snapshot = sources.snapshot
    places = {content: snapshot.origins[path] for path, content in snapshot.files.items()}
    return Memo(store, places, jobs, progress)


def make_plan(run: Run, sources: Sources, memo: Memo) -> Plan:
    """Work out all outputs; problems of conversion are among the plan's."""
    return complete(start_plan(run, sources, memo), memo)


def start_plan(run: Run, sources: Sources, memo: Memo, last: Draft | None = None) -> Draft:
    """Make the draft of a plan; problems of conversion are among its own."""
    commits = _commit_moments(run.site, sources.config.timezone)
    draft = make_draft(sources.snapshot, sources.config, run.options, memo, commits, last)
    return replace(draft, problems=(*draft.problems, *sources.problems))


def build_once(
    store: Store,
    run: Run,
    progress: Progress,
    scan: Scan | None = None,
    last: Report | None = None,
) -> Report:
    """Convert, plan, render and publish; nothing is published unless there is no error.

    Args:
        store: the cache.
        run: the request.
        progress: told how far long steps are.
        scan: one of the sources made just now, if there is one.
        last: what the last build told, if it was asked for the same and published.

    Raises:
        SettingsError: if the settings cannot be used.
        SourceChangedError: if sources changed meanwhile; build again.
        MissingBlobError: if the cache turned out to be damaged; empty it and build again.
    """
    sources = read_sources(store, run, scan, progress)
    memo = make_memo(store, sources, run.jobs, progress)
    rows = store.outputs()
    made = _amended(store, rows, sources, memo, last) if last else None
    if made is not None:
        return _conclude(store, rows, run, memo, made, sources)
    with open_outbox(run.output, run.site) as outbox:
        made = _planned(run, sources, memo, outbox)
        return _conclude(store, rows, run, memo, made, sources)


def _conclude(
    store: Store, rows: Rows, run: Run, memo: Memo, made: _Made, sources: Sources
) -> Report:
    """Publish what was made, unless there is an error, and keep what the next build needs."""
    report = made.report
    if _is_barred(run, report.problems):
        return replace(report, ok=False, published=False)
    done = _publish(store, rows, run, memo, made.outputs)
    if any(item.severity == "error" for item in done.problems):
        every = sort_problems((*report.problems, *done.problems))
        return replace(report, ok=False, published=False, problems=every)
    wanted = "" if run.drafts or run.future or report.errors else made.ledger
    lost = record_published(store, run.site, wanted, sources.snapshot)
    _keep(store, memo, made, sources)
    return replace(
        report,
        ok=not (report.errors or lost),
        problems=sort_problems((*report.problems, *done.problems, *lost)),
        written=len(done.written),
        removed=len(done.removed),
        unchanged=len(done.unchanged),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """What a build would publish and tell; without a plan where the last one was amended."""

    outputs: Mapping[OutPath, Output]
    report: Report
    plan: Plan | None = None

    @property
    def ledger(self) -> str:
        return self.plan.ledger if self.plan else ""


def _amended(store: Store, rows: Rows, sources: Sources, memo: Memo, last: Report) -> _Made | None:
    outputs = amend(store, rows, sources, memo, last)
    if outputs is None:
        return None
    parsed, rendered = _ran(memo)
    return _Made(outputs, replace(last, fresh=True, imported=0, parsed=parsed, rendered=rendered))


def _planned(run: Run, sources: Sources, memo: Memo, outbox: FolderOutbox | None) -> _Made:
    work = make_plan(run, sources, memo)
    ready = None if _is_barred(run, work.problems) else outbox
    outputs, problems = produce(work, memo, _renderable(work), ready)
    return _Made(outputs, _report(run, work, sources, memo, outputs, problems), work)


def _is_barred(run: Run, problems: tuple[Problem, ...]) -> bool:
    """Tell whether these problems keep a build from publishing."""
    fatal = any(item.severity == "error" for item in problems)
    strict = run.strict and any(item.code not in DONE for item in problems)
    return strict or (fatal and not run.keep_going)


def _keep(store: Store, memo: Memo, made: _Made, sources: Sources) -> None:
    """Keep what the next build may amend, and clear the cache now and then."""
    if made.plan is None:
        keep_sources(store, sources.snapshot.files)
        return
    keep_outline(store, made.plan, sources.snapshot.files)
    if memo.number % 50 == 0:
        store.collect(memo.used, memo.number - 20)


def _renderable(work: Plan) -> list[OutPath]:
    """Leave out pages whose template is missing or broken: the plan's problems name it."""
    return [p for p, t in work.targets.items() if not t.template or t.template in work.frames]


def _report(
    run: Run,
    work: Plan,
    sources: Sources,
    memo: Memo,
    outputs: Mapping[OutPath, Output],
    problems: tuple[Problem, ...],
) -> Report:
    parsed, rendered = _ran(memo)
    return Report(
        articles=len(work.catalog.entries),
        imported=len(sources.imported),
        held=with_doubts(run.site, work.catalog.held),
        outputs=len(outputs),
        pages=sum(bool(target.template) for target in work.targets.values()),
        feeds=sum(target.step == "feed" for target in work.targets.values()),
        due=work.catalog.due,
        undated=has_undated(work),
        parsed=parsed,
        rendered=rendered,
        problems=sort_problems((*work.problems, *problems)),
    )


def _ran(memo: Memo) -> tuple[int, int]:
    """Count the articles parsed and the outputs made."""
    made = sum(count for name, count in memo.ran.items() if name not in PLANNING)
    return memo.ran.get("parse", 0), made


def has_undated(work: Plan) -> bool:
    """Tell whether some article's date stands neither in its file nor in its name: ask git."""
    shown = (entry.article for entry in work.catalog.entries)
    return any(not (one.date or one.added or one.named_date) for one in shown)


def _publish(
    store: Store, rows: Rows, run: Run, memo: Memo, outputs: Mapping[OutPath, Output]
) -> PublishReport:
    wanted = {path: output.content for path, output in outputs.items() if output.content}
    if run.keep_going:
        wanted = _with_last_good(outputs, wanted, run.output)
    known = {OutPath(path): row.signature for path, row in rows.items()}
    laid = {path: output.laid for path, output in outputs.items() if output.laid}
    last = read_manifest(run.output) or {}
    count = sum(last.get(p) != content for p, content in wanted.items() if p not in laid)
    with writing_pool(Shelf(store.folder, memo.sources, wanted), run.jobs, count) as pool:
        read = read_output if pool else _reader(memo, wanted)
        done = publish(wanted, read, run.output, run.site, known, pool, laid)
    if done.problems and not done.signatures:
        return done
    changed: dict[str, OutputRow] = {}
    for path, output in outputs.items():
        was = rows.get(path, NEVER)
        before = was.key if was.key != output.key else was.before
        row = OutputRow(output.key, before, output.content, done.signatures.get(path, ""))
        if row != was:
            changed[path] = row
    store.set_outputs(changed, rows.keys() - outputs.keys())
    store.set_facts({"outputs": tree_signature(run.output, wanted, done.signatures)})
    return done


def _reader(memo: Memo, wanted: Mapping[OutPath, Digest]) -> Callable[[OutPath], bytes]:
    return lambda path: memo.read(wanted[path])


def _with_last_good(
    outputs: Mapping[OutPath, Output], wanted: Mapping[OutPath, Digest], folder: Path
) -> dict[OutPath, Digest]:
    """Keep the last published version of outputs that could not be made."""
    last = read_manifest(folder) or {}
    kept = {path: last[path] for path in outputs if path not in wanted and path in last}
    return {**wanted, **kept}


def _commit_moments(
    site: Path, zone: str
) -> Callable[[tuple[RelPath, ...]], Mapping[RelPath, Moment]]:
    def moments(paths: tuple[RelPath, ...]) -> Mapping[RelPath, Moment]:
        from wenzhai.gitdates import commit_dates  # noqa: PLC0415  # only where dates are lacking

        dates = commit_dates(site, paths)
        read = {path: parse_date(text, zone) for path, text in dates.items()}
        return {path: moment for path, moment in read.items() if isinstance(moment, Moment)}

    return moments
