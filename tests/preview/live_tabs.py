"""Tabs of a real Chromium at a real preview."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, WebSocket
from previewing import Preview
from sites import write


def show(page: Page, preview: Preview, address: str = "") -> None:
    """Open a page and wait until the server has said what it has to say at first."""
    connected: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda text: connected.append(str(text)))

    page.on("websocket", listen)
    page.goto(f"http://127.0.0.1:{preview.port}/site/{address}")
    for _ in range(500):
        if connected:
            break
        page.wait_for_timeout(20)
    assert connected, "no word from the server"


def save(site: Path, path: str, text: str | bytes) -> None:
    """Save a file as an editor does that writes in place."""
    write(site / path, text)


def is_same_page(page: Page) -> bool:
    return bool(page.evaluate("window.mine === 1"))
