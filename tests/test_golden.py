"""One small rich site and its whole output, kept in the repository: read every difference.

``WENZHAI_RENEW=1 pytest tests/test_golden.py`` writes ``tests/golden/`` anew; look at what
``git diff`` shows before committing. Files of the theme, whose names hold fingerprints, are kept
out: pages name them as ``NAME.FINGERPRINT.EXT``. File names are percent-encoded, for archives and
file systems that change others.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from sites import build, codes, tree, write

HERE = Path(__file__).parent
SOURCE = HERE / "data/golden-site"
GOLDEN = HERE / "golden"
THEME = HERE.parent / "themes/wenzhai/static"
MOST = 60
"""Files; more would not be read."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The site's output, as text."""
    site = tmp_path_factory.mktemp("golden") / "site"
    shutil.copytree(SOURCE, site)
    report = build(site)
    assert codes(report) == ["W302"]
    assert [one.reason for one in report.held] == ["draft"]
    files = {
        **tree(site / "public"),
        "published.json": (site / "content/published.json").read_bytes(),
    }
    found = {path: _plain(text.decode()) for path, text in files.items() if _is_kept(path)}
    if os.environ.get("WENZHAI_RENEW"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, text in found.items():
            write(GOLDEN / quote(path), text)
    return found


def _is_kept(path: str) -> bool:
    return not path.startswith(".") and not _theme_files().fullmatch(path.rpartition("/")[2])


def _theme_files() -> re.Pattern[str]:
    """Return the pattern of the names under which the theme's files are published."""
    names = (path.relative_to(THEME).name for path in sorted(THEME.rglob("*")) if path.is_file())
    parts = (name.rpartition(".") for name in names)
    return re.compile("|".join(rf"({re.escape(n)})\.[0-9a-f]{{10}}\.({e})" for n, _, e in parts))


def _plain(text: str) -> str:
    """Name the theme's files without fingerprints: their content is not what is shown here."""
    return _theme_files().sub(
        lambda match: re.sub(r"\.[0-9a-f]{10}\.", ".FINGERPRINT.", match[0]),
        text.replace("\r\n", "\n"),
    )


def _golden() -> dict[str, str]:
    files = {unquote(path): text.decode() for path, text in tree(GOLDEN).items()}
    return {path: text.replace("\r\n", "\n") for path, text in files.items()}


def test_the_outputs_are_those_that_were_kept(output: dict[str, str]) -> None:
    assert sorted(output) == sorted(_golden())
    assert len(output) <= MOST


@pytest.mark.parametrize("path", sorted(_golden()))
def test_an_output_is_the_same_as_it_was(output: dict[str, str], path: str) -> None:
    assert output[path] == _golden()[path]
