from __future__ import annotations

import json
from pathlib import Path

import pytest

from wenzhai import __version__
from wenzhai.provenance import UNKNOWN, requirement, requirement_of

PUBLIC = "https://example.org/them/wenzhai"


def silent_git(_folder: Path, _command: str) -> str:
    return ""


def installed_from(url: str, **more: object) -> str:
    return json.dumps({"url": url, **more})


def git_of(origin: str, commit: str = "c0ffee") -> object:
    answers = {"remote get-url origin": origin, "rev-parse --verify --quiet @{upstream}": commit}
    return lambda _folder, command: answers[command]


def checkout(folder: Path) -> str:
    (folder / "pyproject.toml").touch()
    return installed_from(folder.as_uri(), dir_info={})


def test_an_index_is_asked_for_the_same_version() -> None:
    assert requirement_of("", silent_git) == f"wenzhai=={__version__}\n"


def test_a_repository_is_asked_for_the_same_commit() -> None:
    origin = installed_from(PUBLIC, vcs_info={"vcs": "git", "commit_id": "c0ffee"})
    assert requirement_of(origin, silent_git) == f"wenzhai @ git+{PUBLIC}@c0ffee\n"


def test_a_file_on_the_web_is_asked_for_again() -> None:
    origin = installed_from(f"{PUBLIC}.whl", archive_info={})
    assert requirement_of(origin, silent_git) == f"wenzhai @ {PUBLIC}.whl\n"


def test_a_local_checkout_stands_for_what_its_server_has(tmp_path: Path) -> None:
    git = git_of(PUBLIC)
    found = requirement_of(checkout(tmp_path), git)  # type: ignore[arg-type]  # a plain lambda
    assert found == f"wenzhai @ git+{PUBLIC}@c0ffee\n"


@pytest.mark.parametrize(
    ("origin", "commit"),
    [
        ("", ""),
        (PUBLIC, ""),
        ("git@example.org:them/wenzhai.git", "c0ffee"),
        ("/srv/wenzhai", "c0ffee"),
        ("https://me:secret@example.org/wenzhai", "c0ffee"),
    ],
)
def test_what_others_cannot_fetch_is_asked_for_in_a_comment(
    origin: str, commit: str, tmp_path: Path
) -> None:
    git = git_of(origin, commit)
    assert requirement_of(checkout(tmp_path), git) == UNKNOWN  # type: ignore[arg-type]  # as above


def test_a_local_wheel_is_asked_for_in_a_comment(tmp_path: Path) -> None:
    origin = installed_from((tmp_path / "wenzhai.whl").as_uri(), archive_info={})
    assert requirement_of(origin, silent_git) == UNKNOWN


def test_no_path_of_this_machine_gets_into_a_new_site() -> None:
    assert "file:" not in requirement()
    assert str(Path(__file__).parents[1]) not in requirement()


def test_the_comment_is_nothing_to_pip() -> None:
    assert all(line.startswith("#") for line in UNKNOWN.splitlines())
