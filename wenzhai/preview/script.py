"""The one difference between a page served and a page built: a script element at its end."""

from __future__ import annotations

from html import escape

from wenzhai.model import OutPath

CLIENT = "/_preview/client.js"


def add_script(page: bytes, path: OutPath, version: str, token: str, *, follow: bool) -> bytes:
    """Put the preview's script into a page, before its body ends or at its end.

    Args:
        page: the bytes that a build would write.
        path: the output that was asked for, which the 404 page is not.
        version: the digest of ``page``.
        token: lets the script open the socket.
        follow: whether the browser goes to each article that is saved.
    """
    fields = {"page": path, "version": version, "token": token, "follow": str(follow).lower()}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in fields.items())
    element = f'<script type="module" src="{CLIENT}"{data}></script>'.encode()
    found = page.lower().rfind(b"</body")
    place = len(page) if found < 0 else found
    return page[:place] + element + page[place:]
