"""Posts to channels: queued once, claimed by one sender, settled when the other end has answered.

A claim that is never settled ends after a lease, and the post is tried again under the same id:
of an alert a double that can be told is the lesser wrong (docs/decisions/0040).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from lodewire.ledger.access import Access, chunks
from lodewire.ledger.alert_tables import alert_parts, alert_posts
from lodewire.ledger.codec import time_of, time_text
from lodewire.model.alert import EndpointId, Firing, Post, PostId, PostKind, PostState


class PostStore:
    """Keeps what is to be told, and what became of it."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def queue(self, post: Post, told: Sequence[Firing] = ()) -> bool:
        """Add a post; where it is queued already, what it tells is added. True if it is new."""
        row = {
            "id": post.id,
            "endpoint_id": post.endpoint_id,
            "kind": post.kind.value,
            "about": post.about,
            "due_at": time_text(post.due_at),
            "next_at": time_text(post.next_at),
            "state": post.state.value,
            "attempts": 0,
            "claimed_by": None,
            "claimed_at": None,
            "settled_at": None,
            "reason": "",
        }
        parts = [
            {"post_id": post.id, "rule_id": f.rule_id, "subject": f.subject, "version": f.version}
            for f in told
        ]
        with self._access.writing() as connection:
            new = bool(self._access.add_counted(connection, alert_posts, [row]))
            self._access.add_new(connection, alert_parts, parts)
        return new

    def get(self, id_: PostId) -> Post | None:
        """Return a post."""
        return next(iter(self._posts(alert_posts.c.id == id_)), None)

    def claim(self, *, sender: str, now: datetime, before: datetime, most: int) -> tuple[Post, ...]:
        """Take up to ``most`` posts that are due, or were claimed before a time and never settled.

        One an endpoint, so that one that is slow holds up no other.
        """
        from sqlalchemy import and_, or_, select

        held = and_(
            alert_posts.c.state == PostState.CLAIMED.value,
            alert_posts.c.claimed_at < time_text(before),
        )
        due = and_(
            alert_posts.c.state == PostState.QUEUED.value,
            alert_posts.c.next_at <= time_text(now),
        )
        with self._access.writing() as connection:
            query = select(alert_posts).where(or_(due, held))
            query = query.order_by(alert_posts.c.next_at, alert_posts.c.id).limit(50 * most)
            found: dict[str, Any] = {}
            for row in connection.execute(query):
                found.setdefault(row.endpoint_id, row)
            rows = list(found.values())[:most]
            for some in chunks(row.id for row in rows):
                connection.execute(
                    alert_posts.update()
                    .where(alert_posts.c.id.in_(some))
                    .values(
                        state=PostState.CLAIMED.value,
                        attempts=alert_posts.c.attempts + 1,
                        claimed_by=sender,
                        claimed_at=time_text(now),
                    )
                )
        return tuple(_post(row, attempts=row.attempts + 1) for row in rows)

    def settle(
        self, id_: PostId, state: PostState, *, sender: str, at: datetime, reason: str = ""
    ) -> bool:
        """Say what became of a post; False where it is this sender's no more."""
        return self._change(
            id_, sender, state=state.value, reason=reason, settled_at=time_text(at), claimed_by=None
        )

    def put_off(
        self, id_: PostId, *, sender: str, until: datetime, reason: str, counted: bool = True
    ) -> bool:
        """Queue a claimed post again for later; ``counted`` false: it was not tried at all."""
        values: dict[str, Any] = {
            "state": PostState.QUEUED.value,
            "next_at": time_text(until),
            "reason": reason,
            "claimed_by": None,
            "claimed_at": None,
        }
        if not counted:
            values["attempts"] = alert_posts.c.attempts - 1
        return self._change(id_, sender, **values)

    def _change(self, id_: PostId, sender: str, **values: Any) -> bool:
        mine = (alert_posts.c.id == id_, alert_posts.c.claimed_by == sender)
        with self._access.writing() as connection:
            done = connection.execute(alert_posts.update().where(*mine).values(**values))
            return bool(done.rowcount)

    def put_off_all(self, id_: EndpointId, *, until: datetime) -> None:
        """Try nothing more at an endpoint before a time; notices about it go by mail."""
        with self._access.writing() as connection:
            connection.execute(
                alert_posts.update()
                .where(
                    alert_posts.c.endpoint_id == id_,
                    alert_posts.c.state == PostState.QUEUED.value,
                    alert_posts.c.kind != PostKind.NOTICE.value,
                    alert_posts.c.next_at < time_text(until),
                )
                .values(next_at=time_text(until))
            )

    def drop_queued(self, id_: EndpointId, *, reason: str, at: datetime) -> int:
        """Skip all that waits for an endpoint, but the notice that it was switched off."""
        with self._access.writing() as connection:
            done = connection.execute(
                alert_posts.update()
                .where(
                    alert_posts.c.endpoint_id == id_,
                    alert_posts.c.state == PostState.QUEUED.value,
                    alert_posts.c.kind != PostKind.NOTICE.value,
                )
                .values(state=PostState.SKIPPED.value, reason=reason, settled_at=time_text(at))
            )
            return int(done.rowcount)

    def of_endpoints(self, ids: Iterable[EndpointId], *, limit: int = 100) -> tuple[Post, ...]:
        """Return the posts of endpoints, the latest due first."""
        return self._posts(alert_posts.c.endpoint_id.in_(list(ids)))[:limit]

    def next_due(self, *, before: datetime) -> datetime | None:
        """Return when the next post may be tried; None when none waits.

        One that was claimed before a time and never settled waits too.
        """
        from sqlalchemy import and_, func, or_, select

        state, claimed = alert_posts.c.state, alert_posts.c.claimed_at
        query = select(func.min(alert_posts.c.next_at)).where(
            or_(
                state == PostState.QUEUED.value,
                and_(state == PostState.CLAIMED.value, claimed < time_text(before)),
            )
        )
        with self._access.reading() as connection:
            found = connection.scalar(query)
        return None if found is None else time_of(found)

    def _posts(self, *where: Any) -> tuple[Post, ...]:
        from sqlalchemy import select

        query = select(alert_posts).where(*where)
        query = query.order_by(alert_posts.c.due_at.desc(), alert_posts.c.id)
        with self._access.reading() as connection:
            return tuple(_post(row) for row in connection.execute(query))


def _post(row: Any, *, attempts: int | None = None) -> Post:
    return Post(
        id=PostId(row.id),
        endpoint_id=EndpointId(row.endpoint_id),
        kind=PostKind(row.kind),
        about=row.about,
        due_at=time_of(row.due_at),
        next_at=time_of(row.next_at),
        state=PostState(row.state),
        attempts=row.attempts if attempts is None else attempts,
        settled_at=None if row.settled_at is None else time_of(row.settled_at),
        reason=row.reason,
    )
