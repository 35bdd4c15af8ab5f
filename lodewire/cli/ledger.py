"""``lodewire ledger``: events as a table, for people, spreadsheets and programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.filters import named_options
from lodewire.cli.options import Day, desk_option, empty_ledger_words, open_desk
from lodewire.cli.writing import whole_file
from lodewire.model.vocabulary import Desk, EventType, Status

if TYPE_CHECKING:
    from lodewire.ledger.amounts import AmountFilter
    from lodewire.ledger.selecting import EventFilters, RoleFilter
    from lodewire.ledger.store import Ledger
    from lodewire.model.event import Event
    from lodewire.publish.tables import Links, Row

FORMATS = ("table", "csv", "jsonl", "parquet", "xlsx")
SHOWN = 50  # rows on a terminal, unless told otherwise
_BATCH = 200


@click.command(
    epilog="""\b
Examples:
  lodewire ledger --topic mining-metals --since 2025-03-01
  lodewire ledger --type acquisition --amount '>= 100 million USD' --sort amount
  lodewire ledger --commodity lithium --country Chile --format csv -o lithium.csv
  lodewire ledger --role buyer=Tesla --rows values --format jsonl
  lodewire ledger --amount 'capacity 10,000 to 50,000 t/yr'
  lodewire ledger --columns               what every column means
"""
)
@desk_option
@named_options
@click.option("--since", type=Day(), help="First reported on this day or later.")
@click.option("--until", type=Day(), help="First reported on this day or before.")
@click.option("--role", "roles", multiple=True, metavar="ROLE=NAME", help="Who or what fills it.")
@click.option(
    "--sort",
    type=click.Choice(["newest", "oldest", "amount"]),
    default="newest",
    show_default=True,
    help="By day first reported, or by the --amount asked for, the largest first.",
)
@click.option("--limit", type=click.IntRange(1), help=f"At most so many events. Table: {SHOWN}.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How."
)
@click.option(
    "--rows",
    type=click.Choice(["events", "values"]),
    default="events",
    show_default=True,
    help="A row an event, or a row for each value that is stated.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file.")
@click.option("--columns", is_flag=True, help="Print what the columns mean, and stop.")
def command(
    folder: Path,
    form: str,
    rows: str,
    sort: str,
    limit: int | None,
    output: Path | None,
    columns: bool,
    **asked: Any,
) -> None:
    """Print events as a table, with units and quotes in columns.

    Filters narrow together. Amounts are compared in the unit they are stated in: 100 million EUR is
    not >= 90 million USD. A stated range counts only where all of it lies within the bounds.
    """
    from lodewire.ledger.selecting import EventOrder
    from lodewire.publish.tables import EVENT_COLUMNS, VALUE_COLUMNS, value_rows
    from lodewire.workbench.briefing.composing import publishers_of

    shown = EVENT_COLUMNS if rows == "events" else VALUE_COLUMNS
    if columns:
        for column in shown:
            click.echo(f"{column.name:18}{column.kind.value:14}{column.meaning}")
        return
    if sort == "amount" and asked["amount"] is None:
        raise click.UsageError(
            "--sort amount needs --amount, for example '>= 0 USD': "
            "amounts in several units have no order"
        )
    if form in ("parquet", "xlsx") and output is None:
        raise click.UsageError(f"--format {form} needs --output FILE")
    if form == "table" and (output is not None or rows == "values"):
        raise click.UsageError("--output and --rows values need --format csv, jsonl, parquet, xlsx")
    with open_desk(folder) as (desk, ledger), ledger.snapshot():
        publishers = publishers_of(desk)
        found = ledger.select(_filters(ledger, **asked), order=EventOrder(sort))
        if form == "table":
            _print_table(ledger, found, asked["amount"], limit or SHOWN, folder)
            return
        kept = islice(found, limit)
        told = (
            _event_rows(ledger, kept, asked["amount"], publishers)
            if rows == "events"
            else chain.from_iterable(
                value_rows(event, links) for event, links in _linked(ledger, kept, publishers)
            )
        )
        _write(told, shown, form, output)


def _filters(
    ledger: Ledger,
    *,
    topic: str | None,
    type_: str | None,
    status: str | None,
    since: date | None,
    until: date | None,
    roles: Sequence[str],
    amount: AmountFilter | None,
    **names: tuple[str, ...],
) -> EventFilters:
    from lodewire.ledger.selecting import EventFilters
    from lodewire.workbench.names import named_groups

    if amount is not None and amount.role is not None:
        _check_role(amount.role)
    return EventFilters(
        since=since,
        until=until,
        desk=Desk(topic) if topic else None,
        type=EventType(type_) if type_ else None,
        status=Status(status) if status else None,
        entities=named_groups(ledger, names),
        roles=tuple(_role(ledger, told) for told in roles),
        amount=amount,
    )


def _role(ledger: Ledger, told: str) -> RoleFilter:
    from lodewire.ledger.selecting import RoleFilter
    from lodewire.workbench.names import entities_called

    role, equals, name = (part.strip() for part in told.partition("="))
    if not equals or not name:
        raise click.UsageError(f"--role {told!r}: write ROLE=NAME, for example buyer=Tesla")
    _check_role(role)
    ids = frozenset(e.id for e in entities_called(ledger, name))
    return RoleFilter(role=role, entities=ids, value=name)


def _check_role(role: str) -> None:
    from lodewire.errors import QueryError
    from lodewire.workbench.amount_words import check_role

    try:
        check_role(role)
    except QueryError as error:
        raise click.UsageError(f"{error.message}; {error.hint}") from error


def _linked(
    ledger: Ledger, found: Iterable[Event], publishers: Mapping[str, str]
) -> Iterator[tuple[Event, Links]]:
    """Each event with the links of its documents, some at a time."""
    rest = iter(found)
    while some := list(islice(rest, _BATCH)):
        links = ledger.documents.links(
            {d for event in some for d in event.document_ids}, publishers
        )
        for event in some:
            yield event, links


def _event_rows(
    ledger: Ledger,
    found: Iterable[Event],
    amount: AmountFilter | None,
    publishers: Mapping[str, str],
) -> Iterator[Row]:
    from lodewire.publish.tables import event_row

    for event, links in _linked(ledger, found, publishers):
        asked = None
        if amount is not None:
            asked = next((s for s in event.statements if amount.holds_for(s)), None)
        yield event_row(event, links, amount=asked)


def _write(told: Iterable[Row], columns: Sequence[Any], form: str, output: Path | None) -> None:
    from lodewire.publish.table_files import WRITERS

    sys.stdout.flush()
    with whole_file(output) if output else nullcontext(sys.stdout.buffer) as out:
        count = WRITERS[form](told, columns, out)
    if output:
        click.echo(f"Wrote {count:,} rows to {output}")


def _print_table(
    ledger: Ledger, found: Iterator[Event], amount: AmountFilter | None, limit: int, folder: Path
) -> None:
    from rich.table import Table
    from rich.text import Text

    from lodewire.cli.printing import console
    from lodewire.model.plain import plain

    rows = list(_event_rows(ledger, islice(found, limit), amount, {}))
    if not rows:
        empty = not ledger.search("", limit=1)
        click.echo(
            empty_ledger_words(folder) if empty else "No event is like this. Leave out a filter."
        )
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("reported", "type", "status", "what", "amount", "event"):
        table.add_column(head, no_wrap=head in ("reported", "event"))
    for row in rows:
        table.add_row(
            Text(str(row["reported"] or "")),
            Text(row["type"].replace("_", " "), style="cyan"),
            Text(row["status"].replace("_", " ")),
            Text(plain(row["sentence"])),
            Text(plain(_told_amount(row))),
            Text(row["event"], style="dim"),
        )
    console().print(table)
    if next(found, None) is not None:
        click.echo(f"The first {limit}; there are more: --limit, or --format csv for all.")


def _told_amount(row: Row) -> str:
    from lodewire.publish.wording import print_bounds

    if row["amount"] is None:
        return ""
    return print_bounds(row["amount"], row["amount_unit"], row["amount_qualifier"])
