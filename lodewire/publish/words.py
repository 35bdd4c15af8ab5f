"""The words around a brief that all its forms share."""

from __future__ import annotations

from collections.abc import Iterable

from lodewire.model.brief import Brief, BriefEntry, CorrectionNote
from lodewire.model.vocabulary import Verdict
from lodewire.ontology.event_types import load_event_types
from lodewire.publish.wording import join_words, print_dates

SAMPLE_NOTICE = (
    "Sample: invented publishers write about real, public happenings. Not for decisions."
)
MARKS = {
    Verdict.CONSISTENT: "✓",
    Verdict.ROUNDING: "≈",
    Verdict.MISMATCH: "✗",
    Verdict.QUERY: "?",
    Verdict.UNCHECKABLE: "·",
}


def day_words(brief: Brief) -> str:
    """Return the day as "28 March 2025"."""
    return print_dates(brief.day, brief.day)


def origin_words(entry: BriefEntry) -> str:
    """Return "1 source" or "3 independent sources"."""
    return "1 source" if entry.origins == 1 else f"{entry.origins} independent sources"


def reason_words(entry: BriefEntry) -> str:
    """Return why the entry stands where it does: "3 independent sources · first told on …"."""
    said = f"{entry.origins} independent origins"
    return " · ".join([origin_words(entry), *(w for w in entry.why.split("; ") if w != said)])


def copies_words(copies: int) -> str:
    """Return "+1 copy" or "+3 copies"."""
    return f"+{copies} {'copy' if copies == 1 else 'copies'}"


def undisclosed_words(entry: BriefEntry) -> str:
    """Return "Not disclosed: value and term." or an empty text."""
    if not entry.not_disclosed:
        return ""
    labels = {r.name: r.label for r in load_event_types()[entry.type].roles}
    return f"Not disclosed: {join_words([labels.get(r, r) for r in entry.not_disclosed])}."


def number_words(entry: BriefEntry) -> list[str]:
    """Return the entry's numbers that have a conversion or a mark, one line each."""
    lines: list[str] = []
    for note in entry.numbers:
        if note.conversion is None and note.verdict is None:
            continue
        mark = f" {MARKS[note.verdict]}" if note.verdict else ""
        lines.append(f"{note.text}{' ' + note.conversion if note.conversion else ''}{mark}")
    return lines


def conflict_words(entry: BriefEntry) -> list[str]:
    """Return one line a conflict: "value: US$1.9 billion (A) or US$1.7 billion (B)"."""
    labels = {r.name: r.label for r in load_event_types()[entry.type].roles}
    return [
        f"Sources differ on {labels.get(c.role, c.role)}: "
        + " or ".join(f"{value} ({who})" for value, who in c.values)
        + (f". {c.settled}" if c.settled else "")
        for c in entry.conflicts
    ]


def edit_words(entry: BriefEntry) -> list[str]:
    """Return one line an edit: what was read, what the editor put in its place, and why."""
    labels = {r.name: r.label for r in load_event_types()[entry.type].roles}
    return [
        f"Edited by {e.author} on {print_dates(e.at.date(), e.at.date())}: "
        f"{labels.get(e.role, e.role)} read as {e.read}, now {e.value} ({e.reason})"
        for e in entry.edits
    ]


def correction_words(notes: Iterable[CorrectionNote]) -> list[str]:
    """Return one line a correction: since when, what was said, what is right, and why."""
    return [_correction(note) for note in notes]


def _correction(note: CorrectionNote) -> str:
    day = print_dates(note.since.date(), note.since.date())
    if note.right is not None:
        told = f"an earlier version of this brief said {note.said}; it is {note.right}"
    elif note.said == note.sentence:
        told = f"withdrawn from this brief: “{note.said}”"
    else:
        told = f"an earlier version of this brief said {note.said}; that is withdrawn"
    return f"Correction, {day}: {told} ({note.reason})"


def check_words(entry: BriefEntry) -> list[str]:
    """Return one line a check, with its mark."""
    return [f"{MARKS[verdict]} {detail}" for verdict, detail in entry.checks]


def source_words(entry: BriefEntry) -> list[str]:
    """Return "Publisher, 28 March 2025: Title (2 copies)" for each source."""
    lines: list[str] = []
    for source in entry.sources:
        when = f", {print_dates(source.published, source.published)}" if source.published else ""
        copies = f" ({copies_words(source.copies)})" if source.copies else ""
        lines.append(f"{source.publisher}{when}: {source.title}{copies}")
    return lines
