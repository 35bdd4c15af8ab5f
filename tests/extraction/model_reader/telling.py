"""Answers of a model as the tests tell them, and a model that gives them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from lodewire.extraction.model_reader.asking import Answer, Prompt, Schema
from lodewire.extraction.model_reader.finder import ModelFinder
from lodewire.extraction.reader import read_document
from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.model.ids import SourceId
from lodewire.model.reading import Reading
from lodewire.text.reader import read_capture

DEAL = (
    "MMG said on Tuesday it had agreed to buy the Khoemacau copper mine in Botswana for $1.875 "
    "billion from Cuprous Capital. The mine, in the Kalahari copper belt, made 42,000 tonnes of "
    "copper in concentrate last year."
)
SENTENCE = DEAL.split(" The mine")[0]


def argument(role: str, text: str, choice: str | None = None) -> dict[str, Any]:
    return {"role": role, "text": text, "choice": choice}


def event(type_: str = "acquisition", **told: Any) -> dict[str, Any]:
    """An event of the deal, as a good model tells it; ``told`` replaces its keys."""
    good = {
        "type": type_,
        "evidence": SENTENCE,
        "trigger": "agreed to buy",
        "status": "agreed",
        "modality": "asserted",
        "said_by": "MMG",
        "arguments": [
            argument("acquirer", "MMG"),
            argument("asset", "Khoemacau copper mine"),
            argument("country", "Botswana"),
            argument("value", "$1.875 billion"),
            argument("seller", "Cuprous Capital"),
            argument("date", "Tuesday"),
        ],
    }
    return good | told


def answer(*events: dict[str, Any], **more: Any) -> str:
    return json.dumps({"events": list(events), **more})


@dataclass
class Model:
    """Answers with one text, or by a call; keeps what it was asked and what was set aside."""

    says: str | Answer | Callable[[Prompt], Answer]
    asked: list[Prompt] = field(default_factory=list)
    aside: list[tuple[str, str, str]] = field(default_factory=list)

    def complete(self, prompt: Prompt, schema: Schema) -> Answer:
        self.asked.append(prompt)
        if callable(self.says):
            return self.says(prompt)
        return Answer(text=self.says) if isinstance(self.says, str) else self.says

    def read(self, text: str, **told: Any) -> Reading:
        """Read ``text`` with this model."""
        aside = lambda *row: self.aside.append(row)  # noqa: E731
        finder = ModelFinder(self, "small", set_aside=aside, **told)
        return read_document(document(text), gate=0.0, find=finder)


def document(text: str) -> Document:
    """``text`` as a plain-text file."""
    capture = Capture(
        source_id=SourceId("test"),
        requested_url="file:///test.txt",
        url="file:///test.txt",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        body=text.encode("utf-8"),
        media_type="text/plain",
        charset="utf-8",
    )
    return read_capture(capture)[0]


def told_roles(reading: Reading, type_: str = "acquisition") -> dict[str, str]:
    """Role to normalised value of the one event of a type."""
    (found,) = [e for e in reading.events if e.type.value == type_]
    return {a.role: a.value for a in found.arguments}
