"""Campaigns of one thing: a correction for those who were told wrong, an alert for who asked.

Both go out at once, but not at night.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from lodewire.delivery.waves import by_day
from lodewire.errors import DeliveryError
from lodewire.ledger.store import Ledger
from lodewire.model.audience import (
    Campaign,
    CampaignKind,
    CampaignState,
    SubscriberId,
    SubscriberState,
)
from lodewire.model.brief import Brief, CorrectionNote
from lodewire.model.correction import Correction
from lodewire.publish.frame import frame_of
from lodewire.publish.newsletter import top_of
from lodewire.publish.words import correction_words
from lodewire.workbench.briefing.correcting import correction_log


def start_corrections(ledger: Ledger, *, now: datetime) -> tuple[Campaign, ...]:
    """Begin a campaign for each correction that holds, to exactly those who were told wrong.

    One that was begun, or concerns nobody, is not begun. A reader whose copy told the correction
    already gets none.
    """
    begun = []
    for correction in correction_log(ledger):
        if correction.until is not None:
            continue
        readers = readers_told_wrong(ledger, correction)
        days = [b.day for b in correction.briefs]
        campaign = Campaign(
            day=max(days),
            send_on=now.date(),
            briefs=tuple(dict.fromkeys(b.brief_id for b in correction.briefs)),
            state=CampaignState.SENDING,
            created_at=now,
            kind=CampaignKind.CORRECTION,
            about=correction.id,
        )
        due = list(_at_once(ledger, readers, now))
        if due and ledger.campaigns.start(campaign, due):
            begun.append(campaign)
    return tuple(begun)


def readers_told_wrong(ledger: Ledger, correction: Correction) -> tuple[SubscriberId, ...]:
    """Return who was sent a copy with the wrong sentence and without its correction."""
    notes = {correction_words([n])[0] for n in notes_of(correction)}
    sentences = {b.sentence for b in correction.briefs}
    briefs = {b.brief_id for b in correction.briefs}
    campaigns = [c.id for c in ledger.campaigns.all() if briefs & set(c.briefs)]
    wrong = [
        id_
        for id_, told in ledger.letters.of_campaigns(campaigns).items()
        if any(
            any(s in text for s in sentences) and not any(n in text for n in notes)
            for text in told.values()
        )
    ]
    return ledger.letters.readers_of(wrong)


def notes_of(correction: Correction) -> tuple[CorrectionNote, ...]:
    """Return the notices of a correction, one for each sentence that said it."""
    sentences = dict.fromkeys(b.sentence for b in correction.briefs)
    return tuple(
        CorrectionNote(
            statement_id=correction.statement_ids[0],
            role=correction.role,
            said=correction.said,
            right=correction.right,
            sentence=sentence,
            since=correction.since,
            author=correction.author,
            reason=correction.reason,
        )
        for sentence in sentences
    )


def start_alerts(ledger: Ledger, day: date, *, least: float, now: datetime) -> tuple[Campaign, ...]:
    """Begin a campaign for each event of a day's brief that weighs ``least`` or more.

    It goes to whoever asked for alerts; an event is alerted once. Raises DeliveryError where there
    is no brief.
    """
    brief = ledger.briefs.get(day)
    if brief is None:
        raise DeliveryError(
            f"no brief was composed for {day}", hint=f"run `lodewire brief {day}` first"
        )
    begun = []
    for entry in (e for s in brief.sections for e in s.entries if e.importance >= least):
        campaign = Campaign(
            day=day,
            send_on=now.date(),
            briefs=(brief.id,),
            state=CampaignState.SENDING,
            created_at=now,
            kind=CampaignKind.ALERT,
            about=entry.event_id,
        )
        due = list(_at_once(ledger, None, now))
        if due and ledger.campaigns.start(campaign, due):
            begun.append(campaign)
    return tuple(begun)


def only_about(ledger: Ledger, campaign: Campaign, brief: Brief) -> Brief:
    """Return what a correction or an alert tells, as a brief of that alone."""
    if campaign.kind is CampaignKind.CORRECTION:
        found = [c for c in correction_log(ledger) if c.id == campaign.about]
        notes = tuple(n for c in found for n in notes_of(c))
        return replace(brief, sections=(), top=(), corrections=notes)
    sections = tuple(
        replace(s, entries=tuple(e for e in s.entries if e.event_id == campaign.about), also=0)
        for s in brief.sections
    )
    return replace(brief, sections=sections, top=top_of(sections), corrections=())


def subject_about(campaign: Campaign, brief: Brief, subject: str, language: str) -> str:
    """Return the subject of a correction or an alert, as a reader of the language is told it."""
    frame = frame_of(language)
    if campaign.kind is CampaignKind.CORRECTION:
        return frame.told("correction", title=brief.title, day=frame.day(brief.day))
    return frame.told("alert", subject=subject) if campaign.kind is CampaignKind.ALERT else subject


def _at_once(
    ledger: Ledger, readers: tuple[SubscriberId, ...] | None, now: datetime
) -> Iterator[tuple[SubscriberId, datetime]]:
    """Whom it concerns (None: who asked for alerts), each by day of their own."""
    if readers is None:
        seeds = ledger.seeds.active()
        for subscriber in ledger.subscribers.all(SubscriberState.ACTIVE):
            if subscriber.id in seeds:
                yield subscriber.id, now
            elif subscriber.preferences.alerts:
                yield subscriber.id, by_day(subscriber.preferences, now)
        return
    for id_ in readers:
        found = ledger.subscribers.get(id_)
        if found is not None and found.state is SubscriberState.ACTIVE:
            yield id_, by_day(found.preferences, now)
