from __future__ import annotations

from dataclasses import fields, is_dataclass

from wenzhai import views


def test_no_view_but_a_card_stands_for_itself_by_a_digest() -> None:
    """A field of that name is all that a key sees of its value, so it has to cover the rest."""
    kinds = [kind for kind in vars(views).values() if isinstance(kind, type) and is_dataclass(kind)]
    named = [kind.__name__ for kind in kinds if "digest" in {one.name for one in fields(kind)}]
    assert named == ["Card"]
