"""What a check looks at: one sentence with its quantities and names, and how a check is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lodewire.model.check import Check
from lodewire.model.document import Document
from lodewire.model.entity import Mention
from lodewire.model.event import EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import CheckKind, MentionType, Verdict

_BREAK = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"(])|\n+")
_UNIT_END = re.compile(r"\b(?:lbs?|oz|ft|mi|in|gal|bbls?|sq|cu|ozs)\.$", re.I)


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence of a document, with what was found in it, in text order."""

    document: Document
    span: Span
    quantities: tuple[Quantity, ...]
    mentions: tuple[Mention, ...]
    events: tuple[EventMention, ...] = ()

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.span.of(self.document.text)

    def between(self, first: Quantity, second: Quantity) -> str:
        """Return the words between two quantities, hedges taken as part of the quantities."""
        return self.document.text[first.span.end : second.span.start]

    def before(self, quantity: Quantity, reach: int = 60) -> str:
        """Return the words of the sentence before a quantity, at most ``reach`` characters."""
        start = max(self.span.start, quantity.span.start - reach)
        return self.document.text[start : quantity.span.start]

    def after(self, quantity: Quantity, reach: int = 60) -> str:
        """Return the words of the sentence after a quantity, at most ``reach`` characters."""
        end = min(self.span.end, quantity.span.end + reach)
        return self.document.text[quantity.span.end : end]

    def commodities(self) -> tuple[Mention, ...]:
        """Return the commodities named in the sentence."""
        return tuple(m for m in self.mentions if m.type is MentionType.COMMODITY)

    def check(
        self, kind: CheckKind, verdict: Verdict, spans: Iterable[Span], detail: str, rule: str
    ) -> Check:
        """Return a check whose evidence is the words at ``spans``."""
        places = tuple(spans)
        text, document_id = self.document.text, self.document.id
        return Check(
            document_id=document_id,
            kind=kind,
            verdict=verdict,
            spans=places,
            detail=detail,
            evidence=tuple(Evidence.take(document_id, text, place) for place in places),
            rule=rule,
        )


def scenes_of(
    document: Document,
    quantities: Sequence[Quantity],
    mentions: Sequence[Mention],
    events: Sequence[EventMention],
) -> list[Scene]:
    """Return the sentences of a document with what lies wholly inside each."""
    spans = _joined(document.text, document.sentences or tuple(_split(document.text)))
    by_start = sorted(quantities, key=lambda q: q.span.start)
    names = sorted(mentions, key=lambda m: m.span.start)
    triggers = sorted(events, key=lambda e: e.trigger.start)
    figured, called = [x.span for x in by_start], [x.span for x in names]
    happened = [x.trigger for x in triggers]
    scenes, q, n, t = [], 0, 0, 0
    for span in spans:
        q, inside = _inside(q, span, figured)
        n, named = _inside(n, span, called)
        t, told = _inside(t, span, happened)
        scenes.append(
            Scene(
                document,
                span,
                tuple(by_start[i] for i in inside),
                tuple(names[i] for i in named),
                tuple(triggers[i] for i in told),
            )
        )
    return scenes


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join what an abbreviated unit has parted: "500 million lbs. (226,800 tonnes)"."""
    joined: list[Span] = []
    for span in spans:
        bracket = text.startswith("(", span.start) and joined
        if bracket and _UNIT_END.search(text[joined[-1].start : joined[-1].end][-6:]):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _inside(at: int, span: Span, places: Sequence[Span]) -> tuple[int, list[int]]:
    """Return where to go on, and the indexes of the places inside ``span``."""
    found = []
    while at < len(places) and places[at].start < span.end:
        if span.covers(places[at]):
            found.append(at)
        at += 1
    return at, found


def _split(text: str) -> list[Span]:
    """Split a text without sentence spans, such as a teaser."""
    spans, start = [], 0
    for match in _BREAK.finditer(text):
        if match.start() > start:
            spans.append(Span(start, match.start()))
        start = match.end()
    if start < len(text):
        spans.append(Span(start, len(text)))
    return spans
