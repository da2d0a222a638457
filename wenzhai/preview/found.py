"""What there is at a path that a browser asks for."""

from __future__ import annotations

from dataclasses import dataclass

from wenzhai.builder import NOT_FOUND_PATH
from wenzhai.model import OutPath
from wenzhai.preview.outputs import Page
from wenzhai.preview.site import Look


@dataclass(frozen=True, slots=True)
class Found:
    """What there is at a path; ``missing`` is the 404 page, where it is wanted and can be made."""

    page: Page | None = None
    is_folder: bool = False
    is_due: bool = False
    missing: Page | None = None


def find(now: Look | None, name: str) -> Found:
    """Find an output of a site; nothing is known of a site that no look has succeeded at."""
    if now is None:
        return Found(is_due=True)
    outputs = now.outputs
    if outputs.target(name):
        page = outputs.page(OutPath(name))
        return Found(page, is_due=page is None)
    if outputs.target(f"{name}/index.html"):
        return Found(is_folder=True)
    return Found(missing=outputs.page(NOT_FOUND_PATH))


def file_at(path: str) -> OutPath:
    """Return the output that stands for an address, which may be that of a folder."""
    return OutPath(path + "index.html" if not path or path.endswith("/") else path)
