"""Questions put to the table: any address is read or refused; what is read asks the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import QueryError
from lodewire.ledger.selecting import EventOrder
from lodewire.model.vocabulary import EventType
from lodewire.workbench.table.asked import NAMES, asked_in, query_of, table_ask

_VALUES = st.one_of(
    st.text(st.sampled_from("a &=%+;/é0-\x00"), max_size=12),
    st.sampled_from(
        [
            "",
            "tariff",
            "told",
            "amount",
            ">= 5 USD",
            "2025-03-28",
            "country",
            "type,event",
            "mining",
        ]
    ),
)


@given(told=st.dictionaries(st.sampled_from([*NAMES, "evil"]), _VALUES))
def test_any_address_is_read_or_refused(told: dict[str, str]) -> None:
    try:
        asked = table_ask(told)
    except QueryError:
        return
    again = asked_in(query_of(told))
    assert table_ask(again) == asked
    assert "evil" not in again


def test_what_is_told_is_asked() -> None:
    asked = table_ask({"type": "tariff", "sort": "oldest", "columns": "url,event,url"})
    assert asked.type is EventType.TARIFF
    assert asked.order is EventOrder.OLDEST
    assert [c.name for c in asked.columns] == ["url", "event"]


def test_an_amount_of_a_role_that_no_event_has_is_refused() -> None:
    with pytest.raises(QueryError, match="no event has the role 'colour'"):
        table_ask({"amount": "colour >= 5 t"})
