"""The client's types hold, where a checker is installed."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from client_pages import CLIENT
from command_line import ROOT


def test_types_hold() -> None:
    checker = shutil.which("tsc")
    if not checker:
        pytest.skip("no tsc on this machine (npm install -g typescript)")
    done = subprocess.run([checker, "-p", ROOT / "jsconfig.json"], capture_output=True, check=False)
    assert done.stdout.decode() == ""


def test_every_module_asks_to_be_checked_and_says_what_it_owns() -> None:
    modules = sorted(CLIENT.glob("*.js"))
    assert modules
    bad = [path.name for path in modules if not starts_well(path.read_text("utf-8"))]
    assert bad == []


def starts_well(text: str) -> bool:
    return re.match(r"// @ts-check\n/\*\*\n \* \w[^@]*\*/\n", text) is not None


def test_modules_import_no_other_file_than_their_neighbours() -> None:
    names = {path.name for path in CLIENT.iterdir()}
    for path in CLIENT.glob("*.js"):
        for found in re.findall(r'from "([^"]*)"', path.read_text("utf-8")):
            assert found.startswith("./"), f"{path.name}: {found}"
            assert found.removeprefix("./") in names, f"{path.name}: {found}"
