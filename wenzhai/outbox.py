"""The outbox: outputs wait in the staging folder from the moment they are rendered.

The process that renders a page has its bytes at hand; one that read and wrote them again later
would do publishing's work twice. Readers see nothing of it: publishing moves the files that it
needs once it has all of them, and the rest is thrown away.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from wenzhai.manifest import check_folder, holds_files, read_journal, read_manifest
from wenzhai.model import Digest, OutPath
from wenzhai.staging import INDEX, LAID, drop_laid, make_folders, make_staging, write_file


@dataclass(frozen=True, slots=True)
class FolderOutbox:
    """Takes outputs into the staging folder of ``folder``, which holds ``last`` by now.

    ``is_new`` tells that nothing at all lies in the folder: no page's own folder is there yet.
    """

    folder: str
    last: Mapping[OutPath, Digest]
    is_new: bool = False

    def put(self, room: str, name: str, content: bytes, digest: Digest) -> str:
        """Write an output and return the file; nothing where the folder has the same already.

        Nothing too where it cannot be written: publishing tries again, and tells why.
        """
        if self.last.get(OutPath(name)) == digest:
            return ""
        # Processes that create files in one folder would wait for one another.
        shelf = f"{self.folder}/{LAID}/{room}/{digest[0]}"
        parent, _, last = name.rpartition("/")
        # A page whose folder is not there yet brings it along: publishing moves both at once.
        brings = last == INDEX and (self.is_new or not os.path.isdir(f"{self.folder}/{parent}"))  # noqa: PTH112  # thousands
        real = f"{shelf}/{digest}/{INDEX}" if brings else f"{shelf}/{digest}"
        try:
            _lay(self.folder, shelf, (digest,) if brings else (), real, content)
        except FileExistsError:  # an output with the same bytes took the folder
            return ""
        except OSError:
            with suppress(OSError):
                os.unlink(real)  # noqa: PTH108  # the same
            return ""
        return real


def _lay(folder: str, shelf: str, own: tuple[str, ...], real: str, content: bytes) -> None:
    """Write an output onto a shelf, which the first one makes, into its ``own`` folder if any."""
    try:
        make_folders(shelf, own, [])
        write_file(real, content)
    except FileNotFoundError:
        make_staging(Path(folder))
        Path(shelf).mkdir(parents=True, exist_ok=True)
        make_folders(shelf, own, [])
        write_file(real, content)


@contextmanager
def open_outbox(folder: Path, site: Path) -> Iterator[FolderOutbox | None]:
    """Give the outbox of an output folder; whatever still waits there at the end is dropped.

    There is none where publishing is going to refuse the folder, or has to mend one first that a
    killed build left.
    """
    last, begun = read_manifest(folder), read_journal(folder)
    is_foreign = last is None and holds_files(folder)
    if check_folder(folder, site) or begun is not None or is_foreign:
        yield None
        return
    was_there = folder.exists()
    drop_laid(folder)
    try:
        yield FolderOutbox(str(folder), last or {}, is_new=not holds_files(folder))
    finally:
        drop_laid(folder)
        if not was_there:
            with suppress(OSError):
                folder.rmdir()  # only an empty one goes
