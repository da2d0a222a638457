"""A page as a browser saved it: one file, a file and a folder of images, or a web archive.

Images that lie with the page go with the article; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote

from wenzhai.importers.confidence import Doubt
from wenzhai.importers.decode import Decoded
from wenzhai.importers.html.archive import read_archive
from wenzhai.importers.html.columns import with_columns
from wenzhai.importers.html.decoding import BROKEN, decode_html
from wenzhai.importers.html.page import Saved, convert_html
from wenzhai.importers.html.values import resolve
from wenzhai.importers.image_kinds import image_kind, image_path
from wenzhai.importers.record import LocalImage
from wenzhai.importers.tags import TagStatistics
from wenzhai.importers.text import Conversion
from wenzhai.problems import Problem

PAGES = frozenset({".html", ".htm", ".xhtml"})
ARCHIVES = frozenset({".mhtml", ".mht"})
LARGEST_PAGE = 20_000_000
"""Bytes; pages hold scripts and archives images, so they are far larger than their text."""
LARGEST_IMAGE = 20_000_000
BROKEN_CHARACTERS = Doubt("broken characters", 0.2)

Beside = Callable[[str], bytes | None]
"""Return the bytes of a file by its path from the source's folder; None where there is none."""


def nothing_beside(_path: str) -> None:
    """Tell that a source stands alone."""


def is_page(path: str) -> bool:
    """Tell whether a source of this name is a saved page."""
    return PurePosixPath(path).suffix.lower() in PAGES | ARCHIVES


@dataclass(frozen=True, slots=True)
class Known:
    """What a fetched page does not say itself: its URL, the moment, the server's charset."""

    url: str = ""
    fetched: str = ""
    charset: str = ""


NOT_KNOWN = Known()


@dataclass(slots=True)
class _Images:
    """The images that a page shows and that lie with it; ``find`` gives the bytes by raw URL."""

    find: Beside
    paths: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def local(self, url: str) -> str:
        """Return the path of an image from its article, or an empty text."""
        if url not in self.paths:
            content = self.find(url) if url else None
            kind = image_kind(content) if content and len(content) <= LARGEST_IMAGE else ""
            self.paths[url] = image_path(content, kind) if content and kind else ""
            if content and kind:
                self.files[self.paths[url]] = content
        return self.paths[url]


def convert_saved(
    data: bytes,
    path: str,
    today: str,
    zone: str,
    tags: TagStatistics,
    known: Known = NOT_KNOWN,
    beside: Beside = nothing_beside,
) -> Conversion | Problem:
    """Convert a saved page.

    Args:
        data: its bytes.
        path: its path; the suffix tells a page from an archive.
        today: the day of conversion, ISO 8601.
        zone: IANA zone of printed times.
        tags: the site's tags.
        known: what is known of it from where it was fetched.
        beside: reads the images of a page that was saved with a folder.

    Problem codes: E701 not a text, E720 no page in an archive.
    """
    images = _Images(lambda raw: _beside(raw, beside))
    page, url, charset = data, known.url, known.charset
    if PurePosixPath(path).suffix.lower() in ARCHIVES:
        archive = read_archive(data, path)
        if isinstance(archive, Problem):
            return archive
        page, charset, url = archive.page, archive.charset or charset, archive.url or url
        images = _Images(lambda raw: archive.files.get(raw) or archive.files.get(resolve(url, raw)))
    decoded = decode_html(page, path, charset)
    if not isinstance(decoded, Decoded):
        return decoded
    name = PurePosixPath(path).name
    made = convert_html(
        decoded.text, name, today, zone, tags, Saved(url, known.fetched, images.local)
    )
    return _with_files(made, decoded, images)


def _beside(raw: str, beside: Beside) -> bytes | None:
    """Read an image that a page names by a relative path, as browsers write it."""
    plain = unquote(re.sub(r"[?#].*", "", raw.strip())).replace("\\", "/")
    if re.match(r"[A-Za-z][\w+.-]*:|/", plain) or not plain:
        return None
    parts = [part for part in plain.split("/") if part not in {"", "."}]
    return None if ".." in parts else beside("/".join(parts))


def _with_files(made: Conversion, decoded: Decoded, images: _Images) -> Conversion:
    """Keep the images that the body shows, and say what could not be read."""
    shown = {path: content for path, content in images.files.items() if path in made.body}
    urls = {path: raw for raw, path in reversed(images.paths.items()) if path}
    broken = (BROKEN_CHARACTERS,) if BROKEN in decoded.text else ()
    record = replace(
        made.record,
        encoding=decoded.encoding,
        removed=with_columns(made.record.removed, decoded.text),
        doubts=(*made.record.doubts, *broken),
        images=tuple(
            LocalImage(urls[path], path, sha256(content).hexdigest(), len(content))
            for path, content in shown.items()
        ),
    )
    return replace(made, record=record, files=tuple(shown.items()))
