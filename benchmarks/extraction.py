"""Reading documents deeply: names, figures and dates, events by grammar and models, checks.

Measured on the gold's dev texts joined to about five hundred words each (a long news story), and on
general news below the gate, processor time of one core, best of three passes. The floor is the
search for the lexicon's names, which every document pays for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.report import BenchRow
from benchmarks.timing import best_seconds
from evaluation.gold import OWN, GoldText, document_of, load_gold
from lodewire.extraction import reader
from lodewire.extraction.analysis import analyse
from lodewire.extraction.bounds import bound_sentences
from lodewire.extraction.naming.scan import scan
from lodewire.model.document import Document
from lodewire.pipeline.workers import keep_tables

_SETS = ("dev-near", "dev-wires")
_PASSES = 3
_WORDS = 500
_GENERAL = (
    "The home side won the replay by two goals after a dull first half. The visitors had a man "
    "sent off before the break and never came back into the match. ",
    "Bake the onions slowly until they are soft, then stir in the thyme and a little cream. Serve "
    "at once with bread and a green salad from the garden. ",
    "The novel tells of two sisters who share a house by the sea. Critics praised its patience and "
    "its humour, though some found the last chapter long. ",
)


def _long(texts: Sequence[GoldText]) -> list[Document]:
    """Texts joined until each is a long story."""
    joined: list[Document] = []
    body: list[str] = []
    for text in texts:
        body.append(text.text)
        if sum(len(b.split()) for b in body) >= _WORDS:
            joined.append(_document(f"long{len(joined)}", "\n\n".join(body)))
            body = []
    return joined


def _document(id_: str, text: str) -> Document:
    return document_of(GoldText(id_, text, (), (), (), (), (), (), ()))


def run() -> list[BenchRow]:
    """Return documents a second and core for each step."""
    told = _long([t for name in _SETS for t in load_gold(OWN / name)])
    general = [_document(f"general{n}", text * 20) for n, text in enumerate(_GENERAL * 20)]

    def deep(document: Document) -> object:
        return reader.read_document(document, gate=0.0)

    def gated(document: Document) -> object:
        return reader.read_document(document)

    steps: tuple[tuple[str, Callable[[Document], object], Sequence[Document]], ...] = (
        ("floor: the lexicon's names", lambda d: scan(d.text), told),
        ("names, figures, dates, grammar's clauses", lambda d: analyse(bound_sentences(d)), told),
        ("relevant, about 500 words: everything", deep, told),
        ("irrelevant, about 500 words: left at the gate", gated, general),
    )
    deep(told[0])
    keep_tables()  # as the processes of a run do
    rows: list[BenchRow] = []
    floor = 0.0
    for name, step, documents in steps:
        step(documents[0])
        cost = best_seconds(step, documents, _PASSES)
        floor = floor or cost
        rows.append(
            BenchRow(
                name=name,
                value=1 / cost,
                unit="documents/s",
                beside="the floor's time",
                times=cost / floor if rows else None,
            )
        )
    return rows
