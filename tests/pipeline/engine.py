"""A dask scheduler and workers on loopback, to be killed and slowed down."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Engine:
    """Processes of a scheduler and its workers; all end with :meth:`stop`."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.place = f"dask://127.0.0.1:{self.port}"
        self.workers: list[subprocess.Popen[bytes]] = []
        self._folder = folder
        self._log = (folder / "engine.log").open("ab")
        self.scheduler = self._scheduler()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        where = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        where["DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT"] = "5s"
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            stdout=self._log,
            stderr=self._log,
            cwd=self._folder,
            env=where,
        )

    def _scheduler(self) -> subprocess.Popen[bytes]:
        return self._start(
            "distributed.cli.dask_scheduler",
            *("--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard", "--no-show"),
        )

    def add_worker(self) -> subprocess.Popen[bytes]:
        """Start another worker of one thread."""
        worker = self._start(
            "distributed.cli.dask_worker",
            *(f"tcp://127.0.0.1:{self.port}", "--nthreads", "1", "--no-nanny", "--no-dashboard"),
            *("--host", "127.0.0.1", "--local-directory", str(self._folder)),
        )
        self.workers.append(worker)
        return worker

    def kill_worker(self) -> None:
        """SIGKILL the oldest worker, and start another in its place."""
        worker = self.workers.pop(0)
        worker.kill()
        worker.wait()
        self.add_worker()

    def restart(self) -> None:
        """SIGKILL the scheduler with all it knows; start it again, and its workers."""
        for process in (self.scheduler, *self.workers):
            process.kill()
            process.wait()
        count = len(self.workers)
        self.workers.clear()
        self.scheduler = self._scheduler()
        for _ in range(count):
            self.add_worker()

    def slow_down(self, seconds: float) -> None:
        """Let the oldest worker stand still for a while."""
        os.kill(self.workers[0].pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(self.workers[0].pid, signal.SIGCONT)

    def stop(self) -> None:
        """End all processes."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
        self._log.close()
