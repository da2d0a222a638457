"""The digest of the code that builds: our own files and the versions of what they stand on."""

from __future__ import annotations

import sys
from importlib.metadata import version
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
    versions = tuple((name, version(name)) for name in LIBRARIES)
    return digest(sources, versions, sys.version)
