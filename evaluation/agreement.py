"""How well two careful readers agree: the ceiling that any reader is measured under.

Where a gold folder has ``annotations-second.jsonl``, written without sight of the first, events of
both are paired as the scorer pairs an extracted event with a gold one, and F1 of events and of
arguments and the agreement on status, modality and core are reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.events import one_to_one, same_value, words_of
from evaluation.gold import OWN, GoldEvent, load_gold

SECOND = "annotations-second.jsonl"


def pair(left: Sequence[GoldEvent], right: Sequence[GoldEvent]) -> list[tuple[int, int]]:
    """Return index pairs of events that two annotators both told, best first."""
    options: list[tuple[float, int, int]] = []
    for i, mine in enumerate(left):
        for j, other in enumerate(right):
            if mine.type != other.type:
                continue
            total = sum(len(v) for v in mine.args.values()) or 1
            hits = _shared(mine, other)
            words = words_of(mine.evidence)
            overlap = len(words & words_of(other.evidence)) / (len(words) or 1)
            if overlap >= 0.6 or hits * 2 >= total:
                options.append((hits / total + overlap / 2, i, j))
    return one_to_one(options)


def _shared(mine: GoldEvent, other: GoldEvent) -> int:
    """Arguments of ``mine`` that ``other`` has too, each value used once."""
    hits = 0
    for role, values in mine.args.items():
        left = list(other.args.get(role, ()))
        for value in values:
            match = next((v for v in left if same_value(value, v)), None)
            if match is not None:
                left.remove(match)
                hits += 1
    return hits


def score(folder: Path) -> Mapping[str, float]:
    """Return F1 of events and arguments, and agreement on status, modality and core."""
    first = {t.id: t for t in load_gold(folder)}
    second = load_gold(folder, SECOND)
    events: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    for other in second:
        mine = first[other.id]
        pairs = pair(mine.events, other.events)
        events += Counter(first=len(mine.events), second=len(other.events), both=len(pairs))
        for i, j in pairs:
            one, two = mine.events[i], other.events[j]
            agreed["status"] += one.status == two.status
            agreed["modality"] += one.modality == two.modality
            agreed["core"] += one.core == two.core
            agreed["first"] += sum(len(v) for v in one.args.values())
            agreed["second"] += sum(len(v) for v in two.args.values())
            agreed["both"] += _shared(one, two)
    both = events["both"] or 1
    return {
        "texts": float(len(second)),
        "events.f1": 2 * events["both"] / (events["first"] + events["second"]),
        "arguments.f1": 2 * agreed["both"] / (agreed["first"] + agreed["second"]),
        **{name: agreed[name] / both for name in ("status", "modality", "core")},
    }


def evaluate() -> Mapping[str, float]:
    """Return the agreement in every folder that was annotated twice, as "set.measure"."""
    found: dict[str, float] = {}
    for file in sorted(OWN.glob(f"*/{SECOND}")):
        found |= {f"{file.parent.name}.{k}": v for k, v in score(file.parent).items()}
    return found
