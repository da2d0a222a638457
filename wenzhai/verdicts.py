"""What is to be done about one source: convert it, leave it, or tell a person.

Owns the rule that a person's edit is never overwritten: the record of the last conversion tells
who changed what since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from wenzhai.conversions import (
    accepted,
    compare,
    day_added,
    is_held,
    kept_record,
    read_record,
    write_file,
)
from wenzhai.digest import digest_bytes
from wenzhai.model import RelPath
from wenzhai.pairing import Pair
from wenzhai.problems import Problem, Span, problem
from wenzhai.snapshot import Snapshot


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
class Stage:
    """One run: where, over what, for whom, and what conversions need to know."""

    site: Path
    snapshot: Snapshot
    wish: Wish
    today: str
    zone: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A conversion to make: ``added`` is the day to keep, or empty.

    ``published`` is the record of an article that no one edited and readers may see, else None.
    """

    pair: Pair
    added: str = ""
    published: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A pair that is in order now; ``written`` tells whether its article was."""

    pair: Pair
    written: bool = False


NO_WISH = Wish()


def judge(stage: Stage, pair: Pair) -> Wanted | Settled | Problem:
    """Decide about one source: convert it, leave it, or report it."""
    if not pair.article_digest:
        return Wanted(pair)
    record = read_record(stage.site / pair.record)
    if stage.wish.force:
        return Wanted(pair, day_added(record))
    if record is None:
        code = "W706" if pair.record_digest else "W705"
        where = pair.record if pair.record_digest else pair.article
        return problem(code, Span(where), article=pair.article, source=pair.source)
    try:
        return _compare(stage, pair, record)
    except OSError as error:
        return problem("E708", Span(pair.source), reason=error.strerror or error)


def _compare(stage: Stage, pair: Pair, record: dict[str, object]) -> Wanted | Settled | Problem:
    """Let the record tell who changed what; carry out what a person decided."""
    source = source_sha256(stage, pair)
    article = (stage.site / pair.article).read_bytes()
    verdict = compare(record, source, sha256(article).hexdigest())
    if verdict == "convert":
        return Wanted(pair, day_added(record), None if is_held(record) else record)
    if verdict == "both changed" and not stage.wish.keep:
        return problem("W704", Span(pair.source), article=pair.article, source=pair.source)
    if verdict == "both changed":
        return write_pair(stage, pair, article, kept_record(record, source))
    if stage.wish.accept and is_held(record):
        return write_pair(stage, pair, *accepted(article, record))
    return Settled(pair)


def source_sha256(stage: Stage, pair: Pair) -> str:
    """Return the SHA-256 by which records know a pair's source."""
    if pair.entry:
        return pair.entry.sha256
    return sha256(stage.snapshot.read(pair.source)).hexdigest()


def write_pair(stage: Stage, pair: Pair, article: bytes, record: bytes) -> Settled:
    """Write what differs of article and record; a process killed between the two does no harm.

    A record that vouches for a new article alone goes first: one without its article is no
    more than none. Otherwise the article goes first: beside its old record it looks edited.

    Raises:
        OSError: if one cannot be written.
    """
    after = replace(pair, article_digest=digest_bytes(article), record_digest=digest_bytes(record))
    files = [(pair.article, article, after.article_digest != pair.article_digest)]
    files.append((pair.record, record, after.record_digest != pair.record_digest))
    for path, content, differs in files if pair.article_digest else reversed(files):
        if differs:
            write_file(stage.site / path, content)
    return Settled(after, after.article_digest != pair.article_digest)
