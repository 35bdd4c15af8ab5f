"""Each state of an event fires once, however often one looks; what was known before does not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from lodewire.errors import LodewireError, NotThere, QueryError
from lodewire.model.alert import Conditions, Pace
from lodewire.model.ids import EventId
from lodewire.model.vocabulary import EventType, Status
from lodewire.reference.prices import prices_of
from lodewire.workbench.alerts import judging
from lodewire.workbench.alerts.owners import reach_of
from lodewire.workbench.alerts.preview import would_have_fired
from lodewire.workbench.alerts.ruling import pause_rule
from tests.pipeline.pages import NOW
from tests.workbench.alerts.conftest import BETWEEN, DEAL, EARLIER, LATER, Small, make_member


def test_what_happens_after_a_rule_was_made_fires_once(small: Small) -> None:
    small.watch("commodity", "copper")
    small.rule(now=BETWEEN)
    assert small.fire(BETWEEN) == ()  # the deal was known when the rule was made
    small.learn(LATER)
    (fired,) = small.fire(LATER)
    assert "Altonorte" in fired.sentence
    assert fired.why == ("copper",)
    for later in (LATER, LATER + timedelta(minutes=1), LATER + timedelta(days=1)):
        assert small.fire(later) == ()


def test_a_source_more_is_no_news_and_another_status_is(small: Small) -> None:
    small.watch("commodity", "copper")
    small.rule(now=EARLIER)
    (deal,) = small.fire(NOW)
    small.learn(BETWEEN, text=DEAL, number=7)
    assert small.fire(BETWEEN) == ()
    done = DEAL.replace("has agreed to acquire", "has completed the acquisition of")
    small.learn(LATER, text=done, number=8)
    (again,) = small.fire(LATER)
    assert again.subject == small.ledger.events.current(EventId(deal.subject))
    assert again.version != deal.version


@pytest.mark.parametrize(
    ("kind", "words", "fires"),
    [
        ("commodity", "base-metals", 2),
        ("commodity", "lithium", 0),
        ("country", "Chile", 1),
        ("country", "bw", 1),
        ("organisation", "Glencore", 1),
        ("site", "Khoemacau", 1),
        ("event_type", "disruption", 1),
        ("desk", "mining-metals", 2),
        ("desk", "oil-gas", 0),
    ],
)
def test_every_kind_of_thing_can_be_watched(
    small: Small, kind: str, words: str, fires: int
) -> None:
    small.learn(NOW)
    small.watch(kind, words)
    small.rule()
    assert len(small.fire(NOW)) == fires


def test_a_saved_search_can_be_watched(small: Small) -> None:
    from lodewire.ledger.search import SearchFilters

    small.learn(NOW)
    small.ledger.saved.save("furnaces", "furnace", SearchFilters(), at=NOW, mark=0)
    small.watch("search", "furnaces")
    small.rule()
    assert [f.sentence for f in small.fire(NOW) if "Altonorte" in f.sentence]
    assert len(small.ledger.alerts.fired([r.id for r in small.ledger.alerts.rules()])) == 1


@pytest.mark.parametrize(
    ("wanted", "fires"),
    [
        (Conditions(types=(EventType.ACQUISITION,)), 1),
        (Conditions(statuses=(Status.RUMOURED,)), 0),
        (Conditions(least_confidence=1.0), 0),
        (Conditions(least_importance=0.99), 0),
        (Conditions(amount=Decimal("1.8e9"), unit="USD"), 1),
        (Conditions(amount=Decimal("1.9e9"), unit="USD"), 0),
        (Conditions(amount=Decimal(1), unit="EUR"), 0),
    ],
)
def test_conditions_hold(small: Small, wanted: Conditions, fires: int) -> None:
    small.learn(NOW)
    small.watch("commodity", "copper")
    small.rule(conditions=wanted)
    assert len(small.fire(NOW)) == fires


def test_old_news_read_late_does_not_fire(small: Small) -> None:
    small.watch("commodity", "copper")
    small.rule()
    assert small.fire(NOW + timedelta(days=40)) == ()


def test_a_pause_tells_nothing_of_what_happened_meanwhile(small: Small) -> None:
    small.watch("commodity", "copper")
    rule = pause_rule(small.ledger, small.desk, small.rule(), True, now=EARLIER)
    small.learn(NOW)
    assert small.fire(NOW) == ()
    pause_rule(small.ledger, small.desk, rule, False, now=BETWEEN)
    assert small.fire(BETWEEN) == ()


def test_the_preview_is_what_would_have_fired(small: Small) -> None:
    """The same rule kept a month ago, and a run a day: what these fire, the preview tells."""
    small.watch("commodity", "copper")
    small.learn(NOW + timedelta(days=3))
    end = NOW + timedelta(days=5)
    rule = small.rule(now=end)
    reach = reach_of(small.desk, small.ledger, small.owner, now=end)
    assert reach is not None
    told = would_have_fired(small.ledger, small.desk, rule, reach=reach, now=end)
    small.rule(now=end - timedelta(days=30))
    fired = [f for day in range(6) for f in small.fire(NOW + timedelta(days=day))]
    assert {(f.subject, f.version) for f in told} == {(f.subject, f.version) for f in fired}
    assert len(told) == 2
    assert [f.at.date() for f in told] == [(NOW + timedelta(days=n)).date() for n in (3, 0)]
    assert small.ledger.alerts.fired([rule.id])[0].at == NOW + timedelta(days=3)


def test_only_who_may_be_told_alerts_is(small: Small) -> None:
    account = small.account()
    small.owner = account.id
    small.watch("commodity", "copper")
    small.rule()
    assert small.fire(NOW) == ()
    make_member(small, account)
    assert len(small.fire(NOW)) == 1


def test_unsure_events_are_not_told(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small.watch("commodity", "copper")
    small.rule()
    monkeypatch.setattr(judging, "is_told", lambda _: False)
    assert small.fire(NOW) == ()


def test_a_price_that_passes_its_level_fires_once_a_month(small: Small) -> None:
    points = {p.period: p.value for p in prices_of("imf-copper")}
    march, april = points["2025-03"], points["2025-04"]
    assert march != april
    level = (march + april) / 2
    test = "above" if april > march else "below"
    small.watch("price", f"imf-copper {test} {level:f}")
    may = NOW.replace(month=5, day=2)
    small.rule(now=NOW.replace(month=4, day=20))
    assert small.fire(NOW.replace(month=4, day=30)) == ()
    (fired,) = small.fire(may)
    assert fired.subject == "price:imf-copper"
    assert "2025-04" in fired.sentence
    assert small.fire(may + timedelta(days=2)) == ()


def test_a_digest_gathers_until_it_is_due() -> None:
    at = NOW.replace(hour=9, minute=20)
    assert Pace.AT_ONCE.due(at) == at
    assert Pace.HOURLY.due(at) == NOW.replace(hour=10, minute=0)
    assert Pace.DAILY.due(at) == NOW.replace(hour=7, minute=0) + timedelta(days=1)
    assert Pace.DAILY.due(at.replace(hour=3)) == NOW.replace(hour=7, minute=0)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("commodity", "unobtainium"),
        ("desk", "sports"),
        ("event_type", "party"),
        ("search", "nobody saved this"),
        ("price", "imf-copper above"),
        ("price", "imf-copper above 5%"),
        ("price", "imf-copper moves 5"),
        ("price", "imf-coper above 5"),
        ("price", "imf-copper above NaN"),
        ("country", ""),
        ("commodity", "x" * 300),
    ],
)
def test_what_nobody_can_watch_is_refused_with_a_hint(small: Small, kind: str, words: str) -> None:
    with pytest.raises(LodewireError) as caught:
        small.watch(kind, words)
    assert caught.value.hint


def test_the_desks_own_table_is_nobody_elses_to_watch(small: Small) -> None:
    small.owner = small.account().id
    with pytest.raises(QueryError):
        small.watch("own", "")


def test_a_rule_names_only_what_its_owner_has(small: Small) -> None:
    theirs = small.watch("commodity", "copper")
    small.owner = small.account().id
    with pytest.raises(NotThere):
        small.rule(watches=[theirs.id])


def test_with_the_account_go_lists_rules_and_channels(small: Small) -> None:
    from lodewire.model.alert import ChannelKind
    from lodewire.workbench.alerts.endpoints import add_channel

    account = small.account()
    small.owner = account.id
    small.watch("commodity", "copper")
    end, _ = add_channel(
        small.ledger, small.desk, account.id, ChannelKind.SLACK, "s", "https://x.example/1",
        now=EARLIER,
    )  # fmt: skip
    small.rule(channels=[end.id])
    small.ledger.accounts.erase(account.id)
    store = small.ledger.alerts
    assert (store.watched(account.id), store.rules(), store.endpoints()) == ((), (), ())
    assert small.fire(NOW) == ()


def test_what_the_desk_buys_can_be_watched_and_is_written_nowhere(small: Small) -> None:
    from lodewire.workbench.own.own_store import load_own

    small.learn(NOW)
    small.watch("own", "")
    small.rule("Ours")
    assert small.fire(NOW) == ()  # nothing was loaded yet
    own = small.desk.own.model_copy(update={"threshold": 0.01})
    small.desk = small.desk.model_copy(update={"own": own})
    table = (
        b"Material,Quantity,Unit,Supplier,Country of origin\nCopper cathode,250,t,Codelco,Chile\n"
    )
    load_own(small.desk, table, file="bom.csv", now=NOW)
    small.rule("Ours")
    fired = small.fire(NOW)
    assert any("Altonorte" in f.sentence for f in fired)
    assert {f.why for f in fired} == {("what the desk buys",)}
    assert "Codelco" not in (small.desk.root / "desk.db").read_bytes().decode("latin-1")


def test_two_runs_at_once_share_what_is_new(small: Small) -> None:
    from concurrent.futures import ThreadPoolExecutor

    small.learn(NOW)
    small.watch("commodity", "copper")
    small.rule()
    with ThreadPoolExecutor(4) as pool:
        found = [f for done in pool.map(small.fire, [NOW] * 4) for f in done]
    assert len(found) == 2
    assert len({f.subject for f in found}) == 2


def test_an_event_merged_into_another_is_not_told_again(small: Small) -> None:
    """The same state under the id that the merge left."""
    from lodewire.model.alert import Firing

    small.watch("commodity", "copper")
    rule = small.rule()
    (fired,) = small.fire(NOW)
    small.learn(BETWEEN, text=DEAL, number=7)
    moved = small.ledger.events.current(EventId(fired.subject))
    small.ledger.alerts.drop_rule(small.owner, rule.id)
    small.rule()
    old = Firing(
        rule_id=rule.id, subject=fired.subject, version=fired.version, at=NOW, sentence="told"
    )
    small.ledger.alerts.fire([old])
    assert small.fire(BETWEEN) == ()
    assert [f.sentence for f in small.ledger.alerts.fired([rule.id])] == ["told"]
    assert moved != fired.subject
