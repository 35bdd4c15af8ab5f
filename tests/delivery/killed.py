"""A process that sends a campaign and is killed: ``python -m tests.delivery.killed FOLDER``."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from threading import Event

from lodewire.workbench.letters.campaigning import LetterBook, start_campaign
from lodewire.workbench.letters.sending import send_due

from .audience import DAY, NOW, opened


def main(folder: Path) -> None:
    desk, ledger, subscriptions = opened(folder)
    campaign = start_campaign(ledger, DAY, DAY, now=NOW)
    print("ready", flush=True)
    book = partial(LetterBook, subscriptions, ledger, campaign)
    print(send_due(desk, ledger, book, lambda: NOW, Event()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
