"""Global Trade Alert, data endpoint of API v1: a list of interventions, a page at a time.

Source: github.com/global-trade-alert/docs, "Data endpoint".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lodewire.model.official import TradeIntervention
from lodewire.reference.loaders.bodies import broken, json_of

SOURCE = "gta"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, or what the service says went wrong. ``strange`` names unknown jurisdictions."""

    interventions: tuple[TradeIntervention, ...]
    error: str = ""
    strange: tuple[str, ...] = ()


def read_page(body: bytes, place: str, *, place_of: Callable[[str, int], str | None]) -> Page:
    """Read one page; ``place_of`` takes the alpha-3 code and the UN number of a jurisdiction.

    A jurisdiction that is not known keeps its name. Raises BrokenFile naming the intervention.
    """
    told = json_of(body, place)
    if isinstance(told, dict):
        error = told.get("error") or told.get("detail") or told.get("message")
        if error:
            return Page(interventions=(), error=str(error)[:200])
        told = told.get("results", told.get("data"))
    if not isinstance(told, list):
        raise broken(place, "no list of interventions")
    strange: dict[str, None] = {}
    found = [
        _intervention(row, f"{place}: [{at}]", place_of, strange) for at, row in enumerate(told)
    ]
    return Page(interventions=tuple(found), strange=tuple(strange))


def _intervention(
    row: object,
    where: str,
    place_of: Callable[[str, int], str | None],
    strange: dict[str, None],
) -> TradeIntervention:
    if not isinstance(row, dict):
        raise broken(where, "no object")
    number = row.get("intervention_id")
    if not isinstance(number, int) or isinstance(number, bool):
        raise broken(where, f"intervention_id {str(number)[:40]!r} is no number")
    implementers = _places(row, "implementing_jurisdictions", where, place_of, strange)
    if not implementers:
        raise broken(where, "implementing_jurisdictions is empty")
    begun, ended = _day(row, "date_implemented", where), _day(row, "date_removed", where)
    return TradeIntervention(
        source=SOURCE,
        id=str(number),
        title=_text(row, "state_act_title"),
        kind=_text(row, "intervention_type"),
        evaluation=_text(row, "gta_evaluation").lower(),
        implementers=implementers,
        affected=_places(row, "affected_jurisdictions", where, place_of, strange),
        products=_products(row, where),
        announced=_day(row, "date_announced", where),
        in_force_from=begun,
        in_force_until=ended,
        address=_text(row, "intervention_url") or _text(row, "state_act_url"),
        vintage=_text(row, "date_published"),
    )


def _places(
    row: dict[str, Any],
    name: str,
    where: str,
    place_of: Callable[[str, int], str | None],
    strange: dict[str, None],
) -> tuple[str, ...]:
    told = row.get(name)
    if told is None:
        return ()
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise broken(where, f"{name} is no list of jurisdictions")
    found: dict[str, None] = {}
    for one in told:
        number = one.get("id")
        known = place_of(str(one.get("iso") or ""), number if isinstance(number, int) else -1)
        if known is None:
            known = _text(one, "name")
            strange[known] = None
        if known:
            found[known] = None
    return tuple(found)


def _products(row: dict[str, Any], where: str) -> tuple[str, ...]:
    told = row.get("affected_products")
    if told is None:
        return ()
    if not isinstance(told, list):
        raise broken(where, "affected_products is no list")
    found: dict[str, None] = {}
    for code in told:
        one = code.get("product_id") if isinstance(code, dict) else code
        text = f"{one:06d}" if isinstance(one, int) and not isinstance(one, bool) else str(one)
        if not (text.isascii() and text.isdecimal() and len(text) == 6):
            raise broken(where, f"affected product {text[:40]!r} is no HS code of six digits")
        found[text] = None
    return tuple(found)


def _day(row: dict[str, Any], name: str, where: str) -> date | None:
    told = row.get(name)
    if told in (None, ""):
        return None
    try:
        return date.fromisoformat(str(told)[:10])
    except ValueError:
        raise broken(where, f"{name} {str(told)[:40]!r} is no day") from None


def _text(row: dict[str, Any], name: str) -> str:
    told = row.get(name)
    return " ".join(str(told).split()) if told is not None else ""
