"""A command that ends when the process that started it does: ``python -m lodewire.cli.leash run``.

The starter holds the other end of standard input and never writes to it. A starter that is killed
lets go of it, and what it began must not go on beside its successor's.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress

#: Seconds between being asked to end and being ended.
GRACE = 10.0


def main() -> None:
    """Run the command line on the arguments, on a leash."""
    from lodewire.cli.main import run

    threading.Thread(target=_hold, name="leash", daemon=True).start()
    sys.exit(run(sys.argv[1:]))


def _hold() -> None:
    with suppress(OSError):
        while os.read(0, 1024):
            pass
    if os.getpgrp() != os.getpid():  # somebody's terminal: not ours to end
        return
    os.killpg(0, signal.SIGTERM)
    time.sleep(GRACE)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
