"""HS codes of commodities by stage: the six digits under which trade statistics keep them.

The table ``data/hs_codes.csv`` covers the editions of 2012, 2017 and 2022 of the Harmonized System.
Many codes are baskets: gallium, germanium and indium stand under one code, dysprosium under that of
all rare earth compounds, so that trade under it says nothing of the single material. ``shared``
tells the others that stand there.

Source: World Customs Organization, HS nomenclature 2012, 2017 and 2022 with the correlation tables
between them; codes are cited as facts.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from functools import cache

from lodewire.errors import MeasureError, OntologyError
from lodewire.reference.sources import data_folder

TABLE = "hs_codes.csv"
EDITIONS = (2012, 2017, 2022)

_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HsCode:
    """A code under which a commodity of a stage is traded.

    ``editions`` are the years of the nomenclatures in which it stands there; ``shared`` the other
    commodities under the same code (in any edition, or in the one that ``hs_codes`` was asked);
    ``note`` says what else the code holds.
    """

    commodity: str
    stage: str
    code: str
    editions: tuple[int, ...]
    shared: tuple[str, ...]
    note: str

    @property
    def basket(self) -> bool:
        """Whether the code holds more than this commodity, as far as the table knows."""
        return bool(self.shared)


def hs_codes(
    commodity: str, stage: str | None = None, *, edition: int = EDITIONS[-1]
) -> tuple[HsCode, ...]:
    """Return the codes of a commodity (of one stage) in an edition; empty when none is known.

    Raises MeasureError for an edition that the table does not cover.
    """
    if edition not in EDITIONS:
        raise MeasureError(
            f"no HS codes of the edition of {edition}",
            hint=f"The table covers {', '.join(map(str, EDITIONS))}",
        )
    return tuple(
        replace(c, shared=_others(c, edition))
        for c in load_hs_codes()
        if c.commodity == commodity and edition in c.editions and stage in (None, c.stage)
    )


def _others(code: HsCode, edition: int) -> tuple[str, ...]:
    known = commodities_under(code.code, edition=edition)
    return tuple(c for c in known if c != code.commodity)


def commodities_under(code: str, *, edition: int = EDITIONS[-1]) -> tuple[str, ...]:
    """Return the commodities that an edition keeps under a code of six digits, in table order."""
    found = (c.commodity for c in load_hs_codes() if c.code == code and edition in c.editions)
    return tuple(dict.fromkeys(found))


@cache
def load_hs_codes() -> tuple[HsCode, ...]:
    """Return every code of the table; raises OntologyError with the line when a row is wrong."""
    return read_hs_codes((data_folder() / TABLE).read_bytes())


def read_hs_codes(content: bytes) -> tuple[HsCode, ...]:
    """Read and check a table of codes; see ``load_hs_codes``."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    under: dict[str, dict[str, None]] = {}
    seen: set[tuple[str, str, str]] = set()
    for line, row in enumerate(rows, start=2):
        key = (row["commodity"], row["stage"], row["hs6"])
        if not _CODE.fullmatch(row["hs6"]):
            raise OntologyError(f"{TABLE}:{line}: {row['hs6']!r} is no code of six digits")
        if key in seen:
            raise OntologyError(f"{TABLE}:{line}: {', '.join(key)} is there twice")
        if not set(row["editions"].split("|")) <= set(map(str, EDITIONS)):
            raise OntologyError(f"{TABLE}:{line}: editions {row['editions']!r} are not all known")
        seen.add(key)
        under.setdefault(row["hs6"], {})[row["commodity"]] = None
    return tuple(
        HsCode(
            commodity=row["commodity"],
            stage=row["stage"],
            code=row["hs6"],
            editions=tuple(map(int, row["editions"].split("|"))),
            shared=tuple(c for c in under[row["hs6"]] if c != row["commodity"]),
            note=row["note"],
        )
        for row in rows
    )
