"""Source addresses: found whole, kept without what only tracks."""

from __future__ import annotations

import pytest

from wenzhai.importers.urls import clean_url, find_url


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.b/c?id=1&from=x&utm_medium=y#s", "https://a.b/c?id=1#s"),
        (
            "https://a.b/s?__biz=q&mid=1&sn=x&scene=2#wechat_redirect",
            "https://a.b/s?__biz=q&mid=1&sn=x",
        ),
        ("https://a.b/c?from=x", "https://a.b/c"),
        ("https://a.b/c", "https://a.b/c"),
        ("http://[", "http://["),
    ],
)
def test_tracking_parameters_go_and_the_rest_stays(url: str, clean: str) -> None:
    assert clean_url(url) == clean


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("见 https://a.b/c。后文", "https://a.b/c"),
        ("(https://a.b/c).", "https://a.b/c"),
        ("https://a.b/c_(d)", "https://a.b/c_(d)"),
        ("没有地址", ""),
    ],
)
def test_address_ends_before_the_sentence_goes_on(text: str, url: str) -> None:
    found = find_url(text)
    assert (found[0] if found else "") == url
