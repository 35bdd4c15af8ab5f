"""A process that fills a ledger until it is done or killed: ``python -m tests.ledger.filler DB``.

It prints a line once it writes. What it adds comes from a fixed list, so that any number of runs,
each killed anywhere, must end in the same ledger.
"""

from __future__ import annotations

import sys

from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.capture import Capture

from . import sample

COUNT = 36


def captures() -> list[Capture]:
    """Pages: deals of different mines, with copies and other tellings."""
    found = []
    for n in range(COUNT):
        source, url, text, days = sample.PAGES[n % 4]
        mine = f"{'Khoemacau' if n % 4 != 3 else 'Las Bambas'} {chr(65 + n // 8)}"
        told = text.replace("Khoemacau", mine).replace("Las Bambas", mine)
        found.append(sample.capture_of(source, f"{url}/{n}", told, days + n // 8 * 9))
    return found


def fill(ledger: Ledger) -> None:
    """Go through the stages in small steps, as a run does that is resumed."""
    many = captures()
    for at in range(0, len(many), 6):
        ledger.captures.add_all(many[at : at + 6])
        sample.read_all(ledger)
        sample.story_all(ledger)
        sample.extract_all(ledger)
        sample.resolve_all(ledger)
    ledger.captures.add(sample.capture_of(*sample.PAGES[0][:3], 0))
    sample.run(ledger, [])


def main() -> None:
    with open_ledger(sys.argv[1], create=True) as ledger:
        print("writing", flush=True)
        fill(ledger)
        print("done", flush=True)


if __name__ == "__main__":
    main()
