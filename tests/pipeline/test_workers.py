"""Executors: order kept, errors handed over as values, memory bounded."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import BrokenFile, LodewireError, RateLimited
from lodewire.pipeline.workers import InlineExecutor, in_order, keep_tables, open_executor


def square(number: int) -> int:
    """Square; negative numbers are refused."""
    if number < 0:
        raise BrokenFile(f"{number} is negative", hint="Take another.")
    return number * number


def refuse(number: int) -> int:
    """Refuse with an error that holds more than its message."""
    raise RateLimited("later", hint="Wait.", retry_after=float(number))


@pytest.fixture(params=["inline", "threads", "processes"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    """The three kinds of executor that a run may get."""
    if request.param == "threads":
        with ThreadPoolExecutor(3) as pool:
            yield pool
        return
    with open_executor(1 if request.param == "inline" else 2) as pool:
        yield pool


def test_results_come_in_the_order_of_the_arguments(executor: Executor) -> None:
    """Whoever finishes first."""
    assert list(in_order(executor, square, range(30))) == [(n, n * n) for n in range(30)]


def test_an_error_is_a_value_and_the_others_go_on(executor: Executor) -> None:
    """One bad page never stops the rest; its message and hint survive the way between processes."""
    found = dict(in_order(executor, square, [1, -2, 3]))
    assert found[1] == 1
    assert found[3] == 9
    error = found[-2]
    assert isinstance(error, BrokenFile)
    assert error.message == "-2 is negative"
    assert error.hint == "Take another."


def test_errors_keep_what_they_carry(executor: Executor) -> None:
    """A subclass's own fields too."""
    ((_, error),) = in_order(executor, refuse, [7])
    assert isinstance(error, RateLimited)
    assert (error.retry_after, error.hint) == (7.0, "Wait.")


@given(st.lists(st.integers(-5, 50), max_size=40), st.integers(1, 9))
def test_nothing_is_lost_or_doubled(numbers: list[int], window: int) -> None:
    """Whatever the window."""
    found = list(in_order(InlineExecutor(), square, numbers, window=window))
    assert [n for n, _ in found] == numbers
    assert all(isinstance(told, LodewireError) == (n < 0) for n, told in found)


@pytest.mark.parametrize("window", [1, 2, 5])
def test_the_reader_runs_ahead_no_further_than_the_window(window: int) -> None:
    """Arguments are taken as results are: a million pages are not loaded at once."""
    taken = 0

    def arguments() -> Iterator[int]:
        nonlocal taken
        for number in range(40):
            taken += 1
            yield number

    with ThreadPoolExecutor(2) as pool:
        for done, _ in enumerate(in_order(pool, square, arguments(), window=window), start=1):
            assert taken <= done + window


def test_pages_are_worked_on_at_the_same_time() -> None:
    """Two that wait for each other both end."""
    meet = threading.Barrier(2, timeout=5)
    with ThreadPoolExecutor(2) as pool:
        found = list(in_order(pool, lambda _: meet.wait(), range(2), window=2))
    assert sorted(told for _, told in found) == [0, 1]  # type: ignore[type-var]


def test_a_slow_first_page_does_not_change_the_order() -> None:
    """Results wait for their turn."""
    with ThreadPoolExecutor(4) as pool:
        found = list(
            in_order(pool, lambda n: time.sleep(0.05 if n == 0 else 0) or n, range(8), window=4)
        )
    assert [told for _, told in found] == list(range(8))


def test_stopping_is_not_taken_for_a_bad_page() -> None:
    """Ctrl-C in a call ends the loop."""

    def stop(_: int) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(in_order(InlineExecutor(), stop, [1]))


def test_one_worker_is_this_process() -> None:
    """No process is started for it."""
    with open_executor(1) as executor:
        assert isinstance(executor, InlineExecutor)
        assert executor.submit(threading.get_ident).result() == threading.get_ident()


def frozen_and_threshold(_: int) -> tuple[int, int]:
    """What the collector passes over, and how often it looks, once the tables are kept."""
    keep_tables()
    return gc.get_freeze_count(), gc.get_threshold()[0]


def test_a_worker_keeps_its_tables_from_the_collector() -> None:
    """Once a process; asking again changes nothing."""
    with open_executor(2) as pool:
        told = [found for _, found in in_order(pool, frozen_and_threshold, range(4))]
    assert all(isinstance(t, tuple) and t[0] > 1000 and t[1] > 700 for t in told)
