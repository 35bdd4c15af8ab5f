"""Joint ventures and partnerships: who works together, on what, with which shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.analysis import PARTY, Sentence
from lodewire.extraction.drafts import SHARE, Draft
from lodewire.extraction.frames import fill, ownership, slots, telling
from lodewire.extraction.frames.pacts import Pact, PactKind, find_pacts
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import any_of, sought
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind, Status

_JOIN = frozenset("partner team cooperate co-operate collaborate ally join".split())
_BUILD = frozenset("build develop construct process set study evaluate run operate invest".split())
_HALVES = sought(
    r"\b(?:each (?:holding|owning|with|taking)|half each|equal (?:shares|stakes|partners)|50 ?% each)\b"
)
_EXPLORING = re.compile(r"\b(?:explor(?:e|ing|ation)|prospect(?:ing)?)\b", re.IGNORECASE)
_MERGING = sought(r"\b(?:scrip|all-share|all-stock|all-paper|share swap|merger)\b")
_POOL = re.compile(r"\b(?:work|efforts|resources|businesses|operations|assets|into a|venture)\b")
_PARTNERS = re.compile(
    r"\b(?:are|is|be|as|become|became|been)\s(?:already\s|also\s|now\s)?(?:its\s|their\s|the\s|a\s)?"
    r"(?:[a-z]+\s)?(?:joint[- ]venture\s)?partners?\b"
)
_SHARE_WORD = re.compile(
    r"\b(?:stake|interest|own|owns|owned|hold|holds|gets|get|have|share|earn|shareholding|"
    r"contribut\w+|%[- ]owned)\b",
    re.IGNORECASE,
)
_RATIO = sought(r"\b\d{2}(?:\.\d+)?[:/]\d{2}(?:\.\d+)?\b|\b50-50\b")
_ASSET = re.compile(
    r"\b(?:project|mine|smelter|plant|refinery|deposit|facility|factory|terminal|complex|park|hub|"
    r"gigafactory|converter|mill)s?\b"
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield ventures told by a noun (a joint venture), a verb (to partner), or "are partners"."""
    told = False
    for pact in find_pacts(sentence):
        if pact.kind is PactKind.VENTURE and _is_told(pact) and not _farms_in(pact):
            draft = _draft(sentence, pact.noun, pact.clause, pact.sides, pact)
            if draft is not None and not _WHEN_EARNED.match(sentence.text):
                draft.anaphoric = sentence.index > 0 and _UNDER.match(sentence.text) is not None
                told = True
                yield draft
    if not told:
        for clause in sentence.clauses:
            draft = _by_verb(sentence, clause)
            if draft is not None:
                told = True
                yield draft
                break
    if not told:
        plain = _plain(sentence) if telling.ground(sentence) is None else None
        if plain is not None:
            yield plain
            return
        yield from _shares(sentence)
        yield from _terms(sentence)


_FARM_IN = re.compile(
    r"\b(?:farm|earn)[- ]?(?:in|out|down)s?\b[^.;,]{0,24}$|\b(?:farm|earn)[- ]?in\b", re.IGNORECASE
)


def _farms_in(pact: Pact) -> bool:
    """ "a farm-in and joint venture agreement": over ground to be explored, told as such."""
    text = pact.sentence.analysis.text
    start = max(pact.sentence.span.start, pact.noun.start - 50)
    return _FARM_IN.search(text[start : pact.noun.start]) is not None


def _plain(sentence: Sentence) -> Draft | None:
    """What the words around the names tell where no clause does: headlines, ellipses."""
    told = telling.venture(sentence)
    if told is None:
        return None
    trigger, sides, status = told
    draft = Draft(EventType.JOINT_VENTURE, sentence, trigger, sentence.clause_of(trigger))
    draft.confidence, draft.status = 0.6, status
    words = sentence.analysis.text[trigger.end : trigger.end + 90]
    if _HOLDING.match(trigger.of(sentence.analysis.text)) and _THE_VENTURE.search(words):
        draft.anaphoric = sentence.index > 0  # who holds what of a venture told before
    draft.add_all("party", sides)
    return fill_terms(draft)


_HOLDING = re.compile(r"(?:hold|own|take|have|control)", re.IGNORECASE)
_THE_VENTURE = re.compile(r"\bthe (?:joint |new )?(?:venture|company|JV|partnership|business)\b")
_WHEN_EARNED = re.compile(r"(?:when|once|if|after|should)\b.{0,90}\bearn", re.IGNORECASE)
_UNDER = re.compile(
    r"(?:\d+\. )?(?:under|in) (?:the|this|that) (?:\w+ )?(?:agreement|memorandum|deal|pact|MoU|accord|partnership)\b",
    re.I,
)
_AIMING = frozenset("aim plan intend hope expect seek".split())
_MAKING = frozenset("form establish set create launch found sign agree".split())


_BY_ITSELF = _JOIN | _BUILD | _MAKING | {"be", "become", "pool", "combine", "merge"}
_JOINTLY_SAID = re.compile(r"\bjointly\b|\btogether\b")
_JOINTLY = any_of(("jointly", "together"))


def _is_told(pact: Pact) -> bool:
    """Tell whether a venture is made or ended here; one that stands is only mentioned.

    "Sharara, run by Akakus, a venture of NOC with Repsol" says who owns it, no more.
    """
    if pact.signed or any(c.lemma in _MAKING for c in pact.sentence.clauses):
        return True
    clause = pact.clause
    if clause is None and any(c.verb.future for c in pact.sentence.clauses):
        return True  # "In partnership with Codelco, Rio Tinto will develop"
    aims = clause is not None and clause.lemma in _AIMING
    if aims and len(pact.sides) > 1:
        return True  # "A partnership between A and B aims to produce lithium"
    if clause is None or clause.verb.modal == "would":
        return False  # "A deal between Washington and Beijing would help metals"
    return clause.verb.future or clause.lemma == "become"


def _by_verb(sentence: Sentence, clause: Clause) -> Draft | None:
    if clause.lemma not in _BY_ITSELF and not (_plans(clause) and sentence.may_hold(_JOINTLY)):
        return None  # nearly every clause: before its words are looked at
    words = sentence.reach(clause).of(sentence.analysis.text) + " "
    partners = clause.lemma in ("be", "become") and _PARTNERS.search(words) is not None
    company = clause.lemma in _MAKING and sentence.find(_RATIO) is not None
    jointly = _plans(clause) and _JOINTLY_SAID.search(words) is not None
    active = clause.lemma in _BUILD and not clause.verb.passive
    builds = active and clause.objects and any(clause.with_prep("with"))
    if clause.lemma in _BUILD and clause.verb.future and sentence.find(_HALVES):
        jointly = True
    pooled = clause.lemma in ("pool", "combine", "merge") and _POOL.search(words) is not None
    if not (clause.lemma in _JOIN or partners or jointly or builds or company or pooled):
        return None
    if clause.lemma == "join" and not re.search(r"\bforces\b|\bhands\b", words):
        return None
    if _EXPLORING.search(words) or sentence.find(_MERGING):
        return None  # the frames of exploration and acquisition tell it
    sides = _partners(sentence, clause) if partners else _sides(sentence, clause)
    if len(sides) < 2:
        sides = _partners(sentence, clause)
    if any(sentence.analysis.kind_of(m) == "international" for m in sides):
        return None  # "OPEC+, which brings together OPEC, Russia and others"
    if builds and len([m for m in sides if m.type is MentionType.ORGANISATION]) < 2:
        return None
    draft = _draft(sentence, clause.chunk.span, clause, sides, None)
    if draft is not None and (partners or (builds and clause.verb.form == "G")):
        draft.status = None if clause.verb.modal else Status.IN_FORCE
    return draft


def _sides(sentence: Sentence, clause: Clause) -> list[Mention]:
    sides: list[Mention] = []
    for above in (clause, *clause.governors()):
        actor = above.agent
        if actor is not None and not sides:
            sides.extend(slots.subject_parties(sentence, actor.chunks))
    after = Span(clause.chunk.span.end, sentence.tail(clause).end)
    sides.extend(slots.parties(sentence, after, "with", "alongside", "between"))
    return fill.distinct(sides)


def _plans(clause: Clause) -> bool:
    """What firms do together is a venture where it lies ahead or goes on."""
    verb = clause.verb
    return verb.future or verb.infinitive or verb.form == "G" or clause.lemma in _BUILD


def _partners(sentence: Sentence, clause: Clause) -> list[Mention]:
    """ "said that B and others would be its partners": everyone who acts up to the verb."""
    before = Span(sentence.span.start, clause.chunk.span.start)
    sides = [s for s in slots.slots(sentence, before, *PARTY) if not s.aside]
    acting = [s for s in sides if s.prep in ("", "and") and not s.owner]
    after = Span(clause.chunk.span.end, sentence.tail(clause).end)
    found = slots.heads(sentence, acting)
    referent = [] if len(found) > 1 else _sides(sentence, clause)
    return fill.distinct([*found, *referent, *slots.parties(sentence, after, "with", "of")])


def _draft(
    sentence: Sentence,
    trigger: Span,
    clause: Clause | None,
    sides: Sequence[Mention],
    pact: Pact | None,
) -> Draft | None:
    named = sides if pact is None else [m for m in sides if not _own_name(sentence, m, pact)]
    if len(named) < 2:
        return None
    draft = Draft(EventType.JOINT_VENTURE, sentence, trigger, clause)
    draft.add_all("party", named)
    return fill_terms(draft)


def fill_terms(draft: Draft) -> Draft:
    _fill_asset(draft)
    _fill_stakes(draft)
    _fill_worth(draft)
    ownership.fill_metal(draft, document=False)
    ownership.fill_day(draft)
    fill.fill_country(draft)
    return draft


def _own_name(sentence: Sentence, mention: Mention, pact: Pact) -> bool:
    """ "a venture called Rakkuri Iron": the venture is no party to itself."""
    text = sentence.analysis.text
    before = text[max(0, mention.span.start - 24) : mention.span.start]
    return bool(re.search(r"\b(?:called|named|dubbed|known as)\s\W?$", before))


def _fill_asset(draft: Draft) -> None:
    sentence = draft.sentence
    words = _works(sentence, draft.trigger.start)
    site = fill.sites_near(sentence, fill.scope(draft), draft.trigger)
    # "where they are partners in a nickel sulphate project": what follows, not where it stands.
    behind = site is not None and site.span.end < draft.trigger.start
    if site is not None and (words is None or not behind):
        draft.add("asset", site)
    elif words is not None:
        draft.add("asset", words)


def _works(sentence: Sentence, start: int) -> Span | None:
    """The works that the venture is for, as the words say: "nickel sulphate project"."""
    match = _ASSET.search(sentence.analysis.text, start, sentence.span.end)
    chunk = sentence.chunk_at(match.start()) if match is not None else None
    if match is None or chunk is None or chunk.span.start < start:
        return None
    first = next((t for t in chunk.tokens if t.tag not in (Tag.DET, Tag.POSS)), chunk.tokens[0])
    begin = first.span.start
    for token in chunk.tokens:
        if token.tag is Tag.POSS and token.span.end < match.start():
            begin = token.span.end + 1  # "Europe's [first lithium refinery]"
    return Span(begin, match.end())


def _fill_stakes(draft: Draft) -> None:
    sentence = draft.sentence
    ratio = sentence.locate(_RATIO)
    if ratio is not None:
        draft.add("stake", Span(ratio.start(), ratio.end()))
    for quantity in sentence.quantities_in(sentence.span, *SHARE):
        if _is_share(sentence, quantity):
            draft.add("stake", quantity)


_WORTH = re.compile(
    r"\b(?:costing|worth|valued at|invest(?:ing|ment)?(?: of)?|capital(?: of)?|total(?:ling|ing)?|"
    r"cost(?:s)?(?: of)?|put(?:ting)? in|contribut\w+|budget of|estimated at|for)\s"
    r"(?:an? |about |around |up to |some |nearly |over |more than |estimated |initial |total |of )*$"
)


def _fill_worth(draft: Draft) -> None:
    """The sum that the venture costs: inside its own phrase, or behind "costing", "worth"."""
    sentence, text = draft.sentence, draft.sentence.analysis.text
    chunk = sentence.chunk_at(draft.trigger.start)
    for quantity in sentence.quantities_in(fill.scope(draft), QuantityKind.MONEY):
        inside = chunk is not None and chunk.span.covers(quantity.span)
        before = text[max(sentence.span.start, quantity.span.start - 44) : quantity.span.start]
        if inside or _WORTH.search(before):
            draft.add("value", quantity)
            return


def _is_share(sentence: Sentence, quantity: Quantity) -> bool:
    text = sentence.analysis.text
    start = max(sentence.span.start, quantity.span.start - 25)
    around = text[start : min(sentence.span.end, quantity.span.end + 30)]
    return bool(_SHARE_WORD.search(around))


_HOLDS = frozenset("own hold have get take control retain receive contribute".split())


def _shares(sentence: Sentence) -> Iterator[Draft]:
    """ "EVE is to own 17%, Yongrui 31%": who holds what joins the venture told before."""
    shares = sentence.quantities_in(sentence.span, QuantityKind.PERCENT)
    holders = [c for c in sentence.clauses if c.lemma in _HOLDS and c.subject is not None]
    if not shares or not holders:
        return
    first = holders[0]
    if sentence.quantities_in(first.subject.chunk.span) if first.subject else True:
        return
    named = [
        s.mention
        for s in slots.slots(sentence, sentence.span, MentionType.ORGANISATION)
        if s.prep == "" and not s.aside and slots.is_actor(sentence, s.mention)
    ]
    standing = re.search(r"\b(?:already|currently|owns|owned by|holds)\b", sentence.text)
    whole = re.search(
        r"\bof the (?:\w+ )?(?:venture|company|JV|project|partnership)\b", sentence.text
    )
    if not named or (standing and len(shares) < 2) or (len(named) < 2 and not whole):
        return
    if re.search(r"\bstakes? in [A-Z]", sentence.text):
        return
    draft = Draft(EventType.JOINT_VENTURE, sentence, first.chunk.span, first, anaphoric=True)
    draft.add_all("party", fill.distinct(named))
    for quantity in shares:
        draft.add("stake", quantity)
    yield draft


_PUTS_IN = frozenset("contribute invest put commit pay inject".split())
_HALF = re.compile(r"\bfor (?:a )?(?P<stake>half(?: share| stake| interest)?|[\w.]+ ?%)")


def _terms(sentence: Sentence) -> Iterator[Draft]:
    """ "Under the accord it was to contribute $490 million for a half share"."""
    for clause in sentence.clauses:
        if clause.lemma not in _PUTS_IN or not sentence.find(_PACT):
            continue
        tail = sentence.tail(clause)
        sums = sentence.quantities_in(tail, QuantityKind.MONEY)
        if not sums or slots.parties(sentence, tail, "in"):
            continue  # "will invest $126 million in X": shares of X, not the venture
        draft = Draft(EventType.JOINT_VENTURE, sentence, clause.chunk.span, clause, anaphoric=True)
        draft.add("value", sums[0])
        half = _HALF.search(sentence.analysis.text, sums[0].span.end, sentence.span.end)
        if half is not None:
            draft.add("stake", Span(half.start("stake"), half.end("stake")))
        yield draft
        return


_PACT = sought(
    r"\b(?:the|that) (?:\w+ )?(?:accord|deal|agreement|venture|partnership|JV|pact)\b|"
    r"\bover (?:the next )?\w+ years\b"
)
