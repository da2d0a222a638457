"""The staging folder inside the output folder, where a build's files wait until all are written.

A disk that turns out to be full does no harm there, and moving a file from it replaces at once.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from itertools import islice
from pathlib import Path

from wenzhai.manifest import JOURNAL, MANIFEST, STAGING, render_manifest
from wenzhai.model import Digest, OutPath

FILE_MODE, FOLDER_MODE = 0o644, 0o755
BATCH = 256
"""Files that a worker process stages at a time."""

Read = Callable[[OutPath], bytes]
"""Give the bytes of an output."""

_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def stage_all(
    changed: tuple[OutPath, ...],
    outputs: Mapping[OutPath, Digest],
    ours: frozenset[OutPath],
    read: Read,
    folder: Path,
    executor: Executor | None,
) -> None:
    """Write all changed files into the staging folder; on failure leave the folder as it was."""
    begun = (folder / JOURNAL).is_file()
    empty_staging(folder, keep_journal=begun)
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            folder.chmod(FOLDER_MODE)
        (folder / STAGING).mkdir(exist_ok=True)
        if not ours.issuperset(changed):
            # Without it, a kill before the manifest would leave files that nobody ever deletes.
            named = dict.fromkeys(ours.union(outputs), Digest(""))
            _write(f"{folder}/{STAGING}/journal", render_manifest(named))
            (folder / STAGING / "journal").replace(folder / JOURNAL)
        _run_batches(str(folder), enumerate(changed), read, executor)
        _write(f"{folder}/{STAGING}/{MANIFEST}", render_manifest(outputs), sync=True)
    except BaseException:
        empty_staging(folder, keep_journal=begun)
        raise


def stage_batch(folder: str, batch: tuple[tuple[int, OutPath], ...], read: Read) -> None:
    """Write outputs into the staging folder, each under its number in a folder of its batch.

    Processes that create files in one folder would wait for one another.

    Raises:
        OSError: where a file cannot be written; ``filename`` is the output's path.
    """
    Path(staged(folder, batch[0][0])).parent.mkdir(exist_ok=True)
    for number, path in batch:
        content = read(path)
        try:
            _write(staged(folder, number), content)
        except OSError as error:
            error.filename = path
            raise


def staged(folder: str, number: int) -> str:
    """Return where the output with this number waits."""
    return f"{folder}/{STAGING}/{number // BATCH}/{number}"


def empty_staging(folder: Path, *, keep_journal: bool = False) -> None:
    """Remove what was staged, and the journal too unless it is still needed."""
    staging = folder / STAGING
    if staging.is_symlink():
        staging.unlink()
    elif keep_journal and (folder / JOURNAL).is_file():
        for path in staging.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path != folder / JOURNAL:
                path.unlink()
    else:
        shutil.rmtree(staging, ignore_errors=True)


def _run_batches(
    folder: str, numbered: Iterator[tuple[int, OutPath]], read: Read, executor: Executor | None
) -> None:
    batches = iter(lambda: tuple(islice(numbered, BATCH)), ())
    if executor is None:
        for batch in batches:
            stage_batch(folder, batch, read)
        return
    futures = [executor.submit(stage_batch, folder, batch, read) for batch in batches]
    try:
        for future in futures:
            future.result()
    finally:
        # None may still write when the staging folder is emptied.
        for future in futures:
            if not future.cancel():
                future.exception()


def _write(real: str, content: bytes, *, sync: bool = False) -> None:
    """Write a new file; every failure shows, also one that only closing reveals."""
    handle = os.open(real, _WRITE_FLAGS, FILE_MODE)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if hasattr(os, "fchmod"):
            os.fchmod(handle, FILE_MODE)  # whatever the umask says
        if sync:
            os.fsync(handle)
    finally:
        os.close(handle)
