"""Shortcodes and tags that have an equal in plain Markdown; the others are not ours to guess.

Each function gets the arguments of one and returns Markdown, or None to keep it as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Resolve = Callable[[str, str], str]
"""Find what a reference leads to: its kind (``path``, ``post``, ``file``) and target, as written.

Returns a path from the article, or nothing."""

_ARGUMENT = re.compile(
    r"(?:(?P<name>[\w-]+)\s*=\s*)?(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|`(?P<raw>[^`]*)`|"
    r"(?P<bare>[^\s\"'`=,]+))"
)


@dataclass(frozen=True, slots=True)
class Call:
    """A shortcode: its arguments by place and by name, what it encloses, how to find targets."""

    places: tuple[str, ...]
    names: Mapping[str, str]
    inner: str
    resolve: Resolve

    def get(self, name: str, place: int = -1) -> str:
        """Return an argument by name, else by place; empty where there is none."""
        given = self.names.get(name, "")
        return given or (self.places[place] if 0 <= place < len(self.places) else "")


Shortcode = Callable[[Call], "str | None"]


def read_call(arguments: str, inner: str, resolve: Resolve) -> Call:
    """Read the arguments of a shortcode or tag, as Hugo, Liquid and Nunjucks write them."""
    places, names = [], {}
    for found in _ARGUMENT.finditer(arguments):
        value = next(
            (found[key] for key in ("double", "single", "raw") if found[key] is not None), None
        )
        value = found["bare"] if value is None else value
        if found["name"]:
            names[found["name"].lower()] = value
        else:
            places.append(value)
    return Call(tuple(places), names, inner, resolve)


def _image(url: str, alt: str, caption: str) -> str:
    shown = f' "{_quoted(caption)}"' if caption else ""
    target = f"<{url}>" if re.search(r"[\s()]", url) else url
    return f"![{_bracketed(alt or caption)}]({target}{shown})"


def _figure(call: Call) -> str | None:
    """``{{< figure src title caption alt link >}}``."""
    source = call.get("src", 0)
    caption = ": ".join(filter(None, (call.get("title"), call.get("caption"))))
    image = _image(call.resolve("path", source) or source, call.get("alt"), caption)
    return image if source else None


def _fence(call: Call) -> str | None:
    """A block of code, in a fence that is longer than any in it."""
    code = call.inner.strip("\n")
    ticks = max((len(run) for run in re.findall(r"`{3,}", code)), default=2) + 1
    first = call.places[0].removeprefix("lang:") if call.places else ""
    language = first if re.fullmatch(r"[\w+#.-]+", first) else ""
    return f"{'`' * ticks}{language}\n{code}\n{'`' * ticks}"


def _quote(call: Call) -> str | None:
    """``{% blockquote author, source %}``."""
    author = call.get("author") or " ".join(call.places)
    lines = call.inner.strip("\n").split("\n") + (["", f"— {author}"] if author else [])
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _inner(call: Call) -> str | None:
    """What only says how its text is to be treated."""
    return call.inner.strip("\n")


def _video(base: str) -> Shortcode:
    def link(call: Call) -> str | None:
        name = call.get("id", 0)
        return f"<{base}{name}>" if re.fullmatch(r"[\w-]{3,20}", name) else None

    return link


def _gist(call: Call) -> str | None:
    parts = call.places[:2]
    whole = "/".join(parts)
    return f"<https://gist.github.com/{whole}>" if re.fullmatch(r"[\w-]+(?:/\w+)?", whole) else None


def _target(kind: str) -> Shortcode:
    """The address of something, inside a link that Markdown writes."""

    def target(call: Call) -> str | None:
        written = call.get("path", 0)
        return call.resolve(kind, written) or None

    return target


def _post_link(call: Call) -> str | None:
    """``{% post_link slug [title] %}``."""
    found = call.resolve("post", call.get("slug", 0))
    title = " ".join(place for place in call.places[1:] if place not in {"true", "false"})
    return f"[{_bracketed(title or call.get('slug', 0))}]({found})" if found else None


def _asset_image(call: Call) -> str | None:
    """``{% asset_img [class] file [width] [height] ["title" "alt"] %}``."""
    at = next((n for n, place in enumerate(call.places) if re.search(r"\.\w{2,5}$", place)), -1)
    if at < 0:
        return None
    rest = [place for place in call.places[at + 1 :] if not place.isdigit()]
    title = " ".join(rest).strip("\"' ")
    source = call.places[at]
    return _image(call.resolve("path", source) or source, title, title)


def _link(call: Call) -> str | None:
    """``{% link text url [external] [title] %}``."""
    at = next((n for n, place in enumerate(call.places) if place.startswith("http")), -1)
    if at < 0:
        return call.resolve("post", call.get("path", 0)) or None  # Jekyll's
    return f"[{_bracketed(' '.join(call.places[:at]) or call.places[at])}]({call.places[at]})"


def _bracketed(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", text)


def _quoted(text: str) -> str:
    return re.sub(r'(["\\])', r"\\\1", text)


HUGO: dict[str, Shortcode] = {
    "figure": _figure,
    "highlight": _fence,
    "ref": _target("post"),
    "relref": _target("post"),
    "youtube": _video("https://www.youtube.com/watch?v="),
    "vimeo": _video("https://vimeo.com/"),
    "bilibili": _video("https://www.bilibili.com/video/"),
    "gist": _gist,
}
HEXO: dict[str, Shortcode] = {
    "asset_img": _asset_image,
    "asset_path": _target("path"),
    "img": _asset_image,
    "blockquote": _quote,
    "quote": _quote,
    "codeblock": _fence,
    "code": _fence,
    "gist": _gist,
    "link": _link,
    "post_link": _post_link,
    "post_path": _target("post"),
    "raw": _inner,
    "vimeo": _video("https://vimeo.com/"),
    "youtube": _video("https://www.youtube.com/watch?v="),
}
JEKYLL: dict[str, Shortcode] = {
    "gist": _gist,
    "highlight": _fence,
    "link": _link,
    "post_url": _target("post"),
    "raw": _inner,
}
ZOLA: dict[str, Shortcode] = {
    "figure": _figure,
    "gist": _gist,
    "quote": _quote,
    "vimeo": _video("https://vimeo.com/"),
    "youtube": _video("https://www.youtube.com/watch?v="),
}
CALLS: dict[str, dict[str, Shortcode]] = {
    "hugo": HUGO,
    "hexo": HEXO,
    "jekyll": JEKYLL,
    "zola": ZOLA,
}
ENCLOSING = frozenset({"highlight", "codeblock", "code", "blockquote", "quote", "raw"})
"""Names that have an end, and text before it."""
