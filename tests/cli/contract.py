"""What the JSON of a reading must hold (docs/contract.md), checked apart from the code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from lodewire.model.vocabulary import (
    CheckKind,
    Desk,
    DocumentRole,
    EventType,
    MentionType,
    Modality,
    Qualifier,
    QuantityKind,
    Status,
    Verdict,
)

DOCUMENT_KEYS = set(
    "id role title published language url publisher authors agency text notes relevance desks "
    "mentions quantities dates events checks".split()
)
EVENT_KEYS = set(
    "id type status modality attribution trigger arguments not_disclosed evidence core "
    "confidence".split()
)


def check_contract(told: Any) -> list[dict[str, Any]]:
    """Assert that ``told`` keeps the contract, version 1; return its documents."""
    assert set(told) == {"version", "documents"}
    assert told["version"] == 1
    ids = [d["id"] for d in told["documents"]]
    assert len(ids) == len(set(ids)) > 0
    for document in told["documents"]:
        _check_document(document)
    return list(told["documents"])


def _check_document(document: dict[str, Any]) -> None:
    assert set(document) == DOCUMENT_KEYS
    DocumentRole(document["role"])
    assert document["id"].startswith("doc_")
    assert document["text"].strip()
    assert document["published"] is None or date.fromisoformat(document["published"])
    assert document["url"] is None or document["url"].startswith(("http://", "https://"))
    assert 0 <= document["relevance"] <= 1
    for desk in document["desks"]:
        Desk(desk["id"])
        assert 0 <= desk["score"] <= 1
    for quote, span in quoted(document):
        assert document["text"][span[0] : span[1]] == quote
    for mention in document["mentions"]:
        MentionType(mention["type"])
        assert mention["name"]
        assert mention["entity"]
    for quantity in document["quantities"]:
        _check_quantity(quantity)
    for event in document["events"]:
        _check_event(event)
    for check in document["checks"]:
        CheckKind(check["kind"])
        Verdict(check["verdict"])
        assert check["detail"]
        assert all(0 <= a < b <= len(document["text"]) for a, b in check["spans"])
    events = [e["id"] for e in document["events"]]
    assert len(events) == len(set(events))


def _check_quantity(quantity: dict[str, Any]) -> None:
    QuantityKind(quantity["kind"])
    Qualifier(quantity["qualifier"])
    numbers = [quantity[k] for k in ("value", "low", "high") if quantity[k] is not None]
    assert numbers
    assert all(Decimal(n).is_finite() for n in numbers)


def _check_event(event: dict[str, Any]) -> None:
    assert set(event) == EVENT_KEYS
    EventType(event["type"])
    Status(event["status"])
    Modality(event["modality"])
    assert event["id"].startswith("evm_")
    assert event["evidence"], "nothing without the words that state it"
    assert event["arguments"]
    assert 0 <= event["confidence"] <= 1
    filled = {a["role"] for a in event["arguments"]}
    assert not filled & set(event["not_disclosed"])
    for argument in event["arguments"]:
        inside = [s for s in event["evidence"] if _covers(s["span"], argument["span"])]
        assert inside, f"{argument['role']} lies outside its evidence"


def _covers(outer: list[int], inner: list[int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def quoted(document: dict[str, Any]) -> Iterator[tuple[str, list[int]]]:
    """Yield every quoted text of a document with its span."""
    for name in ("mentions", "quantities", "dates"):
        for found in document[name]:
            yield found["text"], found["span"]
    for event in document["events"]:
        yield event["trigger"]["text"], event["trigger"]["span"]
        for argument in event["arguments"]:
            yield argument["text"], argument["span"]
        for evidence in event["evidence"]:
            yield evidence["quote"], evidence["span"]
        if event["attribution"] is not None:
            yield event["attribution"]["text"], event["attribution"]["span"]
