"""The figures behind a commodity's page, as a table to take along."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lodewire.model.tier import Part
from lodewire.ontology.commodities import load_commodities
from lodewire.publish.table_files import write_csv
from lodewire.publish.tables import Column, ColumnKind
from lodewire.web.site import Ask, Missing, Page, Site
from lodewire.workbench.profiles.supply import StageSupply, supply_told

_T = ColumnKind.TEXT
COLUMNS = (
    Column("commodity", _T, "id of the commodity"),
    Column("stage", _T, "stage of supply"),
    Column("country", _T, "ISO 3166-1 alpha-2, or OTHER"),
    Column("name", _T, "name of the country"),
    Column("year", ColumnKind.WHOLE, "year of the figure"),
    Column("value", _T, "as the source gives it; empty where it is withheld"),
    Column("unit", _T, "unit of the value"),
    Column("basis", _T, "what is counted"),
    Column("state", _T, "reported, less_than, withheld and so on"),
    Column("estimated", _T, "yes where the source says so"),
    Column("share", _T, "part of what the source lists, 0..1"),
    Column("share_low", _T, "its lower bound"),
    Column("share_high", _T, "its upper bound"),
    Column("source", _T, "id of the source"),
    Column("vintage", _T, "which edition of it"),
)


def commodity_figures(site: Site, ask: Ask) -> Page:
    """Supply by stage and country as CSV, each row with its source and vintage."""
    site.demand(Part.SUPPLY)
    commodity = ask.parts["id"]
    stages = supply_told(commodity, site.figures) if commodity in load_commodities() else ()
    if not stages:
        raise Missing("There are no figures of that name.", "See the list of commodities.")
    out = io.BytesIO()
    write_csv(_rows(stages), COLUMNS, out)
    return Page(body=out.getvalue(), media="text/csv; charset=utf-8")


def _rows(stages: tuple[StageSupply, ...]) -> Iterator[dict[str, Any]]:
    for stage in stages:
        for line in stage.lines:
            figure, share = line.figure, line.share
            yield {
                "commodity": figure.commodity,
                "stage": figure.stage,
                "country": figure.country,
                "name": line.name,
                "year": figure.year,
                "value": _text(figure.value),
                "unit": figure.unit,
                "basis": figure.basis,
                "state": figure.state,
                "estimated": "yes" if figure.estimated else "",
                "share": _text(share.value if share is not None else None),
                "share_low": _text(share.low if share is not None else None),
                "share_high": _text(share.high if share is not None else None),
                "source": figure.source,
                "vintage": figure.vintage,
            }


def _text(value: object) -> str:
    return "" if value is None else str(value)
