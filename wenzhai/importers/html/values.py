"""What reading a tree gathers besides its blocks, and the URLs in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

LINK_SCHEMES = frozenset({"http", "https", "mailto"})
IMAGE_SCHEMES = frozenset({"http", "https"})
_BLANKS = re.compile(r"[\t\n\r]+")


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that is not in the article: why, its text or URL, and how many like it."""

    reason: str
    text: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class FoundImage:
    """An image of the article: the URL or path that it has there, and its text."""

    url: str
    alt: str = ""


def no_file(_url: str) -> str:
    """Tell that no image lies beside the page."""
    return ""


@dataclass(slots=True)
class Finds:
    """What one walk over a tree finds; ``local`` maps an image's raw URL to a saved file."""

    base: str = ""
    local: Callable[[str], str] = no_file
    images: list[FoundImage] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def drop(self, reason: str, text: str = "") -> None:
        """Note something that is left out; white space in it does not count."""
        self.dropped.append(Dropped(reason, " ".join(text.split())))

    def link(self, href: str) -> str:
        """Return the absolute URL of a link, or an empty text where it may not stay.

        A link to another page of a site that nobody names leads nowhere from here.
        """
        url = resolve(self.base, href)
        if not url or href.strip().startswith("#"):
            return ""
        if _scheme(url) not in LINK_SCHEMES:
            self.drop("unsafe link" if _scheme(url) else "link within its site", href[:200])
            return ""
        return url

    def image(self, src: str, alt: str) -> str:
        """Return the URL of an image, or an empty text where it may not stay.

        One that was not saved with a page, whose address nobody knows, cannot be shown.
        """
        saved = self.local(src)
        url = saved or resolve(self.base, src)
        if not url or (not saved and _scheme(url) not in IMAGE_SCHEMES):
            self.drop("unusable image" if _scheme(url) else "missing image", src[:200])
            return ""
        self.images.append(FoundImage(url, alt))
        return url


def resolve(base: str, url: str) -> str:
    """Return an absolute URL (RFC 3986, 5); an address that cannot be one is empty."""
    cleaned = _BLANKS.sub("", url).strip()
    if cleaned.startswith("//") and not base:
        cleaned = f"https:{cleaned}"
    try:
        joined = urljoin(base, cleaned) if base else cleaned
        urlsplit(joined)
    except ValueError:
        return ""
    return joined


def _scheme(url: str) -> str:
    found = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*):", url)
    return found[1].lower() if found else ""
