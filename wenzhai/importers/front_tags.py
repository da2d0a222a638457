"""The tags that articles already carry, read from their front matter alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import yaml

from wenzhai.importers.tags import TagStatistics


def count_tags(heads: Iterable[bytes]) -> TagStatistics:
    """Count tags over the beginnings of article files; what cannot be read has none."""
    counts: Counter[str] = Counter()
    articles = 0
    for head in heads:
        articles += 1
        counts.update(set(_tags_of(head)))
    return TagStatistics(articles, tuple(sorted(counts.items())))


def _tags_of(head: bytes) -> Iterable[str]:
    """Read the ``tags`` entry alone: the rest of front matter is none of this stage's business."""
    text = head.decode("utf-8", "replace")
    front = re.match(r"---\r?\n(.*?)\r?\n---\r?\n", text, re.DOTALL)
    entry = re.search(r"^tags[ ]*:.*(?:\n[ -].*)*", front[1], re.MULTILINE) if front else None
    if not entry or entry[0].count("[") > 2:  # noqa: PLR2004  # a list, no hostile nesting
        return ()
    try:
        value = yaml.load(entry[0], yaml.BaseLoader)["tags"]  # noqa: S506  # BaseLoader makes texts only
    except (yaml.YAMLError, KeyError, TypeError, RecursionError):
        return ()
    return [tag for tag in value if isinstance(tag, str)] if isinstance(value, list) else ()
