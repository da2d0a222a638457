"""Themes: which file stands behind each template name, and what each page's rendering depends on.

Owns the lookup order (the site's ``templates/``, the theme, its parents), resolved anew in every
build from the texts it is given; reads no disk and renders nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from wenzhai.problems import Problem, Span, nearest, problem, sort_problems
from wenzhai.templates import (
    TemplateFile,
    TemplateSet,
    ThemeError,
    inspect,
    missing_references,
    template_set,
)
from wenzhai.theme_settings import ThemeSettings, parse_theme, parse_words

TEMPLATES = (
    "404.html",
    "archive.html",
    "article.html",
    "home.html",
    "issue.html",
    "issues.html",
    "list.html",
    "page.html",
    "period.html",
    "redirect.html",
    "subscribe.html",
    "terms.html",
)
"""The templates that a theme and its parents must have between them."""
SITE_LAYER = "templates/"
NOTHING: tuple[str, ...] = ()
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Layer:
    """One place of the lookup order: ``folder`` holds static/, i18n/ and theme.toml.

    ``templates`` is where its templates lie; the site's own layer keeps them in the folder itself.
    """

    folder: str
    templates: str
    settings: ThemeSettings


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its parents and the site's overrides, resolved.

    ``templates`` are in name order; ``words`` are those of the site's language. ``stylesheets``,
    ``scripts`` and ``icon`` are names below ``static/`` (see :func:`static_path`).
    """

    name: str
    layers: tuple[Layer, ...]
    templates: tuple[TemplateFile, ...]
    words: tuple[tuple[str, str], ...]
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    icon: str


def load_theme(
    name: str, files: Mapping[str, str], language: str
) -> tuple[Theme, tuple[Problem, ...]]:
    """Resolve a theme from the texts of a site.

    ``files`` maps site-relative paths (``templates/…`` for the site's overrides,
    ``themes/NAME/…``) to text: templates, ``theme.toml`` and ``i18n/*.toml``; others are ignored.
    ``language`` is the BCP 47 tag of the site: its words come from the table of that tag, of its
    primary subtag, or else of English, and missing ones from the next of these.

    Problem codes: E401 to E405 (theme.toml, words), E406 (no such theme), E407 (cycle of parents),
    E408 (a required template is missing), E410 to E414 (templates).
    """
    theme, problems = resolve_theme(name, files, language)
    templates = {file.name: file for file in theme.templates}
    problems += [found for file in theme.templates for found in inspect(file).problems]
    problems += missing_references(templates)
    if theme.layers and not problems:
        problems += _missing_templates(name, templates)
    return theme, sort_problems(problems)


def resolve_theme(
    name: str, files: Mapping[str, str], language: str
) -> tuple[Theme, list[Problem]]:
    """Resolve a theme as :func:`load_theme` does, without reading its templates.

    Problem codes: E401 to E407.
    """
    layers, problems = _layers(name, files)
    templates = _templates(layers, files)
    words, word_problems = _words(layers, files, language)
    problems += word_problems
    settings = [layer.settings for layer in layers]
    theme = Theme(
        name=name,
        layers=layers,
        templates=tuple(templates[key] for key in sorted(templates)),
        words=words,
        stylesheets=_first((each.stylesheets for each in settings), NOTHING),
        scripts=_first((each.scripts for each in settings), NOTHING),
        icon=_first((each.icon for each in settings), ""),
    )
    return theme, problems


def needs(theme: Theme, template: str) -> tuple[str, ...]:
    """Return the site-wide parts that a template is given, in name order.

    Those that any layer declares for ``*``, and for the template itself by the first layer that
    speaks of it.
    """
    tables = [dict(layer.settings.needs) for layer in theme.layers]
    own = _first((table.get(template) for table in tables), NOTHING)
    shared = {part for table in tables for part in table.get("*", ())}
    return tuple(sorted({*own, *shared}))


def closure(theme: Theme, template: str) -> TemplateSet:
    """Return all that rendering a template depends on besides its view.

    Raises:
        ThemeError: E408 if the theme has no such template.
    """
    files = {file.name: file for file in theme.templates}
    if template not in files:
        raise ThemeError(_missing_template(theme.name, template))
    return template_set(template, files, theme.words, needs(theme, template))


def static_path(theme: Theme, name: str, paths: Container[str]) -> str:
    """Find a static file: the first layer that has it among the site's paths, or empty."""
    candidates = (f"{layer.folder}static/{name}" for layer in theme.layers)
    return next((path for path in candidates if path in paths), "")


def static_names(theme: Theme, paths: Iterable[str]) -> tuple[str, ...]:
    """Return the names of all static files of a theme and its parents, in order, each once."""
    folders = tuple(f"{layer.folder}static/" for layer in theme.layers)
    below = ((path, folder) for path in paths for folder in folders if path.startswith(folder))
    return tuple(sorted({path.removeprefix(folder) for path, folder in below}))


def _layers(name: str, files: Mapping[str, str]) -> tuple[tuple[Layer, ...], list[Problem]]:
    site, problems = parse_theme(files.get(f"{SITE_LAYER}theme.toml", ""), "templates/theme.toml")
    found = [Layer(SITE_LAYER, SITE_LAYER, site)]
    problems_found = list(problems)
    wanted, asked = name, Span("site.toml")
    names: list[str] = []
    while wanted:
        path = f"themes/{wanted}/theme.toml"
        stop = _stop(wanted, names, asked, files)
        if stop:
            return tuple(found), [*problems_found, stop]
        settings, problems = parse_theme(files[path], path)
        problems_found += problems
        found.append(Layer(f"themes/{wanted}/", f"themes/{wanted}/templates/", settings))
        names.append(wanted)
        wanted, asked = settings.parent, Span(path)
    return tuple(found), problems_found


def _stop(wanted: str, names: list[str], asked: Span, files: Mapping[str, str]) -> Problem | None:
    if wanted in names:
        return problem("E407", asked, chain=" → ".join([*names, wanted]))
    if f"themes/{wanted}/theme.toml" not in files:
        known = {path.split("/")[1] for path in files if path.startswith("themes/")}
        return problem("E406", asked, name=wanted, nearest=nearest(wanted, known) or "wenzhai")
    return None


def _templates(layers: tuple[Layer, ...], files: Mapping[str, str]) -> dict[str, TemplateFile]:
    found: dict[str, TemplateFile] = {}
    for layer in layers:
        for path in sorted(files):
            if path.startswith(layer.templates) and path.endswith(".html"):
                name = path.removeprefix(layer.templates)
                found.setdefault(name, TemplateFile(name, path, files[path]))
    return found


def _words(
    layers: tuple[Layer, ...], files: Mapping[str, str], language: str
) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    tags = (language.lower(), language.partition("-")[0].lower(), "en")
    merged: dict[str, str] = {}
    problems: list[Problem] = []
    for tag in dict.fromkeys(reversed(tags)):
        for layer in reversed(layers):
            path = f"{layer.folder}i18n/{tag}.toml"
            words, found = parse_words(files.get(path, ""), path)
            merged = _over(merged, words)
            problems += found
    return tuple(sorted(merged.items())), problems


def _over(under: dict[str, str], words: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Lay words over others; a key replaces all plural forms of the one below."""
    keys = {key.partition(".")[0] for key, _ in words}
    kept = {key: word for key, word in under.items() if key.partition(".")[0] not in keys}
    return kept | dict(words)


def _missing_templates(name: str, templates: Mapping[str, TemplateFile]) -> list[Problem]:
    return [_missing_template(name, wanted) for wanted in TEMPLATES if wanted not in templates]


def _missing_template(name: str, wanted: str) -> Problem:
    return problem("E408", Span(f"themes/{name}/theme.toml"), theme=name, template=wanted)


def _first(values: Iterable[Value | None], default: Value) -> Value:
    return next((value for value in values if value is not None), default)
