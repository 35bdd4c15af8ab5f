"""The letters that a tier would be sent, for the leak test; nothing is kept or sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lodewire.config.desk import DeskConfig
from lodewire.ledger.store import Ledger
from lodewire.model.tier import Reach, Tier
from lodewire.publish.newsletter import is_empty, of_week, render_letter
from lodewire.publish.shown import letter_words, shown_brief
from lodewire.workbench.briefing.correcting import with_notices

_DAYS = 7


def letters_of(
    desk: DeskConfig, ledger: Ledger, tier: Tier, *, today: date
) -> Iterator[tuple[str, bytes]]:
    """Yield the daily letters of the latest briefs and the weekly one, as (name, bytes).

    Of days that the tier may read on ``today``: a letter was sent on its day.
    """
    reach = Reach(tier=tier, plan=desk.tiers.plan)
    days = [day for day in ledger.briefs.days()[:_DAYS] if reach.reads(day, today)]
    kept = [ledger.briefs.get(day) for day in days]
    briefs = [with_notices(ledger, b) for b in kept if b is not None]
    told = [(f"mail of {b.day.isoformat()}", b) for b in briefs]
    if briefs:
        week = of_week(tuple(briefs), per_desk=desk.brief.entries_a_desk)
        told.append((f"weekly mail of {week.day.isoformat()}", week))
    for name, brief in told:
        if is_empty(brief):
            continue
        left_out = letter_words(brief, reach)
        letter = render_letter(shown_brief(brief, reach), preferences=False, withheld=left_out)
        yield name, f"{letter.subject}\n{letter.html}\n{letter.text}".encode()
