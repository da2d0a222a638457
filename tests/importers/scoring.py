"""Scores: how near conversions of annotated texts come to what a careful editor would make.

A case's score is the weighted mean of its dimensions. A field counts where something is expected,
and where something was made up; texts are compared as they are rendered, widths and white space
aside. Run as a script, it prints the table for the cases the importer is tuned on and for those
that nobody looks at while working on it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from annotated import Case, blocks_of, read_case, squeeze

from wenzhai.frontmatter import read_front_matter
from wenzhai.importers.account import account, body_text
from wenzhai.importers.decode import Decoded, decode
from wenzhai.importers.text import Conversion, convert_text, markdown

WEIGHTS = {
    "title": 2.0,
    "date": 1.5,
    "author": 1.0,
    "editor": 0.5,
    "region": 1.0,
    "source": 1.0,
    "source_url": 1.0,
    "original_title": 0.5,
    "tags": 1.0,
    "related": 1.5,
    "hot": 1.5,
    "headings": 2.0,
    "captions": 2.0,
    "paragraphs": 4.0,
    "clean": 2.0,
    "kept": 2.0,
    "valid": 1.0,
}
FIELDS = tuple(WEIGHTS)[:9]
DATA = Path(__file__).parents[1] / "data"
SETS = {"tuned": DATA / "layouts", "unseen": DATA / "unseen"}
LONG = 6
"""Characters from which on a text found anywhere in the body is no chance."""


def convert_case(case: Case, name: str) -> Conversion:
    """Convert a case's source from its bytes."""
    read = decode(case.source.encode(case.how.get("encoding", "utf-8")))
    assert isinstance(read, Decoded)
    zone = case.how.get("zone", "Asia/Shanghai")
    return convert_text(read.text, f"{name}.txt", "2026-01-02", zone)


def score_case(case: Case, made: Conversion) -> dict[str, float]:
    """Return the score of each dimension that counts, 0 to 1."""
    scores = {name: _field(case, made, name) for name in FIELDS}
    scores["related"] = _overlap(
        [*map(squeeze, case.related)], [squeeze(row.title) for row in made.record.related]
    )
    scores["hot"] = _overlap(
        [(rank, squeeze(title), views) for rank, title, views in case.hot],
        [(row.rank, squeeze(row.title), row.views) for row in made.record.hot],
    )
    shown = [block for block in blocks_of(made.body) if block[1] not in case.optional]
    for dimension, kinds in (("headings", "H"), ("captions", "C"), ("paragraphs", "P")):
        wanted, found = ([t for kind, t in b if kind[0] in kinds] for b in (case.blocks, shown))
        overlap = _overlap(wanted, found)
        ordered = _in_order(wanted, found) if dimension == "paragraphs" else 1.0
        scores[dimension] = None if overlap is None else overlap * ordered
    scores["clean"] = _clean(case, made, shown)
    scores["kept"] = float(account(case.source, made) == "")
    scores["valid"] = float(_is_valid(made))
    return {name: value for name, value in scores.items() if value is not None}


def total(scores: Mapping[str, float]) -> float:
    """Return the weighted mean of a case's dimensions."""
    weight = sum(WEIGHTS[name] for name in scores)
    return sum(WEIGHTS[name] * value for name, value in scores.items()) / weight


def read_set(folder: Path) -> dict[str, Case]:
    """Read all cases of a folder, by name."""
    return {path.stem: read_case(path) for path in sorted(folder.glob("*.case"))}


def score_set(cases: Mapping[str, Case]) -> dict[str, dict[str, float]]:
    """Convert and score cases, by name."""
    return {name: score_case(case, convert_case(case, name)) for name, case in cases.items()}


def _field(case: Case, made: Conversion, name: str) -> float | None:
    wanted, found = case.fields.get(name), dict(made.front).get(name)
    if wanted is None and found is None:
        return None
    if wanted is None or found is None:
        return 0.0
    if isinstance(wanted, list):
        assert isinstance(found, tuple)
        return _overlap([*map(squeeze, wanted)], [*map(squeeze, found)])
    if name == "date" and str(wanted) != str(found):
        return 0.5 * (str(wanted)[:10] == str(found)[:10])
    return float(squeeze(wanted) == squeeze(found))


def _overlap(wanted: Sequence[object], found: Sequence[object]) -> float | None:
    """Return F1 over items, or None where there are none and none are wanted."""
    if not wanted and not found:
        return None
    common = sum((Counter(wanted) & Counter(found)).values())
    return 2 * common / (len(wanted) + len(found))


def _in_order(wanted: Sequence[str], found: Sequence[str]) -> float:
    """Return the share of common texts that stand in the wanted order."""
    places = [wanted.index(text) for text in found if text in wanted]
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails) / len(places) if places else 1.0


def _clean(case: Case, made: Conversion, shown: Iterable[tuple[str, str]]) -> float | None:
    """Return the share of the page's furniture that stays out of the body."""
    texts, whole = {text for _, text in shown}, squeeze(body_text(made.body))
    furniture = [text for text in case.furniture if text]
    leaked = [text for text in furniture if text in texts or (len(text) >= LONG and text in whole)]
    return 1 - len(leaked) / len(furniture) if furniture else None


def _is_valid(made: Conversion) -> bool:
    return not read_front_matter(markdown(made), "a.md")[1]


def _print_table(sets: Mapping[str, Mapping[str, Mapping[str, float]]]) -> None:
    columns = {name: list(cases.values()) for name, cases in sets.items()}
    print(f"{'':15}" + "".join(f"{name:>10}" for name in columns))  # noqa: T201  # a table to read
    for dimension in WEIGHTS:
        means = [_mean(c[dimension] for c in cases if dimension in c) for cases in columns.values()]
        print(f"{dimension:15}" + "".join(f"{mean:10.3f}" for mean in means))  # noqa: T201  # a table to read
    totals = [_mean(map(total, cases)) for cases in columns.values()]
    print(f"{'total':15}" + "".join(f"{mean:10.3f}" for mean in totals))  # noqa: T201  # a table to read


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else float("nan")


if __name__ == "__main__":
    _print_table({name: score_set(read_set(folder)) for name, folder in SETS.items()})
