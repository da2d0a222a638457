"""The places that imported texts get in a site, and what else stands or is planned there."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from wenzhai.import_offers import Reading
from wenzhai.importers.formats import is_container, unknown_kind
from wenzhai.importers.origin import ORIGIN, read_origin
from wenzhai.offers import Offer
from wenzhai.pairing import article_of
from wenzhai.problems import Problem, Span, problem
from wenzhai.records import record_path


class Clashes:
    """What stands or is planned where imported texts would go; each folder is listed once.

    ``force`` lets sources of the same name be replaced.
    """

    def __init__(self, site: Path, *, force: bool) -> None:
        """Begin with what lies in a site."""
        self._site = site
        self._force = force
        self._listed: set[PurePosixPath] = set()
        self._names: dict[str, str] = {}
        self._articles: dict[str, str] = {}
        self._planned: dict[str, Offer] = {}

    def find(self, one: Reading) -> Problem | None:
        """Find what a text would take the place of; where it may go, it is planned from now on.

        Problem codes: E703 another source of the article, E710 name taken, W705 article by hand.
        """
        if one.offer.inside:
            return None
        clash = self._near(one) or (None if self._force else _there(self._site, one))
        if clash is None:
            self._planned[one.source] = one.offer
            self._enter(one.source)
        return clash

    def _near(self, one: Reading) -> Problem | None:
        """Find another source for the same article, or one whose name some systems take for it."""
        self._list(PurePosixPath(one.source).parent)
        span, article = Span(one.offer.shown), article_of(one.source)
        if one.source in self._planned:
            return problem("E710", span, other=self._planned[one.source].shown)
        twin = self._names.get(one.source.casefold(), one.source)
        if twin != one.source:
            return problem("E710", span, other=self._shown(twin))
        rival = self._articles.get(article.casefold(), one.source)
        if rival == one.source:
            return None
        return problem("E703", span, other=self._shown(rival), article=article)

    def _shown(self, source: str) -> str:
        return self._planned[source].shown if source in self._planned else source

    def _list(self, folder: PurePosixPath) -> None:
        if folder not in self._listed and (self._site / folder).is_dir():
            for item in sorted((self._site / folder).iterdir()):
                self._enter((folder / item.name).as_posix())
        self._listed.add(folder)

    def _enter(self, source: str) -> None:
        self._names.setdefault(source.casefold(), source)
        if unknown_kind(source) is None:
            self._articles.setdefault(article_of(source).casefold(), source)


def _there(site: Path, one: Reading) -> Problem | None:
    """Find what stands where source or article would go."""
    place, article = site / one.source, article_of(one.source)
    if place.is_file():
        if is_container(one.offer.name):
            return None  # a later edition: what it no longer holds keeps its articles
        same = place.read_bytes() == one.offer.read() or _same_address(place, one)
        return None if same else problem("E710", Span(one.offer.shown), other=one.source)
    if (site / article).exists() and not record_path(site / article).exists():
        return problem("W705", Span(article), source=one.offer.shown, article=article)
    return None


def _same_address(place: Path, one: Reading) -> bool:
    """Tell whether a source was fetched from the same address before: then this is its new text."""
    beside = place.with_name(place.name + ORIGIN)
    if one.offer.origin is None or not beside.is_file():
        return False
    before = read_origin(beside.read_bytes())
    if before is None:
        return False
    now = one.offer.origin
    if before.former and now.former:
        return before.former.path == now.former.path
    return before.url == now.url
