"""Trade flows as figures: imports by partner, in weight and in value, of the last year told.

Exports and earlier years stay in the fetched table: no measure asks for them, and every command
that reads figures would have to read them all.
Weight and value of one flow are figures of two sources ("comtrade", "comtrade-value"): a table
holds one figure of each key. What the European Union imports is what comes from outside of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lodewire.model.measure import Figure
from lodewire.model.official import EXTRA_EU, OTHER, WORLD, TradeFlow
from lodewire.ontology.countries import load_countries
from lodewire.reference.hs_codes import commodities_under, hs_codes

_EU = "EU"


def trade_figures(
    flows: Sequence[TradeFlow], source: str, vintage: str, *, form: str = ""
) -> list[Figure]:
    """Return the figures of yearly imports, for each commodity that is traded under their code.

    Of each reporter and product the last year that it tells.
    ``form`` tells this source's flows from another's of the same code. A code that holds several
    commodities says nothing of the single one: the note says which.
    """
    yearly = [f for f in flows if f.flow == "import" and len(f.period) == 4]
    last: dict[tuple[str, str], str] = {}
    for flow in yearly:
        key = (flow.reporter, flow.product)
        last[key] = max(flow.period, last.get(key, ""))
    return [
        figure
        for flow in _of_the_union(yearly)
        if flow.period == last[flow.reporter, flow.product]
        for figure in _figures(flow, source, vintage, form)
        # A total that is not known is no total; a partner that is not known is a gap.
        if figure.partner != WORLD or figure.value is not None
    ]


def _of_the_union(flows: Iterable[TradeFlow]) -> Iterator[TradeFlow]:
    """Yield the flows, those of the Union with what lies outside of it alone."""
    members = set(load_countries()[_EU].members)
    for flow in flows:
        if flow.reporter != _EU:
            yield flow
        elif flow.partner == EXTRA_EU:
            yield replace(flow, partner=WORLD)
        elif flow.source != "comext" or (flow.partner not in members and flow.partner != WORLD):
            yield flow


def _figures(flow: TradeFlow, source: str, vintage: str, form: str) -> Iterator[Figure]:
    if any(len(p) != 2 and p not in (WORLD, OTHER) for p in (flow.reporter, flow.partner)):
        return
    weight = flow.weight_kg / 1000 if flow.weight_kg is not None else None
    valued = f"value, {flow.valuation}" if flow.valuation else "value"
    for commodity in commodities_under(flow.product):
        for code in hs_codes(commodity):
            if code.code != flow.product:
                continue
            shared = f"the code holds {', '.join(code.shared)} too" if code.shared else ""
            for name, value, unit, basis in (
                (source, weight, "t", "net weight"),
                (f"{source}-value", flow.value, flow.currency, valued),
            ):
                yield Figure(
                    commodity=commodity,
                    stage=code.stage,
                    country=flow.reporter,
                    partner=flow.partner,
                    year=int(flow.period),
                    measured="imports",
                    form=f"HS {flow.product}{form}",
                    value=value,
                    unit=unit,
                    basis=basis,
                    state="reported" if value is not None else "not_available",
                    estimated=flow.weight_estimated and basis == "net weight",
                    note=shared,
                    source=name,
                    vintage=vintage,
                )
