"""Production reports: what a company or a country produced, or guides to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import SHARE, TONNAGE, Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.frames.movements import find_movement
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, Modality, Status

_NOUN = re.compile(
    r"\b(?:(?:mine|mined|refined|total|annual|quarterly|attributable|crude|group|smelter|saleable|finished) )*"
    r"(?:production|output|shipments|deliveries)\b|\bproduc(?:ed|es|ing)\b|\bmined\b|\bpoured\b|\bpumped\b|\bshipped\b|\bcame from\b|\baccount(?:s|ed|ing) for\b|\bsuppl(?:ies|ied|ying)\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:expects?|expected|forecasts?|targets?|targeted|targeting|guidance|guides|guided|aims|plans|will|seen|could|should|estimates? that|projects?|projected)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:capacity|quota|resources?|reserves?|capable|able to|designed|nameplate|would|stop(?:page|ped)|halt\w*|suspen\w+|interrupt\w+|recovery|cap |caps |capped|limit)\b",
    re.IGNORECASE,
)
_GUIDANCE = re.compile(r"\bguid(?:ance|es|ed)\b", re.IGNORECASE)
_WORLD = re.compile(
    r"\b(?:global(?:ly)?|world(?:wide)?|world[’']s|produced globally)\b", re.IGNORECASE
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a report for a word of output with a tonnage, a share or a change."""
    text = sentence.analysis.text
    for match in _NOUN.finditer(text, sentence.span.start, sentence.span.end):
        trigger = Span(match.start(), match.end())
        draft = _read(sentence, trigger)
        if draft is not None:
            yield draft
            return


def _read(sentence: Sentence, trigger: Span) -> Draft | None:
    text = sentence.analysis.text
    clause = sentence.clause_of(trigger)
    near = Span(
        max(sentence.span.start, trigger.start - 120), min(sentence.span.end, trigger.end + 140)
    )
    if _NOT.search(near.of(text)):
        return None
    guidance = bool(_GUIDANCE.search(sentence.text))
    if _FORECAST.search(sentence.text) and not guidance:
        return None  # what is expected is a forecast, see forecast.py
    draft = Draft(EventType.PRODUCTION_REPORT, sentence, trigger, clause, status=Status.REPORTED)
    if guidance:
        draft.modality = Modality.FORECAST
    volumes = sentence.quantities_in(near, *TONNAGE)
    index = fill.nearest(volumes, trigger)
    if index is not None:
        draft.add("volume", volumes[index])
    _change(draft, near)
    shares = [q for q in sentence.quantities_in(near, *SHARE) if _is_world_share(sentence, q)]
    if not draft.has("volume") and shares:
        draft.add("volume", shares[0])
    if not draft.has("volume", "change"):
        return None
    _producer(draft, near)
    fill.fill_commodity(draft)
    fill.fill_date(draft, "period")
    if not draft.has("operator", "site") and not draft.has("commodity"):
        return None
    return draft


def _is_world_share(sentence: Sentence, quantity: Quantity) -> bool:
    text = sentence.analysis.text
    after = text[quantity.span.end : min(sentence.span.end, quantity.span.end + 60)]
    return bool(_WORLD.search(after)) or bool(
        _WORLD.search(
            text[max(sentence.span.start, quantity.span.start - 40) : quantity.span.start]
        )
    )


def _change(draft: Draft, near: Span) -> None:
    sentence = draft.sentence
    for quantity in sentence.quantities_in(near, *SHARE):
        window_start = max(sentence.span.start, quantity.span.start - 40)
        window_end = min(sentence.span.end, quantity.span.end + 30)
        move = find_movement(sentence.analysis.text, window_start, window_end)
        if move is None or _is_world_share(sentence, quantity):
            continue
        start, end = min(quantity.span.start, move[1]), max(quantity.span.end, move[2])
        draft.add("change", Span(start, end) if end - start < 48 else quantity)
        return


def _producer(draft: Draft, near: Span) -> None:
    sentence = draft.sentence
    clause = draft.clause
    actors: list[Mention] = []
    if clause is not None:
        actors = [*sentence.parties(clause.subject), *sentence.parties(clause.agent)]
        for phrase in clause.with_prep("by", "from", "in"):
            actors.extend(sentence.parties(phrase))
    actors = actors or sentence.mentions_in(near, MentionType.ORGANISATION, MentionType.COUNTRY)
    if not actors:
        actors = [m for c in sentence.clauses for m in sentence.parties(c.subject)]
    organisations = [m for m in actors if m.type is MentionType.ORGANISATION]
    draft.add("operator", next(iter(organisations or actors), None))
    site = sentence.mentions_in(near, MentionType.SITE)
    draft.add("site", site[0] if site else None)
    countries = sentence.mentions_in(near, MentionType.COUNTRY)
    draft.add("country", countries[0] if countries else None)
