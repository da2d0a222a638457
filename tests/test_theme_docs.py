"""The reference for theme authors is complete and as committed."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from wenzhai import views
from wenzhai.filters import filters
from wenzhai.theme import TEMPLATES
from wenzhai.theme_docs import FILTERS, PARTS, VIEWS, theme_reference
from wenzhai.theme_settings import PARTS as KNOWN_PARTS

COMMITTED = Path(__file__).parents[1] / "docs" / "themes.md"


def test_the_committed_reference_is_the_generated_one() -> None:
    assert COMMITTED.read_text("utf-8") == theme_reference()


def test_every_view_template_filter_and_part_is_described() -> None:
    assert set(VIEWS) == set(get_args(views.View))
    assert {name for name, _ in FILTERS} == set(filters({}))
    assert tuple(name for name, _, _ in PARTS) == KNOWN_PARTS
    text = theme_reference()
    assert [name for name in TEMPLATES if f"`{name}`" not in text] == []
