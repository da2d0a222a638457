"""Look again at the files that events named, instead of at all: a scan as it would be now.

Events are not believed here either: stat says what these files are, and a scan of all follows soon.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from wenzhai.config import SETTINGS_FILE
from wenzhai.scan import Found, Scan, is_ignored, is_utf8, take_file


def glance(last: Scan, files: Iterable[str], now_ns: int) -> Scan | None:
    """Bring a scan up to date at some files alone.

    Args:
        last: what was seen of all sources.
        files: where the files lie that may have changed, appeared or vanished.
        now_ns: the time before, in nanoseconds since the epoch.

    Returns:
        The scan; None where problems, links or unknown folders ask for a look at all.
    """
    if last.problems:
        return None
    asked: dict[str, list[Found]] = {file: [] for file in files if not is_ignored(Path(file).name)}
    for found in last.files.values():
        if found.real in asked:
            asked[found.real].append(found)
    fresh = dict(last.files)
    for file, known in asked.items():
        if not _renew(fresh, file, known):
            return None
    return Scan(fresh, (), now_ns)


def _renew(files: dict[str, Found], real: str, known: Sequence[Found]) -> bool:
    """Look at one file; tell whether that was enough to know what it is now."""
    if not all(_is_plain(one) for one in known):
        return False
    try:
        status = os.lstat(real)
    except FileNotFoundError:
        for one in known:
            del files[one.path]
        return True
    except OSError:
        return False
    paths = [one.path for one in known] or _new_path(files, real)
    if paths is None or not stat.S_ISREG(status.st_mode):
        return False
    files.update((path, take_file(path, real, status)) for path in paths)
    return True


def _new_path(files: dict[str, Found], real: str) -> list[str] | None:
    """Return the path of a new file by those beside it; nothing if it is no source."""
    folder, name = os.path.split(real)
    start = len(folder) + len(os.sep)
    beside = (
        one
        for one in files.values()
        if one.real.startswith(folder) and os.sep not in one.real[start:] and _is_plain(one)
    )
    other = next(beside, None)
    if other is None or not is_utf8(name):
        return None
    above = other.path.rpartition("/")[0]
    return [f"{above}/{name}"] if above else [name] if name == SETTINGS_FILE else []


def _is_plain(found: Found) -> bool:
    """Tell whether no link leads to a file: it lies where its path says."""
    return found.real.replace(os.sep, "/").endswith(f"/{found.path}")
