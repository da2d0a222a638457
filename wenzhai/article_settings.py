"""The settings that an article is parsed with; apart from the parser, which is slow to import."""

from __future__ import annotations

from dataclasses import dataclass

from wenzhai.config import Config, MarkupSettings


@dataclass(frozen=True, slots=True)
class ArticleSettings:
    """The settings that parsing depends on, and no other, or a new title would parse all anew.

    ``timezone`` is an IANA name, ``language`` the site's BCP 47 tag, ``reading_speed`` words a
    minute.
    """

    timezone: str
    language: str
    reading_speed: int
    markup: MarkupSettings


def article_settings(config: Config) -> ArticleSettings:
    """Pick the settings that an article is parsed with."""
    return ArticleSettings(config.timezone, config.language, config.reading_speed, config.markup)
