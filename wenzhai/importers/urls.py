"""Source addresses as they should be kept: found in text, without what only tracks readers."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

URL = re.compile(r"https?://[A-Za-z0-9][!#$%&'*+,\-./0-9:;=?@A-Z_a-z~()\[\]]*", re.IGNORECASE)
TRACKING = re.compile(
    r"(?:utm_\w+|spm|scm|from|isappinstalled|share_?\w*|shareuid|fbclid|gclid|yclid|msclkid|mc_[ce]id|"
    r"_hs(?:enc|mi)|igshid|ref_?(?:src|url)?|referrer|scene|clicktime|enterid|chksm|sessionid|"
    r"wxfid|wx_header|exportkey|pass_ticket|tt_from|use_new_style|req_id|req_id_new|"
    r"tracking_?id|vd_source|spm_id_from|buvid|is_story_h5|unique_k)",
    re.IGNORECASE,
)
"""Names of query parameters that carry who shared, not what is shown.

Names that find the article on some platform (``id``, ``mid``, ``sn``, ``group_id``) are not here.
"""

PLACE_ON_PAGE = re.compile(
    r"rd|wechat_redirect|comments?|comment-\d+|respond|reply|top|more(?:-\d+)?|disqus_thread|:~:.*"
)
"""Fragments that lead to a place on the article's page, not to another article."""


def find_url(text: str) -> re.Match[str] | None:
    """Find the first web address of a text; trailing sentence punctuation is not part of it."""
    found = URL.search(text)
    if not found:
        return None
    length = len(found[0].rstrip(".,;:!?)]'\""))
    if found[0].count("(") and found[0][length : length + 1] == ")":
        length += 1
    return URL.match(text, found.start(), found.start() + length)


def clean_url(url: str) -> str:
    """Return an address without tracking parameters; order and spelling of the rest stay.

    Addresses that cannot be parsed come back as they are.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = [
        pair
        for pair in parts.query.split("&")
        if pair and not TRACKING.fullmatch(pair.split("=")[0])
    ]
    fragment = "" if PLACE_ON_PAGE.fullmatch(parts.fragment) else parts.fragment
    return urlunsplit(parts._replace(query="&".join(kept), fragment=fragment))
