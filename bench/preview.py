"""Measures how soon a save shows in the preview, beside ``hugo server``; see README.md.

python bench/preview.py --n 1000 --n 10000
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles

from corpus import make_sample
from measure import wait_for_calm
from peers import make_hugo_site, make_wenzhai_site
from run import ROOT, hugo_builder

PAUSE = 0.002
"""Seconds between two looks at a page."""
LIMIT = 20.0
"""Seconds after which a save counts as one that never shows."""
STEPS = ("body", "title", "tag", "template", "new", "deleted")


@dataclass(frozen=True)
class Peer:
    """A preview: how its site is made and served, and where its pages are made."""

    name: str
    make: Callable[[Path, int], None]
    prepare: list[str]
    serve: list[str]
    template: str


class Client:
    """One connection to a preview, kept open."""

    def __init__(self, port: int) -> None:
        """Connect to nothing yet."""
        self._port = port
        self._wire: http.client.HTTPConnection | None = None

    def get(self, address: str) -> tuple[int, bytes]:
        """Return status and body; (0, nothing) where nobody answers yet."""
        try:
            self._wire = self._wire or http.client.HTTPConnection(
                "127.0.0.1", self._port, timeout=60
            )
            self._wire.request("GET", address)
            answer = self._wire.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return 0, b""

    def close(self) -> None:
        """Give the connection up."""
        if self._wire:
            self._wire.close()
        self._wire = None

    def until(self, address: str, holds: Callable[[int, bytes], bool], since: float) -> float:
        """Return how many milliseconds after ``since`` a page is as it should be."""
        while not holds(*self.get(address)):
            if time.monotonic() - since > LIMIT:
                return float("inf")
            time.sleep(PAUSE)
        return (time.monotonic() - since) * 1000


class Editor:
    """Saves to one site, and knows where each shows; every save holds a word of its own."""

    def __init__(self, site: Path, peer: Peer, count: int) -> None:
        """Take over a site of ``count`` articles."""
        self._articles = site / "content" / "articles"
        self._template = site / peer.template
        self._texts: dict[Path, str] = {}
        self._middle, self._newest = (make_sample(n, "").slug for n in (count // 2, count - 1))
        self._saves = 0

    def save(self, step: str) -> tuple[float, str, Callable[[int, bytes], bool]]:
        """Save; return the moment, the address where it shows, and what shows it."""
        self._saves += 1
        word = f"zz{self._saves}q"
        if step == "deleted":
            path = self._articles / "brand-new.md"
            start = time.monotonic()
            path.unlink()
            return start, "/articles/brand-new/", lambda status, _: status == HTTPStatus.NOT_FOUND
        path, old, new = self._change(step, word)
        text = self._texts.setdefault(path, path.read_text(encoding="utf-8") if old else "")
        content = text.replace(old, new, 1) if old else new
        slug = "brand-new" if step == "new" else self._middle if step == "body" else self._newest
        address = "/" if step == "template" else f"/articles/{slug}/"
        start = time.monotonic()
        path.write_text(content, encoding="utf-8")
        token = word.encode()
        return start, address, lambda status, body: status == HTTPStatus.OK and token in body

    def _change(self, step: str, word: str) -> tuple[Path, str, str]:
        newest = self._articles / f"{self._newest}.md"
        if step == "body":
            return self._articles / f"{self._middle}.md", "\n\n", f"\n\n{word} 是新写的一段。\n\n"
        if step == "title":
            return newest, 'title: "', f'title: "{word} '
        if step == "tag":
            return newest, "tags: [", f"tags: [{word}, "
        if step == "template":
            return self._template, "</body>", f"{word}</body>"
        head = f"title: {word} 新文章\ndate: 2025-01-01\nslug: brand-new\ntags: [新]"
        return self._articles / "brand-new.md", "", f"---\n{head}\n---\n\n正文。\n"

    def restore(self) -> None:
        """Put everything back."""
        for path, text in self._texts.items():
            if text:
                path.write_text(text, encoding="utf-8")


def main() -> int:
    """Measure what the command line asks for and print it as Markdown."""
    options = _parse_options()
    options.work.mkdir(parents=True, exist_ok=True)
    program = hugo_builder(options.work).command[0]
    print("| articles | save | Hugo p50 / p95 ms | wenzhai p50 / p95 ms | ratio |")
    print("| ---: | --- | ---: | ---: | ---: |")
    for count in options.n or [1000, 10000]:
        with tempfile.TemporaryDirectory(dir=options.work, prefix=f"{count}-") as folder:
            measured = {
                peer.name: measure(peer, Path(folder) / peer.name, count, options)
                for peer in (_hugo(program), _wenzhai())
                if peer.name != options.without
            }
        _show(count, measured)
    return 0


def measure(
    peer: Peer, site: Path, count: int, options: argparse.Namespace
) -> dict[str, list[float]]:
    """Return milliseconds by step; ``start`` to the first page, ``growth`` in MB where asked."""
    peer.make(site, count)
    if peer.prepare:
        subprocess.run(peer.prepare, cwd=site, check=True, capture_output=True)
    if peer.name == "wenzhai":
        (site / "templates").mkdir()
        base = (ROOT / "themes/wenzhai/templates/base.html").read_text(encoding="utf-8")
        (site / peer.template).write_text(base, encoding="utf-8")
        subprocess.run(peer.prepare, cwd=site, check=True, capture_output=True)
    editor = Editor(site, peer, count)
    found: dict[str, list[float]] = {step: [] for step in STEPS}
    wait_for_calm(options.patience)
    with serving(peer, site) as (client, process, start):
        first = client.until("/", lambda status, _: status == HTTPStatus.OK, start)
        found["start"] = [first]
        _rest(process.pid)
        for repetition in range(options.repeat):
            for step in STEPS:
                found[step].append(client.until(*_turned(editor.save(step))))
                _rest(process.pid)
            print(f"{peer.name} {count:,}: {repetition + 1}", file=sys.stderr)
        if options.saves and peer.name == "wenzhai":
            found["growth"] = [_growth(client, editor, process.pid, options.saves)]
    editor.restore()
    return found


@contextmanager
def serving(peer: Peer, site: Path) -> Iterator[tuple[Client, subprocess.Popen[bytes], float]]:
    """Run a preview until the block ends; give a client and the moment of its start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [word.replace("PORT", str(port)) for word in peer.serve]
    quiet = subprocess.DEVNULL
    start = time.monotonic()
    process = subprocess.Popen(words, cwd=site, stdout=quiet, stderr=quiet)
    client = Client(port)
    try:
        yield client, process, start
    finally:
        client.close()
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _hugo(program: str) -> Peer:
    flags = ["--bind", "127.0.0.1", "--port", "PORT", "--quiet", "--disableLiveReload=false"]
    serve = [program, "server", *flags]
    return Peer("Hugo", make_hugo_site, [], serve, "layouts/baseof.html")


def _wenzhai() -> Peer:
    program = [sys.executable, str(ROOT / "build.py")]
    serve = [*program, "serve", "--port", "PORT", "--strict-port"]
    return Peer("wenzhai", make_wenzhai_site, [*program, "-q"], serve, "templates/base.html")


def _turned(
    saved: tuple[float, str, Callable[[int, bytes], bool]],
) -> tuple[str, Callable[[int, bytes], bool], float]:
    start, address, holds = saved
    return address, holds, start


def _rest(pid: int) -> None:
    """Wait until a process has done its work."""
    calm, used = 0, _cpu(pid)
    while calm < 3:  # noqa: PLR2004  # in a row
        time.sleep(0.2)
        now = _cpu(pid)
        calm = calm + 1 if now - used <= 2 else 0  # noqa: PLR2004  # ticks
        used = now


def _growth(client: Client, editor: Editor, pid: int, saves: int) -> float:
    """Return by how many MB the memory grows over many saves, after the first hundred."""
    before = 0.0
    for number in range(saves + 100):
        if number == 100:  # noqa: PLR2004  # when all is loaded
            before = _resident(pid)
        client.until(*_turned(editor.save("body")))
    _rest(pid)
    return _resident(pid) - before


def _cpu(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    return int(fields[11]) + int(fields[12])


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _show(count: int, measured: dict[str, dict[str, list[float]]]) -> None:
    ours, hugo = measured["wenzhai"], measured.get("Hugo", {})
    for step in (*STEPS, "start"):
        own, other = _pair(ours[step]), _pair(hugo.get(step, []))
        ratio = f"{own[0] / other[0]:.3f}" if 0 < other[0] < float("inf") else ""
        print(f"| {count:,} | {step} | {_words(other)} | {_words(own)} | {ratio} |")
    if "growth" in ours:
        print(f"\n{count:,} articles: memory grows by {ours['growth'][0]:.1f} MB over the saves\n")
    sys.stdout.flush()


def _words(pair: tuple[float, float]) -> str:
    shown = ["never" if time == float("inf") else f"{time:.0f}" for time in pair]
    return " / ".join(shown) if pair[0] else ""


def _pair(times: list[float]) -> tuple[float, float]:
    if not times:
        return 0.0, 0.0
    if len(times) == 1 or max(times) == float("inf"):
        return median(times), max(times)
    return median(times), quantiles(times, n=20, method="inclusive")[-1]


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--n", type=int, action="append", help="articles; may be repeated")
    parser.add_argument("--repeat", type=int, default=15, help="saves of every kind")
    parser.add_argument("--saves", type=int, default=0, help="saves over which memory is watched")
    parser.add_argument("--without", default="", help="a peer to leave out")
    parser.add_argument("--patience", type=float, default=30, help="seconds to wait for calm")
    default = Path(tempfile.gettempdir()) / "wenzhai-bench"
    parser.add_argument("--work", type=Path, default=default, help="folder for sites and Hugo")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
