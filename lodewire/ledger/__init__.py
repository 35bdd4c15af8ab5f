"""The ledger: what was read, what it states, and the words that prove it. See docs/ledger.md.

Open it with :func:`open_ledger`; the stores are its attributes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lodewire.ledger.store import Ledger


def open_ledger(path_or_url: str | Path, *, create: bool = False) -> Ledger:
    """Open the ledger at a path (or database URL); see :func:`lodewire.ledger.store.open_ledger`.

    The database libraries are loaded on the first call, so that importing this costs nothing.
    """
    from lodewire.ledger.store import open_ledger as open_store

    return open_store(path_or_url, create=create)
