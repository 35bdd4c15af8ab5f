"""What alignment, our own grammar and merging lose of a perfect answer: little."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evaluation.events import pair_events
from evaluation.gold import GoldEvent, GoldText, document_of, load_gold
from lodewire.extraction.model_reader.finder import ModelFinder
from lodewire.extraction.reader import read_document
from lodewire.model.vocabulary import EventType
from lodewire.ontology.event_types import load_event_types
from tests.extraction.model_reader.telling import Model, argument

GOLD = Path(__file__).resolve().parents[3] / "evaluation" / "gold" / "dev-deals"


def told(gold: GoldEvent) -> dict[str, Any]:
    """The event as the annotator has it; triggers are not annotated: a word of the quote."""
    words = gold.evidence.split()
    trigger = words[len(words) // 2].strip(".,;:\"“”'")
    roles = {r.name: r for r in load_event_types()[EventType(gold.type)].roles}
    arguments = [
        argument(role, trigger, value) if roles[role].choices else argument(role, value)
        for role, values in gold.args.items()
        for value in values
    ]
    return {
        "type": gold.type,
        "evidence": gold.evidence,
        "trigger": trigger,
        "status": gold.status,
        "modality": gold.modality,
        "said_by": None,
        "arguments": arguments,
    }


def found_of(text: GoldText) -> int:
    """How many events of a text come through; none may come that was not told."""
    model = Model(json.dumps({"events": [told(e) for e in text.events]}))
    reading = read_document(document_of(text), gate=0.0, find=ModelFinder(model, "annotator"))
    assert reading.method == "llm/1:annotator", reading.document.notes
    pairs = pair_events(text.events, reading.events)
    assert len(pairs) == len(reading.events), text.id
    return len(pairs)


def test_of_a_perfect_answer_nearly_every_event_comes_through_and_no_other():
    texts = load_gold(GOLD)
    assert sum(map(found_of, texts)) >= 0.95 * sum(len(t.events) for t in texts)
