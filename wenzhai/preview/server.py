"""The preview's HTTP and WebSocket server: which address is answered by whom.

Serves the addresses of the plan in force and nothing from any folder.
"""

from __future__ import annotations

from tornado.web import Application

from wenzhai.preview.desk import Desk
from wenzhai.preview.handlers import ClientHandler, VersionHandler
from wenzhai.preview.page_handlers import PageHandler, UnpublishedHandler
from wenzhai.preview.socket import SocketHandler
from wenzhai.preview.source_handlers import BlocksHandler, OpenHandler
from wenzhai.preview.unpublished import FOLDER
from wenzhai.preview.view_handlers import RawHandler, ViewHandler
from wenzhai.preview.view_pages import VIEWS

LONGEST = 65_536
"""Bytes of a message or body that a browser may send."""


def make_application(desk: Desk) -> Application:
    """Make the application of a preview."""
    rest = {"desk": desk}
    return Application(
        [
            (r"/_preview/socket", SocketHandler, rest),
            (r"/_preview/client\.js", ClientHandler, rest),
            (r"/_preview/(?P<name>[a-z_-]+\.js)", ClientHandler, rest),
            (r"/_preview/version/(?P<version>[0-9a-f]{32})", VersionHandler, rest),
            (r"/_preview/blocks/(?P<path>.+)", BlocksHandler, rest),
            (r"/_preview/open", OpenHandler, rest),
            (rf"/{FOLDER}(?P<moment>now|\d{{1,12}})/(?P<path>.*)", UnpublishedHandler, rest),
            (r"/_preview/raw/(?P<path>.+)", RawHandler, rest),
            (rf"/_preview/(?P<name>{'|'.join(VIEWS)})/(?P<rest>.*)", ViewHandler, rest),
            (r"/_preview/", ViewHandler, rest),
            (r"(?s).*", PageHandler, rest),
        ],
        websocket_max_message_size=LONGEST,
        log_function=lambda _: None,
    )
