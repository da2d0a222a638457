"""One browser for all tests of the preview in a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import chromium
from playwright.sync_api import Browser, expect

expect.set_options(timeout=30_000)  # a busy machine is no reason to fail


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started
