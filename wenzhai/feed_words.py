"""The few words that feeds and their list need by themselves, in the language of the site.

Pages take their words from the theme; feeds have no theme.
"""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "digest": "Digest issues",
        "tag": "Tags",
        "region": "Regions",
        "week": "Week {part}, {year}",
        "month": "{year}-{part:02d}",
        "separator": "; ",
    },
    "ja": {
        "digest": "各号",
        "tag": "タグ",
        "region": "地域",
        "week": "{year}年第{part}週",
        "month": "{year}年{part}月",
        "separator": "／",
    },
    "zh": {
        "digest": "各期文摘",
        "tag": "标签",
        "region": "地区",
        "week": "{year}年第{part}周",
        "month": "{year}年{part}月",
        "separator": "；",
    },
}


def feed_word(language: str, key: str) -> str:
    """Return a word in the language of a BCP 47 tag, in English where there is no other."""
    return WORDS.get(language.lower().partition("-")[0], WORDS["en"])[key]


def issue_word(language: str, name: str) -> str:
    """Write the name of an issue in words: ``2024-w10`` is 2024年第10周, ``2024-03`` 2024年3月."""
    year, _, part = name.partition("-")
    key = "week" if part.startswith("w") else "month"
    return feed_word(language, key).format(year=year, part=int(part.removeprefix("w")))
