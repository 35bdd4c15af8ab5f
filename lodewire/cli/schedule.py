"""``lodewire schedule``: what the desk does by itself, what came of it, and when it is next."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import desk_option, instant, json_option, now_option, open_desk

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from lodewire.ledger.schedule import ScheduleStore
    from lodewire.model.schedule import Job, Occurrence
    from lodewire.workbench.scheduling import Plan

_COLUMNS = ("job", "when", "last", "state", "last_success", "next")


@click.command(
    epilog="""\b
Examples:
  lodewire schedule --desk ~/metals-desk
  lodewire schedule --json

[schedule] of desk.toml says what is done and when; `lodewire serve` does it: docs/deploy.md
"""
)
@desk_option
@json_option
@now_option
def command(folder: Path, as_json: bool, now: datetime | None) -> None:
    """Show what the desk does by itself: last time, what came of it, next time.

    Times are those of the schedule's zone; with --json they are in UTC, and the end of what each
    job printed is there too.
    """
    from zoneinfo import ZoneInfo

    from lodewire.cli.rows import print_rows
    from lodewire.model.plain import plain, plain_json
    from lodewire.workbench.scheduling import plan_of

    moment = instant(now)
    with open_desk(folder) as (desk, ledger):
        plan, name = plan_of(desk), desk.schedule.timezone or desk.timezone
        told = [_told(ledger.schedule, plan, job, moment) for job in plan.jobs()]
    if as_json:
        form = {"on": desk.schedule.on, "timezone": name, "jobs": told}
        click.echo(plain_json(json.dumps(form, ensure_ascii=False, indent=1)))
        return
    rows = [_row(one, ZoneInfo(name)) for one in told]
    print_rows(rows, _COLUMNS, "table", empty="The schedule has no jobs.")
    for one in told:
        if one["state"] not in ("done", "never", "running") and one["tail"]:
            click.echo(f"{one['job']}: {plain(one['tail'].splitlines()[-1])}")
    if not desk.schedule.on:
        click.echo("The schedule is off: write on = true under [schedule] in desk.toml.")


def _told(store: ScheduleStore, plan: Plan, job: Job, now: datetime) -> dict[str, Any]:
    last, success = store.last(job), store.last_success(job)
    following = plan.following(job, now)
    return {
        "job": job.value,
        "when": plan.words(job),
        "state": _state(last, now),
        "last": _text(last.due if last else None),
        "started": _text(last.started if last else None),
        "ended": _text(last.ended if last else None),
        "code": last.code if last else None,
        "attempts": last.attempts if last else 0,
        "again": _text(last.lease_until if last and last.ended else None),
        "tail": last.tail if last else "",
        "last_success": _text(success.ended if success else None),
        "next": _text(following),
    }


def _state(last: Occurrence | None, now: datetime) -> str:
    if last is None:
        return "never"
    if last.running(now):
        return "running"
    if last.succeeded:
        return "done"
    if last.ended is None:
        return "interrupted"
    if last.code is None:
        return "given up"
    return f"failed ({last.code})" + (", again soon" if last.lease_until else "")


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _row(told: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    def local(text: str | None) -> str:
        if text is None:
            return ""
        return f"{datetime.fromisoformat(text).astimezone(zone):%Y-%m-%d %H:%M}"

    return {
        **told,
        **{name: local(told[name]) for name in ("last", "last_success")},
        "next": local(told["next"]) or "after a run",
    }
