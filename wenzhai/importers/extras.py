"""Optional packages: what a kind of source needs beyond the basic installation."""

from __future__ import annotations

from importlib.util import find_spec

from wenzhai.problems import Problem, Span, problem


def missing_extra(extra: str, *packages: str, path: str) -> Problem | None:
    """Return a problem (E730) if a package of an extra is not installed, else None.

    Args:
        extra: the extra of our own package that brings them.
        packages: the modules to be imported.
        path: the source that needs them.
    """
    missing = [name for name in packages if find_spec(name) is None]
    if not missing:
        return None
    return problem("E730", Span(path), extra=extra, packages=", ".join(missing))
