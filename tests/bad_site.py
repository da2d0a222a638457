"""One site that holds every bad article at once, built in three ways; made once a process."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess

from bad_articles import EVERY, dated
from command_line import LEAN, Told, command, tell
from sites import article, make_site, tree, write


@dataclass(frozen=True)
class BadSite:
    """A site published once and then filled with bad articles; what each build of it told."""

    folder: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    told: Told
    shown: CompletedProcess[str]
    zh: Told


@cache
def bad_site() -> BadSite:
    """Build it: first the good articles, then with all bad ones, as JSON, as text, in Chinese."""
    place = Path(tempfile.mkdtemp(prefix="bad-site-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    folder = make_site(
        place,
        {"content/articles/good.md": dated(), "content/pages/about.md": article("关于")},
        LEAN,
    )
    assert tell(folder).code == 0
    before = _state(folder)
    for bad in EVERY:
        write(folder / bad.path, bad.content)
    shown = command(folder, "build", "-q", LC_ALL="en_GB.UTF-8")
    return BadSite(
        folder, before, _state(folder), tell(folder), shown, tell_in(folder, "zh_CN.UTF-8")
    )


def tell_in(folder: Path, locale: str) -> Told:
    """Build in another language, in a process of its own."""
    done = command(folder, "build", "--json", LC_ALL=locale)
    return Told.read(done.returncode, done.stdout)


def _state(folder: Path) -> dict[str, bytes]:
    ledger = (folder / "content/published.json").read_bytes()
    return {**tree(folder / "public"), "published.json": ledger}
