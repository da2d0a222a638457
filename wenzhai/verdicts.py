"""What is to be done about one source: convert it, leave it, or tell a person.

Owns the rule that a person's edit is never overwritten: the record of the last conversion tells
who changed what since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from wenzhai.conflict_file import discard_conflict, noted_conflict
from wenzhai.conversions import accepted, compare, is_edited, is_outdated_record, write_file
from wenzhai.digest import digest_bytes
from wenzhai.model import RelPath
from wenzhai.pairing import Pair, digest_of
from wenzhai.problems import Problem, Span, problem
from wenzhai.records import day_added, dump_record, is_held, last_text, read_record


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for beyond a build.

    ``only`` are the sources to look at (None: all); ``force`` converts them whatever their
    articles hold, ``keep`` accepts articles beside sources that changed, ``accept`` publishes
    articles that are held or would be.
    """

    only: frozenset[RelPath] | None = None
    force: bool = False
    keep: bool = False
    accept: bool = False

    @property
    def again(self) -> bool:
        """Tell whether sources that are in order must be looked at all the same."""
        return self.force or self.accept


@dataclass(frozen=True, slots=True)
class Place:
    """The folder that paths of pairs start from, and what is wished for there."""

    folder: Path
    wish: Wish


@dataclass(frozen=True, slots=True)
class Before:
    """What stands where an article goes: its bytes, its record, whether a person edited it.

    ``renewed`` tells that not the source but the converter is another one since.
    """

    article: bytes
    record: dict[str, object]
    edited: bool
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A conversion to make: ``added`` is the day to keep, or empty.

    ``before`` is what has a say in what becomes of it; None where it simply is to be written.
    """

    pair: Pair
    added: str = ""
    before: Before | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A pair that is in order now; ``written`` tells whether its article was.

    ``renewed`` tells that a newer converter was the reason.
    """

    pair: Pair
    written: bool = False
    renewed: bool = False
    notes: tuple[Problem, ...] = ()


NO_WISH = Wish()


def judge(place: Place, pair: Pair, source: Callable[[], str]) -> Wanted | Settled | Problem:
    """Decide about one source; ``source`` gives the SHA-256 by which records know it.

    Problem codes: W704 both changed and the last conversion is not known, W705 article without
    record, W706 record not readable, E708 not readable, W753 article edited meanwhile.
    """
    if not pair.article_digest:
        return Wanted(pair)
    record = read_record(place.folder / pair.record)
    if place.wish.force:
        return Wanted(pair, day_added(record))
    if record is None:
        code = "W706" if pair.record_digest else "W705"
        where = pair.record if pair.record_digest else pair.article
        return problem(code, Span(where), article=pair.article, source=pair.source)
    try:
        return _compare(place, pair, record, source())
    except OSError as error:
        return problem("E708", Span(pair.source), reason=error.strerror or error)


def _compare(
    place: Place, pair: Pair, record: dict[str, object], source: str
) -> Wanted | Settled | Problem:
    """Let the record tell who changed what; carry out what a person decided."""
    article = (place.folder / pair.article).read_bytes()
    verdict = compare(record, source, sha256(article).hexdigest())
    if verdict == "settled" and place.wish.accept and is_held(record):
        return write_pair(place, pair, *accepted(article, record))
    if verdict == "settled" and noted_conflict(record):
        discard_conflict(place.folder / pair.article, record)
        rest = {key: value for key, value in record.items() if key != "conflict"}
        return write_pair(place, pair, article, dump_record(rest))
    if verdict == "settled":
        return _renew(place, pair, record, article)
    edited = verdict == "both changed"
    if edited and last_text(record) is None and not place.wish.keep:
        return problem("W704", Span(pair.source), article=pair.article, source=pair.source)
    return Wanted(pair, day_added(record), Before(article, record, edited))


def _renew(place: Place, pair: Pair, record: dict[str, object], article: bytes) -> Wanted | Settled:
    """Convert what an older converter made again, unless only a person could merge the edits."""
    edited = is_edited(record, sha256(article).hexdigest())
    known = not edited or last_text(record) is not None
    if place.wish.keep or not known or not is_outdated_record(record):
        return Settled(pair)
    return Wanted(pair, day_added(record), Before(article, record, edited, renewed=True))


def write_pair(place: Place, pair: Pair, article: bytes, record: bytes) -> Settled | Problem:
    """Write what differs of article and record; a process killed between the two does no harm.

    A record that vouches for a new article alone goes first: one without its article is no
    more than none. Otherwise the article goes first: beside its old record it looks edited. An
    article that somebody edited since it was judged stays (W753).

    Raises:
        OSError: if one cannot be written.
    """
    after = replace(pair, article_digest=digest_bytes(article), record_digest=digest_bytes(record))
    files = [(pair.article, article, after.article_digest != pair.article_digest)]
    files.append((pair.record, record, after.record_digest != pair.record_digest))
    if digest_of(place.folder / pair.article) != pair.article_digest:
        return problem("W753", Span(pair.article), source=pair.source)
    for path, content, differs in files if pair.article_digest else reversed(files):
        if differs:
            write_file(place.folder / path, content)
    return Settled(after, after.article_digest != pair.article_digest)
