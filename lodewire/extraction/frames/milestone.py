"""Project milestones: drilling, studies, building, first production, expansion, restart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind

_STAGES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (stage, re.compile(pattern, re.IGNORECASE))
    for stage, pattern in (
        (
            "restart",
            r"\b(?:restart(?:s|ed|ing)?|re-start\w*|resum(?:e|es|ed|ing|ption)|reopen(?:s|ed|ing)?|recommission\w*|brings? (?:\w+ )*back|bring(?:ing)? back)\b",
        ),
        (
            "first_production",
            r"\b(?:first (?:production|output|pour|gold|ore|concentrate|copper|oil|gas|lng|metal|shipment|cargo|batch|cathode|lithium|delivery|chips)|(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began|begun|commenc(?:e|es|ed|ing))(?: up)? (?:commercial |mass |volume )?production|production (?:started|began|begins|starts|commenced|has (?:started|begun))|started up|comes? on ?stream|came on ?stream|on stream|commission(?:s|ed|ing)|goes live|went live|enter(?:s|ed)? (?:commercial )?(?:production|operation|service)|inaugurat\w+|opened|opens|starts? (?:operations?|operating))\b",
        ),
        (
            "ramp_up",
            r"\b(?:ramp(?:s|ed|ing)?[- ]?up|reach(?:es|ed)? (?:nameplate|full|design) capacity|commercial production)\b",
        ),
        (
            "expansion",
            r"\b(?:expan(?:d|ds|ded|ding|sion|sions)|second (?:concentrator|line|train|phase|unit)|debottleneck\w*|capacity increase|(?:doubl|tripl)(?:e|es|ed|ing) (?:capacity|output|production)|phase (?:2|3|II|III|two|three)|extension)\b",
        ),
        (
            "construction",
            r"\b(?:construct(?:s|ed|ing|ion)|build(?:s|ing)?|built|break(?:s|ing)? ground|broke ground|groundbreaking|ground-breaking|final investment decision|FID|work on building|lay(?:ing)? the foundation|plans? for (?:a|an|the) (?:[\w-]+ ){0,4}(?:smelter|refinery|plant|mine|factory|facility)|set up (?:a|an) (?:[\w-]+ ){0,4}(?:plant|factory|smelter|refinery)|erect(?:s|ed)?)\b",
        ),
        (
            "study",
            r"\b(?:(?:pre-?)?feasibility stud(?:y|ies)|scoping study|PEA|PFS|DFS|BFS|preliminary economic assessment|order of magnitude study|technical report|bankable)\b",
        ),
        (
            "drilling",
            r"\b(?:drill(?:s|ed|ing)?(?: programme| program| campaign)?|drill holes?|diamond drilling|infill drilling|boreholes?|exploration wells?|spud(?:s|ded)?)\b",
        ),
        (
            "exploration",
            r"\b(?:explor(?:ation|e|es|ing|ed) (?:programme|program|campaign|work|activities)|soil sampling|geophysical survey|fieldwork|airborne survey)\b",
        ),
    )
)
_SITE_NOUN = re.compile(
    r"\b(?:mine|smelter|refinery|plant|project|concentrator|factory|gigafactory|facility|field|fab|line|mill|terminal|train|reactor|wind farm|deposit|complex|block|potline|furnace)\b",
    re.IGNORECASE,
)
_CAPACITY = re.compile(
    r"\b(?:capacity|capable|annual|a year|per year|per annum|tpa|t/y|mtpa|produc\w+|treat|turn out|process|dress|output)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:stake|shares?|talks|negotiations|trading|exports?|prices?|imports?|tariffs?|sanctions?|strike)\b",
    re.IGNORECASE,
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one milestone for each stage that a clause tells of a site or an operator's plant."""
    seen: set[str] = set()
    for clause in sentence.clauses:
        draft = _read(sentence, clause)
        if draft is not None and draft.of("stage")[0].value not in seen:
            seen.add(draft.of("stage")[0].value)
            yield draft


def _read(sentence: Sentence, clause: Clause) -> Draft | None:
    text = sentence.analysis.text
    span = _own_words(sentence, clause)
    found = _stage(text, span)
    if found is None:
        return None
    stage, trigger = found
    patient = clause.patient or clause.subject
    if stage == "restart" and patient is not None and _NOT.search(patient.chunk.lower):
        return None
    draft = Draft(EventType.PROJECT_MILESTONE, sentence, trigger, clause)
    site = fill.sites_near(sentence, span, trigger)
    draft.add("site", site)
    _operator(draft, clause)
    if site is None and not (draft.has("operator") and _SITE_NOUN.search(span.of(text))):
        return None
    draft.add("stage", trigger, stage)
    _capacity(draft, sentence.span)
    fill.fill_commodity(draft)
    fill.fill_date(draft)
    fill.fill_country(draft)
    return draft


def _own_words(sentence: Sentence, clause: Clause) -> Span:
    """The clause's own words: from its subject (if its own) to the next clause's subject."""
    reach, tail = sentence.reach(clause), sentence.tail(clause)
    end = tail.end
    for later in sentence.clauses:
        if later.chunk.index > clause.chunk.index:
            end = min(end, max(reach.end, later.chunk.span.start))
            break
    return Span(reach.start, max(end, reach.end))


def _stage(text: str, span: Span) -> tuple[str, Span] | None:
    for stage, pattern in _STAGES:
        match = pattern.search(text, span.start, span.end)
        if match is not None:
            return stage, Span(match.start(), match.end())
    return None


def _operator(draft: Draft, clause: Clause) -> None:
    sentence = draft.sentence
    actor = sentence.head_party(clause.agent) or sentence.head_party(clause.subject)
    if actor is None:
        for above in clause.governors():
            actor = actor or sentence.head_party(above.subject)
    if actor is not None and actor.type is MentionType.ORGANISATION:
        draft.add("operator", actor)
        return
    firms = [
        m
        for m in sentence.mentions_in(sentence.span, MentionType.ORGANISATION)
        if sentence.analysis.kind_of(m)
        not in ("ministry", "agency", "exchange", "analyst", "bank", "media", "government")
    ]
    draft.add("operator", firms[0] if firms else None)


def _capacity(draft: Draft, span: Span) -> None:
    rates = [
        q for q in draft.sentence.quantities_in(span, *TONNAGE) if _is_capacity(draft.sentence, q)
    ]
    for quantity in rates[:2]:
        draft.add("capacity", quantity)


def _is_capacity(sentence: Sentence, quantity: Quantity) -> bool:
    if quantity.kind in (
        QuantityKind.MASS_RATE,
        QuantityKind.VOLUME_RATE,
        QuantityKind.ENERGY_RATE,
        QuantityKind.POWER,
    ):
        return True
    text = sentence.analysis.text
    around = text[
        max(sentence.span.start, quantity.span.start - 40) : min(
            sentence.span.end, quantity.span.end + 30
        )
    ]
    return bool(_CAPACITY.search(around))
