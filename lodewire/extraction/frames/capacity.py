"""What a plant is to make a year: the capacity of a milestone, told with it or right after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames import fill, works
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, Modality, QuantityKind, Status

_CAPACITY = re.compile(
    r"\b(?:capacity|capable|annual|a year|per year|per annum|tpa|t/y|mtpa|produc\w+|treat|"
    r"turn out|process|dress|output|yield|designed)\b",
    re.IGNORECASE,
)
_RATES = frozenset(
    (
        QuantityKind.MASS_RATE,
        QuantityKind.VOLUME_RATE,
        QuantityKind.ENERGY_RATE,
        QuantityKind.POWER,
        QuantityKind.ENERGY,
    )
)
_BEFORE_BASE = re.compile(r"\b(?:from|than|against|currently|existing)\s(?:\w+\s)?$")
_SIZE = re.compile(
    r"\b(?:capacity (?:of|to)|designed (?:for|to produce)|(?:will|is to|can|able to) (?:produce|make|"
    r"turn out|process|treat))\s(?:[\w-]+\s){0,6}$",
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(
    r"(?:The|Its|It|Once|When|At full|Each|Together)\b(?! (?:company|group|miner|market|country|world))"
)


def find_sizes(sentence: Sentence) -> Iterator[Draft]:
    """ "The plant will have a capacity of 90 GWh": joins the milestone told just before."""
    text = sentence.analysis.text
    if not _SPOKEN_OF.match(text, sentence.span.start):
        return
    for quantity in sentence.quantities_in(sentence.span, *TONNAGE):
        if quantity.kind in _RATES and _SIZE.search(text, sentence.span.start, quantity.span.start):
            draft = Draft(
                EventType.PROJECT_MILESTONE,
                sentence,
                quantity.span,
                anaphoric=True,
                status=Status.PROPOSED,
                modality=Modality.ASSERTED,
            )
            draft.add("capacity", quantity)
            yield draft
            return


# "an agreement for the supply of a minimum of 70,000 t/y from the recently commissioned mine"
_SOLD = re.compile(
    r"\b(?:supply|sale|purchase|delivery|deliveries|off-?take|shipments?) of (?:(?:an?|the|about|up to|at|"
    r"least|minimum|maximum|of|some|around|roughly) )*$",
    re.IGNORECASE,
)


def fill_capacity(draft: Draft) -> None:
    sentence = draft.sentence
    text = sentence.analysis.text
    others = works.sites_of(sentence, sentence.span)
    span = sentence.span if len(others) < 2 else fill.scope(draft)
    for quantity in sentence.quantities_in(span, *TONNAGE)[:3]:
        before = text[max(sentence.span.start, quantity.span.start - 14) : quantity.span.start]
        after = text[quantity.span.end : quantity.span.end + 14]
        if quantity.kind is QuantityKind.POWER and re.match(r"\s(?:captive |coal )?power", after):
            continue  # the power station beside the plant
        sold = _SOLD.search(
            text, max(sentence.span.start, quantity.span.start - 44), quantity.span.start
        )
        if sold is None and _is_capacity(sentence, quantity) and not _BEFORE_BASE.search(before):
            draft.add("capacity", quantity)


def _is_capacity(sentence: Sentence, quantity: Quantity) -> bool:
    if quantity.kind in _RATES:
        return True
    text = sentence.analysis.text
    start = max(sentence.span.start, quantity.span.start - 40)
    around = text[start : min(sentence.span.end, quantity.span.end + 30)]
    return bool(_CAPACITY.search(around))
