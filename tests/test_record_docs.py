"""The page on the record of conversions lists what records hold, no more and no less."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from wenzhai.conversions import PASSED_OVER, passed_over
from wenzhai.doubt_words import DOUBTS
from wenzhai.importers.confidence import COSTS, HELD_BELOW, Doubt
from wenzhai.importers.html.kinds import EMBEDS, SILENT
from wenzhai.importers.record import Field, Hot, LocalImage, Record, Related, Removed, record_json
from wenzhai.records import last_text
from wenzhai.removal_words import REASONS, reason_text

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "import-record.md").read_text("utf-8")
FULL = Record(
    source_path="a",
    entry="a",
    fetched="a",
    doubts=(Doubt("a", 0.1),),
    fields=(Field("NAME", "a", proposed=True),),
    related=(Related("a"),),
    hot=(Hot(1, "a", None),),
    removed=(Removed(1, 0, 1, "a", "a"),),
    images=(LocalImage("a", "a", "a", 1),),
    warnings=("a",),
    article_text="a",
)


def paths(value: object, name: str = "") -> Iterator[str]:
    """Name the leaves of JSON: ``a.b``, or ``a[].b`` below a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, f"{name}.{key}".lstrip("."))
    elif isinstance(value, list) and value and name != "article.lines":
        yield from paths(value[0], f"{name}[]")
    else:
        yield name


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the table below a heading, without its head."""
    text = PAGE.partition(f"## {heading}")[2].partition("\n## ")[0]
    found = re.findall(r"^\| `.*\|$", text, re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in found][1:]


def test_page_lists_exactly_the_keys_that_records_have() -> None:
    shape = json.loads(record_json(FULL)) | {"conflict": {"sha256": "a"}}
    shape |= json.loads(passed_over(shape, "a"))
    listed = re.findall(r"^\| `([\w.\[\]]+)` \|.*·", PAGE, re.MULTILINE)
    assert listed == list(paths(shape))
    assert PASSED_OVER in listed


@pytest.mark.parametrize("block", re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))
def test_examples_are_json_with_known_keys(block: str) -> None:
    shape = json.loads(block)
    assert last_text(shape) is None  # its digests are cut short
    assert shape.keys() <= {*json.loads(record_json(FULL)), "entries"}


def test_page_lists_every_doubt_with_its_cost_and_words() -> None:
    costs = {reason: str(COSTS.get(reason, "—")) for reason in DOUBTS}
    wanted = [[f"`{reason}`", costs[reason], *words] for reason, words in DOUBTS.items()]
    assert rows("疑问 · Doubts") == wanted
    assert COSTS.keys() <= DOUBTS.keys()
    assert str(HELD_BELOW) in PAGE


def test_page_lists_every_reason_with_its_words() -> None:
    assert rows("去掉的理由 · Reasons") == [[f"`{name}`", text] for name, text in REASONS.items()]


def test_every_reason_in_use_has_words() -> None:
    used = {*EMBEDS.values(), *SILENT.values()}
    for path in (ROOT / "tests" / "data").rglob("*.import.json"):
        for cut in json.loads(path.read_text("utf-8")).get("removed", ()):
            used |= set(cut["reason"].split(", "))
    assert sorted(used - REASONS.keys()) == []


def test_several_reasons_are_told_in_the_readers_language() -> None:
    assert reason_text("date, region", "zh") == "日期、地区"
    assert reason_text("date, region", "en") == "date, region"
