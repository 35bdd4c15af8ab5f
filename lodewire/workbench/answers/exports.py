"""Events as a table in a file: what the API and the analyst's table hand out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO

from lodewire.ledger.selecting import EventFilters
from lodewire.ledger.store import Ledger
from lodewire.publish.brief import is_told
from lodewire.publish.table_files import MEDIA as MEDIA_OF
from lodewire.publish.table_files import WRITERS
from lodewire.publish.tables import EVENT_COLUMNS, Row, event_row

MOST_ROWS = 50_000
_BATCH = 200
MEDIA = {form: MEDIA_OF[form] for form in ("csv", "jsonl", "parquet")}
"""What the API gives; its clients know these three."""


def write_events(
    ledger: Ledger,
    filters: EventFilters,
    form: str,
    out: IO[bytes],
    *,
    publishers: Mapping[str, str] | None = None,
) -> int:
    """Write told events, newest first, up to MOST_ROWS; returns how many.

    Raises PublishError for Parquet where pyarrow is not installed.
    """
    return WRITERS[form](_rows(ledger, filters, publishers), EVENT_COLUMNS, out)


def _rows(
    ledger: Ledger, filters: EventFilters, publishers: Mapping[str, str] | None
) -> Iterator[Row]:
    told = islice((e for e in ledger.select(filters) if is_told(e)), MOST_ROWS)
    while some := list(islice(told, _BATCH)):
        links = ledger.documents.links({d for e in some for d in e.document_ids}, publishers)
        yield from (event_row(event, links) for event in some)
