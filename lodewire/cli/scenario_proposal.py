"""Showing what an event proposes: what it changes, what is missing, what to ask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from lodewire.cli.printing import console
from lodewire.model.plain import plain, plain_json

if TYPE_CHECKING:
    from rich.console import Console

    from lodewire.analytics.scenario.proposal import Draft, Proposal


def show(
    proposal: Proposal, subject: tuple[str, str] | None, form: str, *, answered: bool = False
) -> None:
    """Print a proposal; ``subject`` is the commodity and stage that it would be measured on.

    ``answered`` leaves out the questions.
    """
    if form == "json":
        from lodewire.workbench.scenario.plain_values import proposal_json

        click.echo(
            plain_json(json.dumps(proposal_json(proposal, subject), ensure_ascii=False, indent=1))
        )
        return
    if form == "csv":
        raise click.UsageError("a proposal with open questions is no table; use text or json")
    out = console()
    kind = proposal.type.value.replace("_", " ")
    status = proposal.status.value.replace("_", " ")
    out.print(f"{proposal.event_id}  {kind}, {status}", style="bold", soft_wrap=True)
    if subject is not None:
        out.print(f"  measured on {subject[0]}, {subject[1]}", style="dim")
    out.print(f"  {proposal.bearing.value[:1].upper()}{proposal.bearing.value[1:]}.", style="bold")
    out.print(f"  {plain(proposal.why)}", soft_wrap=True)
    for note in proposal.notes:
        out.print(f"  {plain(note)}", style="yellow", soft_wrap=True)
    if proposal.missing and subject is not None:
        where = proposal.country or "COUNTRY"
        line = (
            f"  If it ever came to tonnes: lodewire scenario run --commodity {subject[0]} "
            f'--stage {subject[1]} --new-supplier "{where}: TONNES t from YEAR"'
        )
        out.print(plain(line), style="dim", soft_wrap=True)
    for draft in () if answered else proposal.drafts:
        _print_draft(out, draft)
    if proposal.drafts and not answered:
        out.print(f"  To fill in a file: lodewire scenario {proposal.event_id} --toml", style="dim")
    out.print()


def _print_draft(out: Console, draft: Draft) -> None:
    from lodewire.workbench.scenario.scenario_events import required

    told = ", ".join(f"{k} {_words(v)}" for k, v in draft.told.items())
    out.print(f"\n  {draft.kind.replace('_', ' ')}: {plain(told)}", soft_wrap=True)
    needed = {q.name for q in required(draft)}
    for question in draft.questions:
        mark = "needed" if question.name in needed else "if known"
        out.print(f"    ? {question.name} ({mark}): {plain(question.text)}", soft_wrap=True)
        what = f"{question.unit}, {question.range}" if question.range else question.unit
        out.print(f"        {what}: {plain(question.basis)}", style="dim", soft_wrap=True)
        example = question.range or "…"
        out.print(f"        --set {question.name}={example}", style="dim", soft_wrap=True)


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
