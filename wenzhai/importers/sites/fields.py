"""Keys of other generators' front matter as ours: what each of them means for an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from wenzhai.dates import parse_date
from wenzhai.importers.machine_dates import read_machine_date
from wenzhai.importers.plain_html import plain_text
from wenzhai.importers.record import Field, Removed
from wenzhai.importers.sites.front import ForeignFront, ForeignKey
from wenzhai.model import Moment
from wenzhai.slugs import check_slug, mended_slug

NAMES = {
    "title": "title",
    "date": "date pubdate publishdate published_at created",
    "updated": "updated lastmod modified last_modified last_modified_at updated_at update",
    "author": "author authors",
    "tags": "tags tag categories category keywords taxonomies series",
    "summary": "summary description excerpt abstract",
    "slug": "slug",
    "aliases": "aliases alias redirect_from redirect permalink url path",
    "lang": "lang language locale",
    "cover": "cover image featured_image thumbnail banner cover_image index_img top_img og_image",
    "draft": "draft published status hidden",
    "weight": "weight order",
    "expires": "expires expirydate",
    "canonical": "canonical canonicalurl canonical_url",
    "source_url": "source_url original_url link source",
    "original_title": "original_title",
    "added": "added",
}
"""Our key and what generators and their themes call it, the first that has a value counts."""
ORDER = tuple(NAMES)
LISTS = frozenset({"author", "tags", "aliases"})
ADDRESSES = frozenset({"permalink", "url", "path"})
ALIAS = re.compile(r"/?(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[^\s\\?#:*\"<>|\x00-\x20]+")
LANG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
WEB = re.compile(r"https?://[^\s/]+\S*")
SEPARATORS = re.compile(r"[,，、;；]")
FALSE = frozenset({"false", "no", "off", "0", ""})


@dataclass(frozen=True, slots=True)
class Mapped:
    """Front matter as ours, where each value came from, and what had no place in it."""

    fields: tuple[Field, ...]
    removed: tuple[Removed, ...]


def map_front(front: ForeignFront, kind: str) -> Mapped:
    """Map the keys of front matter; ``kind`` is the generator's name."""
    found: dict[str, Field] = {}
    removed = [cut for line, text in front.loose for cut in _cuts(line, text)]
    for key, ours, value in _valued(front.keys, kind):
        before = found.get(ours)
        if not value or (before and ours not in LISTS):
            removed += _cuts(key.line, key.written)
        elif before and isinstance(before.value, tuple) and isinstance(value, tuple):
            every = tuple(dict.fromkeys((*before.value, *value)))
            found[ours] = Field(ours, every, f"{before.written}\n{key.written}", before.line)
        else:
            found[ours] = Field(ours, value, key.written, key.line)
    fields = tuple(found[name] for name in ORDER if name in found)
    return Mapped(fields, tuple(sorted(removed, key=lambda cut: cut.line)))


def _valued(keys: Iterable[ForeignKey], kind: str) -> Iterator[tuple[ForeignKey, str, object]]:
    """Give each key with the name and value that it has with us, in the order of NAMES."""
    rank = {name: at for names in NAMES.values() for at, name in enumerate(names.split())}
    ours = {name: own for own, names in NAMES.items() for name in names.split()}
    for key in sorted(keys, key=lambda one: (rank.get(one.name, 0), one.line)):
        own = ours.get(key.name, "")
        if kind == "obsidian" and key.name in {"aliases", "alias"}:
            own = ""  # other titles of a note, no addresses
        yield key, own, _value(key, own) if own else None


def _value(key: ForeignKey, ours: str) -> object:
    if ours in LISTS:
        return _list(key, ours)
    text = _text(key.value)
    if ours == "draft":
        return _is_draft(key.name, text)
    return READERS.get(ours, str)(text)


def _day(text: str) -> str:
    return text if isinstance(parse_date(text, "UTC"), Moment) else read_machine_date(text)


def _slug(text: str) -> str:
    return mended_slug(text) if check_slug(text) else text


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    """Keep a text of this form, drop any other."""
    return lambda text: text if pattern.fullmatch(text) else ""


READERS: Mapping[str, Callable[[str], str]] = {
    "added": _day,
    "canonical": _matching(WEB),
    "date": _day,
    "expires": _day,
    "lang": lambda text: _matching(LANG)(text).replace("_", "-"),
    "slug": _slug,
    "source_url": _matching(WEB),
    "summary": plain_text,
    "updated": _day,
    "weight": _matching(re.compile(r"[+-]?\d{1,9}")),
}
"""How the text of a key becomes its value, where it is not taken as it is."""


def _is_draft(name: str, text: str) -> object:
    """Tell whether an article is a draft; one that is published needs no key for that."""
    said = text.lower()
    drafted = {
        "published": said in FALSE,
        "status": said in {"draft", "hidden", "private"},
    }.get(name, said not in FALSE)
    return True if drafted else None


def _list(key: ForeignKey, ours: str) -> tuple[str, ...]:
    texts = dict.fromkeys(_flat(key.value, split=ours != "aliases"))
    if ours == "aliases":
        kept = (text for text in texts if ALIAS.fullmatch(text) and not WEB.match(text))
        return tuple(text for text in kept if key.name not in ADDRESSES or "/" in text)
    return tuple(texts)


def _flat(value: object, *, split: bool) -> Iterator[str]:
    """Give all texts in a value: Hexo nests categories, Zola has tables of terms."""
    if isinstance(value, Mapping):
        inner = value.get("name") or list(value.values())
        yield from _flat(inner, split=split)
    elif isinstance(value, list):
        for one in value:
            yield from _flat(one, split=split and not isinstance(one, str))
    else:
        parts = SEPARATORS.split(str(value)) if split else [str(value)]
        yield from (" ".join(part.split()).lstrip("#") for part in parts if part.strip())


def _text(value: object) -> str:
    """Return a single text; of a mapping the image or name in it, as themes nest their covers."""
    if isinstance(value, Mapping):
        names = ("image", "src", "url", "name", "relative")
        return next((_text(value[name]) for name in names if value.get(name)), "")
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    return " ".join(str(value).split())


def _cuts(line: int, text: str) -> list[Removed]:
    """Make an entry of the record for each line of what is left out."""
    rows = [(line + at, row.strip()) for at, row in enumerate(text.split("\n"))]
    return [Removed(at, 0, len(row), "front matter", row) for at, row in rows if row]
