"""One item that crashes, hangs or raises takes nothing with it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from wenzhai import converting
from wenzhai.crew import AHEAD, Duty, work_through
from wenzhai.deadline import limits_time
from wenzhai.importers.tags import TagStatistics


class PassedError(Exception):
    """One that is to be raised in the parent."""


def work(item: object) -> str:
    if item == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "hang":
        time.sleep(60)
    if item == "stuck":  # as a C library that never looks up
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(60)
    if item == "bug":
        raise LookupError
    if item == "passed":
        raise PassedError
    return f"{item} done"


def failed(item: object, reason: str) -> str:
    return f"{item} {reason}"


DUTY = Duty(work, failed, 0.3, (PassedError,))


@pytest.mark.parametrize("jobs", [0, 1, 3])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(work_through(DUTY, range(50), jobs)) == [f"{item} done" for item in range(50)]


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="the system has no alarms")
@pytest.mark.parametrize(
    ("item", "reason"),
    [("crash", "crashed"), ("hang", "overdue"), ("stuck", "overdue"), ("bug", "LookupError")],
)
def test_item_that_fails_fails_alone(item: str, reason: str) -> None:
    found = list(work_through(DUTY, [1, item, 2, item, 3], 2))
    assert found == ["1 done", f"{item} {reason}", "2 done", f"{item} {reason}", "3 done"]


@pytest.mark.parametrize("jobs", [0, 2])
def test_exception_to_be_passed_on_is_raised_in_its_turn(jobs: int) -> None:
    results = work_through(DUTY, [1, "passed", 2], jobs)
    assert next(results) == "1 done"
    with pytest.raises(PassedError):
        next(results)


def test_no_more_items_are_taken_than_fit_in_memory() -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(10_000):
            taken.append(number)
            yield number

    results = work_through(DUTY, items(), 2)
    next(results)
    assert len(taken) <= 2 * AHEAD + 4
    results.close()  # type: ignore[attr-defined]  # a generator


def test_processes_end_with_the_work() -> None:
    results = work_through(Duty(_pid, failed, 5), range(6), 2)
    pids = set(results)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def _pid(_item: object) -> str:
    return str(os.getpid())


def test_few_conversions_start_a_process_only_where_no_deadline_rings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def work_through(_duty: object, _tasks: object, jobs: int) -> Iterator[object]:
        asked.append(jobs)
        return iter(())

    monkeypatch.setattr(converting, "work_through", work_through)

    def convert() -> None:
        list(converting.convert_all((), 1, converting.Manner("UTC", TagStatistics()), 4))

    convert()
    thread = threading.Thread(target=convert)
    thread.start()
    thread.join()
    assert asked == [0 if limits_time() else 1, 1]
