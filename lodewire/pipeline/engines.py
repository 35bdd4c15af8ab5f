"""Another engine than this machine's processes: dask.distributed, by its own executor.

What is asked of it is a pure function, so a task that is lost with its worker, or with the
scheduler, is simply asked for again. Nothing is kept on the other side: how far a run is stands in
the ledger.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from lodewire.errors import EngineAway

P = ParamSpec("P")
T = TypeVar("T")

_SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
_PATIENCE = 300.0  # seconds in which a scheduler or its workers may come back
_CONNECT = 10.0
_LOOK = 5.0  # seconds after which an answer that does not come is looked for


class DaskExecutor(Executor):
    """Runs calls on the workers of a dask scheduler; what is lost on the way is asked for again.

    ``place`` is dask://HOST:PORT, or dask+tls://HOST:PORT with the certificates of dask's own
    configuration. Raises EngineAway when nobody answers there for ``patience`` seconds, or its
    workers run another Lodewire.
    """

    def __init__(self, place: str, *, patience: float = _PATIENCE) -> None:
        self._place = place
        self._address = _address_of(place)
        self._patience = patience
        self._lock = threading.Lock()
        self._client: Any = None
        self._generation = 0
        self._inner: Any = None
        self._scheduler = ""
        self._connect(min(patience, _CONNECT))

    @property
    def width(self) -> int:
        """How many calls can run at once now."""
        try:
            workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
            return sum(int(w["nthreads"]) for w in workers) or 1
        except Exception:
            return 1

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Send a call to the workers; its future asks again by itself when the answer is lost."""
        return _Asked(self, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take leave of the scheduler; what it still holds for us is dropped."""
        client, self._client = self._client, None
        if client is not None:
            client.close(timeout=_CONNECT)

    def ask(self, fn: Callable[..., Any], args: Any, kwargs: Any) -> tuple[int, Any]:
        """Send a call; return which connection it went by, and its future there."""
        with self._lock:
            # Each call by a key of its own: the engine need not look at two megabytes to name it.
            return self._generation, self._inner.submit(fn, *args, **kwargs)

    def again(self, generation: int) -> None:
        """Connect anew, unless that was done since ``generation``. Raises EngineAway."""
        with self._lock:
            if self._generation == generation:
                self._connect(self._patience)

    def holds(self, generation: int) -> bool:
        """Tell whether the scheduler that was asked by a connection is still there.

        One that was started anew is connected to without a word, and knows no call of before.
        """
        with self._lock:
            if generation != self._generation:
                return False
            try:
                return bool(self._client.scheduler_info()["id"] == self._scheduler)
            except Exception:  # whatever cannot be asked holds nothing
                return False

    def _connect(self, patience: float) -> None:
        until = time.monotonic() + patience
        if self._client is not None:
            _close(self._client)
        while True:
            try:
                self._client = _client_at(self._address)
                break
            except (OSError, TimeoutError) as error:
                if time.monotonic() > until:
                    raise EngineAway(
                        f"{self._place}: no scheduler answers",
                        hint="Start it (dask scheduler), or leave out --executor.",
                    ) from error
                time.sleep(0.2)
        _check(self._client, self._place, max(until - time.monotonic(), _CONNECT))
        self._inner = self._client.get_executor(pure=False)
        self._scheduler = self._client.scheduler_info()["id"]
        self._generation += 1


class _Asked(Future[T]):
    """The answer to a call, wherever it is worked out, and however often it has to be asked for."""

    def __init__(self, engine: DaskExecutor, fn: Callable[..., T], args: Any, kwargs: Any) -> None:
        super().__init__()
        self._engine = engine
        self._call = (fn, args, kwargs)
        self._generation, self._answer = engine.ask(*self._call)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """Wait for the answer and return its error; ask again where it was lost."""
        while True:
            try:
                error: BaseException | None = self._answer.exception(timeout or _LOOK)
            except CancelledError as lost:
                error = lost
            except TimeoutError:
                if timeout is not None:
                    raise
                if self._engine.holds(self._generation):
                    continue
                error = CancelledError()
            if error is None or not _is_lost(error):
                return _as_broken(error)
            self._engine.again(self._generation)
            self._generation, self._answer = self._engine.ask(*self._call)

    def result(self, timeout: float | None = None) -> T:
        """Wait for the answer; raises its error."""
        error = self.exception(timeout)
        if error is not None:
            raise error
        found: T = self._answer.result(0)
        return found

    def done(self) -> bool:
        """Tell whether an answer is there."""
        return bool(self._answer.done())


def _is_lost(error: BaseException) -> bool:
    """Tell whether the answer went with its connection, rather than the call having failed."""
    from distributed.comm.core import CommClosedError

    return isinstance(error, CancelledError | CommClosedError)


def _as_broken(error: BaseException | None) -> BaseException | None:
    """A call that took several workers down with it is what a broken pool is to others."""
    from distributed.scheduler import KilledWorker

    if isinstance(error, KilledWorker):
        broken = BrokenExecutor("the workers that took the call died")
        broken.__cause__ = error
        return broken
    return error


def _address_of(place: str) -> str:
    parts = urlsplit(place)
    if parts.scheme not in _SCHEMES or not parts.hostname or not parts.port:
        raise EngineAway(f"{place}: no engine that Lodewire knows", hint="Write dask://HOST:PORT.")
    return f"{_SCHEMES[parts.scheme]}://{parts.netloc}"


def _client_at(address: str) -> Any:
    try:
        import distributed
    except ImportError:
        raise EngineAway(
            "dask.distributed is not installed", hint="Install it: pip install 'lodewire[dask]'"
        ) from None
    client: Any = distributed.Client
    return client(address, timeout=_CONNECT, set_as_default=False)


def _close(client: Any) -> None:
    try:
        client.close(timeout=1)
    except Exception:  # whatever it is that cannot be closed is gone
        return


def _version() -> str:
    from lodewire import __version__

    return __version__


def _check(client: Any, place: str, patience: float) -> None:
    """Wait for a worker, and see that all run this Lodewire: another reads pages otherwise."""
    try:
        client.wait_for_workers(1, timeout=patience)
        found = client.run(_version)
    except (TimeoutError, OSError) as error:
        raise EngineAway(
            f"{place}: the scheduler has no workers",
            hint="Start some where Lodewire is installed: dask worker --nthreads 1 ADDRESS",
        ) from error
    except Exception as error:  # a worker without the package cannot even read the question
        raise EngineAway(
            f"{place}: the workers cannot run Lodewire: {error}",
            hint="Install this version of Lodewire where the workers run.",
        ) from error
    others = {w: v for w, v in found.items() if v != _version()}
    if others:
        worker, version = next(iter(others.items()))
        raise EngineAway(
            f"{place}: worker {worker} runs Lodewire {version}, not {_version()}",
            hint="Install the same version on all machines: others may read pages otherwise.",
        )
