"""What a person sees before a campaign goes out: its guard rails, and who is due when."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from lodewire.config.newsletter import NewsletterChoice
from lodewire.delivery.waves import due_at
from lodewire.ledger.store import Ledger
from lodewire.model.audience import SubscriberState
from lodewire.publish.letter import rails_of


def rails_of_day(
    ledger: Ledger, day: date, choice: NewsletterChoice
) -> dict[str, tuple[str, ...]] | None:
    """Return each guard rail of automatic sending with what breaks it; None without a brief."""
    brief = ledger.briefs.get(day)
    return None if brief is None else rails_of(brief, least_origins=choice.least_origins)


def waves_of(ledger: Ledger, send_on: date) -> tuple[tuple[datetime, int], ...]:
    """Return how many copies of a day's campaign are due at which instant (UTC), in order."""
    found: Counter[datetime] = Counter()
    for subscriber in ledger.subscribers.all(SubscriberState.ACTIVE):
        if subscriber.preferences.frequency.falls_on(send_on):
            found[due_at(subscriber.preferences, send_on)] += 1
    return tuple(sorted(found.items()))
