"""Whether what a stretch of text tells of a thing is a price, and one of today."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.circumstance import PLANNING
from lodewire.extraction.frames.price_figures import Figures
from lodewire.extraction.frames.price_subjects import find_priced
from lodewire.extraction.frames.price_words import FREIGHT, Priced
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import (
    MentionType,
    QuantityKind,
)

_EXPECTING = frozenset(
    "expect forecast predict project see anticipate estimate seem poise tip reckon foresee "
    "envisage guide pencil".split()
)


_AHEAD = re.compile(
    r"\b(?:likely|expected|forecast|projected|predicted|poised|could|may|might|would|will|should|"
    r"to (?:average|reach|hit|exceed|climb to|fall to|rise to|drop to)|set to|(?<!was )(?<!were )(?<!last )seen|going to|to keep)\b",
    re.IGNORECASE,
)


# A house that "pegs", "has" or "puts" a price ahead looks forward; a market "is pegged" today.
_PEGGED = sought(
    r"\b(?:pegs|puts|has|have) (?:[\w-]+ ){1,4}(?:at|averaging|reaching|rising|falling) [^.;]{2,40}?"
    r"\b(?:next|by|later|in 20\d\d|this year|for 20\d\d|year-end|quarter|half)\b"
)


# "looks for a 6% decline", "prices have room to fall": what is thought to come.
_LOOKED_FOR = sought(
    r"\b(?:looks?|looking|calls?|calling|hoping|hopes?|braced?|bracing) for an? (?:[\w.%-]+ ){0,3}"
    r"(?:decline|fall|drop|rise|gain|increase|recovery|rebound|correction|dip|rally|slide)\b|"
    r"\b(?:room|scope|space|potential|reason|likely|unlikely|bound|ready|due) to (?:fall|rise|drop|climb|gain|decline|go)\b"
)


_TO_SHOW = re.compile(
    r"\b(?:expected|forecast|projected|likely|set|predicted|due|expect|expects)\s(?:[\w]+\s){0,4}?to "
    r"(?:show|see|reveal|report|bring|push|drive|lift|send|take|keep|cap|put|weigh on|support)\s"
    r"(?:[\w-]+\s){0,4}$"
)


_SEES_BOTH = re.compile(
    r"\b(?:sees|expects|forecasts|predicts|projects|anticipates|pencils in)\b[^.;]{3,60}\b(?:and|with|but)\s$"
)


def is_forecast(sentence: Sentence, thing: Priced, figures: Figures, stretch: Span) -> bool:
    """What is expected is a forecast, see forecast.py."""
    at = figures.move or (figures.level.span if figures.level is not None else stretch)
    clause = sentence.clause_of(at)
    while clause is not None:
        seen = clause.lemma == "see" and clause.verb.first in ("was", "were")
        if clause.verb.modal is not None or (clause.lemma in _EXPECTING and not seen):
            return True
        if clause.verb.infinitive and any(c.lemma in PLANNING for c in clause.governors()):
            return True  # "aims to reduce the price"
        clause = clause.governor
    if sentence.find(_PEGGED) or sentence.find(_LOOKED_FOR):
        return True
    ahead = sentence.analysis.text[
        max(sentence.span.start, thing.span.start - 70) : thing.span.start
    ]
    if _TO_SHOW.search(ahead) or _SEES_BOTH.search(ahead):
        return True
    between = Span(min(thing.start, at.start), at.start).of(sentence.analysis.text)
    return bool(_AHEAD.search(between))


_ASSUMED = sought(
    r"\b(?:assum\w+|NPV\w*|net present value|IRR|internal rate of return|cut-?offs?|price deck|"
    r"sensitivit\w+|feasibility study|estimates? (?:was|were|is|are|has been|used?s?) (?:made|based|calculated|a )|"
    r"(?:calculated|constrained|reported|estimated) (?:with|at|using|on)|metal prices? of)\b",
    re.IGNORECASE,
)


_DUTY = re.compile(
    r"\b(?:anti-dumping|countervailing|dut(?:y(?!-(?:un)?paid)|ies)|tariffs?|lev(?:y|ies)|royalt(?:y|ies)|tax)\b"
)


_OTHER = re.compile(
    r"\b(?:dut(?:y(?!-(?:un)?paid)|ies)|tariffs?|levies|output|production|exports|imports|stocks|stockpiles|inventories|demand|"
    r"suppl(?:y|ies)|sales|shares|shipments|producers|miners|mines|consumption|revenues?|profits?|reserves|"
    r"resources?|throughput|grades?|deliveries|arrivals|volumes?|capacity|earnings|costs(?! (?:about |around |some |over )?[^a-z]{0,4}\d))\b",
    re.IGNORECASE,
)


def _of_another(sentence: Sentence, thing: Priced, figures: Figures) -> bool:
    """ "Steel and aluminum duties doubled": what moved stands between the goods and the verb."""
    move = figures.move or (figures.change.span if figures.change is not None else None)
    if move is None or move.start <= thing.span.end:
        return False
    text = sentence.analysis.text
    near = text[max(thing.span.end, move.start - 30) : move.start]
    if _OTHER_MOVED.search(near):
        return True
    return _OTHER.search(text, thing.span.end, min(move.start, thing.span.end + 40)) is not None


# "platinum was refined there, with volumes rising 6%": what moved stands right before the verb.
_OTHER_MOVED = re.compile(
    r"\b(?:output|production|exports|imports|sales|shipments|consumption|revenues?|profits?|throughput|"
    r"deliveries|volumes?|earnings|demand|stocks|inventories)\s(?:[a-z]+ly\s|had\s|has\s|have\s)?$"
)


def _is_duty(sentence: Sentence, level: Quantity) -> bool:
    """ "imposed a duty on flat steel of $121.55 per tonne": what is paid to the state."""
    start = max(sentence.span.start, level.span.start - 130)
    return _DUTY.search(sentence.analysis.text, start, level.span.start) is not None


def is_price(sentence: Sentence, thing: Priced, figures: Figures) -> bool:
    if figures.amount or (figures.direction is None and sentence.find(_ASSUMED)):
        return False  # the price on which a study reckons is not a price of the day
    level, change = figures.level, figures.change
    if change is None and not thing.named and level is not None and _is_duty(sentence, level):
        return False
    quoted = level is not None and level.kind is QuantityKind.PRICE
    if not thing.named and not quoted and _of_another(sentence, thing, figures):
        return False
    if level is None and change is None and _is_passing(sentence, thing, figures):
        return False
    if thing.weak and _is_freight(sentence, thing):
        counted = change is not None and change.kind is not QuantityKind.FACTOR
        return counted or level is not None
    if thing.weak:
        if thing.chunk.lower.endswith("earnings"):
            return False
        told = change is not None or level is not None
        spread = thing.moved is not None and bool(thing.commodities)
        return quoted or spread or (told and _in_market(sentence))
    if thing.named:
        # What no list knows ("rental prices are rising") needs a figure to be news.
        return thing.what is None or level is not None or change is not None
    if thing.commodities:
        market = quoted or (change is not None and figures.direction is not None)
        part = figures.part is not None and figures.direction is not None
        return market or part or level is not None or _moves_alone(sentence, thing, figures)
    return _in_market(sentence) and (change is not None or quoted)


def _is_freight(sentence: Sentence, thing: Priced) -> bool:
    """Rates and indices of freight; "the overall index" too, where the text is of nothing else."""
    words = thing.span.of(sentence.analysis.text)
    if thing.chunk.lower.endswith("earnings"):
        return "daily" in words.lower()
    if FREIGHT.search(words):
        return True
    near = sentence.analysis.sentences[max(0, sentence.index - 2) : sentence.index]
    return words.lower() in ("overall index", "main index") and any(
        FREIGHT.search(s.text) for s in near
    )


_LINKING = frozenset("be stay remain hold close end finish trade reach hit touch settle".split())


# "a ceiling on exports to lift prices", "together with the fall in the price": aim and cause.
_IN_PASSING = re.compile(
    r"\b(?:to|would|could|may|might|can) (?:help )?(?:lift|raise|boost|support|prop up|shore up|lower|cut|reduce|steady|"
    r"stabili[sz]e|push up|bring down|drive up|drive down|hold|keep) (?:the )?(?:[\w-]+ ){0,3}$|"
    r"\b(?:because of|owing to|due to|thanks to|amid|amidst|despite|after|following|given|together with|along with|"
    r"as a result of|blamed|blaming|citing|cited|from|offset by|helped by|hit by|hurt by) "
    r"(?:an?|the|this|last|recent|weaker|lower|higher|sharp|steep|[\w-]+(?:ing|ed|er|est)) (?:[\w’'-]+ ){0,4}(?:in |of |for )?(?:the )?$"
)
_PASSING = frozenset("after when as since because before while until if although though".split())


def _is_passing(sentence: Sentence, thing: Priced, figures: Figures) -> bool:
    """ "shelved after prices sank", "sent prices tumbling": a cause without figures, no news."""
    if figures.part is not None:
        return False
    if _IN_PASSING.search(sentence.analysis.text, sentence.span.start, thing.span.start):
        return True
    for clause in sentence.clauses:
        if clause.subject is not None and thing.chunk in clause.subject.chunks:
            return clause.link in _PASSING
    if thing.moved is not None:
        return sentence.index > 0 and not _is_subject(sentence, thing.moved)
    return not _is_pressed(sentence, thing)


def _is_subject(sentence: Sentence, span: Span) -> bool:
    """Tell whether the words are the subject of a main clause."""
    return any(
        c.subject is not None and c.subject.chunk.span.overlaps(span) and not c.relative
        for c in sentence.clauses
    )


def _is_pressed(sentence: Sentence, thing: Priced) -> bool:
    before = sentence.analysis.text[sentence.span.start : thing.span.start]
    return bool(re.search(r"\b(?:weigh|press)\w*\son\s(?:the\s)?$", before))


def _moves_alone(sentence: Sentence, thing: Priced, figures: Figures) -> bool:
    """ "Copper firms as …": the movement is the verb, nothing is its object."""
    if figures.move is None:
        return False
    for clause in sentence.clauses:
        if clause.subject is None or thing.chunk not in clause.subject.chunks:
            continue
        if clause.chunk.span.overlaps(figures.move):
            lost = clause.verb.passive and clause.lemma == "lose"  # "power was lost"
            return not clause.objects and not lost
        if clause.lemma == "be" and figures.direction != "flat":
            return False  # "where fuel is cheaper" compares places
        if clause.lemma in _LINKING and 0 <= figures.move.start - clause.chunk.span.end <= 24:
            return True
    return False


def _in_market(sentence: Sentence) -> bool:
    """Tell whether this sentence or one of the two before it names a quotation."""
    first = max(0, sentence.index - 2)
    for near in sentence.analysis.sentences[first : sentence.index + 1]:
        if any(m.type is MentionType.BENCHMARK for m in near.mentions):
            return True
        if any(q.kind is QuantityKind.PRICE for q in near.quantities):
            return True
        if near is not sentence and any(t.commodities for t in find_priced(near)):
            return True
    return False
