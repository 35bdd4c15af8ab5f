"""What became of a campaign, in numbers: copies, what came back, who left, links that count."""

from __future__ import annotations

from dataclasses import dataclass

from lodewire.ledger.store import Ledger
from lodewire.model.audience import Campaign, DeliveryState, FeedbackKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignNumbers:
    """Counts of one campaign. ``left``: readers who left after its copy and before the next.

    ``links`` are openings by readers who agreed that they are counted, the most opened first.
    """

    copies: dict[DeliveryState, int]
    feedback: dict[FeedbackKind, int]
    left: int
    links: tuple[tuple[str, int], ...]


def numbers_of(ledger: Ledger, campaign: Campaign) -> CampaignNumbers:
    """Return the numbers of a campaign. Nothing in them is of one reader."""
    return CampaignNumbers(
        copies=ledger.campaigns.counts(campaign.id),
        feedback=ledger.letters.feedback_counts(campaign.id),
        left=ledger.letters.left_after(campaign.id),
        links=ledger.opens.of_campaign(campaign.id),
    )
