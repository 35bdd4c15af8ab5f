"""The brief at channels: once a day each, and no paid line where it is not paid for."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from lodewire.errors import DeliveryError
from lodewire.model.alert import ChannelKind, PostState
from lodewire.model.tier import Tier
from lodewire.workbench.alerts.briefs import posts_for, queue_brief
from lodewire.workbench.alerts.endpoints import add_channel
from lodewire.workbench.alerts.sending import send_posts
from lodewire.workbench.briefing.composing import compose_step
from tests.pipeline.pages import NOW
from tests.workbench.alerts.conftest import EARLIER, Small
from tests.workbench.alerts.receiver import Receiver

DAY = NOW.date()


def composed(small: Small) -> list[str]:
    """Compose the day's brief; returns its lines of analysis, which are PRO's."""
    small.learn(NOW)
    brief = compose_step(small.ledger, small.desk, DAY, now=NOW)
    lines = [n.text for s in brief.sections for e in s.entries for n in e.context]
    assert lines, "the brief has something that is paid for"
    return lines


def test_a_day_is_told_once_to_each_channel_for_its_tier(small: Small, receiver: Receiver) -> None:
    paid = composed(small)
    for name, tier in (("public", None), ("members", Tier.PRO)):
        add_channel(
            small.ledger, small.desk, small.owner, ChannelKind.WEBHOOK, name,
            f"{receiver.url}/{name}", tier=tier, brief=True, now=EARLIER,
        )  # fmt: skip
    add_channel(
        small.ledger, small.desk, small.owner, ChannelKind.SLACK, "alerts only",
        f"{receiver.url}/none", now=EARLIER,
    )  # fmt: skip
    assert queue_brief(small.ledger, DAY, now=NOW) == 2
    assert send_posts(small.desk, small.ledger, lambda: NOW, threads=1) == {PostState.SENT: 2}
    assert queue_brief(small.ledger, DAY, now=NOW + timedelta(hours=1)) == 0
    assert send_posts(small.desk, small.ledger, lambda: NOW + timedelta(hours=1)) == {}
    bodies = {t.path: t.body.decode() for t in receiver.taken}
    assert set(bodies) == {"/public", "/members"}
    told = json.loads(bodies["/public"])
    assert (told["type"], told["data"]["day"]) == ("brief.published", DAY.isoformat())
    assert len(told["data"]["events"]) == 2
    for line in paid:
        assert line not in bodies["/public"]
        assert line in bodies["/members"]


def test_no_form_of_a_free_channel_has_a_paid_line(small: Small) -> None:
    paid = composed(small)
    free = dict(posts_for(small.desk, small.ledger, Tier.FREE, today=DAY))
    whole = dict(posts_for(small.desk, small.ledger, Tier.PRO, today=DAY))
    assert len(free) == 10
    assert set(free) == set(whole)
    for line in paid:
        # Chats cut long lines: their beginnings are enough to know them by.
        start = line[:40].encode()
        assert not [name for name, body in free.items() if start in body]
        assert [name for name, body in whole.items() if start in body and "brief" in name]


def test_a_day_without_a_brief_is_refused(small: Small) -> None:
    with pytest.raises(DeliveryError) as caught:
        queue_brief(small.ledger, DAY, now=NOW)
    assert caught.value.hint
