"""Saved pages and what is in them: public sets as their repositories have them, and own notes."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HAN = re.compile(r"[\u4e00-\u9fff]")
UNKNOWN = {"", "UNKNOWN", "UNKNWON"}


@dataclass(frozen=True)
class Page:
    """A saved page and what is in it; an empty field is not judged.

    ``titles`` are all that would be right; ``dateless`` says that the page prints no date.
    """

    name: str
    data: bytes
    text: str
    titles: tuple[str, ...] = ()
    date: str = ""
    names: tuple[str, ...] = ()
    dateless: bool = False


def read_set(folder: Path) -> list[Page]:
    """Read a set, whatever its form."""
    if (folder / "ground-truth.json").is_file():
        return list(_scrapinghub(folder))
    if (folder / "cleaned").is_dir():
        return list(_cwce(folder))
    if (folder / "benchmark/data/article/base.json").is_file():
        return list(_magic(folder / "benchmark/data/article"))
    gold = folder / "gold.json"
    return list(read_gold(gold, folder)) if gold.is_file() else []


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
        yield Page(key, data, facts["articleBody"], (), date, names)


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


def read_gold(gold: Path, folder: Path) -> Iterator[Page]:
    """Read the pages that a file judges; it names them by their paths below a folder."""
    for name, facts in sorted(json.loads(gold.read_text("utf-8")).items()):
        title = facts.get("title") or ()
        yield Page(
            name,
            (folder / name).read_bytes(),
            facts["text"],
            (title,) if isinstance(title, str) else tuple(title),
            (facts.get("date") or "")[:10],
            tuple(facts.get("names", ())),
            "date" in facts and facts["date"] is None,
        )
