"""Briefs and corrections as the API answers them."""

from __future__ import annotations

from datetime import date

from lodewire.errors import NotThere
from lodewire.ledger.store import Ledger
from lodewire.model.answers import (
    BriefAnswer,
    BriefPage,
    CorrectionAnswer,
    CorrectionPage,
    Values,
)
from lodewire.model.tier import Reach
from lodewire.publish.export import brief_to_json
from lodewire.publish.shown import shown_brief
from lodewire.workbench.briefing.correcting import correction_log, with_notices


def brief_days(ledger: Ledger, *, limit: int = 100, site: str = "") -> BriefPage:
    """Return the days that have a brief, latest first."""
    return BriefPage(
        briefs=tuple(
            BriefAnswer(day=day, page=f"{site}/brief/{day}" if site else None)
            for day in ledger.briefs.days()[:limit]
        )
    )


def brief_of(ledger: Ledger, day: date | None = None, *, reach: Reach | None = None) -> Values:
    """Return the brief of a day (the latest, where none is named) with its corrections.

    ``result`` is the format of ``lodewire brief --format json``, with what ``reach`` sees (None:
    all). Raises NotThere.
    """
    if day is None:
        days = ledger.briefs.days()
        if not days:
            raise NotThere("no brief was composed yet", hint="`lodewire run` composes one.")
        day = days[0]
    found = ledger.briefs.get(day)
    if found is None:
        raise NotThere(f"there is no brief of {day}", hint="/briefs lists the days that have one.")
    told = with_notices(ledger, found)
    return Values(
        kind="brief", result=brief_to_json(told if reach is None else shown_brief(told, reach))
    )


def corrections(ledger: Ledger, *, limit: int = 100) -> CorrectionPage:
    """Return what briefs said and what is right, the latest first."""
    return CorrectionPage(
        corrections=tuple(
            CorrectionAnswer(
                id=c.id,
                action=c.action.value,
                since=c.since,
                until=c.until,
                reason=c.reason,
                role=c.role,
                said=c.said,
                right=c.right,
                statements=c.statement_ids,
                days=tuple(dict.fromkeys(b.day for b in c.briefs)),
            )
            for c in correction_log(ledger)[:limit]
        )
    )
