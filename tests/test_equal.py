"""An incremental build equals a clean one, byte for byte, after any sequence of edits.

The clean build runs in another process, under another hash seed, zone, locale and folder. Windows
(pages of two, feeds of three) are smaller than the site, so that each dependency can vary alone.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from correct_build import CleanBuilder, differences
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from site_edits import ONE_EACH, WITH_PICTURE, SiteEdits
from sites import build, make_site

from wenzhai import execution
from wenzhai.article_pages import ArticleSlice
from wenzhai.digest import digest
from wenzhai.steps import Frame
from wenzhai.views import FeedView, ListView

STEPS = int(os.environ.get("WENZHAI_EQUAL_STEPS", "12"))
EXAMPLES = int(os.environ.get("WENZHAI_EQUAL_EXAMPLES", "6"))


class Edits(SiteEdits):
    """A site that is built after every edit, damage or crash."""

    clean: CleanBuilder

    @rule(damage=st.sampled_from(("drop", "cut", "tamper")))
    def damage(self, damage: str) -> None:
        if damage == "drop":
            shutil.rmtree(self.site / ".wenzhai", ignore_errors=True)
        for pack in sorted((self.site / ".wenzhai").rglob("*.pack")):
            pack.write_bytes(pack.read_bytes()[:-7] if damage == "cut" else pack.read_bytes())
        if damage == "tamper" and (self.site / "public/index.html").exists():
            (self.site / "public/index.html").write_text("tampered")

    @rule(count=st.integers(0, 30))
    def crash(self, count: int) -> None:
        """Die in the middle of publishing, or after it where there is less to write."""
        with _dying_after(count):
            build(self.site)

    @invariant()
    def equals_a_clean_build(self) -> None:
        if (self.site / "site.toml").exists():
            assert differences(self.site, self.clean) == []

    @precondition(lambda self: (self.site / "public").exists())
    @rule()
    def build_again_when_all_is_old(self) -> None:
        """Take the short way: with stamps that are trusted, nothing is read at all."""
        with mock.patch("wenzhai.scan.RACY_NS", 0):
            build(self.site)
            build(self.site)


class _DeathError(BaseException):
    """Stands for the end of the process: nothing catches it."""


@contextmanager
def _dying_after(count: int) -> Iterator[None]:
    """Die at the given number of files put in place."""
    left = itertools.count(count, -1)

    def replace(*arguments: Any) -> None:  # noqa: ANN401  # as the real one
        if next(left) <= 0:
            raise _DeathError
        real(*arguments)

    real = os.replace
    with mock.patch("os.replace", replace), suppress(_DeathError):
        yield


@pytest.fixture(scope="module")
def clean() -> Iterator[CleanBuilder]:
    builder = CleanBuilder()
    yield builder
    builder.close()


def test_an_incremental_build_equals_a_clean_one(clean: CleanBuilder) -> None:
    Edits.clean = clean
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize="CI" in os.environ,
        ),
    )


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (ArticleSlice, "article"),
        (ArticleSlice, "previous"),
        (ArticleSlice, "next"),
        (ArticleSlice, "related"),
        (ArticleSlice, "targets"),
        (ArticleSlice, "settings"),
        (ListView, "cards"),
        (FeedView, "items"),
        (Frame, "templates"),
        (Frame, "site"),
        (Frame, "parts"),
    ],
)
def test_forgetting_a_part_of_a_key_is_caught(
    kind: type, part: str, tmp_path: Path, clean: CleanBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(*values: object) -> str:
        return digest(*(_thinned(v, part) if isinstance(v, kind) else v for v in values))

    monkeypatch.setattr(execution, "digest", forgetful)
    assert _found_by_edits(tmp_path, clean)


def test_the_edits_that_catch_forgetting_pass_without_it(
    tmp_path: Path, clean: CleanBuilder
) -> None:
    assert not _found_by_edits(tmp_path, clean)


def _found_by_edits(folder: Path, clean: CleanBuilder) -> bool:
    site = make_site(folder, WITH_PICTURE)
    assert differences(site, clean) == []
    for edit in ONE_EACH:
        edit(site)
        if differences(site, clean):
            return True
    return False


def _thinned(value: Any, part: str) -> tuple[object, ...]:  # noqa: ANN401  # any value
    """Return all fields but one, and but those that stand for the others."""
    left_out = {part, "digest", "checksums"}
    return tuple(
        getattr(value, field.name)
        for field in dataclasses.fields(value)
        if field.name not in left_out
    )
