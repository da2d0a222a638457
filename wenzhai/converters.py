"""The text of one field becomes a typed value, or a problem that says what was expected.

Each converter takes a field and the desk it reports to; a blank value never gets here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from wenzhai.dates import parse_date
from wenzhai.fields import Field, Scalar, span_of
from wenzhai.model import Moment, Nature, Region, Slug
from wenzhai.problems import Problem, nearest, problem
from wenzhai.regions import parse_region, region_names
from wenzhai.slugs import SLUG_BYTES, bad_character, check_slug, mended_slug

TRUE = frozenset({"true", "yes", "on", "1", "是"})
FALSE = frozenset({"false", "no", "off", "0", "否"})
NATURES: dict[str, Nature] = {
    "original": "original",
    "reprint": "reprint",
    "translation": "translation",
    "summary": "summary",
    "原创": "original",
    "转载": "reprint",
    "翻译": "translation",
    "编译": "translation",
    "译文": "translation",
    "摘编": "summary",
    "摘要": "summary",
}
SPACES = re.compile(r"\s+")
HAN = re.compile(r"[\u3400-\u9fff]")
LIST_SIGNS = re.compile(r"[,，、;；]")
NAME_SIGNS = re.compile(r"[，、;；]")
LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
ALIAS = re.compile(r"/?(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[^\s\\?#:*\"<>|\x00-\x20]+")
USUAL_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s\\]*)?")
HOST = re.compile(r"[^\s/@]+\.[^\s/@]+|localhost|\[[0-9a-fA-F:.]+\]")
WHOLE = re.compile(r"[+-]?\d{1,9}", re.ASCII)
SHOWN = 60
NO_SLUG = Slug("")


@dataclass(frozen=True, slots=True)
class Desk:
    """What converters need beside their field: path, zone (an IANA name), where to report."""

    path: str
    zone: str
    problems: list[Problem]

    def report(self, code: str, key: str, item: Scalar, /, **arguments: object) -> None:
        """Add a problem about a key, shown at one of its scalars."""
        found = problem(code, span_of(self.path, item), key=key, **arguments)
        self.problems.append(found)


def as_text(field: Field, desk: Desk) -> str:
    """Return a text on one line."""
    if field.shape != "text":
        _wrong_shape(field, desk, "文字", "text")
        return ""
    return " ".join(field.items[0].text.split())


def as_paragraph(field: Field, desk: Desk) -> str:
    """Return a text whose line breaks between Han join without a space, as in bodies."""
    if field.shape == "text" and "\n" not in field.items[0].text:
        return as_text(field, desk)
    lines = field.items[0].text.split("\n") if field.shape == "text" else []
    joined = ""
    for line in filter(None, map(str.strip, lines)):
        glued = not joined or (joined[-1] >= "\u2e80" and line[0] >= "\u2e80")
        joined += line if glued else f" {line}"
    return joined or as_text(field, desk)


def _wrong_shape(field: Field, desk: Desk, wanted_zh: str, wanted: str) -> None:
    found = {"text": ("文字", "text"), "list": ("列表", "a list"), "other": ("嵌套的值", "nested")}
    found_zh, found_en = found[field.shape]
    item = field.items[0] if field.items else field.key
    words = {"wanted_zh": wanted_zh, "wanted": wanted, "found_zh": found_zh, "found": found_en}
    desk.report("E117", field.key.text, item, **words)


def as_strings(field: Field, desk: Desk) -> tuple[str, ...]:
    """Return a list of texts; a single text is a list of one."""
    if field.shape == "other":
        _wrong_shape(field, desk, "文字的列表", "a list of texts")
        return ()
    return _distinct(item.text for item in field.items)


def as_names(field: Field, desk: Desk) -> tuple[str, ...]:
    """Return names; in one text they are separated by 、 ， or ;, Chinese ones by a comma too."""
    if field.shape != "text":
        return as_strings(field, desk)
    text = field.items[0].text
    return _distinct((LIST_SIGNS if HAN.search(text) else NAME_SIGNS).split(text))


def as_tags(field: Field, desk: Desk) -> tuple[str, ...]:
    """Return tags; in one text they are separated by commas or 、, a leading # is dropped."""
    texts = (
        LIST_SIGNS.split(field.items[0].text) if field.shape == "text" else as_strings(field, desk)
    )
    return _distinct(text.strip().lstrip("#") for text in texts)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    cleaned = (" ".join(text.split()) for text in texts)
    return tuple(dict.fromkeys(text for text in cleaned if text))


def as_date(field: Field, desk: Desk) -> Moment | None:
    """Return a moment (E120 to E124)."""
    if field.shape != "text":
        _wrong_shape(field, desk, "日期", "a date")
        return None
    item = field.items[0]
    moment = parse_date(item.text, desk.zone)
    if isinstance(moment, Moment):
        return moment
    codes = {"form": "E120", "day": "E121", "clock": "E122", "range": "E123", "offset": "E124"}
    desk.report(codes[moment], field.key.text, item, value=_shown(item.text))
    return None


def as_switch(field: Field, desk: Desk) -> bool:
    """Return a truth value (E118)."""
    value = as_text(field, desk)
    if value and value.lower() not in TRUE | FALSE:
        desk.report("E118", field.key.text, field.items[0], value=_shown(value))
    return value.lower() in TRUE


def as_whole(field: Field, desk: Desk) -> int:
    """Return a whole number (E119)."""
    value = as_text(field, desk)
    if WHOLE.fullmatch(value):
        return int(value)
    if value:
        desk.report("E119", field.key.text, field.items[0], value=_shown(value))
    return 0


def as_region(field: Field, desk: Desk) -> Region | None:
    """Return a region of the closed list; an unknown one is a warning (W104)."""
    value = as_text(field, desk)
    region = _known_region(value) if value else None
    if value and region is None:
        near = nearest(value, region_names()) or "广东、北京、日本"
        desk.report("W104", field.key.text, field.items[0], value=_shown(value), nearest=near)
    return region


_known_region = cache(parse_region)  # an archive names the same few dozen again and again


def as_nature(field: Field, desk: Desk) -> Nature:
    """Return how an article came here, by its English or Chinese name (E129)."""
    value = as_text(field, desk)
    nature = NATURES.get(value.lower(), "")
    if value and not nature:
        desk.report("E129", field.key.text, field.items[0], value=_shown(value))
    return nature


def as_url(field: Field, desk: Desk) -> str:
    """Return an absolute http or https URL (E130)."""
    value = as_text(field, desk)
    if value and not is_web_url(value):
        _refuse_url(field, value, desk)
        return ""
    return value


def as_cover(field: Field, desk: Desk) -> str:
    """Return a path within the site or a URL; no other scheme may reach a page."""
    value = as_text(field, desk)
    if re.match(r"[A-Za-z][\w+.-]*:|//", value) and not is_web_url(value):
        _refuse_url(field, value, desk)
        return ""
    return value


def _refuse_url(field: Field, value: str, desk: Desk) -> None:
    bare = value.lstrip("/")
    mended = f"https://{bare}" if is_web_url(f"https://{bare}") and ":" not in bare else ""
    near = mended or "https://example.com/article"
    desk.report("E130", field.key.text, field.items[0], value=_shown(value), nearest=near)


def is_web_url(text: str) -> bool:
    """Tell whether a text is an absolute http or https URL with a host (RFC 3986, IRIs allowed)."""
    if USUAL_URL.fullmatch(text):
        return True
    if not text.startswith(("https://", "http://", "HTTP://", "HTTPS://")) or SPACES.search(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(HOST.fullmatch(parts.netloc.rpartition("@")[2])) and parts.port != 0
    except ValueError:
        return False


def as_lang(field: Field, desk: Desk) -> str:
    """Return a BCP 47 tag in its usual case (E131)."""
    value = as_text(field, desk).replace("_", "-")
    if LANG.fullmatch(value):
        return _cased(value)
    if value:
        desk.report("E131", field.key.text, field.items[0], value=_shown(value))
    return ""


def _cased(tag: str) -> str:
    """Write a language tag as BCP 47 section 2.1.1 does: zh-Hans-CN."""
    first, *rest = tag.split("-")
    cases: dict[int, Callable[[str], str]] = {2: str.upper, 4: str.title}
    return "-".join((first.lower(), *(cases.get(len(part), str.lower)(part) for part in rest)))


def as_slug(field: Field, desk: Desk) -> Slug:
    """Return a slug stated by hand (E125 to E128)."""
    value = as_text(field, desk)
    fault = check_slug(value)
    if not value or not fault:
        return Slug(value)
    item, near = field.items[0], mended_slug(value)
    if fault == "character":
        desk.report("E125", "slug", item, char=_named(bad_character(value)), nearest=near)
    elif fault == "edge":
        char = value[-1] if value[0].isalnum() else value[0]
        desk.report("E126", "slug", item, char=char, nearest=near)
    elif fault == "long":
        size = len(value.encode())
        desk.report("E127", "slug", item, size=size, limit=SLUG_BYTES, nearest=near)
    else:
        desk.report("E128", "slug", item, value=value, nearest=near)
    return NO_SLUG


def _named(char: str) -> str:
    return char if char.isprintable() and char != " " else f"U+{ord(char):04X}"


def as_aliases(field: Field, desk: Desk) -> tuple[str, ...]:
    """Return old addresses within the site, as written."""
    for item in field.items if field.shape != "other" else ():
        if item.text.strip() and not ALIAS.fullmatch(item.text.strip()):
            desk.report("E132", field.key.text, item, value=_shown(item.text))
    return as_strings(field, desk)


def _shown(value: str) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= SHOWN else f"{flat[:SHOWN]}…"
