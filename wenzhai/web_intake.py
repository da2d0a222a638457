"""What an address gives for import: its answer under a name of its own, with where it came from."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from wenzhai.fetching import Fetched, Web
from wenzhai.importers.formats import unknown_kind
from wenzhai.importers.origin import Origin, source_name
from wenzhai.importers.sniff import kind_of_answer
from wenzhai.offers import OPML, Offer
from wenzhai.problems import Problem, Span, problem


def offer_of(url: str, web: Web, moment: str) -> Offer | Problem:
    """Fetch an address for import; ``moment`` is now, ISO 8601 with offset.

    Problem codes: E738 of no kind that can be converted; those of :meth:`Web.fetch`.
    """
    found = web.fetch(url)
    if isinstance(found, Problem):
        return found
    suffix = _suffix(found)
    if not suffix or (suffix != OPML and unknown_kind(f"answer{suffix}")):
        kind = found.content_type or "—"
        return problem("E738", Span(url), address=found.url, kind=kind)
    origin = Origin(url, found.url, moment, found.charset)
    return Offer(url, source_name(url, suffix), found.content, origin=origin)


def _suffix(found: Fetched) -> str:
    name = PurePosixPath(urlsplit(found.url).path).name
    return kind_of_answer(found.content_type, found.content, name)
