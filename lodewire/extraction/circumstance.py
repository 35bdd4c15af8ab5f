"""Status, modality and attribution of a telling, from its verbs and what governs them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.deal_status import deal_modality, deal_status
from lodewire.extraction.drafts import Draft
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.measure_status import measure_status
from lodewire.model.entity import Mention
from lodewire.model.event import Attribution
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, Modality, Status
from lodewire.ontology.event_types import Family, types_of

REPORTS = frozenset(
    (
        EventType.PRODUCTION_REPORT,
        EventType.RESOURCE_ESTIMATE,
        EventType.PRICE_LEVEL,
        EventType.PRICE_CHANGE,
        EventType.FORECAST,
    )
)

PLANNING = frozenset(
    "plan intend aim propose seek want hope expect target pledge vow schedule slate prepare "
    "signal work look need try envisage promise set due consider eye move threaten".split()
)
HEDGES = frozenset(("could", "may", "might", "would", "should"))
CONDITIONS = frozenset(("if", "unless", "should", "whether", "provided"))
DENIALS = frozenset("deny reject dismiss refute refuse decline".split())
ENDINGS = frozenset(
    "terminate scrap cancel abandon withdraw call drop shelve collapse rescind revoke lift repeal "
    "end expire lapse void annul walk".split()
)


def settle(draft: Draft) -> None:
    """Give the draft its status, modality and attribution where the frame left them open."""
    path = list(_path(draft.clause))
    if draft.modality is None:
        draft.modality = _modality(draft, path)
    if draft.status is None:
        draft.status = _status(draft, path)
    if draft.attribution is None:
        draft.attribution = find_attribution(draft.sentence, draft.trigger)


def _path(clause: Clause | None) -> Iterator[Clause]:
    if clause is not None:
        yield clause
        yield from clause.governors()


def _modality(draft: Draft, path: list[Clause]) -> Modality:
    if draft.type is EventType.FORECAST:
        return Modality.FORECAST
    if draft.type in types_of(Family.DEALS):
        return deal_modality(draft, path)
    if _denied(draft, path):
        return Modality.DENIED
    if _conditional(draft, path):
        return Modality.HYPOTHETICAL
    if draft.type in (EventType.PROJECT_MILESTONE, EventType.PRODUCTION_REPORT) and _ahead(path):
        return Modality.FORECAST
    return Modality.ASSERTED


def _denied(draft: Draft, path: list[Clause]) -> bool:
    if any(c.lemma in DENIALS for c in path[1:]):
        return True
    return bool(path) and path[0].verb.negated and draft.type not in REPORTS


def _conditional(draft: Draft, path: list[Clause]) -> bool:
    if draft.type in REPORTS:
        return False
    for clause in path:
        if clause.link in CONDITIONS or clause.verb.modal in ("could", "may", "might"):
            return True
    start = draft.sentence.span.start
    before = draft.sentence.analysis.text[start : draft.trigger.start].lower()
    return bool(re.search(r"\bshould [a-z ]{0,40}$", before)) and not re.search(
        r"\bshould be\b", before
    )


def _ahead(path: list[Clause]) -> bool:
    return any(
        c.verb.future or c.verb.modal in HEDGES or (c.lemma in PLANNING and c is not path[0])
        for c in path
    )


def _status(draft: Draft, path: list[Clause]) -> Status:
    if draft.type in REPORTS:
        return Status.REPORTED
    if draft.type in types_of(Family.MEASURES):
        return measure_status(draft, path)
    if draft.type in types_of(Family.DEALS):
        return deal_status(draft, path)
    if any(c.lemma in ENDINGS for c in path[:2]) and draft.type is not EventType.DISRUPTION:
        return Status.TERMINATED
    if draft.modality is Modality.HYPOTHETICAL:
        return Status.PROPOSED
    return _operation_status(draft, path)


def _operation_status(draft: Draft, path: list[Clause]) -> Status:
    if draft.modality is Modality.FORECAST or _ahead(path):
        return Status.AGREED if draft.type is EventType.DISRUPTION else Status.PROPOSED
    if draft.type is EventType.DISRUPTION:
        return Status.IN_FORCE
    if path and path[0].verb.form == "G":
        return Status.IN_FORCE
    return Status.COMPLETED


_ACCORDING = sought(r"\b(?:[Aa]ccording to|as reported by|citing|, per)\s+(?:the\s|a\s|an\s)?")
_SAYING = frozenset(
    "say tell state note report announce add comment explain warn argue claim estimate predict "
    "reckon believe confirm disclose reveal suggest indicate stress write expect show".split()
)
_UNNAMED = re.compile(
    r"\b(?:people|persons?|sources?|traders?|analysts?|brokers?|officials?|spokes\w+|executives?|"
    r"minister|ministry|regulators?|government|company|group|miner|agency|union|participants)\b",
    re.IGNORECASE,
)


def find_attribution(sentence: Sentence, at: Span) -> Attribution | None:
    """Return who says what stands at ``at``: the subject of a verb of saying, or "according to"."""
    match = sentence.locate(_ACCORDING)
    if match is not None:
        rest = Span(match.end(), min(sentence.span.end, match.end() + 90))
        named = sentence.mentions_in(rest, MentionType.ORGANISATION, MentionType.PERSON)
        if named and named[0].span.start - match.end() < 40:
            return Attribution(
                span=named[0].span, text=named[0].text, name=named[0].name, entity=named[0].entity
            )
    for clause in sentence.clauses:
        if clause.lemma not in _SAYING or clause.verb.passive or clause.subject is None:
            continue
        speaker = _speaker(sentence, clause)
        if speaker is not None and not clause.chunk.span.overlaps(at):
            return speaker
    return None


def _speaker(sentence: Sentence, clause: Clause) -> Attribution | None:
    if clause.subject is None:
        return None
    types = (MentionType.PERSON, MentionType.ORGANISATION, MentionType.COUNTRY)
    subject = clause.subject.chunk
    if subject.lower in ("he", "she"):
        person = _person_before(sentence)
        if person is not None:
            return _attribute(sentence, person, subject.span)
    named = sentence.named(clause.subject, *types)
    if not named:
        return _unnamed(sentence, subject.span)
    persons = [m for m in named if m.type is MentionType.PERSON]
    mention = persons[0] if persons else named[-1]
    if mention.type is MentionType.COUNTRY:
        mention = _surname(sentence, subject.span) or mention
    return _attribute(sentence, mention, subject.span)


def _attribute(sentence: Sentence, mention: Mention, subject: Span) -> Attribution:
    span = mention.span if sentence.span.covers(mention.span) else subject
    return Attribution(
        span=span, text=span.of(sentence.analysis.text), name=mention.name, entity=mention.entity
    )


def _unnamed(sentence: Sentence, subject: Span) -> Attribution | None:
    """ "two people with knowledge of the talks said": nobody named, but somebody."""
    words = subject.of(sentence.analysis.text)
    if _UNNAMED.search(words) is None:
        return None
    return Attribution(span=subject, text=words, name=" ".join(words.split()), entity=None)


def _person_before(sentence: Sentence) -> Mention | None:
    """Whom "he" or "she" stands for: the person named last in the three sentences before."""
    sentences = sentence.analysis.sentences
    for near in reversed(sentences[max(0, sentence.index - 3) : sentence.index]):
        persons = [m for m in near.mentions if m.type is MentionType.PERSON]
        if persons:
            return persons[-1]
    return None


def _surname(sentence: Sentence, subject: Span) -> Mention | None:
    """ "Afghan said": the analyst Qasim Afghan of the sentence before, not the country."""
    words = subject.of(sentence.analysis.text)
    for person in sentence.analysis.of_type(MentionType.PERSON):
        if person.span.start < subject.start and person.name.split()[-1] == words:
            return person
    return None
