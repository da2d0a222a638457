"""Answers to requests for pages and files of the site, published or not."""

from __future__ import annotations

from urllib.parse import unquote

from tornado.web import HTTPError

from wenzhai.model import OutPath
from wenzhai.preview.found import Found, file_at
from wenzhai.preview.handlers import UNAVAILABLE, Handler
from wenzhai.preview.unpublished import Spot
from wenzhai.preview.waiting import waiting_page


class PageHandler(Handler):
    """The outputs of the site."""

    async def get(self) -> None:
        """Send the output at this address."""
        base = unquote(self.desk.worker.base[1:])
        if not self.place.startswith(base):
            self._lead_to_site(base)
            return
        name, finder = file_at(self.place[len(base) :]), self.desk.worker.finder
        try:
            found = await self.asked(lambda now: finder.find(now, name), name)
        except HTTPError:
            found = Found(is_due=True)
        self.send_found(found, name)

    def send_found(self, found: Found, path: OutPath) -> None:
        """Send what there is; the tab knows it as ``path``."""
        if found.page is not None:
            self.send_output(found.page, path)
        elif found.is_folder:
            self.redirect(f"{self.request.path}/")
        else:
            waiting = waiting_page(self.desk.language)
            self.send_output(found.missing or waiting, path, UNAVAILABLE if found.is_due else 404)

    def _lead_to_site(self, base: str) -> None:
        """Lead from the root to the site, and from nowhere else."""
        if self.place in ("", base.rstrip("/")):
            self.redirect(self.desk.worker.base)
        else:
            self.refuse(404, "no such address\n")


class UnpublishedHandler(PageHandler):
    """The outputs of the site at another moment, drafts included."""

    async def get(self, moment: str = "", path: str = "") -> None:
        """Send an output as it would be."""
        whole, finder = Spot(moment, file_at(path)).whole, self.desk.worker.finder
        found = await self.asked(lambda now: finder.find(now, whole))
        self.send_found(found, whole)
