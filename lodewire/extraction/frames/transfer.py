"""Acquisitions told as a passing of ownership: what goes to whom, who becomes owner, who buys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import PARTY, Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import ownership, slots
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType

_PASSING = frozenset("pass go transfer move fall revert switch cede assign".split())
_OWNING = re.compile(
    r"\b(?:stakes?|interests?|ownership|control|shareholding|title|rights|holding|equity|shares)\b|"
    r"\d ?%|\bper ?cent\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"\b(?:majority |sole |full |largest |new |outright |100% )*(?:owners?|shareholders?|holders?)\sof\b"
)
_BUYER_IS = sought(
    r"\b[Tt]he (?P<who>buyer|purchaser|acquirer|seller|vendor)s?(?: of [^,;.]{3,60}?)?,? (?:is|are|was|"
    r"will be)\b"
)
_IS_BUYER = sought(r"\b(?:is|are|was|will be|being) the (?P<who>buyer|purchaser|seller)\b")
_HANDS = re.compile(r"\bchang(?:e[sd]?|ing) hands\b")
_AS = re.compile(r"\b(?P<name>[^,;]{2,50}?) as (?:the )?(?P<who>buyer|seller|purchaser|vendor)\b")


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield acquisitions told by a verb of passing, of becoming owner, or by naming the buyer."""
    for clause in sentence.clauses:
        draft = _passes(sentence, clause) or _becomes(sentence, clause) or _hands(sentence, clause)
        draft = draft or _rids(sentence, clause)
        if draft is not None:
            yield draft
            return
    draft = _names_buyer(sentence)
    if draft is not None:
        yield draft


def _subject_span(sentence: Sentence, clause: Clause) -> Span | None:
    """The subject with what hangs on it: "the 25% of Copper Mountain held by Mitsubishi"."""
    subject = clause.subject
    for above in clause.governors():
        subject = subject or above.subject
    if subject is None or subject.chunk.span.start >= clause.chunk.span.start:
        return None
    return Span(subject.chunk.span.start, clause.chunk.span.start)


def _passes(sentence: Sentence, clause: Clause) -> Draft | None:
    """ "the 25% of Copper Mountain held by Mitsubishi is to pass to Hudbay"."""
    if clause.lemma not in _PASSING:
        return None
    subject = _subject_span(sentence, clause)
    if subject is None or not _OWNING.search(subject.of(sentence.analysis.text)):
        return None
    after = Span(clause.chunk.span.end, slots.own_words(sentence, clause).end)
    takers = ownership.buyers_after(sentence, after, "to")
    if not takers:
        return None
    draft = Draft(EventType.ACQUISITION, sentence, clause.chunk.span, clause)
    draft.add_all("acquirer", takers)
    holders = slots.parties(sentence, subject, "by") or slots.parties(sentence, after, "from")
    draft.add_all("seller", holders[:2])
    return _finish(draft, subject)


def _becomes(sentence: Sentence, clause: Clause) -> Draft | None:
    """ "Mitsubishi Corp is to become owner of 20% of the Jansen project"."""
    if clause.lemma != "become":
        return None
    text = sentence.analysis.text
    after = Span(clause.chunk.span.end, slots.own_words(sentence, clause).end)
    match = _OWNER.search(text, after.start, after.end)
    if match is None or clause.subject is None:
        return None
    draft = Draft(EventType.ACQUISITION, sentence, clause.chunk.span, clause)
    draft.add_all("acquirer", slots.subject_parties(sentence, clause.subject.chunks)[:2])
    if not draft.has("acquirer"):
        return None
    return _finish(draft, Span(match.end() - 2, after.end))


def _hands(sentence: Sentence, clause: Clause) -> Draft | None:
    """ "The Argyle mine changed hands for $45 million, with Rio Tinto as the seller"."""
    if clause.lemma != "change":
        return None
    text = sentence.analysis.text
    match = _HANDS.search(text, clause.chunk.span.start, sentence.span.end)
    subject = _subject_span(sentence, clause)
    if match is None or subject is None:
        return None
    draft = Draft(EventType.ACQUISITION, sentence, clause.chunk.span, clause)
    for part in _AS.finditer(text, match.end(), sentence.span.end):
        named = sentence.mentions_in(Span(part.start("name"), part.end("name")), *PARTY)
        role = "seller" if part["who"] in ("seller", "vendor") else "acquirer"
        draft.add(role, named[-1] if named else None)
    return _finish(draft, subject)


def _rids(sentence: Sentence, clause: Clause) -> Draft | None:
    """ "Teck is getting rid of its coal business", "is parting with its stake in X"."""
    rid = clause.lemma == "get" and re.match(r"\w+ rid of\b", _from_verb(sentence, clause))
    part = clause.lemma == "part" and re.match(r"\w+ with\b", _from_verb(sentence, clause))
    if not (rid or part) or clause.subject is None:
        return None
    after = Span(clause.chunk.span.end, slots.own_words(sentence, clause).end)
    draft = Draft(EventType.ACQUISITION, sentence, clause.chunk.span, clause)
    draft.add_all("seller", slots.subject_parties(sentence, clause.subject.chunks)[:2])
    draft.add_all("acquirer", ownership.buyers_after(sentence, after, "to"))
    return _finish(draft, after) if draft.has("seller") else None


def _from_verb(sentence: Sentence, clause: Clause) -> str:
    main = clause.verb.main.span
    return sentence.analysis.text[main.start : main.end + 12]


def _names_buyer(sentence: Sentence) -> Draft | None:
    """ "The buyer of the Eva Copper project is Harmony Gold, which is paying US$230 million"."""
    match = sentence.locate(_BUYER_IS)
    where = Span(match.end(), sentence.span.end) if match is not None else sentence.span
    if match is None:
        match = sentence.locate(_IS_BUYER)
        if match is None:
            return None
        where = Span(max(sentence.span.start, match.start() - 60), match.start())
    named = [
        s.mention
        for s in slots.slots(sentence, where, *PARTY)
        if slots.is_actor(sentence, s.mention)
    ]
    if not named:
        return None
    trigger = Span(match.start("who"), match.end("who"))
    clause = sentence.clause_of(trigger)
    buys = match["who"] in ("buyer", "purchaser", "acquirer")
    draft = Draft(EventType.ACQUISITION, sentence, trigger, clause)
    named = named if where.start > match.start() else named[::-1]
    draft.add("acquirer" if buys else "seller", named[0])
    done = _finish(draft, Span(match.end("who"), match.end()))
    if done is not None:
        return done
    ownership.fill_sums(draft, sentence.span)
    draft.anaphoric = True
    return draft


def _finish(draft: Draft, region: Span) -> Draft | None:
    sentence = draft.sentence
    draft.reach = sentence.span if draft.reach is None else draft.reach
    taken = {a.entity for a in draft.arguments}
    found = slots.slots(sentence, region, MentionType.ORGANISATION, MentionType.SITE)
    for slot in found:
        mention = slot.mention
        if mention.entity in taken or slot.prep in ("by", "to", "from", "with") or slot.aside:
            continue
        if mention.type is MentionType.ORGANISATION and not slots.is_actor(sentence, mention):
            continue
        if slot.owner:
            draft.add("seller", mention)
            continue
        draft.add("asset" if mention.type is MentionType.SITE else "target", mention)
        break
    if not draft.has("target", "asset"):
        ownership.fill_words(draft, region)
    ownership.fill_sums(draft, sentence.span)
    return ownership.finish(draft)
