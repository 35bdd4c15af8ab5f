"""What each version of an article changed in its statements, from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lodewire.ledger.store import Ledger
from lodewire.model.ids import DocumentId
from lodewire.model.version import StatementChange
from lodewire.resolve.changes import changes_between


def version_changes(
    ledger: Ledger, shown: Sequence[DocumentId]
) -> tuple[tuple[StatementChange, ...], ...]:
    """Return what each changed against the one before it, in order; the first changed nothing.

    ``shown`` are versions in the order in which they stood, as ``ledger.versions.shown`` gives
    them; one may be there again. Silent changes are for review.
    """
    found: list[tuple[StatementChange, ...]] = [() for _ in shown[:1]]
    for old, new in pairwise(shown):
        found.append(
            changes_between(
                ledger.statements.of_document(old),
                ledger.statements.of_document(new),
                new_text=ledger.documents.get(new).text,
            )
        )
    return tuple(found)
