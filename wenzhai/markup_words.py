"""The few words that rendered Markdown says by itself, in the language of its text."""

from __future__ import annotations

FOOTNOTES = {"zh": "脚注", "zh-hant": "註腳", "ja": "脚注", "ko": "각주", "en": "Footnotes"}
BACK = {
    "zh": "回到引文",
    "zh-hant": "回到引文",
    "ja": "本文に戻る",
    "ko": "본문으로 돌아가기",
    "en": "Back to reference",
}
TABLE = {"zh": "表格", "zh-hant": "表格", "ja": "表", "ko": "표", "en": "Table"}


def word(words: dict[str, str], language: str) -> str:
    """Choose a word by language (BCP 47); English where there is none."""
    parts = language.lower().split("-")
    if parts[0] == "zh" and not {"hant", "tw", "hk", "mo"}.isdisjoint(parts):
        return words["zh-hant"]
    return words.get(parts[0], words["en"])
