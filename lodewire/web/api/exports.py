"""Exports: the events as one file, written to disk first and sent piece by piece."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated, Literal

from litestar import get
from litestar.params import Parameter
from litestar.response import Stream

from lodewire.web.api.asking import AsOf, Events, Here, reading
from lodewire.web.api.refusals import REFUSED
from lodewire.workbench.answers.exports import MEDIA, write_events

_PIECE = 64 * 1024


@get(
    "/exports/{form:str}",
    operation_id="exportEvents",
    tags=["events"],
    sync_to_thread=True,
    responses=REFUSED,
)
def export_events(
    here: Here,
    event_filters: Events,
    form: Annotated[
        Literal["csv", "jsonl", "parquet"], Parameter(description="What the file is written as.")
    ],
    as_of: AsOf = None,
) -> Stream:
    """The events of the filters as a table, a row an event, newest first; 50,000 at most."""
    # Beside memory, not in it: a file may have hundreds of megabytes.
    out = tempfile.SpooledTemporaryFile(max_size=1_000_000)  # noqa: SIM115 - closed once sent
    try:
        with reading(here, as_of) as ledger:
            write_events(ledger, event_filters, form, out, publishers=here.publishers)  # type: ignore[arg-type]
    except BaseException:
        out.close()
        raise
    return Stream(
        lambda: _pieces(out),  # type: ignore[arg-type]
        media_type=MEDIA[form],
        headers={
            "content-disposition": f'attachment; filename="events.{form}"',
            "cache-control": "private, no-store",
        },
    )


def _pieces(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        out.seek(0)
        while piece := out.read(_PIECE):
            yield piece
