"""Where the heavy steps run: this process, a pool of processes, or any other Executor."""

from __future__ import annotations

import functools
import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from lodewire.errors import BrokenFile

P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A")

_AHEAD = 4  # tasks a worker may be ahead of the reader, so that memory stays bounded


class InlineExecutor(Executor):
    """Runs each call at once in this process: for few pages, tests, and debugging."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call ``fn`` now and return its finished future."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class RestartingPool(Executor):
    """A pool that starts anew when a worker has died: one page must not end the run."""

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._pool = make()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Submit to the pool, or to a new one where the old one is broken."""
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self._pool.shutdown(wait=False)
            self._pool = self._make()
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Shut the present pool down."""
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)


@contextmanager
def open_executor(workers: int | None = None, engine: str | None = None) -> Iterator[Executor]:
    """Yield a pool of ``workers`` processes (default: one a core), or this process for 1.

    Workers are started clean rather than forked: a fork would carry open database handles along.
    ``engine`` names the scheduler of other machines instead (:mod:`.engines`).
    """
    if engine is not None:
        from lodewire.pipeline.engines import DaskExecutor

        with DaskExecutor(engine) as others:
            yield others
        return
    count = workers if workers is not None else (os.cpu_count() or 1)
    if count <= 1:
        yield InlineExecutor()
        return
    context = multiprocessing.get_context("forkserver")
    pool = RestartingPool(lambda: ProcessPoolExecutor(max_workers=count, mp_context=context))
    with pool:
        yield pool


_ALLOCATIONS = 20_000  # objects between two looks of the collector; Python's own number is 700


@functools.cache
def keep_tables() -> None:
    """Tell the collector, once a process, that what is loaded by now stays for good.

    To be called when the first document has been read. The tables hold some hundred thousand
    objects; walking over them again and again is a tenth of the time that reading takes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)


def in_order(
    executor: Executor, call: Callable[[A], T], arguments: Iterable[A], *, window: int = 0
) -> Iterator[tuple[A, T | Exception]]:
    """Yield (argument, result or error) in the order of ``arguments``, running ahead a little.

    An error of one call is handed over as a value, so that one bad page never stops the rest. When
    a worker dies, the calls that died with it are tried once more, one at a time: the one that
    kills its worker again is the culprit, and gets a BrokenFile.
    """
    ahead = window or _AHEAD * (getattr(executor, "width", 0) or os.cpu_count() or 1)
    running: deque[tuple[A, Future[T]]] = deque()

    def first() -> tuple[A, T | Exception]:
        argument, future = running.popleft()
        error = future.exception()
        if isinstance(error, BrokenExecutor):
            future = executor.submit(call, argument)
            error = future.exception()
            if isinstance(error, BrokenExecutor):
                return argument, BrokenFile("the process that worked on it died")
        if error is None:
            return argument, future.result()
        if isinstance(error, Exception):
            return argument, error
        raise error

    for argument in arguments:
        running.append((argument, executor.submit(call, argument)))
        if len(running) >= ahead:
            yield first()
    while running:
        yield first()
