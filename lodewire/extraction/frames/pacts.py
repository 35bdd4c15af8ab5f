"""Pacts: agreements, contracts, memoranda and ventures named in a sentence, with their sides.

One reading of "A signs a … with B", "a … between A and B", "the B contract" and "was awarded a … by
B" serves all the types that are told by such nouns; what kind of pact it is, its own words decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames import fill, slots, supply_terms
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType


class PactKind(Enum):
    """What a pact is about."""

    EXPLORATION = "exploration"
    SUPPLY = "supply"
    VENTURE = "venture"
    OPEN = "open"  # "a deal": the words around must tell
    OTHER = "other"  # a loan, a wage agreement, a share purchase: not for these frames


@dataclass(slots=True)
class Pact:
    """A pact in one sentence. ``left`` acts or owns, ``right`` stands after with, between, by.

    ``plural`` tells that each of ``right`` has a pact of its own; ``after`` is the rest of the
    clause behind the noun.
    """

    sentence: Sentence
    noun: Span
    kind: PactKind
    clause: Clause | None
    left: list[Mention]
    right: list[Mention]
    plural: bool
    after: Span
    signed: bool

    @property
    def sides(self) -> list[Mention]:
        """All parties, each once."""
        return fill.distinct([*self.left, *self.right])


_NOUN = sought(
    r"\b(?:(?i:agreements?|deals?|contracts?|frameworks?|memorand(?:um|a)(?: of (?:understanding|"
    r"cooperation|co-operation|agreement|intent))?|pacts?|accords?|letters? of intent|term sheets?|"
    r"heads of (?:agreement|terms)|arrangements?|off-?takes?|earn-?ins?|farm-?ins?|options?|"
    r"joint[- ]ventures?|ventures?|partnerships?|alliances?|consorti(?:um|a)|tie-ups?|collaborations?)|"
    r"[Mm][Oo][Uu]s?|MoC|LO[Ii]|SPAs?|PPAs?|JVs?|award|terms|scopes? of work|protocols?|treaty|treaties)\b"
    r"(?!-)",
)
SIGNING = frozenset(
    "sign agree enter ink strike conclude reach form establish set launch create finalise finalize "
    "secure win award announce execute seal clinch land make have hold obtain negotiate extend "
    "renew complete work seek discuss plan do forge propose unveil get receive amend expand widen "
    "pull withdraw exit quit leave drop walk back dissolve unwind wind put terminate cancel scrap end suspend approve ratify hammer cement close exchange initial".split()
)
_EXPLORE = re.compile(
    r"\b(?:explor(?:e|ing|ation|atory)|prospect(?:ing)?|earn[- ]?ins?|earn (?:up to|an?)|"
    r"farm[- ]?ins?|look for|search\b|hunt\b|option agreement|option (?:to (?:acquire|earn|buy)|over|on)|"
    r"exclusive rights|geological (?:survey|mapping|exploration))\b",
    re.IGNORECASE,
)
_SUPPLY = re.compile(
    r"\b(?:supply(?! chain)|supplies|off-?takes?|tolling|sales?|purchase|feedstock|delivery|deliveries|"
    r"power|electricity|PPA|SPA|marketing|procurement|LNG|gas|concentrate|fuel)\b",
)
_SUPPLY_AFTER = re.compile(
    r"^(?:\W*+\w++){0,9}?\W*\b(?:suppl(?:y(?! chain)|ies|ied|ying)|deliver(?:y|ies|ing)?|sell|process|"
    r"provide|convert|purchase of (?:\d|about|up)|sale of (?:\d|about|up)|off-?take|toll|source)\b",
    re.IGNORECASE,
)
_BUY_GOODS = re.compile(r"\bto (?:buy|purchase|take|receive|import|sell)\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:joint[- ]venture|JVs?|venture|partner(?:ship|ships)?|cooperat\w+|co-operat\w+|alliance|"
    r"collaborat\w+|memorand\w+|MoU|MOU|consorti\w+|tie-up|framework|strategic|letter of intent)\b"
)
_TOGETHER_AFTER = (
    r"\bjoint[- ]venture|\bto (?:co-?operate|collaborate)|\bto (?:jointly )?develop\b|"
    r"\bco-?operation\b|\bcollaboration\b|\btogether\b|\bjoint(?:ly)?\b|"
    r"\bon (?:[\w-]+ ){0,3}(?:minerals?|materials|metals|batter(?:y|ies)|hydrogen|lithium|energy)\b"
)
_OVER_GROUND = re.compile(
    r"\s(?:over|on|to (?:acquire|earn|buy))\b[^.;]{0,60}?\b(?:project|ground|tenements?|licen[cs]es?|"
    r"claims|property|deposit|prospect|interest|%)"
)
_OTHER = re.compile(
    r"\b(?:loans?|credit|financing|funding|invest(?:ment|or)s?|stream(?:ing)?|royalty|grant|subscription|"
    r"facility|wage|labou?r|union|collective|trade|peace|tax|fiscal|lease|licen[cs]e|drilling|"
    r"construction|engineering|EPCM?|services?|confidentiality|non-disclosure|employment|settlement|"
    r"futures|front-month|most[- ]active|forward|merger|takeover|share|asset|equity|arrangement "
    r"agreement|debt|underwriting|placement|nuclear|climate|customs|ceasefire|options? contracts?|"
    r"call|put|stock|water|rail|port|transport|shipping|charter|technical|management|benchmark|"
    r"ceasefire|free[- ]trade|turbine|rig|acquisition)\b",
    re.IGNORECASE,
)
_TAKE_OVER = re.compile(
    r"^(?:\W*+\w++){0,8}?\W*\b(?:to (?:acquire|buy|purchase|sell|take over|divest)|"
    r"for the (?:acquisition|sale|purchase) of|to merge)\b",
    re.IGNORECASE,
)
_DISPUTE = re.compile(r"\b(?:dispute|breach|lawsuit|court|arbitration)\b", re.IGNORECASE)


def find_pacts(sentence: Sentence) -> tuple[Pact, ...]:
    """The pacts of a sentence that have at least one side, in order; worked out once."""
    known = sentence.shared.get(__name__)
    if isinstance(known, tuple):
        return known
    found = sentence.shared[__name__] = tuple(_find(sentence))
    return found


def _find(sentence: Sentence) -> Iterator[Pact]:
    text = sentence.analysis.text
    nouns: dict[int, tuple[Span, Chunk]] = {}
    for match in sentence.locate_all(_NOUN):
        chunk = sentence.chunk_at(match.start())
        accord = text[max(0, match.start() - 4) : match.start()] == "own "
        if chunk is not None and chunk.kind is Kind.NP and not accord:
            # The last noun of a phrase heads it: "off-take [contracts]".
            nouns[chunk.index] = Span(match.start(), match.end()), chunk
    for noun, chunk in nouns.values():
        pact = _pact(sentence, noun, chunk)
        if pact is not None:
            yield pact


def _pact(sentence: Sentence, noun: Span, chunk: Chunk) -> Pact | None:
    text = sentence.analysis.text
    clause = _clause(sentence, chunk)
    after = Span(noun.end, _limit(sentence, clause, chunk.span.end))
    if _is_under(sentence, chunk):
        after = Span(noun.end, sentence.span.end)
    start, end = (at - sentence.span.start for at in (chunk.span.start, noun.end))
    plain = sentence.plain
    kind = _kind(plain[start:end], text[noun.start : noun.end], plain[end : end + 130])
    other = kind is PactKind.OTHER or _DISPUTE.search(chunk.lower)
    if other or _is_modifier(chunk, noun):
        return None
    left, signed = _left(sentence, clause, chunk)
    inside = _inside(sentence, chunk, noun)
    right = slots.parties(sentence, after, "with", "between", "among", "alongside", "by", "from")
    if not left:
        left = _possessor(sentence, chunk)
    if left and inside:
        right = [*inside, *right]
    elif inside:
        left = inside
    if clause is not None and clause.lemma in AWARDING and not clause.verb.passive:
        right = [*_awarded(sentence, clause, chunk), *right]
    of_site = sentence.mentions_in(Span(chunk.span.start, noun.start), MentionType.SITE)
    if kind is PactKind.OPEN and _names_goods(sentence, chunk, noun) and not of_site:
        kind = PactKind.SUPPLY  # "a lithium hydroxide contract"
    if kind is PactKind.OPEN and _between_states(left, right):
        kind = PactKind.VENTURE  # "Washington and Kyiv signed a deal giving access to minerals"
    if len(left) + len(right) < 2:
        left, right = _elsewhere(sentence, noun, left, right)
    taken = {m.entity for m in left}
    right = [m for m in right if m.entity not in taken]
    if not left and not right:
        return None
    plural = bool(re.search(r"s$|memoranda", text[noun.start : noun.end])) and not re.search(
        r"terms$", text[noun.start : noun.end]
    )
    return Pact(sentence, noun, kind, clause, left, right, plural, after, signed)


def _is_modifier(chunk: Chunk, noun: Span) -> bool:
    """ "the joint venture budget", "deal makers": the pact is not what is told."""
    head = chunk.head
    behind = head is not None and head.span.start >= noun.end and head.tag is Tag.NOUN
    return behind and head is not None and head.lower not in _STILL_PACT


_STILL_PACT = frozenset(
    "worth valued talks signing terms agreement agreements deal company".split()
)


def _kind(before: str, noun: str, after: str) -> PactKind:
    """Judge by the noun's own phrase first, then by what follows."""
    own = before[: len(before) - len(noun)] + noun
    if _EXPLORE.search(own):
        return PactKind.EXPLORATION
    if noun.startswith("option") and _OVER_GROUND.match(after):
        return PactKind.EXPLORATION
    if noun in ("award", "terms", "option", "options", "arrangement", "arrangements"):
        return _by_after(after, PactKind.OTHER)
    supply = _SUPPLY.search(own)
    if _OTHER.search(own) and not (supply and re.search(r"off-?take|supply|SPA|PPA", own)):
        return PactKind.OTHER
    if supply and not re.search(r"[Vv]enture|JV", noun):
        return PactKind.OTHER if _buys_whole(own, after) else PactKind.SUPPLY
    if re.search(r"[Vv]enture|JV|partnership|alliance|consorti|tie-up|collaborat", own):
        return PactKind.EXPLORATION if _EXPLORE.search(after[:70]) else PactKind.VENTURE
    together = PactKind.VENTURE if _TOGETHER.search(own) else PactKind.OPEN
    return _by_after(after, together)


_ASIDE = re.compile(r", (?:which|who|whose|the|it|they)\b")


def _by_after(after: str, default: PactKind) -> PactKind:
    near = after[:110]
    if _EXPLORE.search(_ASIDE.split(near)[0]):
        return PactKind.EXPLORATION
    if _TAKE_OVER.search(near) and not _goods(near):
        return PactKind.OTHER
    if (
        _SUPPLY_AFTER.search(near)
        or supply_terms.SHARE_OF_GOODS.search(near)
        or (_BUY_GOODS.search(near) and _goods(near))
    ):
        return PactKind.SUPPLY
    if default is PactKind.OPEN and re.search(_TOGETHER_AFTER, near):
        return PactKind.VENTURE
    return default


_QUANTITY_WORDS = re.compile(
    r"\d[\d,.  ]*(?: ?(?:million|mn|m|k|kilo))?[- ]?(?:t|tonnes?|tons?|mt|lbs?|pounds|kg|ounces|oz|"
    r"barrels|bpd|bcm|mtpa|tpa|t/y|dmt|gwh|mwh|mw)\b|\b(?:output|production|concentrate|cargo(?:es)?|"
    r"volumes?|tonnage|LNG|ore|material|magnets|oxides?|hydroxide|carbonate|sulphate|sulfate|ingots?)\b",
    re.IGNORECASE,
)


def _goods(words: str) -> bool:
    return bool(_QUANTITY_WORDS.search(words)) and not re.search(
        r"\b(?:stake|interest|shares|% of the (?:mine|project|company))\b", words
    )


def _buys_whole(own: str, after: str) -> bool:
    """ "a sale and purchase agreement for its 30% stake" is no supply."""
    if re.search(r"off-?take|supply|tolling", own):
        return False
    return bool(
        re.search(
            r"\b(?:stake|interest|shares|equity|subsidiary|mine|project|assets?|business)\b",
            after[:60],
        )
    )


def _is_under(sentence: Sentence, chunk: Chunk) -> bool:
    """ "Under a contract with Glencore, cobalt will be delivered": its words are all that follow."""
    before = sentence.chunks[chunk.index - 1] if chunk.index else None
    return before is not None and before.lower == "under" and chunk.index <= 2


def _clause(sentence: Sentence, chunk: Chunk) -> Clause | None:
    """The clause of which the noun phrase is object, complement or subject."""
    for clause in sentence.clauses:
        phrases = [*clause.objects, *clause.phrases]
        if any(chunk is c for p in phrases for c in p.chunks):
            return clause
    for clause in sentence.clauses:
        if clause.subject is not None and any(chunk is c for c in clause.subject.chunks):
            return clause
    return None


def _limit(sentence: Sentence, clause: Clause | None, start: int) -> int:
    """Where the pact's own words end: at the next verb of its own, or at the next pact."""
    end = sentence.span.end
    for later in sentence.clauses:
        if later.chunk.span.start <= start or later is clause or later.verb.infinitive:
            continue
        shared = later.inherited and sentence.chunks[later.chunk.index - 1].kind is Kind.CONJ
        if shared or (later.verb.finite and not later.relative and not later.verb.reduced):
            end = later.chunk.span.start
            break
    text = sentence.analysis.text
    beside = _BESIDE.search(text, start, end)
    end = beside.start() if beside is not None else end
    other = _NOUN.pattern.search(sentence.analysis.text, start, end)
    if other is not None and re.search(r"\band\b", sentence.analysis.text[start : other.start()]):
        chunk = sentence.chunk_at(other.start())
        end = chunk.span.start if chunk is not None and chunk.span.start > start else end
    return end


_BESIDE = re.compile(
    r"\band (?:an?|the|its) (?:[\w$.,€£-]+ ){0,4}?(?:investment|loan|financing|facility|placement|"
    r"grant|stake)\b"
)


def _left(sentence: Sentence, clause: Clause | None, chunk: Chunk) -> tuple[list[Mention], bool]:
    """Who signs, and whether the verb is one of signing."""
    if clause is None:
        return [], False
    is_subject = clause.subject is not None and any(chunk is c for c in clause.subject.chunks)
    path = [clause, *clause.governors()]
    signs = any(c.lemma in SIGNING for c in path)
    if is_subject:
        return [], signs and clause.verb.passive
    if not (signs and _is_signed(clause, chunk)):
        return [], False
    for above in path:
        agent = above.subject
        if above.verb.passive and above.lemma not in ("award", "grant", "give", "hand"):
            agent = above.agent
        if agent is not None:
            found = slots.subject_parties(sentence, agent.chunks)
            if found:
                return fill.distinct(found), True
    return [], True


_SIGNED_PREPS = ("", "into", "on", "to", "toward", "towards", "upon", "out", "through", "via")
_LEAVING = frozenset("pull withdraw exit walk back".split())


def _is_signed(clause: Clause, chunk: Chunk) -> bool:
    """Objects are signed; so is what one enters into, agrees on, works towards; not "from offtakes"."""
    for phrase in (*clause.objects, *clause.phrases):
        if any(chunk is c for c in phrase.chunks):
            leaves = clause.lemma in _LEAVING
            return phrase.prep in _SIGNED_PREPS or (leaves and phrase.prep in ("out of", "from"))
    return False


def _inside(sentence: Sentence, chunk: Chunk, noun: Span) -> list[Mention]:
    """ "the Glencore contract", "BHP's deal", "a Tesla-Vale agreement"."""
    span = Span(chunk.span.start, noun.start)
    found = sentence.mentions_in(span, MentionType.ORGANISATION)
    return fill.distinct([m for m in found if slots.is_actor(sentence, m)])


AWARDING = frozenset("award give hand grant".split())


def _awarded(sentence: Sentence, clause: Clause, chunk: Chunk) -> list[Mention]:
    """ "awarded X a five-year contract": the first object gets what the second is."""
    if len(clause.objects) < 2 or clause.objects[0].chunk is chunk:
        return []
    return slots.subject_parties(sentence, clause.objects[0].chunks)


def _between_states(left: list[Mention], right: list[Mention]) -> bool:
    sides = [*left, *right]
    return len(sides) > 1 and all(m.type is MentionType.COUNTRY for m in sides)


def _names_goods(sentence: Sentence, chunk: Chunk, noun: Span) -> bool:
    goods = sentence.mentions_in(Span(chunk.span.start, noun.start), MentionType.COMMODITY)
    return (
        bool(goods)
        and re.search(r"contract|agreement|deal", noun.of(sentence.analysis.text)) is not None
    )


def _elsewhere(
    sentence: Sentence, noun: Span, left: list[Mention], right: list[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Sides that stand before the noun: "It is with BMW that …", "Concluded by A and B was …"."""
    before = Span(sentence.span.start, noun.start)
    found = slots.parties(sentence, before, "with", "between", "by", "among")
    signing = any(c.lemma in SIGNING for c in sentence.clauses) or bool(
        slots.parties(sentence, before, "between")
    )
    if not found and not left and right and _future_actor(sentence):
        return _future_actor(sentence), right
    if not found or not signing:
        return left, right
    return (left, found) if left else (found[:1], [*found[1:], *right])


def _future_actor(sentence: Sentence) -> list[Mention]:
    """ "In partnership with Codelco, [Rio Tinto] will develop": who will act."""
    for clause in sentence.clauses:
        if clause.verb.future and clause.subject is not None:
            return slots.subject_parties(sentence, clause.subject.chunks)[:2]
    return []


def _possessor(sentence: Sentence, chunk: Chunk) -> list[Mention]:
    """Who "its" or "their" is before a pact: the subject before it."""
    if chunk.tokens[0].lower not in ("its", "their"):
        return []
    referent = sentence.referent(chunk)
    return [referent] if referent is not None and slots.is_actor(sentence, referent) else []
