"""The staging folder inside the output folder, where a build's files wait until all are written.

A disk that turns out to be full does no harm there, and moving a file from it replaces at once.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from wenzhai.manifest import FILE_MODE, JOURNAL, MANIFEST, STAGING, render_manifest
from wenzhai.model import Digest, OutPath

if TYPE_CHECKING:
    from concurrent.futures import Executor  # loads slowly

FOLDER_MODE = 0o755
INDEX = "index.html"
"""The name of a page's file in a folder of its own, by which the outbox lays both ready."""
LAID = f"{STAGING}/laid"
"""The folder of outputs that were laid ready while others were still rendered (see ``outbox``)."""
BATCH = 256
"""Files that a worker process stages at a time."""

Read = Callable[[OutPath], bytes]
"""Give the bytes of an output."""
NONE_LAID: Mapping[OutPath, str] = MappingProxyType({})

_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def stage_all(
    changed: tuple[OutPath, ...],
    outputs: Mapping[OutPath, Digest],
    ours: frozenset[OutPath],
    read: Read,
    folder: Path,
    executor: Executor | None,
    folders: Sequence[str] = (),
    laid: Mapping[OutPath, str] = NONE_LAID,
) -> dict[OutPath, str]:
    """Have all changed files in the staging folder; on failure leave the folder as it was.

    ``folders`` are those that the output folder lacks for them, parents first. They are made
    meanwhile. What is ``laid`` there already is not written again.

    Returns:
        Where each of them waits.
    """
    made: list[str] = []
    begun = (folder / JOURNAL).is_file()
    empty_staging(folder, keep_journal=begun, keep_laid=bool(laid))
    try:
        make_staging(folder)
        if not ours.issuperset(changed):
            # Without it, a kill before the manifest would leave files that nobody ever deletes.
            named = dict.fromkeys(ours.union(outputs), Digest(""))
            write_file(f"{folder}/{STAGING}/journal", render_manifest(named))
            (folder / STAGING / "journal").replace(folder / JOURNAL)
        make = partial(make_folders, str(folder), folders, made)
        rest = tuple(path for path in changed if path not in laid)
        _run_batches(str(folder), enumerate(rest), read, executor, make)
        write_file(f"{folder}/{STAGING}/{MANIFEST}", render_manifest(outputs), sync=True)
    except BaseException:
        empty_staging(folder, keep_journal=begun)
        for path in reversed(made):
            with suppress(OSError):
                os.rmdir(f"{folder}/{path}")  # noqa: PTH106  # thousands of folders
        raise
    return {**laid, **{path: staged(str(folder), number) for number, path in enumerate(rest)}}


def make_staging(folder: Path) -> None:
    """Make the staging folder, and the output folder if need be."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(FOLDER_MODE)
    (folder / STAGING).mkdir(exist_ok=True)


def make_folders(folder: str, wanted: Iterable[str], made: list[str]) -> None:
    """Make folders in the output folder, parents first; ``made`` takes note of each."""
    wrong_mode = True
    for path in wanted:
        real = f"{folder}{os.sep}{path}"
        os.mkdir(real, FOLDER_MODE)  # noqa: PTH102  # thousands of folders
        made.append(path)
        # The mode is as the umask says, which is the same for all of them.
        if wrong_mode and stat.S_IMODE(os.stat(real).st_mode) != FOLDER_MODE:  # noqa: PTH116
            os.chmod(real, FOLDER_MODE)  # noqa: PTH101
        else:
            wrong_mode = False


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
            write_file(staged(folder, number), content)
        except OSError as error:
            error.filename = path
            raise


def staged(folder: str, number: int) -> str:
    """Return where the output with this number waits."""
    return f"{folder}/{STAGING}/{number // BATCH}/{number}"


def empty_staging(folder: Path, *, keep_journal: bool = False, keep_laid: bool = False) -> None:
    """Remove what was staged, and the journal and what is laid too unless they are still needed."""
    staging = folder / STAGING
    kept = {folder / JOURNAL} if keep_journal and (folder / JOURNAL).is_file() else set()
    if keep_laid:
        kept.add(folder / LAID)
    if staging.is_symlink():
        staging.unlink()
    elif kept:
        for path in set(staging.iterdir()) - kept:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    else:
        shutil.rmtree(staging, ignore_errors=True)


def drop_laid(folder: Path) -> None:
    """Remove what was laid ready and is not needed, and the staging folder if it was for that."""
    staging = folder / STAGING
    if staging.is_symlink():
        staging.unlink()
    elif staging.is_dir():
        shutil.rmtree(folder / LAID, ignore_errors=True)
        with suppress(OSError):
            staging.rmdir()  # only an empty one goes


def _run_batches(
    folder: str,
    numbered: Iterator[tuple[int, OutPath]],
    read: Read,
    executor: Executor | None,
    meanwhile: Callable[[], None],
) -> None:
    batches = iter(lambda: tuple(islice(numbered, BATCH)), ())
    if executor is None:
        for batch in batches:
            stage_batch(folder, batch, read)
        meanwhile()
        return
    futures = [executor.submit(stage_batch, folder, batch, read) for batch in batches]
    try:
        meanwhile()
        for future in futures:
            future.result()
    finally:
        # None may still write when the staging folder is emptied.
        for future in futures:
            if not future.cancel():
                future.exception()


def write_file(real: str, content: bytes, *, sync: bool = False) -> None:
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
