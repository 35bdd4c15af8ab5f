"""Exports: the events as one file, written to disk first and sent piece by piece."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Stream

from lodewire.model.tier import Part
from lodewire.web.api.asking import AsOf, Events, Here, here_on
from lodewire.web.api.refusals import REFUSED
from lodewire.workbench.answers.exports import MEDIA, write_events
from lodewire.workbench.answers.moments import ledger_at

_PIECE = 64 * 1024


def _export(form: str) -> HTTPRouteHandler:
    whole = ResponseSpec(
        bytes, description="The file.", media_type=MEDIA[form], generate_examples=False
    )

    @get(
        f"/exports/events.{form}",
        operation_id=f"exportEvents{form.capitalize()}",
        tags=["events"],
        sync_to_thread=True,
        responses={200: whole, **REFUSED},
        media_type=MEDIA[form],
        description=f"The events of the filters as {_NAMES[form]}, a row an event, newest first; "
        "50,000 at most.",
    )
    def export_events(here: Here, event_filters: Events, as_of: AsOf = None) -> Stream:
        for part in (Part.EXPORTS, Part.FULL_TEXT):
            here.demand(part)
        # Beside memory, not in it: a file may have hundreds of megabytes.
        out = tempfile.SpooledTemporaryFile(max_size=1_000_000)  # noqa: SIM115 - closed once sent
        try:
            with ledger_at(here.ledger, as_of) as ledger:
                write_events(
                    ledger, here_on(event_filters, here), form, out, publishers=here.publishers
                )
        except BaseException:
            out.close()
            raise
        return Stream(
            lambda: _pieces(out),
            headers={
                "content-disposition": f'attachment; filename="events.{form}"',
                "cache-control": "private, no-store",
            },
        )

    return export_events


def _pieces(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        out.seek(0)
        while piece := out.read(_PIECE):
            yield piece


_NAMES = {"csv": "CSV", "jsonl": "JSON lines", "parquet": "Parquet"}
EXPORTS = tuple(_export(form) for form in MEDIA)
"""One operation a form."""
