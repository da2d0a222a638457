"""Annotated articles in the many shapes of saved pages come out as an editor would make them."""

from __future__ import annotations

from pathlib import Path

import pytest
from annotated import SOURCE_KEYS, blocks_of, read_case, squeeze

from wenzhai.importers.account import account
from wenzhai.importers.decode import Decoded
from wenzhai.importers.decode import decode as decode_bytes
from wenzhai.importers.text import Conversion, convert_text

CASES = sorted((Path(__file__).parents[1] / "data" / "layouts").glob("*.case"))
FIELDS = {
    "updated",
    *("title", "date", "author", "editor", "region", "source", "source_url"),
    *("original_title", "tags", "summary", "kind"),
}


def convert(path: Path) -> Conversion:
    case = read_case(path)
    zone = case.how.get("zone", "Asia/Shanghai")
    read = decode_bytes(case.source.encode(case.how.get("encoding", "utf-8")))
    assert isinstance(read, Decoded)
    assert read.text == case.source
    return convert_text(read.text, f"{path.stem}.txt", "2026-01-02", zone)


def stated(made: Conversion) -> dict[str, object]:
    proposed = {field.name for field in made.record.fields if field.proposed}
    return {key: value for key, value in made.front if key in FIELDS and key not in proposed}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_front_matter_holds_what_is_stated_and_nothing_else(path: Path) -> None:
    wanted = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in read_case(path).fields.items()
        if key in FIELDS
    }
    assert stated(convert(path)) == wanted


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_body_holds_text_headings_and_captions_alone(path: Path) -> None:
    case = read_case(path)
    made = blocks_of(convert(path).body)
    assert [block for block in made if block[1] not in case.optional] == case.blocks


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_lists_beside_the_article_go_to_the_record(path: Path) -> None:
    case, record = read_case(path), convert(path).record
    assert [squeeze(row.title) for row in record.related] == [*map(squeeze, case.related)]
    assert [(row.rank, squeeze(row.title), row.views) for row in record.hot] == [
        (rank, squeeze(title), views) for rank, title, views in case.hot
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_character_is_lost(path: Path) -> None:
    made = convert(path)
    assert account(read_case(path).source, made) == ""
    assert "unclassified" not in {cut.reason for cut in made.record.removed}


def test_cases_state_only_what_is_compared() -> None:
    known = {*FIELDS, *SOURCE_KEYS, "lang"}
    assert {key for path in CASES for key in read_case(path).fields} <= known
