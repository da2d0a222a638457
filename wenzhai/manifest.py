"""The output folder's own records: which files in it are ours, and may they be there at all.

The manifest, written last, lists a finished build; the journal beside the staged files lists
what an unfinished one was adding. Whatever neither lists belongs to somebody else.
"""

from __future__ import annotations

import json
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from wenzhai.digest import digest_bytes
from wenzhai.model import Digest, OutPath
from wenzhai.problems import Problem, Span, problem, sort_problems
from wenzhai.scan import FOLDERS, signature_of

MANIFEST = ".wenzhai.json"
STAGING = ".wenzhai-tmp"
FILE_MODE = 0o644
JOURNAL = f"{STAGING}/journal.json"
FORMAT = 1
LONGEST_NAME = 255
"""Bytes of a file name that Linux, macOS and git all take."""
LONGEST_PATH = 1000
"""Bytes of a path below the output folder: macOS allows 1,024 from the root."""
_CLOSED = (*FOLDERS, "themes", ".git", ".wenzhai", "wenzhai")
# No control characters, lone surrogates, nothing that Windows forbids, no dot or space at the end.
_ANY = r"[^/\x00-\x1f\x7f\ud800-\udfff<>:\"|?*\\]"
_SAFE = re.compile(rf"{_ANY}+(?<![. ])(?:/{_ANY}+(?<![. ]))*")


def check_folder(folder: Path, site: Path) -> tuple[Problem, ...]:
    """Tell why a folder must not be published into, or nothing.

    Problem codes: E601 (the root, the home, the site or a folder above it), E609 (among the
    sources), E610 (a link out of the site), E612 (a file).
    """
    real, root = folder.resolve(), site.resolve()
    span = Span(str(folder))
    if real in {root, *root.parents, Path(real.anchor), Path.home().resolve()}:
        return (problem("E601", span, folder=folder),)
    if any(real.is_relative_to(root / name) for name in _CLOSED):
        return (problem("E609", span, folder=folder),)
    if folder.is_symlink() and not real.is_relative_to(root):
        return (problem("E610", span, folder=folder, target=real),)
    if real.exists() and not real.is_dir():
        return (problem("E612", span, folder=folder),)
    return ()


def holds_files(folder: Path) -> bool:
    """Tell whether a folder holds more than what a build killed at once may leave."""
    try:
        return any(name != STAGING for name in os.listdir(folder))  # noqa: PTH208  # names alone
    except OSError:
        return False


def check_paths(paths: Iterable[OutPath]) -> tuple[Problem, ...]:
    """Find addresses that cannot be files everywhere: E604 (too long), E611 (unsafe)."""
    found = ((code, path) for path in paths if (code := path_fault(path)))
    return sort_problems(problem(code, Span(path), path=repr(path)) for code, path in found)


def path_fault(path: str) -> str:
    """Give the code of what is wrong with an output path, or an empty string."""
    if path == MANIFEST or f"{path}/".startswith(f"{STAGING}/") or not _SAFE.fullmatch(path):
        return "E611"
    if len(path) * 4 <= LONGEST_NAME:  # four bytes a character at most
        return ""
    encoded = path.encode("utf-8", "surrogatepass")
    if len(encoded) > LONGEST_PATH or max(map(len, encoded.split(b"/"))) > LONGEST_NAME:
        return "E604"
    return ""


def fold(path: str) -> str:
    """Map paths that some file system takes for one to the same text."""
    return unicodedata.normalize("NFC", path).casefold()


def read_manifest(folder: Path) -> Mapping[OutPath, Digest] | None:
    """Read what the last finished build published; None where there was none."""
    return _read_record(folder / MANIFEST)


def read_journal(folder: Path) -> Mapping[OutPath, Digest] | None:
    """Read what an unfinished build was about to publish; None where none was broken off."""
    return _read_record(folder / JOURNAL)


def render_manifest(outputs: Mapping[OutPath, Digest]) -> bytes:
    """Write a manifest or journal; equal outputs give equal bytes."""
    record = {"format": FORMAT, "outputs": dict(sorted(outputs.items()))}
    return (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def tree_signature(
    folder: Path, paths: Iterable[OutPath], taken: Mapping[OutPath, str] | None = None
) -> Digest:
    """Sum up the stat of published files, to tell whether anybody touched them since.

    ``paths`` are those of the manifest. One lstat a file, none is read; signatures ``taken`` just
    now save even that.
    """
    base, taken = f"{folder}{os.sep}", taken or {}
    states = [taken.get(path) or file_signature(base + path) for path in sorted(paths)]
    states.append(file_signature(base + MANIFEST))
    states.append(str((folder / STAGING).exists()))  # a killed build left something to mend
    return digest_bytes("\n".join(states).encode())


def file_signature(real: str) -> str:
    """Return the signature of a regular file with the mode that we give, else nothing."""
    try:
        status = os.lstat(real)
    except OSError:
        return ""
    wrong_mode = os.name == "posix" and stat.S_IMODE(status.st_mode) != FILE_MODE
    return "" if wrong_mode or not stat.S_ISREG(status.st_mode) else signature_of(status)


def _read_record(path: Path) -> Mapping[OutPath, Digest] | None:
    """Read a manifest or journal; a broken one counts as absent.

    Paths in it are checked, since they name what to delete.
    """
    try:
        record = json.loads(path.read_bytes())
        if record["format"] != FORMAT:
            return None
        rows = record["outputs"].items()
        return {OutPath(p): Digest(d) for p, d in rows if not path_fault(p)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
