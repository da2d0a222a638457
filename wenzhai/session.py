"""One site folder at work: runs the edges around the build (convert, snapshot, publish, keep).

Everything that touches disk or clock in a build is called from here; the command line, the
watcher and the preview use the same function, so there is one engine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from wenzhai.builder import Output, Plan, plan, produce
from wenzhai.catalog import Entry
from wenzhai.config import SOURCES, Config
from wenzhai.dates import parse_date
from wenzhai.gitdates import commit_dates
from wenzhai.held import with_doubts
from wenzhai.ledger_file import record_published
from wenzhai.manifest import read_manifest, tree_signature
from wenzhai.memo import Memo, Progress
from wenzhai.model import Digest, Moment, OutPath, RelPath
from wenzhai.problems import Problem, sort_problems
from wenzhai.publish import PublishReport, publish
from wenzhai.report import Report
from wenzhai.request import Run, read_settings, theme_folders
from wenzhai.scan import Scan, scan_sources
from wenzhai.snapshot import Snapshot, take_snapshot
from wenzhai.store import Store, Trace
from wenzhai.workers import Shelf, read_output, writing_pool

PLANNING = frozenset({"parse", "slug", "relate"})
"""Steps that make no output."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of a site, read: settings, snapshot, and what conversion did to them."""

    config: Config
    snapshot: Snapshot
    imported: tuple[RelPath, ...]
    problems: tuple[Problem, ...]


def read_sources(
    store: Store, run: Run, scan: Scan | None = None, *, convert: bool = True
) -> Sources:
    """Read the settings, convert new or changed sources, and take the snapshot to build from.

    ``scan`` is one that was made just now, if there is one.

    Raises:
        SettingsError: if the settings cannot be used.
    """
    config = read_settings(run.site, run.base_url)
    snapshot = _snapshot(store, run, scan)
    if not convert or not any(path.startswith(SOURCES) for path in snapshot.files):
        return Sources(config, snapshot, (), ())
    return _convert(store, run, config, snapshot)


def _convert(store: Store, run: Run, config: Config, snapshot: Snapshot) -> Sources:
    from wenzhai.convert import convert_sources  # noqa: PLC0415  # the importers take 0.1 s

    settled = store.traces("settled")
    today = datetime.fromtimestamp(run.now, ZoneInfo(config.timezone)).date().isoformat()
    done = convert_sources(run.site, snapshot, settled.__contains__, today, config.timezone)
    fresh = [Trace(key, "", "", "") for key in done.settled if key not in settled]
    store.add("settled", fresh, (), 0)
    if done.imported:
        snapshot = _snapshot(store, run)
    return Sources(config, snapshot, done.imported, done.problems)


def make_memo(store: Store, sources: Sources, jobs: int, progress: Progress) -> Memo:
    """Open the memo over a store for one snapshot."""
    snapshot = sources.snapshot
    places = {content: snapshot.origins[path] for path, content in snapshot.files.items()}
    return Memo(store, places, jobs, progress)


def make_plan(run: Run, sources: Sources, memo: Memo) -> Plan:
    """Work out all outputs; problems of conversion are among the plan's."""
    commits = _commit_moments(run.site, sources.config.timezone)
    work = plan(sources.snapshot, sources.config, run.options, memo, commits)
    return replace(work, problems=sort_problems((*work.problems, *sources.problems)))


def build_once(store: Store, run: Run, progress: Progress, scan: Scan | None = None) -> Report:
    """Convert, plan, render and publish; nothing is published unless there is no error.

    ``scan`` is one of the sources made just now, if there is one.

    Raises:
        SettingsError: if the settings cannot be used.
        SourceChangedError: if sources changed meanwhile; build again.
        MissingBlobError: if the cache turned out to be damaged; empty it and build again.
    """
    sources = read_sources(store, run, scan)
    memo = make_memo(store, sources, run.jobs, progress)
    work = make_plan(run, sources, memo)
    outputs, problems = produce(work, memo, _renderable(work))
    report = _report(run, work, sources, memo, outputs, problems)
    if (report.errors and not run.keep_going) or (run.strict and report.problems):
        return replace(report, ok=False, published=False)
    done = _publish(store, run, memo, outputs)
    if any(item.severity == "error" for item in done.problems):
        every = sort_problems((*report.problems, *done.problems))
        return replace(report, ok=False, published=False, problems=every)
    wanted = "" if run.drafts or run.future or report.errors else work.ledger
    lost = record_published(store, run.site, wanted, sources.snapshot)
    _collect(store, memo)
    return replace(
        report,
        ok=not (report.errors or lost),
        problems=sort_problems((*report.problems, *done.problems, *lost)),
        written=len(done.written),
        removed=len(done.removed),
        unchanged=len(done.unchanged),
    )


def _snapshot(store: Store, run: Run, scan: Scan | None = None) -> Snapshot:
    scan = scan or scan_sources(run.site, theme_folders(run.site), time.time_ns())
    snapshot, rows = take_snapshot(scan, store.files(), run.jobs)
    store.set_files({row.path: (row.signature, row.digest) for row in rows})
    return snapshot


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
    steps = {name: count for name, count in memo.ran.items() if name not in PLANNING}
    return Report(
        articles=len(work.catalog.entries),
        imported=len(sources.imported),
        held=with_doubts(run.site, work.catalog.held),
        outputs=len(outputs),
        pages=sum(bool(target.template) for target in work.targets.values()),
        feeds=sum(target.step == "feed" for target in work.targets.values()),
        parsed=memo.ran.get("parse", 0),
        rendered=sum(steps.values()),
        due=work.catalog.due,
        undated=any(not _dated(entry) for entry in work.catalog.entries),
        problems=sort_problems((*work.problems, *problems)),
    )


def _dated(entry: Entry) -> bool:
    """Tell whether an article's date stands in its own file or name, not in git."""
    article = entry.article
    return bool(article.date or article.added or article.named_date)


def _publish(
    store: Store, run: Run, memo: Memo, outputs: Mapping[OutPath, Output]
) -> PublishReport:
    rows = store.outputs()
    wanted = {path: output.content for path, output in outputs.items() if output.content}
    if run.keep_going:
        wanted = _with_last_good(outputs, wanted, run.output)
    known = {OutPath(path): signature for path, (_, _, signature) in rows.items()}
    last = read_manifest(run.output) or {}
    count = sum(last.get(path) != content for path, content in wanted.items())
    with writing_pool(Shelf(store.folder, memo.sources, wanted), run.jobs, count) as pool:
        read = read_output if pool else _reader(memo, wanted)
        done = publish(wanted, read, run.output, run.site, known, pool)
    if done.problems and not done.signatures:
        return done
    changed: dict[str, tuple[str, str, str]] = {}
    for path, output in outputs.items():
        key, before, signature = rows.get(path, ("", "", ""))
        before = key if key != output.key else before
        row = (str(output.key), before, done.signatures.get(path, ""))
        if row != (key, before, signature):
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


def _collect(store: Store, memo: Memo) -> None:
    """Clear the cache now and then of what the last builds did not need."""
    if memo.number % 50 == 0:
        store.collect(memo.used, memo.number - 20)


def _commit_moments(
    site: Path, zone: str
) -> Callable[[tuple[RelPath, ...]], Mapping[RelPath, Moment]]:
    def moments(paths: tuple[RelPath, ...]) -> Mapping[RelPath, Moment]:
        dates = commit_dates(site, paths)
        read = {path: parse_date(text, zone) for path, text in dates.items()}
        return {path: moment for path, moment in read.items() if isinstance(moment, Moment)}

    return moments
