"""Exploration agreements: who will look for what, where, and what is paid for the right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import MONEY, Draft
from lodewire.extraction.frames import fill, ownership, slots, surface, telling, works
from lodewire.extraction.frames.pacts import Pact, PactKind, find_pacts
from lodewire.extraction.grammar.chunks import Chunk
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType

_JOINTLY = sought(r"\b(?:jointly|together|agree[ds]?|agreement|memorandum|deal|partner)\b", re.I)
_JOINT = sought(r"\bjoint (?:exploration|prospecting)\b", re.IGNORECASE)
_SPENDING = sought(
    r"\b(?:option|earn(?:s|ed|ing)?|farm[- ]?in|exclusive|tenement|exploration|spend|sole[- ]fund)",
    re.IGNORECASE,
)
_EARN = re.compile(r"\b(?:interest|stake|share)\b|%|\bper ?cent\b")


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield exploration agreements: pacts of that kind, "to explore jointly", "may earn 70%"."""
    told = False
    for pact in find_pacts(sentence):
        if pact.kind is PactKind.EXPLORATION:
            draft = _by_pact(pact)
            if draft is not None:
                told = True
                yield draft
    if told:
        return
    for clause in sentence.clauses:
        draft = _by_verb(sentence, clause)
        if draft is not None:
            yield draft
            return
    plain = _plain(sentence)
    yield from [plain] if plain is not None else _terms(sentence)


def _plain(sentence: Sentence) -> Draft | None:
    """What the words around the names tell where no clause does: headlines, ellipses."""
    told = telling.ground(sentence)
    if told is None:
        return None
    trigger, sides = told
    clause = sentence.clause_of(trigger)
    draft = _draft(sentence, trigger, clause, sides, alone=True)
    if draft is not None:
        draft.confidence = 0.6
    return draft


def _by_pact(pact: Pact) -> Draft | None:
    sentence = pact.sentence
    sides: list[Mention | Span] = [*pact.sides, *_beneficiary(sentence, pact)]
    if len(sides) < 2:
        told = telling.ground(sentence)
        sides = told[1] if told is not None and len(told[1]) > 1 else sides
        return _draft(sentence, pact.noun, pact.clause, surface.distinct(sides))
    sides = surface.distinct(sides)
    return _draft(sentence, pact.noun, pact.clause, sides)


def _beneficiary(sentence: Sentence, pact: Pact) -> list[Mention]:
    """ "an agreement that gives Antofagasta the option", "under which X can earn"."""
    found: list[Mention] = []
    for clause in sentence.clauses:
        if clause.chunk.span.start < pact.noun.end:
            continue
        if clause.lemma in ("give", "grant", "allow", "let", "enable", "permit") and clause.objects:
            found.extend(slots.subject_parties(sentence, [clause.objects[0].chunk]))
        if clause.lemma in ("earn", "explore", "spend", "fund", "acquire") and clause.subject:
            found.extend(slots.subject_parties(sentence, clause.subject.chunks))
    return found


_LEMMAS = frozenset("explore prospect look search earn farm agree sign launch".split())


def _by_verb(sentence: Sentence, clause: Clause) -> Draft | None:
    """ "agreed with B to look for nickel", "will jointly explore", "may earn 70% of the project"."""
    if clause.lemma not in _LEMMAS:
        return None
    words = sentence.tail(clause).of(sentence.analysis.text)[:90]
    explores = clause.lemma in ("explore", "prospect") or (
        clause.lemma in ("look", "search") and " for " in words[:40]
    )
    if clause.verb.passive and clause.subject is not None:
        words += Span(clause.subject.chunk.span.start, clause.chunk.span.start).of(
            sentence.analysis.text
        )
    earns = clause.lemma in ("earn", "farm") and _EARN.search(words) is not None
    agreed = clause.lemma in ("agree", "sign", "launch") and sentence.find(_JOINT) is not None
    explores = explores or agreed
    if not explores and not earns:
        return None
    lets = any(c.lemma in ("let", "allow", "permit", "grant") for c in clause.governors())
    if explores and not lets and not sentence.find(_JOINTLY):
        return None
    sides: list[Mention] = []
    for above in (clause, *clause.governors()):
        if above.subject is not None:
            sides.extend(slots.subject_parties(sentence, above.subject.chunks))
        for phrase in above.with_prep("with", "from", "between", "by"):
            sides.extend(slots.parties(sentence, _whole(phrase.chunks), phrase.prep))
    sides = fill.distinct([m for m in sides if m.type is not MentionType.COUNTRY] or sides)
    site = fill.sites_near(sentence, sentence.tail(clause), clause.chunk.span)
    if earns and site is None:
        return None
    state = _STATE.search(sentence.analysis.text, clause.chunk.span.end, sentence.span.end)
    if explores and len(sides) < 2 and not (sides and state):
        return None
    draft = _draft(sentence, clause.chunk.span, clause, sides, alone=state is not None)
    if draft is not None and state is not None:
        draft.add("party", Span(state.start("who"), state.end("who")))
    return draft


def _whole(chunks: list[Chunk]) -> Span:
    return Span(chunks[0].span.start, chunks[-1].span.end)


_STATE = re.compile(r"\bwith the (?P<who>(?:[A-Z]\w+ )?government)\b")


def _draft(
    sentence: Sentence,
    trigger: Span,
    clause: Clause | None,
    sides: Sequence[Mention | Span],
    *,
    alone: bool = False,
) -> Draft | None:
    if not sides:
        return None
    draft = Draft(EventType.EXPLORATION_AGREEMENT, sentence, trigger, clause)
    draft.add_all("party", sides)
    site = fill.sites_near(sentence, fill.scope(draft), trigger)
    draft.add_all("site", works.coordinated(sentence, site) if site is not None else [])
    if len(sides) < 2 and not (alone or draft.has("site")):
        return None
    if not draft.has("site"):
        site = works.own_site(sentence.analysis)
        if site is not None and site.span.start < sentence.span.end:
            draft.add("site", site)  # a site named only further on may be another deal's
    draft.add_all("value", sentence.quantities_in(sentence.span, *MONEY))
    fill.fill_commodity(draft)
    ownership.fill_day(draft)
    fill.fill_country(draft)
    return draft


_RIGHT = sought(r"\b(?:spend|pay|payments?|earn|receive|in exchange for|option|farm)", re.I)


def _terms(sentence: Sentence) -> Iterator[Draft]:
    """What is paid for the right, told in a sentence of its own: joins the agreement before it."""
    sums = sentence.quantities_in(sentence.span, *MONEY)
    if not sums or not (sentence.find(_SPENDING) and sentence.find(_RIGHT)):
        return
    if sentence.mentions_in(sentence.span, MentionType.BENCHMARK):
        return
    at = sums[0].span
    draft = Draft(
        EventType.EXPLORATION_AGREEMENT, sentence, at, sentence.clause_of(at), anaphoric=True
    )
    draft.add_all("value", sums)
    yield draft
