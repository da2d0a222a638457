"""Opens a source in the editor of the person who previews, at a line."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

AT_LINE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor", "windsurf"), ("-g", "{place}")),
    **dict.fromkeys(("zed", "subl", "sublime_text"), ("{place}",)),
    **dict.fromkeys(("gvim", "mvim"), ("--remote-silent", "+{line}", "{file}")),
    **dict.fromkeys(("gedit", "gnome-text-editor", "xed"), ("+{line}", "{file}")),
    **dict.fromkeys(("idea", "pycharm", "webstorm"), ("--line", "{line}", "{file}")),
    "kate": ("--line", "{line}", "--column", "{column}", "{file}"),
    "emacsclient": ("-n", "+{line}:{column}", "{file}"),
    "mate": ("-l", "{line}", "{file}"),
}
"""How editors with a window of their own are told of a line; those of terminals cannot serve."""
DEFAULT = "code"


def editor_command(setting: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    """Choose an editor: the setting, else the one of the environment, else Visual Studio Code.

    The setting is a command with ``{file}``, ``{line}`` and ``{column}``; without ``{file}`` the
    file is added at its end.
    """
    if setting.strip():
        words = tuple(shlex.split(setting))
        return words if any("{file}" in word for word in words) else (*words, "{file}")
    for name in ("VISUAL", "EDITOR"):
        words = tuple(shlex.split(environment.get(name, "")))
        how = AT_LINE.get(Path(words[0]).stem) if words else None
        if how:
            return (*words, *how)
    return (DEFAULT, *AT_LINE[DEFAULT])


def open_editor(command: tuple[str, ...], file: Path, line: int, column: int) -> None:
    """Start an editor and do not wait for it; no shell sees the file's name.

    Raises:
        OSError: if there is no such program.
    """
    line, column = max(line, 1), max(column, 1)
    filled = {
        "{file}": str(file),
        "{line}": str(line),
        "{column}": str(column),
        "{place}": f"{file}:{line}:{column}",
    }
    quiet = subprocess.DEVNULL
    subprocess.Popen(  # noqa: S603  # what the person's own settings name
        [_fill(word, filled) for word in command],
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        start_new_session=os.name == "posix",
    )


def _fill(word: str, filled: Mapping[str, str]) -> str:
    """Fill placeholders in one go: a file's name may look like one."""
    for mark, value in filled.items():
        if mark in word:
            before, _, after = word.partition(mark)
            return _fill(before, filled) + value + _fill(after, filled)
    return word
