"""Walk the source folders with stat alone: which files are sources, and whether any changed.

Owns the ignore rules and the rules on links; it never opens a file, so no FIFO can hang it.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from wenzhai.config import SETTINGS_FILE
from wenzhai.digest import digest_bytes
from wenzhai.model import Digest, RelPath
from wenzhai.problems import Problem, Span, problem

FOLDERS = ("content", "static", "templates")
"""The source folders of every site, besides its settings and the themes in use."""
RACY_NS = 2_000_000_000
"""How long after a change a stamp proves nothing: FAT stamps are 2 s apart."""
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
ASK_EVERY = 512
"""Files between two questions whether a scan is stale."""
LINKS_DEEP = 4
"""How many linked folders may lie inside one another; more would let few links name many files."""

ThemeFolders = tuple[tuple[RelPath, Path], ...]
"""Where each theme appears (``themes/wenzhai``) and the folder that holds it."""


class Found(NamedTuple):
    """A source file: its path as its folders spell it, where it lies, and its stat.

    ``signature`` describes its state without its content, ``touched_ns`` is when that last changed
    (nanoseconds since the epoch): the ctime counts too, for a copy may keep its mtime.
    """

    path: str
    real: str
    signature: str
    touched_ns: int


class Scan(NamedTuple):
    """What stat shows of all sources at one moment: files by path, in no particular order."""

    files: Mapping[str, Found]
    problems: tuple[Problem, ...]
    now_ns: int

    def shows_same(self, other: Scan) -> bool:
        """Tell whether two scans show the same, at whatever times."""
        return (self.files is other.files or self.files == other.files) and (
            self.problems == other.problems
        )


@dataclass(frozen=True, slots=True)
class ScanSignature:
    """The sources of a site as stat shows them.

    Two equal ``text`` mean equal sources, unless ``racy`` was set when the first was taken:
    then some file had changed so recently that a further change might have left no trace.
    """

    text: Digest
    racy: bool


class _Folder(NamedTuple):
    """A folder to walk; ``above`` holds (device, inode) of itself and all it was reached by."""

    path: str
    real: str
    above: frozenset[tuple[int, int]]
    links: int


_Items = list[Found | _Folder | Problem]


class StaleScanError(Exception):
    """What a scan would show is out of date before it ends."""


def scan_sources(
    site: Path,
    theme_folders: ThemeFolders,
    now_ns: int,
    is_stale: Callable[[], bool] = lambda: False,
) -> Scan:
    """Look at all sources by stat; ``now_ns`` is the time before, in ns since the epoch.

    Raises:
        StaleScanError: as soon as ``is_stale`` says so.
    """
    files: dict[str, Found] = {}
    problems: list[Problem] = []
    for item in walk_sources(site, theme_folders, is_stale):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            files.setdefault(item.path, item)
    return Scan(files, tuple(sorted(problems, key=lambda bad: bad.span.path)), now_ns)


def scan_signature(scan: Scan, apart: str = "") -> ScanSignature:
    """Sum up a scan but for the file ``apart``; store it for later only if it is not racy."""
    items = [item for item in scan.files.values() if item.path != apart]
    rows = [f"{bad.span.path}\0{bad.code}" for bad in scan.problems]
    rows += [f"{item.path}\0{item.signature}" for item in items]
    racy = any(is_racy(item.touched_ns, scan.now_ns) for item in items)
    rows.sort()
    return ScanSignature(digest_bytes("\n".join(rows).encode("utf-8", "surrogateescape")), racy)


def walk_sources(
    site: Path, theme_folders: ThemeFolders, is_stale: Callable[[], bool]
) -> Iterator[Found | Problem]:
    """Find every source file, in no particular order; raise StaleScanError if told to.

    Problem codes: E501 (unreadable), E502 (link out of the site), E503 (links in a circle),
    E504 (no regular file), E506 (name not UTF-8), E509 (link to nothing).
    """
    inside = tuple(os.path.realpath(folder) for folder in (site, *(f for _, f in theme_folders)))
    top = _Folder("", str(site), frozenset(), 0)
    batches = [_look_at_path(top, name, inside) for name in (SETTINGS_FILE, *FOLDERS)]
    batches += [_open_folder(top, path, os.path.realpath(real)) for path, real in theme_folders]
    while batches:
        for item in batches.pop():
            if isinstance(item, _Folder):
                batches.append(_list_folder(item, inside, is_stale))
            else:
                yield item


def is_ignored(name: str) -> bool:
    """Tell whether a file or folder of this name is never a source.

    Such are dot files, what editors leave for a moment (vim, emacs, JetBrains, sed, Office),
    and the folders of other tools.
    """
    return name.endswith(_IGNORED_ENDS) or _IGNORED.match(name) is not None


def signature_of(status: os.stat_result) -> str:
    """Describe a file's state without its content: mtime, size, inode and ctime."""
    return f"{status.st_mtime_ns}:{status.st_size}:{status.st_ino}:{status.st_ctime_ns}"


def touched_ns(status: os.stat_result) -> int:
    """Return when a file's state last changed, as far as stat tells."""
    return max(status.st_mtime_ns, status.st_ctime_ns)


def is_racy(touched_ns: int, now_ns: int) -> bool:
    """Tell whether a file changed so recently that its next change may leave equal stamps.

    This is git's "racy clean" problem; both times in nanoseconds since the epoch.
    """
    return touched_ns >= now_ns - RACY_NS


def take_file(path: str, real: str, status: os.stat_result) -> Found:
    """Note a regular file as stat shows it."""
    return Found(path, real, signature_of(status), touched_ns(status))


_IGNORED_ENDS = ("~", ".tmp", ".bck", ".swp", ".swo", ".swx")
_IGNORED = re.compile(
    r"\.|~\$|___jb_|#.*#$|4913$|sed[A-Za-z0-9]{6}$"
    r"|node_modules$|__pycache__$|Thumbs\.db$|desktop\.ini$"
)


def _list_folder(folder: _Folder, inside: tuple[str, ...], is_stale: Callable[[], bool]) -> _Items:
    # The hot loop of a build with nothing to do: plain files take the shortest way through.
    items: _Items = []
    try:
        with os.scandir(folder.real) as entries:
            for number, entry in enumerate(entries):
                if not number % ASK_EVERY and is_stale():
                    raise StaleScanError
                name = entry.name
                if is_ignored(name):
                    continue
                if entry.is_file(follow_symlinks=False) and (name.isascii() or is_utf8(name)):
                    items += _stat_file(f"{folder.path}/{name}", entry)
                else:
                    items += _look_at_path(folder, name, inside)
    except FileNotFoundError:
        return items  # gone since its parent was listed: the next scan will not see it either
    except OSError as error:
        items.append(_unreadable(folder.path, error))
    return items


def _stat_file(path: str, entry: os.DirEntry[str]) -> _Items:
    try:
        return [take_file(path, entry.path, entry.stat(follow_symlinks=False))]
    except FileNotFoundError:
        return []
    except OSError as error:
        return [_unreadable(path, error)]


def _look_at_path(folder: _Folder, name: str, inside: tuple[str, ...]) -> _Items:
    path = f"{folder.path}/{name}" if folder.path else name
    real = f"{folder.real}{os.sep}{name}"
    if not is_utf8(name):
        return [problem("E506", Span(printable(path)), name=repr(os.fsencode(name)))]
    try:
        status = os.lstat(real)
    except FileNotFoundError:
        return []
    except OSError as error:
        return [_unreadable(path, error)]
    if stat.S_ISLNK(status.st_mode):
        return _follow(folder, path, real, inside)
    if stat.S_ISDIR(status.st_mode):
        return _open_folder(folder, path, real)
    return [_take(path, real, status)]


def _open_folder(folder: _Folder, path: str, real: str, links: int = 0) -> _Items:
    try:
        status = Path(real).stat()
    except FileNotFoundError:
        return []
    except OSError as error:
        return [_unreadable(path, error)]
    own = (status.st_dev, status.st_ino)
    if links > LINKS_DEEP or own in folder.above:
        return [problem("E503", Span(path))]
    return [_Folder(path, real, folder.above | {own}, links or folder.links)]


def _follow(folder: _Folder, path: str, link: str, inside: tuple[str, ...]) -> _Items:
    try:
        real = os.path.realpath(link, strict=True)
        status = Path(real).stat()
    except FileNotFoundError:
        return [problem("E509", Span(path))]
    except OSError as error:
        loop = error.errno == errno.ELOOP
        return [problem("E503", Span(path)) if loop else _unreadable(path, error)]
    if not any(_holds(root, real) for root in inside):
        return [problem("E502", Span(path))]
    if stat.S_ISDIR(status.st_mode):
        return _open_folder(folder, path, real, folder.links + 1)
    return [_take(path, real, status)]


def _holds(root: str, real: str) -> bool:
    """Tell whether a path lies below a root and outside of its hidden folders (.git, .wenzhai)."""
    below = os.path.relpath(real, root) if real.startswith(root) else os.pardir
    return below == os.curdir or not any(is_ignored(part) for part in Path(below).parts)


def _take(path: str, real: str, status: os.stat_result) -> Found | Problem:
    if stat.S_ISREG(status.st_mode):
        return take_file(path, real, status)
    return problem("E504", Span(path))


def _unreadable(path: str, error: OSError) -> Problem:
    return problem("E501", Span(printable(path)), reason=error.strerror or type(error).__name__)


def is_utf8(name: str) -> bool:
    """Tell whether a name of the system, as Python shows it, is UTF-8."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def printable(path: str) -> str:
    """Make a path printable: bytes that are no UTF-8, and controls, show as escapes."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return CONTROLS.sub(lambda found: ascii(found[0])[1:-1], text)
