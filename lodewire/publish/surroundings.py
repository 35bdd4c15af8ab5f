"""The words round a quote: what a reader needs to see that it means what we say."""

from __future__ import annotations

from lodewire.model.document import Document
from lodewire.model.evidence import Span

REACH = 110  # characters kept on each side of a quote


def words_around(document: Document, quote: Span) -> tuple[str, str]:
    """Return what stands before and after ``quote`` in its sentence, cut at words with an ellipsis.

    Both are empty where the quote lies in no single sentence (a headline, a table).
    """
    for sentence in document.sentences:
        if sentence.covers(quote):
            before = document.text[sentence.start : quote.start]
            after = document.text[quote.end : sentence.end]
            return _cut_left(before), _cut_right(after)
    return "", ""


def _cut_left(text: str) -> str:
    if len(text) <= REACH:
        return text
    kept = text[-REACH:]
    at = kept.find(" ")
    return "…" + kept[at if at >= 0 else 0 :]


def _cut_right(text: str) -> str:
    if len(text) <= REACH:
        return text
    kept = text[:REACH]
    at = kept.rfind(" ")
    return kept[: at + 1 if at >= 0 else REACH] + "…"
