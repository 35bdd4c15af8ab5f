"""Watch lists, rules and channels of accounts and of the desk; what fired, and up to when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.alert_tables import (
    alert_firings,
    alert_looks,
    alert_parts,
    alert_posts,
    alert_rules,
    endpoints,
    watches,
)
from lodewire.ledger.codec import canonical, dumps, loads, time_of, time_text
from lodewire.ledger.schema import (
    decision_documents,
    decisions,
    event_members,
    event_mentions,
)
from lodewire.model.alert import (
    Endpoint,
    EndpointId,
    Firing,
    PostId,
    Rule,
    RuleId,
    Watch,
    WatchId,
)
from lodewire.model.ids import EventId

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

T = TypeVar("T", Watch, Rule, Endpoint)


class AlertStore:
    """Keeps what is watched, and what came of it."""

    def __init__(self, access: Access) -> None:
        self._access = access

    # Watch lists

    def watch(self, found: Watch) -> bool:
        """Put something on a watch list; False where it is there already."""
        row = {"id": found.id, "owner": found.owner, "body": dumps(found)}
        with self._access.writing() as connection:
            return self._access.add_counted(connection, watches, [row]) > 0

    def unwatch(self, owner: str, id_: WatchId) -> bool:
        """Take something off its owner's list; False where it is not on it."""
        mine = (watches.c.owner == owner, watches.c.id == id_)
        with self._access.writing() as connection:
            return bool(connection.execute(watches.delete().where(*mine)).rowcount)

    def watched(self, owner: str) -> tuple[Watch, ...]:
        """Return an owner's list, the earliest first."""
        return self._all(Watch, watches, watches.c.owner == owner)

    # Rules

    def put_rule(self, rule: Rule) -> None:
        """Keep a rule, in place of its owner's of the same name."""
        row = {"id": rule.id, "owner": rule.owner, "body": dumps(rule)}
        with self._access.writing() as connection:
            self._access.put(connection, alert_rules, ("body",), [row])

    def drop_rule(self, owner: str, id_: RuleId) -> bool:
        """Delete a rule with what it found; False where its owner has no such one."""
        with self._access.writing() as connection:
            found = self._all(Rule, alert_rules, alert_rules.c.id == id_)
            if not found or found[0].owner != owner:
                return False
            _drop_rules(connection, [id_])
        return True

    def rules(self, owner: str | None = None) -> tuple[Rule, ...]:
        """Return the rules of an owner, or of all, the earliest first."""
        mine = () if owner is None else (alert_rules.c.owner == owner,)
        return self._all(Rule, alert_rules, *mine)

    def rule(self, id_: str) -> Rule | None:
        """Return a rule by its id."""
        return next(iter(self._all(Rule, alert_rules, alert_rules.c.id == id_)), None)

    # Channels

    def put_endpoint(self, endpoint: Endpoint) -> None:
        """Keep a channel, in place of that of the same id."""
        row = {
            "id": endpoint.id,
            "owner": endpoint.owner,
            "key": endpoint.key or None,
            "body": dumps(endpoint),
        }
        with self._access.writing() as connection:
            self._access.put(connection, endpoints, ("key", "body"), [row])

    def drop_endpoint(self, owner: str, id_: EndpointId) -> bool:
        """Delete a channel with what went there; False where its owner has no such one."""
        with self._access.writing() as connection:
            found = self._all(Endpoint, endpoints, endpoints.c.id == id_)
            if not found or found[0].owner != owner:
                return False
            _drop_endpoints(connection, [id_])
        return True

    def endpoints(self, owner: str | None = None) -> tuple[Endpoint, ...]:
        """Return the channels of an owner, or of all, the earliest first."""
        mine = () if owner is None else (endpoints.c.owner == owner,)
        return self._all(Endpoint, endpoints, *mine)

    def endpoint(self, id_: str) -> Endpoint | None:
        """Return a channel by its id."""
        return next(iter(self._all(Endpoint, endpoints, endpoints.c.id == id_)), None)

    def endpoint_of(self, key: str) -> Endpoint | None:
        """Return the feed whose token has this hash."""
        return next(iter(self._all(Endpoint, endpoints, endpoints.c.key == key)), None)

    def _all(self, kind: type[T], table: Table, *where: ColumnElement[bool]) -> tuple[T, ...]:
        from sqlalchemy import select

        with self._access.reading() as connection:
            bodies = connection.scalars(select(table.c.body).where(*where)).all()
        found = [loads(kind, body) for body in bodies]
        return tuple(sorted(found, key=lambda one: (one.created_at, one.id)))

    # What fired

    def fire(self, firings: Sequence[Firing]) -> tuple[Firing, ...]:
        """Write down what fired; returns what was not there before.

        Of two who find the same at once only one is told that it is new.
        """
        new = []
        with self._access.writing() as connection:
            for firing in firings:
                row = {
                    "rule_id": firing.rule_id,
                    "subject": firing.subject,
                    "version": firing.version,
                    "at": time_text(firing.at),
                    "sentence": firing.sentence,
                    "why": canonical(list(firing.why)),
                }
                if self._access.add_counted(connection, alert_firings, [row]):
                    new.append(firing)
        return tuple(new)

    def fired(
        self, ids: Iterable[RuleId], *, since: datetime | None = None, limit: int | None = None
    ) -> tuple[Firing, ...]:
        """Return what rules found, the latest first."""
        from sqlalchemy import select

        query = select(alert_firings).where(alert_firings.c.rule_id.in_(list(ids)))
        if since is not None:
            query = query.where(alert_firings.c.at >= time_text(since))
        query = query.order_by(
            alert_firings.c.at.desc(), alert_firings.c.subject, alert_firings.c.version
        ).limit(limit)
        with self._access.reading() as connection:
            return tuple(map(_firing, connection.execute(query)))

    def told_by(self, id_: PostId) -> tuple[Firing, ...]:
        """Return what a post tells, the earliest first."""
        from sqlalchemy import and_, select

        query = (
            select(alert_firings)
            .join(
                alert_parts,
                and_(
                    alert_parts.c.rule_id == alert_firings.c.rule_id,
                    alert_parts.c.subject == alert_firings.c.subject,
                    alert_parts.c.version == alert_firings.c.version,
                ),
            )
            .where(alert_parts.c.post_id == id_)
            .order_by(alert_firings.c.at, alert_firings.c.subject, alert_firings.c.version)
        )
        with self._access.reading() as connection:
            return tuple(map(_firing, connection.execute(query)))

    def looked(self) -> datetime | None:
        """Return up to when changes were held against the rules; None before the first time."""
        from sqlalchemy import func, select

        with self._access.reading() as connection:
            found = connection.scalar(select(func.max(alert_looks.c.at)))
        return None if found is None else time_of(found)

    def look(self, at: datetime) -> None:
        """Note up to when changes were held against the rules; it never goes back."""
        with self._access.writing() as connection:
            row = {"name": "events", "at": time_text(at)}
            self._access.add_greater(connection, alert_looks, "at", [row])

    def touched(self, after: datetime, until: datetime) -> dict[EventId, datetime]:
        """Return the events that changed after one moment and up to another, and when last.

        By words placed with them or taken from them, or by an editor's decision.
        """
        found: dict[EventId, datetime] = {}
        for id_, at in self._touches(after, until):
            found[id_] = max(at, found.get(id_, at))
        return found

    def touched_by_day(self, after: datetime, until: datetime) -> dict[date, set[EventId]]:
        """Return the events that changed after one moment and up to another, by day (UTC)."""
        found: dict[date, set[EventId]] = {}
        for id_, at in self._touches(after, until):
            found.setdefault(at.date(), set()).add(id_)
        return found

    def _touches(self, after: datetime, until: datetime) -> Iterator[tuple[EventId, datetime]]:
        from sqlalchemy import select

        first, last = time_text(after), time_text(until)
        member = event_members.c
        queries = [
            select(member.event_id, when.label("at")).where(when > first, when <= last).distinct()
            for when in (member.since, member.until)
        ]
        queries.append(
            select(member.event_id, decisions.c.at)
            .join(event_mentions, event_mentions.c.id == member.mention_id)
            .join(
                decision_documents,
                decision_documents.c.document_id == event_mentions.c.document_id,
            )
            .join(decisions, decisions.c.id == decision_documents.c.decision_id)
            .where(decisions.c.at > first, decisions.c.at <= last, member.until.is_(None))
            .distinct()
        )
        with self._access.reading() as connection:
            for query in queries:
                for row in connection.execute(query):
                    yield EventId(row.event_id), time_of(row.at)

    def erase(self, owner: str) -> None:
        """Delete all that an owner watches, with rules, channels and what became of them."""
        with self._access.writing() as connection:
            erase_owner(connection, owner)


def erase_owner(connection: Connection, owner: str) -> None:
    """Delete all rows of an owner, in the transaction of the caller."""
    from sqlalchemy import select

    connection.execute(watches.delete().where(watches.c.owner == owner))
    rules = select(alert_rules.c.id).where(alert_rules.c.owner == owner)
    _drop_rules(connection, connection.scalars(rules).all())
    ends = select(endpoints.c.id).where(endpoints.c.owner == owner)
    _drop_endpoints(connection, connection.scalars(ends).all())


def _drop_rules(connection: Connection, ids: Sequence[str]) -> None:
    for some in chunks(ids):
        connection.execute(alert_parts.delete().where(alert_parts.c.rule_id.in_(some)))
        connection.execute(alert_firings.delete().where(alert_firings.c.rule_id.in_(some)))
        connection.execute(alert_rules.delete().where(alert_rules.c.id.in_(some)))


def _drop_endpoints(connection: Connection, ids: Sequence[str]) -> None:
    from sqlalchemy import select

    for some in chunks(ids):
        posts = select(alert_posts.c.id).where(alert_posts.c.endpoint_id.in_(some))
        connection.execute(alert_parts.delete().where(alert_parts.c.post_id.in_(posts)))
        connection.execute(alert_posts.delete().where(alert_posts.c.endpoint_id.in_(some)))
        connection.execute(endpoints.delete().where(endpoints.c.id.in_(some)))


def _firing(row: Any) -> Firing:
    return Firing(
        rule_id=RuleId(row.rule_id),
        subject=row.subject,
        version=row.version,
        at=time_of(row.at),
        sentence=row.sentence,
        why=tuple(json.loads(row.why)),
    )
