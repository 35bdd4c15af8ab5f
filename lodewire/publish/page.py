"""A brief as one HTML page: no script, no request to anywhere, light and dark, printable."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Any

from lodewire.model.brief import Brief, BriefEntry, QuoteNote
from lodewire.model.ids import StatementId
from lodewire.model.plain import plain
from lodewire.ontology.desks import load_desks
from lodewire.ontology.event_types import load_event_types
from lodewire.publish import words
from lodewire.publish.wording import print_dates

if TYPE_CHECKING:
    from jinja2 import Environment


@functools.cache
def environment() -> Environment:
    """Return the template environment; all output is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("lodewire.publish", "templates"),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        reason_words=words.reason_words,
        copies_words=words.copies_words,
        proof_rows=proof_rows,
        proof_anchor=proof_anchor,
        number_words=words.number_words,
        conflict_words=words.conflict_words,
        undisclosed_words=words.undisclosed_words,
        check_words=words.check_words,
        edit_words=words.edit_words,
        correction_words=words.correction_words,
        safe_url=safe_url,
        print_day=lambda day: print_dates(day, day),
    )
    return made


def _finalize(value: Any) -> Any:
    # Words of others must not steer what they are shown on; Markup is made of what was escaped.
    return plain(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def safe_url(url: str | None) -> str:
    """Return a web address as it is, anything else (javascript:, data:, file:) as nothing."""
    return url if url is not None and re.fullmatch(r"https?://[^\s\"'<>]+", url) else ""


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One value of an entry with the different words that state it and who printed them."""

    anchor: str
    role: str
    value: str
    quotes: tuple[tuple[QuoteNote, tuple[str, ...]], ...]


def proof_rows(entry: BriefEntry) -> list[ProofRow]:
    """Return the entry's quotes by role and value; the same words of several stand once."""
    rows: dict[tuple[str, str], list[QuoteNote]] = {}
    for quote in entry.quotes:
        rows.setdefault((quote.role, quote.value), []).append(quote)
    return [
        ProofRow(
            anchor=_anchor(entry, notes[0]),
            role=role.replace("_", " "),
            value=value,
            quotes=_by_words(notes),
        )
        for (role, value), notes in rows.items()
    ]


def _by_words(notes: Sequence[QuoteNote]) -> tuple[tuple[QuoteNote, tuple[str, ...]], ...]:
    told: dict[tuple[str, str, str], list[QuoteNote]] = {}
    for note in notes:
        told.setdefault((note.before, note.quote, note.after), []).append(note)
    return tuple(
        (same[0], tuple(dict.fromkeys(n.publisher for n in same if n.publisher)))
        for same in told.values()
    )


def _anchor(entry: BriefEntry, quote: QuoteNote) -> str:
    return f"q-{entry.event_id}-{quote.statement_id}"


def proof_anchor(entry: BriefEntry, statement_id: StatementId) -> str:
    """Return the anchor of the row that proves a statement; the entry's own if it has none."""
    firsts: dict[tuple[str, str], QuoteNote] = {}
    for quote in entry.quotes:
        first = firsts.setdefault((quote.role, quote.value), quote)
        if quote.statement_id == statement_id:
            return _anchor(entry, first)
    return entry.event_id


def render_page(brief: Brief) -> str:
    """Return the brief as a self-contained HTML page."""
    from markupsafe import Markup

    css = (resources.files("lodewire.publish") / "templates" / "page.css").read_text("utf-8")
    entries = [e for s in brief.sections for e in s.entries]
    by_event = {e.event_id: e for e in entries}
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            brief=brief,
            css=Markup(css),  # noqa: S704 - our own file, no outside text in it
            day=print_day(brief.day),
            count=len(entries),
            top=[by_event[id_] for id_ in brief.top if id_ in by_event],
            documents=len({s.document_id for e in entries for s in e.sources}),
            titles={desk: told.title for desk, told in load_desks().items()},
            labels={type_: told.label for type_, told in load_event_types().items()},
            marks=words.MARKS,
            sample_notice=words.SAMPLE_NOTICE,
            quiet=[load_desks()[s.desk].title for s in brief.sections if not s.entries],
        )
    )


def print_day(day: date) -> str:
    """Return the day as "28 March 2025"."""
    return print_dates(day, day)
