"""Local copies of an article's images: fetched once, beside the article, noted in its record.

Article and record change together: the article shows the copies, and so does the conversion that
the record keeps, so that neither a person's edits nor a later merge are disturbed.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from wenzhai.conversions import write_file
from wenzhai.importers.image_kinds import image_kind, image_path
from wenzhai.importers.image_links import recorded_images, remote_images, with_local_images
from wenzhai.importers.record import LocalImage
from wenzhai.problems import Problem, Span, problem
from wenzhai.records import dump_record, last_text, read_record, record_path

MOST_IMAGES = 300
MOST_BYTES = 300_000_000
"""Of the images of one article."""
AT_ONCE = 4

FetchImage = Callable[[str, str], "bytes | str"]
"""Fetch an image (its URL, the article's) or say why that is not possible."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an article's images: how many have a copy now, and what is wrong."""

    count: int
    problems: tuple[Problem, ...]


def keep_images(article: Path, shown: str, fetch: FetchImage) -> Kept:
    """Give an article local copies of the images that it shows from the web.

    Args:
        article: the file; its record lies beside it.
        shown: what problems call it.
        fetch: fetches an image.

    Problem codes: W770 image not to be had, E708 cannot be read or written.
    """
    try:
        return _keep(article, shown, fetch)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        return Kept(0, (problem("E708", Span(shown), reason=reason),))


def _keep(article: Path, shown: str, fetch: FetchImage) -> Kept:
    text = article.read_bytes().decode("utf-8")
    record = read_record(record_path(article)) or {}
    wanted = list(remote_images(text).items())[:MOST_IMAGES]
    if not wanted:
        return Kept(0, ())
    source = record.get("source")
    page = str(source.get("url") or "") if isinstance(source, dict) else ""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(lambda row: fetch(row[0], page), wanted))
    kept, problems, total = [], [], 0
    for (url, line), answer in zip(wanted, answers, strict=True):
        total += len(answer) if isinstance(answer, bytes) else 0
        if isinstance(answer, bytes) and total <= MOST_BYTES:
            kept.append(_write(article, url, answer))
        else:
            reason = answer if isinstance(answer, str) else "too many bytes"
            problems.append(problem("W770", Span(shown, line), url=url, reason=reason))
    if kept:
        _rewrite(article, text, record, kept)
    return Kept(len(kept), tuple(problems))


def _write(article: Path, url: str, data: bytes) -> LocalImage:
    path = image_path(data, image_kind(data))
    place = article.parent / path
    if not (place.is_file() and place.read_bytes() == data):
        write_file(place, data)
    return LocalImage(url, path, sha256(data).hexdigest(), len(data))


def _rewrite(article: Path, text: str, record: dict[str, object], kept: list[LocalImage]) -> None:
    """Let article and record show the copies; a killed process leaves a whole file of each."""
    paths = {image.url: image.path for image in kept}
    if record:
        earlier = tuple(image for image in recorded_images(record) if image.url not in paths)
        made: dict[str, object] = {"images": [asdict(image) for image in (*earlier, *kept)]}
        last = last_text(record)
        if last is not None:
            shown = with_local_images(last, paths)
            digest = sha256(shown.encode()).hexdigest()
            made["article"] = {"sha256": digest, "lines": shown.split("\n")}
        write_file(record_path(article), dump_record(record | made))
    write_file(article, with_local_images(text, paths).encode())
