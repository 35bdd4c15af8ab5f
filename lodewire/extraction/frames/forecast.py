"""Forecasts: who expects what, at which level or by how much, by when.

Four ways of telling are read: a verb of expecting and what hangs on it, active or passive; a
noun of forecasting with what is done to it ("raised its price forecast to …"); a future or modal
clause that somebody stands behind; a target for output or costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft, Filler
from lodewire.extraction.frames import fill
from lodewire.extraction.frames.forecast_agents import house_of, stands_behind
from lodewire.extraction.frames.forecast_figures import (
    ForecastFigure,
    figures_in,
    horizon_in,
    is_guidance,
)
from lodewire.extraction.frames.forecast_houses import (
    add_former,
    find_of_houses,
    take_forecaster,
)
from lodewire.extraction.frames.forecast_loose import find_loose
from lodewire.extraction.frames.forecast_said import find_said
from lodewire.extraction.frames.forecast_tellings import Telling, tellings
from lodewire.extraction.frames.forecast_words import (
    FORECAST_NOUN,
    FORECASTERS,
    HINT,
    variables_in,
)
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, Modality, QuantityKind, Status


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield the forecasts of the sentence, one for each level and horizon of a list."""
    known = sentence.shared.get(_KEPT)
    if known is None:
        sentence.shared[_KEPT] = known = _read(sentence)
    yield from cast(list[Draft], known)


_KEPT = "forecasts"


def _read(sentence: Sentence) -> list[Draft]:
    told: list[Draft] = []
    if sentence.find(HINT) is not None:
        taken: list[Span] = []
        for telling in tellings(sentence):
            if any(t.overlaps(telling.stretch) for t in taken):
                continue
            drafts = list(_drafts(sentence, telling))
            if drafts:
                taken.append(telling.stretch)
            told.extend(drafts)
    found = [*told, *(d for d in find_loose(sentence, find, told) if not _is_base(d))]
    found.extend(find_of_houses(sentence, found, find))
    if not found:
        found.extend(find_said(sentence, find))
    for draft in found:
        add_former(draft)
        take_forecaster(draft, find)
    return found


# "raised its forecast from an average of $28,000 to $30,000": where it came from.
_FROM = re.compile(r"\bfrom (?:an? |the )?(?:[\w-]+ ){0,2}?(?:of |at )?(?:about |around )?$")
_TO = re.compile(r",? (?:a [\w-]+ )?to \S*\d")


def _is_base(draft: Draft) -> bool:
    text, span = draft.sentence.analysis.text, draft.sentence.span
    return any(
        _FROM.search(text, max(span.start, a.span.start - 40), a.span.start)
        and _TO.match(text, a.span.end, span.end)
        for a in draft.of("level")
    )


def _drafts(sentence: Sentence, telling: Telling) -> Iterator[Draft]:
    if telling.variable is None:
        return
    groups = figures_in(sentence, telling.stretch, telling.trigger) or [ForecastFigure()]
    for group in groups:
        if is_guidance(sentence, group) or _is_guided(sentence, telling, group):
            continue  # the company's own output guidance, see production.py
        if FORECAST_NOUN.pattern.match(telling.trigger.of(sentence.analysis.text)) and (
            not isinstance(group.change, Quantity) and group.level is None
        ):
            continue  # "raised its forecast", without saying to what
        yield from _draft(sentence, telling, group)


_SUMS = (QuantityKind.PRICE, QuantityKind.MONEY)
_OURS = re.compile(r"\b(?:[Ii]ts|[Oo]ur|[Tt]heir)(?: own)? ?$")
_OUTPUT = re.compile(r"\b(?:output|production|sales|shipments?|deliveries)$", re.IGNORECASE)


def _is_guided(sentence: Sentence, telling: Telling, group: ForecastFigure) -> bool:
    """ "lowered its production guidance by 17 %": output again; costs and spending are not."""
    text = sentence.analysis.text
    guided = telling.trigger.of(text).lower().endswith("guidance")
    if telling.variable is not None and group.level is not None and group.level.kind in TONNAGE:
        ahead = text[max(sentence.span.start, telling.variable.start - 30) : telling.variable.start]
        guided = guided or _OURS.search(ahead) is not None  # "its output will be …, it warned"
    return (
        guided
        and telling.variable is not None
        and (_OUTPUT.search(telling.variable.of(text)) is not None)
    )


def _draft(sentence: Sentence, telling: Telling, group: ForecastFigure) -> Iterator[Draft]:
    draft = Draft(
        EventType.FORECAST,
        sentence,
        telling.trigger,
        telling.clause,
        status=Status.REPORTED,
        modality=Modality.FORECAST,
    )
    draft.add("variable", group.balance or _own_variable(sentence, telling, group))
    _add_forecaster(draft, telling)
    draft.add("level", group.level or _duration(sentence, telling))
    draft.add("change", _change(telling, group))
    draft.add("horizon", group.horizon or horizon_in(sentence, sentence.span))
    _add_commodity(draft, telling.stretch)
    figure = draft.has("level", "change")
    told = figure or (telling.bare and draft.has("horizon"))
    number = group.level is not None or telling.bare or draft.has("forecaster")
    if told and (number or not isinstance(group.change, Span)):
        yield draft


def _own_variable(sentence: Sentence, telling: Telling, group: ForecastFigure) -> Span | None:
    """ "output of 5.3 million tonnes and [an average copper price] of $4.30"."""
    figure = group.level
    if figure is None or telling.variable is None:
        return telling.variable
    goods = sentence.mentions_in(
        Span(figure.span.end, min(sentence.span.end, figure.span.end + 24)), MentionType.COMMODITY
    )
    if goods and goods[0].span.start - figure.span.end == 1 and figure.kind in _SUMS:
        return goods[0].span  # "$5,000 gold and $65 silver"
    between = Span(telling.variable.end, max(telling.variable.end, figure.span.start))
    for found in variables_in(sentence, between):
        if re.fullmatch(r"\s(?:of|at)\s", sentence.analysis.text[found.end : figure.span.start]):
            return found
    return telling.variable


def _duration(sentence: Sentence, telling: Telling) -> Filler | None:
    if telling.clause.lemma not in ("last", "take"):
        return None
    found = sentence.quantities_in(telling.stretch, QuantityKind.DURATION)
    return found[0] if found else None


def _change(telling: Telling, group: ForecastFigure) -> Filler | None:
    if isinstance(group.change, Span) or group.change is None:
        return telling.change or (group.change if group.level is None else None)
    return group.change


def _add_forecaster(draft: Draft, telling: Telling) -> None:
    sentence = draft.sentence
    agent = telling.agent or stands_behind(sentence, telling.clause)
    if agent is None:
        match = sentence.locate(FORECASTERS)
        agent = Span(match.start(), match.end()) if match is not None else None
    draft.add("forecaster", agent)
    if isinstance(agent, Mention) and agent.type is MentionType.PERSON:
        draft.add("forecaster", house_of(sentence, agent.span))


def _add_commodity(draft: Draft, stretch: Span) -> None:
    sentence = draft.sentence
    for span in (*(a.span for a in draft.of("variable")), stretch, sentence.span):
        found = [m for m in sentence.mentions_in(span, MentionType.COMMODITY) if not m.generic]
        if found:
            draft.add("commodity", found[0])
            return
    fill.fill_commodity(draft)
    if not draft.has("commodity"):
        draft.add("commodity", fill.nearest_commodity(sentence))
