"""Outputs become files: all of them or none, each of them whole, and nobody else's touched.

Every changed file is first staged, and moved to its place only when all are, so readers see old
or new files, never parts, and a build that fails half-way leaves the old site.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from wenzhai.digest import digest_bytes
from wenzhai.manifest import (
    MANIFEST,
    STAGING,
    check_folder,
    check_paths,
    file_signature,
    fold,
    holds_files,
    read_journal,
    read_manifest,
)
from wenzhai.model import Digest, OutPath
from wenzhai.obstacles import delete_stale, find_obstacles
from wenzhai.problems import Problem, Span, problem
from wenzhai.scan import signature_of
from wenzhai.staging import INDEX, NONE_LAID, Read, empty_staging, make_folders, stage_all

if TYPE_CHECKING:
    from concurrent.futures import Executor  # loads slowly


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What publishing did. With an error among ``problems`` the rest is empty.

    ``signatures`` are those of all published files, to be handed to the next publish.
    """

    written: tuple[OutPath, ...] = ()
    unchanged: tuple[OutPath, ...] = ()
    removed: tuple[OutPath, ...] = ()
    problems: tuple[Problem, ...] = ()
    signatures: Mapping[OutPath, str] = field(default_factory=dict)


def publish(
    outputs: Mapping[OutPath, Digest],
    read: Read,
    folder: Path,
    site: Path,
    known: Mapping[OutPath, str],
    executor: Executor | None = None,
    laid: Mapping[OutPath, str] = NONE_LAID,
) -> PublishReport:
    """Make a folder hold exactly these outputs, besides what others put there.

    Args:
        outputs: the digest of every output's bytes.
        read: gives the bytes of an output; asked for changed ones alone. With an executor of
            processes it must be picklable.
        folder: where to publish; made if need be.
        site: the site folder, which the output may lie in but not cover.
        known: the signatures of the last report; files that fit theirs are not read again.
        executor: stages files in parallel.
        laid: the files in which outputs lie ready, each its own (see ``outbox``).

    Problem codes: those of check_folder and check_paths, E602 (somebody else's folder), E603
    (cannot write), E605 (somebody else's file in the way), W601 (an old output that turned
    into something else).
    """
    if problems := (*check_folder(folder, site), *check_paths(outputs)):
        return PublishReport(problems=problems)
    last, begun = read_manifest(folder), read_journal(folder)
    if last is None and begun is None and holds_files(folder):
        return PublishReport(problems=(problem("E602", Span(str(folder)), folder=folder),))
    ours = frozenset({**(last or {}), **(begun or {})})
    stale = frozenset(ours - outputs.keys())
    changed, signatures = _compare(outputs, last or {}, folder, known, stale)
    if last == outputs and not changed and not (folder / STAGING).exists():
        return PublishReport(unchanged=tuple(sorted(outputs)), signatures=signatures)
    first, problems = find_obstacles(folder, changed, stale)
    if problems:
        return PublishReport(problems=problems)
    try:
        # What is in the way of a folder may only go once all is staged.
        lacking = () if first else _lacking(folder, changed)
        ready = {path: laid[path] for path in changed if path in laid}
        brought = _brought(changed, ready, lacking)
        folders = tuple(path for path in lacking if path not in brought)
        waiting = stage_all(changed, outputs, ours, read, folder, executor, folders, ready)
        signatures |= _place(changed, {**waiting, **brought}, folder, first)
        removed, problems = delete_stale(folder, stale.difference(first))
        _finish(folder)
    except OSError as error:
        failure = _cannot_write(folder, error)
        empty_staging(folder, keep_journal=True)
        return PublishReport(problems=(failure,))
    unchanged = tuple(sorted(outputs.keys() - set(changed)))
    gone = tuple(sorted({*first, *removed}))
    return PublishReport(changed, unchanged, gone, problems, signatures)


def _compare(
    outputs: Mapping[OutPath, Digest],
    last: Mapping[OutPath, Digest],
    folder: Path,
    known: Mapping[OutPath, str],
    stale: Iterable[OutPath],
) -> tuple[tuple[OutPath, ...], dict[OutPath, str]]:
    """Tell which outputs must be written, in order, and the signatures of the others.

    Where case does not count, an output and a stale file can be the same file: that one is
    deleted before its successor is written, so the successor counts as changed.
    """
    folded = {fold(path) for path in stale}
    signatures: dict[OutPath, str] = {}
    for path, digest in outputs.items():
        signature = file_signature(f"{folder}{os.sep}{path}")
        if signature and signature == known.get(path) and path in last:
            holds: Digest | None = last[path]
        else:
            holds = _digest_file(folder / path) if signature else None
        if holds == digest and not (folded and fold(path) in folded):
            signatures[path] = signature
    return tuple(sorted(outputs.keys() - signatures.keys(), key=_order)), signatures


def _digest_file(path: Path) -> Digest | None:
    try:
        return digest_bytes(path.read_bytes())
    except OSError:
        return None


def _order(path: OutPath) -> tuple[int, str]:
    """Sort outputs so that nothing is linked before it is there.

    Assets, articles, other pages, then what announces them: feeds, sitemap and the like.
    """
    if path.startswith("articles/"):
        return 1, path
    if path.endswith(".html"):
        return 2, path
    announces = path.endswith((".xml", ".json", ".txt", ".opml")) and path[:7] != "assets/"
    return 3 if announces else 0, path


def _place(
    changed: tuple[OutPath, ...],
    waiting: Mapping[OutPath, str],
    folder: Path,
    first: tuple[OutPath, ...],
) -> dict[OutPath, str]:
    """Move staged files to their places, and return their signatures."""
    base = f"{folder}{os.sep}"
    if first:
        delete_stale(folder, first)
        make_folders(str(folder), _lacking(folder, changed), [])
    for path in changed:
        parent = path.rpartition("/")[0]
        if parent in waiting and path.endswith(INDEX):
            os.rename(waiting[OutPath(parent)], base + parent)  # noqa: PTH104  # 3x the speed
        else:
            os.replace(waiting[path], base + path)  # noqa: PTH105  # the same
    # A rename changes the ctime, so signatures can only be taken now.
    return {path: signature_of(os.lstat(base + path)) for path in changed}


def _brought(
    changed: Iterable[OutPath], ready: Mapping[OutPath, str], lacking: tuple[str, ...]
) -> dict[OutPath, str]:
    """Tell which of the lacking folders come with a page in them, and where these wait.

    They are folders without others below, whose first file in the order of moving is that page.
    """
    open_to = set(lacking) - {path.rpartition("/")[0] for path in lacking}
    brought: dict[OutPath, str] = {}
    for path in changed:
        parent = path.rpartition("/")[0]
        if parent in open_to:
            open_to.discard(parent)
            place, _, name = ready.get(path, "").rpartition("/")
            if name == INDEX and path == f"{parent}/{INDEX}":
                brought[OutPath(parent)] = place
    return brought


def _lacking(folder: Path, paths: Iterable[OutPath]) -> tuple[str, ...]:
    """List the folders that must be made for these outputs, parents first."""
    wanted: set[str] = set()
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent and parent not in wanted:
            wanted.add(parent)
            parent = parent.rpartition("/")[0]
    return tuple(sorted(p for p in wanted if not os.path.isdir(f"{folder}{os.sep}{p}")))  # noqa: PTH112


def _finish(folder: Path) -> None:
    """Put the manifest in place, which makes the build count, then drop the staging folder."""
    staged, target = folder / STAGING / MANIFEST, folder / MANIFEST
    if not target.is_file() or target.read_bytes() != staged.read_bytes():
        staged.replace(target)
    empty_staging(folder)


def _cannot_write(folder: Path, error: OSError) -> Problem:
    try:
        free = f"{shutil.disk_usage(folder).free / 1_000_000:,.1f} MB"
    except OSError:
        free = "?"
    path = str(error.filename or folder)
    reason = error.strerror or type(error).__name__
    return problem("E603", Span(path), path=path, reason=reason, free=free)
