"""How often links of a campaign were opened by readers who agreed: counts, never who."""

from __future__ import annotations

from lodewire.ledger.access import Access
from lodewire.ledger.letter_tables import link_opens
from lodewire.model.audience import CampaignId
from lodewire.model.ids import content_id


class OpenStore:
    """Counts openings; a row is a campaign and a link, and holds nothing of a reader."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def count(self, campaign: CampaignId, link: str) -> None:
        """Count one opening of a link."""
        key = content_id("ln", link)
        row = {"campaign_id": campaign, "link_key": key, "link": link, "opened": 0}
        with self._access.writing() as connection:
            self._access.add_new(connection, link_opens, [row])
            connection.execute(
                link_opens.update()
                .where(link_opens.c.campaign_id == campaign, link_opens.c.link_key == key)
                .values(opened=link_opens.c.opened + 1)
            )

    def total(self) -> int:
        """Return how many openings were counted, of all campaigns."""
        from sqlalchemy import func, select

        with self._access.reading() as connection:
            return int(connection.scalar(select(func.sum(link_opens.c.opened))) or 0)

    def of_campaign(self, campaign: CampaignId) -> tuple[tuple[str, int], ...]:
        """Return (link, how often it was opened), the most opened first."""
        from sqlalchemy import select

        query = (
            select(link_opens.c.link, link_opens.c.opened)
            .where(link_opens.c.campaign_id == campaign)
            .order_by(link_opens.c.opened.desc(), link_opens.c.link)
        )
        with self._access.reading() as connection:
            return tuple((row.link, row.opened) for row in connection.execute(query))
