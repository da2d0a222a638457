"""``explain PATH``: which parts of an output changed, and so why it was or would be made again."""

from __future__ import annotations

from collections.abc import Container

from wenzhai.builder import describe, produce
from wenzhai.engine import opened
from wenzhai.memo import silent
from wenzhai.model import OutPath
from wenzhai.parts import differences
from wenzhai.problems import Language
from wenzhai.request import Run
from wenzhai.session import NEVER, make_memo, make_plan
from wenzhai.sources import read_sources
from wenzhai.words import MESSAGES


def explain_path(run: Run, path: str, language: Language) -> list[str]:
    """Say why an output would be made again, or why it last was.

    Args:
        run: the build that is asked about; nothing is published.
        path: an output file, or an address below the site's root.
        language: of the sentences.

    Returns:
        Lines of text; only one where there is no such output.
    """
    words = MESSAGES[language]
    with opened(run) as store:
        sources = read_sources(store, run, convert=False)
        memo = make_memo(store, sources, 1, silent)
        work = make_plan(run, sources, memo)
        name = _out_path(path, run, work.targets.keys())
        target = work.targets.get(name)
        if target is None:
            return [words["unknown"].format(path=path)]
        if target.step == "copy":
            return [words["copy"].format(path=name, origin=target.origin), f"  {target.origin}"]
        key, before, *_ = store.outputs().get(name, NEVER)
        names, now = describe(target, work.frames)
        then = store.record(target.step, key)
        earlier = store.record(target.step, before) if before else ""
        outputs, _ = produce(work, memo, [name])
    origin = f"  {target.origin}"
    if not key:
        return [words["never"].format(path=name), origin]
    if outputs[name].key != key:
        return [words["would"].format(path=name), *_listed(differences(names, then, now))]
    if earlier:
        return [words["was"].format(path=name), *_listed(differences(names, earlier, then))]
    return [words["same" if before else "first"].format(path=name), origin]


def _out_path(path: str, run: Run, known: Container[str]) -> OutPath:
    """Accept a path as the shell completes it, with the output folder, or an address."""
    text = path.removeprefix(f"{run.output.name}/").strip("/")
    candidates = (text, f"{text}/index.html".lstrip("/"))
    found = (one for one in candidates if one in known)
    return OutPath(next(found, text))


def _listed(names: tuple[str, ...]) -> list[str]:
    return [f"  - {name}" for name in names]
