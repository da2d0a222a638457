"""The stamp of a cache: it knows the versions of the libraries, wherever they lie."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

from wenzhai.code_digest import LIBRARIES, library_versions


def test_the_versions_are_those_of_the_installed_libraries() -> None:
    wanted = tuple((name, version(name)) for name in LIBRARIES)
    assert library_versions(sys.path) == wanted
    assert library_versions(()) == wanted  # nothing beside them: asked the slow way


def test_the_first_folder_counts_whatever_the_spelling(tmp_path: Path) -> None:
    for folder, name in (
        ("a", "Markdown_It.Py-9.1"),
        ("b", "markdown_it_py-8.0"),
        ("b", "lxml-7.0rc1"),
    ):
        (tmp_path / folder / f"{name}.dist-info").mkdir(parents=True)
    found = dict(
        library_versions([str(tmp_path / "none"), str(tmp_path / "a"), str(tmp_path / "b")])
    )
    assert (found["markdown-it-py"], found["lxml"]) == ("9.1", "7.0rc1")
