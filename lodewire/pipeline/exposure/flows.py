"""Trade flows under HS codes as figures of imports, by quantity and by value.

A row of a trade statistic speaks for a code, not for a material: compounds of all rare earths stand
under one, gallium and germanium under another. The figures keep the code in their form and say in
their note what else stands there. Codes of one stage are also added up; where one of them has no
weight, the sum has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from lodewire.model.measure import Figure
from lodewire.reference.hs_codes import EDITIONS, HsCode, hs_codes
from lodewire.reference.store import vintage_order

_IMPORT = "import"
_YEAR = 4  # letters of a period that is a whole year: months are no year until all are there


class Flow(Protocol):
    """What one place says it traded with another: the fields of ``TradeFlow`` that are used."""

    @property
    def source(self) -> str: ...
    @property
    def reporter(self) -> str: ...
    @property
    def partner(self) -> str: ...
    @property
    def flow(self) -> str: ...
    @property
    def product(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def currency(self) -> str: ...
    @property
    def valuation(self) -> str: ...
    @property
    def weight_kg(self) -> Decimal | None: ...
    @property
    def vintage(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Key:
    reporter: str
    year: int
    source: str
    stage: str
    unit: str


def figures_of_flows(
    flows: Iterable[Flow], commodity: str, *, codes: Sequence[str] | None = None, stage: str = ""
) -> tuple[Figure, ...]:
    """Return imports of a commodity by partner: kg of net weight, and value in its currency.

    ``codes``: HS codes of six digits to take as the commodity's, at ``stage``; by default those of
    the table of codes, each at its own stage. Flows of other codes, exports and single months are
    left out. Several codes of a stage are given one by one and added up.
    """
    wanted = _wanted(commodity, codes, stage)
    single = list(_single(flows, commodity, wanted))
    return (*single, *_added(single))


def _wanted(commodity: str, codes: Sequence[str] | None, stage: str) -> dict[str, HsCode]:
    known = {c.code: c for e in EDITIONS for c in hs_codes(commodity, edition=e)}
    if codes is None:
        return known
    blank = {
        code: HsCode(commodity=commodity, stage=stage, code=code, editions=(), shared=(), note="")
        for code in codes
    }
    return {
        c: replace(known.get(c, b), stage=stage or known.get(c, b).stage) for c, b in blank.items()
    }


def _single(flows: Iterable[Flow], commodity: str, wanted: dict[str, HsCode]) -> Iterator[Figure]:
    found = [
        f for f in flows if f.product in wanted and f.flow == _IMPORT and len(f.period) == _YEAR
    ]
    newest: dict[tuple[str, str, str], str] = {}
    for f in found:
        # Rows keep the day on which each value was first had; the table is as new as its newest.
        key = (f.reporter, f.period, f.source)
        newest[key] = max(newest.get(key, ""), f.vintage, key=vintage_order)
    for f in found:
        code = wanted[f.product]
        vintage = newest[(f.reporter, f.period, f.source)]
        weight = (f.weight_kg, "kg", "net weight")
        value = (f.value, f.currency, f"{f.valuation} value".strip())
        for amount, unit, basis in (weight, value):
            if not unit:
                continue
            yield Figure(
                commodity=commodity,
                stage=code.stage,
                country=f.reporter,
                partner=f.partner,
                year=int(f.period),
                measured="imports",
                form=f"HS {f.product}",
                value=amount,
                unit=unit,
                basis=basis,
                state="reported" if amount is not None else "not_available",
                source=f.source,
                vintage=vintage,
                note=_basket(code),
            )


def _basket(code: HsCode) -> str:
    if not code.shared:
        return ""
    named = ", ".join(code.shared[:3]) + (" and others" if len(code.shared) > 3 else "")
    return f"HS {code.code} also holds {named}"


def _added(single: Sequence[Figure]) -> Iterator[Figure]:
    groups: dict[_Key, list[Figure]] = {}
    for f in single:
        key = _Key(f.country, f.year, f.source, f.stage, f.unit)
        groups.setdefault(key, []).append(f)
    for rows in groups.values():
        forms = sorted({f.form.removeprefix("HS ") for f in rows})
        if len(forms) < 2:
            continue
        by_partner: dict[str, list[Figure]] = {}
        for f in rows:
            by_partner.setdefault(f.partner, []).append(f)
        for parts in by_partner.values():
            amounts = [f.value for f in parts]
            whole = None if None in amounts else sum((a for a in amounts if a), Decimal(0))
            yield replace(
                parts[0],
                form="HS " + " + ".join(forms),
                value=whole,
                state="reported" if whole is not None else "not_available",
                note="; ".join(dict.fromkeys(f.note for f in rows if f.note)),
            )
