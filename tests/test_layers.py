"""The layers of docs/architecture.md, kept: who may import whom, and what pure code may not touch.

The one table of them stands in that document. A new module has to be entered there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "wenzhai"

DOCUMENT = PACKAGE.parent / "docs" / "architecture.md"
BLOCKS = re.compile(r"^```layers\n(.*?)^```", re.MULTILINE | re.DOTALL)
# layer: its modules > the layers that it may import besides itself
TABLE = BLOCKS.findall(DOCUMENT.read_text(encoding="utf-8"))[0]
IMPURE = {"store", "edges", "documents", "sites", "preview", "commands"}

# A module may also import these of another layer, for the reason given.
EXCEPTIONS = {
    ("builder", "snapshot"): "the Snapshot is its argument",
    ("drafting", "snapshot"): "the same",
}

OUTSIDE = """
asyncio concurrent getpass glob http io locale logging multiprocessing os pathlib platform random
secrets shutil signal socket sqlite3 subprocess sys tempfile threading time tornado urllib.request
uuid watchdog
"""
FORBIDDEN_IMPORTS = set(OUTSIDE.split())
FORBIDDEN_CALLS = {"open", "print", "input", "breakpoint"}
FORBIDDEN_METHODS = {"now", "today", "utcnow", "read_text", "read_bytes", "write_text"}
PURE_PARTS = {"pathlib.PurePosixPath", "io.BytesIO"}


def read_table(table: str) -> dict[str, tuple[list[str], set[str]]]:
    """Read the table: layer -> (its modules, the layers that it may import besides itself)."""
    rows = re.findall(r"^(\w+):\s*([^:>]*)>([^:]*)$", table, re.MULTILINE)
    return {layer: (members.split(), set(below.split())) for layer, members, below in rows}


LAYERS = read_table(TABLE)


def modules() -> list[str]:
    """Name every module below the package (``importers.text``)."""
    found = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")]
    names = [".".join(path.with_suffix("").parts) for path in found if "skeleton" not in path.parts]
    return sorted(name.removesuffix(".__init__") for name in names if name != "__init__")


def layer_of(module: str) -> str:
    for layer, (members, _) in LAYERS.items():
        for member in members:
            if member == module or (member.endswith("*") and module.startswith(member[:-1])):
                return layer
    return ""


def tree_of(module: str) -> ast.Module:
    base = PACKAGE.joinpath(*module.split("."))
    path = base.with_suffix(".py") if base.with_suffix(".py").exists() else base / "__init__.py"
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_of(module: str) -> Iterator[str]:
    """Give every imported name in full (``wenzhai.model.Card``, ``os``), nested imports too."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(module: str) -> set[str]:
    """Name the package's modules that a module imports."""
    known = set(modules())
    found = set()
    for name in imports_of(module):
        inner = name.removeprefix("wenzhai.")
        if inner != name:
            found.add(inner if inner in known else inner.rpartition(".")[0])
    return (found & known) - {module}


def is_forbidden(name: str) -> bool:
    parts = name.split(".")
    prefixes = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    return bool(prefixes & FORBIDDEN_IMPORTS) and name not in PURE_PARTS


def forbidden_deeds(tree: ast.Module) -> Iterator[str]:
    """Find calls that reach out of the program, and names that change under way."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield f"line {node.lineno}: global {', '.join(node.names)}"
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in FORBIDDEN_CALLS:
                yield f"line {node.lineno}: {called.id}()"
            elif isinstance(called, ast.Attribute) and called.attr in FORBIDDEN_METHODS:
                yield f"line {node.lineno}: .{called.attr}()"


PURE = [name for name in modules() if layer_of(name) not in IMPURE]


@pytest.mark.parametrize("module", modules())
def test_every_module_has_its_layer(module: str) -> None:
    assert layer_of(module), f"enter {module} in docs/architecture.md"


@pytest.mark.parametrize("module", [name for name in modules() if layer_of(name)])
def test_modules_import_lower_layers_only(module: str) -> None:
    own = layer_of(module)
    allowed = {own} | LAYERS[own][1]
    wrong = {
        name
        for name in own_imports(module)
        if layer_of(name) not in allowed and (module, name) not in EXCEPTIONS
    }
    assert not wrong, f"{module} ({own}) may not import {sorted(wrong)}"


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_import_nothing_that_reaches_outside(module: str) -> None:
    wrong = sorted(name for name in imports_of(module) if is_forbidden(name))
    assert not wrong, f"{module} is pure and may not import {wrong}"


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_ask_no_clock_and_no_disk(module: str) -> None:
    wrong = list(forbidden_deeds(tree_of(module)))
    assert not wrong, f"{module} is pure: {wrong}"


def test_no_circle_of_imports() -> None:
    waiting = {name: own_imports(name) for name in modules()}
    while ready := {name for name, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {name: needs for name, needs in waiting.items() if name not in ready}
    assert not waiting, f"these import each other in a circle, or such: {sorted(waiting)}"


def test_layers_stand_above_those_they_import() -> None:
    seen: set[str] = set()
    for layer, (_, below) in LAYERS.items():
        assert below <= seen, f"{layer} stands before {below - seen}"
        seen.add(layer)


def test_table_has_every_layer_once() -> None:
    members = [name for names, _ in LAYERS.values() for name in names]
    assert len(LAYERS) == TABLE.count(":")
    assert len(members) == len(set(members))


def test_table_names_no_module_that_is_gone() -> None:
    members = {name for names, _ in LAYERS.values() for name in names if not name.endswith("*")}
    assert members <= {*modules(), "__main__"}


def test_guard_notices_what_it_forbids() -> None:
    source = "from datetime import datetime\nopen('x')\ndatetime.now()\n"
    assert list(forbidden_deeds(ast.parse(source))) == ["line 2: open()", "line 3: .now()"]
    assert is_forbidden("urllib.request.urlopen")
    assert is_forbidden("pathlib.Path")
    assert not is_forbidden("urllib.parse.quote")
    assert not is_forbidden("pathlib.PurePosixPath")
