"""Regions: what a source writes about an author's place becomes a Region of the closed list.

Owns recognition, canonical names, slugs and display names; knows nothing of sources and pages.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from wenzhai.model import Region, Slug
from wenzhai.region_table import ALIASES, CITIES, COUNTRIES, PROVINCES, SUFFIXES

CITY_SUFFIXES = ("市", "地区", "盟", "自治州", "州", "新区", "林区", "")
LONGEST_NAME = 40
FOREIGN_FRAME = re.compile(r"(?i)\s+province\b|,\s*(?:p\.?\s*r\.?\s*)?china$")


def parse_region(written: str) -> Region | None:
    """Return the region that a whole text names, or None.

    Takes Chinese forms (广东, 广东省, 中国广东, 湖南长沙, 长沙市), English and pinyin in any case
    (Guangdong, hong kong), and ISO codes with prefix (CN-GD). 海外 is no region.
    ``Region.written`` is the text where it differs from the canonical name.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    if not text or len(text) > LONGEST_NAME:
        return None
    length, slug = _longest(text)
    if length != len(text):
        slug = _foreign_forms().get(_key(FOREIGN_FRAME.sub("", text)), "")
    return _region(slug, written.strip()) if slug else None


def find_region_prefix(text: str) -> tuple[Region, int] | None:
    """Return the longest Chinese region at the start of a text, and its length in code points.

    For glued lines: in ``四川天府经济站官方账号`` it is 四川 and 2.
    """
    length, slug = _longest(text[:LONGEST_NAME])
    return (_region(slug, text[:length]), length) if slug else None


def region_names() -> tuple[str, ...]:
    """Return every name a person may write, Chinese and English, for nearest-name hints."""
    return tuple(name for _, chinese, english in _table().values() for name in (chinese, english))


def region_name(slug: str, language: Literal["zh", "en"]) -> str:
    """Return a region's display name by its slug, or an empty string.

    Slugs are unique; codes are not (BJ is Beijing and Benin).
    """
    row = _table().get(slug)
    return "" if row is None else row[1 if language == "zh" else 2]


def _region(slug: str, written: str) -> Region:
    code, name, _ = _table()[slug]
    return Region(code, Slug(slug), name, "" if written == name else written)


def _longest(text: str) -> tuple[int, str]:
    """Read country or province, then a city of that province, as far as the text goes."""
    at = 2 if text[:2] in {"中国", "中國"} and _province(text, 2)[0] else 0
    length, slug = _province(text, at)
    if not length:
        return _country(text) if _country(text)[0] else _city(text, 0, "")
    end = at + length
    return end + _city(text, end, slug)[0], slug


def _province(text: str, at: int) -> tuple[int, str]:
    for name, slug in _provinces_by_first().get(text[at : at + 1], ()):
        if text.startswith(name, at):
            rest = at + len(name)
            suffix = next((end for end in SUFFIXES if text.startswith(end, rest)), "")
            return len(name) + len(suffix), slug
    return 0, ""


def _city(text: str, at: int, province: str) -> tuple[int, str]:
    for length in range(min(4, len(text) - at), 1, -1):
        slug = _cities().get(text[at : at + length], "")
        if slug and slug == (province or slug):
            rest = at + length
            suffix = next(end for end in CITY_SUFFIXES if text.startswith(end, rest))
            return length + len(suffix), slug
    return 0, ""


def _country(text: str) -> tuple[int, str]:
    forms = _countries_by_first().get(text[:1], ())
    found = [(len(name), slug) for name, slug in forms if text.startswith(name)]
    return max(found, default=(0, ""))


def _key(text: str) -> str:
    return re.sub(r"[^\w]", "", text.casefold()).replace("_", "")


@cache
def _table() -> dict[str, tuple[str, str, str]]:
    """Slug -> code, Chinese name, English name."""
    rows = {}
    for line in PROVINCES.split("\n"):
        if line:
            code, slug, chinese, english = line.split(" ")
            rows[slug] = (code, chinese, english.replace("_", " "))
    for line in COUNTRIES.split("\n"):
        if line:
            code, chinese, english = line.split(" ")
            rows[_country_slug(english)] = (code, chinese, english.replace("_", " "))
    return rows


def _country_slug(english: str) -> str:
    plain = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]+", "-", plain).strip("-")


@cache
def _slugs() -> dict[str, str]:
    return {chinese: slug for slug, (_, chinese, _) in _table().items()}


@cache
def _province_forms() -> tuple[tuple[str, str], ...]:
    provinces = {line.split(" ")[2] for line in PROVINCES.split("\n") if line}
    forms = {name: _slugs()[name] for name in provinces}
    forms |= {alias: _slugs()[name] for alias, name in ALIASES.items() if name in provinces}
    return tuple(sorted((form, slug) for form, slug in forms.items() if not form.isascii()))


@cache
def _country_forms() -> tuple[tuple[str, str], ...]:
    provinces = {slug for _, slug in _province_forms()}
    forms = {name: slug for name, slug in _slugs().items() if slug not in provinces}
    forms |= {alias: _slugs()[name] for alias, name in ALIASES.items()}
    return tuple(
        sorted((form, slug) for form, slug in forms.items() if not form[0].isascii()),
    )


@cache
def _provinces_by_first() -> dict[str, tuple[tuple[str, str], ...]]:
    return _by_first(_province_forms())


@cache
def _countries_by_first() -> dict[str, tuple[tuple[str, str], ...]]:
    return _by_first(_country_forms())


def _by_first(forms: tuple[tuple[str, str], ...]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Forms by their first character, each in its order: few are tried at a place."""
    return {
        first: tuple(form for form in forms if form[0][0] == first)
        for first in {name[0] for name, _ in forms}
    }


@cache
def _cities() -> dict[str, str]:
    return {
        city: _slugs()[province]
        for line in CITIES.split("\n")
        if line
        for province, *cities in [line.split(" ")]
        for city in cities
    }


@cache
def _foreign_forms() -> dict[str, str]:
    """English names, pinyin and prefixed ISO codes, folded by :func:`_key`."""
    provinces = {slug for _, slug in _province_forms()}
    forms = {}
    for slug, (code, _, english) in _table().items():
        forms[_key(english)] = slug
        forms[_key(slug)] = slug
        if slug in provinces:
            forms[_key(f"CN{code}")] = slug
    return forms | {_key(alias): _slugs()[name] for alias, name in ALIASES.items()}
