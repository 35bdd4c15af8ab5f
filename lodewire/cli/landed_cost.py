"""``lodewire landed-cost``: from an exchange price to the buyer's door, before and after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lodewire.cli.amounts import AmountType, DutyType, RateType
from lodewire.cli.options import Day, desk_option

if TYPE_CHECKING:
    from lodewire.workbench.market.costing import CostRequest

F = TypeVar("F", bound=Callable[..., Any])

INCOTERMS = ("EXW", "FCA", "FAS", "FOB", "CFR", "CPT", "CIF", "CIP", "DAP", "DPU", "DDP")


def _good_options(command: F) -> F:
    """Add what is brought in, and where."""
    for option in reversed(
        (
            click.option("--importer", metavar="XX", default="", help="Country of import, or EU."),
            click.option("--origin", metavar="XX", default="", help="Country of origin."),
            click.option("--form", default="", help="Form of the commodity: cathode, rod, bev …"),
            click.option("--code", default="", help="Tariff code, over the table's: 7601.10.60."),
            click.option(
                "--claim",
                "claims",
                multiple=True,
                metavar="NAME",
                help="A preference the goods qualify for: USMCA, FTA.",
            ),
            click.option("--within-quota", is_flag=True, help="The tariff quota is not used up."),
            click.option("--exporter", default="", help="Producer with a rate of its own: BYD."),
            click.option(
                "--duty",
                "duties",
                type=DutyType(),
                multiple=True,
                metavar="NAME=25%[@BASIS]",
                help="A duty, in place of the tables'. BASIS: fob (default), cif, exchange.",
            ),
        )
    ):
        command = option(command)
    return command


def _cost_options(command: F) -> F:
    """Add prices, carriage, money and losses."""
    amount = AmountType()
    for option in reversed(
        (
            click.option("--price", type=amount, help="Exchange price. Default: the table's."),
            click.option("--premium", type=amount, help="Regional premium before duty."),
            click.option(
                "--incoterm",
                type=click.Choice(INCOTERMS, case_sensitive=False),
                default="CIF",
                show_default=True,
                help="What price and premium include.",
            ),
            click.option("--origin-inland", type=amount, help="Inland freight to the port."),
            click.option("--freight", type=amount, help="Freight between the countries."),
            click.option("--insurance", type=amount, help="Insurance, as money by weight."),
            click.option("--insurance-rate", type=RateType(), help="Or as a rate: 0.2%."),
            click.option("--delivery", type=amount, help="Freight inland to the buyer."),
            click.option("--finance-rate", type=RateType(), help="Interest a year: 6%."),
            click.option("--finance-days", type=click.IntRange(0, 3650), default=0, help="Days."),
            click.option("--losses", type=RateType(), default="0%", help="Weight lost: 0.5%."),
            click.option("--content", type=RateType(), help="Metal inside, for duties by content."),
        )
    ):
        command = option(command)
    return command


@click.command(
    epilog="""\b
Examples:
  lodewire landed-cost aluminium --importer US --origin AE --day 2025-03-20 --premium 180
  lodewire landed-cost aluminium --importer US --origin AE --before 2025-03-11 --after 2025-03-12
  lodewire landed-cost --price 2850 --premium "88.10 USc/lb" --incoterm DDP
  lodewire landed-cost --price 2450 --premium 160 --duty "EU=3%@cif"
  lodewire landed-cost copper --form rod --importer US --origin CL --day 2025-08-01 --to EUR/kg
  lodewire landed-cost --price 2600 --premium 180 --duty 232=25% --delivery 90 \\
      --observed "40 USc/lb"

Amounts are in --unit unless they say another: 180, "4 USc/lb". Rates carry their sign: 25%.
"""
)
@click.argument("commodity", metavar="[COMMODITY]", default="")
@_good_options
@_cost_options
@click.option("--day", type=Day(), default=None, help="Day of import. Default: today.")
@click.option("--before", type=Day(), default=None, help="With --after: what changed in between.")
@click.option("--after", type=Day(), default=None, help="Prices are those of this day's month.")
@click.option("--observed", type=AmountType(), help="A duty-paid premium seen, read both ways.")
@click.option("--why", is_flag=True, help="Also name the measures that do not apply, and why.")
@click.option("--unit", default="USD/t", show_default=True, help="Unit of the calculation.")
@click.option("--to", default="", help="Show the result in another unit or currency: EUR/kg.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="A waterfall for people, JSON (version 1), or CSV with a row a step.",
)
@desk_option
def command(
    commodity: str,
    day: date | None,
    before: date | None,
    after: date | None,
    observed: Any,
    why: bool,
    to: str,
    format_: str,
    folder: Path,
    **given: Any,
) -> None:
    """Work out what a tonne costs at the buyer's door, step by step.

    Exchange price, regional premium, freight and insurance as the incoterm leaves them, each duty
    on its customs value, delivery, finance, losses. With a COMMODITY, importer and origin, price
    and duties of the day come from the tables; every amount can be given instead.
    """
    from lodewire.cli.landed_cost_print import show_change, show_cost
    from lodewire.workbench.market.costing import cost_change, cost_of_day

    request = _request(commodity, given)
    desk = folder if folder.is_dir() else None
    if (before is None) != (after is None):
        raise click.UsageError("--before and --after go together.")
    if before is not None and after is not None:
        if day is not None or observed is not None:
            raise click.UsageError("--before and --after go without --day and --observed.")
        story = cost_change(request, before, after, desk=desk)
        show_change(story, to or request.unit, format_, why=why, desk=desk)
        return
    asked = day or datetime.now(UTC).date()
    found = cost_of_day(request, asked, desk=desk)
    show_cost(found, request, to or request.unit, format_, observed, why=why, desk=desk)


def _request(commodity: str, given: dict[str, Any]) -> CostRequest:
    from lodewire.model.cost import Incoterm
    from lodewire.workbench.market.costing import CostRequest

    incoterm = Incoterm(given.pop("incoterm").upper())
    duties = given.pop("duties") or None
    for place in ("importer", "origin"):
        given[place] = given[place].upper()
    given["claims"] = tuple(c.upper() for c in given["claims"])
    return CostRequest(commodity=commodity, incoterm=incoterm, duties=duties, **given)
