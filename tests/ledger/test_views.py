"""An event is a view: how status, values, desks and confidence follow from its mentions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lodewire.ledger.told import ToldMention
from lodewire.ledger.views import event_view
from lodewire.model.event import EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId, EventId, OriginId, SourceId
from lodewire.model.reading import DeskScore
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Desk, EventType, Modality, Status

DAY = date(2025, 3, 10)
SEEN = datetime(2025, 3, 10, 9, tzinfo=UTC)


def told(n: int, days: int = 0, *, origin: str | None = None, **fields: object) -> ToldMention:
    document = DocumentId(f"doc_{n}")
    mention = EventMention(
        document_id=document,
        type=EventType.ACQUISITION,
        status=Status.AGREED,
        modality=Modality.ASSERTED,
        trigger=Span(0, 3),
        arguments=(),
        evidence=(Evidence(document_id=document, span=Span(0, 3), quote="buy"),),
    )
    return ToldMention(
        mention=replace(mention, **fields),  # type: ignore[arg-type]
        reported=DAY + timedelta(days=days),
        first_seen=SEEN + timedelta(days=days),
        last_seen=SEEN + timedelta(days=days, hours=1),
        source_id=SourceId("src"),
        origin_id=OriginId(origin or f"or_{n}"),
    )


def says(t: ToldMention, value: str, **fields: object) -> Statement:
    made = Statement(
        subject=t.mention.id,
        property="value",
        value=value,
        original=value,
        evidence=t.mention.evidence[0],
        source_id=t.source_id,
        origin_id=t.origin_id,
        first_seen=t.first_seen,
        last_seen=t.last_seen,
        unit="USD",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def status_after(*steps: Status) -> Status:
    mentions = [told(n, n, status=status) for n, status in enumerate(steps)]
    return event_view(EventId("ev"), mentions[::-1], [], {}).status


R, P, A, F, C = (
    Status.RUMOURED,
    Status.PROPOSED,
    Status.AGREED,
    Status.IN_FORCE,
    Status.COMPLETED,
)
S, T = Status.SUSPENDED, Status.TERMINATED


@pytest.mark.parametrize(
    ("steps", "now"),
    [
        ((R, A, C), C),
        ((A, R), A),  # background on how it began
        ((A, T), T),
        ((T, R), T),
        ((F, S), S),
        ((F, S, F), F),
        ((Status.REPORTED, Status.REPORTED), Status.REPORTED),
        ((P,), P),
    ],
)
def test_status_goes_forward_with_the_reports(steps: tuple[Status, ...], now: Status) -> None:
    assert status_after(*steps) is now


@pytest.mark.parametrize(
    ("effect", "now"), [("2025-04-03", A), ("2025-03-12", F), ("once ratified", F)]
)
def test_a_rule_whose_day_has_not_come_is_agreed(effect: str, now: Status) -> None:
    """A headline tells a duty as charged; the day of effect that another text gives decides."""
    headline, text = told(0, status=F), told(1, 2, status=A)
    day = says(text, effect, property="effective_date", unit=None)
    assert event_view(EventId("ev"), [headline, text], [day], {}).status is now


def test_values_rank_by_origins_then_by_the_latest_origin_and_copies_add_nothing() -> None:
    first, copy = told(1, 0, origin="or_wire"), told(2, 5, origin="or_wire")
    second, third = told(3, 1), told(4, 2)
    statements = [
        says(first, "1880"),
        says(copy, "1880"),
        says(second, "1900"),
        says(third, "1900"),
        says(told(5, 3), "1875"),
        says(told(6, 9), "9999", retracted_at=SEEN),
    ]
    mentions = [first, copy, second, third, told(5, 3), told(6, 9)]
    event = event_view(EventId("ev"), mentions, statements, {})
    assert [s.value for s in event.of("value")] == ["1900", "1900", "1875", "1880", "1880"]
    assert event.statements[-1].value == "9999", "a retracted value stays, last"


def test_type_is_what_most_origins_say_and_dates_span_the_reports() -> None:
    venture = {"type": EventType.JOINT_VENTURE}
    event = event_view(
        EventId("ev"), [told(1, 2), told(2, 1, **venture), told(3, 3, **venture)], [], {}
    )
    assert event.type is EventType.JOINT_VENTURE
    assert event.reported == DAY + timedelta(days=1)
    assert event.first_seen == SEEN + timedelta(days=1)
    assert event.last_seen == SEEN + timedelta(days=3, hours=1)


def test_a_denial_in_the_latest_news_is_what_the_event_says() -> None:
    event = event_view(EventId("ev"), [told(1), told(2, 1, modality=Modality.DENIED)], [], {})
    assert event.modality is Modality.DENIED
    background = told(3, 2, modality=Modality.ASSERTED, core=False)
    assert event_view(EventId("ev"), [told(1), background], [], {}).modality is Modality.ASSERTED


def test_desks_come_from_the_documents_that_tell_it_as_news() -> None:
    desks = {
        DocumentId("doc_1"): [DeskScore(desk=Desk.MINING_METALS, score=0.9)],
        DocumentId("doc_2"): [
            DeskScore(desk=Desk.MINING_METALS, score=0.7),
            DeskScore(desk=Desk.OIL_GAS, score=0.1),
        ],
        DocumentId("doc_3"): [DeskScore(desk=Desk.OIL_GAS, score=1.0)],
    }
    mentions = [told(1), told(2), told(3, core=False)]
    assert event_view(EventId("ev"), mentions, [], desks).desks == (Desk.MINING_METALS,)


def test_confidence_grows_with_independent_origins_only() -> None:
    def confidence(*mentions: ToldMention) -> float:
        return event_view(EventId("ev"), mentions, [], {}).confidence

    one = told(1, confidence=0.6, origin="or_1")
    copy = told(2, confidence=0.6, origin="or_1")
    other = told(3, confidence=0.6)
    assert confidence(one) == confidence(one, copy) == 0.6
    assert confidence(one, other) == 0.84
    assert confidence(*[told(n, confidence=0.9) for n in range(9)]) == 0.99


def test_a_part_of_a_price_does_not_stand_for_the_price() -> None:
    """What is paid upfront comes after the whole, however many tell it."""
    first, second, third = told(1), told(2), told(3)
    parts = [says(t, "20000000", basis="upfront") for t in (first, second)]
    whole = says(third, "90000000", basis="total consideration")
    event = event_view(EventId("ev"), [first, second, third], [*parts, whole], {})
    assert [s.value for s in event.of("value")] == ["90000000", "20000000", "20000000"]
