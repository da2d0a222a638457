"""The fields of a page's article: what readers see first, what the head states, nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wenzhai.importers.credit import read_names
from wenzhai.importers.html.facts import Facts
from wenzhai.importers.html.naming import is_name, is_role, joined
from wenzhai.importers.lines import bare
from wenzhai.importers.names import is_outlet
from wenzhai.importers.record import Field
from wenzhai.regions import parse_region

A_DAY = len("2024-01-01")
MOST_TAGS = 8
FEWEST = 2
"""Times that a keyword must stand in the text; once may be chance."""
LONGEST_TAG = 16


@dataclass(frozen=True, slots=True)
class Seen:
    """What readers see: fields of credit lines, the title, and the text that proves tags."""

    fields: tuple[Field, ...]
    title: str
    title_line: int
    text: str


def page_fields(seen: Seen, facts: Facts, url: str, today: str) -> dict[str, Field]:
    """Return the article's fields by name; visible ones come before stated ones.

    ``url`` is where the page came from, if its file says so; ``today`` bounds dates.
    """
    fields = {one.name: one for one in seen.fields if not _is_tag(one)}
    if seen.title:
        shown = seen.title if seen.title_line else ""
        fields["title"] = Field("title", seen.title, shown, seen.title_line)
    _add_date(fields, facts, today)
    _add_names(fields, facts, seen.title)
    address = next((one for one in (*facts.urls, url) if one), "")
    if address:
        fields["url"] = Field("url", address, address)
    for place in facts.regions:
        region = parse_region(place)
        if region and "region" not in fields:
            fields["region"] = Field("region", region.name, place)
    if "tags" not in fields and (tags := _tags(facts, seen)):
        fields["tags"] = Field("tags", tags, "、".join(tags))
    return fields


def _is_tag(field: Field) -> bool:
    return field.name == "source" and str(field.value).startswith(("#", "＃"))


def _add_date(fields: dict[str, Field], facts: Facts, today: str) -> None:
    """Take the stated date, with the time of a visible one of the same day if it has none."""
    stated = next((day for day in facts.dates if "1990" < day[:10] <= _after(today)), "")
    visible = fields.get("date")
    seen = str(visible.value) if visible else ""
    if seen and seen[:10] > _after(today):
        del fields["date"]
        seen = ""
    finer = len(stated) > len(seen) == A_DAY and seen == stated[:10]
    if stated and (not seen or finer or (seen[:10] != stated[:10] and len(stated) > A_DAY)):
        fields["date"] = Field("date", stated, stated)


def _after(today: str) -> str:
    """Return a day that no article bears: pages of the east may be a day ahead."""
    return today[:8] + f"{min(int(today[8:10]) + 1, 31):02}"


def _add_names(fields: dict[str, Field], facts: Facts, title: str) -> None:
    source = fields.get("source")
    if source is None:
        name = next((one for one in facts.sources if is_name(one)), "")
        if name:
            fields["source"] = Field("source", name, name)
    if "author" in fields:
        return
    names: list[str] = []
    for written in facts.authors:
        for name in _persons(written):
            if name not in names and name != (str(source.value) if source else ""):
                names.append(name)
    site = _site(facts, title)
    if names and all(is_outlet(name) or bare(name) in site for name in names):
        fields.setdefault("source", Field("source", names[0], names[0]))
    elif names:
        fields["author"] = Field("author", tuple(names[:6]), "、".join(names[:6]))


def _site(facts: Facts, title: str) -> str:
    """Return what stands beside the headline in the page's own title: channel and site."""
    shown = bare(title)
    return "|".join(bare(text).replace(shown, "|") for text in facts.titles if shown in bare(text))


def _persons(written: str) -> list[str]:
    text = re.sub(r"^(?:by|文|作者|撰文|记者)[\s:：|]*", "", written.strip(), flags=re.IGNORECASE)
    parts = (text,) if joined(text) != text else read_names("author", text, 0, len(text)).values
    return [joined(name) for name in parts if is_name(name) and not is_role(name)]


def _tags(facts: Facts, seen: Seen) -> tuple[str, ...]:
    """Return the tags that a page states; keywords count if the article is about them."""
    stated = list(dict.fromkeys(tag.strip("#＃ ") for tag in facts.tags))
    if stated:
        return tuple(tag for tag in stated if 0 < len(tag) <= 2 * LONGEST_TAG)[:MOST_TAGS]
    words = [
        word.strip() for text in facts.keywords for word in re.split(r"[,，;；、|]|\s{2,}", text)
    ]
    folded, title = bare(seen.text).casefold(), bare(seen.title).casefold()
    about = [
        word for word in dict.fromkeys(words) if _is_about(bare(word).casefold(), folded, title)
    ]
    return tuple(about[:MOST_TAGS])


def _is_about(word: str, text: str, title: str) -> bool:
    if not 1 < len(word) <= LONGEST_TAG or word == title:
        return False
    return word in title or text.count(word) >= FEWEST


def language_of(text: str, stated: str) -> str:
    """Return an article's language (BCP 47) by its script, else what the page states."""
    kana = len(re.findall(r"[\u3040-\u30ff]", text))
    hangul = len(re.findall(r"[\uac00-\ud7af]", text))
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    letters = len(re.findall(r"[A-Za-z]", text))
    if kana > 0.1 * (kana + han) and kana > 20:  # noqa: PLR2004  # not a word in passing
        return "ja"
    if hangul > han and hangul > 20:  # noqa: PLR2004  # the same
        return "ko"
    if han * 4 > letters:
        return "zh"
    named = stated.replace("_", "-").split("-")[0].lower()
    return named if re.fullmatch("[a-z]{2,3}", named) and named not in {"zh", "ja", "ko"} else "en"


def ordered(fields: dict[str, Field], keys: Sequence[tuple[str, str]]) -> tuple[Field, ...]:
    """Order fields as front matter has them, under their names there; others come last."""
    known = [
        Field(key, f.value, f.written, f.line, f.proposed)
        for key, name in keys
        if (f := fields.get(name))
    ]
    named = {name for _, name in keys}
    return (*known, *(field for name, field in sorted(fields.items()) if name not in named))
