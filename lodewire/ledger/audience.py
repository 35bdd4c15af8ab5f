"""Subscribers with their consents, and suppressions, which outlive them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger.access import Access, chunks
from lodewire.ledger.codec import dumps, loads, time_of, time_text
from lodewire.ledger.letter_tables import feedback, seeds
from lodewire.ledger.schema import (
    address_keys,
    consents,
    deliveries,
    subscribers,
    suppressions,
)
from lodewire.model.audience import (
    Consent,
    ConsentStep,
    Preferences,
    Subscriber,
    SubscriberId,
    SubscriberState,
    Suppression,
    SuppressionReason,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PAGE = 1000


class SubscriberStore:
    """Keeps who receives the brief. An erased person leaves a suppression, and no address."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def bind_key(self, fingerprint: str, *, at: datetime) -> None:
        """Tie the ledger to the key that addresses are hashed with; the first one stays.

        Raises LedgerError for another key: under it no suppressed address would be known again.
        """
        from sqlalchemy import select

        with self._access.writing() as connection:
            there = connection.scalars(select(address_keys.c.fingerprint)).all()
            if not there:
                row = {"fingerprint": fingerprint, "since": time_text(at)}
                self._access.add_new(connection, address_keys, [row])
            elif fingerprint not in there:
                raise LedgerError(
                    "the key of the newsletter is not the one this ledger was written with",
                    hint="put the keys/newsletter.key of the desk's backup back: with another, "
                    "people who unsubscribed could be written to again",
                )

    def add(self, new: Sequence[tuple[Subscriber, Sequence[Consent]]]) -> int:
        """Add subscribers that are not there, with their consents; returns how many were new."""
        with self._access.writing() as connection:
            there = self._known(connection, [s.id for s, _ in new])
            fresh = {s.id: (s, steps) for s, steps in reversed(new) if s.id not in there}
            if fresh:
                rows = [_row(s) for s, _ in fresh.values()]
                connection.execute(subscribers.insert(), rows)
            told = [_step(id_, step) for id_, (_, steps) in fresh.items() for step in steps]
            if told:
                connection.execute(consents.insert(), told)
        return len(fresh)

    def change(self, subscriber: Subscriber, steps: Sequence[Consent] = ()) -> None:
        """Set a subscriber's state, preferences, serial and times anew, and add consents."""
        values = _row(subscriber)
        with self._access.writing() as connection:
            done = connection.execute(
                subscribers.update().where(subscribers.c.id == values.pop("id")).values(**values)
            )
            if done.rowcount:
                self._consent(connection, subscriber.id, steps)

    def get(self, id_: SubscriberId) -> Subscriber | None:
        """Return a subscriber; None where there is none."""
        from sqlalchemy import select

        with self._access.reading() as connection:
            row = connection.execute(select(subscribers).where(subscribers.c.id == id_)).first()
        return None if row is None else subscriber_of(row)

    def all(self, state: SubscriberState | None = None) -> Iterator[Subscriber]:
        """Yield subscribers by id, a page at a time."""
        from sqlalchemy import select

        last = ""
        query = select(subscribers).order_by(subscribers.c.id).limit(_PAGE)
        if state is not None:
            query = query.where(subscribers.c.state == state.value)
        while True:
            with self._access.reading() as connection:
                rows = connection.execute(query.where(subscribers.c.id > last)).all()
            if not rows:
                return
            yield from map(subscriber_of, rows)
            last = rows[-1].id

    def counts(self) -> dict[SubscriberState, int]:
        """Return how many subscribers are in each state."""
        from sqlalchemy import func, select

        query = select(subscribers.c.state, func.count().label("n")).group_by(subscribers.c.state)
        with self._access.reading() as connection:
            found = {SubscriberState(row.state): row.n for row in connection.execute(query)}
        return {state: found.get(state, 0) for state in SubscriberState}

    def consents(self, id_: SubscriberId) -> tuple[Consent, ...]:
        """Return the steps of a subscriber's consent in their order."""
        from sqlalchemy import select

        query = select(consents).where(consents.c.subscriber_id == id_).order_by(consents.c.number)
        with self._access.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Consent(
                step=ConsentStep(row.step),
                wording=row.wording,
                source=row.source,
                at=time_of(row.at),
                origin_key=row.origin_key,
            )
            for row in rows
        )

    def erase(self, id_: SubscriberId) -> bool:
        """Delete a subscriber with consents and deliveries; True if there was one."""
        with self._access.writing() as connection:
            for table in (feedback, deliveries, consents, seeds):
                connection.execute(table.delete().where(table.c.subscriber_id == id_))
            done = connection.execute(subscribers.delete().where(subscribers.c.id == id_))
            return bool(done.rowcount)

    def suppress(self, address_key: str, reason: SuppressionReason, *, at: datetime) -> None:
        """Let nothing be sent to an address from now on."""
        row = {
            "address_key": address_key,
            "reason": reason.value,
            "at": time_text(at),
            "lifted_at": None,
        }
        with self._access.writing() as connection:
            self._access.put(connection, suppressions, ("reason", "at", "lifted_at"), [row])

    def lift(self, address_key: str, *, at: datetime) -> None:
        """End a suppression, because who reads the address confirmed anew."""
        with self._access.writing() as connection:
            connection.execute(
                suppressions.update()
                .where(suppressions.c.address_key == address_key)
                .values(lifted_at=time_text(at))
            )

    def suppression(self, address_key: str) -> Suppression | None:
        """Return the suppression of an address, lifted or not; None where there is none."""
        from sqlalchemy import select

        query = select(suppressions).where(suppressions.c.address_key == address_key)
        with self._access.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Suppression(
            address_key=row.address_key,
            reason=SuppressionReason(row.reason),
            at=time_of(row.at),
            lifted_at=None if row.lifted_at is None else time_of(row.lifted_at),
        )

    def suppressed(self, keys: Iterable[str]) -> frozenset[str]:
        """Return which of the addresses nothing may be sent to."""
        from sqlalchemy import select

        found: set[str] = set()
        live = select(suppressions.c.address_key).where(suppressions.c.lifted_at.is_(None))
        with self._access.reading() as connection:
            for some in chunks(keys):
                query = live.where(suppressions.c.address_key.in_(some))
                found.update(connection.scalars(query))
        return frozenset(found)

    def _known(self, connection: Connection, ids: Sequence[str]) -> set[str]:
        from sqlalchemy import select

        found: set[str] = set()
        for some in chunks(ids):
            query = select(subscribers.c.id).where(subscribers.c.id.in_(some))
            found.update(connection.scalars(query))
        return found

    def _consent(self, connection: Connection, id_: str, steps: Sequence[Consent]) -> None:
        rows = [_step(id_, step) for step in steps]
        if rows:
            connection.execute(consents.insert(), rows)


def _step(id_: str, step: Consent) -> dict[str, Any]:
    return {
        "subscriber_id": id_,
        "step": step.step.value,
        "wording": step.wording,
        "source": step.source,
        "at": time_text(step.at),
        "origin_key": step.origin_key,
    }


def _row(subscriber: Subscriber) -> dict[str, Any]:
    return {
        "id": subscriber.id,
        "address": subscriber.address,
        "address_key": subscriber.address_key,
        "state": subscriber.state.value,
        "preferences": dumps(subscriber.preferences),
        "serial": subscriber.serial,
        "created_at": time_text(subscriber.created_at),
        "asked_at": time_text(subscriber.asked_at),
    }


def subscriber_of(row: Any) -> Subscriber:
    """Return the subscriber of a row of the table."""
    return Subscriber(
        address=row.address,
        address_key=row.address_key,
        state=SubscriberState(row.state),
        preferences=loads(Preferences, row.preferences),
        serial=row.serial,
        created_at=time_of(row.created_at),
        asked_at=time_of(row.asked_at),
    )
