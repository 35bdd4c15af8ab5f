"""The analyst's side of the site: table, scenarios, landed cost, own exposure, notes.

Each page is one part whole (``Part.TOOLS``): whoever does not see it is told what it is, no more.
"""

from __future__ import annotations

from collections.abc import Callable

from lodewire.publish.table_files import WRITERS
from lodewire.web.pages.analyst import table
from lodewire.web.site import Ask, Page, Site

VIEWS: dict[str, Callable[[Site, Ask], Page]] = {
    "/table": table.table,
    **{f"/table/events.{form}": table.export for form in WRITERS},
}
"""Pages that are read."""

ACTS: dict[str, Callable[[Site, Ask], Page]] = {
    "/table/views": table.save,
    "/table/views/rename": table.rename,
    "/table/views/delete": table.delete,
}
"""Steps that a form takes."""
