"""What git knows of the sources: when each joined the repository, and the commit at hand.

Sites outside of git are as welcome: then there is nothing to know, and no error.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from wenzhai.model import RelPath

TIMEOUT = 60
"""Seconds after which git's answer is not waited for."""

# Only exact renames are followed: how alike is alike enough differs between versions of git
# and its settings, and with it the dates would.
_LOG = (
    *("log", "-z", "--topo-order", "--name-status", "--diff-filter=AR", "-M100%"),
    *("--relative", "--no-show-signature", "--format=%x01%aI", "--"),
)


def commit_dates(site: Path, paths: tuple[RelPath, ...]) -> Mapping[RelPath, str]:
    """Return the author date (ISO 8601) of the commit that added each file.

    A file that was moved unchanged keeps its first date. Files that are not committed are left
    out; where there is no git, no repository or a shallow one, all are: a shallow history
    seems to add every file in its oldest commit.
    """
    if not paths or _git(site, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    tops = sorted({path.split("/")[0] for path in paths})
    wanted = {str(path): path for path in paths}
    dates: dict[RelPath, str] = {}
    for date, old, new in _additions(_git(site, *_LOG, *tops)):
        path = wanted.pop(new, None)
        if path is None:
            continue
        if old:
            wanted[old] = path
        else:
            dates[path] = date
    return dates


def head_commit(site: Path) -> str:
    """Return the hash of the commit that is checked out, or an empty string."""
    return _git(site, "rev-parse", "--verify", "--quiet", "HEAD").strip()


def _additions(log: str) -> Iterator[tuple[str, str, str]]:
    """Give (date, old name or nothing, new name) of every addition, the newest first.

    With -z the log is: byte 1, date, NUL, then status NUL name NUL (two names for a rename).
    """
    fields = iter(log.split("\0"))
    date = ""
    for entry in fields:
        status = entry.strip("\n")
        if status.startswith("\x01"):
            date = status[1:]
        elif status.startswith("R"):
            yield date, _nfc(next(fields, "")), _nfc(next(fields, ""))
        elif status == "A":
            yield date, "", _nfc(next(fields, ""))


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _git(site: Path, *arguments: str) -> str:
    """Run git and return what it says; nothing if it fails or is not there."""
    git = shutil.which("git")
    if git is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  # our own fixed commands, no shell
            [git, "-C", str(site), "-c", "core.quotePath=false", *arguments],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""
