"""Settings and resources of all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import chromium
from hypothesis import settings
from playwright.sync_api import Browser, expect

# No property has a time limit of its own: machines differ, and pytest has one for all tests.
# The same examples at every run, so that a change is judged by what it changes; new ones are looked
# for with ``pytest --hypothesis-profile=search``.
settings.register_profile("search", deadline=None)
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
expect.set_options(timeout=30_000)  # a busy machine is no reason to fail


# Not for the session: its event loop would be in the way of tests that run one themselves.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests of a module."""
    with chromium() as started:
        yield started
