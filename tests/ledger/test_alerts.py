"""Watches, rules, firings and posts, on either engine: there once, claimed once, gone with one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from lodewire.ledger.store import Ledger
from lodewire.model.alert import (
    ChannelKind,
    Endpoint,
    Firing,
    Post,
    PostId,
    PostKind,
    PostState,
    Rule,
    Watch,
    WatchKind,
    endpoint_id,
)

from .sample import MORNING

OWNER = "ac_one"
END = Endpoint(
    id=endpoint_id(OWNER, ChannelKind.FEED, "f"),
    owner=OWNER,
    kind=ChannelKind.FEED,
    name="f",
    created_at=MORNING,
    key="k" * 64,
)
RULE = Rule(owner=OWNER, name="R", created_at=MORNING, since=MORNING, channels=(END.id,))
FIRED = Firing(
    rule_id=RULE.id, subject="ev_1", version="v_1", at=MORNING, sentence="It happened.", why=("c",)
)


def post(number: int) -> Post:
    return Post(
        id=PostId(f"po_{number}"),
        endpoint_id=END.id,
        kind=PostKind.ALERT,
        about=RULE.id,
        due_at=MORNING,
        next_at=MORNING + timedelta(minutes=number),
    )


def test_what_is_kept_comes_back_and_goes_with_its_owner(ledger: Ledger) -> None:
    store = ledger.alerts
    watch = Watch(owner=OWNER, kind=WatchKind.COUNTRY, ref="CL", name="Chile", created_at=MORNING)
    assert store.watch(watch)
    assert not store.watch(watch)
    store.put_endpoint(END)
    store.put_rule(RULE)
    store.put_rule(replace(RULE, paused=True))
    assert store.watched(OWNER) == (watch,)
    assert store.rules() == store.rules(OWNER) == (replace(RULE, paused=True),)
    assert store.endpoint_of("k" * 64) == END
    assert store.watched("ac_two") == ()
    assert not store.unwatch("ac_two", watch.id)
    assert not store.drop_rule("ac_two", RULE.id)
    assert not store.drop_endpoint("ac_two", END.id)
    assert store.fire([FIRED, FIRED]) == (FIRED,)
    assert store.fire([replace(FIRED, at=MORNING + timedelta(1))]) == ()
    assert ledger.posts.queue(post(0), [FIRED])
    assert store.told_by(PostId("po_0")) == (FIRED,)
    store.erase(OWNER)
    assert (store.watched(OWNER), store.rules(), store.endpoints()) == ((), (), ())
    assert store.fired([RULE.id]) == ()
    assert ledger.posts.get(PostId("po_0")) is None


def test_a_look_never_goes_back(ledger: Ledger) -> None:
    assert ledger.alerts.looked() is None
    ledger.alerts.look(MORNING)
    ledger.alerts.look(MORNING - timedelta(hours=1))
    assert ledger.alerts.looked() == MORNING


def test_a_post_is_one_senders_until_it_is_settled_or_its_claim_has_ended(ledger: Ledger) -> None:
    ledger.alerts.put_endpoint(END)
    posts, now = ledger.posts, MORNING + timedelta(minutes=5)
    assert posts.next_due(before=now) is None
    assert [posts.queue(post(n)) for n in (0, 1, 0)] == [True, True, False]
    assert posts.next_due(before=MORNING) == MORNING
    (first,) = posts.claim(sender="a", now=now, before=MORNING, most=9)  # one an endpoint
    (second,) = posts.claim(sender="b", now=now, before=MORNING, most=9)
    assert (first.id, second.id, first.attempts) == ("po_0", "po_1", 1)
    assert posts.claim(sender="c", now=now, before=MORNING, most=9) == ()
    assert not posts.settle(first.id, PostState.SENT, sender="c", at=now)
    assert posts.settle(first.id, PostState.SENT, sender="a", at=now)
    assert posts.put_off(second.id, sender="b", until=now + timedelta(1), reason="later")
    assert posts.next_due(before=MORNING) == now + timedelta(1)
    later = now + timedelta(days=2)
    posts.claim(sender="dead", now=later, before=MORNING, most=9)
    (again,) = posts.claim(sender="d", now=later, before=later + timedelta(seconds=1), most=9)
    assert (again.id, again.attempts) == ("po_1", 3)
    assert not posts.settle(again.id, PostState.SENT, sender="dead", at=later)
    assert {p.id: p.state for p in posts.of_endpoints([END.id])} == {
        "po_0": PostState.SENT,
        "po_1": PostState.CLAIMED,
    }
