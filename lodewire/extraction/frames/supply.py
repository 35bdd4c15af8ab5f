"""Supply agreements: who supplies whom with what, how much, for how long, from where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import PARTY, Sentence
from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames import loose, slots, supply_terms
from lodewire.extraction.frames.giving import chain_step, first_gives
from lodewire.extraction.frames.pacts import AWARDING, Pact, PactKind, find_pacts
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind, Status

_GIVE = frozenset("supply deliver provide ship sell furnish export".split())
_TAKE = frozenset("buy purchase take receive source import offtake procure".split())
_TOLL = frozenset("process treat refine smelt convert toll".split())
_PACT_WORD = sought(
    r"\b(?:agreements?|deals?|contracts?|memorandum|MoU|MOU|off-?take|tolling|pact|terms|SPA|PPA|"
    r"arrangement|entitled|right)\b"
)
_GIVES_AFTER = re.compile(
    r"\bto (?:supply|sell|deliver|provide|ship|export)\b|"
    r"\bfor (?:sale|delivery|supply) to\b|\bto (?:process|toll|refine)\b"
)
_TAKES_AFTER = re.compile(
    r"\bto (?:buy|purchase|source|receive|take|import|secure|off-?take)\b|"
    r"\bfor the purchase of\b|\bfor (?:supplies|feedstock|feed)\b"
)
_POWER = re.compile(r"\b(?:power|electricity|PPA)\b")


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield supply deals told by a noun (offtake agreement) or by a verb of giving and taking.

    Terms in a sentence of their own ("the deal runs for five years") join the deal before.
    """
    pacts = [p for p in find_pacts(sentence) if p.kind in (PactKind.SUPPLY, PactKind.OPEN)]
    found: list[Draft] = []
    for clause in sentence.clauses:
        draft = _by_verb(sentence, clause) or _by_deliveries(sentence, clause)
        draft = draft or _by_flow(sentence, clause)
        if draft is not None:
            found.append(draft)
    for pact in pacts:
        found.extend(_by_pact(pact))
    plain = None if found else supply_terms.told_plainly(sentence)
    if plain is not None:
        found.append(plain)
    if found:
        yield from found
        return
    named = list(_by_anaphor(sentence))
    vague = None if named else loose.goods(sentence)
    done = supply_terms.fill_terms(vague, sentence.span) if vague is not None else None
    yield from named if done is None else [done]


_ANAPHOR = sought(
    r"\b(?:[Tt]he|[Tt]his|[Uu]nder the)\s(?:[\w-]+\s){0,3}?(?P<noun>agreements?|deals?|"
    r"contracts?|supply|deliver(?:y|ies)|off-?takes?|term|shipments?|MoU|memorandum|arrangements?|"
    r"volumes?)\b|\b(?P<bare>[Dd]eliver(?:y|ies)|[Ss]hipments?|[Ss]upplies)\b (?:will|would|are|should|is)"
)


def _by_anaphor(sentence: Sentence) -> Iterator[Draft]:
    match = sentence.locate(_ANAPHOR)
    if match is None:
        return
    trigger = Span(match.start(), match.end())
    clause = sentence.clause_of(trigger)
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, trigger, clause, anaphoric=True)
    if sentence.find(_ORDER):
        supply_terms.fill_volume(draft, sentence.span)
    supply_terms.fill_term(draft, sentence.span)
    source = [s.mention for s in slots.slots(sentence, sentence.span, MentionType.SITE)]
    draft.add("site", source[0] if source else None)
    supply_terms.fill_first_delivery(draft)
    if draft.arguments:
        yield draft


_ORDER = sought(r"\b(?:supply|deliver|offtake|off-take|take|purchase|sale|cover|foresee|buy)")


_OWNING = re.compile(r"\b(?:ownership|control) (?:of|over)\b")


def _by_pact(pact: Pact) -> Iterator[Draft]:
    tentative = pact.kind is PactKind.OPEN and not _speaks_of_goods(pact)
    if tentative and not (pact.signed and pact.left and pact.right):
        return
    if tentative and _OWNING.search(pact.after.of(pact.sentence.analysis.text)[:120]):
        return  # "an agreement that would give it full ownership of": no goods
    left = [m for m in pact.left if m.type is MentionType.ORGANISATION] or pact.left
    right = [m for m in pact.right if m.type is MentionType.ORGANISATION] or pact.right
    if not left and len(right) > 1:
        left, right = right[:1], right[1:]
    elif len(left) == 2 and not right and not pact.plural:
        left, right = left[:1], left[1:]
    each = [[m] for m in right] if pact.plural and left else [right]
    for others in each or [[]]:
        draft = _pact_draft(pact, left, others)
        if draft is not None:
            draft.tentative = tentative
            yield draft


def _speaks_of_goods(pact: Pact) -> bool:
    """Tell whether "a deal" without more is about goods: a tonnage or a commodity behind "for"."""
    sentence = pact.sentence
    words = pact.after.of(sentence.analysis.text)
    if re.search(r"\b(?:stake|interest|shares|merger|acqui\w+|ownership)\b", words[:120]):
        return False
    if supply_terms.GOODS_FOR.search(words[:120]):
        return True
    covers = pact.clause is not None and pact.clause.lemma in _COVERING
    if covers and sentence.mentions_in(pact.after, MentionType.COMMODITY):
        return True
    tonnage = sentence.quantities_in(pact.after, *TONNAGE)
    goods = [
        s
        for s in slots.slots(sentence, pact.after, MentionType.COMMODITY, MentionType.PRODUCT)
        if s.prep in ("for", "of")
    ]
    return bool(tonnage or goods) or (
        bool(pact.right) and _long_deal(sentence, pact.noun) and _names_goods(sentence)
    )


_COVERING = frozenset("cover include involve concern comprise encompass".split())


def _long_deal(sentence: Sentence, noun: Span) -> bool:
    chunk = sentence.chunk_at(noun.start)
    return chunk is not None and bool(re.search(r"long[- ]term|\w+-year|multi-?year", chunk.lower))


def _names_goods(sentence: Sentence) -> bool:
    return bool(sentence.mentions_in(sentence.span, MentionType.COMMODITY))


def _pact_draft(pact: Pact, left: list[Mention], right: list[Mention]) -> Draft | None:
    sentence = pact.sentence
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, pact.noun, pact.clause)
    if pact.clause is None:
        draft.clause = sentence.clause_of(pact.noun)
    buyers = slots.parties(sentence, pact.after, "to")
    sellers = slots.parties(sentence, pact.after, "from")
    gives = _left_gives(pact, left, right, buyers, sellers)
    taken = {m.entity for m in left}
    draft.add_all("supplier" if gives else "buyer", left[:2])
    draft.add_all("buyer" if gives else "supplier", right[:2])
    if gives or not draft.has("buyer"):
        draft.add_all("buyer", [m for m in buyers if m.entity not in taken][:1])
    if not (draft.has("supplier") or draft.has("buyer")):
        return None
    return supply_terms.fill_terms(draft, _reach(pact))


def _reach(pact: Pact) -> Span:
    """The words that may tell the pact's terms: its own, and the whole after "Under the … deal"."""
    sentence = pact.sentence
    chunk = sentence.chunk_at(pact.noun.start)
    start = chunk.span.start if chunk is not None else pact.noun.start
    if not pact.signed and pact.clause is not None:
        return Span(start, sentence.tail(pact.clause).end)
    return Span(start, pact.after.end if pact.signed else sentence.span.end)


def _left_gives(
    pact: Pact,
    left: list[Mention],
    right: list[Mention],
    buyers: list[Mention],
    sellers: list[Mention],
) -> bool:
    """Tell whether the left side supplies: by verbs, prepositions, then by what the parties are."""
    sentence = pact.sentence
    words = pact.after.of(sentence.analysis.text)
    if pact.clause is not None and pact.clause.lemma in AWARDING:
        return pact.clause.verb.passive  # who awards buys
    told = _by_relative_clause(pact, left, right)
    if told is not None:
        return told
    if _wins(pact):
        return True
    if _POWER.search(words[:60]) or _POWER.search(_chunk_words(pact)):
        return sentence.analysis.kind_of(left[0]) in ("utility", "renewables") if left else True
    if _GIVES_AFTER.search(words[:90]):
        return True
    if _TAKES_AFTER.search(words[:90]) or sellers or _FOR_OWN.search(words[:60]):
        return False
    if buyers:
        return True
    if left:
        judged = first_gives(sentence.analysis, left[0], right[0] if right else None)
        return judged if judged is not None else True
    step = chain_step(sentence.analysis, right[0]) if right else None
    return step is None or step > 1


_FOR_OWN = re.compile(
    r"\bfor (?:its|their) (?:[\w.-]+ ){0,3}(?:plants?|factor(?:y|ies)|smelters?|refiner(?:y|ies)|works|"
    r"mills?|batter(?:y|ies)|vehicles|cars|gigafactor(?:y|ies)|reactors?|customers)\b"
)


def _chunk_words(pact: Pact) -> str:
    chunk = pact.sentence.chunk_at(pact.noun.start)
    return chunk.lower if chunk is not None else ""


def _wins(pact: Pact) -> bool:
    """ "won a contract", "was awarded a contract": the winner supplies."""
    return pact.clause is not None and pact.clause.lemma == "win"


def _by_relative_clause(pact: Pact, left: list[Mention], right: list[Mention]) -> bool | None:
    """ "under which the miner will provide …": the subject of the verb of giving or taking."""
    sentence = pact.sentence
    for clause in sentence.clauses:
        if clause.chunk.span.start < pact.noun.end or clause.subject is None or clause.inherited:
            continue
        if clause.lemma not in _GIVE | _TAKE or clause.verb.passive:
            continue
        named = slots.subject_parties(sentence, clause.subject.chunks)
        entity = named[0].entity if named else None
        gives = clause.lemma in _GIVE
        if entity in {m.entity for m in left}:
            return gives
        if entity in {m.entity for m in right}:
            return not gives
    return None


def _by_verb(sentence: Sentence, clause: Clause) -> Draft | None:
    gives, takes = clause.lemma in _GIVE, clause.lemma in _TAKE
    tolls = clause.lemma in _TOLL and re.search(r"\btoll", sentence.text) is not None
    if takes and loose.is_idle(sentence, clause):
        return None
    if not (gives or takes or tolls) or not _is_promise(sentence, clause):
        return None
    tail = Span(clause.chunk.span.end, sentence.tail(clause).end)
    actors = _actors(sentence, clause)
    vague = takes or clause.lemma in ("sell", "provide", "ship", "export")
    if vague and not _moves_goods(sentence, clause, tail):
        return None
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, clause.chunk.span, clause)
    if takes:
        draft.add_all("buyer", actors)
        draft.add_all("supplier", _companies(slots.parties(sentence, tail, "from")))
    else:
        draft.add_all("supplier", actors)
        taken = {m.entity for m in actors}
        receivers = _receivers(sentence, clause, tail, tolls)
        draft.add_all("buyer", [m for m in receivers if m.entity not in taken][:2])
    source = [s.mention for s in slots.slots(sentence, tail, MentionType.SITE) if s.prep == "from"]
    if not draft.has("supplier", "buyer") and not source:
        return None
    if clause.lemma in ("ship", "export", "provide") and len(draft.arguments) < 2:
        return None
    one_sided = len(draft.arguments) < 2 and not source
    if one_sided and not (sentence.quantities_in(tail, *TONNAGE) or _has_terms(sentence, tail)):
        return None
    return supply_terms.fill_terms(draft, Span(sentence.reach(clause).start, tail.end))


_DELIVERIES = re.compile(r"\b(?:deliver(?:y|ies)|shipments?|supplies|supply) of\b")


def _by_deliveries(sentence: Sentence, clause: Clause) -> Draft | None:
    """ "has begun deliveries of NdPr metal to General Motors"."""
    if clause.lemma not in ("begin", "start", "resume", "commence", "make", "stop", "suspend"):
        return None
    tail = Span(clause.chunk.span.end, sentence.tail(clause).end)
    if not _DELIVERIES.match(tail.of(sentence.analysis.text)[:60].lstrip().removeprefix("first ")):
        return None
    actors, buyers = _actors(sentence, clause), _companies(slots.parties(sentence, tail, "to"))
    if not actors or not buyers:
        return None
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, clause.chunk.span, clause)
    draft.add_all("supplier", actors)
    draft.add_all("buyer", buyers)
    if clause.lemma not in ("stop", "suspend") and not clause.verb.modal:
        draft.status = Status.IN_FORCE
    return supply_terms.fill_terms(draft, tail)


def _has_terms(sentence: Sentence, tail: Span) -> bool:
    """ "will supply undisclosed volumes for three years", "… from its plants in Australia"."""
    words = tail.of(sentence.analysis.text)
    if sentence.find(_PACT_WORD) or "agree" in sentence.text:
        share = supply_terms.ALL_OF.pattern.search(sentence.analysis.text, tail.start, tail.end)
        if share is not None:
            return True
    lasting = re.search(
        r"\bfor (?:[\w-]+ ){1,3}years?\b|\bundisclosed (?:volume|quantit|amount)", words
    )
    return bool(
        lasting or re.search(r"\bfrom (?:its|the) (?:[\w-]+ ){0,3}(?:mines?|plants?)", words)
    )


_GOING = frozenset("come go flow".split())
_FLOW = re.compile(
    r"\b(?:suppl(?:y|ies)|deliver(?:y|ies)|shipments?|volumes?|output|feed(?:stock)?)\b"
)


def _by_flow(sentence: Sentence, clause: Clause) -> Draft | None:
    """ "Supplies of graphite to Tesla will come from Syrah under an offtake agreement"."""
    subject = clause.subject
    if clause.lemma not in _GOING or subject is None or not _is_promise(sentence, clause):
        return None
    whole = Span(subject.chunk.span.start, sentence.tail(clause).end)
    words = subject.chunk.lower
    if not (_FLOW.search(words) or sentence.mentions_in(subject.chunk.span, MentionType.COMMODITY)):
        return None
    if sentence.quantities_in(whole, QuantityKind.MONEY):
        return None
    buyers = _companies(slots.parties(sentence, whole, "to"))
    suppliers = _companies(slots.parties(sentence, whole, "from"))
    if not (buyers and suppliers) and not (sentence.find(_PACT_WORD) and buyers):
        return None
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, clause.chunk.span, clause)
    draft.add_all("supplier", suppliers)
    draft.add_all("buyer", buyers)
    return supply_terms.fill_terms(draft, whole)


def _actors(sentence: Sentence, clause: Clause) -> list[Mention]:
    agent = clause.agent
    return slots.subject_parties(sentence, agent.chunks)[:4] if agent is not None else []


def _companies(found: list[Mention]) -> list[Mention]:
    return [m for m in found if m.type is MentionType.ORGANISATION][:2]


def _receivers(sentence: Sentence, clause: Clause, tail: Span, tolls: bool) -> list[Mention]:
    preps = ("for",) if tolls else ("to",)
    found = slots.parties(sentence, tail, *preps)
    if clause.lemma in ("supply", "provide") and clause.objects and not found:
        found = slots.heads(
            sentence,
            slots.slots(sentence, clause.objects[0].chunk.span, *PARTY),
        )
    if clause.verb.passive and not found and tolls:
        found = slots.parties(sentence, tail, "for")
    if clause.verb.passive and not found and clause.subject is not None:
        # "General Motors will be supplied with lithium by Livent".
        found = slots.subject_parties(sentence, clause.subject.chunks)
    if not found and sentence.find(_PACT_WORD):
        found = slots.parties(sentence, sentence.span, "with")
    return [m for m in found if m.type is MentionType.ORGANISATION] or found


def _is_promise(sentence: Sentence, clause: Clause) -> bool:
    """A supply deal is promised ("will", "is to", "agreed to") or named as one; trade is neither."""
    path = [clause, *clause.governors()]
    if any(c.verb.modal in ("will", "would", "shall") or c.verb.infinitive for c in path):
        return True
    if any(c.lemma in ("stop", "begin", "start", "cease", "resume") for c in path):
        return True
    return bool(sentence.find(_PACT_WORD)) or loose.is_spot(sentence, clause)


def _moves_goods(sentence: Sentence, clause: Clause, tail: Span) -> bool:
    """Tell whether what is bought or sold are goods, not a stake or a company."""
    words = tail.of(sentence.analysis.text)
    if re.search(
        r"\b(?:stakes?|interest|shares|equity|% of|per ?cent of|business|unit)\b", words[:70]
    ):
        return False
    if sentence.mentions_in(
        Span(tail.start, min(tail.end, tail.start + 30)), MentionType.SITE
    ) and not sentence.quantities_in(tail, *TONNAGE):
        return False
    reach = sentence.reach(clause)
    return bool(
        sentence.quantities_in(reach, *TONNAGE)
        or sentence.quantities_in(tail, *TONNAGE)
        or sentence.find(supply_terms.ALL_OF)
        or (
            clause.lemma in ("provide", "ship", "export", "sell", "source", "receive")
            and _goods_object(sentence, clause)
        )
    )


def _goods_object(sentence: Sentence, clause: Clause) -> bool:
    phrases = clause.objects[:2] or ([clause.subject] if clause.subject else [])
    return any(
        sentence.mentions_in(c.span, MentionType.COMMODITY, MentionType.PRODUCT)
        or re.search(r"\b(?:concentrate|feedstock|ore|oxide|carbonate|power)\b", c.lower)
        for p in phrases
        for c in p.chunks
    )
