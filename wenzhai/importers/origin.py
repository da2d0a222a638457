"""Where a source was fetched from: what is kept beside its bytes, and the name it gets.

The bytes of a page say neither its address nor when it was read; both are facts that a
conversion needs, today and when it is made again.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from wenzhai.importers.record import Field
from wenzhai.importers.text import FRONT_KEYS, Conversion
from wenzhai.importers.urls import clean_url

ORIGIN = ".origin.json"
"""Ends the name of the file that says where the source of the same name was fetched from."""

LONGEST_STEM = 40
_FETCHED = ("url", "final_url", "fetched", "charset")
_FORMER = ("kind", "path", "address")


@dataclass(frozen=True, slots=True)
class Former:
    """Where an article of another generator's site stood.

    ``kind`` is the generator's name, ``path`` the file's place in the site, ``address`` that of the
    page, ``draft`` whether its folder makes it one; ``links`` pair references (kind and target, as
    ``post:hello``) with paths from the article.
    """

    kind: str
    path: str
    address: str = ""
    draft: bool = False
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a source comes from: an address on the web, or another site.

    ``url`` is the address that was asked for, ``final_url`` the one that answered; ``fetched`` is
    ISO 8601 with an offset, ``charset`` what the server said, or empty.
    """

    url: str = ""
    final_url: str = ""
    fetched: str = ""
    charset: str = ""
    former: Former | None = None


def origin_json(origin: Origin) -> str:
    """Return an origin as JSON text with a final newline."""
    shape: dict[str, object] = {
        "url": origin.url,
        "final_url": origin.final_url,
        "fetched": origin.fetched,
        "charset": origin.charset,
    }
    if origin.former:
        shape = {"former": asdict(origin.former) | {"links": dict(origin.former.links)}}
    return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"


def read_origin(data: bytes) -> Origin | None:
    """Read an origin; None where the bytes are none, for then the source stands for itself."""
    try:
        shape = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(shape, dict):
        return None
    former = shape.get("former")
    if isinstance(former, dict):
        return Origin(former=_former(former))
    if not isinstance(shape.get("url"), str):
        return None
    texts = {key: value for key, value in shape.items() if isinstance(value, str)}
    url, final, fetched, charset = (texts.get(key, "") for key in _FETCHED)
    return Origin(url, final, fetched, charset)


def _former(shape: dict[str, object]) -> Former:
    kind, path, address = (str(shape.get(key) or "") for key in _FORMER)
    links = shape.get("links")
    rows = links.items() if isinstance(links, dict) else ()
    kept = tuple((key, value) for key, value in rows if isinstance(value, str))
    return Former(kind, path, address, shape.get("draft") is True, kept)


def with_origin(made: Conversion, origin: Origin | None) -> Conversion:
    """Enter an origin into a conversion; an address that the text itself states goes before it.

    Front matter that a Markdown source brings along stays as it is written.
    """
    if origin is None or not origin.url:
        return made
    url = clean_url(origin.final_url or origin.url)
    record = replace(made.record, url=made.record.url or url, fetched=origin.fetched)
    if made.front and not made.record.url:
        order = [key for key, _ in FRONT_KEYS]
        front = sorted((*made.front, ("source_url", url)), key=lambda row: order.index(row[0]))
        record = replace(record, fields=(*record.fields, Field("source_url", url)))
        made = replace(made, front=tuple(front))
    return replace(made, record=record)


def source_name(url: str, suffix: str) -> str:
    """Name the source of an address: folder of the host, last part of the path, short digest.

    The same address has the same name whenever and from wherever it is fetched; parameters that
    only track readers do not count.
    """
    address = clean_url(url)
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    last = PurePosixPath(unquote(parts.path)).stem if parts.path.strip("/") else ""
    stem = _plain(last).encode()[:LONGEST_STEM].decode("utf-8", "ignore").strip("-")
    digest = sha256(address.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{_plain(host.lower()) or 'web'}/{stem}-{digest}{suffix}".replace("/-", "/")


def _plain(text: str) -> str:
    """Return letters, digits and inner dots; what is none of these becomes a hyphen."""
    return re.sub(r"[^\w.]+|_+", "-", unicodedata.normalize("NFC", text)).strip("-.")
