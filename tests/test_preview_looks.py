"""What a look takes over from the one before is what it would find by itself.

A preview reads, converts and plans again only what an edit may have changed. After any edits its
plan must equal one that knows nothing of an earlier one, and what it sees at the files that events
name must equal a scan of all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test
from site_edits import ONE_EACH, WITH_PICTURE, SiteEdits
from sites import NOW, article, make_site, run_of, write

from wenzhai import article_pages, cards, catalog_edits, drafting, retaking, sources
from wenzhai.builder import Plan
from wenzhai.digest import digest
from wenzhai.engine import opened
from wenzhai.glance import glance
from wenzhai.preview.site import Look, look
from wenzhai.request import theme_folders
from wenzhai.scan import Scan, scan_sources
from wenzhai.targets import Target

STEPS = int(os.environ.get("WENZHAI_EQUAL_STEPS", "12"))
EXAMPLES = int(os.environ.get("WENZHAI_EQUAL_EXAMPLES", "6"))
HOUR = 3600


class Looks(SiteEdits):
    """A site that a preview looks at after every edit."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.last: Look | None = None

    @rule(hours=st.sampled_from((1, 24 * 30, 24 * 365 * 80)))
    def wait(self, hours: int) -> None:
        self.now += hours * HOUR

    @invariant()
    def plans_as_if_for_the_first_time(self) -> None:
        if (self.site / "site.toml").exists():
            self.last = self._compare()

    def _compare(self) -> Look:
        run = run_of(self.site, now=self.now)
        scan = scan_of(self.site)
        if self.last is not None:
            assert_glanced(self.last.sources.scan, scan)
        with opened(run) as store:
            last = adopted(self.last, store)
            after = look(store, run, scan, last)
            anew = look(store, run)  # the first may have converted something
        assert described(after) == described(anew)
        return after


def scan_of(site: Path) -> Scan:
    return scan_sources(site, theme_folders(site), NOW * 10**9)


def assert_glanced(before: Scan, now: Scan) -> None:
    """Look at the files that differ alone: that shows all, or that it may not be all."""
    places = {
        found.real
        for one, other in ((before, now), (now, before))
        for path, found in one.files.items()
        if other.files.get(path) != found
    }
    seen = glance(before, places, now.now_ns)
    assert seen is None or seen.shows_same(now)


def adopted(last: Look | None, store: Any) -> Look | None:  # noqa: ANN401  # a Store
    """Make a look one over this store, which every step of a test opens anew."""
    if last is not None:
        object.__setattr__(last, "store", store)
    return last


def described_target(target: Target) -> tuple[str, ...]:
    return (target.step, target.template, target.origin, digest(target.view))


def described(found: Look) -> dict[str, object]:
    work: Plan = found.outputs.work
    return {
        "files": list(found.files.items()),
        "problems": work.problems,
        "targets": {
            p: (t.step, t.template, t.origin, digest(t.view)) for p, t in work.targets.items()
        },
        "frames": {name: frame.digest for name, frame in work.frames.items()},
        "ledger": work.ledger,
        "due": work.catalog.due,
        "held": work.catalog.held,
    }


def test_a_look_after_any_edits_equals_a_first_one() -> None:
    run_state_machine_as_test(
        Looks,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize="CI" in os.environ,
        ),
    )


DAY = "2024-02-20"
FOUR, FIVE = "content/articles/four.md", "content/articles/five.md"
MORE = (
    lambda site: write(site / "content/sources/night.txt", SOURCE),
    lambda site: write(site / "content/sources/night.txt", SOURCE.replace("一个个", "逐个")),
    lambda site: write(site / "content/articles/four.md", article("第四篇", "改。", draft="true")),
    lambda site: write(
        site / "content/articles/five.md", article("第五篇", "改。", date="2099-01-01")
    ),
    lambda site: write(site / "content/articles/n1.md", article("甲", tags="[AI]", date=DAY)),
    lambda site: write(site / "content/articles/n2.md", article("乙", tags="[ai]", date=DAY)),
    lambda site: write(site / "content/articles/n3.md", article("丙", tags="[ai]", date=DAY)),
    lambda site: write(site / "content/articles/n3.md", article("丙", tags="[AI]", date=DAY)),
    lambda site: shutil.rmtree(site / "content/articles"),
)
SOURCE = "旧机房的最后一夜\n灯灭以前,他们把开关一个个拨下。\n发布于:浙江\n"


@contextmanager
def edited_site(folder: Path) -> Iterator[Looks]:
    machine = Looks()
    machine.site = make_site(folder, WITH_PICTURE)
    yield machine
    machine.teardown()


def caught(folder: Path) -> bool:
    with edited_site(folder) as machine:
        machine.plans_as_if_for_the_first_time()
        for edit in (*ONE_EACH, *MORE):
            edit(machine.site)
            try:
                machine.plans_as_if_for_the_first_time()
            except (AssertionError, KeyError, FileNotFoundError):
                return True
    return False


def test_the_edits_that_catch_a_mistake_pass_without_one(tmp_path: Path) -> None:
    assert not caught(tmp_path)


MISTAKES = {
    "any page is as it was": (article_pages, "_shows_same", lambda *_: True),
    "any card is as it was": (cards, "_links_of", lambda _: None),
    "every article stays where it was": (catalog_edits, "_stays", lambda *_: True),
    "links lead where they led": (drafting, "_leads_alike", lambda *_: True),
    "sources are settled": (sources, "_is_settled", lambda *_: True),
    "nothing is read again": (retaking, "_ordered", lambda files, *_: dict(files)),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_taking_over_too_much_is_caught(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*MISTAKES[name])
    assert caught(tmp_path)
