"""The images of articles on disk: local copies beside the article that shows them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from wenzhai.conversions import write_file
from wenzhai.importers.text import Conversion
from wenzhai.problems import Problem, Span, problem
from wenzhai.site_intake import SiteFile

LARGEST_FILE = 50_000_000
"""Bytes of an image that comes along."""


def write_files(article: Path, made: Conversion) -> None:
    """Write the files of a conversion where its article refers to them; equal ones stay.

    Raises:
        OSError: if one cannot be written.
    """
    for name, content in made.files:
        place = article.parent / name
        if not (place.is_file() and place.read_bytes() == content):
            write_file(place, content)


def copy_files(folder: Path, files: Iterable[SiteFile]) -> list[Problem]:
    """Copy the files that articles show below a folder; equal ones stay.

    Problem codes: E707 too large, E708 cannot be read or written.
    """
    problems = []
    for file in files:
        place = folder / file.name
        try:
            size = file.path.stat().st_size
            if size > LARGEST_FILE:
                problems.append(
                    problem("E707", Span(str(file.path)), size=size, limit=LARGEST_FILE)
                )
                continue
            content = file.path.read_bytes()
            if not (place.is_file() and place.read_bytes() == content):
                write_file(place, content)
        except OSError as error:
            reason = error.strerror or error
            problems.append(problem("E708", Span(str(file.path)), reason=reason))
    return problems
