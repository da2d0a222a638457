"""Three-way merge of an article: what a person and a new conversion each did to the last one.

Pure. The body is merged by lines, which Markdown from an importer has one a paragraph, so changes
of neighbouring paragraphs are not at odds; front matter is merged by key. Where both changed the
same, nothing is decided: both versions stand between the usual conflict markers (diff3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

OURS, BASE, PARTED, THEIRS = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_FRONT = re.compile(r"---[ \t]*\n(?P<keys>(?:.*\n)*?)(?P<close>---[ \t]*(?:\n+|$))")
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*|'[^'\n]+'|\"[^\"\n]+\")[ \t]*:(?=[ \t\n])")
_FENCES = ("", "---")
"""The names of the lines around front matter among its keys."""
_UNIT = re.compile(r"(?:[ \t]*\n)*[^\n]*[^\s][^\n]*")


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands behind the markers: whose version is above, before and below."""

    ours: str
    base: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged text; ``conflicts`` are the lines (from 1) of our text where both changed it."""

    text: str
    conflicts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the three texts: our version, the base's, theirs."""

    ours: str
    base: str
    theirs: str

    @property
    def settled(self) -> str | None:
        """The version to take, or None where both sides changed it, and not to the same."""
        if self.theirs.strip() in {self.base.strip(), self.ours.strip()}:
            return self.ours if self.ours.strip() != self.base.strip() else self._spaced
        return self.theirs if self.ours.strip() == self.base.strip() else None

    @property
    def _spaced(self) -> str:
        """Of versions that differ in white space at most, the one that was changed."""
        return self.theirs if self.ours == self.base else self.ours


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines ``start`` to ``end`` of the base that were changed, and how many each side gained."""

    start: int
    end: int
    ours: int = 0
    theirs: int = 0

    def takes(self, other: _Group) -> bool:
        """Tell whether another change, not before this one, is about the same lines."""
        same_gap = self.start == self.end == other.start == other.end
        return other.start < self.end or same_gap

    def joined(self, other: _Group) -> _Group:
        """Return both changes as one."""
        end = max(self.end, other.end)
        return _Group(self.start, end, self.ours + other.ours, self.theirs + other.theirs)


def merge_articles(
    base: str, ours: str, theirs: str, labels: Labels, yields: frozenset[str] = frozenset()
) -> Merge:
    """Merge an article that a person edited with a new conversion of its source.

    Args:
        base: the last conversion, which both started from.
        ours: the article as the person left it; its line ends and byte order mark stay.
        theirs: the new conversion.
        labels: the names of the three for the markers.
        yields: front-matter keys in which a conversion only guesses: there the person is right.
    """
    if base in (ours, theirs):
        return Merge(theirs if ours == base else ours)
    plain = [text.removeprefix("\ufeff").replace("\r\n", "\n") for text in (base, ours, theirs)]
    fronts, bodies = zip(*map(_split, plain), strict=True)
    writer = _Writer(labels)
    if None in fronts:
        bodies = tuple(plain)
    else:
        for stretch in _front_stretches(*(keys or {} for keys in fronts), yields=yields):
            writer.add(stretch)
    start = len(writer.text)
    for stretch in _body_stretches(*map(_units, bodies)):
        writer.add_apart(stretch, start)
    text = writer.text.rstrip("\n") + ("\n" if plain[1].endswith("\n") else "")
    mark, newline = "\ufeff" * ours.startswith("\ufeff"), "\r\n" if "\r\n" in ours else "\n"
    return Merge(mark + text.replace("\n", newline), tuple(writer.conflicts))


def _split(text: str) -> tuple[dict[str, str] | None, str]:
    """Split a text into its front matter by key, fences included, and its body.

    None stands for front matter whose keys cannot be told apart, so that lines must do.
    """
    found = _FRONT.match(text)
    if not found:
        return (None if text.startswith(("---\n", "+++\n")) else {}), text
    keys = {"": "---\n"}
    name = ""
    for line in found["keys"].splitlines(keepends=True):
        begins = _KEY.match(line)
        if begins:
            name = begins["key"].strip("'\"")
            if name in keys:
                return None, text
            keys[name] = ""
        keys[name] += line
    return keys | {"---": found["close"]}, text[found.end() :]


def _front_stretches(
    base: Mapping[str, str],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    *,
    yields: frozenset[str],
) -> Iterator[_Stretch]:
    """Pair front matter by key: our order, then what is new, between fences."""
    names = [name for name in dict.fromkeys((*ours, *theirs, *base)) if name not in _FENCES]
    keys = []
    for name in names:
        was, mine, its = base.get(name, ""), ours.get(name, ""), theirs.get(name, "")
        guessed = name in yields and bool(was or mine)
        keys.append(_Stretch(mine, was, was if guessed else its))
    if any(stretch.settled != "" for stretch in keys):
        start, end = (_Stretch(ours.get(name, ""), "", theirs.get(name, "")) for name in _FENCES)
        keys = [start, *keys, end]
    yield from keys


def _units(body: str) -> tuple[str, ...]:
    """Split a body into lines, each with the blank lines above it."""
    return tuple(_UNIT.findall(body))


def _body_stretches(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[_Stretch]:
    """Walk along the base, one line or one group of changes that overlap at a time."""
    at = mine = its = 0
    for group in (*_groups(base, ours, theirs), _Group(len(base), len(base))):
        for _ in range(at, group.start):
            yield _Stretch(ours[mine], base[at], theirs[its])
            at, mine, its = at + 1, mine + 1, its + 1
        size = group.end - group.start
        left, right = mine + size + group.ours, its + size + group.theirs
        sides = ours[mine:left], base[at : group.end], theirs[its:right]
        yield _Stretch(*map("".join, sides))
        at, mine, its = group.end, left, right


def _groups(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Sequence[_Group]:
    """Find what was changed; changes of both sides that overlap are one group."""
    changes = [_Group(*row[:2], ours=row[2]) for row in _changes(base, ours)]
    changes += [_Group(*row[:2], theirs=row[2]) for row in _changes(base, theirs)]
    groups: list[_Group] = []
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        if groups and groups[-1].takes(change):
            groups[-1] = groups[-1].joined(change)
        else:
            groups.append(change)
    return groups


def _changes(base: Sequence[str], side: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and gain; blank lines and spaces around a line are no change of it."""
    before, after = ([unit.strip() for unit in units] for units in (base, side))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        gain = (last - first) - (end - start)
        if kind == "replace" and gain == 0:  # each line became another one
            yield from ((line, line + 1, 0) for line in range(start, end))
        elif kind != "equal":
            yield start, end, gain


@dataclass(slots=True)
class _Writer:
    """Puts stretches together; those that are not settled stand between markers.

    ``line`` is where the next stretch begins in our text.
    """

    labels: Labels
    text: str = ""
    line: int = 1
    conflicts: list[int] = field(default_factory=list)

    def add(self, stretch: _Stretch) -> None:
        """Add a stretch as it is: lines with their ends."""
        self.text += self._version(stretch)
        self.line += stretch.ours.count("\n")

    def add_apart(self, stretch: _Stretch, start: int) -> None:
        """Add lines with the blank lines above them; ``start`` is where the body begins."""
        shown = self._version(stretch)
        if self.text[start:] and shown.strip() and not shown.lstrip(" \t").startswith("\n"):
            shown = f"\n\n{shown}"
        self.text += shown if self.text[start:] else shown.lstrip("\n")
        self.line += stretch.ours.count("\n")

    def _version(self, stretch: _Stretch) -> str:
        if stretch.settled is not None:
            return stretch.settled
        above = len(stretch.ours) - len(stretch.ours.lstrip("\n"))
        self.conflicts.append(self.line + above)
        return _marked(stretch, self.labels)


def _marked(stretch: _Stretch, labels: Labels) -> str:
    """Show the three versions; where lines have their blank lines above, the markers get them."""
    versions = (stretch.ours, stretch.base, stretch.theirs)
    ours, base, theirs = (f"{text}\n" if text else "" for text in map(_trimmed, versions))
    shown = f"{OURS} {labels.ours}\n{ours}{BASE} {labels.base}\n{base}{PARTED}\n{theirs}"
    apart = not any(text.endswith("\n") for text in versions)
    return f"\n\n{shown}{THEIRS} {labels.theirs}" if apart else f"{shown}{THEIRS} {labels.theirs}\n"


def _trimmed(text: str) -> str:
    return text.strip("\n")
