"""Where this program came from, as a requirement that another machine can install."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from wenzhai import __version__

Git = Callable[[Path, str], str]
"""Gives what git says in a folder to a command line; nothing if it fails."""

UNKNOWN = f"""\
# wenzhai {__version__} 是从本机装的。请写明别的机器从哪里安装它，再去掉行首的 # 号，例如：
# wenzhai {__version__} was installed from this machine. Say where others find it, for example:
# wenzhai @ git+https://github.com/OWNER/wenzhai
"""
TIMEOUT = 10


def requirement() -> str:
    """Return the text of a new site's requirements.txt."""
    return requirement_of(_direct_url(), _git)


def requirement_of(direct_url: str, git: Git) -> str:
    """Return a requirement, or a comment that asks for one.

    Args:
        direct_url: the installation's direct_url.json (PEP 610); empty if an index was its origin.
        git: asked for the public origin of a local checkout.
    """
    if not direct_url:
        return f"wenzhai=={__version__}\n"
    origin = json.loads(direct_url)
    url = str(origin["url"])
    if "vcs_info" in origin:
        return _from_git(url, origin["vcs_info"]["commit_id"])
    if urlsplit(url).scheme == "file":
        return _from_checkout(Path(url2pathname(urlsplit(url).path)), git)
    return f"wenzhai @ {url}\n" if _is_public(url) else UNKNOWN


def _from_git(url: str, commit: str) -> str:
    return f"wenzhai @ git+{url}@{commit}\n" if _is_public(url) else UNKNOWN


def _from_checkout(folder: Path, git: Git) -> str:
    """Name the commit that the checkout's branch has on its server: that one others can fetch."""
    if not (folder / "pyproject.toml").is_file():
        return UNKNOWN
    url = git(folder, "remote get-url origin")
    commit = git(folder, "rev-parse --verify --quiet @{upstream}")
    return _from_git(url, commit) if commit else UNKNOWN


def _is_public(url: str) -> bool:
    """Tell whether a URL can be fetched by others and holds no password."""
    return re.fullmatch(r"https://[^@\s]+", url) is not None


def _direct_url() -> str:
    try:
        return distribution("wenzhai").read_text("direct_url.json") or ""
    except PackageNotFoundError:
        return json.dumps({"url": Path(__file__).parents[1].as_uri()})  # run where it lies


def _git(folder: Path, command: str) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  # our own fixed commands, no shell
            [git, "-C", str(folder), *command.split()],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
