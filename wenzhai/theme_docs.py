"""The reference for theme authors, made from the docstrings of views, filters and settings.

Owns the text of ``docs/themes.md``; whoever calls it writes the file.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import fields

from wenzhai import filters as own_filters
from wenzhai import views
from wenzhai.model import Heading, Moment
from wenzhai.theme_settings import ThemeSettings

VIEWS: tuple[type, ...] = (
    views.ArticleView,
    views.ListView,
    views.TermsView,
    views.ArchiveView,
    views.PeriodView,
    views.IssuesView,
    views.IssueView,
    views.PageView,
    views.SubscribeView,
    views.NotFoundView,
    views.RedirectView,
)
"""What the templates are given, in the order of the reference."""
VALUES: tuple[type, ...] = (
    views.Site,
    views.Page,
    views.Card,
    views.Neighbour,
    views.TermLink,
    views.TermCount,
    views.MenuItem,
    views.FeedLink,
    views.FeedGroup,
    views.Pager,
    views.Period,
    views.IssueLink,
    views.Body,
    Heading,
    Moment,
)
FILTERS: tuple[tuple[str, Callable[..., object]], ...] = (
    ("t", own_filters.translate),
    ("date", own_filters.format_date),
    ("days", own_filters.format_days),
    ("period", own_filters.format_period),
    ("number", own_filters.format_number),
    ("url", own_filters.url),
    ("tojson", own_filters.to_json),
    ("compact", own_filters.compact),
    ("persons", own_filters.persons),
    ("names", own_filters.names),
    ("digits", own_filters.digits),
)
PARTS = (
    ("menu", "the entries of the menu", "MenuItem"),
    ("recent", "the newest articles", "Neighbour"),
    ("tag_cloud", "the most used tags", "TermCount"),
)
INTRODUCTION = """\
# Themes

A theme is a folder below `themes/`: `theme.toml`, `templates/*.html`, `static/` and `i18n/*.toml`.
Templates are [Jinja](https://jinja.palletsprojects.com/) with escaping on. The word for a theme's
folder in `site.toml` is `theme`.

## Change a little

Put a template of the same name into the site's own `templates/` folder: it stands in for the
theme's. `templates/theme.toml`, `templates/i18n/zh.toml` and `templates/static/` do the same for
settings, single words and static files. The lookup order is the site, the theme, its parents.

## Make a theme

`themes/NAME/theme.toml` with `parent = "wenzhai"` is a whole theme already; add the files that
differ. A theme and its parents must have between them the templates listed below.
"""
NEEDS = """\
## Parts of the whole site

A page is made again whenever something that it is given changes. What concerns the whole site is
therefore given only to the templates that ask for it:

```toml
[needs]
"*" = ["menu"]
"home.html" = ["tag_cloud"]
```
"""
GIVEN = """\
## What every template is given

`site`, `page`, `html` (the rendered body, or empty), `root`, and the fields of its view by their
names. Addresses are relative to the root of the site: write `href="{{ root }}{{ card.address }}"`,
or `{{ cover|url(root) }}` where an address may be an absolute URL. A name that is not given, a
misspelt field and an unknown word are errors with file and line.

Words of the interface come from `i18n/LANGUAGE.toml`, in the language of the site:
`{{ "previous"|t }}`, `{{ "articles"|t(count=3, number="3") }}`.
"""
SCRIPTS = """\
## Scripts and the live preview

`serve` brings an edit into the open page without loading it anew, unless a script element changed.
Listen for clicks on `document`, so that new elements need nothing more; what has to be done to each
new element (formulas, say), do again upon `wenzhai:update`:

```js
document.addEventListener("wenzhai:update", ({ detail }) => detail.inserted.forEach(render));
```

`detail.inserted` are the nodes that are new, `detail.touched` the elements whose attributes or text
changed. What a script added to the page (elements, classes, rendered formulas) stays; where the
source of it changed, the element comes in anew, as it was served. Alt-click finds the blocks of the
text in the element with the class `body`, or else in the first one within `article` or `main` that
has as many children as the text has blocks.
"""


def theme_reference() -> str:
    """Write the reference for theme authors as Markdown."""
    return "\n".join([*_settings(), *_filters(), *_views(), *_values()])


def _settings() -> Iterator[str]:
    yield INTRODUCTION
    yield "## theme.toml\n"
    yield f"{_prose(ThemeSettings)}\n"
    yield f"Keys: {', '.join(f'`{field.name}`' for field in fields(ThemeSettings))}.\n"
    yield NEEDS
    yield "| part | what it is | type |\n|---|---|---|"
    for name, meaning, kind in PARTS:
        yield f"| `{name}` | {meaning} | tuple of [{kind}](#{kind.lower()}) |"
    yield f"\n{GIVEN}"
    yield SCRIPTS


def _filters() -> Iterator[str]:
    yield "## Filters\n"
    yield "Besides those of Jinja (without `random`, which would differ from build to build):\n"
    for name, function in FILTERS:
        yield f"- `{name}`: {_prose(function, indent='  ')}"
    yield ""


def _views() -> Iterator[str]:
    yield "## Templates\n"
    for view in VIEWS:
        head, _, rest = _prose(view).partition(": ")
        yield f"### {head}\n"
        yield f"{_capital(rest)}\n"
        yield from _table(view)


def _values() -> Iterator[str]:
    yield "## Values\n"
    for value in VALUES:
        yield f"### {value.__name__}\n"
        yield f"{_prose(value)}\n"
        yield from _table(value)


def _table(kind: type) -> Iterator[str]:
    yield "| field | type |\n|---|---|"
    for field in fields(kind):
        yield f"| `{field.name}` | {_type(str(field.type))} |"
    yield ""


def _type(annotation: str) -> str:
    """Write a type in words, with links to the values of this page."""
    known = {value.__name__ for value in VALUES}
    plain = annotation.replace(" | None", " or None")
    plain = re.sub(r"Literal\[(.*?)\]", lambda found: re.sub("[\"']", "", found[1]), plain)
    plain = re.sub(r"tuple\[(\w+), \.\.\.\]", r"tuple of \1", plain)
    plain = re.sub(r"\b(str|Address|Url|Digest|Nature)\b", _text_kind, plain)
    plain = re.sub(r"\bint\b", "number", plain)
    return re.sub(
        r"\b[A-Z]\w+", lambda n: f"[{n[0]}](#{n[0].lower()})" if n[0] in known else n[0], plain
    )


def _text_kind(found: re.Match[str]) -> str:
    kinds = {"str": "text", "Address": "address", "Url": "URL", "Digest": "digest"}
    return kinds.get(found[0], "original, reprint, translation, summary or empty")


def _prose(documented: object, indent: str = "") -> str:
    """Return a docstring as Markdown, one line a paragraph, without what only callers must know."""
    text = inspect.getdoc(documented) or ""
    marked = re.sub(r":\w+:`([^`]*)`", r"`\1`", text).replace("``", "`")
    plain = re.sub(r" Raises \w+\.", "", marked)
    return f"\n\n{indent}".join(" ".join(part.split()) for part in plain.split("\n\n"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
