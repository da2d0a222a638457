"""How well bodies, titles, dates and names are found in saved pages, beside other libraries.

Takes a folder with public sets, each in a folder of its own as its repository has it; none of them
is part of this project. Known forms: scrapinghub/article-extraction-benchmark
(``ground-truth.json`` and ``html/*.html.gz``), the Chinese-Web-Content-Extraction-Dataset
(``original``, ``cleaned``, ``date``, ``author``), magic-html (``benchmark/data/article``), and any
folder with ``gold.json``. ``--gold FILE`` judges pages by a file that lies elsewhere; its form is
in ``bench/README.md``.

The body's F1 is that of article-extraction-benchmark: precision and recall of shingles of four
words, a page a vote; outside that set each CJK character is a word. Speed is user time of one
process.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from page_sets import HAN, Page, read_gold, read_set

from wenzhai.config import MarkupSettings
from wenzhai.importers.decode import Decoded
from wenzhai.importers.html.decoding import decode_html
from wenzhai.importers.html.page import convert_page
from wenzhai.importers.html.tree import parse_html
from wenzhai.markup import render_markdown
from wenzhai.problems import Problem

WORD = re.compile(r"\w+")
WORD_CJK = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


@dataclass(frozen=True)
class Found:
    """What an engine finds in a page."""

    text: str
    title: str = ""
    date: str = ""
    names: tuple[str, ...] = ()


def wenzhai(page: Page, *, captions: bool) -> Found:
    """Find by this project; captions are no prose, and sets differ in counting them."""
    made = convert_page(page.data, f"{page.name}.html", "2026-01-02", "Asia/Shanghai")
    if isinstance(made, Problem):
        return Found("")
    front = dict(made.front)
    stated = [front.get(key) for key in ("author", "editor", "source")]
    names = [name for one in stated if one for name in (one if isinstance(one, tuple) else (one,))]
    return Found(
        body_text(made.body, captions=captions),
        str(front.get("title", "")),
        str(front.get("date", ""))[:10],
        tuple(map(str, names)),
    )


def body_text(body: str, *, captions: bool) -> str:
    """Return what a reader sees of a Markdown body."""
    doc, _ = render_markdown(body, "a.md", 1, MarkupSettings(highlight=False), "zh")
    root = parse_html(doc.html)
    if root is None:
        return ""
    for caption in () if captions else list(root.iter("figcaption")):
        caption.drop_tree()
    return "\n".join(root.itertext())


def _decoded(page: Page) -> str:
    made = decode_html(page.data, page.name)
    return made.text if isinstance(made, Decoded) else page.data.decode("utf-8", "replace")


def readability(page: Page) -> Found:
    """Find by readability-lxml."""
    from lxml import html  # type: ignore[import-untyped]  # noqa: PLC0415
    from readability import (  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
        Document,
    )

    document = Document(_decoded(page))
    tree = html.fromstring(document.summary())
    return Found("\n".join(tree.itertext()), document.title())


def trafilatura(page: Page, *, precision: bool) -> Found:
    """Find by trafilatura."""
    import trafilatura as library  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    text = _decoded(page)
    body = library.extract(text, favor_precision=precision, include_comments=False) or ""
    facts = library.extract_metadata(text)
    return Found(body, facts.title or "", facts.date or "", tuple((facts.author or "").split("; ")))


ENGINES: dict[str, Callable[[Page], Found]] = {
    "wenzhai": partial(wenzhai, captions=True),
    "uncaptioned": partial(wenzhai, captions=False),
    "readability": readability,
    "trafilatura": partial(trafilatura, precision=False),
    "precision": partial(trafilatura, precision=True),
}


def shingles(text: str, word: re.Pattern[str]) -> Counter[tuple[str, ...]]:
    """Count the runs of four words of a text."""
    words = word.findall(text)
    runs = (tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))
    return Counter(run for run in runs if run)


def share(gold: str, found: str, word: re.Pattern[str]) -> tuple[float, float, float]:
    """Return how much is right, too much, and missing; the three make one."""
    want, have = shingles(gold, word), shingles(found, word)
    right = (want & have).total()
    extra, missing = (have - want).total(), (want - have).total()
    whole = right + extra + missing or 1
    return right / whole, extra / whole, missing / whole


def page_f1(parts: tuple[float, float, float]) -> float:
    """Return a page's F1."""
    right, extra, missing = parts
    return 2 * right / (2 * right + extra + missing) if right else 0.0


def f1(all_parts: Sequence[tuple[float, float, float]]) -> float:
    """Return the set's F1 from the means of precision and recall."""
    precision = statistics.mean(
        [r / (r + e) if r else float(not e) for r, e, m in all_parts if r + e or not m]
    )
    recall = statistics.mean(
        [r / (r + m) if r else float(not m) for r, e, m in all_parts if r + m or not e]
    )
    return 2 * precision * recall / (precision + recall)


def bare(text: str) -> str:
    """Return the letters and digits of a text, for comparison."""
    return "".join(re.findall(r"\w", text)).casefold()


def main() -> None:
    """Print a row for each set and engine."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--engines", default="wenzhai")
    asked.add_argument("--worst", type=int, default=0, help="name that many of the worst pages")
    asked.add_argument("--only", default="", help="sets whose folder's name holds this")
    asked.add_argument("--gold", type=Path, help="what is in pages below the folder; no other set")
    given = asked.parse_args()
    heads = ("F1", "title", "date", "made up", "names", "pages/s")
    print(f"{'set':14}{'engine':14}{'pages':>6}" + "".join(f"{head:>9}" for head in heads))
    for name, pages in _sets(given.folder, given.gold, given.only):
        for engine in given.engines.split(","):
            measure(name, engine, pages, given.worst)


def _sets(folder: Path, gold: Path | None, only: str) -> Iterator[tuple[str, list[Page]]]:
    if gold:
        yield gold.stem, list(read_gold(gold, folder))
        return
    for path in sorted(one for one in folder.iterdir() if one.is_dir() and only in one.name):
        if pages := read_set(path):
            yield path.name, pages


def measure(name: str, engine: str, pages: Sequence[Page], worst: int) -> None:
    """Run an engine over a set and print its row, then the worst pages."""
    word = WORD if all(not HAN.search(page.text) for page in pages) else WORD_CJK
    started = time.process_time()
    found = [_found(engine, page) for page in pages]
    spent = time.process_time() - started
    parts = [share(page.text, got.text, word) for page, got in zip(pages, found, strict=True)]
    shown = [f"{f1(parts):9.3f}", *_facts(pages, found), f"{len(pages) / spent:9.1f}"]
    print(f"{name[:13]:14}{engine:14}{len(pages):6}{''.join(shown)}", flush=True)
    rows = zip(map(page_f1, parts), parts, pages, strict=True)
    for score, (_, extra, missing), page in sorted(rows, key=lambda row: row[0])[:worst]:
        print(f"    {score:.3f} extra {extra:.2f} missing {missing:.2f} {page.name}")


def _found(engine: str, page: Page) -> Found:
    try:
        return ENGINES[engine](page)
    except Exception as error:  # noqa: BLE001  # a library that fails finds nothing
        print(page.name, type(error).__name__, error, file=sys.stderr)
        return Found("")


def _facts(pages: Sequence[Page], found: Sequence[Found]) -> Iterator[str]:
    """Yield how many titles, dates and names are right, and how many dates are made up."""
    both = list(zip(pages, found, strict=True))
    yield _rate([bare(f.title) in map(bare, p.titles) for p, f in both if p.titles])
    yield _rate([p.date == f.date for p, f in both if p.date])
    dateless = [bool(f.date) for p, f in both if p.dateless]
    yield f"{sum(dateless):6}/{len(dateless):<2}" if dateless else f"{'':>9}"
    yield _rate([bool({*map(bare, p.names)} & {*map(bare, f.names)}) for p, f in both if p.names])


def _rate(hits: Sequence[bool]) -> str:
    return f"{statistics.mean(hits):9.3f}" if hits else f"{'':>9}"


if __name__ == "__main__":
    main()
