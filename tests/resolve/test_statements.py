"""Statements carry the words that state them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.model.event import Argument, Attribution, EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId, EntityId, OriginId, SourceId
from lodewire.model.quantity import Quantity
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, Qualifier, QuantityKind, Status
from lodewire.resolve.statements import plain, quantity_text, statements_of

TEXT = (
    "MMG agreed on Tuesday to buy Khoemacau for about $1.88 billion, Reuters said. "
    "The stake was not disclosed."
)
DOCUMENT = DocumentId("doc_1")
SEEN = datetime(2023, 11, 21, 9, tzinfo=UTC)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def quantity(value: str | None, low: str | None = None, high: str | None = None) -> Quantity:
    return Quantity(
        text="about $1.88 billion",
        span=span("about $1.88 billion"),
        core=span("$1.88 billion"),
        kind=QuantityKind.MONEY,
        value=Decimal(value) if value else None,
        low=Decimal(low) if low else None,
        high=Decimal(high) if high else None,
        unit="USD",
        qualifier=Qualifier.ABOUT,
        basis="cash",
    )


def argument(role: str, words: str, value: str, **told: object) -> Argument:
    return Argument(role=role, span=span(words), text=words, value=value, **told)  # type: ignore[arg-type]


MENTION = EventMention(
    document_id=DOCUMENT,
    type=EventType.ACQUISITION,
    status=Status.AGREED,
    modality=Modality.ASSERTED,
    trigger=span("agreed"),
    arguments=(
        argument("acquirer", "MMG", "MMG", entity=EntityId("ent_x")),
        argument("value", "about $1.88 billion", "1880000000 USD", quantity=quantity("1.88E+9")),
        argument("date", "Tuesday", "2023-11-21", start="2023-11-21", end="2023-11-21"),
        argument("term", "Tuesday", "week", start="2023-11-20", end="2023-11-26"),
    ),
    evidence=(
        Evidence.take(DOCUMENT, TEXT, span("The stake was not disclosed.")),
        Evidence.take(DOCUMENT, TEXT, span(TEXT.split(". ")[0] + ".")),
    ),
    attribution=Attribution(span=span("Reuters"), text="Reuters", name="Reuters"),
    not_disclosed=("stake",),
)


def told() -> dict[str, Statement]:
    found = statements_of(
        MENTION,
        source_id=SourceId("src"),
        origin_id=OriginId("or_1"),
        seen=SEEN,
        canonical={EntityId("ent_x"): EntityId("mmg")},
    )
    return {s.property: s for s in found}


def test_every_statement_quotes_the_text_at_its_span() -> None:
    for statement in told().values():
        statement.evidence.verify(TEXT)


def test_a_mention_states_what_it_is_and_each_of_its_roles() -> None:
    assert {p: s.value for p, s in told().items()} == {
        "type": "acquisition",
        "status": "agreed",
        "modality": "asserted",
        "attribution": "Reuters",
        "not_disclosed": "stake",
        "acquirer": "MMG",
        "value": "1880000000",
        "date": "2023-11-21",
        "term": "2023-11-20..2023-11-26",
    }


def test_type_and_status_are_shown_by_the_trigger_in_its_sentence() -> None:
    assert told()["status"].evidence.quote == "agreed"
    assert told()["type"].evidence.span == span("agreed")


def test_a_quantity_keeps_unit_basis_hedge_and_words() -> None:
    value = told()["value"]
    assert (value.unit, value.basis, value.qualifier) == ("USD", "cash", "about")
    assert value.original == "about $1.88 billion"


def test_spellings_share_the_canonical_entity() -> None:
    assert told()["acquirer"].entity == "mmg"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (quantity("1.88E+9"), "1880000000"),
        (quantity("25.50"), "25.5"),
        (quantity(None, "8", "30"), "8..30"),
        (quantity(None, "450"), "450.."),
        (quantity(None, None, "500"), "..500"),
    ],
)
def test_quantities_are_plain_decimals_or_ranges(given: Quantity, text: str) -> None:
    assert quantity_text(given) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_plain_decimals_lose_nothing(number: Decimal) -> None:
    assert Decimal(plain(number)) == number
    assert "E" not in plain(number)
