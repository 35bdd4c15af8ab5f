"""Disruptions: outages, curtailments, closures, strikes, force majeure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import SHARE, TONNAGE, Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, Status

_VERBS = frozenset(
    "suspend halt stop shut close idle curtail mothball cease pause stall disrupt interrupt evacuate shutter freeze cripple paralyse down strand hit end".split()
)
_OBJECTS = re.compile(
    r"\b(?:operations?|production|output|mining|smelting|refining|work|activit(?:y|ies)|mines?|smelters?|plants?|potlines?|"
    r"capacity|lines?|units?|refiner(?:y|ies)|furnaces?|loading|shipments?|deliveries|pipelines?|terminals?|fields?|wells?|"
    r"platforms?|reactors?|fab|factory|processing|drilling|flows?|pumping|site|facility|port|train)\b",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\b(?:(?:production |unplanned |planned |temporary |partial |full )*(?:stoppages?|outages?|shutdowns?|shut-downs?|halts?|closures?|suspensions?|"
    r"curtailments?|disruptions?|blockades?)|strikes?|walkouts?|force majeure|industrial action|wall failure|rockfall|"
    r"seismic event|landslide|mudslide|collapse|explosion|fire|flood(?:s|ing)?|derailment|power cuts?|blackouts?|care and maintenance|"
    r"rainy season|heavy rains?|cyclone|hurricane|drought)\b",
    re.IGNORECASE,
)
_CAUSES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (cause, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for cause, pattern in (
        (
            "strike",
            r"strikes?|striking|walkouts?|industrial action|union(?:s|ised)? (?:workers|members)|labou?r (?:dispute|action)|wage (?:talks|dispute)",
        ),
        (
            "flood",
            r"flood(?:s|ed|ing)?|heavy rains?|rainfall|rainy season|cyclone|hurricane|storm|typhoon|monsoon",
        ),
        (
            "accident",
            r"accident|fire|explosion|collapse[ds]?|rockfall|landslide|mudslide|wall failure|seismic|earthquake|tremor|fatalit\w+|deaths?|leak|spill|breach|derail\w+|failure|pit wall|tailings dam",
        ),
        (
            "power",
            r"power (?:cuts?|shortages?|supply|costs?|prices?|crisis|rationing|outage)|electricity|energy (?:bill|costs?|prices?|crisis)|load[- ]?shedding|blackouts?",
        ),
        (
            "conflict",
            r"war|fighting|rebels?|insurgen\w+|militants?|attack(?:s|ed)?|drones?|missiles?|coup|armed|violence|M23|shelling",
        ),
        (
            "protest",
            r"protest(?:s|ers|ing)?|blockades?|blockad\w+|demonstrat\w+|roadblocks?|communit(?:y|ies)|unrest",
        ),
        ("maintenance", r"maintenance|overhaul|turnaround|repairs?|refurbish\w+|upgrade"),
        (
            "order",
            r"order(?:ed|s)?|court|ruling|government|regulators?|authorit(?:y|ies)|ministry|licen[cs]e|permit|ban(?:ned)?|decree|environmental (?:concerns|violations?)|safety inspection|unconstitutional",
        ),
        (
            "price",
            r"low (?:\w+ )?prices?|weak (?:\w+ )?prices?|falling prices?|prices? (?:slump|fall|collapse|crash)\w*|depressed|losses|unprofitable|uneconomic|market conditions|high costs|cash flow|weak (?:demand|financial)|low demand",
        ),
    )
)
_OVER = re.compile(
    r"\b(?:resum(?:e|es|ed|ing|ption)|restart(?:ed|s|ing)?|reopen(?:ed|s|ing)?|back (?:to|at) (?:normal|full)|lifted|ended|over|regained|returned to)\b",
    re.IGNORECASE,
)
_PAST_SPAN = re.compile(
    r"\bof \d+ days|for \d+ days|\bstood idle|\bhad (?:been )?(?:interrupted|halted|suspended|stopped)|\btemporary (?:production )?(?:stoppage|suspension|halt)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:strike price|strikes? (?:a |the )?(?:deal|agreement|gold|balance)|struck|fire sale|ceasefire|under fire|strikes? me|bush ?fire season|trading (?:halt|suspension)|trading was halted|share trading)\b",
    re.IGNORECASE,
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield an outage for a verb of stopping a site's work, or a noun of outage at a site."""
    if _NOT.search(sentence.text):
        return
    done = False
    for clause in sentence.clauses:
        draft = _by_verb(sentence, clause)
        if draft is not None:
            yield draft
            done = True
    if not done:
        yield from _by_noun(sentence)


def _by_verb(sentence: Sentence, clause: Clause) -> Draft | None:
    if clause.lemma not in _VERBS or clause.lemma == "hit":
        return None
    patient = clause.patient or clause.subject
    text = sentence.analysis.text
    words = " ".join(c.lower for c in patient.chunks) if patient is not None else ""
    named = sentence.named(patient, MentionType.SITE)
    reach = sentence.reach(clause).of(text)
    if re.search(r"\bexports?\b", words) or (not named and not _OBJECTS.search(words)):
        return None
    if clause.lemma in ("end", "close", "stop", "down") and not (named or _OBJECTS.search(words)):
        return None
    if (
        clause.lemma == "close"
        and re.search(r"\b(?:deal|acquisition|transaction|at|higher|lower)\b", reach[:80])
        and not named
    ):
        return None
    draft = Draft(EventType.DISRUPTION, sentence, clause.chunk.span, clause)
    _fill_site(draft, clause)
    if not clause.verb.passive:
        draft.add("operator", sentence.head_party(clause.subject))
    else:
        draft.add("operator", sentence.head_party(clause.agent))
    return _finish(draft)


def _fill_site(draft: Draft, clause: Clause) -> None:
    sentence = draft.sentence
    span = sentence.reach(clause)
    for mention in sentence.mentions_in(span, MentionType.SITE):
        draft.add("site", mention)
        return
    draft.add("site", fill.sites_near(sentence, sentence.span, clause.chunk.span))


def _by_noun(sentence: Sentence) -> Iterator[Draft]:
    text = sentence.analysis.text
    for match in _NOUN.finditer(text, sentence.span.start, sentence.span.end):
        trigger = Span(match.start(), match.end())
        draft = Draft(EventType.DISRUPTION, sentence, trigger, sentence.clause_of(trigger))
        near = Span(
            max(sentence.span.start, trigger.start - 110), min(sentence.span.end, trigger.end + 110)
        )
        sites = sentence.mentions_in(near, MentionType.SITE)
        index = fill.nearest(sites, trigger)
        draft.add("site", sites[index] if index is not None else None)
        if not draft.has("site"):
            continue
        draft.confidence = 0.6
        done = _finish(draft)
        if done is not None:
            yield done
            return


def _finish(draft: Draft) -> Draft | None:
    sentence = draft.sentence
    if not draft.has("operator"):
        _owner(draft)
    if not draft.has("site", "operator"):
        return None
    cause = _cause(sentence)
    if cause is not None:
        draft.add("cause", cause[1], cause[0])
    for kinds in (TONNAGE, SHARE):
        if not draft.has("volume"):
            fill.fill_quantity(draft, "volume", kinds)
    if _OVER.search(sentence.text) or _PAST_SPAN.search(sentence.text):
        draft.status = Status.COMPLETED
    fill.fill_commodity(draft)
    fill.fill_country(draft)
    fill.fill_date(draft)
    return draft


def _owner(draft: Draft) -> None:
    """ "its Lista smelter" after "Alcoa said", "the Yichun project of CATL", "CATL's mine"."""
    sentence = draft.sentence
    found = sentence.mentions_in(fill.scope(draft), MentionType.ORGANISATION)
    found = [
        m
        for m in found
        if sentence.analysis.kind_of(m)
        not in (
            "ministry",
            "agency",
            "exchange",
            "price_agency",
            "analyst",
            "bank",
            "media",
            "government",
        )
    ]
    if found:
        draft.add("operator", found[0])
        return
    for clause in sentence.clauses:
        actor = sentence.head_party(clause.subject)
        if actor is not None and actor.type is MentionType.ORGANISATION:
            draft.add("operator", actor)
            return


def _cause(sentence: Sentence) -> tuple[str, Span] | None:
    text = sentence.analysis.text
    best: tuple[str, Span] | None = None
    for cause, pattern in _CAUSES:
        match = pattern.search(text, sentence.span.start, sentence.span.end)
        if match is not None:
            best = best or (cause, Span(match.start(), match.end()))
    return best
