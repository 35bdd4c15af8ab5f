"""Amounts are compared by the database as the numbers they are."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from lodewire.ledger.amounts import AmountFilter, keys_of, number_key, word_key
from lodewire.ledger.schema import statements
from lodewire.ledger.store import open_ledger

from . import sample

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False)


@given(NUMBERS, NUMBERS)
@example(Decimal("0.15"), Decimal("0.151"))
@example(Decimal("-0.15"), Decimal("-0.151"))
@example(Decimal("1.50"), Decimal("15e-1"))
@example(Decimal("-0"), Decimal("0"))
@example(Decimal("9"), Decimal("10"))
def test_keys_sort_by_bytes_as_numbers_do(a: Decimal, b: Decimal) -> None:
    left, right = number_key(a).encode(), number_key(b).encode()
    assert (left < right) == (a < b)
    assert (left == right) == (a == b)


@given(st.decimals(-9, 9, places=1), st.decimals(-9, 9, places=1), st.booleans(), st.booleans())
def test_the_database_lets_through_what_the_filter_holds(
    low: Decimal, high: Decimal, above: bool, below: bool
) -> None:
    wanted = AmountFilter(unit="USD", low=low, high=high, above=above, below=below)
    for value in ("1", "-2.5", "0", "1..3", "..4", "2..", "soon"):
        for qualifier in (None, "more_than", "up_to", "about"):
            keys = keys_of(value, "USD", qualifier)
            least, most = keys["low_key"], keys["high_key"]
            over = least is not None and (
                least > number_key(low) if above else least >= number_key(low)
            )
            under = most is not None and (
                most < number_key(high) if below else most <= number_key(high)
            )
            assert (over and under) == wanted.holds(value, qualifier), (value, qualifier)


def test_what_has_no_unit_is_no_amount() -> None:
    assert keys_of("2024", None, None) == {
        "low_key": None,
        "high_key": None,
        "word_key": "2024",
    }
    assert word_key("STRASSE") == word_key("Straße")


def test_amounts_and_words_are_looked_up_by_index() -> None:
    """A filter must not read all statements: the planner takes the indexes made for it."""
    from sqlalchemy import select, text

    with open_ledger(":memory:", create=True) as ledger:
        sample.run(ledger)
        wanted = AmountFilter(unit="USD", low=Decimal("1e9"))
        asked = {
            "statements_unit": wanted.condition(),
            "statements_role": (statements.c.property == "acquirer")
            & (statements.c.word_key == word_key("mmg")),
        }
        with ledger._access.reading() as connection:
            for index, condition in asked.items():
                query = select(statements.c.id).where(condition)
                assert connection.execute(query).all()
                told = query.compile(connection, compile_kwargs={"literal_binds": True})
                plan = connection.execute(text(f"EXPLAIN QUERY PLAN {told}")).all()
                assert any(index in row.detail for row in plan), plan
