"""Scoring quantities against gold: value and unit, as the annotation guide writes them.

A figure is right when value and unit agree, however the unit is spelt ("b/d" is "bbl/d", 35 cents
is 0.35 dollars). Gold sets write a range as its two ends or as its low
end, and a bare dollar as "$" or as USD: both count. A figure that a text repeats counts once. Kinds
that the guide does not annotate (counts, spans of time, parts and multiples) take no part.
``python -m evaluation.quantities [DIR] [--errors]`` prints the scores.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from evaluation.gold import OWN, SHARED, GoldText, load_gold
from lodewire.extraction.quantities import find_quantities, guess_dollar
from lodewire.model.vocabulary import QuantityKind

_NOT_ANNOTATED = frozenset(
    {QuantityKind.COUNT, QuantityKind.DURATION, QuantityKind.FACTOR, QuantityKind.OTHER}
)
# Only held-out was not tuned on.
FLOORS: dict[str, float] = {
    "dev-near.f1": 0.96,
    "dev-wires.f1": 0.92,
    "held-out.f1": 0.94,
}
_FIGURE = tuple[Decimal, str]


# One unit, two spellings: the guide names no barrel a day, day, British unit or short ton.
_SPELLINGS = {"b": "bbl", "day": "d", "mmBtu": "MMBtu", "short ton": "short tons"}
_CENTS = {"USc": "USD", "AUc": "AUD", "AUDc": "AUD", "CAc": "CAD", "EUc": "EUR", "EURc": "EUR"}
_CENTS |= {"ZAc": "ZAR", "ZARc": "ZAR", "GBp": "GBP", "c": "USD"}


def _figure(value: object, unit: str) -> _FIGURE:
    """Return a figure with its unit in one spelling; cents become parts of their currency."""
    parts = [_SPELLINGS.get(part, part) for part in unit.replace("$", "USD").split("/")]
    number = Decimal(str(value))
    if parts[0] in _CENTS:
        parts[0], number = _CENTS[parts[0]], number / 100
    if parts == ["mmscmd"]:
        parts, number = ["m3", "d"], number * 1_000_000
    return number.normalize(), "/".join(parts)


def annotated(gold: GoldText) -> set[_FIGURE]:
    """Return the figures that a gold text annotates."""
    return {
        _figure(value, str(told["unit"]))
        for told in gold.numbers
        for value in (told["value"] if isinstance(told["value"], list) else [told["value"]])
    }


def found_in(text: str, wanted: set[_FIGURE]) -> set[_FIGURE]:
    """Return the figures that the grammar finds; of a range the ends that are wanted, or both."""
    found: set[_FIGURE] = set()
    for quantity in find_quantities(text, dollar=guess_dollar(text)):
        if quantity.kind in _NOT_ANNOTATED:
            continue
        ends = {_figure(value, quantity.unit or "") for value in quantity.bounds}
        found |= ends & wanted or ends
    return found


def score(texts: Iterable[GoldText], errors: list[str] | None = None) -> Mapping[str, float]:
    """Return counts, precision, recall and F1 over some gold texts; list errors where asked."""
    right = extra = missed = 0
    for gold in texts:
        want = annotated(gold)
        have = found_in(gold.text, want)
        right += len(want & have)
        extra += len(have - want)
        missed += len(want - have)
        if errors is not None:
            errors += [f"{gold.id}: missed {v:f} {u}" for v, u in sorted(want - have)]
            errors += [f"{gold.id}: extra {v:f} {u}" for v, u in sorted(have - want)]
    precision = right / (right + extra) if right + extra else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    counts = {"right": float(right), "extra": float(extra), "missed": float(missed)}
    return {**counts, "precision": precision, "recall": recall, "f1": f1}


def evaluate() -> Mapping[str, float]:
    """Return the scores on every gold set at hand, each name as "set.measure"."""
    folders = [SHARED, *(sorted(f for f in OWN.iterdir() if f.is_dir()) if OWN.exists() else [])]
    found: dict[str, float] = {}
    for folder in folders:
        if (folder / "annotations.jsonl").exists():
            name = "shared" if folder == SHARED else folder.name
            found |= {f"{name}.{k}": v for k, v in score(load_gold(folder)).items()}
    return found


def main(arguments: Sequence[str]) -> int:
    """Print the scores, and the errors of one folder with ``--errors``; returns the exit code."""
    folders = [Path(a) for a in arguments if not a.startswith("--")]
    if not folders:
        for name, value in evaluate().items():
            print(f"{name:32} {value:8.4g}")
        return 0
    for folder in folders:
        errors: list[str] | None = [] if "--errors" in arguments else None
        scores = score(load_gold(folder), errors)
        print(folder.name, " ".join(f"{k}={v:.4g}" for k, v in scores.items()))
        print(*(errors or ()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
