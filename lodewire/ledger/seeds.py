"""Seeds: subscribers who are sent every campaign before anybody else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lodewire.ledger.access import Access
from lodewire.ledger.audience import subscriber_of
from lodewire.ledger.codec import time_text
from lodewire.ledger.letter_tables import seeds
from lodewire.ledger.schema import subscribers
from lodewire.model.audience import Subscriber, SubscriberId, SubscriberState

if TYPE_CHECKING:
    from sqlalchemy import Select


class SeedStore:
    """Keeps who is a seed; erasing a subscriber ends it."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, id_: SubscriberId, *, at: datetime) -> bool:
        """Make a subscriber a seed; False where it was one."""
        row = {"subscriber_id": id_, "since": time_text(at)}
        with self._access.writing() as connection:
            return bool(self._access.add_counted(connection, seeds, [row]))

    def remove(self, id_: SubscriberId) -> bool:
        """End it; False where the subscriber was none."""
        with self._access.writing() as connection:
            done = connection.execute(seeds.delete().where(seeds.c.subscriber_id == id_))
            return bool(done.rowcount)

    def all(self) -> tuple[Subscriber, ...]:
        """Return the seeds, whatever their state, by id."""
        with self._access.reading() as connection:
            return tuple(map(subscriber_of, connection.execute(_query())))

    def active(self) -> frozenset[SubscriberId]:
        """Return the seeds that may be written to."""
        return frozenset(s.id for s in self.all() if s.state is SubscriberState.ACTIVE)


def _query() -> Select[tuple[object, ...]]:
    from sqlalchemy import select

    joined = seeds.join(subscribers, subscribers.c.id == seeds.c.subscriber_id)
    return select(*subscribers.c).select_from(joined).order_by(subscribers.c.id)
