"""A producer's own word on output to come: "it now sees 3.2 to 3.5 million ounces", "a target of"."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE
from lodewire.extraction.frames import output_words as said
from lodewire.extraction.frames import works
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import MentionType, QuantityKind

_FILL = (
    r"(?:now |only |still |just |again |about |around |some |roughly |between |from |an? |the |of |"
    r"its |total |combined |annual |attributable |group |output |production |as much as |up to |at )*"
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"first-\w+|second-\w+|\w+-quarter|full-year|20\d\d) "
)
_SEES = re.compile(
    r"\b(?:sees?|expects?|expected|expecting|anticipates?|targets?|targeted|targeting|is aiming (?:for|at)|"
    r"aims? (?:for|at|to (?:produce|mine|pump|make|turn out|get))|is on course for|remains on course for|guides? (?:to|for)|guided (?:to|for)|"
    r"looks? (?:for|to)|is looking for|reckons? (?:on|with)|counts? on|budgets? for|pencil\w* in|"
    r"plans? (?:for|on|to (?:produce|mine|pump|make|turn out))|predict(?:s|ing)|forecast(?:s|ing)|"
    r"means? to (?:get|produce|mine|make)|intends? to (?:produce|mine|make))\s"
    rf"(?:(?:daily |annual |total |its |output |production )*to (?:produce|mine|pump|turn out|make|get|reach|achieve|deliver|yield|land|hit|pass|top|exceed|average|return to|rise to|climb to|grow to|recover to|total) )?(?:{_MONTH})?{_FILL}$",
)
_GOAL = re.compile(
    r"\b(?:target|goal|forecast|outlook|expectation|projection|estimate|plan|range|number|aim|budget|"
    r"objective|ambition|guidance)s?\b(?P<between>[^;]{0,90}?)"
    rf"(?:\b(?:is|are|was|stands at|remains?|stays? at|is left at|kept at|set at|put at|of|at|to|now|between)|"
    rf"[:–—-]) {_FILL}$",
    re.IGNORECASE,
)
_STANDS = re.compile(
    rf"\b(?:it|that|this|the (?:figure|range|number|target|total)|they) (?:now )?(?:stands?|is|are|"
    rf"remains?|stays?|was (?:left|kept|put|set)|(?:has|have) been (?:left|kept|put|set))(?: unchanged)? (?:at |to )?{_FILL}$",
    re.IGNORECASE,
)
# "Sentinel is cut by 5 000 t, to", "and Kansanshi to": one works after another, as guided to.
_MOVED_TO = re.compile(
    r"\b(?:(?:cut|raised|lifted|lowered|trimmed|reduced|increased|narrowed|widened|goes? (?:up|down)|"
    r"(?:is|are) (?:up|down|left|kept|put|seen)|stays?|comes? down|climbs?|rises?)\b[^;.]{0,50}?\b(?:to|at|between)) "
    rf"{_FILL}$"
)
_AND_TO = re.compile(rf"\band [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)* (?:to|at) {_FILL}$")
_FORESEEN = re.compile(
    r"\s(?:is|are) now (?:foreseen|expected|seen|planned|forecast|guided|the aim)\b"
)
_RATES = (QuantityKind.MASS_RATE,)
_NOT = sought(
    r"\b(?:prices?|demand|consumption|deficit|surplus|shortfall|imports?|capex|spending|costs?|"
    r"emissions?|analysts?|forecasters?|bank|economists?|brokers?|consultan\w+|agency|deliver\w+|"
    r"sales|vehicles|reserves?|resources?|stocks?|stockpiles?|capacity|sold|purchas\w+|quotas?|"
    r"control (?:targets?|plan)|ministry|government|regulators?|association)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:output|production|produc(?:e|ed|es|ing)|mined|pumped|poured|smelted|ounces|guidance|turned out)\b",
    re.IGNORECASE,
)
_OWN = sought(
    r"\b(?:[Ii]t|[Ii]ts|[Ww]e|[Oo]ur|[Tt]hey|the (?:company|group|miner|producer|firm))\b"
)


def find_guidance(sentence: Sentence, quantity: Quantity) -> Span | None:
    """The words that make a figure its producer's guidance; None where they make it none."""
    if quantity.kind is QuantityKind.POWER:
        return None
    text, span = sentence.analysis.text, sentence.span
    before = text[max(span.start, quantity.span.start - 150) : quantity.span.start]
    match = _SEES.search(before) or _GOAL.search(before) or _stands(sentence, before)
    if match is None and _FORESEEN.match(text, quantity.span.end, span.end) and _is_told(sentence):
        return None if sentence.find(_NOT) else quantity.span
    if match is not None and quantity.kind in _RATES and not re.match("target|goal", match.group()):
        return None  # what a plant is built for
    if match is None or sentence.find(_NOT):
        return None
    between = sentence.quantities_in(
        Span(quantity.span.start - len(before) + match.start(), quantity.span.start), *TONNAGE
    )
    between = [q for q in between if not _is_step(sentence, q)]
    if between or not _is_of_producer(sentence) or not _is_of_output(sentence):
        return None
    start = quantity.span.start - len(before) + match.start()
    return Span(start, start + len(match.group().split()[0]))


def _is_step(sentence: Sentence, quantity: Quantity) -> bool:
    """ "cut by 5,000 t, to": how far a figure moved."""
    start = max(sentence.span.start, quantity.span.start - 10)
    return (
        re.search(r"\bby (?:about )?$", sentence.analysis.text[start : quantity.span.start])
        is not None
    )


def _is_told(sentence: Sentence) -> bool:
    near = sentence.analysis.sentences[max(0, sentence.index - 2) : sentence.index + 1]
    return any(said.GUIDANCE.pattern.search(s.text) for s in near) and _is_of_producer(sentence)


def _stands(sentence: Sentence, before: str) -> re.Match[str] | None:
    """ "For 2025 it stands at 6.7 Mt": the guidance that the sentence before speaks of."""
    if sentence.index == 0:
        return None
    last = sentence.analysis.sentences[sentence.index - 1].text
    if said.GUIDANCE.pattern.search(
        sentence.analysis.sentences[max(0, sentence.index - 2)].text + last
    ):
        listed = _AND_TO.search(before) or _MOVED_TO.search(before)
        if listed is not None:
            return listed
    told = said.GUIDANCE.pattern.search(last) or re.search(
        r"\b(?:target|goal|forecast|outlook)\b", last
    )
    return _STANDS.search(before) if told else None


def _is_of_producer(sentence: Sentence) -> bool:
    firms = sentence.mentions_in(sentence.span, MentionType.ORGANISATION)
    if any(not works.is_actor(sentence, m) and not m.generic for m in firms):
        return False
    if firms or sentence.mentions_in(sentence.span, MentionType.SITE):
        return True
    return bool(sentence.find(_OWN)) or works.main_company(sentence.analysis) is not None


def _is_of_output(sentence: Sentence) -> bool:
    near = sentence.analysis.sentences[max(0, sentence.index - 3) : sentence.index + 1]
    return any(_ABOUT.search(s.text) for s in near)
