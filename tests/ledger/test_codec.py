"""Every model survives the trip to JSON text and back, and equal values give equal text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lodewire.errors import LedgerError
from lodewire.ledger.codec import decode, dumps, encode, loads, time_of, time_text
from lodewire.model.brief import Brief
from lodewire.model.capture import Capture, FeedEntry
from lodewire.model.check import Check
from lodewire.model.document import Document
from lodewire.model.entity import Entity, Mention
from lodewire.model.event import Argument, Attribution, EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.reading import DeskScore, Reading
from lodewire.model.statement import Judgement, Statement
from lodewire.model.story import StoryMember
from lodewire.model.vocabulary import Desk

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
words = texts.filter(bool)
times = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-7))]),
)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=8)
spans = st.tuples(st.integers(0, 500), st.integers(1, 40)).map(lambda t: Span(t[0], t[0] + t[1]))
scores = st.floats(0, 1, allow_nan=False)

st.register_type_strategy(str, texts)
st.register_type_strategy(datetime, times)
st.register_type_strategy(Decimal, decimals)
st.register_type_strategy(float, scores)
st.register_type_strategy(Span, spans)
st.register_type_strategy(int, st.integers(0, 10**6))
st.register_type_strategy(Evidence, st.builds(Evidence, document_id=words, span=spans, quote=words))


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    span = draw(spans)
    low, high = draw(st.tuples(st.none() | decimals, st.none() | decimals))
    value = draw(decimals if low is None and high is None else st.none() | decimals)
    built = st.builds(
        Quantity,
        span=st.just(span),
        core=st.just(span),
        value=st.just(value),
        low=st.just(low),
        high=st.just(high),
    )
    return draw(built)


st.register_type_strategy(Quantity, quantities())


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(texts)
    sentences = (Span(0, len(text)),) if text else ()
    return draw(st.builds(Document, text=st.just(text), sentences=st.just(sentences)))


st.register_type_strategy(Document, documents())
st.register_type_strategy(
    EventMention,
    st.builds(EventMention, evidence=st.tuples(st.from_type(Evidence)), confidence=scores),
)

MODELS = [
    Capture,
    FeedEntry,
    Document,
    Evidence,
    Quantity,
    DateMention,
    Entity,
    Mention,
    Argument,
    Attribution,
    EventMention,
    Check,
    DeskScore,
    Reading,
    StoryMember,
    Statement,
    Judgement,
    Brief,
]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_model_survives_json(model: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(model))
    again = loads(model, dumps(value))
    assert again == value
    assert dumps(again) == dumps(value)


@given(decimals)
def test_decimals_keep_their_digits(number: Decimal) -> None:
    assert str(decode(_Held, encode(_Held(number=number))).number) == str(number)


@dataclass(frozen=True)
class _Held:
    number: Decimal = Decimal("1")


def test_a_field_added_later_reads_as_its_default() -> None:
    assert loads(_Held, "{}").number == 1


def test_a_number_equal_to_the_default_keeps_its_own_digits() -> None:
    assert str(loads(_Held, dumps(_Held(number=Decimal("1.00")))).number) == "1.00"


@given(times, times)
def test_times_sort_as_text(a: datetime, b: datetime) -> None:
    assume(a != b)
    assert (time_text(a) < time_text(b)) == (a < b)
    assert time_of(time_text(a)) == a


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(LedgerError, match="time zone"):
        time_text(datetime(2025, 1, 1))  # noqa: DTZ001  # the very mistake


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"desk": "no-such-desk", "score": 0.5}',
        '{"desk": "oil-gas"}',
        '{"desk": "oil-gas", "score": "high"}',
        '{"desk": "oil-gas", "score": true}',
        '{"desk": "oil-gas", "score": 0.5, "later": 1}',
    ],
)
def test_what_does_not_fit_the_model_is_told_plainly(text: str) -> None:
    with pytest.raises(LedgerError, match="DeskScore"):
        loads(DeskScore, text)


def test_fields_that_hold_their_default_are_left_out() -> None:
    assert json.loads(dumps(FeedEntry(title="x"))) == {"title": "x"}


def test_days_are_iso_dates() -> None:
    brief = Brief(day=date(2025, 3, 12), title="t", composed_at=datetime.now(UTC), sections=())
    assert encode(brief)["day"] == "2025-03-12"


def test_a_score_that_is_not_finite_is_refused() -> None:
    with pytest.raises(LedgerError, match="finite"):
        dumps(DeskScore(desk=Desk.OIL_GAS, score=float("nan")))
