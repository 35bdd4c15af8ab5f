"""A firm's words on its own output to come: guidance, not a forecast.

"Kazatomprom expects to raise output by 9%", "Antofagasta said that its copper output would come in
at the lower end": the annotation guide counts them as reports of output with modality forecast.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames import works
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.event import Argument
from lodewire.model.vocabulary import EventType, Status

_OUTPUT = re.compile(r"(?:[\w-]+ ){0,3}?(?:output|production)", re.IGNORECASE)
# "Output of 800,000 t is being targeted", "wants to be producing": an aim stays a forecast.
_AIMED = sought(
    r"\b(?:target\w*|aim(?:s|ed|ing)?|goals?|wants?|wanted|hop(?:es|ed|ing)|ambition\w*)\b"
)
_ROLES = {"forecaster": "operator", "level": "volume", "horizon": "period"}


def take_over(drafts: Sequence[Draft]) -> None:
    """Turn forecasts that a producer makes of its own output into reports, in place."""
    own = [d for d in drafts if d.type is EventType.FORECAST and _is_own(d)]
    # "at the lower end of 660,000 to 700,000 tons": what is told beside the figure goes with it.
    kin = [d for d in drafts if d.type is EventType.FORECAST and any(_beside(d, o) for o in own)]
    for draft in kin:
        _turn(draft)


def _beside(draft: Draft, own: Draft) -> bool:
    if draft.sentence is not own.sentence:
        return False
    pairs = zip(_who_and_what(draft), _who_and_what(own), strict=False)
    return len(draft.of("variable")) == 1 and all(a.span == b.span for a, b in pairs)


def _who_and_what(draft: Draft) -> list[Argument]:
    return [*draft.of("forecaster"), *draft.of("variable")]


def _is_own(draft: Draft) -> bool:
    makers = draft.of("forecaster")
    variable = draft.of("variable")
    if len(makers) != 1 or not variable or _OUTPUT.fullmatch(variable[0].text) is None:
        return False
    levels = [a.quantity for a in draft.of("level") if a.quantity is not None]
    if not (levels or any(a.quantity is not None for a in draft.of("change"))):
        return False
    if any(q.kind not in TONNAGE for q in levels):
        return False
    sentence = draft.sentence
    if sentence.find(_AIMED) is not None:
        return False
    maker = next((m for m in sentence.mentions if m.span == makers[0].span), None)
    if maker is None or not works.is_actor(sentence, maker):
        return False
    others = {m.entity for m in works.actors_in(sentence, sentence.span)} - {maker.entity}
    ahead = [m for m in sentence.mentions if m.span.start < variable[0].span.start]
    return not any(m.entity in others for m in ahead)


def _turn(draft: Draft) -> None:
    draft.type = EventType.PRODUCTION_REPORT
    draft.status = Status.REPORTED
    kept = (a for a in draft.arguments if a.role != "variable")
    draft.arguments = [replace(a, role=_ROLES.get(a.role, a.role)) for a in kept]
