"""Acquisitions told by a verb: who buys or sells what, takes a stake, merges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, ownership, slots, takeover, telling, transfer
from lodewire.extraction.frames.pacts import PactKind, find_pacts
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind

BUY = frozenset("buy acquire purchase snap take-over absorb swallow takeover".split())
SELL = frozenset("sell divest offload dispose".split())
_TAKE = frozenset(
    "take gain assume secure raise increase lift boost win pick build wrest cut reduce".split()
)
_ANAPHOR = sought(
    r"\b[Tt]he (?:deal|acquisition|transaction|takeover|purchase|offer|bid|sale|merger)\b"
)
_PAYS_FOR = re.compile(
    r"\bfor (?:an? |the |its |all |[\w.]+ ?(?:%|per ?cent) )(?:[\w%.-]+ ){0,4}?"
    r"(?:stake|interest|share|shares|mine|project|business|company|assets?|control|of)\b"
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield acquisitions told by a verb, else by a noun, else by "the deal"."""
    told = False
    earning = _earning(sentence)
    for clause in sentence.clauses:
        right = earning is not None and clause.chunk.span.start > earning
        draft = None if right else _by_verb(sentence, clause)
        if draft is not None:
            told = True
            yield draft
    if told:
        return
    nouns = () if earning is not None else tuple(takeover.find(sentence))
    nouns = nouns or tuple(transfer.find(sentence))
    yield from nouns
    if not nouns:
        plain = _plain(sentence) if earning is None else None
        yield from [plain] if plain is not None else _by_anaphor(sentence)


def _plain(sentence: Sentence) -> Draft | None:
    """What the words around the names tell where no clause does: headlines, ellipses."""
    told = telling.change_of_owner(sentence)
    if told is None:
        return None
    trigger, found, words = told
    draft = Draft(EventType.ACQUISITION, sentence, trigger, sentence.clause_of(trigger))
    draft.confidence = 0.6
    for role, named in found.items():
        draft.add_all(role, named)
    if not draft.has("target", "asset"):
        ownership.fill_words(draft, words)
    ownership.fill_sums(draft, sentence.span, noun=True)
    return ownership.finish(draft)


_RIGHTS = re.compile(r"\b(?:option|earn(?:[- ]in|s|ing)?|farm[- ]?in|right)\b", re.IGNORECASE)


def _earning(sentence: Sentence) -> int | None:
    """Where an agreement to earn an interest stands: what is acquired behind it is that right."""
    for pact in find_pacts(sentence):
        words = sentence.analysis.text[max(sentence.span.start, pact.noun.start - 30) :][:150]
        if pact.kind is PactKind.EXPLORATION and _RIGHTS.search(words):
            return pact.noun.start
    return None


_LEMMAS = BUY | SELL | _TAKE | {"merge", "pay", "spend", "invest", "bid", "offer"}
_MERE_RIGHT = re.compile(r"\b(?:option|rights?|entitled|chance) to (?:\w+ )?\w+(?: back)?$")


def _by_verb(sentence: Sentence, clause: Clause) -> Draft | None:
    if clause.lemma not in _LEMMAS:
        return None
    before = sentence.analysis.text[max(0, clause.chunk.span.start - 24) : clause.chunk.span.end]
    if _MERE_RIGHT.search(before) and not re.search(r"\bexercis", sentence.text):
        return None  # "has the right to buy back 70%": nothing is bought
    if clause.verb.modal in ("may", "can") and telling.ground(sentence) is not None:
        return None  # "may acquire up to 60% in four stages": ground to be explored
    if clause.lemma == "merge":
        return _merger(sentence, clause)
    if clause.lemma in ("pay", "spend", "invest"):
        return _pays(sentence, clause)
    if clause.lemma in ("bid", "offer"):
        return _bids(sentence, clause)
    if clause.lemma in BUY or (clause.lemma in _TAKE and _takes_stake(sentence, clause)):
        return _buying(sentence, clause)
    if clause.lemma in SELL:
        return _with_payer(_selling(sentence, clause))
    return None


def _with_payer(draft: Draft | None) -> Draft | None:
    """ "sells its coal business, for which Glencore will pay $6.93 billion": who pays buys."""
    if draft is None or draft.has("acquirer"):
        return draft
    sold = {a.entity for a in draft.arguments}
    for clause in draft.sentence.clauses:
        if clause.lemma in ("pay", "buy", "acquire", "offer") and clause.subject is not None:
            named = slots.subject_parties(draft.sentence, clause.subject.chunks)
            draft.add_all("acquirer", [m for m in named if m.entity not in sold][:1])
    return draft


def _regions(sentence: Sentence, clause: Clause) -> tuple[Span, Span]:
    """Where the object stands (before the verb in a passive), and all that follows the verb."""
    after = Span(clause.chunk.span.end, slots.own_words(sentence, clause).end)
    if clause.verb.passive and clause.subject is not None:
        subject = clause.subject.chunk.span
        copula = _late_subject(sentence, clause)
        if copula is not None:
            return copula, after
        if subject.start > clause.chunk.span.start:
            return subject, Span(after.start, subject.start)  # "Snapped up by X, the mine …"
        return Span(subject.start, clause.chunk.span.start), after
    return after, after


def _late_subject(sentence: Sentence, clause: Clause) -> Span | None:
    """ "To be sold by BP is its 34.3% interest in Yacheng": what stands behind the copula."""
    if not clause.inherited:
        return None
    for later in sentence.clauses:
        behind = later.chunk.index > clause.chunk.index
        if behind and later.lemma == "be" and later.subject is None and later.objects:
            return Span(later.objects[0].chunk.span.start, sentence.tail(later).end)
    return None


def _actors(sentence: Sentence, clause: Clause) -> list[Mention]:
    """Who acts; for "agreed with B to buy" the subject of what governs."""
    for above in (clause, *clause.governors()):
        agent = above.agent
        if agent is None:
            continue
        found = slots.subject_parties(sentence, agent.chunks)
        if found:
            return fill.distinct(found)
        if above.verb.passive and above is not clause:
            break
    return []


def _buying(sentence: Sentence, clause: Clause) -> Draft | None:
    object_, after = _regions(sentence, clause)
    if ownership.trades_goods(sentence, object_):
        return None
    draft = Draft(EventType.ACQUISITION, sentence, clause.chunk.span, clause)
    draft.reach = _reach(sentence, clause, object_, after)
    draft.add_all("acquirer", _actors(sentence, clause)[:3])
    sellers = ownership.buyers_after(sentence, after, "from") or _counterparts(sentence, clause)
    taken = {a.entity for a in draft.arguments}
    draft.add_all(
        "seller",
        [m for m in sellers if m.type is MentionType.ORGANISATION and m.entity not in taken],
    )
    _fill_what(draft, object_)
    ownership.fill_sums(draft, _whole(sentence, clause, object_, after))
    return ownership.finish(draft)


def _counterparts(sentence: Sentence, clause: Clause) -> list[Mention]:
    """ "signed an agreement with Mitsubishi to acquire its stake": who sells."""
    for above in clause.governors():
        for phrase in above.with_prep("with"):
            span = Span(phrase.chunk.span.start, phrase.chunks[-1].span.end)
            found = slots.parties(sentence, span, "with")
            if found:
                return found[:1]
    return []


def _reach(sentence: Sentence, clause: Clause, object_: Span, after: Span) -> Span:
    start = min(slots.own_words(sentence, clause).start, object_.start)
    return Span(start, after.end)


def _fill_what(draft: Draft, object_: Span) -> None:
    """What changes hands: names, else what a pronoun stands for, else the words."""
    ownership.fill_objects(draft, object_)
    if not draft.has("target", "asset"):
        ownership.fill_antecedent(draft)
    if not draft.has("target", "asset"):
        ownership.fill_pronoun(draft, object_)
    if not draft.has("target", "asset"):
        ownership.fill_words(draft, object_)


def _whole(sentence: Sentence, clause: Clause, object_: Span, after: Span) -> Span:
    """Where sums may stand: "plans to invest $145 million to acquire" has them before the verb."""
    start = min(object_.start, clause.chunk.span.start)
    for above in clause.governors():
        if above.lemma in ("invest", "pay", "spend", "agree", "offer"):
            start = min(start, above.chunk.span.start)
    return Span(start, after.end)


def _selling(sentence: Sentence, clause: Clause) -> Draft | None:
    object_, after = _regions(sentence, clause)
    if ownership.trades_goods(sentence, object_):
        return None
    draft = Draft(EventType.ACQUISITION, sentence, clause.chunk.span, clause)
    draft.reach = _reach(sentence, clause, object_, after)
    draft.add_all("seller", _actors(sentence, clause)[:3])
    taken = {a.entity for a in draft.arguments}
    buyers = ownership.buyers_after(sentence, after, "to")
    if clause.verb.passive:
        draft.drop("seller")
        draft.add_all("seller", ownership.buyers_after(sentence, after, "by"))
    draft.add_all("acquirer", [m for m in buyers if m.entity not in taken])
    if len(clause.objects) > 1 and clause.objects[0].chunk.is_pronoun:
        # "sold it the coal business": the first object takes.
        draft.add_all("acquirer", slots.subject_parties(sentence, [clause.objects[0].chunk])[:1])
    _fill_what(draft, object_)
    ownership.fill_sums(draft, _whole(sentence, clause, object_, after))
    return ownership.finish(draft)


# "The deal takes its stake to 91.3%": the deal told before, and nobody's purchase.
_DEAL = re.compile(
    r"(?:the|this|that) (?:deal|transaction|purchase|acquisition|agreement|move|sale)"
)


def _takes_stake(sentence: Sentence, clause: Clause) -> bool:
    if clause.subject is not None and _DEAL.fullmatch(clause.subject.chunk.lower):
        return False
    words = sentence.tail(clause).of(sentence.analysis.text)[:160].lower()
    named = sentence.mentions_in(sentence.tail(clause), MentionType.ORGANISATION, MentionType.SITE)
    if "interest rate" in words or not re.search(r"\b(?:in|of|over)\b", words):
        return False
    if clause.lemma == "take" and re.match(
        r"(?:\w+\s){0,2}?(?:takes?|took|taken|taking) over\b", words
    ):
        return bool(named)
    if re.search(r"\bcontrol of\b", words[:60]):
        return bool(named)
    if clause.lemma in ("assume", "gain", "win", "wrest"):
        return False
    share = sentence.quantities_in(sentence.tail(clause), QuantityKind.PERCENT)
    stake = r"\b(?:stake|position|interest|shareholding|share of|holding)\b"
    given = named or share or ownership.IN_IT.search(words[:80])
    return bool(re.search(stake, words[:80])) and bool(given)


def _merger(sentence: Sentence, clause: Clause) -> Draft | None:
    after = Span(clause.chunk.span.end, sentence.tail(clause).end)
    sides = fill.distinct(
        [*_actors(sentence, clause), *ownership.buyers_after(sentence, after, "with", "into")]
    )
    sides = [m for m in sides if m.type is MentionType.ORGANISATION]
    if len(sides) < 2:
        return None
    draft = Draft(EventType.ACQUISITION, sentence, clause.chunk.span, clause)
    draft.add("acquirer", sides[0])
    draft.add("target", sides[1])
    ownership.fill_sums(draft, after)
    return ownership.finish(draft)


def _pays(sentence: Sentence, clause: Clause) -> Draft | None:
    """ "is paying $210 million for an interest in X"."""
    after = Span(clause.chunk.span.end, sentence.tail(clause).end)
    sums = sentence.quantities_in(after, QuantityKind.MONEY)
    match = _PAYS_FOR.search(sentence.analysis.text, after.start, after.end)
    if not sums or match is None or match.start() < sums[0].span.start:
        return None
    draft = Draft(EventType.ACQUISITION, sentence, clause.chunk.span, clause)
    draft.add_all("acquirer", _actors(sentence, clause)[:2])
    draft.add("value", sums[0])
    object_ = Span(match.start(), after.end)
    draft.add_all("seller", ownership.buyers_after(sentence, object_, "from"))
    ownership.fill_objects(draft, object_, preps=("for",))
    ownership.fill_sums(draft, object_)
    return ownership.finish(draft)


def _bids(sentence: Sentence, clause: Clause) -> Draft | None:
    """ "offered C$1.5 billion for Nevsun": a sum for a company or a mine."""
    after = Span(clause.chunk.span.end, sentence.tail(clause).end)
    sums = sentence.quantities_in(after, QuantityKind.MONEY)
    aimed = ownership.buyers_after(sentence, after, "for")
    sites = [
        s.mention for s in slots.slots(sentence, after, MentionType.SITE) if s.prep in ("for", "of")
    ]
    if not sums or not (aimed or sites) or clause.objects == []:
        return None
    draft = Draft(EventType.ACQUISITION, sentence, clause.chunk.span, clause)
    draft.add_all("acquirer", _actors(sentence, clause)[:3])
    draft.add("value", sums[0])
    firms = [m for m in aimed if m.type is MentionType.ORGANISATION]
    draft.add_all("target", firms[:1])
    draft.add_all("asset", [] if firms else sites[:1])
    if not draft.has("acquirer"):
        return None
    return ownership.finish(draft)


def _by_anaphor(sentence: Sentence) -> Iterator[Draft]:
    match = sentence.locate(_ANAPHOR)
    if match is None:
        return
    trigger = Span(match.start(), match.end())
    clause = sentence.clause_of(trigger)
    draft = Draft(EventType.ACQUISITION, sentence, trigger, clause, anaphoric=True)
    ownership.fill_sums(draft, fill.scope(draft))
    if re.search(r"\b(?:clos|complet)\w+", sentence.text):
        fill.fill_date(draft)
    yield draft
