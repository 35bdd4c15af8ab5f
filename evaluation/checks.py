"""Scoring the checks against sentences that are right, wrong, or no business of a check.

Each table of ``evaluation/gold/checks`` is named after a kind of check and holds sentences of our
own, modelled on slips seen in print: verdict "mismatch" or "query" (must be told), "fine" (must
come out consistent or rounded) and "silent" (no verdict of the kind, neither good nor bad).
The whole reader runs, so a name or number that is not found counts as a miss of the check.
``python -m evaluation.checks [KIND …]`` prints each sentence that comes out otherwise.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from lodewire.extraction.reader import read_document
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId
from lodewire.model.vocabulary import CheckKind, Verdict
from lodewire.text.reader import read_capture

FOLDER = Path(__file__).resolve().parent / "gold" / "checks"
FLOORS = {
    "mismatch.precision": 1.0,
    "mismatch.recall": 0.9,
    "query.precision": 1.0,
    "query.recall": 0.9,
    "fine.recall": 0.9,
}
_FINE = frozenset({Verdict.CONSISTENT, Verdict.ROUNDING})
_TELLING = ("mismatch", "query")


class CheckCase(NamedTuple):
    """One sentence with the kind of check that it concerns and the verdict it should get."""

    kind: CheckKind
    verdict: str
    text: str


def load_cases(folder: Path = FOLDER) -> Iterator[CheckCase]:
    """Yield the cases of every table, in order of names; the file's name is the kind of check."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield CheckCase(CheckKind(path.stem), row["verdict"], row["text"])


def found_in(case: CheckCase) -> str:
    """Return "mismatch", "query", "fine" or "silent": what the checks of the kind say."""
    capture = Capture(
        source_id=SourceId("cases"),
        requested_url="file:///case.txt",
        url="file:///case.txt",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        body=case.text.encode("utf-8"),
        media_type="text/plain",
        charset="utf-8",
    )
    checks = [c for d in read_capture(capture) for c in read_document(d, gate=0.0).checks]
    verdicts = {c.verdict for c in checks if c.kind is case.kind}
    for verdict in (Verdict.MISMATCH, Verdict.QUERY):
        if verdict in verdicts:
            return verdict.value
    return "fine" if verdicts & _FINE else "silent"


def score(pairs: Sequence[tuple[str, str]]) -> Mapping[str, float]:
    """Return precision and recall of each verdict from pairs of wanted and found."""
    count = Counter(pairs)
    found: dict[str, float] = {"cases": float(len(pairs))}
    for verdict in (*_TELLING, "fine"):
        right = count[verdict, verdict]
        wanted = sum(n for (want, _), n in count.items() if want == verdict)
        told = sum(n for (_, have), n in count.items() if have == verdict)
        found[f"{verdict}.recall"] = right / wanted if wanted else 1.0
        if verdict in _TELLING:
            found[f"{verdict}.precision"] = right / told if told else 1.0
    return found


def evaluate() -> Mapping[str, float]:
    """Return the scores over all cases."""
    return score([(case.verdict, found_in(case)) for case in load_cases()])


def main(arguments: Sequence[str]) -> int:
    """Print what comes out otherwise than wanted, and the scores of each kind."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    for case in load_cases():
        if arguments and case.kind.value not in arguments:
            continue
        have = found_in(case)
        pairs.setdefault(case.kind.value, []).append((case.verdict, have))
        if have != case.verdict:
            print(f"{case.kind.value}: wanted {case.verdict}, found {have}: {case.text}")
    for kind, told in pairs.items():
        print(kind, " ".join(f"{name}={value:.3f}" for name, value in score(told).items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
