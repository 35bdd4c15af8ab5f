"""Events by filters: what is let through, in which order, and amounts that are never converted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.ledger.amounts import AmountFilter, stated_bounds
from lodewire.ledger.selecting import EventFilters, EventOrder, RoleFilter
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import Desk, EventType, Status

from . import sample
from .sample import DAY


def types(desk: Ledger, filters: EventFilters, order: EventOrder = EventOrder.NEWEST) -> list[str]:
    return [event.type.value for event in desk.select(filters, order=order)]


DEAL, ROAD = ["acquisition"], ["disruption"]
USD = Decimal(10) ** 9


CASES = [
    (EventFilters(), ROAD + DEAL),
    (EventFilters(type=EventType.ACQUISITION), DEAL),
    (EventFilters(status=Status.IN_FORCE), ROAD),
    (EventFilters(status=Status.RUMOURED), []),
    (EventFilters(desk=Desk.MINING_METALS), ROAD + DEAL),
    (EventFilters(desk=Desk.OIL_GAS), []),
    (EventFilters(since=DAY + timedelta(days=1)), ROAD),
    (EventFilters(until=DAY), DEAL),
    (EventFilters(entities=(frozenset({EntityId("mmg"), EntityId("other")}),)), ROAD + DEAL),
    (EventFilters(entities=(frozenset({EntityId("mmg")}), frozenset({EntityId("x")}))), []),
    (
        EventFilters(roles=(RoleFilter(role="operator", entities=frozenset({EntityId("mmg")})),)),
        ROAD,
    ),
    (EventFilters(roles=(RoleFilter(role="asset", value="KHOEMACAU"),)), DEAL),
    (EventFilters(amount=AmountFilter(unit="USD", low=USD)), DEAL),
    (EventFilters(amount=AmountFilter(unit="USD", low=USD, role="value")), DEAL),
    (EventFilters(amount=AmountFilter(unit="USD", low=USD, role="volume")), []),
    (EventFilters(amount=AmountFilter(unit="AUD", low=USD)), []),
    (EventFilters(amount=AmountFilter(unit="USD", low=2 * USD)), []),
]


@pytest.mark.parametrize(("filters", "found"), CASES)
def test_filters_narrow(desk: Ledger, filters: EventFilters, found: list[str]) -> None:
    assert types(desk, filters) == found


def test_both_engines_give_the_same(ledger: Ledger) -> None:
    """Every filter, the order, and what is let through among the events that words find."""
    sample.run(ledger)
    for filters, found in CASES:
        assert types(ledger, filters) == found, filters
    assert types(ledger, EventFilters(), EventOrder.OLDEST) == DEAL + ROAD
    among = ledger.search.event_ids("khoemacau")
    assert [e.type.value for e in ledger.select(among=among)] == DEAL


def test_the_order_is_stable_and_can_be_turned(desk: Ledger) -> None:
    assert types(desk, EventFilters(), EventOrder.OLDEST) == DEAL + ROAD
    amount = EventFilters(amount=AmountFilter(unit="USD"))
    assert types(desk, amount, EventOrder.AMOUNT) == DEAL
    with pytest.raises(ValueError, match="no order"):
        types(desk, EventFilters(), EventOrder.AMOUNT)


def test_what_was_retracted_lets_nothing_through() -> None:
    """Neither an amount nor a name."""
    with open_ledger(":memory:", create=True) as ledger:
        sample.run(ledger)
        (event,) = ledger.select(EventFilters(type=EventType.ACQUISITION))
        gone = [s.id for s in event.statements if s.property in ("value", "acquirer")]
        ledger.statements.retract(gone, at=datetime(2024, 1, 1, tzinfo=UTC))
        assert types(ledger, EventFilters(amount=AmountFilter(unit="USD"))) == []
        assert types(ledger, EventFilters(entities=(frozenset({EntityId("mmg")}),))) == ROAD


@pytest.mark.parametrize(
    ("value", "qualifier", "holds"),
    [
        ("100", None, True),
        ("99.99", None, False),
        ("80..120", None, False),
        ("100..120", None, True),
        ("100..", None, True),
        ("..120", None, False),
        ("100", "up_to", False),
        ("100", "at_least", True),
        ("100", "about", True),
        ("NaN", None, False),
        ("1e999999999", None, True),
        ("ban", None, False),
        ("", None, False),
    ],
)
def test_an_amount_holds_only_as_a_whole(value: str, qualifier: str | None, holds: bool) -> None:
    assert AmountFilter(unit="USD", low=Decimal(100)).holds(value, qualifier) is holds


def test_bounds_may_be_left_out() -> None:
    hundred = Decimal(100)
    assert not AmountFilter(unit="t", low=hundred, above=True).holds("100")
    assert not AmountFilter(unit="t", high=hundred, below=True).holds("100")
    assert AmountFilter(unit="t", high=hundred).holds("100")
    assert not AmountFilter(unit="t", high=Decimal(200)).holds("100", "more_than")


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3, max_value=10**9)


@given(low=numbers, high=numbers, asked=numbers)
def test_what_holds_for_a_range_holds_for_its_ends(
    low: Decimal, high: Decimal, asked: Decimal
) -> None:
    low, high = sorted((low, high))
    least = AmountFilter(unit="t", low=asked)
    assert least.holds(f"{low:f}..{high:f}") == (
        least.holds(f"{low:f}") and least.holds(f"{high:f}")
    )
    assert stated_bounds(f"{low:f}..{high:f}") == (low, high)
