"""What the preview tells the browsers: values, made where the site is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from wenzhai.model import Address, OutPath
from wenzhai.preview.near import Near
from wenzhai.preview.outputs import Page
from wenzhai.problems import Problem


@dataclass(frozen=True, slots=True)
class Shown:
    """The present version of a page that a browser shows at ``path``."""

    path: OutPath
    page: Page


@dataclass(frozen=True, slots=True)
class Moved:
    """The article whose page was at ``path`` has another address now.

    An address counts from the site's root; with a slash in front, from the server's.
    """

    path: OutPath
    address: Address


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no page at ``path``; ``near`` are those most like it."""

    path: OutPath
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """The source of the page at ``path`` was saved; ``before`` is the page as it was."""

    path: OutPath
    address: Address
    title: str
    before: Page | None = None


@dataclass(frozen=True, slots=True)
class Faults:
    """All problems there are now."""

    problems: tuple[Problem, ...]


News = Shown | Moved | Gone | Saved | Faults
