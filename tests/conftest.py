"""Settings and resources of all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import chromium
from hypothesis import settings
from playwright.sync_api import Browser

# No property has a time limit of its own: machines differ, and pytest has one for all tests.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests of a process that need one."""
    with chromium() as started:
        yield started
