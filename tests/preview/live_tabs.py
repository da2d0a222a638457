"""Tabs of a real Chromium at a real preview."""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, WebSocket
from previewing import Preview
from sites import write


def show(page: Page, preview: Preview, address: str = "") -> None:
    """Open a page and wait until the server has said what it has to say at first."""
    connected: list[str] = []

    def hear(text: str | bytes) -> None:
        log("<", text)
        connected.append(str(text))

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", hear)
        socket.on("framesent", partial(log, ">"))

    page.on("websocket", listen)
    page.on("console", lambda message: log("!", message.text))
    page.on("pageerror", partial(log, "!"))
    page.goto(f"http://127.0.0.1:{preview.port}/site/{address}")
    for _ in range(500):
        if connected:
            break
        page.wait_for_timeout(20)
    assert connected, "no word from the server"


def log(kind: str, said: object) -> None:
    """Write down what happens; pytest shows it where a test fails."""
    sys.stdout.write(f"{time.monotonic():.3f} {kind} {str(said)[:200]}\n")


def save(site: Path, path: str, text: str | bytes) -> None:
    """Save a file as an editor does that writes in place."""
    log("saves", path)
    write(site / path, text)


def is_same_page(page: Page) -> bool:
    return bool(page.evaluate("window.mine === 1"))
