"""The analyst's side of the site: table, scenarios, landed cost, own exposure, notes.

Each page is one part whole (``Part.TOOLS``): whoever does not see it is told what it is, no more.
"""

from __future__ import annotations

from collections.abc import Callable

from lodewire.publish.table_files import WRITERS
from lodewire.web.pages.analyst import landed_cost, notes, own, scenario, table
from lodewire.web.site import Ask, Page, Site
from lodewire.workbench.own.account_tables import LONGEST_TABLE

VIEWS: dict[str, Callable[[Site, Ask], Page]] = {
    "/table": table.table,
    **{f"/table/events.{form}": table.export for form in WRITERS},
    "/lab/scenario": scenario.scenario,
    "/lab/scenario/tornado.svg": scenario.tornado,
    "/lab/landed-cost": landed_cost.landed_cost,
    "/lab/landed-cost/waterfall.svg": landed_cost.waterfall,
    "/own": own.own,
    "/notes": notes.notes,
}
"""Pages that are read."""

ACTS: dict[str, Callable[[Site, Ask], Page]] = {
    "/table/views": table.save,
    "/table/views/rename": table.rename,
    "/table/views/delete": table.delete,
    "/own/table": own.send,
    "/own/delete": own.delete,
    "/notes/write": notes.write,
    "/notes/delete": notes.delete,
}
"""Steps that a form takes."""

UPLOADS: dict[str, int] = {"/own/table": LONGEST_TABLE + 10_000}
"""Those that bring a file: bytes of the whole form."""

TOOLS = ("/table", "/lab/")
"""Where addresses that ask something begin."""

EXAMPLES = (
    "/table?group=type",
    "/table?amount=%3E%3D+0+USD&sort=amount&columns=sentence%2Camount%2Camount_quote",
    "/lab/scenario?commodity=cobalt&stage=mining&ban=CD%3A+leakage+0..0.1..0.3",
    "/lab/landed-cost?price=2600&premium=180&duties=232%3D25%25&delivery=90",
)
"""Some that are answered on any desk: the leak test asks for them as every tier."""
