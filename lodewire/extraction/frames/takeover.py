"""Acquisitions told by a noun: the purchase of X, the sale of a stake, a takeover bid, talks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import MONEY, Draft
from lodewire.extraction.frames import fill, ownership, slots, works
from lodewire.extraction.grammar.chunks import Chunk
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType

_CHANGE = sought(
    r"\b(?P<noun>acquisition|takeover|take-over|buy-?out|purchase|sale|divestment|divestiture|"
    r"disposal|disposition|merger|combination|tie-up)\s(?:of|with|between)\b",
    re.IGNORECASE,
)
_GIVING_UP = re.compile(r"sale|divest|dispos", re.IGNORECASE)
_JOINING = re.compile(r"merger|combination|tie-up", re.IGNORECASE)
_BID = sought(r"\b(?P<noun>bids?|offers?|approach(?:es)?|proposals?|takeover)\b")
_TAKEOVER_WORD = re.compile(r"takeover|take-over|buyout|acqui|unsolicited|hostile|merger", re.I)
_REFUSING = frozenset(
    "reject spurn rebuff decline turn refuse accept receive recommend get back welcome consider "
    "dismiss fend repel snub face say".split()
)
_BIDDING = frozenset(
    "make launch raise withdraw submit table walk drop sweeten increase lodge abandon pull prepare "
    "improve mount extend plan weigh consider mull lower".split()
)
_TALKS = sought(
    r"\b(?:talks?|discussions?|negotiations?)\b[^.;]{0,60}?\b(?:about|over|on|for|to (?:buy|acquire|"
    r"sell|take))\b[^.;]{0,30}?\b(?:stake|interest|shareholding|sale|acquisition|merger|purchase|"
    r"buyout|takeover)\b"
)
_WANTED = sought(
    r"\b(?:look(?:s|ing)?|search(?:es|ing)?|seek(?:s|ing)?)\s(?:for )?(?:a |potential )?"
    r"(?P<who>buyers?)\s(?:for|of)\b"
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield acquisitions told by nouns, at most one of each construction."""
    for read in (_by_change, _by_bid, _by_talks, _by_search):
        draft = read(sentence)
        if draft is not None:
            yield draft
            return


def _clause(sentence: Sentence, at: Span) -> Clause | None:
    chunk = sentence.chunk_at(at.start)
    for clause in sentence.clauses:
        phrases = [*clause.objects, *clause.phrases, *([clause.subject] if clause.subject else [])]
        if any(chunk is c for p in phrases for c in p.chunks):
            return clause
    return sentence.clause_of(at)


def _end(sentence: Sentence, start: int) -> int:
    """The end of the noun's own words: the next finite verb, unless in a relative clause."""
    for clause in sentence.clauses:
        verb = clause.verb
        if clause.chunk.span.start > start and verb.finite and not clause.relative:
            return clause.chunk.span.start
    return sentence.span.end


def _actors(sentence: Sentence, clause: Clause | None, before: int) -> list[Mention]:
    """The subject of the verb over the noun, if the noun is not that subject itself."""
    while clause is not None:
        subject = clause.agent
        if subject is not None and subject.chunk.span.end <= before:
            found = slots.subject_parties(sentence, subject.chunks)
            if found:
                return fill.distinct(found)
        clause = clause.governor
    return []


def _owners(sentence: Sentence, at: Span) -> list[Mention]:
    """ "Boliden's purchase", "the planned Newmont takeover": names in the noun's own phrase."""
    chunk = sentence.chunk_at(at.start)
    if chunk is None:
        return []
    found = sentence.mentions_in(Span(chunk.span.start, at.start), MentionType.ORGANISATION)
    return [m for m in found if slots.is_actor(sentence, m)]


def _by_change(sentence: Sentence) -> Draft | None:
    for match in sentence.locate_all(_CHANGE):
        draft = _changed(sentence, Span(match.start("noun"), match.end("noun")), match.end())
        if draft is not None:
            return draft
    return None


def _changed(sentence: Sentence, noun: Span, start: int) -> Draft | None:
    word = noun.of(sentence.analysis.text)
    clause = _clause(sentence, noun)
    region = Span(start, _end(sentence, start))
    if ownership.trades_goods(sentence, region) and not _JOINING.match(word):
        return None
    draft = Draft(EventType.ACQUISITION, sentence, noun, clause, confidence=0.65)
    actors = _owners(sentence, noun) or _actors(sentence, clause, noun.start)
    if _JOINING.match(word):
        return _joined(draft, region, actors)
    if _GIVING_UP.match(word):
        draft.add_all("seller", actors[:2] or ownership.buyers_after(sentence, region, "by"))
        draft.add_all("acquirer", ownership.buyers_after(sentence, region, "to"))
        if not draft.has("acquirer"):
            draft.add_all("acquirer", _talked_to(sentence, noun))
    else:
        draft.add_all("acquirer", actors[:2] or ownership.buyers_after(sentence, region, "by"))
        sellers = ownership.buyers_after(sentence, region, "from")
        draft.add_all("seller", [m for m in sellers if m.type is MentionType.ORGANISATION])
    head = Span(noun.end, region.end)
    ownership.fill_objects(draft, head, preps=("of",))
    if not draft.has("target", "asset"):
        ownership.fill_words(draft, region)
    ownership.fill_sums(draft, _with_verb(sentence, noun, region), noun=True)
    return ownership.finish(draft)


_TALKING = re.compile(r"\b(?:talks?|discussions?|negotiations?|negotiating)\b")


def _talked_to(sentence: Sentence, noun: Span) -> list[Mention]:
    """ "in talks with Jiangxi Copper for a potential sale of": who may buy."""
    before = Span(sentence.span.start, noun.start)
    if not _TALKING.search(before.of(sentence.analysis.text)):
        return []
    return slots.parties(sentence, before, "with")


def _with_verb(sentence: Sentence, noun: Span, region: Span) -> Span:
    """ "the $19.2 billion acquisition of", "…, for which it is paying $1.37 billion"."""
    chunk = sentence.chunk_at(noun.start)
    start = chunk.span.start if chunk is not None else noun.start
    return Span(start, max(region.end, min(sentence.span.end, noun.end + 160)))


def _joined(draft: Draft, region: Span, actors: list[Mention]) -> Draft | None:
    sentence = draft.sentence
    named = ownership.buyers_after(sentence, region, "of", "with", "between")
    sides = [m for m in fill.distinct([*actors, *named]) if m.type is MentionType.ORGANISATION]
    main = works.main_company(sentence.analysis) if len(sides) == 1 else None
    if main is not None and main.entity != sides[0].entity:
        sides = [main, *sides]  # "in the August 2022 merger with Vimy"
    if len(sides) < 2:
        return None
    draft.add("acquirer", sides[0])
    draft.add("target", sides[1])
    ownership.fill_sums(draft, region, noun=True)
    return ownership.finish(draft)


def _by_bid(sentence: Sentence) -> Draft | None:
    for match in sentence.locate_all(_BID):
        noun = Span(match.start(), match.end())
        chunk = sentence.chunk_at(match.start("noun"))
        if chunk is None or _is_modifier(chunk, noun.end):
            continue
        draft = _bid(sentence, noun, Span(chunk.span.start, noun.end))
        if draft is not None:
            return draft
    return None


def _is_modifier(chunk: Chunk, end: int) -> bool:
    """ "the bid price", "offer document": no bid is told; "an offer worth $4.9 billion": one is."""
    head = chunk.head
    return (
        head is not None
        and head.span.start > end
        and head.tag is Tag.NOUN
        and (head.lower not in ("worth", "valued"))
    )


def _bid(sentence: Sentence, noun: Span, phrase: Span) -> Draft | None:
    text = sentence.analysis.text
    clause = _clause(sentence, phrase)
    region = Span(noun.end, _end(sentence, noun.end))
    money = sentence.quantities_in(Span(phrase.start, region.end), *MONEY)
    if not (_TAKEOVER_WORD.search(phrase.of(text)) or money):
        return None
    draft = Draft(EventType.ACQUISITION, sentence, noun, clause, confidence=0.65)
    actors = _actors(sentence, clause, phrase.start)
    lemmas = {c.lemma for c in (clause, *clause.governors())} if clause is not None else set()
    draft.add_all("acquirer", ownership.buyers_after(sentence, region, "from", "by"))
    draft.add_all("acquirer", _owners(sentence, noun))
    if lemmas & _REFUSING and not (lemmas & _BIDDING and draft.has("acquirer") is False):
        draft.add_all("target", actors[:1])
    elif not draft.has("acquirer"):
        draft.add_all("acquirer", actors[:2])
    if not draft.has("acquirer"):
        draft.add_all("acquirer", _makers(sentence, noun))
    _aim(draft, region)
    if not (draft.has("acquirer") and draft.has("target", "asset")):
        return None
    ownership.fill_sums(draft, Span(phrase.start, region.end), noun=True)
    return ownership.finish(draft)


def _makers(sentence: Sentence, noun: Span) -> list[Mention]:
    """ "the approach that BHP had made": who made it."""
    for clause in sentence.clauses:
        made = clause.lemma in ("make", "launch", "table", "lodge", "put")
        if made and clause.chunk.span.start > noun.end and clause.subject is not None:
            return slots.subject_parties(sentence, clause.subject.chunks)[:1]
    return []


def _aim(draft: Draft, region: Span) -> None:
    if draft.has("target"):
        return
    sentence = draft.sentence
    taken = {a.entity for a in draft.arguments}
    for slot in slots.slots(sentence, region, MentionType.ORGANISATION, MentionType.SITE):
        if slot.prep in ("for", "of") and slot.mention.entity not in taken and not slot.owner:
            site = slot.mention.type is MentionType.SITE
            draft.add("asset" if site else "target", slot.mention)
            return


def _by_talks(sentence: Sentence) -> Draft | None:
    """ "is in talks with B about a stake in X": who buys is not said where both may."""
    match = sentence.locate(_TALKS)
    if match is None:
        return None
    noun = Span(match.start(), match.start() + len(match.group().split()[0]))
    clause = _clause(sentence, noun)
    region = Span(match.start(), _end(sentence, match.end()))
    draft = Draft(EventType.ACQUISITION, sentence, noun, clause, confidence=0.6)
    sells = re.search(r"\b(?:sale|sell)\b", match.group()) is not None
    actors, others = _actors(sentence, clause, noun.start), slots.parties(sentence, region, "with")
    draft.add_all("seller" if sells else "acquirer", actors[:2])
    draft.add_all("acquirer" if sells else "seller", others[:2])
    ownership.fill_objects(draft, Span(match.end(), region.end), preps=("in", "of", "for"))
    if not draft.has("target", "asset"):
        site = _project(sentence, match.end())
        draft.add("asset", site)
    ownership.fill_sums(draft, region)
    return ownership.finish(draft)


def _project(sentence: Sentence, at: int) -> Mention | None:
    """ "a stake in the project": the site that the words stand for."""
    near = Span(at, min(sentence.span.end, at + 60))
    found = sentence.mentions_in(near, MentionType.SITE)
    if found:
        return found[0]
    if not re.match(
        r"\s(?:in|of|at) the (?:project|mine|plant|field|venture)\b",
        near.of(sentence.analysis.text),
    ):
        return None
    before = [m for m in sentence.analysis.of_type(MentionType.SITE) if m.span.end <= at]
    return before[-1] if before else None


def _by_search(sentence: Sentence) -> Draft | None:
    """ "is looking for a buyer for its Forrestania mine"."""
    match = sentence.locate(_WANTED)
    if match is None:
        return None
    noun = Span(match.start("who"), match.end("who"))
    draft = Draft(EventType.ACQUISITION, sentence, noun, sentence.clause_of(noun), confidence=0.6)
    region = Span(match.end(), _end(sentence, match.end()))
    draft.add_all("seller", _actors(sentence, draft.clause, match.start())[:2])
    ownership.fill_objects(draft, Span(match.end() - 3, region.end), preps=("for", "of"))
    if not draft.has("target", "asset"):
        ownership.fill_words(draft, region)
    return ownership.finish(draft)
