"""What pages write where a name should stand, and names with what is no part of them."""

from __future__ import annotations

import re

from wenzhai.importers.names import is_person

NOBODY = re.compile(
    r"(?:admin|administrator|editor|author|unknown|root|webmaster|default|none|null|undefined|佚名|未知|作者|"
    r"name|管理员|系统管理员|小编|编辑|网络|网络整理|匿名|本站|本站原创|原创|转载|转载文章|互联网|不详|"
    r"staff|taboola|outbrain|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"https?:.*|@.*|.*\.(?:com|cn|net|org)\S*)",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"(?:专栏作者|专栏作家|特约作者|记者|評論員|评论员|通讯员|撰稿人|观察员|研究员|实习生|编辑部?)$"
)
NO_NAME = re.compile(r"(?:此文|本文|亦有|贡献|^关注|^查看|^点击|[:：]$)")
BRACKETS = (("(", ")"), ("（", "）"), ("[", "]"), ("【", "】"), ("《", "》"))
PARTED = re.compile(r"[\u4e00-\u9fff]\s[\u4e00-\u9fff]{1,2}")
LONGEST_NAME = 24


def is_name(text: str, longest: int = LONGEST_NAME) -> bool:
    """Tell whether a text names somebody, not nobody in particular."""
    shown = text.strip()
    whole = all(shown.count(first) == shown.count(last) for first, last in BRACKETS)
    return (
        (1 if shown.isascii() else 2) <= len(shown) <= longest
        and whole
        and not NOBODY.fullmatch(shown)
        and not NO_NAME.search(shown)
    )


def is_role(text: str) -> bool:
    """Tell whether a part of a byline says what somebody is, not who: 某某网专栏作者."""
    return bool(ROLE.search(text)) and not is_person(text)


def joined(text: str) -> str:
    """Return a name of two or three characters without the blank that makes it wider: 赵 培."""
    return text[0] + text[2:].strip() if PARTED.fullmatch(text) else text
