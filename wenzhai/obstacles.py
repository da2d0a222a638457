"""What stands in the way in the output folder, and what of it may go: our own files alone.

No link is ever followed on the way to a file that is deleted.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from wenzhai.manifest import fold
from wenzhai.model import OutPath
from wenzhai.problems import Problem, Span, problem, sort_problems


def find_obstacles(
    folder: Path, changed: Iterable[OutPath], stale: frozenset[OutPath]
) -> tuple[tuple[OutPath, ...], tuple[Problem, ...]]:
    """Find what must go before the changed files can be placed.

    Returns:
        Stale outputs to delete first (a file where a folder must be, the files of a folder
        where a file must be, the same name in other case), and E605 for all that is not ours.
    """
    changed = tuple(changed)
    folded = {fold(path) for path in changed}
    first = {path for path in stale if fold(path) in folded}
    problems = []
    for path in _in_the_way(folder, changed):
        if path in stale:
            first.add(path)
        else:
            problems.append(problem("E605", Span(str(folder / path)), path=folder / path))
    return tuple(sorted(first)), sort_problems(problems)


def delete_stale(
    folder: Path, stale: Iterable[OutPath]
) -> tuple[tuple[OutPath, ...], tuple[Problem, ...]]:
    """Delete outputs of earlier builds and the folders left empty.

    Returns:
        Those that were there and are gone, and W601 for those that are files no more.

    Raises:
        OSError: where one cannot be deleted.
    """
    removed, problems = [], []
    for path in sorted(stale):
        real = folder / path
        if not real.is_symlink() and not real.exists():
            continue
        if _is_reached_by_link(folder, path) or (real.is_dir() and not real.is_symlink()):
            problems.append(problem("W601", Span(str(real)), path=real))
        else:
            real.unlink()
            removed.append(path)
    _prune(folder, stale)
    return tuple(removed), tuple(problems)


def _in_the_way(folder: Path, changed: tuple[OutPath, ...]) -> Iterator[OutPath]:
    seen: set[str] = set()
    base = f"{folder}{os.sep}"
    for path in changed:
        parent = path.rpartition("/")[0]
        while parent and parent not in seen:
            seen.add(parent)
            mode = _mode(base + parent)
            if mode and not stat.S_ISDIR(mode):
                yield OutPath(parent)
            parent = parent.rpartition("/")[0]
        if stat.S_ISDIR(_mode(base + path)):
            yield from _files_below(folder, path)


def _mode(real: str) -> int:
    try:
        return os.lstat(real).st_mode
    except OSError:
        return 0  # absent, or below a file that is reported itself


def _files_below(folder: Path, path: OutPath) -> Iterator[OutPath]:
    for parent, folders, files in os.walk(folder / path):
        below = Path(parent).relative_to(folder).as_posix()
        links = [name for name in folders if Path(parent, name).is_symlink()]
        yield from (OutPath(f"{below}/{name}") for name in (*files, *links))


def _is_reached_by_link(folder: Path, path: str) -> bool:
    names = path.split("/")
    return any(Path(folder, *names[:length]).is_symlink() for length in range(1, len(names)))


def _prune(folder: Path, paths: Iterable[OutPath]) -> None:
    """Remove folders that deleting these files emptied, the deepest first."""
    parents: set[str] = set()
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent and parent not in parents:
            parents.add(parent)
            parent = parent.rpartition("/")[0]
    for parent in sorted(parents, key=len, reverse=True):
        real = folder / parent
        if not real.is_symlink() and not _is_reached_by_link(folder, parent):
            with suppress(OSError):  # not empty: others keep files in it
                real.rmdir()
