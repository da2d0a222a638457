"""The keys of front matter: which there are, what each takes, and what a wrong value is told.

Owns the conversion of texts to typed values; reads no file and knows nothing of bodies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from wenzhai.converters import (
    NO_SLUG,
    Desk,
    as_aliases,
    as_cover,
    as_date,
    as_lang,
    as_names,
    as_nature,
    as_paragraph,
    as_region,
    as_slug,
    as_strings,
    as_switch,
    as_tags,
    as_text,
    as_url,
    as_whole,
    is_web_url,
)
from wenzhai.fields import Field
from wenzhai.model import Moment, Nature, Place, Region, Slug
from wenzhai.problems import Problem, nearest

PLACED = frozenset({"title", "slug", "aliases", "related", "cover", "tags"})
"""The keys that problems of the site as a whole may name."""

# What other generators, or Chinese writers, call our keys.
FOREIGN = {
    foreign: ours
    for ours, names in {
        "title": "标题 headline",
        "date": "日期 发布日期 published pubdate publishdate published_at created createdat",
        "added": "收录 收录日期 created_at",
        "updated": "更新 更新日期 lastmod modified last_modified updated_at modified_at",
        "author": "作者 authors byline creator",
        "editor": "编辑 editors 责任编辑",
        "region": "地区 省份 属地 ip属地 location province country",
        "source": "来源 publisher site sitename outlet",
        "source_url": "原文链接 来源链接 url link original_url sourceurl source_link",
        "tags": "标签 分类 关键词 tag categories category keywords topics taxonomies",
        "summary": "摘要 简介 description excerpt abstract subtitle lead",
        "slug": "permalink path basename",
        "aliases": "别名 alias redirect_from redirects",
        "lang": "语言 language locale",
        "cover": "封面 image thumbnail banner featured_image feature_image hero og_image index_img",
        "related": "相关 related_posts see_also",
        "draft": "草稿 unpublished",
        "expires": "过期 expirydate expiry unpublishdate",
        "weight": "权重 order sticky top pinned",
        "rights": "版权 license licence copyright",
        "canonical": "canonical_url canonicalurl",
        "original_title": "原标题 原题",
        "kind": "类型 type",
    }.items()
    for foreign in names.split()
}


@dataclass(frozen=True, slots=True)
class Stated:
    """What front matter states; empty where it does not. Fields as in :class:`model.Article`."""

    title: str = ""
    slug: Slug = NO_SLUG
    date: Moment | None = None
    added: Moment | None = None
    updated: Moment | None = None
    expires: Moment | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    region: Region | None = None
    source: str = ""
    source_url: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    lang: str = ""
    cover: str = ""
    rights: str = ""
    canonical: str = ""
    original_title: str = ""
    nature: Nature = ""
    weight: int = 0
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    draft: bool = False
    places: tuple[Place, ...] = ()


def read_fields(
    fields: tuple[Field, ...], path: str, zone: str
) -> tuple[Stated, tuple[Problem, ...]]:
    """Convert the fields of one file; a wrong value leaves its default and a problem.

    ``zone`` is the IANA name that dates without an offset count in.
    Problem codes: E117 to E132, W101 and W108 (unknown key), W102 (another program's key),
    W104 (region), W107 (updated before date).
    """
    desk = Desk(path, zone, [])
    values: dict[str, object] = {}
    places: list[Place] = []
    for field in fields:
        key = field.key.text
        if key not in KEYS:
            _report_key(field, desk)
        elif _has_text(field):
            attribute, convert = KEYS[key]
            values[attribute] = convert(field, desk)
            if key in PLACED:
                places += [Place(key, item.line, item.column) for item in field.items]
    _take_source_url(values)
    stated = Stated(**values, places=tuple(places))  # type: ignore[arg-type]  # KEYS says which
    _check_order(stated, fields, desk)
    return stated, tuple(desk.problems)


def _has_text(field: Field) -> bool:
    """Tell a value from a blank one, which counts as absent."""
    return field.shape == "other" or any(
        item.text and not item.text.isspace() for item in field.items
    )


def _report_key(field: Field, desk: Desk) -> None:
    key = field.key.text
    plain = key.strip().lower()
    ours = FOREIGN.get(plain) or FOREIGN.get(plain.replace("-", "_"))
    if ours:
        desk.report("W102", key, field.key, ours=ours)
    elif near := nearest(plain, KEYS):
        desk.report("W101", key, field.key, nearest=near)
    else:
        desk.report("W108", key, field.key, keys=", ".join(KEYS))


def _take_source_url(values: dict[str, object]) -> None:
    """Take a URL given as ``source`` for what it is, and its host for the source's name."""
    source = str(values.get("source", ""))
    if is_web_url(source) and not values.get("source_url"):
        host = urlsplit(source).hostname or ""
        values["source"], values["source_url"] = host.removeprefix("www."), source


def _check_order(stated: Stated, fields: tuple[Field, ...], desk: Desk) -> None:
    date, updated = stated.date, stated.updated
    # A bare date counts from midnight, so only whole days are compared.
    if date and updated and updated.text[:10] < date.text[:10]:
        item = next(field.items[0] for field in fields if field.key.text == "updated")
        desk.report("W107", "updated", item, updated=updated.text, date=date.text)


KEYS: dict[str, tuple[str, Callable[[Field, Desk], object]]] = {
    "title": ("title", as_text),
    "date": ("date", as_date),
    "added": ("added", as_date),
    "updated": ("updated", as_date),
    "author": ("authors", as_names),
    "editor": ("editors", as_names),
    "region": ("region", as_region),
    "source": ("source", as_text),
    "source_url": ("source_url", as_url),
    "tags": ("tags", as_tags),
    "summary": ("summary", as_paragraph),
    "slug": ("slug", as_slug),
    "aliases": ("aliases", as_aliases),
    "lang": ("lang", as_lang),
    "cover": ("cover", as_cover),
    "related": ("related", as_strings),
    "draft": ("draft", as_switch),
    "expires": ("expires", as_date),
    "weight": ("weight", as_whole),
    "rights": ("rights", as_text),
    "canonical": ("canonical", as_url),
    "original_title": ("original_title", as_text),
    "kind": ("nature", as_nature),
}
"""Key of front matter -> field of :class:`Stated`, converter. docs/front-matter.md lists them."""
