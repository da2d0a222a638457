"""Makes articles for the benchmark: Chinese technology writing without a meaning.

Article number ``i`` depends on ``i`` alone, so a small corpus is the beginning of a large one.
The words and sentence patterns are in words.toml.
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import accumulate, product
from pathlib import Path
from random import Random

WORDS: Mapping[str, Sequence[str]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)
FIRST_DAY = datetime(2012, 1, 1, tzinfo=timezone(timedelta(hours=8)))
SPAN = 13 * 365 * 24 * 60  # minutes over which the dates are spread
GOLDEN = 2_654_435_761  # multiplicative hashing spreads any number of articles evenly
IMAGES = 20
TAGS = 400
PARAGRAPHS = 34
HEADINGS = (6, 13, 20, 27)  # before which paragraphs they stand
FIGURES = (4, 15, 25)  # and after which
TABLES = range(3, 10**9, 10)  # the articles that have a table: one in ten
SOURCES = range(7, 10**9, 20)  # and those with a code block: one in twenty


@dataclass(frozen=True)
class Sample:
    """One article; ``date`` has a zone, ``body`` is Markdown."""

    slug: str
    title: str
    date: datetime
    author: str
    region: str
    tags: tuple[str, ...]
    source_url: str
    summary: str
    body: str


def make_sample(number: int, images: str) -> Sample:
    """Make one article; ``images`` is the path that leads to the images."""
    rng = Random(f"article {number}")
    minutes = (number * GOLDEN % 2**32) * SPAN // 2**32
    return Sample(
        slug=f"sample-{number:06d}",
        title=_say(rng, "title"),
        date=FIRST_DAY + timedelta(minutes=minutes),
        author=_say(rng, "family") + _say(rng, "given"),
        region=WORDS["region"][_skewed(rng, len(WORDS["region"]))],
        tags=_tags(rng),
        source_url=f"https://example.com/{number}/{rng.randrange(10**6)}",
        summary=_say(rng, "sentence") + _say(rng, "sentence"),
        body=_body(rng, number, images),
    )


def front_matter(rows: Mapping[str, str | tuple[str, ...]]) -> str:
    """Write front matter; a JSON string or list of strings is YAML too."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in rows.items()]
    return f"---\n{''.join(lines)}---\n\n"


def tag_names() -> tuple[str, ...]:
    """Name the 400 tags, the most used first: English, mixed and Chinese ones."""
    pairs = ["".join(pair) for pair in product(WORDS["tag_first"], WORDS["tag_second"])]
    mixed = [f"{name} {kind}" for name, kind in product(WORDS["name"], ("Lab", "OS", "Kit"))]
    names = [*WORDS["thing"], *WORDS["name"], *mixed, *pairs, *(f"{pair}史" for pair in pairs)]
    tags = [name.replace("/", " ") for name in names[:TAGS]]
    Random("tags").shuffle(tags)
    return tuple(tags)


TAG_NAMES = tag_names()


def _say(rng: Random, kind: str) -> str:
    """Choose a word or pattern of a kind and fill its places."""

    def fill(place: re.Match[str]) -> str:
        return str(rng.randint(2, 95)) if place[1] == "number" else rng.choice(WORDS[place[1]])

    return re.sub(r"\{(\w+)\}", fill, rng.choice(WORDS[kind])).strip("\n")


def _skewed(rng: Random, count: int) -> int:
    """Draw an index by Zipf's law: the first is taken most often."""
    weights = list(accumulate(1 / (rank + 1) for rank in range(count)))
    return min(count - 1, bisect(weights, rng.random() * weights[-1]))


def _tags(rng: Random) -> tuple[str, ...]:
    wanted = rng.randint(3, 5)
    chosen: dict[str, None] = {}
    while len(chosen) < wanted:
        chosen[TAG_NAMES[_skewed(rng, TAGS)]] = None
    return tuple(chosen)


def _body(rng: Random, number: int, images: str) -> str:
    blocks: list[str] = []
    headings = iter(rng.sample(WORDS["heading"], len(HEADINGS)))
    for place in range(PARAGRAPHS):
        if place in HEADINGS:
            blocks.append(f"## {next(headings)}")
        blocks.append(_paragraph(rng))
        if place in FIGURES:
            caption = _say(rng, "caption")
            blocks.append(f'![{caption}]({images}{rng.randrange(IMAGES):02d}.svg "{caption}")')
    blocks.insert(9, "> " + _say(rng, "sentence") + _say(rng, "sentence"))
    blocks.insert(16, "\n".join(_say(rng, "item") for _ in range(5)))
    if number in TABLES:
        rows = [_say(rng, "row") for _ in range(6)]
        blocks.insert(20, "\n".join(["| 项目 | 之前 | 之后 |", "| --- | ---: | ---: |", *rows]))
    if number in SOURCES:
        blocks.insert(22, _say(rng, "source"))
    return "\n\n".join(blocks) + "\n"


def _paragraph(rng: Random) -> str:
    sentences = [_say(rng, "sentence") for _ in range(rng.randint(2, 3))]
    return "".join(sentences) + _say(rng, "ending")
