"""The digest of the code that builds: our own files and the versions of what they stand on."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from wenzhai.digest import digest, digest_bytes
from wenzhai.model import Digest

LIBRARIES = (
    "feedgen",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "pygments",
    "pypinyin",
    "pyyaml",
    "rjieba",
    "tzdata",
)
"""What has a say in the bytes of outputs; the watcher and the report have none."""


def code_digest() -> Digest:
    """Return the digest that stamps a cache: another code, another cache."""
    folder = Path(__file__).parent
    files = sorted(folder.rglob("*.py"))
    sources = tuple((str(f.relative_to(folder)), digest_bytes(f.read_bytes())) for f in files)
    return digest(sources, library_versions(sys.path), sys.version)


def library_versions(folders: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the version of each library, told by the folders that installers leave beside them.

    Asking ``importlib.metadata`` takes 25 ms, a quarter of a build with nothing to do; it is asked
    for what lies elsewhere. ``folders`` are searched in order, as imports are.
    """
    found: dict[str, str] = {}
    for folder in folders:
        for name, version in _installed(folder):
            found.setdefault(name, version)
    return tuple((name, found.get(name) or _ask(name)) for name in LIBRARIES)


def _installed(folder: str) -> list[tuple[str, str]]:
    """List names and versions of the distributions in a folder (PyPA: recording installs)."""
    try:
        entries = os.listdir(folder or os.curdir)  # noqa: PTH208  # names alone
    except OSError:
        return []
    parts = [n.removesuffix(".dist-info").split("-") for n in entries if n.endswith(".dist-info")]
    return [(re.sub(r"[-_.]+", "-", part[0]).lower(), part[-1]) for part in parts]


def _ask(name: str) -> str:
    from importlib.metadata import version  # noqa: PLC0415  # slow, and rarely needed

    return version(name)
