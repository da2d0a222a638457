"""One Markdown file becomes an Article and the HTML of its body.

Wires front matter, markup and what is derived from them (title, slug, summary, counts). Depends
on that file and a few settings alone, so that nothing else can make a parsed article stale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from wenzhai.article_settings import ArticleSettings
from wenzhai.counts import count_words, reading_minutes
from wenzhai.dates import date_in_name, stem_without_date
from wenzhai.digest import digest, digest_bytes
from wenzhai.encoding import decode_source
from wenzhai.features import features_of
from wenzhai.frontmatter import read_front_matter
from wenzhai.languages import language_of
from wenzhai.markup import render_markdown
from wenzhai.model import Article, Doc, Heading, Kind, Place, RelPath
from wenzhai.problems import Problem, Span, problem, sort_problems
from wenzhai.schema import Stated, read_fields
from wenzhai.summaries import summarise

KINDS: tuple[tuple[str, Kind], ...] = (("content/pages/", "page"), ("content/digests/", "digest"))


@dataclass(frozen=True, slots=True)
class _Heads:
    """An article's title, and the body without the heading that says the same."""

    title: str
    html: str
    headings: tuple[Heading, ...]
    places: tuple[Place, ...]
    problems: tuple[Problem, ...]


def parse_article(
    path: RelPath, data: bytes, settings: ArticleSettings
) -> tuple[Article | None, str, tuple[Problem, ...]]:
    """Parse one Markdown file into an article, its body's HTML, and problems in file order.

    Where a problem is an error there is no article and no HTML. Problem codes: E1xx and W1xx
    (W105 where a title is missing), E2xx and W2xx of Markdown.
    """
    text, problems = decode_source(data, path)
    if problems:
        return None, "", problems
    front, found = read_front_matter(text, path)
    stated, wrong = read_fields(front.fields, path, settings.timezone)
    lang = stated.lang or language_of(f"{stated.title}\n{front.body}", settings.language)
    doc, bad = render_markdown(front.body, path, front.body_line, settings.markup, lang)
    heads = _heads(path, stated, doc)
    # A head that could not be read may well have held a title.
    untitled = () if _fatal(found) else heads.problems
    problems = sort_problems((*found, *wrong, *bad, *untitled))
    if _fatal(problems):
        return None, "", problems
    return _article(path, stated, doc, heads, lang, settings), heads.html, problems


def kind_of(path: RelPath) -> Kind:
    """Return what a file is by its folder: page, digest, or else article."""
    return next((kind for folder, kind in KINDS if path.startswith(folder)), "article")


def _fatal(problems: tuple[Problem, ...]) -> bool:
    return any(item.severity == "error" for item in problems)


def _article(
    path: RelPath, stated: Stated, doc: Doc, heads: _Heads, lang: str, settings: ArticleSettings
) -> Article:
    summary = stated.summary or summarise(_prose(doc), lang)
    named = date_in_name(_stem(path), settings.timezone)
    words = count_words(doc.count_text)
    facts = digest(path, *_shown_facts(stated), heads.title, stated.slug, summary, lang, named)
    body = digest_bytes(heads.html.encode())
    minutes = reading_minutes(words, settings.reading_speed)
    headings = tuple((heading.level, heading.id, heading.text) for heading in heads.headings)
    features = features_of(heads.title, summary, heads.headings, stated.tags, doc.count_text)
    links = tuple((reference.use, reference.target) for reference in doc.references)
    return Article(
        path=path,
        kind=kind_of(path),
        facts=facts,
        outline=digest(facts, headings, links, features),
        page=digest(facts, body, stated.editors, words, minutes, headings),
        body=body,
        title=heads.title,
        slug=stated.slug,
        slug_fixed=bool(stated.slug),
        date=stated.date,
        added=stated.added,
        updated=stated.updated,
        named_date=named,
        authors=stated.authors,
        editors=stated.editors,
        region=stated.region,
        source=stated.source,
        source_url=stated.source_url,
        tags=stated.tags,
        summary=summary,
        lang=lang,
        cover=stated.cover,
        rights=stated.rights,
        canonical=stated.canonical,
        original_title=stated.original_title,
        nature=stated.nature,
        weight=stated.weight,
        aliases=stated.aliases,
        related=stated.related,
        draft=stated.draft,
        expires=stated.expires,
        words=words,
        minutes=minutes,
        headings=heads.headings,
        references=doc.references,
        features=features,
        places=heads.places,
    )


def _shown_facts(stated: Stated) -> tuple[object, ...]:
    """Return what other pages may show of the front matter: all but editors and places."""
    return (
        bool(stated.slug),
        stated.date,
        stated.added,
        stated.updated,
        stated.expires,
        stated.authors,
        stated.region,
        stated.source,
        stated.source_url,
        stated.tags,
        stated.cover,
        stated.rights,
        stated.canonical,
        stated.original_title,
        stated.nature,
        stated.weight,
        stated.aliases,
        stated.related,
        stated.draft,
    )


def _heads(path: RelPath, stated: Stated, doc: Doc) -> _Heads:
    """Settle the title: front matter, else the first ``#`` heading, else the file's name."""
    heading = _title_heading(stated.title, doc.headings)
    if heading is None:
        title, problems = (stated.title, ()) if stated.title else _named_title(path)
        return _Heads(title, doc.html, doc.headings, stated.places, problems)
    headings = tuple(other for other in doc.headings if other is not heading)
    places = stated.places if stated.title else (*stated.places, Place("title", heading.line, 1))
    title = stated.title or heading.text
    return _Heads(title, _without_heading(doc.html, heading), headings, places, ())


def _title_heading(title: str, headings: tuple[Heading, ...]) -> Heading | None:
    """Find the heading that the page's own title makes superfluous."""
    if not title:
        return next((item for item in headings if item.level == 1 and item.text.strip()), None)
    first = headings[0] if headings else None
    return first if first and " ".join(first.text.split()) == title else None


def _named_title(path: RelPath) -> tuple[str, tuple[Problem, ...]]:
    title = stem_without_date(_stem(path))
    if kind_of(path) == "digest":
        return "", ()  # an issue's introduction needs none: the issue is called by its period
    return title, (problem("W105", Span(path), title=title),)


def _without_heading(html: str, heading: Heading) -> str:
    tag = f"h{heading.level}"
    named = re.escape(escape(heading.id))
    found = re.search(rf'<{tag}\b[^>]*\bid="{named}"[^>]*>.*?</{tag}>\n?', html, re.DOTALL)
    return html[: found.start()] + html[found.end() :] if found else html


def _prose(doc: Doc) -> str:
    """Return the text without the headings: a summary is made of sentences."""
    heads = {heading.text for heading in doc.headings}
    if not heads:
        return doc.text
    return "\n".join(line for line in doc.text.split("\n") if line not in heads)


def _stem(path: RelPath) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
