"""The JSON of a reading keeps its contract (docs/contract.md)."""

from __future__ import annotations

import json
from datetime import date

from lodewire.extraction.contract import VERSION, readings_to_json
from tests.cli.contract import check_contract
from tests.extraction.conftest import read

TEXT = (
    "MMG to buy Khoemacau\n"
    "MMG said on Tuesday it had agreed to buy the Khoemacau copper mine in Botswana for about "
    "$1.875 billion. The Midwest premium rose to over 40 cents a pound, or nearly $900 a tonne, "
    "on March 12. Terms of the loan were not disclosed, two sources said."
)


def test_a_full_reading_keeps_the_contract_through_json() -> None:
    """Nothing is lost on the way: numbers are strings, spans pairs, text whole."""
    told = readings_to_json([read(TEXT, date(2025, 3, 28))])
    there = json.loads(json.dumps(told, ensure_ascii=False))
    assert there == told
    (document,) = check_contract(there)
    assert there["version"] == VERSION == 1
    assert document["text"].startswith("MMG to buy Khoemacau")
    assert document["events"]


def test_numbers_keep_every_digit() -> None:
    """40 stays "40", 1.875 billion becomes its plain number, hedges and units are told."""
    (document,) = readings_to_json([read(TEXT)])["documents"]
    told = {q["text"]: q for q in document["quantities"]}
    assert told["about $1.875 billion"]["value"] == "1875000000"
    assert told["about $1.875 billion"]["qualifier"] == "about"
    cents = told["over 40 cents a pound"]
    assert (cents["value"], cents["unit"], cents["qualifier"]) == ("40", "USc/lb", "more_than")
    assert cents["low"] is None


def test_checks_are_told_with_their_spans() -> None:
    """40 cents a pound is 881.85 dollars a tonne: nearly 900 is within its rounding."""
    (document,) = readings_to_json([read(TEXT)])["documents"]
    (check,) = [c for c in document["checks"] if c["kind"] == "unit_equivalence"]
    assert check["verdict"] in ("consistent", "rounding")
    assert "881.85" in check["detail"]
    words = [document["text"][a:b] for a, b in check["spans"]]
    assert any("40 cents a pound" in w for w in words)


def test_entities_are_ids_of_the_ontology_or_of_content() -> None:
    """The words as written, the name, and what it stands for."""
    (document,) = readings_to_json([read(TEXT)])["documents"]
    told = {m["text"]: m["entity"] for m in document["mentions"]}
    assert told["MMG"] == "mmg"
    assert told["Khoemacau"] == "khoemacau-mine"
    assert told["Botswana"] == "BW"


def test_several_readings_are_several_documents() -> None:
    """In their order; none is an empty list, not an error."""
    assert readings_to_json([]) == {"version": 1, "documents": []}
    two = readings_to_json([read(TEXT), read("Zinc fell 2% in London on Monday.")])
    assert len(two["documents"]) == 2
