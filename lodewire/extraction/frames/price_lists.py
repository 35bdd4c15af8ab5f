"""Lines of a price list: "Copper 3M 9,512 (+0.4%)", a thing, its price and its signed change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind, Status

_LINE = re.compile(
    r"(?:\s(?:3M|cash|spot|three-month|futures))?:?\s[$€£]?(?P<level>\d[\d,.]*\d)"
    r"(?:\s?/\s?\w+|\s[A-Z]{3}/\w+)?\s?[(,;]?\s?",
    re.IGNORECASE,
)


def find_lines(sentence: Sentence, taken: Sequence[Span]) -> Iterator[Draft]:
    """Yield a price change for each line; a change without its sign is prose and left alone."""
    text = sentence.analysis.text
    named = sentence.mentions_in(sentence.span, MentionType.COMMODITY, MentionType.BENCHMARK)
    for change in sentence.quantities_in(sentence.span, QuantityKind.PERCENT):
        if text[change.span.start] not in "+-−–" or any(t.overlaps(change.span) for t in taken):
            continue
        for mention in named:
            if not 0 < change.span.start - mention.span.end <= 40:
                continue
            line = _LINE.fullmatch(text, mention.span.end, change.span.start)
            if line is not None:
                draft = Draft(
                    EventType.PRICE_CHANGE,
                    sentence,
                    mention.span,
                    None,
                    status=Status.REPORTED,
                    confidence=0.7,
                )
                draft.add("commodity", mention)
                draft.add("level", Span(line.start("level"), line.end("level")))
                up = text[change.span.start] == "+"
                draft.add("direction", change.span, "up" if up else "down")
                draft.add("change", change)
                yield draft
                break
