"""A saved page becomes an article: decoded, parsed, swept, its body read, its credits found.

Visible lines before and after the body are read by the rules for plain text, so that a credit
line means the same in every kind of source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from wenzhai.importers.confidence import SHORT, Doubt, Outcome
from wenzhai.importers.confidence import weigh as rate_doubts
from wenzhai.importers.decode import Decoded
from wenzhai.importers.html.assemble import Seen, language_of, ordered, page_fields
from wenzhai.importers.html.body import agreement, find_body, prune
from wenzhai.importers.html.decoding import decode_html
from wenzhai.importers.html.facts import Facts, read_facts
from wenzhai.importers.html.furniture import find_teasers, sweep_furniture
from wenzhai.importers.html.headline import Headline, find_headline
from wenzhai.importers.html.leaves import weigh
from wenzhai.importers.html.reader import join_figures, read_tree
from wenzhai.importers.html.rows import Shown, first_line
from wenzhai.importers.html.sweep import Sweep, button_texts, shown_lines
from wenzhai.importers.html.tree import HtmlElement, parse_html
from wenzhai.importers.html.trim import Trimmed, trim
from wenzhai.importers.html.values import Finds, no_file, resolve
from wenzhai.importers.lines import bare
from wenzhai.importers.markdown.writing import write_blocks
from wenzhai.importers.record import Field, Record, Related, Removed
from wenzhai.importers.tags import TagStatistics, propose_tags
from wenzhai.importers.text import FRONT_KEYS, Conversion
from wenzhai.problems import Problem

CONVERTER = "html/2"
KEYS = FRONT_KEYS
NO_TAGS = TagStatistics()
OTHER_BODY = Doubt("another body", 0.3)
SURE_ENOUGH = 0.5
AROUND = frozenset({"outside the article", "page furniture", "navigation", "hidden", "links"})
"""Reasons that say nothing against what was kept: every page has much of this."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How a page was saved: its URL and when it was fetched, if that is known, and its images."""

    url: str = ""
    fetched: str = ""
    local: Callable[[str], str] = no_file


PLAIN = Saved()


def convert_page(
    data: bytes, name: str, today: str, zone: str, tags: TagStatistics = NO_TAGS
) -> Conversion | Problem:
    """Convert the bytes of a saved page; see :func:`convert_html`. E701 where no encoding fits."""
    decoded = decode_html(data, name)
    if not isinstance(decoded, Decoded):
        return decoded
    return convert_html(decoded.text, name, today, zone, tags)


def convert_html(
    text: str,
    name: str,
    today: str,
    zone: str,
    tags: TagStatistics = NO_TAGS,
    saved: Saved = PLAIN,
) -> Conversion:
    """Convert a decoded page.

    Args:
        text: the page.
        name: its file name; its stem is the title where the page has none.
        today: the day of conversion, ISO 8601, for ``added``.
        zone: IANA zone of printed times.
        tags: the site's tags, which proposals prefer.
        saved: what is known of the page from elsewhere.
    """
    root = parse_html(text)
    if root is None:
        return Conversion((), "", Record(converter=CONVERTER))
    facts = read_facts(root, zone)
    page = root.find("body")
    lines = list(shown_lines(page, parted=True))
    buttons = button_texts(page)
    links = _links(page)
    headline = find_headline(page, facts.titles)
    sweep = Sweep()
    bodies, sure = _bodies(page, headline, sweep)
    outside = _outside(page, bodies)
    base = (*facts.urls, saved.url, "")[0]
    finds = Finds(base, saved.local)
    blocks = [block for body in bodies for block in read_tree(body, finds)]
    headline = headline if headline.title else Headline(first_line(blocks))
    shown = Shown(lines, headline.title, buttons, facts.moments)
    trimmed = trim(join_figures(blocks), shown, zone, saved.fetched)
    trimmed = replace(trimmed, related=_with_urls(trimmed.related, links, base))
    seen = Seen(trimmed.fields, headline.title, _line_of(headline), trimmed.text)
    fields = page_fields(seen, facts, saved.url, today)
    return _conversion(fields, trimmed, (sweep, outside, finds), name, today, facts, tags, sure)


def _bodies(page: HtmlElement, headline: Headline, sweep: Sweep) -> tuple[list[HtmlElement], float]:
    """Return the elements of the body, pruned, and how surely they are it."""
    weights = weigh(page)
    teasers = find_teasers(page, weights)
    sweep_furniture(page, headline.element, weights, teasers, sweep)
    there = set(page.iter())
    weights = {one: weight for one, weight in weights.items() if one in there}
    shown = headline.element if headline.element in there else None
    bodies = find_body(page, shown, weights, teasers)
    sure = agreement(page, bodies, weights)
    for body in bodies:
        prune(body, weights, teasers, sweep)
    return bodies, sure


def _outside(page: HtmlElement, bodies: Sequence[HtmlElement]) -> list[Removed]:
    """Return what readers see of a page around the article."""
    return (
        [
            Removed(line, 0, 0, "outside the article", text)
            for line, text in shown_lines(page, without=frozenset(bodies))
        ]
        if page not in bodies
        else []
    )


def _links(page: HtmlElement) -> dict[str, str]:
    """Return where the texts of links lead."""
    return {bare(link.text_content()): link.get("href", "") for link in page.iter("a")}


def _with_urls(rows: Sequence[Related], links: Mapping[str, str], base: str) -> tuple[Related, ...]:
    """Give titles of other articles the URLs of their links; without a link it is none."""
    found = ((row, links.get(bare(row.title), "")) for row in rows)
    return tuple(
        replace(row, url=resolve(base, url))
        for row, url in found
        if url and not url.startswith(("#", "javascript:"))
    )


def _line_of(headline: Headline) -> int:
    return (headline.element.sourceline or 0) if headline.element is not None else 0


def _conversion(
    fields: dict[str, Field],
    trimmed: Trimmed,
    left: tuple[Sweep, list[Removed], Finds],
    name: str,
    today: str,
    facts: Facts,
    tags: TagStatistics,
    sure: float,
) -> Conversion:
    sweep, outside, finds = left
    if "title" not in fields:
        stem = re.sub(r"^\d{4}-\d\d-\d\d[-_ ]+(?=.)", "", PurePosixPath(name).stem)
        fields["title"] = Field("title", stem, "", 0, proposed=True)
    fields["added"] = Field("added", today)
    language = language_of(trimmed.text, facts.language)
    if language != "zh" and trimmed.text:
        fields["lang"] = Field("lang", language)
    if "tags" not in fields:
        proposed = propose_tags(str(fields["title"].value), trimmed.text, tags)
        if proposed:
            fields["tags"] = Field("tags", proposed, proposed=True)
    done = ordered(fields, KEYS)
    known = dict(KEYS)
    values = ((one.name, _front_value(one, tags)) for one in done if one.name in known)
    front = tuple((name, value) for name, value in values if value)
    dropped = [Removed(0, 0, 0, item.reason, item.text) for item in finds.dropped if item.text]
    removed = (*outside, *sweep.removed, *trimmed.removed, *dropped)
    record = Record(
        url=str(fields["url"].value) if "url" in fields else "",
        converter=CONVERTER,
        doubts=_doubts(fields, trimmed, removed, sure),
        fields=done,
        related=trimmed.related,
        hot=trimmed.hot,
        removed=tuple(sorted(removed, key=lambda cut: cut.line)),
    )
    return Conversion(front, write_blocks(trimmed.blocks), record)


def _front_value(field: Field, site: TagStatistics) -> object:
    """Return what front matter says: of proposed tags those that the site has already."""
    if field.name == "tags" and field.proposed and isinstance(field.value, tuple):
        known = dict(site.counts)
        return tuple(tag for tag in field.value if tag in known)
    return field.value


def _doubts(
    fields: dict[str, Field], trimmed: Trimmed, removed: Sequence[Removed], sure: float
) -> tuple[Doubt, ...]:
    stated = frozenset(
        {"url": "source_url"}.get(name, name) for name, one in fields.items() if not one.proposed
    )
    paragraphs = tuple(text for text in trimmed.text.split("\n") if text)
    short = sum(map(len, paragraphs)) < SHORT
    cuts = [(cut.reason, cut.text) for cut in removed if short or cut.reason not in AROUND]
    found = rate_doubts(Outcome(str(fields["title"].value), stated, paragraphs, tuple(cuts)))
    return (*found, OTHER_BODY) if sure < SURE_ENOUGH else found
