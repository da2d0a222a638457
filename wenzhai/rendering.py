"""Rendering: a template set and a view become a page, or a problem with file and line.

Owns the Jinja environment of each template set and what templates are given; the environment
holds the set's files alone, so that a set which is too small fails instead of going stale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import TracebackType
from typing import Any

from jinja2 import BaseLoader, Environment, Template, TemplateNotFound, UndefinedError
from markupsafe import Markup

from wenzhai.filters import UnknownWordError, escape_output
from wenzhai.problems import Problem, Span, nearest, problem
from wenzhai.templates import (
    TemplateSet,
    ThemeError,
    compile_template,
    environment,
)
from wenzhai.theme_settings import PARTS
from wenzhai.views import Site, View


def render(
    templates: TemplateSet,
    view: View,
    site: Site,
    parts: tuple[tuple[str, object], ...],
    html: str,
) -> str:
    """Render a page.

    The template sees ``site``, every field of the view by its name (``page`` among them), the
    declared ones of ``parts``, ``html`` (which is safe and stays as it is) and ``root``: what
    stands before an address in links (``page.root``, and ``./`` where that is empty).

    Raises:
        ThemeError: E411 (endless recursion), E413 (no such template), E415 (part not declared),
            E416 (unknown name), E417 (unknown word), E418 (any other failure of the template).
    """
    needs = templates.needs
    context: dict[str, object] = {name: value for name, value in parts if name in needs}
    context["site"] = site
    context["root"] = view.page.root or "./"
    context["html"] = Markup(html)  # noqa: S704  # our own Markdown's output, escaped there
    for name in _field_names(type(view)):  # type: ignore[arg-type]  # types hash
        context[name] = getattr(view, name)
    try:
        template = _template(templates)
        return "".join(template.root_render_func(template.new_context(context)))
    except ThemeError:
        raise
    except Exception as error:  # a template is content: whatever it does is told
        raise ThemeError(_explain(error, templates, context)) from error


@lru_cache(maxsize=64)
def _template(templates: TemplateSet) -> Template:
    """Build the environment of a template set out of its files alone."""
    loader = _ClosureLoader(templates)
    return environment(templates.words).overlay(loader=loader).get_template(templates.name)


class _ClosureLoader(BaseLoader):
    """Give an environment the files of one template set and no others."""

    def __init__(self, templates: TemplateSet) -> None:
        self.files = {file.name: file for file in templates.files}
        self.words = templates.words

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # Jinja's name
    ) -> Template:
        if name not in self.files:
            raise TemplateNotFound(name)
        code = compile_template(self.files[name], self.words)
        module = {"environment": environment, "__file__": code.co_filename}
        exec(code, module)  # noqa: S102  # as Jinja's own loaders do with compiled templates
        module["escape"] = escape_output
        return environment.template_class.from_module_dict(environment, module, globals or {})


@lru_cache(maxsize=64)
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _explain(error: Exception, templates: TemplateSet, context: dict[str, object]) -> Problem:
    span = _position(error.__traceback__, templates)
    explain = _EXPLAIN.get(type(error), _explain_other)
    return explain(error, span, templates, context)


def _position(traceback: TracebackType | None, templates: TemplateSet) -> Span:
    """Find the innermost template line of a traceback."""
    paths = {file.name: file.path for file in templates.files}
    span = Span(paths.get(templates.name, templates.name))
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(traceback.tb_lineno)
            span = Span(paths.get(template.name or "", span.path), line)
        traceback = traceback.tb_next
    return span


def _explain_undefined(
    error: Exception, span: Span, templates: TemplateSet, context: dict[str, object]
) -> Problem:
    message = str(error)
    if found := re.fullmatch(r"'(\w+)' is undefined", message):
        return _explain_name(found[1], span, templates, context)
    if found := re.fullmatch(r"'([\w.]+) object' has no attribute '(\w+)'", message):
        return _explain_field(found[1].rpartition(".")[2], found[2], span, context)
    return problem("E418", span, reason=message)


def _explain_name(
    name: str, span: Span, templates: TemplateSet, context: dict[str, object]
) -> Problem:
    if name in PARTS and name not in templates.needs:
        return problem("E415", span, name=name, template=templates.name)
    return problem("E416", span, name=name, nearest=nearest(name, context) or "—")


def _explain_field(kind: str, name: str, span: Span, context: dict[str, object]) -> Problem:
    """Name the nearest field of a value that the template looked into."""
    known = {field for value in context.values() for field in _known_fields(value, kind)}
    return problem("E416", span, name=f"{kind}.{name}", nearest=nearest(name, known) or "—")


def _known_fields(value: object, kind: str) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return _known_fields(value[0], kind) if value else ()
    if type(value).__name__ != kind or not is_dataclass(value):
        return ()
    return tuple(field.name for field in fields(value))


def _explain_word(
    error: Exception, span: Span, templates: TemplateSet, _context: dict[str, object]
) -> Problem:
    key = str(error.args[0])
    known = [name.partition(".")[0] for name, _ in templates.words]
    return problem("E417", span, key=key, nearest=nearest(key, known) or "—")


def _explain_missing(
    error: Exception, span: Span, templates: TemplateSet, _context: dict[str, object]
) -> Problem:
    known = [file.name for file in templates.files]
    name = str(error)
    return problem("E413", span, name=name, nearest=nearest(name, known) or "—")


def _explain_recursion(
    _error: Exception, span: Span, _templates: TemplateSet, _context: dict[str, object]
) -> Problem:
    return problem("E411", Span(span.path))


def _explain_other(
    error: Exception, span: Span, _templates: TemplateSet, _context: dict[str, object]
) -> Problem:
    return problem("E418", span, reason=f"{type(error).__name__}: {error}")


_Explain = Callable[[Exception, Span, TemplateSet, "dict[str, object]"], Problem]
_EXPLAIN: dict[type[Exception], _Explain] = {
    UndefinedError: _explain_undefined,
    UnknownWordError: _explain_word,
    TemplateNotFound: _explain_missing,
    RecursionError: _explain_recursion,
}
