"""Scoring events against gold: event and argument precision, recall and F1, by type and role.

An extracted event matches a gold event of the same type when they share words of evidence or an
argument; pairs are formed one to one, best overlap first. An argument is right when role and value
agree: names by words, numbers by value. ``python -m evaluation.events DIR [--errors]`` prints the
table; DIR defaults to the annotated texts beside the project.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.gold import OWN, SHARED, GoldEvent, GoldText, document_of, load_gold
from evaluation.report import EvaluationReport
from lodewire.extraction.reader import read_document
from lodewire.model.event import EventMention

_STOP = frozenset("the a an of in on at its for to by with and from about over more than".split())
_WORD = re.compile(r"\d[\d.,   ]*\d|\d|[^\W\d_]+")


@dataclass(slots=True)
class Tally:
    """Counts of right, extra and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Right among extracted; 1 when nothing was extracted."""
        found = self.right + self.extra
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Right among annotated; 1 when nothing was annotated."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Score:
    """All tallies of one run, with a line for each error."""

    events: Tally = field(default_factory=Tally)
    core: Tally = field(default_factory=Tally)
    arguments: Tally = field(default_factory=Tally)
    types: dict[str, Tally] = field(default_factory=dict)
    roles: dict[str, Tally] = field(default_factory=dict)
    desks: Tally = field(default_factory=Tally)
    by_desk: dict[str, Tally] = field(default_factory=dict)
    status: Counter[bool] = field(default_factory=Counter)
    modality: Counter[bool] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


def words_of(value: str) -> set[str]:
    """Return the content words and numbers of a value, lower case, numbers without separators."""
    found = set()
    for word in _WORD.findall(value.lower()):
        bare = re.sub(r"[,\s  ]", "", word).rstrip(".") if word[0].isdigit() else word
        if bare not in _STOP:
            found.add(bare.removesuffix("s") if not bare[0].isdigit() and len(bare) > 3 else bare)
    return found


def same_value(left: str, right: str) -> bool:
    """Tell whether two values name the same: half of the shorter one's words, and its numbers."""
    a, b = words_of(left), words_of(right)
    if not a or not b:
        return left.strip().lower() == right.strip().lower()
    shared = a & b
    numbers_a = {w for w in a if w[0].isdigit()}
    numbers_b = {w for w in b if w[0].isdigit()}
    if numbers_a and numbers_b and not numbers_a & numbers_b:
        return False
    return len(shared) * 2 >= min(len(a), len(b)) and bool(shared)


def _values(event: EventMention) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for argument in event.arguments:
        found.setdefault(argument.role, []).append((argument.text, argument.value))
    return found


def _fits(value: str, told: tuple[str, str]) -> bool:
    return same_value(value, told[0]) or same_value(value, told[1])


def _argument_hits(gold: GoldEvent, event: EventMention) -> int:
    values = _values(event)
    return sum(
        any(_fits(v, told) for told in values.get(role, ()))
        for role, wanted in gold.args.items()
        for v in wanted
    )


def _evidence_overlap(gold: GoldEvent, event: EventMention) -> float:
    wanted = words_of(gold.evidence)
    if not wanted:
        return 0.0
    return max(len(wanted & words_of(e.quote)) / len(wanted) for e in event.evidence)


def pair_events(gold: Sequence[GoldEvent], found: Sequence[EventMention]) -> list[tuple[int, int]]:
    """Return index pairs (gold, found), one to one, best first."""
    options: list[tuple[float, int, int]] = []
    for g, wanted in enumerate(gold):
        for f, event in enumerate(found):
            if event.type.value != wanted.type:
                continue
            hits, overlap = _argument_hits(wanted, event), _evidence_overlap(wanted, event)
            total = sum(len(v) for v in wanted.args.values()) or 1
            if overlap >= 0.6 or hits * 2 >= total:
                options.append((hits / total + overlap / 2, g, f))
    return one_to_one(options)


def one_to_one(options: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Return index pairs out of (score, left, right), best first, each index in one pair."""
    pairs: list[tuple[int, int]] = []
    for _, left, right in sorted(options, key=lambda o: (-o[0], o[1], o[2])):
        if all(left != p[0] and right != p[1] for p in pairs):
            pairs.append((left, right))
    return pairs


def score_text(gold: GoldText, score: Score) -> None:
    """Read one text and add its counts to ``score``."""
    reading = read_document(document_of(gold), gate=0.0)
    pairs = pair_events(gold.events, reading.events)
    matched_gold, matched_found = {g for g, _ in pairs}, {f for _, f in pairs}
    for g, wanted in enumerate(gold.events):
        tally = score.types.setdefault(wanted.type, Tally())
        if g in matched_gold:
            tally.right += 1
            score.events.right += 1
        else:
            tally.missed += 1
            score.events.missed += 1
            score.errors.append(
                f"{gold.id} MISSED {wanted.type} {dict(wanted.args)} «{wanted.evidence}»"
            )
        if wanted.core:
            score.core.right += g in matched_gold
            score.core.missed += g not in matched_gold
    for f, event in enumerate(reading.events):
        if f not in matched_found:
            score.types.setdefault(event.type.value, Tally()).extra += 1
            score.events.extra += 1
            score.errors.append(f"{gold.id} EXTRA {_show(event)}")
    for g, f in pairs:
        _score_pair(gold.id, gold.events[g], reading.events[f], score)
    _score_desks(set(gold.desks), {d.desk.value for d in reading.desks}, score)


def _score_desks(wanted: set[str], found: set[str], score: Score) -> None:
    for desk in wanted | found:
        for tally in (score.desks, score.by_desk.setdefault(desk, Tally())):
            tally.right += desk in wanted and desk in found
            tally.extra += desk not in wanted
            tally.missed += desk not in found


def macro_f1(tallies: Iterable[Tally]) -> float:
    """The mean F1 of what was annotated or found at all."""
    scores = [t.f1 for t in tallies]
    return sum(scores) / len(scores) if scores else 0.0


def _score_pair(id_: str, gold: GoldEvent, event: EventMention, score: Score) -> None:
    score.status[gold.status == event.status.value] += 1
    score.modality[gold.modality == event.modality.value] += 1
    if gold.status != event.status.value or gold.modality != event.modality.value:
        score.errors.append(
            f"{id_} STATUS {gold.type} wanted {gold.status}/{gold.modality}, "
            f"found {event.status.value}/{event.modality.value} «{gold.evidence}»"
        )
    values = _values(event)
    for role in sorted(set(gold.args) | set(values)):
        tally = score.roles.setdefault(role, Tally())
        wanted, told = list(gold.args.get(role, ())), list(values.get(role, ()))
        for value in list(wanted):
            hit = next((t for t in told if _fits(value, t)), None)
            if hit is not None:
                wanted.remove(value)
                told.remove(hit)
                tally.right += 1
                score.arguments.right += 1
        tally.missed += len(wanted)
        tally.extra += len(told)
        score.arguments.missed += len(wanted)
        score.arguments.extra += len(told)
        if wanted or told:
            extra = [t[0] for t in told]
            score.errors.append(
                f"{id_} ROLE {gold.type}.{role} missed {wanted} extra {extra} «{gold.evidence}»"
            )


def _show(event: EventMention) -> str:
    told = {r: [t[0] for t in v] for r, v in _values(event).items()}
    return f"{event.type.value} {event.status.value} {told} «{event.evidence[0].quote[:110]}»"


def score_all(texts: Iterable[GoldText]) -> Score:
    """Score all texts together."""
    score = Score()
    for text in texts:
        score_text(text, score)
    return score


def _line(name: str, tally: Tally) -> str:
    return (
        f"{name:28s} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}"
        f"   right {tally.right:4d}  extra {tally.extra:4d}  missed {tally.missed:4d}"
    )


def print_score(score: Score) -> None:
    """Print the tables."""
    print(_line("events", score.events))
    print(f"{'core events':28s} R {score.core.recall:.3f}")
    print(_line("arguments", score.arguments))
    print(_line("desks", score.desks))
    print(f"{'desks':28s} macro F1 {macro_f1(score.by_desk.values()):.3f}")
    for name, counts in (("status", score.status), ("modality", score.modality)):
        total = sum(counts.values()) or 1
        print(f"{name:28s} {counts[True] / total:.3f} of {total}")
    for type_, tally in sorted(score.types.items()):
        print(_line(f"  {type_}", tally))
    for role, tally in sorted(score.roles.items()):
        print(_line(f"    {role}", tally))


# A little under what was measured, so that only a real loss fails. The dev sets and the guide's
# texts were tuned on; the held-out set was written apart and only its totals are looked at: it is
# the honest one.
FLOORS: dict[str, float] = {
    "shared.events.precision": 0.96,
    "shared.events.f1": 0.955,
    "shared.arguments.f1": 0.875,
    "dev.events.precision": 0.93,
    "dev.events.f1": 0.90,
    "dev.arguments.f1": 0.825,
    "dev.desks.f1": 0.80,
    "held-out.events.precision": 0.79,
    "held-out.events.f1": 0.648,
    "held-out.arguments.f1": 0.755,
    "held-out.desks.f1": 0.835,
}


def evaluate() -> EvaluationReport:
    """Return precision, recall and F1 of events, arguments and desks, by set."""
    sets = {
        "shared": [SHARED],
        "dev": sorted(OWN.glob("dev-*")),
        "held-out": [OWN / "held-out"],
    }
    values: dict[str, float] = {}
    notes: list[str] = []
    for name, folders in sets.items():
        texts = [t for f in folders if (f / "annotations.jsonl").exists() for t in load_gold(f)]
        if not texts:
            notes.append(f"skipped: {name} is not here")
            continue
        score = score_all(texts)
        for part in ("events", "arguments", "desks"):
            tally: Tally = getattr(score, part)
            values |= {
                f"{name}.{part}.precision": tally.precision,
                f"{name}.{part}.recall": tally.recall,
                f"{name}.{part}.f1": tally.f1,
            }
        values[f"{name}.desks.macro_f1"] = macro_f1(score.by_desk.values())
        for part, counts in (("status", score.status), ("modality", score.modality)):
            values[f"{name}.{part}"] = counts[True] / (counts.total() or 1)
        if name == "held-out":
            values |= {f"{name}.{t}.f1": tally.f1 for t, tally in sorted(score.types.items())}
    present = {
        k: v for k, v in FLOORS.items() if k.split(".")[0] in {n.split(".")[0] for n in values}
    }
    report = EvaluationReport.of(values, present)
    return EvaluationReport(figures=report.figures, notes=tuple(notes))


def main(arguments: Sequence[str]) -> int:
    """Print the score of a gold folder; ``--errors`` lists every error, ``--only ID`` one text."""
    folders = [Path(a) for a in arguments if not a.startswith("-") and Path(a).is_dir()]
    only = [a for a in arguments if not a.startswith("-") and not Path(a).is_dir()]
    texts = [t for folder in folders or [SHARED] for t in load_gold(folder)]
    if only:
        texts = [t for t in texts if t.id in only]
    score = score_all(texts)
    if "--errors" in arguments:
        for error in score.errors:
            print(error)
    print_score(score)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
