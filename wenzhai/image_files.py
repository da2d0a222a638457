"""The images of articles on disk: local copies beside the article that shows them."""

from __future__ import annotations

from pathlib import Path

from wenzhai.conversions import write_file
from wenzhai.importers.text import Conversion


def write_files(article: Path, made: Conversion) -> None:
    """Write the files of a conversion where its article refers to them; equal ones stay.

    Raises:
        OSError: if one cannot be written.
    """
    for name, content in made.files:
        place = article.parent / name
        if not (place.is_file() and place.read_bytes() == content):
            write_file(place, content)
