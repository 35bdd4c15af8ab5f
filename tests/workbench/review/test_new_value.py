"""What an editor writes is read as the role asks, or refused with what would be right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lodewire.errors import LedgerError
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.decision import NewValue
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId, OriginId, SourceId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType
from lodewire.workbench.review.new_value import read_new_value

NOW = datetime(2025, 3, 28, tzinfo=UTC)
READ = Statement(
    subject="evm_1",
    property="value",
    value="1880000000",
    original="$1.88 billion",
    unit="USD",
    evidence=Evidence(document_id=DocumentId("doc_a"), span=Span(0, 3), quote="abc"),
    source_id=SourceId("wire"),
    origin_id=OriginId("or_a"),
    first_seen=NOW,
    last_seen=NOW,
)


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with open_ledger(":memory:", create=True) as opened:
        yield opened


@pytest.mark.parametrize(
    ("role", "written", "value", "unit", "qualifier"),
    [
        ("value", "US$1.9 billion", "1900000000", "USD", None),
        ("value", "about A$1.9bn", "1900000000", "AUD", "about"),
        ("value", "1,900,000,000", "1900000000", "USD", None),
        ("value", "1.50", "1.5", "USD", None),
        ("stake", "450..500", "450..500", "USD", None),
        ("stake", "25%", "25", "%", None),
        ("date", "2025-03-28", "2025-03-28", None, None),
        ("date", "2025-03-01..2025-03-31", "2025-03-01..2025-03-31", None, None),
        ("date", "2025-03-01..2025-03-01", "2025-03-01", None, None),
        ("status", "In force", "in_force", None, None),
        ("modality", "denied", "denied", None, None),
        ("attribution", "  people   close to the talks ", "people close to the talks", None, None),
        ("asset", "Some New Mine", "Some New Mine", None, None),
    ],
)
def test_a_value_is_read_as_its_role_asks(
    ledger: Ledger, role: str, written: str, value: str, unit: str | None, qualifier: str | None
) -> None:
    found = read_new_value(ledger, EventType.ACQUISITION, replace(READ, property=role), written)
    assert found == NewValue(value=value, unit=unit, qualifier=qualifier)


def test_a_known_name_brings_its_entity_along(ledger: Ledger) -> None:
    country = replace(READ, property="country", unit=None)
    found = read_new_value(ledger, EventType.ACQUISITION, country, "Botswana")
    assert found == NewValue(value="Botswana", entity="BW")


@pytest.mark.parametrize(
    ("type_", "role", "written", "unit"),
    [
        (EventType.ACQUISITION, "value", "a lot", None),
        (EventType.ACQUISITION, "value", "5 t and 6 t", None),
        (EventType.ACQUISITION, "value", " ", None),
        (EventType.ACQUISITION, "date", "last week", None),
        (EventType.ACQUISITION, "date", "2025-03-31..2025-03-01", None),
        (EventType.ACQUISITION, "date", "2025-03-31", "d"),
        (EventType.ACQUISITION, "status", "done", None),
        (EventType.ACQUISITION, "type", "tariff", None),
        (EventType.ACQUISITION, "not_disclosed", "value", None),
        (EventType.EXPORT_RESTRICTION, "action", "embargo-ish", None),
    ],
)
def test_what_does_not_fit_is_refused_with_a_hint(
    ledger: Ledger, type_: EventType, role: str, written: str, unit: str | None
) -> None:
    with pytest.raises(LedgerError) as refused:
        read_new_value(ledger, type_, replace(READ, property=role), written, unit=unit)
    assert refused.value.hint
