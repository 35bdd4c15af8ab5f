"""UN Comtrade, data API v1: answers of ``/data/v1/get`` and of the public preview.

An answer is one object: ``data`` holds the rows, ``count`` how many, ``error`` what went wrong,
if anything; there are no pages, an answer is cut at a cap. Source: comtradedeveloper.un.org.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lodewire.model.official import TradeFlow
from lodewire.reference.loaders.bodies import broken, list_of, number_of, object_of
from lodewire.reference.loaders.flows import joined

SOURCE = "comtrade"
FLOWS = {
    "M": "import",
    "X": "export",
    "RM": "re-import",
    "RX": "re-export",
}
_VALUATION = {"import": "CIF", "export": "FOB"}
_ALL_PROCEDURES, _ALL_TRANSPORT, _NO_SECOND = "C00", 0, 0
_NO_UNIT = (-1, 1)

PlaceOf = Callable[[int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer: its rows that are totals, how many rows it had, and what it says went wrong."""

    flows: tuple[TradeFlow, ...]
    count: int
    error: str = ""


def read_page(body: bytes, place: str, *, place_of: PlaceOf, vintage: str) -> Page:
    """Read one answer; ``place_of`` turns the service's numbers into places.

    Rows of a part (one customs procedure, mode of transport or second partner) are left out: the
    total holds them. A net weight of 0 beside a value is the service's way to say that there is
    none: it becomes None. Raises BrokenFile naming the row.
    """
    told = object_of(body, place)
    error = told.get("error") or ""
    if not error and "data" not in told:
        error = str(told.get("message") or "")
    if error:
        return Page(flows=(), count=0, error=str(error))
    rows = list_of(told, "data", place)
    count = told.get("count")
    if isinstance(count, int) and count > len(rows):
        raise broken(place, f"{count} rows are announced, {len(rows)} came: cut off")
    read = [
        _flow(row, f"{place}: data[{at}]", place_of, vintage)
        for at, row in enumerate(rows)
        if _is_total(row)
    ]
    return Page(flows=tuple(joined(read, place)), count=len(rows))


def _is_total(row: dict[str, Any]) -> bool:
    return (
        row.get("customsCode", _ALL_PROCEDURES) in (_ALL_PROCEDURES, None)
        and row.get("motCode", _ALL_TRANSPORT) in (_ALL_TRANSPORT, "0", None)
        and row.get("partner2Code", _NO_SECOND) in (_NO_SECOND, "0", None)
    )


def _flow(row: dict[str, Any], where: str, place_of: PlaceOf, vintage: str) -> TradeFlow:
    flow = FLOWS.get(str(row.get("flowCode")))
    if flow is None:
        raise broken(where, f"flowCode {row.get('flowCode')!r} is not known")
    value = number_of(row.get("primaryValue"), f"{where}.primaryValue")
    weight = number_of(row.get("netWgt"), f"{where}.netWgt")
    quantity = number_of(row.get("qty"), f"{where}.qty")
    if row.get("qtyUnitCode") in _NO_UNIT or not quantity:
        quantity = None
    return TradeFlow(
        source=SOURCE,
        reporter=place_of(_code(row, "reporterCode", where)),
        partner=place_of(_code(row, "partnerCode", where)),
        flow=flow,
        product=_product(row, where),
        period=_period(row, where),
        value=value,
        currency="USD",
        valuation=_VALUATION.get(flow, ""),
        weight_kg=weight or None,
        weight_estimated=bool(weight) and row.get("isNetWgtEstimated") is True,
        quantity=quantity,
        quantity_unit=str(row.get("qtyUnitAbbr") or "") if quantity is not None else "",
        vintage=vintage,
    )


def _code(row: dict[str, Any], name: str, where: str) -> int:
    code = row.get(name)
    if isinstance(code, str) and code.isdecimal():
        return int(code)
    if not isinstance(code, int) or isinstance(code, bool):
        raise broken(where, f"{name} {code!r} is no number")
    return code


def _product(row: dict[str, Any], where: str) -> str:
    code = str(row.get("cmdCode") or "")
    if not (code == "TOTAL" or (code.isdecimal() and len(code) in (2, 4, 6))):
        raise broken(where, f"cmdCode {code[:40]!r} is no HS code")
    return code


def _period(row: dict[str, Any], where: str) -> str:
    told = str(row.get("period") or "")
    if told.isdecimal() and len(told) == 4:
        return told
    if told.isdecimal() and len(told) == 6 and "01" <= told[4:] <= "12":
        return f"{told[:4]}-{told[4:]}"
    raise broken(where, f"period {told[:40]!r} is neither YYYY nor YYYYMM")
