"""``lodewire corrections``: the public log of what briefs said wrongly."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import Day, desk_option, open_desk

if TYPE_CHECKING:
    from lodewire.model.correction import Correction


@click.command(
    epilog="""\b
Examples:
  lodewire corrections
  lodewire corrections --day 2025-03-28
  lodewire corrections --format json > corrections.json
"""
)
@desk_option
@click.option("--day", type=Day(), default=None, help="Only corrections of the briefs of this day.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def command(folder: Path, day: date | None, form: str) -> None:
    """List what briefs said, what is right, since when, why, and which briefs said it.

    The latest comes first. A correction that was taken back stays in the log and says so.
    """
    from lodewire.workbench.briefing.correcting import correction_log, corrections_of

    with open_desk(folder) as (_, ledger):
        found = correction_log(ledger) if day is None else corrections_of(ledger, day)
    if form == "json":
        click.echo(json.dumps([_json(c) for c in found], ensure_ascii=False, indent=1))
        return
    if not found:
        of = f" of {day}" if day else ""
        click.echo(f"No brief{of} was corrected.")
        return
    _print(found)


def _json(correction: Correction) -> dict[str, Any]:
    return {
        "id": correction.id,
        "decision": correction.decision_id,
        "action": correction.action.value,
        "role": correction.role or None,
        "said": correction.said,
        "right": correction.right,
        "since": correction.since.isoformat(),
        "author": correction.author,
        "reason": correction.reason,
        "until": correction.until.isoformat() if correction.until else None,
        "statements": list(correction.statement_ids),
        "briefs": [
            {
                "brief": b.brief_id,
                "day": b.day.isoformat(),
                "composed_at": b.composed_at.isoformat(),
                "event": b.event_id,
                "sentence": b.sentence,
            }
            for b in correction.briefs
        ],
    }


def _print(found: tuple[Correction, ...]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from lodewire.cli.printing import console

    out = console()
    for c in found:
        head = Text(f"{c.since:%Y-%m-%d %H:%M} UTC", style="bold")
        head.append(f"  {c.action.value} by {c.author}", style="dim")
        if c.until is not None:
            head.append(f"  held until {c.until:%Y-%m-%d %H:%M} UTC", style="yellow")
        out.print(head)
        role = f"{c.role.replace('_', ' ')}: " if c.role else ""
        right = c.right if c.right is not None else "withdrawn"
        lines = [f"said   {role}{c.said}", f"right  {role if c.right else ''}{right}"]
        lines.append(f"why    {' '.join(c.reason.split())}")
        for brief in dict.fromkeys((b.day, b.sentence) for b in c.briefs):
            lines.append(f"brief  {brief[0]}" + (f": {brief[1]}" if c.role else ""))
        for line in lines:
            out.print(Padding(Text(line), (0, 0, 0, 2)))
