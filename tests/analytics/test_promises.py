"""What came of what was announced: stages, links with their reasons, silence, amounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics.promises import (
    count_promises,
    find_promises,
    involves,
    is_promise,
    total_promises,
)
from lodewire.model.event import Event
from lodewire.model.promise import Promise, PromiseStage
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.life_spans import LifeSpan, load_life_spans
from lodewire.resolve.life import life_of
from tests.analytics.telling import event

DAY = date(2023, 8, 9)
LATER = date(2024, 4, 1)
TODAY = date(2025, 3, 28)
NMI = "Namibia Critical Metals#namibia-critical-metals"
IN_FORCE, DONE = Status.IN_FORCE, Status.COMPLETED


def explore(**more) -> Event:  # type: ignore[no-untyped-def]
    told = {"day": DAY, "party": f"{NMI}|JOGMEC#jogmec",
            "site": "Lofdal#lofdal", "country": "Namibia",
            "commodity": "dysprosium#dysprosium", "value": "20000000 CAD"} | more  # fmt: skip
    return event("exploration_agreement", **told)


def track(
    *events: Event, today: date = TODAY, spans: dict[EventType, LifeSpan] | None = None
) -> tuple[Promise, ...]:
    lives = {
        e.id: life_of(e, {d: e.reported for d in e.document_ids if e.reported}, today=today)
        for e in events
    }
    return find_promises(events, lives, today=today, spans=spans or load_life_spans())


def one(*events: Event, **more) -> Promise:  # type: ignore[no-untyped-def]
    return next(p for p in track(*events, **more) if p.event_id == events[0].id)


def test_a_promise_alone_stands_where_its_text_says_and_falls_silent() -> None:
    promise = one(explore())
    assert promise.stage is PromiseStage.AGREED
    assert promise.silent_days == (TODAY - DAY).days
    assert promise.silent
    assert not one(explore(), today=DAY + timedelta(days=30)).silent
    assert promise.hosts == ("NA",)
    assert "JP" in promise.countries


@pytest.mark.parametrize(
    ("later", "stage", "why"),
    [
        (
            event("financing", day=LATER, investor="JOGMEC#jogmec", site="Lofdal#lofdal",
                  recipient=NMI, value="550000 CAD"),
            PromiseStage.FINANCED,
            "same site: Lofdal",
        ),
        (
            event("permit", day=LATER, status=IN_FORCE, site="Lofdal#lofdal", action="granted"),
            PromiseStage.PERMITTED,
            "same site: Lofdal",
        ),
        (
            event("project_milestone", day=LATER, status=IN_FORCE, site="Lofdal#lofdal",
                  stage="construction"),
            PromiseStage.BUILDING,
            "same site: Lofdal",
        ),
        (
            event("production_report", day=LATER, status=Status.REPORTED, site="Lofdal#lofdal",
                  volume="100 t", period="2024-01-01..2024-03-31"),
            PromiseStage.PRODUCING,
            "same site: Lofdal",
        ),
        (
            event("supply_agreement", day=LATER, buyer="Toyota#toyota",
                  commodity="dysprosium#dysprosium", supplier=NMI),
            PromiseStage.AGREED,
            "same party: Namibia Critical Metals and same material: dysprosium",
        ),
        (
            event("financing", day=LATER, investor="JOGMEC#jogmec", country="Namibia",
                  commodity="rare earths#rare-earths", value="1000000 USD"),
            PromiseStage.FINANCED,
            "same countries: Japan and Namibia and same material: dysprosium",
        ),
    ],
)  # fmt: skip
def test_a_later_event_moves_it_and_says_why_it_is_taken_for_the_same(
    later: Event, stage: PromiseStage, why: str
) -> None:
    promise = one(explore(), later)
    assert promise.stage is stage
    assert (promise.steps[-1].link, promise.steps[-1].event_id) == (why, later.id)
    assert promise.steps[0].link == ""
    assert promise.last_heard == LATER


@pytest.mark.parametrize(
    "later",
    [
        event("financing", day=LATER, site="Steenkampskraal#steenkampskraal", value="1 USD",
              recipient=NMI),  # another site
        event("financing", day=DAY - timedelta(days=9), site="Lofdal#lofdal", value="1 USD"),
        event("permit", day=LATER, status=Status.PROPOSED, site="Lofdal#lofdal", action="applied"),
        event("permit", day=LATER, status=DONE, site="Lofdal#lofdal", action="denied"),
        event("project_milestone", day=LATER, status=Status.PROPOSED, site="Lofdal#lofdal",
              stage="first_production"),  # only planned
        event("production_report", day=LATER, operator=NMI,
              commodity="dysprosium#dysprosium", volume="9 t"),  # made elsewhere
        event("production_report", day=LATER, site="Lofdal#lofdal", volume="9 t",
              period="2022-01-01..2022-12-31"),  # of a year before
        event("production_report", day=LATER, site="Lofdal#lofdal", volume="9 t",
              period="2026-01-01..2026-12-31"),  # guidance
        event("financing", day=LATER, investor="JOGMEC#jogmec", country="Peru#PE",
              commodity="copper#copper", value="1 USD"),  # an agency alone ties nothing
        event("disruption", day=LATER, status=IN_FORCE, site="Lofdal#lofdal"),
        event("financing", day=LATER, modality=Modality.FORECAST, site="Lofdal#lofdal",
              value="1 USD"),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_only_looks_like_it_moves_nothing(later: Event) -> None:
    assert one(explore(), later).stage is PromiseStage.AGREED
    assert one(explore(), later).came == ()


def test_a_mine_that_gave_before_shows_nothing_by_giving_still() -> None:
    before = event("production_report", id_="before", day=DAY - timedelta(days=200),
                   site="Lofdal#lofdal", volume="9 t")  # fmt: skip
    after = event("production_report", id_="after", day=LATER, site="Lofdal#lofdal", volume="9 t")
    assert one(explore(), after).stage is PromiseStage.PRODUCING
    assert one(explore(), before, after).stage is PromiseStage.AGREED


def test_what_is_done_never_counts_as_silent_and_an_end_is_an_end() -> None:
    closed = event("acquisition", day=DAY, status=DONE, target="Arcadium Lithium#arcadium")
    assert one(closed).stage is PromiseStage.CLOSED
    assert not one(closed).silent
    ended = event("supply_agreement", day=DAY, status=Status.TERMINATED, buyer="Japan")
    assert one(ended).stage is PromiseStage.ENDED
    assert not one(ended).open


def test_denied_and_imagined_deals_and_steps_already_taken_are_no_promises() -> None:
    assert not is_promise(explore(modality=Modality.DENIED))
    assert not is_promise(explore(modality=Modality.HYPOTHETICAL))
    taken = event("project_milestone", status=DONE, site="Lofdal#lofdal", stage="construction")
    assert not is_promise(taken)
    assert is_promise(event("project_milestone", status=Status.PROPOSED, stage="construction"))


def test_tonnes_and_sums_promised_stand_against_what_came() -> None:
    plan = event("project_milestone", day=DAY, status=Status.PROPOSED, site="Caremag#caremag",
                 stage="first_production", capacity="2000 t/yr")  # fmt: skip
    quarter = event("production_report", id_="q", day=LATER, site="Caremag#caremag", volume="100 t",
                    period="2024-01-01..2024-03-31")  # fmt: skip
    year = event("production_report", id_="y", day=date(2025, 2, 1), site="Caremag#caremag",
                 volume="500000 kg", period="2024-01-01..2024-12-31")  # fmt: skip
    promise = one(plan, quarter, year)
    assert [(a.role, a.low, a.unit) for a in promise.promised] == [("capacity", 2000, "t/yr")]
    assert [(a.low, a.unit, a.period) for a in promise.came] == [
        (Decimal(500), "t", "2024-01-01..2024-12-31")
    ], "a year and its quarter are not added up"
    totals = {t.unit: t for t in total_promises([promise])}
    assert (totals["t/yr"].low, totals["t/yr"].delivered) == (2000, 0)
    assert (totals["t"].promises, totals["t"].came_low) == (0, 500)


def test_counts_are_by_partner_and_stage_with_the_age_of_the_open_ones() -> None:
    promises = track(
        explore(id_="a"),
        explore(
            id_="b", day=DAY + timedelta(days=10), site="Other#other", commodity="copper#copper"
        ),
    )
    (mine,) = [c for c in count_promises(promises, "JP") if c.partner == "NA"]
    assert (mine.count, mine.stage, mine.silent) == (2, PromiseStage.AGREED, 2)
    assert mine.median_age == (TODAY - DAY).days - 10
    assert all(involves(p, "JP") and involves(p, "NA") for p in promises)
    assert "JP" in {c.partner for c in count_promises(promises)}


@settings(deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_events_changes_nothing(order: list[int]) -> None:
    events = [
        explore(),
        event("financing", day=LATER, site="Lofdal#lofdal", value="550000 CAD"),
        event("permit", day=LATER, status=IN_FORCE, site="Lofdal#lofdal", action="granted"),
        event("supply_agreement", day=LATER, buyer="Toyota#toyota", commodity="copper#copper"),
        event("production_report", day=LATER, site="Lofdal#lofdal", volume="9 t"),
    ]
    assert track(*events) == track(*(events[i] for i in order))


@settings(deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=5))
def test_time_alone_never_moves_a_promise_and_silence_grows(days: Iterable[int]) -> None:
    ages = [one(explore(), today=DAY + timedelta(days=d)) for d in sorted(days)]
    assert {p.stage for p in ages} == {PromiseStage.AGREED}
    assert [p.silent_days for p in ages] == sorted(p.silent_days for p in ages)
    assert [p.silent for p in ages] == sorted(p.silent for p in ages)
