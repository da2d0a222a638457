"""What one build is asked to do, and the settings and themes it finds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wenzhai.config import SETTINGS_FILE, Config, Options, parse_config, with_base_url
from wenzhai.digest import digest
from wenzhai.encoding import decode_source
from wenzhai.model import Digest, RelPath
from wenzhai.problems import Problem, Span, problem, sort_problems

STATE = ".wenzhai"
"""The folder of cache and lock in a site."""


@dataclass(frozen=True, slots=True)
class Run:
    """One build.

    ``site`` and ``output`` are folders; ``base_url`` replaces the setting unless empty; ``now``
    is the instant of the build in seconds since the epoch; ``clean`` ignores the cache;
    ``keep_going`` publishes what can be despite errors; ``strict`` takes warnings for errors;
    ``jobs`` is the number of processes.
    """

    site: Path
    output: Path
    now: int
    base_url: str = ""
    drafts: bool = False
    future: bool = False
    clean: bool = False
    keep_going: bool = False
    strict: bool = False
    jobs: int = 1

    @property
    def options(self) -> Options:
        """Return what the pure build is told of this run."""
        return Options(self.now, self.drafts, self.future)

    @property
    def request(self) -> Digest:
        """Return the digest of all that changes what a build makes, but the time."""
        flags = (self.drafts, self.future, self.keep_going, self.strict)
        return digest(str(self.site), str(self.output), self.base_url, *flags)


class SettingsError(Exception):
    """The settings cannot be used; ``problems`` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems in order."""
        super().__init__(problems)
        self.problems = sort_problems(problems)


def read_settings(site: Path, base_url: str = "") -> Config:
    """Read a site's settings from disk, with the base URL of the command line if it states one.

    Raises:
        SettingsError: if the folder is no site (E005) or its settings cannot be used (E001 to
            E004, E101, E501).
    """
    check_site(site)
    path = site / SETTINGS_FILE
    try:
        text, garbled = decode_source(path.read_bytes(), SETTINGS_FILE)
    except OSError as error:
        raise SettingsError((problem("E501", Span(SETTINGS_FILE), reason=error),)) from error
    if garbled:
        raise SettingsError(garbled)
    config, problems = parse_config(text)
    if base_url:
        config, more = with_base_url(config, base_url)
        problems += more
    if problems:
        raise SettingsError(problems)
    return config


def check_site(site: Path) -> None:
    """Make sure that a folder is a site, before anything is written into it.

    Raises:
        SettingsError: if it is none (E005).
    """
    if not (site / SETTINGS_FILE).is_file():
        raise SettingsError((problem("E005", Span(SETTINGS_FILE)),))


def theme_folders(site: Path) -> tuple[tuple[RelPath, Path], ...]:
    """Find the themes a build may need: the site's own, then those that come with the package."""
    found: dict[str, Path] = {}
    package = Path(__file__).parent
    for place in (site / "themes", package / "themes", package.parent / "themes"):
        folders = sorted(place.iterdir()) if place.is_dir() else []
        for folder in folders:
            if folder.is_dir() and not folder.name.startswith("."):
                found.setdefault(folder.name, folder)
    return tuple((RelPath(f"themes/{name}"), folder) for name, folder in sorted(found.items()))
