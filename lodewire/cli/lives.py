"""The life of an event, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from lodewire.model.life import Life


def life_json(life: Life) -> dict[str, Any]:
    """Return the life as an object for ``json.dumps``."""
    return {
        "stage": life.stage.value if life.stage else None,
        "stale": life.stale,
        "last_heard": life.last_heard.isoformat(),
        "silent_days": life.silent_days,
        "usual_days": life.usual_days,
        "reason": life.reason or None,
        "steps": [
            {
                "stage": step.stage.value,
                "date": step.day.isoformat(),
                "reported": step.reported.isoformat(),
                "statement": step.statement_id,
                "quote": step.quote,
            }
            for step in life.steps
        ],
    }


def print_life(told: dict[str, Any], out: Console) -> None:
    """Print the steps with their dates and words, and how long it has been silent."""
    from rich.text import Text

    if not told["steps"]:
        return
    out.print("  Life", style="bold")
    for step in told["steps"]:
        line = Text(f"    {step['date']}  {step['stage'].replace('_', ' '):<10} ")
        line.append(f"“{' '.join(step['quote'].split())}”", style="italic")
        if step["reported"] != step["date"]:
            line.append(f"  told {step['reported']}", style="dim")
        out.print(line)
    heard = f"    last heard of {told['last_heard']}, {told['silent_days']} days before"
    if told["stale"]:
        out.print(
            f"{heard}: stale; {told['usual_days']} days are usual ({told['reason']})",
            style="yellow",
            soft_wrap=True,
        )
