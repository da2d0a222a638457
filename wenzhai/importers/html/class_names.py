"""What the names of classes and ids promise of an element: an article, or furniture.

Sites call their bodies the strangest things, so a name alone never decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_APART = r"(?:^|[\s_-])"
_END = r"(?:$|[\s_-])"
_SURE = re.compile(
    _APART + r"(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|sidebar|footer|comments?|disqus|"
    r"reply|replies|respond|related\w*|recommend\w*|hot(?:news|list)?|rank\w*|share|sharing|social|"
    r"sns|adv?s?|advert\w*|banner|sponsor\w*|promo\w*|popup|modal|login|signup|newsletter|"
    r"pagination|pager|taglist|qrcode|copyright|disclaimer|statement|cookie\w*|editor|feedback|"
    r"toolbar|popular|trending|rollover|cta|outbrain|taboola|(?:e-?mail-)?sign-?up|"
    r"about-?author|author-?(?:bio|biography|box|card|about)|biography|bio|"
    r"tuijian|xiangguan|fenxiang|guanggao|erweima|pinglun|daohang)" + _END,
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    _APART + r"(?:side|aside|foot|header|topbar|top|rec|ad|tags?|weixin|app-?download|declare|skip|"
    r"toc|widget\w*|tools?|btns?|buttons?|subscribe|bottom|right|meta|info|more|list|links?|"
    r"pages?bar|next|prev\w*)" + _END,
    re.IGNORECASE,
)
_LIKELY = re.compile(
    _APART + r"(?:article\w*|content|main|body|text|post|entry|story|detail|js_content|"
    r"rich_media_content|artibody|news)" + _END,
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    _APART + r"(?:comments?|commentlist|disqus|replies|respond|pinglun)" + _END, re.IGNORECASE
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a name says: surely furniture, perhaps furniture, likely a body, readers' comments."""

    sure: bool = False
    perhaps: bool = False
    likely: bool = False
    comments: bool = False


NOTHING = Promise()


@lru_cache(maxsize=8192)
def promise_of(written: str) -> Promise:
    """Read the classes and the id of an element; humps part words as hyphens do."""
    if len(written) <= 1:
        return NOTHING
    parted = _HUMP.sub("-", written)
    return Promise(
        bool(_SURE.search(parted)),
        bool(_PERHAPS.search(parted)),
        bool(_LIKELY.search(parted)),
        bool(_COMMENTS.search(parted)),
    )
