"""Template files: what one refers to, what all of them need, and what is wrong with them.

Owns the frozen values of template sources and their inspection without rendering; knows neither
themes nor views.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType

from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import safe_range

from wenzhai.digest import digest
from wenzhai.filters import filters
from wenzhai.model import Digest
from wenzhai.problems import Problem, Span, nearest, problem

_REFERRING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


class ThemeError(Exception):
    """A template that cannot be used; ``problem`` says where and why.

    It carries a value made for the user; whoever renders pages catches it and reports it.
    """

    def __init__(self, found: Problem) -> None:
        """Wrap a problem (picklable, so that it survives worker processes)."""
        super().__init__(found)
        self.problem = found


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """One template: the name by which others refer to it, its path in the site, and its text."""

    name: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """All that rendering one template depends on besides its view: a part of the cache key.

    ``files`` are the template and everything it extends, includes or imports, in name order;
    ``words`` the UI words, ``needs`` the declared site-wide parts. ``digest`` covers all others,
    and alone decides equality and hash.
    """

    digest: Digest
    name: str = field(compare=False)
    files: tuple[TemplateFile, ...] = field(compare=False)
    words: tuple[tuple[str, str], ...] = field(compare=False)
    needs: tuple[str, ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A template that another one names: ``names`` are tried in turn, from ``line``.

    Empty ``names`` mean a name that only rendering can tell; ``optional`` stands for
    ``ignore missing``.
    """

    names: tuple[str, ...]
    line: int
    optional: bool
    extends: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """What reading one template tells."""

    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]


def template_set(
    name: str,
    files: Mapping[str, TemplateFile],
    words: tuple[tuple[str, str], ...],
    needs: tuple[str, ...],
) -> TemplateSet:
    """Gather what a template needs out of all files of a theme.

    A dynamic name widens the set to all files; a name that does not exist adds nothing.
    """
    chosen = tuple(files[found] for found in sorted(_reach(name, files)))
    return TemplateSet(digest(name, chosen, words, needs), name, chosen, words, needs)


@lru_cache(maxsize=1024)
def inspect(file: TemplateFile) -> Inspection:
    """Read one template without running it.

    Problem codes: E410 (syntax), E411 (nested too deeply), E412 (unknown filter or test).
    """
    try:
        tree = environment(()).parse(file.text, file.name, file.path)
    except TemplateSyntaxError as error:
        span = Span(file.path, error.lineno)
        return Inspection((), (problem("E410", span, reason=error.message or "?"),))
    except (RecursionError, MemoryError):
        return Inspection((), (problem("E411", Span(file.path)),))
    found = tuple(_refer(node) for node in tree.find_all(_REFERRING))
    return Inspection(found, tuple(_unknown_functions(tree, file)))


def missing_references(files: Mapping[str, TemplateFile]) -> list[Problem]:
    """Report every template that is named and not there (E413), and cycles of extends (E414)."""
    found = []
    for file in files.values():
        for reference in inspect(file).references:
            if reference.names and not reference.optional:
                found += _missing(reference, file, files)
            if reference.extends and (cycle := _cycle(file.name, files)):
                span = Span(file.path, reference.line)
                found.append(problem("E414", span, chain=" → ".join(cycle)))
    return found


@lru_cache(maxsize=1024)
def compile_template(file: TemplateFile, words: tuple[tuple[str, str], ...]) -> CodeType:
    """Compile one template; ``"key"|t`` becomes plain text in it, so the words are part of it.

    Raises:
        ThemeError: E410 or E411, where the template is not sound.
    """
    try:
        return environment(words).compile(file.text, file.name, file.path)
    except TemplateSyntaxError as error:
        span = Span(file.path, error.lineno)
        raise ThemeError(problem("E410", span, reason=error.message or "?")) from error
    except TemplateError as error:
        raise ThemeError(problem("E410", Span(file.path), reason=error)) from error
    except SyntaxError as error:  # Python's own: more than 20 nested loops
        raise ThemeError(problem("E411", Span(file.path))) from error
    except (RecursionError, MemoryError) as error:
        raise ThemeError(problem("E411", Span(file.path))) from error


@lru_cache(maxsize=8)
def environment(words: tuple[tuple[str, str], ...]) -> Environment:
    """Return the Jinja environment of a table of words, without any template.

    Escaping is on, undefined names are loud, nothing random is in reach.
    """
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(filters(dict(words)))
    del made.filters["random"], made.globals["lipsum"], made.globals["cycler"]
    made.globals["range"] = safe_range
    return made


def _reach(name: str, files: Mapping[str, TemplateFile]) -> set[str]:
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in reached or current not in files:
            continue
        reached.add(current)
        for reference in inspect(files[current]).references:
            waiting += reference.names or files
    return reached


def _refer(node: nodes.Node) -> Reference:
    optional = bool(getattr(node, "ignore_missing", False))
    names = tuple(_constant_names(node.template))  # type: ignore[attr-defined]  # see _REFERRING
    known = names if None not in names else ()
    return Reference(
        tuple(str(name) for name in known), node.lineno, optional, isinstance(node, nodes.Extends)
    )


def _constant_names(node: nodes.Expr) -> Iterator[str | None]:
    """Yield the names a reference states; None for one that only rendering can tell."""
    if isinstance(node, nodes.Const):
        values = node.value if isinstance(node.value, (tuple, list)) else (node.value,)
        yield from (value if isinstance(value, str) else None for value in values)
    elif isinstance(node, (nodes.Tuple, nodes.List)):
        for item in node.items:
            yield from _constant_names(item)
    else:
        yield None


def _unknown_functions(tree: nodes.Template, file: TemplateFile) -> Iterator[Problem]:
    known = environment(())
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        table = known.filters if isinstance(node, nodes.Filter) else known.tests
        name = str(getattr(node, "name", ""))
        if name not in table:
            span = Span(file.path, node.lineno)
            yield problem("E412", span, name=name, nearest=nearest(name, table) or "—")


def _missing(
    reference: Reference, file: TemplateFile, files: Mapping[str, TemplateFile]
) -> list[Problem]:
    if any(name in files for name in reference.names):
        return []
    name = reference.names[0]
    span = Span(file.path, reference.line)
    return [problem("E413", span, name=name, nearest=nearest(name, files) or "—")]


def _cycle(name: str, files: Mapping[str, TemplateFile]) -> tuple[str, ...]:
    """Follow extends from a template; return the chain where it comes back to its start."""
    chain = [name]
    while True:
        parents = [
            reference.names[0]
            for reference in inspect(files[chain[-1]]).references
            if reference.extends and reference.names and reference.names[0] in files
        ]
        if not parents:
            return ()
        chain.append(parents[0])
        if parents[0] == name:
            return tuple(chain)
        if parents[0] in chain[:-1]:
            return ()
