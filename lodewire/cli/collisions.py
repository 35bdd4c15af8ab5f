"""``lodewire collisions``: new deals against the restrictions in force on the same material."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from lodewire.model.collision import Collision, DealFinding
    from lodewire.workbench.colliding import Collisions

_COLUMNS = ("verdict", "deal_day", "deal", "deal_text", "kind", "through", "country", "commodity",
            "deal_words", "rule_words", "rule", "rule_text", "rule_status", "since", "until",
            "reason", "open_points", "why")  # fmt: skip
_MARKS = {
    "collision": "bold red",
    "possible": "red",
    "upcoming": "yellow",
    "no_known_restriction": "green",
}


@click.command(
    epilog="""\b
Examples:
  lodewire collisions --since 2025-01-01
  lodewire collisions --all             deals without a finding too, and how far was looked
  lodewire collisions --format csv > collisions.csv

A restriction counts from its day of effect until a text tells its end. "Possible" means that the
texts leave open whether it applies, and says what. "No known restriction" means
that measures of that country are known and none bears on the deal; "not covered" that the ledger
cannot tell. [own] country in desk.toml adds what bears on your own country. Measures of Global
Trade Alert that were fetched (`lodewire figures fetch gta`) are held against the deals by HS code.
"""
)
@desk_option
@click.option("--since", type=Day(), help="Deals first reported on this day or later.")
@click.option("--until", type=Day(), help="Deals first reported on this day or before.")
@click.option("--all", "every", is_flag=True, help="Also deals against which nothing is known.")
@rows_option
@now_option
def command(
    folder: Path,
    since: date | None,
    until: date | None,
    every: bool,
    form: str,
    now: datetime | None,
) -> None:
    """Hold new deals against export rules, duties and sanctions on the same material and country.

    Each finding quotes both texts, says since when the rule holds and what the texts leave open.
    """
    from lodewire.pipeline.figures import table_of
    from lodewire.pipeline.run import today
    from lodewire.workbench.colliding import collisions_in

    with open_desk(folder) as (desk, ledger), ledger.snapshot():
        day = today(desk, instant(now))
        found = collisions_in(
            ledger, desk, since=since, until=until, today=day, listed=table_of(desk, "gta")
        )
        empty = empty_ledger_words(folder) if not ledger.search("", limit=1) else ""
    if form == "table":
        if empty or not found.findings:
            click.echo(empty or "No deal was reported in these days.")
            return
        _print(found, every)
        return
    shown = [f for f in found.findings if every or f.collisions]
    rows = [row for finding in shown for row in _rows(finding, found)]
    print_rows(rows, _COLUMNS, form, empty="")


def _rows(finding: DealFinding, found: Collisions) -> Iterator[dict[str, Any]]:
    deal = {
        "verdict": finding.verdict.value,
        "deal_day": finding.day.isoformat(),
        "deal": finding.deal_id,
        "deal_text": found.sentences[finding.deal_id],
        "why": finding.why or None,
        "country": "; ".join(finding.countries) or None,
        "commodity": "; ".join(finding.commodities) or None,
    }
    if not finding.collisions:
        yield deal
    for collision in finding.collisions:
        yield deal | {
            "kind": collision.kind.value,
            "through": collision.through,
            "country": collision.country or None,
            "commodity": collision.commodity,
            "deal_words": collision.deal_words,
            "rule_words": collision.rule_words,
            "rule": collision.rule.event_id,
            "rule_text": found.sentences[collision.rule.event_id],
            "rule_status": collision.rule.status,
            "since": collision.rule.since.isoformat() if collision.rule.since else None,
            "until": collision.rule.until.isoformat() if collision.rule.until else None,
            "reason": collision.reason,
            "open_points": "; ".join(collision.open_points) or None,
        }


def _print(found: Collisions, every: bool) -> None:
    from rich.text import Text

    from lodewire.cli.printing import console
    from lodewire.publish.sentences import tell_event

    out = console()
    counts = Counter(f.verdict.value.replace("_", " ") for f in found.findings)
    told = ", ".join(f"{counts[v]} {v}" for v in sorted(counts))
    out.print(f"{len(found.findings)} deals: {told}", soft_wrap=True)
    for finding in found.findings:
        if not finding.collisions and not every:
            continue
        style = _MARKS.get(finding.verdict.value, "dim")
        head = Text(f"{finding.verdict.value.replace('_', ' ')}  ", style=style)
        head.append(f"{finding.day}  ", style="dim")
        head.append(plain(tell_event(found.events[finding.deal_id])))
        out.print(head, soft_wrap=True)
        if finding.why:
            out.print(Text(f"    {plain(finding.why)}", style="dim"), soft_wrap=True)
        for collision in finding.collisions:
            _print_collision(found, collision)


def _print_collision(found: Collisions, collision: Collision) -> None:
    from rich.text import Text

    from lodewire.cli.printing import console

    out = console()
    out.print(Text(f"    {collision.kind.value}: {plain(collision.reason)}"), soft_wrap=True)
    rule = plain(found.sentences[collision.rule.event_id])
    out.print(Text(f"      “{rule}”", style="italic dim"), soft_wrap=True)
    for point in collision.open_points:
        out.print(Text(f"      open: {plain(point)}", style="yellow"), soft_wrap=True)
