"""Sentences taken apart for the tests of the grammar, with names, numbers and dates as read."""

from __future__ import annotations

from lodewire.extraction.analysis import Sentence, analyse
from lodewire.extraction.grammar.clauses import Clause, Phrase
from lodewire.model.document import Document
from lodewire.model.evidence import Span
from lodewire.model.ids import CaptureId, SourceId


def parse(text: str) -> Sentence:
    """The text as one sentence of a document."""
    document = Document(
        capture_id=CaptureId("cap"),
        source_id=SourceId("test"),
        text=text,
        language="en",
        sentences=(Span(0, len(text)),),
    )
    return analyse(document).sentences[0]


def words_of(phrase: Phrase | None) -> str:
    """The words of a phrase and its conjuncts."""
    if phrase is None:
        return "-"
    return " & ".join(" ".join(t.text for t in c.tokens) for c in phrase.chunks)


def told(clause: Clause) -> str:
    """A clause as "subject | verb | objects | marks"."""
    verb = clause.verb
    marks = {
        "passive": verb.passive,
        "not": verb.negated,
        "future": verb.future,
        "relative": clause.relative,
    }
    notes = [name for name, holds in marks.items() if holds]
    if clause.governor is not None:
        notes.append(f"under {clause.governor.lemma}")
    objects = " + ".join(words_of(o) for o in clause.objects)
    line = f"{words_of(clause.subject)} | {clause.lemma} | {objects} | {', '.join(notes)}"
    return line.rstrip(" |")


def clauses(text: str) -> list[str]:
    """Every clause of a sentence but those of "be" and "have" alone."""
    return [told(c) for c in parse(text).clauses if c.lemma not in ("be", "have")]
