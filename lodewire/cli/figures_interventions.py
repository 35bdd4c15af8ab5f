"""``lodewire figures interventions``: the trade measures of governments that were fetched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import Day, desk_option
from lodewire.cli.rows import print_rows, rows_option
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from lodewire.model.official import TradeIntervention

_COLUMNS = (
    "id",
    "kind",
    "evaluation",
    "implementers",
    "affected",
    "commodities",
    "products",
    "announced",
    "in_force_from",
    "in_force_until",
    "title",
    "address",
    "vintage",
)


@click.command(
    epilog="""\b
Examples:
  lodewire figures interventions --commodity gallium
  lodewire figures interventions --country CN --on 2025-03-28
  lodewire figures interventions --format csv > measures.csv

Fetch them first, with a free key: lodewire figures fetch gta. `lodewire collisions` holds new deals
against them. Source: Global Trade Alert, CC BY-NC 4.0 for the free key.
"""
)
@click.option("--commodity", help="Those on its HS codes.")
@click.option("--country", metavar="COUNTRY", help="Those that this country implements.")
@click.option("--on", "day", type=Day(), help="Those in force on this day.")
@rows_option
@desk_option
def interventions(
    commodity: str | None, country: str | None, day: date | None, form: str, folder: Path
) -> None:
    """List trade measures of governments, with the days they hold and the materials they bear on.

    Materials are those that the ontology knows under a measure's HS codes; a code may hold more.
    """
    from lodewire.config.desk import load_desk
    from lodewire.pipeline.figures import table_of
    from lodewire.workbench.exposure.compute import find_commodity, find_country

    wanted = None if commodity is None else find_commodity(commodity)
    place = find_country(country)
    known = table_of(load_desk(folder), "gta")
    found = [
        one
        for one in known
        if (wanted is None or wanted in _commodities(one))
        and (place is None or place in one.implementers)
        and (day is None or one.in_force_on(day))
    ]
    found.sort(key=lambda one: (one.in_force_from or one.announced or date.min, one.id))
    empty = "None of the measures fetched is like that."
    if not known:
        empty = f"No trade measures were fetched: lodewire figures fetch gta --desk {folder}"
    if form == "table":
        for one in found:
            for line in _lines(one):
                click.echo(plain(line))
        click.echo(f"{len(found)} of {len(known)} measures fetched" if found else plain(empty))
        return
    print_rows([_row(one) for one in found], _COLUMNS, form, empty=empty)


def _commodities(one: TradeIntervention) -> tuple[str, ...]:
    from lodewire.workbench.colliding import materials_under

    found = (commodity for code in one.products for commodity, _ in materials_under(code))
    return tuple(dict.fromkeys(found))


def _lines(one: TradeIntervention) -> Iterator[str]:
    since = f"in force since {one.in_force_from}" if one.in_force_from else "not in force"
    until = f" until {one.in_force_until}" if one.in_force_until else ""
    yield f"{one.source}:{one.id}  {', '.join(one.implementers)}: {one.kind}, {since}{until}"
    yield f"    {one.title}"
    bears = ", ".join(_commodities(one)) or "no material that is known"
    yield f"    on {bears} ({len(one.products)} HS codes), {one.evaluation or 'not evaluated'}"
    if one.affected:
        yield f"    affects {', '.join(one.affected)}"
    if one.address:
        yield f"    {one.address}"


def _row(one: TradeIntervention) -> dict[str, Any]:
    days = ("announced", "in_force_from", "in_force_until")
    return {
        "id": f"{one.source}:{one.id}",
        "kind": one.kind,
        "evaluation": one.evaluation,
        "implementers": "; ".join(one.implementers),
        "affected": "; ".join(one.affected),
        "commodities": "; ".join(_commodities(one)),
        "products": "; ".join(one.products),
        **{name: d.isoformat() if (d := getattr(one, name)) else None for name in days},
        "title": one.title,
        "address": one.address,
        "vintage": one.vintage,
    }
