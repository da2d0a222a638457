"""Addresses: where everything is published, and how one page links to another.

The one place that knows the site's layout. An output path is what is written, an address its
percent-encoded form without ``index.html`` (RFC 3986), relative to ``base_url``.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from wenzhai.model import Address, Digest, OutPath, Slug, Url

SAFE = "/~!$&'()*+,;=:@-._"
"""What a path may hold unencoded (RFC 3986, pchar)."""


def article_address(slug: Slug) -> Address:
    """Return ``articles/SLUG/``."""
    return _encode(f"articles/{slug}/")


def page_address(slug: Slug) -> Address:
    """Return ``PAGE/``."""
    return _encode(f"{slug}/")


def digest_address(name: str) -> Address:
    """Return ``digests/NAME/``."""
    return _encode(f"digests/{name}/")


def term_address(kind: Literal["tag", "region"], slug: Slug) -> Address:
    """Return ``tags/TAG/`` or ``regions/REGION/``."""
    return _encode(f"{kind}s/{slug}/")


def archive_address(label: str) -> Address:
    """Return ``archive/2024/`` for a year, ``archive/2024/03/`` for a month (``2024-03``)."""
    return Address(f"archive/{label.replace('-', '/')}/")


def asset_address(source: str, content: Digest) -> Address:
    """Return ``assets/NAME.FINGERPRINT.EXT`` for a source file and the digest of its bytes."""
    stem, dot, extension = source.rsplit("/", 1)[-1].lower().rpartition(".")
    if not dot:
        stem, extension = extension, ""
    tail = f".{extension}" if dot else ""
    return _encode(f"assets/{_cut(stem)}.{content[:10]}{tail}")


def alias_address(alias: str) -> Address:
    """Return the address of an alias: a path from the root (``/old/path/``), or a former slug."""
    path = alias.strip("/")
    if not alias.startswith("/") and "/" not in path:
        path = f"articles/{path}"
    return _encode(path if path.endswith(".html") else f"{path}/")


def numbered(address: Address, number: int) -> Address:
    """Return the address of page ``number`` (from 1) of a list."""
    return address if number == 1 else Address(f"{address}page/{number}/")


def out_path(address: Address) -> OutPath:
    """Return the file that an address is written to."""
    path = unquote(address)
    return OutPath(path + "index.html" if path.endswith("/") or not path else path)


def address_of(path: OutPath) -> Address:
    """Return the address of an output file."""
    return _encode(path.removesuffix("index.html") if _is_index(path) else path)


def root_of(address: Address) -> str:
    """Return the relative way from a page to the site's root: empty, or ``../`` repeated."""
    return "../" * address.count("/")


def base_path(base_url: str) -> str:
    """Return the path part of a base URL, with slashes at both ends (``/repository/``)."""
    return urlsplit(base_url).path.rstrip("/") + "/"


def absolute(base_url: str, address: str) -> Url:
    """Return the absolute URL of an address; an absolute URL stays as it is."""
    return Url(address if "://" in address else base_url + address)


def _is_index(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")


def _cut(stem: str) -> str:
    """Keep a file name below 255 bytes (80 bytes leave room for fingerprint and extension)."""
    return stem.encode()[:80].decode(errors="ignore") or "file"


def _encode(path: str) -> Address:
    return Address(quote(path, safe=SAFE))
