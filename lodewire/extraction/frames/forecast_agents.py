"""Who stands behind a forecast: its subject, a speaker around it, a source, a house."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.circumstance import find_attribution
from lodewire.extraction.drafts import Filler
from lodewire.extraction.frames.forecast_words import (
    ANALYSTS,
    SAYING,
)
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

_PARTY = (MentionType.PERSON, MentionType.ORGANISATION)


def agent_of(sentence: Sentence, clause: Clause) -> Filler | None:
    for phrase in clause.with_prep("by"):
        named = sentence.named(phrase, *_PARTY, MentionType.COUNTRY)
        if named:
            return named[0]
        if ANALYSTS.search(phrase.chunk.lower):
            return phrase.chunk.span
    return None


_ESTIMATED = sought(
    r"\baccording to (?:the )?(?:estimates |forecasts )?(?:from |by |of )?(?:the |some |a |an )?"
    r"(?P<who>(?:[\w-]+ ){0,2}(?:sources|analysts|traders|brokers|participants|officials))\b"
)


# "in the view of Citi", "on Albemarle's numbers", "in UBS's base case": whose figures they are.
_VIEW_OF = re.compile(
    r"\b(?:in|on|by|under|to) (?:the )?(?:view|opinion|eyes|estimation|judgement|judgment|reckoning|mind|books?|"
    r"numbers|figures|estimates?|calculations?|forecasts?|projections?|modelling|base case|scenario) of (?:the )?$|"
    r"\b(?:believes|thinks|reckons|predicts|forecasts|warns|warned|argues|expects|estimates) (?:the )?$"
)
_VIEW = re.compile(
    r"[’']s? (?:own |latest |new |central |current )*(?:view|opinion|estimation|judgement|judgment|reckoning|books?|numbers|figures|"
    r"estimates?|calculations?|forecasts?|projections?|modelling|base case|scenario|outlook)\b"
)
_BY = re.compile(r"\b(?:[Ii]n|[Oo]n|[Bb]y|[Uu]nder)\s(?:the )?$")


def _in_view_of(sentence: Sentence) -> Mention | None:
    text = sentence.analysis.text
    for named in sentence.mentions_in(sentence.span, *_PARTY):
        ahead = text[max(sentence.span.start, named.span.start - 40) : named.span.start]
        whose = _BY.search(ahead) and _VIEW.match(text, named.span.end)
        if whose or _VIEW_OF.search(ahead):
            return named
    return None


def stands_behind(sentence: Sentence, clause: Clause) -> Filler | None:
    """Who says it: "according to …", or the subject of a verb of saying or thinking."""
    viewer = _in_view_of(sentence)
    if viewer is not None:
        return viewer
    match = sentence.find(_ESTIMATED)
    if match is not None:
        start = sentence.span.start
        sources = Span(start + match.start("who"), start + match.end("who"))
        return _house_behind(sentence, sources) or sources
    mine = clause.subject.chunk if clause.subject is not None else None
    for other in sentence.clauses:
        spoken = other.lemma in SAYING and not other.verb.passive and other.subject is not None
        if not spoken or other is clause or other.subject is None or other.subject.chunk is mine:
            continue
        who = who_says(sentence, other) or _named_by_case(other)
        if who is not None:
            return who
    told = find_attribution(sentence, clause.chunk.span)
    if told is None or not sentence.span.covers(told.span):
        return None
    return next((m for m in sentence.mentions if m.span == told.span), told.span)


def _named_by_case(clause: Clause) -> Span | None:
    """A speaker whom no list knows: a subject with a capital inside it."""
    if clause.subject is None or clause.subject.chunk.is_pronoun:
        return None
    words = [t for t in clause.subject.chunk.tokens if t.tag.value in ("noun", "name")]
    named = [t for t in words if t.text[0].isupper()]
    return Span(named[0].span.start, named[-1].span.end) if named else None


def who_says(sentence: Sentence, clause: Clause) -> Filler | None:
    subject = clause.subject
    if subject is None:
        return None
    named = sentence.named(subject, *_PARTY, MentionType.COUNTRY)
    persons = [m for m in named if m.type is MentionType.PERSON]
    houses = [m for m in named if m.type is MentionType.ORGANISATION]
    if persons or houses:
        return (persons or houses)[-1]
    if subject.chunk.is_pronoun:
        return _antecedent(sentence, subject.chunk.lower) or (named[-1] if named else None)
    behind = _house_behind(sentence, subject.chunk.span)
    if behind is not None:
        return behind
    onlooker = ANALYSTS.search(subject.chunk.lower)
    if onlooker is not None:
        words = [t for t in subject.chunk.tokens if t.tag.value != "det"]
        return Span(words[0].span.start, subject.chunk.span.start + onlooker.end())
    return named[-1] if named else None


def _antecedent(sentence: Sentence, pronoun: str) -> Filler | None:
    """Whom "he" or "they" stands for: the person, or the officials and analysts, told of last."""
    analysis = sentence.analysis
    for near in reversed(analysis.sentences[max(0, sentence.index - 4) : sentence.index]):
        if pronoun in ("he", "she"):
            persons = [m for m in near.mentions if m.type is MentionType.PERSON]
            if persons:
                return persons[-1]
        elif pronoun == "they":
            for chunk in reversed(list(near.noun_phrases())):
                if ANALYSTS.search(chunk.lower) and not chunk.is_pronoun:
                    return chunk.span
    return None


def _house_behind(sentence: Sentence, subject: Span) -> Filler | None:
    """ "Analysts at Canaccord Genuity": the house speaks through its analysts."""
    rest = sentence.analysis.text[subject.end : subject.end + 8]
    if re.match(r"\s(?:at|of|from|with)\s", rest) is None:
        return None
    near = Span(subject.end, min(sentence.span.end, subject.end + 60))
    found = sentence.mentions_in(near, MentionType.ORGANISATION)
    return found[0] if found and found[0].span.start - subject.end < 16 else None


def house_of(sentence: Sentence, person: Span) -> Mention | None:
    """The organisation beside a person: "Edward Meir, a Marex consultant"."""
    near = Span(
        max(sentence.span.start, person.start - 40), min(sentence.span.end, person.end + 40)
    )
    found = [
        m
        for m in sentence.mentions_in(near, MentionType.ORGANISATION)
        if not m.span.overlaps(person)
    ]
    name = person.of(sentence.analysis.text)
    return next((m for m in found if m.text not in name), None)
