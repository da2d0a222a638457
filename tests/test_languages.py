from __future__ import annotations

import pytest

from wenzhai.languages import language_of

CHINESE = "这是一篇讨论 Llama 与 GPT 的文章，说的是开源模型的未来，还有の这个字在商标里的用法。"
ENGLISH = (
    "The fox is in the house of the king, and that is all there is to say about it for now, it is."
)
JAPANESE = "これはテストです。日本語の文章にはひらがながたくさん入っています。"
KOREAN = "이것은 한국어로 쓰여진 문장입니다 그리고 더 많은 글자가 있습니다"
FRENCH = (
    "Le renard brun est dans la maison du roi et ne dit rien de plus pour le moment dans la ville."
)


@pytest.mark.parametrize(
    ("text", "default", "language"),
    [
        (CHINESE, "zh-Hant", "zh-Hant"),
        (CHINESE, "en", "zh"),
        (ENGLISH, "zh-Hans", "en"),
        (JAPANESE, "zh-Hans", "ja"),
        (KOREAN, "zh-Hans", "ko"),
        (ENGLISH, "en-GB", "en-GB"),
        (FRENCH, "zh-Hans", "zh-Hans"),
        ("OK", "zh-Hans", "zh-Hans"),
        ("", "ja", "ja"),
    ],
)
def test_only_a_clear_case_changes_the_language(text: str, default: str, language: str) -> None:
    assert language_of(text, default) == language
