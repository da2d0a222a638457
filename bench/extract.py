"""How well bodies, titles, dates and names are found in saved pages, beside other libraries.

Takes a folder with public sets, each in a folder of its own as its repository has it; none of them
is part of this project. Known forms: scrapinghub/article-extraction-benchmark
(``ground-truth.json`` and ``html/*.html.gz``), the Chinese-Web-Content-Extraction-Dataset
(``original``, ``cleaned``, ``date``, ``author``), magic-html (``benchmark/data/article``), and any
folder with ``gold.json``:
``{"page.html": {"text", "title", "date", "names"}}``.

The body's F1 is that of article-extraction-benchmark: precision and recall of shingles of four
words, a page a vote; outside that set each CJK character is a word. Speed is user time of one
process.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

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
HAN = re.compile(r"[\u4e00-\u9fff]")
UNKNOWN = {"", "UNKNOWN", "UNKNWON"}


@dataclass(frozen=True)
class Page:
    """A saved page and what is in it; an empty field is not judged."""

    name: str
    data: bytes
    text: str
    title: str = ""
    date: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What an engine finds in a page."""

    text: str
    title: str = ""
    date: str = ""
    names: tuple[str, ...] = ()


def read_set(folder: Path) -> list[Page]:
    """Read a set, whatever its form."""
    if (folder / "ground-truth.json").is_file():
        return list(_scrapinghub(folder))
    if (folder / "cleaned").is_dir():
        return list(_cwce(folder))
    if (folder / "benchmark/data/article/base.json").is_file():
        return list(_magic(folder / "benchmark/data/article"))
    return list(_own(folder)) if (folder / "gold.json").is_file() else []


def _scrapinghub(folder: Path) -> Iterator[Page]:
    gold = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for key, facts in sorted(gold.items()):
        data = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        yield Page(key, data, facts["articleBody"])


def _cwce(folder: Path) -> Iterator[Page]:
    gold = {
        kind: json.loads((folder / "eval" / f"{kind}_ground.json").read_text("utf-8"))
        for kind in ("cleaned", "date", "author")
    }
    for key, facts in sorted(gold["cleaned"].items()):
        written = {kind: gold[kind][key]["articleBody"].strip() for kind in ("date", "author")}
        names = (
            () if written["author"] in UNKNOWN else tuple(re.split(r"[\s、&]+", written["author"]))
        )
        date = _cwce_day(written["date"])
        data = (folder / "original" / f"{key}.html").read_bytes()
        yield Page(key, data, facts["articleBody"], "", date, names)


def _cwce_day(written: str) -> str:
    found = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", written)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else ""


def _magic(folder: Path) -> Iterator[Page]:
    """Take the Chinese pages alone."""
    gold = json.loads((folder / "base.json").read_text("utf-8"))
    for key, facts in sorted(gold.items()):
        text = facts["content"]
        if len(HAN.findall(text)) * 5 > len(text):
            yield Page(key, (folder / "htmls" / f"{key}.html").read_bytes(), text)


def _own(folder: Path) -> Iterator[Page]:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    for name, facts in sorted(gold.items()):
        names = tuple(facts.get("names", ()))
        data = (folder / name).read_bytes()
        yield Page(name, data, facts["text"], facts.get("title", ""), facts.get("date", ""), names)


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
    given = asked.parse_args()
    print(
        f"{'set':14}{'engine':14}{'pages':>6}{'F1':>7}{'title':>7}{'date':>7}{'names':>7}{'pages/s':>9}"
    )
    for folder in sorted(path for path in given.folder.iterdir() if path.is_dir()):
        pages = read_set(folder) if given.only in folder.name else []
        for engine in given.engines.split(",") if pages else ():
            measure(folder, engine, pages, given.worst)


def measure(folder: Path, engine: str, pages: Sequence[Page], worst: int) -> None:
    """Run an engine over a set and print its row, then the worst pages."""
    word = WORD if (folder / "ground-truth.json").is_file() else WORD_CJK
    found, started = [], time.process_time()
    for page in pages:
        try:
            found.append(ENGINES[engine](page))
        except Exception as error:  # noqa: BLE001  # a library that fails finds nothing
            print(page.name, type(error).__name__, error, file=sys.stderr)
            found.append(Found(""))
    spent = time.process_time() - started
    parts = [share(page.text, got.text, word) for page, got in zip(pages, found, strict=True)]
    titles = [bare(p.title) == bare(f.title) for p, f in zip(pages, found, strict=True) if p.title]
    dates = [p.date == f.date for p, f in zip(pages, found, strict=True) if p.date]
    names = [
        bool({*map(bare, p.names)} & {*map(bare, f.names)})
        for p, f in zip(pages, found, strict=True)
        if p.names
    ]
    shown = [
        f"{statistics.mean(hits):7.3f}" if hits else f"{'':>7}" for hits in (titles, dates, names)
    ]
    print(
        f"{folder.name[:13]:14}{engine:14}{len(pages):6}{f1(parts):7.3f}{''.join(shown)}"
        f"{len(pages) / spent:9.1f}",
        flush=True,
    )
    for score, (_, extra, missing), page in sorted(
        zip(map(page_f1, parts), parts, pages, strict=True), key=lambda row: row[0]
    )[:worst]:
        print(f"    {score:.3f} extra {extra:.2f} missing {missing:.2f} {page.name}")


if __name__ == "__main__":
    main()
