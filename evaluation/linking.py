"""Scoring names: found in the text, and tied to the right thing of the ontology.

``links.csv`` in a gold folder has one name of a text a row: text's id, kind (organisation, site,
country, commodity), the name as written, and its id in the ontology, empty where the ontology does
not hold it. A name is right when a mention of its kind that overlaps an occurrence of it has that
id (any content-derived id where it is empty). Organisations and sites found that overlap no row
count as extra. ``python -m evaluation.linking [DIR] [--errors]`` prints the scores.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.gold import OWN, GoldText, document_of, load_gold
from lodewire.extraction.reader import read_document
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span

FLOORS: dict[str, float] = {"held-out.f1": 0.855, "held-out.precision": 0.88}
_COUNTED = ("organisation", "site")  # kinds whose surplus is an error: the rest are listed by theme
_KIN = {"country": ("country", "place"), "commodity": ("commodity", "product")}


@dataclass(frozen=True, slots=True)
class Link:
    """One row of ``links.csv``; ``entity`` is empty where the ontology does not hold the name."""

    text: str
    kind: str
    name: str
    entity: str


def load_links(folder: Path) -> list[Link]:
    """Return the rows of a folder, in order."""
    with (folder / "links.csv").open(encoding="utf-8", newline="") as file:
        return [Link(r["id"], r["kind"], r["name"], r["entity"]) for r in csv.DictReader(file)]


def score(
    texts: Sequence[GoldText], links: Sequence[Link], errors: list[str] | None = None
) -> Mapping[str, float]:
    """Return precision, recall and F1 of linked names, all kinds together and recall by kind."""
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    extra = 0
    for gold in texts:
        document = document_of(gold)
        mentions = read_document(document, gate=0.0).mentions
        rows = [link for link in links if link.text == gold.id]
        for row in rows:
            wanted[row.kind] += 1
            hits = [m for m in mentions if _covers(document.text, row, m)]
            if any(_is_entity(m, row.entity) for m in hits):
                right[row.kind] += 1
            elif errors is not None:
                told = sorted({(m.text, m.entity) for m in hits})
                errors.append(f"{gold.id} {row.kind} {row.name!r} = {row.entity!r}: found {told}")
        more = _surplus(document.text, rows, mentions)
        extra += len(more)
        if errors is not None:
            errors += [f"{gold.id} extra {m.type.value} {m.text!r}" for m in more]
    hits_all, total = right.total(), wanted.total()
    precision = hits_all / (hits_all + extra) if hits_all + extra else 1.0
    recall = hits_all / total if total else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    by_kind = {f"{k}.recall": right[k] / n for k, n in sorted(wanted.items())}
    return {"names": float(total), "precision": precision, "recall": recall, "f1": f1, **by_kind}


def _covers(text: str, row: Link, mention: Mention) -> bool:
    kinds = _KIN.get(row.kind, (row.kind,))
    return mention.type.value in kinds and any(
        mention.span.overlaps(span) for span in _occurrences(text, row.name)
    )


def _occurrences(text: str, name: str) -> Iterator[Span]:
    at = text.find(name)
    while at >= 0:
        yield Span(at, at + len(name))
        at = text.find(name, at + 1)


def _is_entity(mention: Mention, entity: str) -> bool:
    return mention.entity == entity if entity else mention.entity.startswith("ent_")


def _surplus(text: str, rows: Sequence[Link], mentions: Sequence[Mention]) -> list[Mention]:
    named = [span for row in rows for span in _occurrences(text, row.name)]
    listed = {row.entity for row in rows if row.entity}
    more: dict[str, Mention] = {}
    for mention in mentions:
        counted = mention.type.value in _COUNTED and not mention.generic
        if (
            counted
            and mention.entity not in listed
            and not any(mention.span.overlaps(s) for s in named)
        ):
            more.setdefault(mention.entity, mention)
    return list(more.values())


def folders() -> list[Path]:
    """The gold folders that have links, in order of names."""
    return sorted(f.parent for f in OWN.glob("*/links.csv"))


def evaluate() -> Mapping[str, float]:
    """Return the scores of every folder that has links, each name as "set.measure"."""
    found: dict[str, float] = {}
    for folder in folders():
        scores = score(load_gold(folder), load_links(folder))
        found |= {f"{folder.name}.{k}": v for k, v in scores.items()}
    return found


def main(arguments: Sequence[str]) -> int:
    """Print the scores, and the errors with ``--errors``; returns the exit code."""
    chosen = [Path(a) for a in arguments if not a.startswith("--")] or folders()
    for folder in chosen:
        errors: list[str] | None = [] if "--errors" in arguments else None
        for name, value in score(load_gold(folder), load_links(folder), errors).items():
            print(f"{folder.name}.{name:24} {value:8.4g}")
        print(*(errors or ()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
