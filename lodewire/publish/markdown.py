"""A brief as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.model.brief import Brief, BriefEntry
from lodewire.ontology.desks import load_desks
from lodewire.publish.wording import print_dates
from lodewire.publish.words import (
    SAMPLE_NOTICE,
    check_words,
    conflict_words,
    correction_words,
    day_words,
    edit_words,
    number_words,
    reason_words,
    undisclosed_words,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def escape(text: str) -> str:
    """Escape what Markdown would take as markup; line breaks become blanks."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def render_markdown(brief: Brief) -> str:
    """Return the brief as one Markdown document."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {escape(brief.title)} – {day_words(brief)}"
    yield ""
    if brief.sample:
        yield f"> {SAMPLE_NOTICE}"
        yield ""
    for line in correction_words(brief.corrections):
        yield f"> {escape(line)}"
        yield ""
    empty: list[str] = []
    for section in brief.sections:
        title = load_desks()[section.desk].title
        if not section.entries:
            empty.append(title)
            continue
        yield f"## {title}"
        yield ""
        for entry in section.entries:
            yield from _entry(entry)
        if section.also:
            yield f"*{section.also} more on this desk.*"
            yield ""
    if empty:
        yield f"Nothing new today: {', '.join(empty)}."


def _entry(entry: BriefEntry) -> Iterator[str]:
    yield f"- **{escape(' '.join(s.text for s in entry.sentences))}**"
    yield f"  {escape(reason_words(entry))}"
    for line in correction_words(entry.corrections):
        yield f"  - **{escape(line)}**"
    notes = [
        *edit_words(entry),
        undisclosed_words(entry),
        *conflict_words(entry),
        *check_words(entry),
    ]
    notes += [f"{c.text} ({c.source})" for c in entry.context]
    numbers = number_words(entry)
    if numbers:
        notes.append("Numbers: " + "; ".join(numbers))
    for note in notes:
        if note:
            yield f"  - {escape(note)}"
    for source in entry.sources:
        when = f", {print_dates(source.published, source.published)}" if source.published else ""
        title = escape(source.title)
        link = f"[{title}]({_safe(source.url)})" if _safe(source.url) else title
        yield f"  - {escape(source.publisher)}{when}: {link}"
    yield ""


def _safe(url: str | None) -> str:
    """Return the address if it is a web address, else nothing: no javascript:, no file:."""
    if url is None or not re.fullmatch(r"https?://[^\s<>()\"']+", url):
        return ""
    return url
