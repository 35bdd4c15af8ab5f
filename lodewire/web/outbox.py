"""Mail of the site, sent beside the answers: how long a server takes tells nobody anything."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from lodewire.config.desk import DeskConfig
from lodewire.delivery.messages import Message
from lodewire.errors import LodewireError
from lodewire.workbench.letters.messengers import open_messenger

_LOG = logging.getLogger("lodewire.web")
_ROOM = 500  # letters waiting: more is a flood, and is dropped
_END = 10.0  # seconds given to what waits when the site stops


class Outbox:
    """Composes and sends letters on a thread of its own, one after another."""

    def __init__(self, desk: DeskConfig) -> None:
        self._desk = desk
        self._waiting: queue.Queue[Callable[[], Message | None] | None] = queue.Queue(_ROOM)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def post(self, compose: Callable[[], Message | None]) -> None:
        """Have a letter composed and sent soon; None of it is told to who asked."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
                self._thread.start()
        try:
            self._waiting.put_nowait(compose)
        except queue.Full:
            _LOG.error("the outbox is full: a letter was dropped")

    def flush(self) -> None:
        """Wait until all that was posted is done."""
        self._waiting.join()

    def close(self) -> None:
        """Send what waits, for some seconds at most, and end."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(_END)

    def _run(self) -> None:
        while True:
            compose = self._waiting.get()
            try:
                if compose is None:
                    return
                self._send(compose)
            except LodewireError as error:
                _LOG.error("a letter of the site was not sent: %s", error.message)
            except Exception:
                _LOG.exception("a letter of the site was not sent")
            finally:
                self._waiting.task_done()

    def _send(self, compose: Callable[[], Message | None]) -> None:
        message = compose()
        if message is None:
            return
        messenger = open_messenger(self._desk)
        try:
            messenger.deliver(message)
        finally:
            messenger.close()
