"""``lodewire promises``: what was announced, what came of it, by partner and stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import (
    Day,
    desk_option,
    empty_ledger_words,
    instant,
    now_option,
    open_desk,
)
from lodewire.cli.rows import print_rows, rows_option
from lodewire.cli.things import commodity_id, country_id
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from lodewire.model.promise import Promise, PromisedAmount, PromiseTotal
    from lodewire.workbench.promising import Promises

SHOWN = 20
_COLUMNS = ("day", "stage", "silent", "silent_days", "usual_days", "age_days", "type", "sentence",
            "parties", "countries", "hosts", "commodities", "sites", "promised", "came", "steps",
            "event")  # fmt: skip
_COUNTS = ("partner", "stage", "count", "silent", "median_age_days")


@click.command(
    epilog="""\b
Examples:
  lodewire promises --country JP --partner NA
  lodewire promises --commodity rare-earths --silent
  lodewire promises --country Japan --format csv > japan.csv
  lodewire promises --counts            by partner country and stage

Stages: announced, agreed, financed, permitted, building, producing, closed; or suspended, ended.
Silent means that nothing was heard for longer than is usual ([life] in desk.toml).
"""
)
@desk_option
@click.option("--country", metavar="NAME", help="Involving this country: a party's or a site's.")
@click.option("--partner", metavar="NAME", help="And this one.")
@click.option("--commodity", metavar="NAME", help="Naming it, or a member of it.")
@click.option("--silent", is_flag=True, help="Only what has gone silent.")
@click.option("--since", type=Day(), help="Announced on this day or later.")
@click.option("--counts", is_flag=True, help="Counts and ages by partner country and stage alone.")
@click.option("--limit", type=click.IntRange(1), help=f"At most so many. Table: {SHOWN}.")
@rows_option
@now_option
def command(
    folder: Path,
    country: str | None,
    partner: str | None,
    commodity: str | None,
    silent: bool,
    since: date | None,
    counts: bool,
    limit: int | None,
    form: str,
    now: datetime | None,
) -> None:
    """Show what was announced and what came of it, with the event and the reason for each step."""
    from lodewire.analytics.promises import total_promises
    from lodewire.pipeline.run import today
    from lodewire.workbench.promising import promises_in

    about = country_id(country) if country else None
    other = country_id(partner) if partner else None
    material = commodity_id(commodity) if commodity else None
    with open_desk(folder) as (desk, ledger), ledger.snapshot():
        found = promises_in(
            ledger,
            desk,
            today=today(desk, instant(now)),
            country=about,
            partner=other,
            commodity=material,
            silent=silent,
            since=since,
        )
        empty = empty_ledger_words(folder) if not ledger.search("", limit=1) else ""
    nothing = empty or "No promise is like this. Leave out a filter."
    if counts:
        print_rows(_count_rows(found.promises, about), _COUNTS, form, empty=nothing)
        return
    if form != "table":
        print_rows([_row(p, found) for p in found.promises[:limit]], _COLUMNS, form, empty="")
        return
    if not found.promises:
        click.echo(nothing)
        return
    print_rows(_count_rows(found.promises, about), _COUNTS, "table", empty="")
    _print_totals(total_promises(found.promises))
    _print(found, limit or SHOWN)


def _count_rows(promises: Sequence[Promise], about: str | None) -> list[dict[str, Any]]:
    from lodewire.analytics.event_terms import country_name
    from lodewire.analytics.promises import count_promises

    return [
        {
            "partner": country_name(c.partner),
            "stage": c.stage.value,
            "count": c.count,
            "silent": c.silent,
            "median_age_days": c.median_age,
        }
        for c in count_promises(promises, about)
    ]


def _row(promise: Promise, found: Promises) -> dict[str, Any]:
    from lodewire.publish.sentences import tell_event

    return {
        "day": promise.day.isoformat(),
        "stage": promise.stage.value,
        "silent": promise.silent,
        "silent_days": promise.silent_days,
        "usual_days": promise.usual_days,
        "age_days": promise.age_days,
        "type": promise.type,
        "sentence": tell_event(found.events[promise.event_id]),
        "parties": "; ".join(promise.parties) or None,
        "countries": "; ".join(promise.countries) or None,
        "hosts": "; ".join(promise.hosts) or None,
        "commodities": "; ".join(promise.commodities) or None,
        "sites": "; ".join(promise.sites) or None,
        "promised": "; ".join(map(_amount, promise.promised)) or None,
        "came": "; ".join(map(_amount, promise.came)) or None,
        "steps": "; ".join(
            f"{s.day} {s.stage.value}" + (f" ({s.link})" if s.link else "") for s in promise.steps
        ),
        "event": promise.event_id,
    }


def _amount(amount: PromisedAmount) -> str:
    from lodewire.publish.wording import print_amount

    low, high = amount.low, amount.high
    told = print_amount(low, amount.unit)
    if high != low:
        told = f"{told} to {print_amount(high, amount.unit)}"
    return f"{amount.role} {told}" + (f" ({amount.period})" if amount.period else "")


def _print_totals(totals: Sequence[PromiseTotal]) -> None:
    from lodewire.publish.wording import print_amount

    for total in totals:
        said = print_amount(total.low, total.unit) if total.promises else "nothing"
        if total.high != total.low:
            said += f" to {print_amount(total.high, total.unit)}"
        came = print_amount(total.came_low, total.unit) if total.delivered else "nothing told"
        click.echo(
            f"Promised in {total.unit}: {said} by {total.promises}; came: {came}"
            + (f" of {total.delivered}" if total.delivered else "")
        )


def _print(found: Promises, limit: int) -> None:
    from rich.text import Text

    from lodewire.cli.printing import console
    from lodewire.publish.sentences import tell_event

    out = console()
    for promise in found.promises[:limit]:
        head = Text(f"{promise.stage.value:<10}", style="bold cyan")
        head.append(f" {promise.day}  ", style="dim")
        head.append(plain(tell_event(found.events[promise.event_id])))
        if promise.silent:
            head.append(f"  silent for {promise.silent_days} days", style="yellow")
        out.print(head, soft_wrap=True)
        for step in promise.steps:
            line = Text(f"    {step.day}  {step.stage.value:<10} ")
            line.append(f"“{plain(step.quote)[:160]}”", style="italic")
            if step.link:
                line.append(f"  {plain(step.link)}  {step.event_id[:12]}", style="dim")
            out.print(line, soft_wrap=True)
        for name, amounts in (("promised", promise.promised), ("came", promise.came)):
            if amounts:
                click.echo(f"    {name}: " + "; ".join(plain(_amount(a)) for a in amounts))
    if len(found.promises) > limit:
        click.echo(f"… and {len(found.promises) - limit} more: --limit {len(found.promises)}")
