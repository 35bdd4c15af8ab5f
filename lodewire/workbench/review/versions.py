"""What each version of an article changed in its statements, from the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from lodewire.ledger.store import Ledger
from lodewire.model.ids import DocumentId
from lodewire.model.version import StatementChange
from lodewire.resolve.changes import changes_between


def version_changes(
    ledger: Ledger, versions: Sequence[DocumentId]
) -> Mapping[DocumentId, tuple[StatementChange, ...]]:
    """Return for each version what it changed against the one before; the first changed nothing.

    ``versions`` are in order, as ``ledger.versions.of`` gives them. Silent changes are for review.
    """
    found: dict[DocumentId, tuple[StatementChange, ...]] = dict.fromkeys(versions[:1], ())
    for old, new in pairwise(versions):
        found[new] = changes_between(
            ledger.statements.of_document(old),
            ledger.statements.of_document(new),
            new_text=ledger.documents.get(new).text,
        )
    return found
