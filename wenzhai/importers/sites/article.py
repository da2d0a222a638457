"""An article of another generator's site becomes one of ours."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from wenzhai.importers.origin import Former
from wenzhai.importers.record import Field, Record
from wenzhai.importers.sites.body import rewrite_body
from wenzhai.importers.sites.fields import ORDER, map_front
from wenzhai.importers.sites.front import read_front
from wenzhai.importers.sites.kinds import LAYOUTS
from wenzhai.importers.sites.shortcodes import Resolve
from wenzhai.importers.text import Conversion

CONVERTERS = tuple(f"{kind}/1" for kind in sorted(LAYOUTS))
"""A version for each generator."""
HEADING = re.compile(r"^(?:#[ \t]+\S|[^\n]+\n=+[ \t]*$)", re.MULTILINE)


def convert_site_article(text: str, former: Former, today: str) -> Conversion | None:
    """Convert an article; None where its front matter cannot be read.

    Args:
        text: the decoded file.
        former: of which generator it is, where it stood, and what its references lead to.
        today: ISO 8601 day for ``added``.
    """
    front = read_front(text, former.kind)
    if front is None:
        return None
    mapped = map_front(front, former.kind)
    resolve = _resolver(former.links)
    made = rewrite_body(front.body, former.kind, resolve, front.line)
    fields = {one.name: one for one in mapped.fields}
    if "title" not in fields and not HEADING.search(made.body):
        fields["title"] = Field("title", _stem(former.path), proposed=True)
    if cover := fields.get("cover"):
        moved = resolve("path", str(cover.value))
        fields["cover"] = replace(cover, value=moved or cover.value)
    if made.excerpt and "summary" not in fields:
        fields["summary"] = Field("summary", made.excerpt, made.excerpt)
    fields |= _addressed(fields.get("aliases"), former)
    if former.draft:
        fields.setdefault("draft", Field("draft", True))  # noqa: FBT003  # its value
    fields.setdefault("added", Field("added", today))
    ordered = tuple(fields[name] for name in ORDER if name in fields)
    record = Record(
        converter=next(one for one in CONVERTERS if one.startswith(f"{former.kind}/")),
        fields=ordered,
        removed=(*mapped.removed, *made.removed),
    )
    return Conversion(
        tuple((one.name, one.value) for one in ordered), made.body.lstrip("\n"), record
    )


def _stem(path: str) -> str:
    """Return what names a file: its stem without a date, or the folder of a bundle."""
    place = PurePosixPath(path)
    stem = place.parent.name if place.stem == "index" and place.parent.name else place.stem
    return re.sub(r"^\d{4}-\d\d-\d\d[-_ ]+(?=.)", "", stem)


def _resolver(links: tuple[tuple[str, str], ...]) -> Resolve:
    known = dict(links)
    return lambda kind, target: known.get(f"{kind}:{target}", "")


def _addressed(aliases: Field | None, former: Former) -> dict[str, Field]:
    """Add the address that the article had, so that links to it go on working."""
    known = aliases.value if aliases and isinstance(aliases.value, tuple) else ()
    every = tuple(dict.fromkeys((*known, *((former.address,) if former.address else ()))))
    written = aliases.written if aliases else ""
    return (
        {"aliases": Field("aliases", every, written, aliases.line if aliases else 0)}
        if every
        else {}
    )
