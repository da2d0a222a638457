"""Measures how soon a save shows in the preview, beside ``hugo server``; see README.md.

python bench/preview.py --n 1000 --n 10000
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles

from editing import STEPS, Editor, Saved
from measure import wait_for_calm
from serving import Peer, Running, hugo, serving, wenzhai

DOM, START = "body, in Chromium", "start"
STARTS = 3
SMALL, FEW = 2000, 7
"""Larger sites get fewer saves of every kind, unless told otherwise."""
WARM = 100
"""Saves, at most, after which all is loaded that a preview needs."""

Times = dict[str, list[float]]


def main() -> int:
    """Measure what the command line asks for and print it as Markdown."""
    options = _parse_options()
    options.work.mkdir(parents=True, exist_ok=True)
    without = {name.lower() for name in options.without}
    peers = [wenzhai()] if "hugo" in without else [hugo(options.work), wenzhai()]
    print("| articles | save | Hugo p50 / p95 ms | wenzhai p50 / p95 ms | ratio |")
    print("| ---: | --- | ---: | ---: | ---: |")
    for count in options.n or [1000, 10000]:
        with tempfile.TemporaryDirectory(dir=options.work, prefix=f"{count}-") as folder:
            _show(count, compare(peers, Path(folder), count, options))
    return 0


def compare(
    peers: list[Peer], folder: Path, count: int, options: argparse.Namespace
) -> dict[str, Times]:
    """Return milliseconds by peer and step; the peers take turns at each save.

    Besides the steps there are ``start``, to the first page, and ``growth``, MB, where asked.
    """
    sites = {peer.name: folder / peer.name for peer in peers}
    for peer in peers:
        _say(f"{count:,}: {peer.name} makes its site")
        peer.make(sites[peer.name], count)
        if peer.prepare:
            subprocess.run(peer.prepare, cwd=sites[peer.name], check=True, capture_output=True)
    wait_for_calm(options.patience)
    found: dict[str, Times] = {peer.name: defaultdict(list) for peer in peers}
    for _ in range(STARTS - 1):
        for peer in peers:
            with serving(peer, sites[peer.name]) as running:
                found[peer.name][START].append(_first_page(running))
    with ExitStack() as stack:
        turns = []
        for peer in peers:
            running = stack.enter_context(serving(peer, sites[peer.name]))
            found[peer.name][START].append(_first_page(running))
            turns.append((running, Editor(sites[peer.name], peer.template, count), peer.name))
            running.rest()
        _save_in_turns(turns, found, options.repeat or (15 if count <= SMALL else FEW))
        if options.browser:
            _watch_in_turns(turns, found, options.repeat or 15)
        if options.saves:
            running, editor, name = turns[-1]
            found[name]["growth"] = [_growth(running, editor, options.saves)]
    return found


def _first_page(running: Running) -> float:
    home = Saved(running.start, "/", "", lambda status, _: status == HTTPStatus.OK)
    return running.client.milliseconds(home, math.inf)


def _save_in_turns(
    turns: list[tuple[Running, Editor, str]], found: dict[str, Times], repeat: int
) -> None:
    for repetition in range(repeat):
        for step in STEPS:
            for running, editor, name in turns:
                found[name][step].append(running.client.milliseconds(editor.save(step)))
                running.rest()
        _say(f"saves of every kind: {repetition + 1} of {repeat}")
    for _, editor, _ in turns:
        editor.restore()


def _watch_in_turns(
    turns: list[tuple[Running, Editor, str]], found: dict[str, Times], repeat: int
) -> None:
    try:
        from browsers import Tab, browser  # noqa: PLC0415  # only where there is a browser
    except ImportError:
        _say("no Playwright: nothing is measured in a browser (pip install playwright)")
        return
    with browser() as started:
        for running, editor, name in turns:
            tab = Tab(started, running, editor)
            running.rest()
            for _ in range(repeat):
                found[name][DOM].append(tab.milliseconds(editor.save("body")))
                time.sleep(0.3)
            tab.close()
            editor.restore()
            running.rest()


def _growth(running: Running, editor: Editor, saves: int) -> float:
    """Return by how many MB the memory grows over many saves, once all is loaded."""
    before, warm = 0.0, min(WARM, saves)
    for number in range(saves + warm):
        if number == warm:
            before = running.memory
        running.client.milliseconds(editor.save("body"))
    running.rest()
    return running.memory - before


def _show(count: int, measured: dict[str, Times]) -> None:
    ours, others = measured["wenzhai"], measured.get("Hugo", {})
    for step in (*STEPS, DOM, START):
        own, other = _pair(ours.get(step, [])), _pair(others.get(step, []))
        ratio = f"{own[0] / other[0]:.3f}" if 0 < other[0] < math.inf else ""
        if own[0]:
            print(f"| {count:,} | {step} | {_words(other)} | {_words(own)} | {ratio} |")
    if "growth" in ours:
        print(f"\n{count:,} articles: memory grows by {ours['growth'][0]:.1f} MB over the saves\n")
    sys.stdout.flush()


def _words(pair: tuple[float, float]) -> str:
    shown = ["never" if time == math.inf else f"{time:.0f}" for time in pair]
    return " / ".join(shown) if pair[0] else ""


def _pair(times: list[float]) -> tuple[float, float]:
    """Return median and 95th percentile."""
    if not times:
        return 0.0, 0.0
    if len(times) == 1 or max(times) == math.inf:
        return median(times), max(times)
    return median(times), quantiles(times, n=20, method="inclusive")[-1]


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--n", type=int, action="append", help="articles; may be repeated")
    parser.add_argument("--repeat", type=int, default=0, help="saves of every kind")
    parser.add_argument("--saves", type=int, default=0, help="saves over which memory is watched")
    parser.add_argument("--without", action="append", default=[], help="a peer to leave out: hugo")
    off = argparse.BooleanOptionalAction
    parser.add_argument("--browser", action=off, default=True, help="measure in Chromium too")
    parser.add_argument("--patience", type=float, default=30, help="seconds to wait for calm")
    default = Path(tempfile.gettempdir()) / "wenzhai-bench"
    parser.add_argument("--work", type=Path, default=default, help="folder for sites and Hugo")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
