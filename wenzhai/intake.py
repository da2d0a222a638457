"""What a person names for import becomes texts: files, folders, addresses or standard input.

Owns what of it is asked for and what only came along; how each is read is other modules'.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from wenzhai.archives import ZIP
from wenzhai.file_intake import Found, Ground, find_offers, in_archive
from wenzhai.importers.formats import is_container, unknown_kind
from wenzhai.importers.sniff import sniff
from wenzhai.importers.subscriptions import read_opml
from wenzhai.offers import OPML, Offer
from wenzhai.problems import Problem
from wenzhai.site_intake import SiteFile

LARGEST_INPUT = 100_000_000
"""Bytes of standard input that are read; it may be an archive."""
AT_ONCE = 8
"""Feeds of a list that are fetched at a time; they are on different hosts as a rule."""
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

Fetch = Callable[[str], Offer | Problem]
"""Fetch what an address gives."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What was found: texts, what is wrong with things asked for, and notes on folders' rest.

    ``files`` are images that the articles of another site show, or that came along with pages.
    """

    offers: tuple[Offer, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    files: tuple[SiteFile, ...] = ()

    @property
    def misnamed(self) -> bool:
        """Tell whether something was named that is not there."""
        return any(item.code == "E713" for item in self.problems)


def take_in(sources: Sequence[str], ground: Ground, stdin: BinaryIO, fetch: Fetch) -> Intake:
    """Read all that the command line names; ``-`` is standard input, addresses are fetched.

    Problem codes: those of find_offers and ``fetch``, W702 kind not understood.
    """
    offers: dict[tuple[str, bytes, Path | None], Offer] = {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    files: dict[str, SiteFile] = {}
    found: list[Found]
    for source in sources:
        if source == "-":
            found = list(_standard_input(stdin, ground))
        elif ADDRESS.match(source):
            found = [fetch(source)]
        else:
            found = list(find_offers(source, ground))
        for item in _subscribed(found, fetch):
            if isinstance(item, Offer):
                offers.setdefault((item.name, item.content, item.file), item)
            elif isinstance(item, SiteFile):
                files.setdefault(item.name, item)
            elif item.code == "W739" or (item.code == "W702" and item.span.path != source):
                notes.append(item)
            else:
                problems.append(item)
    return Intake(tuple(offers.values()), tuple(problems), tuple(notes), tuple(files.values()))


def _subscribed(found: Iterable[Found], fetch: Fetch) -> Iterator[Found]:
    """Put the feeds that a list of subscriptions names in its place."""
    for item in found:
        if not isinstance(item, Offer) or not item.name.lower().endswith(OPML):
            yield item
            continue
        urls = read_opml(item.read(), item.shown)
        if isinstance(urls, Problem):
            yield urls
            continue
        with ThreadPoolExecutor(AT_ONCE) as threads:
            yield from threads.map(fetch, urls)


def _standard_input(stdin: BinaryIO, ground: Ground) -> Iterator[Found]:
    """Read what is piped in; its bytes tell its kind."""
    content = stdin.read(LARGEST_INPUT + 1)
    kind = sniff(content) or ".txt"
    if kind == ZIP:
        yield from in_archive(io.BytesIO(content), "-", "archive", ground)
    elif kind == OPML or is_container(f"-{kind}"):
        yield Offer("-", f"feed-{sha256(content).hexdigest()[:8]}{kind}", content)
    else:
        yield unknown_kind(f"-{kind}") or Offer("-", "", content, kind=kind)
