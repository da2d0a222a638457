"""Addresses and output files: where things are published, and the way between them."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenzhai.addresses import (
    absolute,
    address_of,
    alias_address,
    archive_address,
    article_address,
    asset_address,
    base_path,
    digest_address,
    numbered,
    out_path,
    page_address,
    root_of,
    term_address,
)
from wenzhai.model import Address, Digest, OutPath, Slug

FINGERPRINT = Digest("0123456789abcdef" * 2)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (article_address(Slug("a")), "articles/a/index.html"),
        (page_address(Slug("about")), "about/index.html"),
        (digest_address("2024-w10"), "digests/2024-w10/index.html"),
        (term_address("tag", Slug("开源")), "tags/开源/index.html"),
        (term_address("region", Slug("guangdong")), "regions/guangdong/index.html"),
        (archive_address("2024"), "archive/2024/index.html"),
        (archive_address("2024-03"), "archive/2024/03/index.html"),
        (numbered(Address(""), 2), "page/2/index.html"),
        (Address(""), "index.html"),
        (Address("404.html"), "404.html"),
    ],
)
def test_an_address_is_written_to_its_file(address: Address, path: str) -> None:
    assert out_path(address) == path
    assert address_of(OutPath(path)) == address


def test_addresses_are_percent_encoded() -> None:
    assert term_address("tag", Slug("开源")) == "tags/%E5%BC%80%E6%BA%90/"
    assert term_address("tag", Slug("a b?#%")) == "tags/a%20b%3F%23%25/"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1))
def test_encoding_loses_nothing(name: str) -> None:
    assert out_path(article_address(Slug(name))) == f"articles/{name}/index.html"
    assert article_address(Slug(name)).isascii()


def test_the_first_page_of_a_list_has_no_number() -> None:
    assert numbered(Address("tags/a/"), 1) == "tags/a/"
    assert numbered(Address("tags/a/"), 3) == "tags/a/page/3/"


@pytest.mark.parametrize(
    ("alias", "address"),
    [
        ("/old/path/", "old/path/"),
        ("/old", "old/"),
        ("/old.html", "old.html"),
        ("former-slug", "articles/former-slug/"),
        ("2023/x", "2023/x/"),
        ("/旧/", "%E6%97%A7/"),
    ],
)
def test_an_alias_is_a_path_or_a_former_slug(alias: str, address: str) -> None:
    assert alias_address(alias) == address


def test_assets_carry_their_fingerprint_before_the_extension() -> None:
    assert asset_address("a/B C.PNG", FINGERPRINT) == "assets/b%20c.0123456789.png"
    assert asset_address("a/LICENSE", FINGERPRINT) == "assets/license.0123456789"


def test_a_long_name_of_an_asset_is_cut_at_a_whole_character() -> None:
    path = out_path(asset_address("字" * 90 + ".png", FINGERPRINT))
    assert len(path.encode()) < 255
    assert path == f"assets/{'字' * 26}.0123456789.png"


@pytest.mark.parametrize("address", ["", "a/", "a/b/", "404.html", "a/b/c.html"])
def test_the_way_to_the_root_leads_there(address: str) -> None:
    page = posixpath.join("/site", address)
    folder = page if page.endswith("/") else posixpath.dirname(page)
    assert posixpath.normpath(posixpath.join(folder, root_of(Address(address)))) == "/site"


def test_base_paths_have_slashes_at_both_ends() -> None:
    assert base_path("https://x.example") == "/"
    assert base_path("https://x.example/a/b") == "/a/b/"


def test_absolute_addresses_stay() -> None:
    assert absolute("https://x.example/s/", "a/") == "https://x.example/s/a/"
    assert absolute("https://x.example/s/", "https://y.example/") == "https://y.example/"
