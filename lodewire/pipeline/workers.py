"""Where the heavy steps run: this process, a pool of processes, or any other Executor."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

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


@contextmanager
def open_executor(workers: int | None = None) -> Iterator[Executor]:
    """Yield a pool of ``workers`` processes (default: one a core), or this process for 1.

    Workers are started clean rather than forked: a fork would carry open database handles along.
    """
    count = workers if workers is not None else (os.cpu_count() or 1)
    if count <= 1:
        yield InlineExecutor()
        return
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(max_workers=count, mp_context=context) as pool:
        yield pool


def in_order(
    executor: Executor, call: Callable[[A], T], arguments: Iterable[A], *, window: int = 0
) -> Iterator[tuple[A, T | Exception]]:
    """Yield (argument, result or error) in the order of ``arguments``, running ahead a little.

    An error of one call is handed over as a value, so that one bad page never stops the rest.
    """
    ahead = window or _AHEAD * (os.cpu_count() or 1)
    running: deque[tuple[A, Future[T]]] = deque()

    def first() -> tuple[A, T | Exception]:
        argument, future = running.popleft()
        error = future.exception()
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
