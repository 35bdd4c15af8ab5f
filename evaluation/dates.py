"""Scoring dates: each expression of a gold sentence found, and put where it lies in the calendar.

``evaluation/gold/dates-*.csv`` (dev to tune on, held to measure) have one expression a row: day of
publication, sentence, the words, first and last day (both empty where the sentence gives no way to
tell). A row is right when a date that overlaps the words has the same first and last day. A date
found that overlaps no row of its sentence counts as extra. ``python -m evaluation.dates [FILE]
--errors`` lists what is wrong.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from evaluation.gold import OWN
from lodewire.extraction.dates import find_dates
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention

FLOORS: dict[str, float] = {"dev.f1": 0.98, "held.f1": 0.92}


@dataclass(frozen=True, slots=True)
class DatedWords:
    """One row of the gold."""

    published: date
    sentence: str
    words: str
    start: str
    end: str


def load_rows(file: Path) -> list[DatedWords]:
    """Return a file's rows in order; raises ValueError where words are not in their sentence."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [
            DatedWords(
                date.fromisoformat(r["published"]), r["sentence"], r["words"], r["start"], r["end"]
            )
            for r in csv.DictReader(lines)
        ]
    for row in rows:
        if row.words not in row.sentence:
            raise ValueError(f"{row.words!r} is not in {row.sentence!r}")
    return rows


def score(rows: Sequence[DatedWords], errors: list[str] | None = None) -> Mapping[str, float]:
    """Return precision, recall and F1 over the rows; list errors where asked."""
    right = extra = 0
    for (sentence, published), group in groupby(rows, key=lambda r: (r.sentence, r.published)):
        wanted = list(group)
        found = [
            d for d in find_dates(sentence, published=published) if d.grain != "duration" or d.start
        ]
        used: set[DateMention] = set()
        for row in wanted:
            hits = [d for d in _over(row, found) if d not in used]
            good = [d for d in hits if (d.start or "", d.end or "") == (row.start, row.end)]
            right += bool(good)
            used.update(good[:1] or hits[:1])
            if not good and errors is not None:
                told = [(d.text, d.start, d.end) for d in hits]
                errors.append(f"{row.words!r}: wanted {row.start}..{row.end}, found {told}")
        more = [d for d in found if not any(d in list(_over(r, [d])) for r in wanted)]
        extra += len(more)
        if errors is not None:
            errors += [f"extra {d.text!r} in {sentence!r}" for d in more]
    total = len(rows)
    precision = right / (total + extra) if rows else 1.0
    recall = right / total if rows else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"rows": float(total), "precision": precision, "recall": recall, "f1": f1}


def _over(row: DatedWords, found: Sequence[DateMention]) -> Iterator[DateMention]:
    start = row.sentence.index(row.words)
    words = Span(start, start + len(row.words))
    return (d for d in found if d.span.overlaps(words))


def evaluate() -> Mapping[str, float]:
    """Return the scores of every file, each name as "set.measure"."""
    found: dict[str, float] = {}
    for file in sorted(OWN.glob("dates-*.csv")):
        name = file.stem.removeprefix("dates-")
        found |= {f"{name}.{k}": v for k, v in score(load_rows(file)).items()}
    return found


def main(arguments: Sequence[str]) -> int:
    """Print the scores of all files, or of those named, with ``--errors`` what is wrong."""
    files = [Path(a) for a in arguments if not a.startswith("--")]
    for file in files or sorted(OWN.glob("dates-*.csv")):
        errors: list[str] | None = [] if "--errors" in arguments else None
        print(
            file.stem, " ".join(f"{k}={v:.4g}" for k, v in score(load_rows(file), errors).items())
        )
        print(*(errors or ()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
