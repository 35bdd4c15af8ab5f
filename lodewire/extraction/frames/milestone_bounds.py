"""What names a stage of works and tells none: duties, permits to build, terms of sale, goods."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames.stages import StageWord
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span

# "it would have to hand over a study", "obliges holders to show plans for a refinery"
_BOUND = re.compile(
    r"\b(?:oblig\w+|must|ha(?:s|d|ve|ving) to|requir(?:es?|ed|ing)|on condition|in (?:return|exchange) for|"
    r"fail(?:s|ed|ing|ure) to|unable to)\b[^;:.]{0,110}$",
    re.IGNORECASE,
)
_EARNS = sought(
    r"\b(?:earn(?:s|ed|ing)?(?:[- ]in)?\b[^;.]{0,40}?(?:%|per ?cent|stake|interest)|to do so it|"
    r"(?:%|per ?cent) (?:of|in) [^;.]{1,60}? (?:by|if|once|when|on) (?:\w+ ){0,3}?(?:spend|deliver|complet|show))",
    re.IGNORECASE,
)
# "permits to start building", "proceeds to drill"
_LEAVE = re.compile(
    r"\b(?:permits?|permission|approvals?|licen[cs]es?|consents?|leave|rights?|funds?|money|proceeds|"
    r"funding|cash|deadline|time|capital|incentives?|subsid(?:y|ies)|grants?) (?:[\w-]+ ){0,2}?(?:needed |required )?"
    r"(?:to|for) (?:start |begin |commence |the )?$",
    re.IGNORECASE,
)
_SUPPORTS = re.compile(
    r"\b(?:in support of|to support|supporting|needed for|required for|inputs? (?:to|for)|basis for|"
    r"(?:clear|pav|open)\w* the way (?:to|for)|used (?:in|for)|intended for|contributes? to|lead(?:s|ing)? (?:up )?to|ahead of)\b[^,;.]{0,44}$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"\btowards? (?:an? |the |its |their )?$", re.IGNORECASE)
# "According to the study": where figures come from, no news of its making.
_SOURCE = re.compile(r"\baccording to (?:an? |the |its |that )?(?:\w+ ){0,2}$", re.IGNORECASE)
# "first Indian-run lithium search", "its first Texas project": first of a kind, no first product.
_FIRST_OF_KIND = re.compile(
    r"\s(?:[\w-]+\s)?(?:search|projects?|mines?|deals?|ventures?|exploration|blocks?|discover\w+|"
    r"compan\w+|producers?|polic\w+|auctions?|agreements?|deposits?|suppliers?|investments?|hunt|"
    r"licen[cs]es?|prospects?|tax|duty|drill\w*)\b",
    re.IGNORECASE,
)
_PACT = re.compile(
    r"\b(?:pact|agreements?|accord|deals?|rights?|MoU|memorandum|licen[cs]es?|tenements?)\b",
    re.IGNORECASE,
)
_TRADE = sought(
    r"\b(?:order(?:ed|s)?|buy(?:s|ing)?|bought|purchas\w+|supply|supplies|supplied|offtake|contract\w*|"
    r"sell(?:s|ing)?|sold|customers?)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:second|third|fourth|fifth|sixth|new|next) \w+$", re.IGNORECASE)
_STRUCK = re.compile(
    r"\d\s?(?:m|metres?|meters?|ft|feet)\b[^.;]{0,24}?\d\s?(?:g/t|%|per ?cent|ppm|grams|gpt)"
)


def is_other_talk(sentence: Sentence, trigger: Span, word: StageWord) -> bool:
    """Tell whether the words around a stage make it a duty, a purpose, a trade or a kind."""
    text, start = sentence.analysis.text, sentence.span.start
    before = text[max(start, trigger.start - 130) : trigger.start]
    if word.stage in ("study", "drilling", "exploration", "construction") and (
        _BOUND.search(before) or sentence.find(_EARNS)
    ):
        return True
    if _LEAVE.search(before) or _SUPPORTS.search(before) or _TOWARDS.search(before):
        return True
    if word.stage == "study" and _SOURCE.search(before):
        return True
    told = trigger.of(text)
    if word.stage == "first_production":
        after = text[trigger.end : min(sentence.span.end, trigger.end + 30)]
        of_kind = told.lower().startswith("first") and _FIRST_OF_KIND.match(after)
        sold = "deliver" in told.lower() and sentence.find(_TRADE)
        return bool(of_kind or sold)
    if word.stage == "exploration" and word.noun:
        return bool(_PACT.search(sentence.text[: trigger.start - start]))
    if word.stage == "expansion" and word.noun and _UNIT.match(told):
        return re.search(r"\b(?:from|of|at|on) (?:the |its )?$", before) is not None
    return word.stage == "drilling" and _struck_before(sentence, told)


def _struck_before(sentence: Sentence, told: str) -> bool:
    """A hole's result after another's: the drilling is told already."""
    if not told[:1].isdigit() or not _STRUCK.search(told + " "):
        return False
    before = sentence.analysis.text[: sentence.span.start]
    return _STRUCK.search(before) is not None
