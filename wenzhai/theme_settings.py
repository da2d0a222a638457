"""``theme.toml`` and the tables of words: text becomes frozen settings, or problems.

Owns the keys that a theme may state; knows nothing of templates or of where files lie.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from string import Formatter

from wenzhai.problems import Problem, Span, nearest, problem, sort_problems

PARTS = ("menu", "recent", "tag_cloud")
"""The site-wide parts that a template sees only if its theme declares them in ``needs``."""
KEYS = ("name", "parent", "needs", "stylesheets", "scripts", "icon")


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """What a theme says of itself; None where it says nothing and its parent's word stands.

    ``needs`` are (template, parts); the template ``*`` means all. ``stylesheets`` and ``scripts``
    are names below ``static/``, in the order of their use; so is ``icon``.
    """

    name: str = ""
    parent: str = ""
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stylesheets: tuple[str, ...] | None = None
    scripts: tuple[str, ...] | None = None
    icon: str | None = None


def parse_theme(text: str, path: str) -> tuple[ThemeSettings, tuple[Problem, ...]]:
    """Read a ``theme.toml``; a wrong value is left out and a problem says so.

    Problem codes: E401 (not TOML), E402 (wrong type), E403 (unknown key), E404 (unknown part).
    """
    table, problems = _load(text, path)
    for key, value in table.items():
        problems += _check(key, value, text, path)
    settings = ThemeSettings(
        name=_text(table.get("name")) or "",
        parent=_text(table.get("parent")) or "",
        needs=_needs(table.get("needs")),
        stylesheets=_names(table.get("stylesheets")),
        scripts=_names(table.get("scripts")),
        icon=_text(table.get("icon")),
    )
    return settings, sort_problems(problems)


def parse_words(text: str, path: str) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    """Read a table of UI words: (key, words) in key order; plural forms as ``key.one``.

    Problem codes: E401 (not TOML), E405 (a word that is no text, or with a broken placeholder).
    """
    table, problems = _load(text, path)
    words: dict[str, str] = {}
    for key, value in table.items():
        forms = value if isinstance(value, dict) else {"": value}
        for form, word in forms.items():
            name = f"{key}.{form}" if form else key
            if isinstance(word, str) and _is_pattern(word):
                words[name] = word
            else:
                problems.append(problem("E405", _span(text, path, key), key=name))
    return tuple(sorted(words.items())), sort_problems(problems)


def _load(text: str, path: str) -> tuple[dict[str, object], list[Problem]]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff")), []
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        last = Span(path, text.count("\n") + 1)  # the only other place: the end of the file
        span = Span(path, int(found[1]), int(found[2])) if found else last
        return {}, [problem("E401", span, reason=error)]


def _check(key: str, value: object, text: str, path: str) -> list[Problem]:
    span = _span(text, path, key)
    if key not in KEYS:
        return [problem("E403", span, key=key, nearest=nearest(key, KEYS) or ", ".join(KEYS))]
    if key == "needs":
        return _check_needs(value, text, path)
    if key in {"stylesheets", "scripts"}:
        return [] if _names(value) is not None else [_wrong(span, key, '["NAME", …]', value)]
    return [] if _text(value) is not None else [_wrong(span, key, '"…"', value)]


def _check_needs(value: object, text: str, path: str) -> list[Problem]:
    if not isinstance(value, dict):
        return [_wrong(_span(text, path, "needs"), "needs", "[needs]", value)]
    return [
        found
        for template, parts in value.items()
        for found in _check_parts(template, parts, _span(text, path, template))
    ]


def _check_parts(template: str, parts: object, span: Span) -> list[Problem]:
    names = _names(parts)
    if names is None:
        return [_wrong(span, template, '["menu", …]', parts)]
    unknown = [name for name in names if name not in PARTS]
    return [problem("E404", span, part=name, parts=", ".join(PARTS)) for name in unknown]


def _wrong(span: Span, key: str, wanted: str, value: object) -> Problem:
    return problem("E402", span, key=key, wanted=wanted, found=str(value)[:60])


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _names(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def _needs(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        return ()
    known = [(name, _names(parts) or ()) for name, parts in value.items()]
    return tuple((name, tuple(p for p in parts if p in PARTS)) for name, parts in sorted(known))


def _is_pattern(word: str) -> bool:
    """Tell whether a word's placeholders are plain names, as ``t`` will fill them."""
    try:
        fields = [field for _, field, _, _ in Formatter().parse(word) if field is not None]
    except ValueError:
        return False
    return all(field.isidentifier() for field in fields)


def _span(text: str, path: str, key: str) -> Span:
    """Find the line of a key: the standard parser does not keep positions."""
    pattern = re.compile(rf"\s*\[?\s*(\"?{re.escape(key)}\"?)\s*[\]=]")
    for number, line in enumerate(text.split("\n"), 1):
        if found := pattern.match(line):
            return Span(path, number, found.start(1) + 1, len(found[1]))
    return Span(path)
