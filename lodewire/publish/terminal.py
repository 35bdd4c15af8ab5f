"""A brief on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from lodewire.model.brief import Brief, BriefEntry, Sentence
from lodewire.model.vocabulary import Verdict
from lodewire.ontology.desks import load_desks
from lodewire.publish.words import (
    MARKS,
    SAMPLE_NOTICE,
    conflict_words,
    correction_words,
    day_words,
    edit_words,
    number_words,
    reason_words,
    source_words,
    undisclosed_words,
)

_STYLES = {
    Verdict.CONSISTENT: "green",
    Verdict.ROUNDING: "green",
    Verdict.MISMATCH: "bold red",
    Verdict.QUERY: "yellow",
}


def print_brief(brief: Brief, out: Console) -> None:
    """Print the brief; what a statement backs is bright, connecting words are plain."""
    out.print()
    out.print(
        Text(f"{brief.title} Today", style="bold"), Text(f"  {day_words(brief)}", style="dim")
    )
    if brief.sample:
        out.print(Text(SAMPLE_NOTICE, style="black on yellow"))
    for line in correction_words(brief.corrections):
        out.print(Text("! " + line, style="bold red"))
    quiet: list[str] = []
    for section in brief.sections:
        title = load_desks()[section.desk].title
        if not section.entries:
            quiet.append(title)
            continue
        out.print()
        out.print(Rule(Text(title, style="bold cyan"), align="left", style="cyan"))
        for entry in section.entries:
            _print_entry(entry, out)
        if section.also:
            out.print(f"   … and {section.also} more on this desk", style="dim")
    if quiet:
        out.print()
        out.print(f"Nothing new today: {', '.join(quiet)}.", style="dim")
    out.print()


def _print_entry(entry: BriefEntry, out: Console) -> None:
    out.print()
    for sentence in entry.sentences:
        out.print(Padding(_bright(sentence), (0, 0, 0, 1)))
    for line in correction_words(entry.corrections):
        out.print(Padding(Text("! " + line, style="bold red"), (0, 0, 0, 3)))
    out.print(Padding(Text(reason_words(entry), style="dim"), (0, 0, 0, 3)))
    for line in number_words(entry):
        out.print(Padding(Text(line), (0, 0, 0, 3)))
    for verdict, detail in entry.checks:
        mark = Text(f"{MARKS[verdict]} {detail}", style=_STYLES.get(verdict, "dim"))
        out.print(Padding(mark, (0, 0, 0, 3)))
    for line in [*edit_words(entry), *conflict_words(entry), undisclosed_words(entry)]:
        if line:
            out.print(Padding(Text(line, style="yellow"), (0, 0, 0, 3)))
    for note in entry.context:
        out.print(Padding(Text(f"{note.text} [{note.source}]", style="blue"), (0, 0, 0, 3)))
    for line in source_words(entry):
        out.print(Padding(Text("↗ " + line, style="dim"), (0, 0, 0, 3)))


def _bright(sentence: Sentence) -> Text:
    told = Text("• ")
    for segment in sentence.segments:
        told.append(segment.text, style="bold" if segment.statements else "")
    return told
