"""A step of a run: batches out of the ledger's queue, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from lodewire.ledger.store import Ledger


@dataclass(slots=True)
class StepReport:
    """How many subjects a step took, what it made of them, and how many were set aside.

    ``notes`` count what a reader in place of the frames had to say of its documents.
    """

    taken: int = 0
    made: int = 0
    quarantined: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    def set_aside(self, error: Exception) -> None:
        """Count a subject that was set aside, by its reason."""
        self.quarantined += 1
        self.reasons[str(error).splitlines()[0] if str(error) else type(error).__name__] += 1

    def add(self, batch: StepReport) -> None:
        """Add what a batch did, once it is kept."""
        self.taken += batch.taken
        self.made += batch.made
        self.quarantined += batch.quarantined
        self.reasons += batch.reasons
        self.notes += batch.notes


def in_batches(ledger: Ledger, batch: Callable[[int], StepReport]) -> StepReport:
    """Run ``batch``, a whole transaction told how much is done, until it finds nothing to take.

    What it takes is its own until it ends, so that several runs share the work.
    """
    report = StepReport()
    while (some := ledger.again(partial(batch, report.taken))).taken:
        report.add(some)
    return report
