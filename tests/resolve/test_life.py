"""The life of a happening: which telling moves it to which stage, and when it is stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lodewire.model.event import Event
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId, EventId, MentionId, OriginId, SourceId
from lodewire.model.life import Life, LifeStage
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.life_spans import LifeSpan
from lodewire.resolve.life import life_of

DAY = date(2025, 3, 10)
SEEN = datetime(2025, 3, 10, 9, tzinfo=UTC)
R, P, A, F, C = (
    Status.RUMOURED,
    Status.PROPOSED,
    Status.AGREED,
    Status.IN_FORCE,
    Status.COMPLETED,
)
S, T, REPORTED = Status.SUSPENDED, Status.TERMINATED, Status.REPORTED
DENIED, FORECAST = Modality.DENIED, Modality.FORECAST


def says(n: int, property_: str, value: str, quote: str = "") -> Statement:
    words = quote or value
    return Statement(
        subject=f"evm_{n}",
        property=property_,
        value=value,
        original=words,
        evidence=Evidence(
            document_id=DocumentId(f"doc_{n}"), span=Span(0, len(words)), quote=words
        ),
        source_id=SourceId("src"),
        origin_id=OriginId(f"or_{n}"),
        first_seen=SEEN,
        last_seen=SEEN,
    )


def tell(
    n: int, status: Status, modality: Modality = Modality.ASSERTED, quote: str = "", **more: str
) -> list[Statement]:
    told = [says(n, "status", status.value, quote), says(n, "modality", modality.value)]
    return told + [says(n, name, value) for name, value in more.items()]


def lived(
    *tellings: list[Statement],
    days: tuple[int, ...] = (),
    today: date = DAY,
    type_: EventType = EventType.ACQUISITION,
    sentences: dict[str, str] | None = None,
    spans: dict[EventType, LifeSpan] | None = None,
) -> Life:
    """A life whose n-th telling was reported on the n-th day (or on ``days``)."""
    documents = [told[0].document_id for told in tellings]
    gaps = days or tuple(range(len(tellings)))
    event = Event(
        id=EventId("ev_1"),
        type=type_,
        status=Status.AGREED,
        modality=Modality.ASSERTED,
        desks=(),
        # What the order of statements is must play no part.
        statements=tuple(s for told in reversed(tellings) for s in told),
        mention_ids=tuple(MentionId(told[0].subject) for told in tellings),
        document_ids=tuple(documents),
        origins=(),
        first_seen=SEEN,
        last_seen=SEEN,
    )
    reported = {d: DAY + timedelta(days=g) for d, g in zip(documents, gaps, strict=True)}
    return life_of(event, reported, today=today, sentences=sentences, spans=spans)


def stages(*told: Status | tuple[Status, Modality]) -> str:
    pairs = [t if isinstance(t, tuple) else (t, Modality.ASSERTED) for t in told]
    life = lived(*(tell(n, status, modality) for n, (status, modality) in enumerate(pairs)))
    return " ".join(step.stage.value for step in life.steps) + f" > {life.stage}"


@pytest.mark.parametrize(
    ("told", "life"),
    [
        ((P, A, C), "announced agreed closed > closed"),
        ((R, P, A, F), "rumoured announced agreed in_force > in_force"),
        ((A, R, P), "agreed > agreed"),  # background on how it began
        ((A, A, A), "agreed > agreed"),
        ((A, T), "agreed ended > ended"),
        ((A, T, R, A), "agreed ended > ended"),
        ((F, S, A, F), "in_force suspended resumed > in_force"),
        ((F, S, S, T), "in_force suspended ended > ended"),
        ((F, T, F), "in_force ended resumed > in_force"),
        ((T, S), "ended > ended"),
        ((A, S), "agreed suspended > suspended"),
        ((R, (R, DENIED)), "rumoured denied > denied"),
        ((R, (A, DENIED), R), "rumoured denied > denied"),  # the rumour goes on; it is denied
        ((R, (R, DENIED), P), "rumoured denied announced > announced"),
        ((R, (R, DENIED), A), "rumoured denied agreed > agreed"),
        ((A, (A, DENIED)), "agreed > agreed"),
        ((A, (C, FORECAST)), "agreed > agreed"),  # expected to close is not closed
        (((P, FORECAST), A), "announced agreed > agreed"),
        ((REPORTED,), " > None"),
    ],
)
def test_a_telling_moves_it_only_as_far_as_it_goes(
    told: tuple[Status | tuple[Status, Modality], ...], life: str
) -> None:
    assert stages(*told) == life


def test_each_step_has_its_date_its_statement_and_its_words() -> None:
    """The day stated, where it lies behind the report; else the day of the report."""
    signed = tell(0, A, quote="signed", date="2025-03-07")
    closing = tell(1, C, quote="completed", date="2025-06-30")  # the day lies ahead of the report
    life = lived(signed, closing)
    assert [(s.stage, s.day, s.reported, s.quote) for s in life.steps] == [
        (LifeStage.AGREED, date(2025, 3, 7), DAY, "signed"),
        (LifeStage.CLOSED, DAY + timedelta(days=1), DAY + timedelta(days=1), "completed"),
    ]
    assert [s.statement_id for s in life.steps] == [signed[0].id, closing[0].id]


def test_a_rule_takes_effect_on_its_day() -> None:
    """Of two stated days, that of effect is when it came into force."""
    rule = tell(0, F, date="2025-02-01", effective_date="2025-03-04")
    (step,) = lived(rule, type_=EventType.TARIFF).steps
    assert step.day == date(2025, 3, 4)


def test_a_rule_whose_day_lies_ahead_is_agreed_until_then() -> None:
    """Headlines tell a duty as charged weeks before it is; the day that a text gives decides."""
    early, late = tell(0, F, quote="hits"), tell(1, F, quote="took effect")
    plan = tell(2, A, effective_date="2025-03-20")
    life = lived(early, plan, late, days=(0, 1, 12), type_=EventType.TARIFF)
    assert [s.stage for s in life.steps] == [LifeStage.AGREED, LifeStage.IN_FORCE]
    assert life.steps[1].quote == "took effect"


def test_one_text_may_tell_several_stages() -> None:
    """What was agreed and that it is done: both, in that order."""
    life = lived(tell(0, C), tell(1, A), days=(0, 0))
    assert [s.stage for s in life.steps] == [LifeStage.AGREED, LifeStage.CLOSED]


@pytest.mark.parametrize(
    ("quote", "sentence", "amended"),
    [
        ("extended", "", True),
        ("signed", "Rio and the state signed an amended agreement on Oyu Tolgoi.", True),
        ("deal", "The offtake deal with Glencore was renewed for five years.", True),
        ("signed", "The deal was signed; the road to the mine was extended.", False),
        ("agreed", "The two agreed on a price.", False),
    ],
)
def test_an_amendment_leaves_it_where_it_stood(quote: str, sentence: str, amended: bool) -> None:
    life = lived(
        tell(0, A), tell(1, A, quote=quote), tell(2, A, quote=quote), sentences={"evm_1": sentence}
    )
    told = LifeStage.AMENDED in [s.stage for s in life.steps]
    assert told is amended
    assert life.stage is LifeStage.AGREED


def test_nothing_is_amended_before_it_is_agreed() -> None:
    life = lived(tell(0, P), tell(1, P, quote="revised"))
    assert [s.stage for s in life.steps] == [LifeStage.ANNOUNCED]


def test_ten_papers_tell_one_amendment() -> None:
    many = [tell(n, A, quote="extended") for n in range(1, 6)]
    life = lived(tell(0, A), *many, days=(0, 4, 4, 4, 4, 4))
    assert [s.stage for s in life.steps] == [LifeStage.AGREED, LifeStage.AMENDED]


def test_a_retracted_status_moves_nothing() -> None:
    agreed, ended = tell(0, A), tell(1, T)
    gone = [replace(s, retracted_at=SEEN) for s in ended]
    assert [s.stage for s in lived(agreed, gone).steps] == [LifeStage.AGREED]


SPAN = {
    EventType.ACQUISITION: LifeSpan(talks=30, talks_reason="talk", pending=90, pending_reason="law")
}


@pytest.mark.parametrize(
    ("told", "days", "stale", "reason"),
    [
        ((R,), 30, False, "talk"),
        ((R,), 31, True, "talk"),
        ((A,), 31, False, "law"),
        ((A,), 91, True, "law"),
        ((A, S), 32, True, "talk"),
        ((A, C), 900, False, ""),
        ((A, T), 900, False, ""),
        ((F,), 900, False, ""),
    ],
)
def test_silence_beyond_the_usual_span_is_stale(
    told: tuple[Status, ...], days: int, stale: bool, reason: str
) -> None:
    """In force, closed and ended things need no news."""
    today = DAY + timedelta(days=days)
    life = lived(*(tell(n, s) for n, s in enumerate(told)), today=today, spans=SPAN)
    assert (life.stale, life.reason) == (stale, reason)
    assert life.silent_days == days - len(told) + 1


def test_background_without_news_of_its_own_still_counts_as_heard_of() -> None:
    """A paper that mentions the pending deal breaks the silence."""
    life = lived(tell(0, A), tell(1, R), days=(0, 80), today=DAY + timedelta(days=100), spans=SPAN)
    assert not life.stale
    assert life.last_heard == DAY + timedelta(days=80)


def test_a_type_without_a_span_cannot_fall_silent() -> None:
    life = lived(tell(0, P), type_=EventType.PRICE_LEVEL, today=DAY + timedelta(days=5000))
    assert not life.stale
    assert life.usual_days is None


def test_the_order_of_tellings_plays_no_part() -> None:
    import itertools

    told = [tell(0, R), tell(1, R, DENIED), tell(2, A), tell(3, S), tell(4, F)]
    lives = {
        tuple(s.stage for s in lived(*(told[i] for i in order), days=order).steps)
        for order in itertools.permutations(range(5))
    }
    assert len(lives) == 1
