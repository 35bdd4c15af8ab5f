"""Gold sets in the annotation guide's format: texts with their events, names and numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.model.ids import SourceId
from lodewire.text.reader import read_capture

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
OWN = Path(__file__).resolve().parent / "gold"


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One annotated event; ``args`` maps a role to its values as written."""

    type: str
    status: str
    modality: str
    args: Mapping[str, tuple[str, ...]]
    evidence: str
    core: bool


@dataclass(frozen=True, slots=True)
class GoldText:
    """One annotated text."""

    id: str
    text: str
    desks: tuple[str, ...]
    commodities: tuple[str, ...]
    countries: tuple[str, ...]
    organisations: tuple[str, ...]
    sites: tuple[str, ...]
    events: tuple[GoldEvent, ...]
    numbers: tuple[Mapping[str, Any], ...]


def load_gold(folder: Path, annotations: str = "annotations.jsonl") -> list[GoldText]:
    """Return the texts of a gold folder; raises ValueError when a text differs from its digest."""
    return list(_read(folder, annotations))


def _read(folder: Path, annotations: str) -> Iterator[GoldText]:
    for line in (folder / annotations).read_text("utf-8").splitlines():
        if not line.strip():
            continue
        told = json.loads(line)
        raw = (folder / f"{told['id']}.txt").read_bytes()
        if told.get("sha256") and hashlib.sha256(raw).hexdigest() != told["sha256"]:
            raise ValueError(f"{told['id']}.txt is not the text that was annotated")
        yield GoldText(
            id=told["id"],
            text=raw.decode("utf-8"),
            desks=tuple(told["desks"]),
            commodities=tuple(told.get("commodities", ())),
            countries=tuple(told.get("countries", ())),
            organisations=tuple(told.get("organisations", ())),
            sites=tuple(told.get("sites", ())),
            events=tuple(_event(e) for e in told["events"]),
            numbers=tuple(told.get("numbers", ())),
        )


def _event(told: Mapping[str, Any]) -> GoldEvent:
    return GoldEvent(
        type=told["type"],
        status=told["status"],
        modality=told["modality"],
        args={role: tuple(str(v) for v in values) for role, values in told["args"].items()},
        evidence=told.get("evidence", ""),
        core=bool(told.get("core", True)),
    )


def document_of(gold: GoldText) -> Document:
    """Read the text as a user's plain-text file would be read."""
    capture = Capture(
        source_id=SourceId("gold"),
        requested_url=f"file:///{gold.id}.txt",
        url=f"file:///{gold.id}.txt",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        body=gold.text.encode("utf-8"),
        media_type="text/plain",
        charset="utf-8",
    )
    return read_capture(capture)[0]
