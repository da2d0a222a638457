"""What becomes of an article that is there when its source is converted again.

Owns that nothing is lost: edits of a person and changes of the source are merged, and where both
changed the same, the article stays as it is and both versions go into a file beside it. A page that
readers see never makes way for a doubtful conversion.
"""

from __future__ import annotations

from dataclasses import replace

from wenzhai.conflict_file import CONFLICT, discard_conflict, write_conflict
from wenzhai.conversions import KEPT, is_draft, kept_record, pack, passed_over
from wenzhai.image_files import write_files
from wenzhai.importers.merging import Labels, Merge, merge_articles
from wenzhai.importers.text import Conversion, markdown
from wenzhai.pairing import Pair
from wenzhai.problems import Problem, Span, problem
from wenzhai.records import last_text
from wenzhai.verdicts import Before, Place, Settled, Wanted, write_pair


def reconcile(place: Place, wanted: Wanted, made: Conversion | Problem) -> Settled | Problem:
    """Write a conversion where it belongs, or tell why not.

    Problem codes: W750 doubtful conversion of a published article, W751 both changed the same,
    W752 merged (as a note), W753 article edited meanwhile, W772 merged with what a newer converter
    made (as a note).

    Raises:
        OSError: if something cannot be written.
    """
    pair, before, wish = wanted.pair, wanted.before, place.wish
    if isinstance(made, Problem):
        # The article was made of this very source; that a newer converter fails takes nothing away.
        return Settled(pair) if before and before.renewed else made
    write_files(place.folder / pair.article, made)
    if before is None:
        return _finish(place, pair, pack(made))
    if wish.keep and before.edited:
        warned = replace(made.record, warnings=(*made.record.warnings, KEPT))
        return _finish(place, pair, (before.article, pack(replace(made, record=warned))[1]), before)
    if made.record.held and not is_draft(before.article):
        return _spare(place, pair, before, made)
    if before.edited:
        return _merge(place, pair, before, made)
    return _told(_finish(place, pair, pack(made), before), before)


def _spare(place: Place, pair: Pair, before: Before, made: Conversion) -> Settled | Problem:
    """Leave a published article as it is where its source became doubtful."""
    if before.renewed:
        return _pass_over(place, pair, before, made)
    if place.wish.keep:
        kept = kept_record(before.record, made.record.source_sha256)
        return write_pair(place, pair, before.article, kept)
    percent = round(made.record.confidence * 100)
    where = {"article": pair.article, "source": pair.source}
    return problem("W750", Span(pair.source), percent=percent, **where)


def _merge(place: Place, pair: Pair, before: Before, made: Conversion) -> Settled | Problem:
    """Merge a person's edits with what is new in the conversion."""
    last = last_text(before.record) or ""
    if before.renewed and markdown(made) == last:
        return _finish(place, pair, (before.article, pack(made)[1]), before)
    ours = before.article.decode("utf-8", "surrogateescape")
    labels = Labels(pair.article, "last conversion", pair.source)
    guessed = frozenset(field.name for field in made.record.fields if field.proposed)
    merge = merge_articles(last, ours, markdown(made), labels, guessed)
    text = merge.text.encode("utf-8", "surrogateescape")
    if merge.conflicts and before.renewed:
        return _pass_over(place, pair, before, made)
    if merge.conflicts:
        return _show_conflict(place, pair, before, merge, text)
    end = _finish(place, pair, (text, pack(made)[1]), before)
    if isinstance(end, Problem) or not end.written:
        return end
    code = "W772" if before.renewed else "W752"
    end = replace(end, notes=(problem(code, Span(pair.article), source=pair.source),))
    return _told(end, before)


def _pass_over(place: Place, pair: Pair, before: Before, made: Conversion) -> Settled | Problem:
    """Leave an article to the older converter where a newer one would do it no good."""
    record = passed_over(before.record, made.record.converter)
    return write_pair(place, pair, before.article, record)


def _told(end: Settled | Problem, before: Before) -> Settled | Problem:
    """Note that a newer converter was the reason to convert."""
    return replace(end, renewed=before.renewed) if isinstance(end, Settled) else end


def _show_conflict(
    place: Place, pair: Pair, before: Before, merge: Merge, text: bytes
) -> Settled | Problem:
    """Write both versions beside the article, unless a person is at work in that file."""
    noted = write_conflict(place.folder / pair.article, before.record, text)
    if noted:
        end = write_pair(place, pair, before.article, noted)
        if isinstance(end, Problem):
            return end
    lines = ", ".join(map(str, merge.conflicts))
    shown = {"file": f"{pair.article}{CONFLICT}", "source": pair.source, "lines": lines}
    return problem("W751", Span(pair.article, merge.conflicts[0]), **shown)


def _finish(
    place: Place, pair: Pair, files: tuple[bytes, bytes], before: Before | None = None
) -> Settled | Problem:
    """Write article and record; a conflict that is no more loses its file, if it is ours still."""
    end = write_pair(place, pair, *files)
    if before and isinstance(end, Settled):
        discard_conflict(place.folder / pair.article, before.record)
    return end
