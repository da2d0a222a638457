"""Settings: ``site.toml`` becomes a frozen Config, or problems that name key and line.

Owns names, types and defaults of all settings; docs/settings.md is made from the table here.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wenzhai.problems import Problem, Span, nearest, problem, sort_problems

SETTINGS_FILE = "site.toml"
SOURCES = "content/sources/"
"""Where saved articles wait to be converted."""


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """``[feeds]``: which feeds there are and what they carry.

    formats: any of rss, atom and json
    items: how many articles the site's feeds carry
    term_items: how many articles the feeds of a tag or region carry
    tags: a feed for every tag
    regions: a feed for every region
    content: full (whole articles) or summary
    hub: the address of a WebSub hub, or empty
    """

    formats: tuple[str, ...] = ("rss", "atom", "json")
    items: int = 30
    term_items: int = 20
    tags: bool = True
    regions: bool = True
    content: str = "full"
    hub: str = ""


@dataclass(frozen=True, slots=True)
class MarkupSettings:
    """``[markup]``: how Markdown is read.

    toc_depth: the deepest heading (1 to 6) in tables of contents
    highlight: colour code blocks
    bare_urls: make links of bare URLs
    """

    toc_depth: int = 3
    highlight: bool = True
    bare_urls: bool = True


@dataclass(frozen=True, slots=True)
class OutputSettings:
    """``[output]``: which optional pages there are.

    twins: the Markdown twin of every article
    digests: week, month, or none: the period of digest issues
    archive: pages by year and month
    related: how many related articles a page names
    """

    twins: bool = True
    digests: str = "week"
    archive: bool = True
    related: int = 5


@dataclass(frozen=True, slots=True)
class PreviewSettings:
    """``[preview]``: how the preview works on this machine.

    editor: the command that opens a source, with {file}, {line} and {column}
    """

    editor: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one site.

    title: the site's name
    description: one sentence about it
    base_url: where it is published, such as https://name.github.io/repository/
    language: BCP 47 tag of the site's language
    timezone: the zone of dates without one
    author: who makes the digest
    rights: the line about rights at the foot of pages and in feeds
    theme: the folder below themes/
    per_page: how many articles a list page shows
    reading_speed: characters a minute, for reading times
    icp: the ICP filing number shown at the foot (mainland China), or empty
    gongan: the public-security filing number, or empty
    """

    title: str = "文摘"
    description: str = ""
    base_url: str = "https://example.com/"
    language: str = "zh-Hans"
    timezone: str = "Asia/Shanghai"
    author: str = ""
    rights: str = ""
    theme: str = "wenzhai"
    per_page: int = 20
    reading_speed: int = 400
    icp: str = ""
    gongan: str = ""
    feeds: FeedSettings = FeedSettings()
    markup: MarkupSettings = MarkupSettings()
    output: OutputSettings = OutputSettings()
    preview: PreviewSettings = PreviewSettings()


@dataclass(frozen=True, slots=True)
class Options:
    """What one run adds to the settings: flags and the moment of the build.

    ``now`` is the instant, in seconds since the epoch, that decides which scheduled and expired
    articles are visible; nothing else may depend on it.
    """

    now: int
    drafts: bool = False
    future: bool = False


CHOICES = {
    "feeds.content": ("full", "summary"),
    "feeds.formats": ("rss", "atom", "json"),
    "output.digests": ("week", "month", "none"),
}
RANGES = {
    "per_page": (1, 1000),
    "reading_speed": (50, 5000),
    "feeds.items": (1, 1000),
    "feeds.term_items": (1, 1000),
    "markup.toc_depth": (1, 6),
    "output.related": (0, 50),
}


def parse_config(text: str, path: str = SETTINGS_FILE) -> tuple[Config, tuple[Problem, ...]]:
    """Read settings; where a value is wrong its default stands and a problem says so.

    Problem codes: E001 (not TOML), E002 (wrong type), E003 (unknown key), E004 (bad value).
    """
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Config(), (problem("E001", _syntax_span(path, text, str(error)), reason=error),)
    reader = _Reader(path, text)
    config = reader.read(Config(), table, "")
    problems = reader.problems + _check(config, reader)
    return _normalise(config), sort_problems(problems)


def with_base_url(config: Config, base_url: str) -> tuple[Config, tuple[Problem, ...]]:
    """Replace the base URL by one from the command line (E004 where it is not usable)."""
    changed = replace(config, base_url=base_url)
    return _normalise(changed), tuple(_check(changed, _Reader("--base-url", "")))


class _Reader:
    """Walk a TOML table along the dataclasses, collecting problems with their lines."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.problems: list[Problem] = []

    def read(self, default: Any, table: dict[str, Any], prefix: str) -> Any:  # noqa: ANN401  # TOML
        known = {field.name for field in fields(default)}
        values: dict[str, Any] = {}
        hints = get_type_hints(type(default))
        for key, value in table.items():
            name = prefix + key
            if key not in known:
                self.report("E003", name, key=name, nearest=nearest(key, known) or "—")
            elif is_dataclass(current := getattr(default, key)):
                values[key] = self._section(current, value, name)
            elif _fits(value, hints[key]):
                values[key] = tuple(value) if isinstance(value, list) else value
            else:
                wanted = _type_name(hints[key])
                self.report("E002", name, key=name, wanted=wanted, found=_show(value))
        return replace(default, **values)

    def _section(self, current: Any, value: Any, name: str) -> Any:  # noqa: ANN401  # TOML
        if isinstance(value, dict):
            return self.read(current, value, name + ".")
        self.report("E002", name, key=name, wanted=f"[{name}]", found=_show(value))
        return current

    def report(self, code: str, where: str, /, **arguments: object) -> None:
        self.problems.append(problem(code, self.span(where), **arguments))

    def span(self, key: str) -> Span:
        """Find the line of a dotted key: the standard parser does not keep positions."""
        section, _, name = key.rpartition(".")
        inside = not section
        for number, line in enumerate(self.lines, 1):
            if header := re.match(r"\s*\[\s*([\w.\"-]+)\s*\]", line):
                inside = header[1] == section
                if header[1] == key:
                    return Span(self.path, number, 1, len(line.rstrip()))
            elif inside and (found := re.match(rf"\s*(\"?{re.escape(name)}\"?)\s*=", line)):
                return Span(self.path, number, found.start(1) + 1, len(found[1]))
        return Span(self.path)


def _syntax_span(path: str, text: str, message: str) -> Span:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if found:
        return Span(path, int(found[1]), int(found[2]))
    return Span(path, text.rstrip().count("\n") + 1 if "end of document" in message else 0)


def _fits(value: object, wanted: object) -> bool:
    if wanted == tuple[str, ...]:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return type(value) is wanted


def _type_name(wanted: object) -> str:
    names = {str: "text", int: "number", bool: "true / false", tuple[str, ...]: '["text", …]'}
    return names.get(wanted, str(wanted))  # type: ignore[call-overload, no-any-return]  # types


def _show(value: object) -> str:
    return str(value)[:60]


def _check(config: Config, reader: _Reader) -> list[Problem]:
    found = [*_check_choices(config, reader), *_check_ranges(config, reader)]
    parts = urlsplit(config.base_url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        found.append(_bad(reader, "base_url", config.base_url, "https://…/"))
    try:
        ZoneInfo(config.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        found.append(_bad(reader, "timezone", config.timezone, "Asia/Shanghai, Europe/Paris, …"))
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", config.language):
        found.append(_bad(reader, "language", config.language, "zh-Hans, en, ja, …"))
    if not re.fullmatch(r"[\w-]+", config.theme):
        found.append(_bad(reader, "theme", config.theme, "themes/NAME"))
    return found


def _check_choices(config: Config, reader: _Reader) -> list[Problem]:
    found = []
    for key, choices in CHOICES.items():
        value = _lookup(config, key)
        chosen = value if isinstance(value, tuple) else (value,)
        found += [_bad(reader, key, v, " | ".join(choices)) for v in chosen if v not in choices]
    return found


def _check_ranges(config: Config, reader: _Reader) -> list[Problem]:
    return [
        _bad(reader, key, _lookup(config, key), f"{low} … {high}")
        for key, (low, high) in RANGES.items()
        if not low <= _lookup(config, key) <= high
    ]


def _lookup(config: Config, key: str) -> Any:  # noqa: ANN401  # the type is the setting's
    value: Any = config
    for name in key.split("."):
        value = getattr(value, name)
    return value


def _bad(reader: _Reader, key: str, value: object, reason: str) -> Problem:
    return problem("E004", reader.span(key), key=key, value=_show(value), reason=reason)


def _normalise(config: Config) -> Config:
    return replace(config, base_url=config.base_url.rstrip("/") + "/")
