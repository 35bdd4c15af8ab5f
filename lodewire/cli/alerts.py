"""``lodewire alerts``: rules, what they would have told, what they told, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.alert_channels import command as channels
from lodewire.cli.options import desk_option, instant, now_option, open_desk
from lodewire.cli.rows import print_rows, rows_option
from lodewire.cli.watch import named_watch, owner_of, owner_option
from lodewire.model.alert import Pace
from lodewire.model.plain import plain
from lodewire.model.vocabulary import EventType, Status

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.store import Ledger
    from lodewire.model.alert import Endpoint, Firing, Rule

_RULES = ("name", "watches", "conditions", "channels", "pace", "state", "since", "id")
_FIRED = ("at", "rule", "sentence", "why", "subject")
_POSTS = ("due", "channel", "kind", "state", "attempts", "reason", "id")


@click.group(
    epilog="""\b
Examples:
  lodewire watch add commodity copper
  lodewire alerts channels add slack team https://hooks.slack.com/services/…
  lodewire alerts preview --type disruption
  lodewire alerts add "Copper outages" --type disruption --channel team
  lodewire alerts run
  lodewire alerts log
"""
)
def command() -> None:
    """Tell what happens to what is watched: once each, by mail, webhook, chat or feed."""


command.add_command(channels)


def rule_options(command: Callable[..., object]) -> Callable[..., object]:
    """Add what a rule asks for."""
    types = click.Choice([t.value for t in EventType])
    statuses = click.Choice([s.value for s in Status])
    options = (
        click.option("--watch", "watches", multiple=True, metavar="NAME",
                     help="Only this of the watch list; may repeat. Default: all of it."),
        click.option("--type", "types", type=types, multiple=True, help="Only this type."),
        click.option("--status", "statuses", type=statuses, multiple=True,
                     help="Only this status."),
        click.option("--least-confidence", type=click.FloatRange(0, 1), default=0.0,
                     help="Only what was read as surely as this."),
        click.option("--least-importance", type=click.FloatRange(0, 1), default=0.0,
                     help="Only what weighs so much in a brief."),
        click.option("--amount", metavar="'NUMBER UNIT'", default="",
                     help="Only where an amount of so much is stated: '100000000 USD'."),
        click.option("--channel", "ends", multiple=True, metavar="NAME",
                     help="Told there; may repeat. lodewire alerts channels lists them."),
        click.option("--pace", type=click.Choice([p.value for p in Pace]), default="at_once",
                     show_default=True, help="At once, or gathered by the hour or day (UTC)."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def _rule(
    desk: DeskConfig, ledger: Ledger, owner: str, name: str, moment: datetime, told: dict[str, Any]
) -> Rule:
    from lodewire.model.alert import Conditions
    from lodewire.workbench.alerts.ruling import make_rule

    listed = ledger.alerts.watched(owner)
    there = ledger.alerts.endpoints(owner)
    amount, unit = _amount(told["amount"])
    return make_rule(
        ledger,
        desk,
        owner,
        name,
        watches=[named_watch(listed, which).id for which in told["watches"]],
        conditions=Conditions(
            types=tuple(map(EventType, told["types"])),
            statuses=tuple(map(Status, told["statuses"])),
            least_confidence=told["least_confidence"],
            least_importance=told["least_importance"],
            amount=amount,
            unit=unit,
        ),
        channels=[named_channel(there, which).id for which in told["ends"]],
        pace=Pace(told["pace"]),
        now=moment,
    )


def _amount(text: str) -> tuple[Decimal | None, str]:
    if not text:
        return None, ""
    from lodewire.workbench.alerts.ruling import read_amount

    return read_amount(text)


def named_channel(there: tuple[Endpoint, ...], which: str) -> Endpoint:
    """Return the channel of a name or id; raises NotThere."""
    from lodewire.errors import NotThere

    for found in there:
        if which.strip().casefold() in (found.id, found.name.casefold()):
            return found
    raise NotThere(
        f"there is no channel {which!r}", hint="lodewire alerts channels list has their names"
    )


@command.command(
    epilog="""\b
Examples:
  lodewire alerts add "All I watch" --channel me
  lodewire alerts add "Copper outages" --watch copper --type disruption --channel team
  lodewire alerts add "Big deals" --amount "500000000 USD" --pace daily --channel me
"""
)
@click.argument("name")
@rule_options
@owner_option
@desk_option
@now_option
def add(name: str, address: str, folder: Path, now: datetime | None, **told: Any) -> None:
    """Keep a rule; it tells what happens from now on. One of the same name is replaced."""
    from lodewire.workbench.alerts.ruling import keep_rule

    with open_desk(folder) as (desk, ledger):
        rule = _rule(desk, ledger, owner_of(desk, ledger, address), name, instant(now), told)
        keep_rule(ledger, desk, rule)
    click.echo(f"Kept: {plain(rule.name)}. It tells what happens from {rule.since:%Y-%m-%d %H:%M}")
    if not rule.channels:
        click.echo("It has no channel: lodewire alerts log shows what it finds.")


@command.command(
    epilog="""\b
Examples:
  lodewire alerts preview
  lodewire alerts preview --watch copper --type disruption
  lodewire alerts preview --rule "Copper outages" --format json
"""
)
@click.option("--rule", "name", default="", metavar="NAME", help="One that is kept.")
@rule_options
@owner_option
@rows_option
@desk_option
@now_option
def preview(
    name: str, address: str, form: str, folder: Path, now: datetime | None, **told: Any
) -> None:
    """Show what a rule would have fired in the last 30 days, as things were known then."""
    from lodewire.workbench.alerts.owners import alert_reach
    from lodewire.workbench.alerts.preview import would_have_fired

    moment = instant(now)
    with open_desk(folder) as (desk, ledger):
        owner = owner_of(desk, ledger, address)
        rule = (
            named_rule(ledger, owner, name)
            if name
            else _rule(desk, ledger, owner, "preview", moment, told)
        )
        reach = alert_reach(desk, ledger, owner, now=moment)
        found = (
            would_have_fired(ledger, desk, rule, reach=reach, now=moment)
            if reach is not None
            else ()
        )
        listed = ledger.alerts.watched(owner)
    empty = "Nothing would have fired in the last 30 days."
    if not listed:
        empty = "Nothing is watched. lodewire watch add commodity copper begins."
    _print_fired(found, {rule.id: rule.name}, form, empty)


def named_rule(ledger: Ledger, owner: str, which: str) -> Rule:
    """Return an owner's rule by its name or id; raises NotThere."""
    from lodewire.errors import NotThere

    for rule in ledger.alerts.rules(owner):
        if which.strip().casefold() in (rule.id, rule.name.casefold()):
            return rule
    raise NotThere(f"there is no rule {which!r}", hint="lodewire alerts rules lists them")


def _print_fired(found: Iterable[Firing], names: dict[Any, str], form: str, empty: str) -> None:
    rows = [
        {
            "at": f.at.isoformat(timespec="minutes"),
            "rule": names.get(f.rule_id, f.rule_id),
            "sentence": f.sentence,
            "why": ", ".join(f.why),
            "subject": f.subject,
        }
        for f in found
    ]
    print_rows(rows, _FIRED, form, empty=empty)


@command.command(
    epilog="""\b
Examples:
  lodewire alerts rules
  lodewire alerts rules --for analyst@example.org --format json
"""
)
@owner_option
@rows_option
@desk_option
def rules(address: str, form: str, folder: Path) -> None:
    """List rules."""
    with open_desk(folder) as (desk, ledger):
        owner = owner_of(desk, ledger, address)
        watches = {w.id: w.name for w in ledger.alerts.watched(owner)}
        ends = {e.id: e.name for e in ledger.alerts.endpoints(owner)}
        rows = [_rule_row(r, watches, ends) for r in ledger.alerts.rules(owner)]
    print_rows(rows, _RULES, form, empty="No rule. lodewire alerts add NAME keeps one.")


def _rule_row(rule: Rule, watches: dict[Any, str], ends: dict[Any, str]) -> dict[str, str]:
    from lodewire.workbench.alerts.ruling import condition_words

    named = [watches[i] for i in rule.watches if i in watches]
    return {
        "name": rule.name,
        "watches": ", ".join(named) or ("nothing any more" if rule.watches else "the whole list"),
        "conditions": condition_words(rule.conditions),
        "channels": ", ".join(ends[i] for i in rule.channels if i in ends),
        "pace": rule.pace.value,
        "state": "paused" if rule.paused else "on",
        "since": rule.since.isoformat(timespec="minutes"),
        "id": rule.id,
    }


@command.command(
    epilog="""\b
Examples:
  lodewire alerts pause "Copper outages"
  lodewire alerts pause "Copper outages" --off     go on; what happened meanwhile is not told
"""
)
@click.argument("name")
@click.option("--off", is_flag=True, help="End the pause.")
@owner_option
@desk_option
@now_option
def pause(name: str, off: bool, address: str, folder: Path, now: datetime | None) -> None:
    """Pause a rule, or go on with it."""
    from lodewire.workbench.alerts.ruling import pause_rule

    with open_desk(folder) as (desk, ledger):
        rule = named_rule(ledger, owner_of(desk, ledger, address), name)
        pause_rule(ledger, desk, rule, not off, now=instant(now))
    click.echo(f"{'On again' if off else 'Paused'}: {plain(rule.name)}")


@command.command(
    epilog="""\b
Examples:
  lodewire alerts remove "Copper outages"
"""
)
@click.argument("name")
@owner_option
@desk_option
def remove(name: str, address: str, folder: Path) -> None:
    """Delete a rule, with the list of what it fired."""
    with open_desk(folder) as (desk, ledger):
        owner = owner_of(desk, ledger, address)
        rule = named_rule(ledger, owner, name)
        ledger.alerts.drop_rule(owner, rule.id)
    click.echo(f"Deleted: {plain(rule.name)}")


@command.command(
    epilog="""\b
Examples:
  lodewire alerts run                once; a timer runs it each few minutes
  lodewire alerts run --no-send      find what fires, tell nobody yet
"""
)
@click.option("--no-send", is_flag=True, help="Queue what fires; send nothing.")
@desk_option
@now_option
def run(no_send: bool, folder: Path, now: datetime | None) -> None:
    """Hold what changed against every rule, then tell all channels what is due.

    `lodewire run` finds what fires as well; digests and second attempts need this command.
    Repeating it, or killing it, fires nothing twice.
    """
    from datetime import UTC

    from lodewire.workbench.alerts.firing import fire_rules
    from lodewire.workbench.alerts.sending import send_posts

    with open_desk(folder) as (desk, ledger):
        fired = fire_rules(ledger, desk, now=instant(now))
        click.echo(f"{len(fired)} new.")
        if no_send:
            return
        told = send_posts(desk, ledger, lambda: now or datetime.now(UTC))
    for state, count in sorted(told.items(), key=lambda pair: pair[0].value):
        words = {"queued": "to be tried again", "failed": "failed for good"}
        click.echo(f"{count} {words.get(state.value, state.value)}.")


@command.command(
    epilog="""\b
Examples:
  lodewire alerts log
  lodewire alerts log --rule "Copper outages" --format csv
  lodewire alerts log --sent             what was told where, and what failed
"""
)
@click.option("--rule", "name", default="", metavar="NAME", help="Only of this rule.")
@click.option("--sent", is_flag=True, help="What was told at the channels.")
@click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many."
)
@owner_option
@rows_option
@desk_option
def log(name: str, sent: bool, limit: int, address: str, form: str, folder: Path) -> None:
    """List what fired, the latest first."""
    with open_desk(folder) as (desk, ledger):
        owner = owner_of(desk, ledger, address)
        if sent:
            _print_posts(ledger, owner, limit, form)
            return
        mine = [named_rule(ledger, owner, name)] if name else ledger.alerts.rules(owner)
        names = {r.id: r.name for r in mine}
        found = ledger.alerts.fired(names, limit=limit)
    _print_fired(found, names, form, "Nothing fired yet.")


def _print_posts(ledger: Ledger, owner: str, limit: int, form: str) -> None:
    names = {e.id: e.name for e in ledger.alerts.endpoints(owner)}
    rows = [
        {
            "due": p.due_at.isoformat(timespec="minutes"),
            "channel": names[p.endpoint_id],
            "kind": p.kind.value,
            "state": p.state.value,
            "attempts": p.attempts,
            "reason": p.reason,
            "id": p.id,
        }
        for p in ledger.posts.of_endpoints(names, limit=limit)
    ]
    print_rows(rows, _POSTS, form, empty="Nothing was told yet.")
