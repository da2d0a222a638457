"""Memoised steps: found or computed, alone or by workers, the result is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from wenzhai.digest import digest_bytes
from wenzhai.execution import Made, Read
from wenzhai.memo import ALONE, Memo, Result
from wenzhai.model import Digest
from wenzhai.packs import MissingBlobError
from wenzhai.problems import Span, problem
from wenzhai.store import Store

CODE = Digest("code")
MANY = ALONE * 3


def shout(_read: Read, word: str) -> Made:
    """Return the word in capitals, twice."""
    return Made(word.upper(), (word * 2).encode())


def grumble(_read: Read, word: str) -> Made:
    """Warn about every word."""
    return Made(word, b"", (problem("W302", Span(f"{word}.md")),))


def fail(_read: Read, word: str) -> Made:
    """Fail for every word but the good one."""
    bad = () if word == "good" else (problem("E501", Span(word, 3), reason="broken"),)
    return Made(word, b"", bad)


def copy(read: Read, content: Digest) -> Made:
    """Return the bytes behind a digest."""
    return Made("", read(content))


def crash(_read: Read, word: str) -> Made:
    """Raise, as a bug would."""
    raise ZeroDivisionError(word)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def memo(folder: Path) -> Iterator[Memo]:
    yield from opened(folder)


def opened(folder: Path, jobs: int = 1) -> Iterator[Memo]:
    store = Store(folder, CODE)
    yield Memo(store, {}, jobs)
    store.close()


def words(count: int) -> list[tuple[str]]:
    return [(f"word{number}",) for number in range(count)]


def test_a_result_is_found_the_second_time(memo: Memo) -> None:
    first = memo.call("shout", shout, "a")
    assert (first.record, memo.read(Digest(first.content)), memo.ran["shout"]) == ("A", b"aa", 1)
    assert memo.call("shout", shout, "a") == first
    assert memo.ran["shout"] == 1


def test_a_result_is_found_by_the_next_build(folder: Path) -> None:
    store = Store(folder, CODE)
    first = Memo(store, {}).call("shout", shout, "a")
    store.close()
    store = Store(folder, CODE)
    memo = Memo(store, {})
    assert memo.call("shout", shout, "a") == first
    assert (memo.ran["shout"], memo.number) == (0, 2)
    store.close()


def test_another_argument_or_step_is_computed(memo: Memo) -> None:
    memo.call("shout", shout, "a")
    assert memo.call("shout", shout, "b").record == "B"
    assert memo.call("grumble", grumble, "a").record == "a"
    assert memo.ran == {"shout": 2, "grumble": 1}


def test_results_stand_in_the_order_of_calls(memo: Memo) -> None:
    memo.map("shout", shout, [("c",), ("a",)])
    found = memo.map("shout", shout, [("a",), ("b",), ("c",), ("a",)])
    assert [one.record for one in found] == ["A", "B", "C", "A"]
    assert memo.ran["shout"] == 3


@pytest.mark.parametrize("step", [shout, grumble, fail])
def test_workers_give_the_same_as_one_process(tmp_path: Path, step: Callable[..., Made]) -> None:
    def results(name: str, jobs: int) -> list[tuple[Result, bytes]]:
        store = Store(tmp_path / name, CODE)
        memo = Memo(store, {}, jobs)
        found = memo.map("step", step, words(MANY))
        read = [memo.read(Digest(one.content)) if one.content else b"" for one in found]
        store.close()
        return list(zip(found, read, strict=True))

    assert results("alone", 1) == results("workers", 2)


def test_workers_keep_what_they_made_for_the_next_build(folder: Path) -> None:
    store = Store(folder, CODE)
    first = Memo(store, {}, 2).map("shout", shout, words(MANY))
    memo = Memo(store, {}, 2)
    assert memo.map("shout", shout, words(MANY)) == first
    assert memo.ran["shout"] == 0
    store.close()


def test_warnings_are_told_again_when_a_result_is_found(memo: Memo) -> None:
    first = memo.call("grumble", grumble, "a").problems
    assert [item.code for item in first] == ["W302"]
    assert memo.call("grumble", grumble, "a").problems == first


def test_errors_are_told_and_never_kept(memo: Memo) -> None:
    rows = memo.map("fail", fail, [("good",), ("bad",)])
    assert [len(row.problems) for row in rows] == [0, 1]
    memo.map("fail", fail, [("good",), ("bad",)])
    assert memo.ran["fail"] == 3


def test_a_step_reads_sources_and_results_by_digest(tmp_path: Path, folder: Path) -> None:
    source = tmp_path / "source.md"
    source.write_bytes(b"source")
    store = Store(folder, CODE)
    memo = Memo(store, {digest_bytes(b"source"): str(source)})
    made = memo.call("shout", shout, "a")
    assert memo.read(Digest(memo.call("copy", copy, digest_bytes(b"source")).content)) == b"source"
    assert memo.read(Digest(memo.call("copy", copy, made.content).content)) == b"aa"
    with pytest.raises(MissingBlobError):
        memo.call("copy", copy, digest_bytes(b"nowhere"))
    store.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bug_in_a_step_is_raised_and_nothing_of_it_kept(folder: Path, jobs: int) -> None:
    store = Store(folder, CODE)
    with pytest.raises(ZeroDivisionError):
        Memo(store, {}, jobs).map("crash", crash, words(MANY))
    assert store.traces("crash") == {}
    store.close()


class Stepper:
    """Something with a method, which could hide state from the key."""

    def step(self, _read: Read, word: str) -> Made:
        """Return the word."""
        return Made(word)


def _closure(hidden: str) -> Callable[..., Made]:
    def step(_read: Read, word: str) -> Made:
        return Made(word + hidden)

    return step


@pytest.mark.parametrize(
    "step",
    [lambda _read, word: Made(word), _closure("x"), Stepper().step, partial(shout)],
    ids=["lambda", "closure", "method", "partial"],
)
def test_what_could_hide_an_input_is_no_step(memo: Memo, step: Callable[..., Made]) -> None:
    with pytest.raises((TypeError, AttributeError)):
        memo.call("step", step, "a")


def test_an_argument_that_can_change_is_refused(memo: Memo) -> None:
    with pytest.raises(TypeError):
        memo.call("shout", shout, ["a"])


def test_progress_is_told_up_to_the_end(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    store = Store(folder, CODE)
    Memo(store, {}, 1, lambda *row: told.append(row)).map("shout", shout, words(3))
    assert told[-1] == ("shout", 3, 3)
    store.close()
