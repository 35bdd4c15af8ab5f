"""Forecasts without a figure: "Supply is likely to stay tight until 2027, said a trader".

A word of outlook stands between a thing of the market and what it will do or be, and somebody is
named who thinks so: an analyst, an agency, a bank, a person, a firm on its market.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft, Filler
from lodewire.extraction.frames import fill, works
from lodewire.extraction.frames.forecast_agents import house_of, stands_behind, who_says
from lodewire.extraction.frames.forecast_figures import horizon_in
from lodewire.extraction.frames.forecast_sequel import OWN_AFFAIRS, Find, make_draft, told_before
from lodewire.extraction.frames.forecast_words import (
    ANALYSTS,
    EXPECTING,
    FORECASTERS,
    variables_in,
)
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

_OUTLOOK = sought(
    r"\b(?:(?:is|are|was|were|looks?|looked|seems?|seemed|appears?|remains?|stays?)\s(?:still |also |now |all |most |"
    r"very |more |quite |not )*(?:likely|unlikely|bound|set|due|poised|destined|heading|headed|on (?:course|track)|in for|"
    r"certain|sure|tipped|seen)\b(?:\s(?:to|for|towards?|into))?|"
    r"(?:will|would|should|could|may|might|ought to)\b(?! (?:have|not say))|fac(?:es|e|ed|ing)\b|"
    r"looks?\s(?=oversupplied|undersupplied|tight|balanced|short|weak|firm|over-)|"
    r"(?:has|have|had)\s(?:little |much |no |some )?(?:further|room|scope|more|some way|a long way)\s(?:left )?to\b|"
    r"(?:lies?|lay)\sahead\b|(?:is|are|was|were)\son the (?:cards|horizon)\b|looms?\b)"
)
_FATE = re.compile(
    r"\b(?P<fate>(?:rise|fall|climb|drop|recover(?:y)?|rebound|firm(?:er)?|weak(?:en|er|ness)?|soft(?:en|er|ness)|ease|"
    r"tight(?:en|er|est|ness)?|strengthen|strong(?:er)?|strength|tumble|slide|soar|surge|(?:stay|remain|keep|hold|hover|trade|go|"
    r"continue(?: to)?) (?:[\w-]+)|peak|plateau|bottom|double|triple|treble|grow(?:th)?|shrink|contract|expand|decline|slow|"
    r"accelerate|improve|worsen|deteriorate|outstrip\w*|outpac\w*|exceed\w*|lag|deficits?|surplus(?:es)?|shortfalls?|"
    r"shortages?|glut|oversuppl(?:y|ied)|undersuppl(?:y|ied)|scarce|balanced|volatile|volatility|under pressure|pressure|"
    r"closures?|destruction|subdued|flat|range-?bound|supported|support|capped|cap|higher|lower|cheaper|dearer|"
    r"short supply|short|correct(?:ion)?|rall(?:y|ies)|squeeze|upside|downside|outperform|underperform|bid)\b"
    r"(?: (?!(?:and|as|if|until|till|through|by|in|for|next|this|before|after|on|because|while|said|when|since)\b)[\w’'-]+){0,5})"
)
_AHEAD_ITSELF = re.compile(r"ahead|cards|horizon|looms?")
_SEES = sought(
    r"\b(?:expects?|expected|predicts?|predicted|forecasts?|anticipates?|anticipated|sees?|believes?|thinks?|reckons?|"
    r"foresees?|looks? for)\b"
)
_MARKET_WORD = re.compile(
    r"\b(?:markets?|prices?|premiums?|demand|suppl(?:y|ies)|balance|consumption|usage|inventories|stocks|"
    r"spreads?|charges|sentiment|trade|imports|exports|arrivals)\b",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\b(?:who|which|that|if|unless|whether|to)\s$")
_NOT_NEWS = sought(
    r"\b(?:if the deal|shareholders?|dividends?|court|lawsuit|election|conference call|forward-looking)\b",
    re.IGNORECASE,
)


def find_said(sentence: Sentence, find: Find) -> Iterator[Draft]:
    """Yield what somebody named thinks will become of a market, where no figure is told.

    ``find`` reads the sentences before: who forecasts there goes on forecasting.
    """
    if sentence.find(OWN_AFFAIRS) or sentence.find(_NOT_NEWS):
        return
    text = sentence.analysis.text
    for match in (*sentence.locate_all(_OUTLOOK), *sentence.locate_all(_SEES)):
        trigger = Span(match.start(), match.end())
        clause = sentence.clause_of(trigger)
        if clause is None or _OUT_OF.search(text, sentence.span.start, trigger.start):
            continue
        draft = _read(sentence, trigger, clause, find)
        if draft is not None:
            yield draft
            return


def _read(sentence: Sentence, trigger: Span, clause: Clause, find: Find) -> Draft | None:
    text, whole = sentence.analysis.text, sentence.span
    holds = clause.lemma in EXPECTING and clause.chunk.span.overlaps(trigger)
    if holds and (clause.verb.passive or clause.subject is None):
        holds = False
    agent = who_says(sentence, clause) if holds else _behind(sentence, clause)
    variable = _thing(sentence, clause, trigger, ahead=holds)
    if variable is None or clause.verb.negated:
        return None
    horizon = horizon_in(sentence, whole)
    earlier = None
    if agent is None and horizon is not None:
        earlier = told_before(sentence, find, reach=3)
    carried = earlier is not None and earlier.has("forecaster")
    if agent is None and not carried:
        return None
    if holds and agent is not None and not _is_onlooker(sentence, agent):
        return None
    end = min(whole.end, trigger.end + 90)
    after = max(trigger.end, variable.end) if holds else trigger.end
    fate = _FATE.search(text, after, end)
    itself = _AHEAD_ITSELF.search(trigger.of(text)) is not None
    if (fate is None and not itself) or ";" in text[after : fate.start() if fate else after]:
        return None
    if not _is_of_market(sentence, variable, agent):
        return None
    draft = make_draft(sentence, trigger, clause)
    draft.add("variable", variable)
    draft.add("forecaster", agent)
    if agent is None and earlier is not None:
        draft.arguments.extend(earlier.of("forecaster"))
    if isinstance(agent, Mention) and agent.type is MentionType.PERSON:
        draft.add("forecaster", house_of(sentence, agent.span))
    if fate is not None:
        draft.add("change", Span(fate.start("fate"), fate.end("fate")))
    draft.add("horizon", horizon)
    named = sentence.mentions_in(variable, MentionType.COMMODITY)
    named = named or [
        m for m in sentence.mentions_in(whole, MentionType.COMMODITY) if not m.generic
    ]
    draft.add("commodity", named[0] if named else fill.nearest_commodity(sentence))
    return draft


def _behind(sentence: Sentence, clause: Clause) -> Filler | None:
    found = stands_behind(sentence, clause)
    if found is not None:
        return found
    match = sentence.locate(FORECASTERS)
    return Span(match.start(), match.end()) if match is not None else None


def _thing(sentence: Sentence, clause: Clause, trigger: Span, *, ahead: bool) -> Span | None:
    """The market's thing: the subject before the outlook, or what somebody expects behind it."""
    if ahead:
        near = Span(trigger.end, min(sentence.span.end, trigger.end + 70))
        return next(variables_in(sentence, near, priced=True), None)
    if clause.subject is None or not clause.chunk.span.overlaps(trigger):
        return None
    start = clause.subject.chunk.span.start
    whole = Span(start, max(start, trigger.start))
    found = next(variables_in(sentence, whole, priced=True), None)
    if found is not None and found.start < clause.subject.chunk.span.end:
        return found
    words = whole.of(sentence.analysis.text)
    if len(words) < 50 and _MARKET_WORD.search(clause.subject.chunk.lower):
        return clause.subject.chunk.span
    return None


def _is_onlooker(sentence: Sentence, agent: Filler) -> bool:
    if isinstance(agent, Mention):
        return agent.type is not MentionType.COUNTRY
    return isinstance(agent, Span) and ANALYSTS.search(agent.of(sentence.analysis.text)) is not None


def _is_of_market(sentence: Sentence, variable: Span, agent: Filler | None) -> bool:
    """A firm that runs works is heard on its market, not on its own output or costs."""
    words = variable.of(sentence.analysis.text)
    named = sentence.mentions_in(variable, MentionType.COMMODITY, MentionType.BENCHMARK)
    owners = sentence.mentions_in(variable, MentionType.ORGANISATION, MentionType.SITE)
    if owners:
        return False
    if isinstance(agent, Mention) and works.is_actor(sentence, agent):
        return _MARKET_WORD.search(words) is not None
    return bool(named) or _MARKET_WORD.search(words) is not None
