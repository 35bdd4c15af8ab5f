"""Which tariff code a commodity has at an importer, and which price stands for it.

``data/duty_goods.csv``: the first form of a commodity is the one meant when none is said. Codes are
those of the importer's tariff, as the duty tables use them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from lodewire.errors import OntologyError
from lodewire.reference.cost_tables import read_rows
from lodewire.reference.duties import importer_of

TABLE = "duty_goods.csv"
COLUMNS = ("commodity", "form", "importer", "code", "name", "price", "content")

_CODE = re.compile(r"\d{4}(\.\d{2}){1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyGood:
    """A good as an importer's tariff knows it; ``price`` is the id of a price series, or "".

    ``by_content`` tells that a specific duty on it is by weight of the metal inside.
    """

    commodity: str
    form: str
    importer: str
    code: str
    name: str
    price: str
    by_content: bool


@cache
def load_goods() -> tuple[DutyGood, ...]:
    """Return the goods in the order of the table; raises OntologyError."""
    return read_goods()


def goods_of(commodity: str, importer: str, form: str = "") -> tuple[DutyGood, ...]:
    """Return the goods of a commodity at an importer, the usual form first."""
    levies = importer_of(importer)
    return tuple(
        g
        for g in load_goods()
        if g.commodity == commodity and g.importer == levies and form in ("", g.form)
    )


def read_goods(folder: Traversable | None = None) -> tuple[DutyGood, ...]:
    """Read and check the table in ``folder`` (default: the package's own)."""
    found: dict[tuple[str, str, str], DutyGood] = {}
    for where, row in read_rows(TABLE, COLUMNS, folder):
        if not _CODE.fullmatch(row["code"]):
            raise OntologyError(f"{where}: code {row['code']!r} is not written as in 7601.10.60")
        if row["content"] not in ("", "needed") or not all(
            row[c] for c in ("commodity", "form", "importer", "name")
        ):
            raise OntologyError(f"{where}: a cell is empty, or content is not 'needed'")
        key = (row["commodity"], row["form"], row["importer"])
        if key in found:
            raise OntologyError(f"{where}: {' '.join(key)} is there twice")
        found[key] = DutyGood(
            commodity=row["commodity"],
            form=row["form"],
            importer=row["importer"],
            code=row["code"],
            name=row["name"],
            price=row["price"],
            by_content=row["content"] == "needed",
        )
    return tuple(found.values())
