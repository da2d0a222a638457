"""Answers about sources: the lines of a page's blocks, and the editor."""

from __future__ import annotations

import json
import os

from wenzhai.config import SETTINGS_FILE
from wenzhai.preview.editor import editor_command, open_editor
from wenzhai.preview.handlers import Handler
from wenzhai.preview.kinds import content_type
from wenzhai.preview.opening import Spot, blocks_of, spot_of
from wenzhai.preview.site import Look
from wenzhai.problems import Span, problem


class BlocksHandler(Handler):
    """The source lines of a page's blocks."""

    async def get(self, path: str) -> None:
        """Send the line of each block, in order."""
        lines = await self.asked(lambda now: self._lines(path, now))
        self.set_header("Content-Type", content_type(".json"))
        self.finish(json.dumps([{"line": line} for line in lines]))

    def _lines(self, path: str, now: Look | None) -> list[int | None]:
        place = self.desk.worker.finder.place(path, now) if now else None
        return blocks_of(place.path, place.look) if place else []


class OpenHandler(Handler):
    """Opens a source in the editor."""

    async def post(self) -> None:
        """Open what the body names, for a page of this very preview alone."""
        guard, sent = self.desk.guard, self.request.headers
        known = guard.allows_token(sent.get("X-Wenzhai-Token"))
        if not known or not guard.allows_origin(sent.get("Origin"), self.request.host):
            self.refuse(403, "foreign origin or wrong token\n")
            return
        try:
            wish = json.loads(self.request.body)
        except (ValueError, RecursionError):
            wish = None
        spot = await self.asked(lambda now: self._spot(now, wish))
        if spot is None:
            self.refuse(404, "no such source\n")
            return
        self._open(*spot)

    def _open(self, spot: Spot, command: tuple[str, ...]) -> None:
        try:
            open_editor(command, spot.file, spot.line, 1)
        except OSError:
            found = problem("W511", Span(SETTINGS_FILE), command=command[0])
            self.desk.say(found)
            self.refuse(503, f"{found.message(self.desk.language)}\n")
            return
        self.set_status(204)
        self.finish()

    def _spot(self, now: Look | None, wish: object) -> tuple[Spot, tuple[str, ...]] | None:
        if now is None or not isinstance(wish, dict):
            return None
        place = self.desk.worker.finder.place(str(wish.get("page", "")), now)
        told = {**wish, "page": place.path} if place and "page" in wish else wish
        spot = spot_of(told, place.look if place else now)
        return (
            (spot, editor_command(now.sources.config.preview.editor, os.environ)) if spot else None
        )
