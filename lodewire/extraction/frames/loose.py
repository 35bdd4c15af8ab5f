"""Deals told in words that no construction foresees: by what stands in the sentence, not how.

A retold story says "cheques were written for A", "B is bound to take 50,000 tonnes a year": a sum
beside a word for funds, a tonnage beside a word for being bound, and firms by. Who gives and who
gets is judged by what the firms are, then by the firm that the whole text is about.
"""

from __future__ import annotations

import re

from lodewire.extraction.analysis import PARTY, Sentence
from lodewire.extraction.drafts import MONEY, TONNAGE, Draft
from lodewire.extraction.frames import fill, funding, parties, slots, supply_terms, works
from lodewire.extraction.frames.giving import chain_step, first_gives
from lodewire.extraction.frames.slots import Slot
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind

_FUNDS = sought(
    r"\b(?:loans?|lend(?:s|ing)?|lent|grants?|funding|financing|placements?|placings?|bail-?outs?|rescue package|"
    r"cheques?|subsid(?:y|ies|ised|ized)|lines? of credit|credit (?:lines?|facilit(?:y|ies))|debt (?:package|facility|financing)|"
    r"(?:loan|debt|term|credit) facilit(?:y|ies)|subscri(?:bed|bes|bing|ption)|convertible|prepayment|"
    r"conditional(?:ly)? (?:approv\w+|commit\w+|award\w*)|capital raising|rights issue|entitlement offer|bought deal|"
    r"equity (?:injection|raising|placement)|injected|bankroll\w*|underwrit\w+|state aid|lifeline|preliminary terms|"
    r"tax credits?|stimulus|seed money|royalty financing|streaming (?:deal|agreement)|"
    r"(?:initial|direct|federal|government|state|public) (?:funding|money|funds|support|award|cash))\b",
    re.IGNORECASE,
)
_NO_FUNDS = sought(
    r"\b(?:repa(?:y|id|yment|yments|ys)|refinanc(?:ed|ing)|default\w*|interest rates?|outstanding|owe[sd]?|owing|"
    r"profit|revenue|sales|earnings|dividends?|fine[sd]?|takeover|acqui\w+|buyout|stakes?|tariffs?|exports|imports|"
    r"prices?|per share|market cap\w*|royalty payments?|net debt|cash flow|loan book|mortgages?|debt fell|"
    r"total(?:led)? debt|budget|costs? of|cash balance|borrowings|run by|managed by|administered by|comes out of|bought|cash stood|stood at|financing partners|"
    r"earn(?:s|ed|ing)? (?:up to |an? )|gain \d+|withdr[ae]w\w*|reserve in|stockpile)\b",
    re.IGNORECASE,
    apart=True,
)


def money(sentence: Sentence) -> Draft | None:
    """The financing that a sum and a word for funds tell, with at least one party named here."""
    if not sentence.quantities or sentence.find(_NO_FUNDS):
        return None
    match = sentence.locate(_FUNDS)
    if match is None:
        return None
    trigger = Span(match.start(), match.end())
    value = _sum_near(sentence, trigger)
    if value is None or funding.is_outlay(sentence, value):
        return None
    found = [
        s
        for s in slots.slots(sentence, sentence.span, *PARTY)
        if not s.aside and slots.is_actor(sentence, s.mention)
    ]
    draft = Draft(EventType.FINANCING, sentence, trigger, sentence.clause_of(trigger))
    draft.confidence = 0.5
    draft.add("value", value)
    _givers_and_takers(draft, found)
    return draft if draft.has("investor", "recipient") else None


_WEAK = re.compile(r"funding|financing|stimulus|tax credits?|subsid\w+", re.IGNORECASE)


def _sum_near(sentence: Sentence, at: Span) -> Quantity | None:
    sums = sentence.quantities_in(sentence.span, *MONEY)
    index = fill.nearest(sums, at)
    if index is None:
        return None
    gap = max(sums[index].span.start - at.end, at.start - sums[index].span.end)
    weak = _WEAK.fullmatch(at.of(sentence.analysis.text)) is not None
    return sums[index] if gap <= (24 if weak else 90) else None


def _givers_and_takers(draft: Draft, found: list[Slot]) -> None:
    sentence = draft.sentence
    firms = [s for s in found if s.mention.type is MentionType.ORGANISATION]
    givers = [s for s in firms if funding.is_financier(sentence, s.mention)]
    givers = givers or [s for s in firms if s.prep in ("from", "by")]
    placed = draft.trigger.of(sentence.analysis.text).lower().startswith("plac")
    if not givers and placed:
        givers = [s for s in firms if s.prep in ("to", "with")]
    given = {s.mention.entity for s in givers}
    takers = [s for s in firms if s.mention.entity not in given]
    draft.add_all("investor", fill.distinct([s.mention for s in givers])[:3])
    if not givers:
        draft.add("investor", funding.government(sentence, sentence.span))
    draft.add_all("recipient", fill.distinct([s.mention for s in takers])[:2])
    if not takers:
        main = works.main_company(sentence.analysis)
        fits = main is not None and main.entity not in given
        if fits and main is not None and not funding.is_financier(sentence, main):
            draft.add("recipient", main)


_BOUND = sought(
    r"\b(?:off-?takes?|off-?takers?|supply (?:deals?|contracts?|agreements?|pacts?)|contract(?:s|ed)?|signed|signs|"
    r"committed to|commits|bound to|obliges?|obliged|take-or-pay|pre-?sold|booked|ordered|SPA|"
    r"(?:sales?|purchase) (?:deals?|contracts?|agreements?)|memorandum|MoU)\b",
    re.IGNORECASE,
)
_NO_BOUND = sought(
    r"\b(?:capacity|produc(?:ed|es|ing|tion)|output|reserves?|resources?|exports|imports|exported|imported|"
    r"stockpiles?|inventor(?:y|ies)|quotas?|futures|short of|traded|consum\w+|demand|forecast\w*|expects?|"
    r"force majeure|merg\w+|combin\w+|permits?|approv\w+|court|expan\w+|build\w*|property of|studied|"
    r"guidance|year-on-year|stake|acqui\w+|nameplate|refined|drill\w*|ounces? (?:of|at)|grading|prices?)\b",
    re.IGNORECASE,
)


def goods(sentence: Sentence) -> Draft | None:
    """The supply deal that a tonnage, a word for being bound and a firm tell."""
    text = sentence.analysis.text
    volumes = [
        q
        for q in sentence.quantities_in(sentence.span, *TONNAGE)
        if not supply_terms.PLANT_SIZE.match(text, q.span.end)
    ]
    if not volumes or sentence.find(_NO_BOUND):
        return None
    match = sentence.locate(_BOUND)
    if match is None:
        return None
    firms = fill.distinct(
        [
            s.mention
            for s in slots.slots(sentence, sentence.span, MentionType.ORGANISATION)
            if not s.aside and slots.is_actor(sentence, s.mention)
        ]
    )
    firms = [m for m in firms if not parties.is_authority(sentence, m)]
    trigger = Span(match.start(), match.end())
    near = volumes[fill.nearest(volumes, trigger) or 0].span
    apart = max(near.start - trigger.end, trigger.start - near.end)
    if not firms or len(firms) > 3 or apart > 90:
        return None
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, trigger, sentence.clause_of(trigger))
    draft.confidence = 0.5
    _sides(draft, firms)
    return draft


def _sides(draft: Draft, firms: list[Mention]) -> None:
    analysis = draft.sentence.analysis
    if len(firms) == 1:
        main = works.main_company(analysis)
        if main is not None and main.entity != firms[0].entity:
            firms = [main, firms[0]]
    if len(firms) == 1:
        step = chain_step(analysis, firms[0])
        draft.add("buyer" if step is not None and step > 1 else "supplier", firms[0])
        return
    gives = first_gives(analysis, firms[0], firms[1])
    draft.add("supplier" if gives is not False else "buyer", firms[0])
    draft.add("buyer" if gives is not False else "supplier", firms[1])


def is_spot(sentence: Sentence, clause: Clause) -> bool:
    """ "bought 300,000 lb at $102.80": goods and their price make a deal of a purchase."""
    if clause.lemma not in ("buy", "purchase", "sell") or clause.verb.form not in "DN":
        return False
    tail = sentence.tail(clause)
    return bool(
        sentence.quantities_in(tail, *TONNAGE) and sentence.quantities_in(tail, QuantityKind.PRICE)
    )


# "it will take to build a mine", "taking 0.7 million tonnes out of the market".
_IDLE = re.compile(
    r"\s(?:to\b|\w+ years\b|place\b|over\b|[^.;]{0,60}?\b(?:off|out of) the market|[^.;]{0,60}? out\b)"
)


def is_idle(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether "take" takes no goods here."""
    return _IDLE.match(sentence.analysis.text, clause.chunk.span.end) is not None
