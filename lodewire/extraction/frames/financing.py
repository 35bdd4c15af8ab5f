"""Financing: loans, equity, grants, royalties; who gives how much to whom, for what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import MONEY, Draft
from lodewire.extraction.frames import (
    fill,
    funding,
    loose,
    money_telling,
    ownership,
    slots,
    telling,
)
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType

_NOUN = re.compile(
    r"\b(?:(?:[\w-]+ )?loans?(?: agreements?| guarantees?| facilit(?:y|ies)| package)?|grants?|funding|"
    r"(?:debt |equity |project |export |bridge |gap )?financing(?: package| round| facility)?|"
    r"credit(?: facilit(?:y|ies)| lines?| agreement)?|(?:debt |term |bridging |standby )facilit(?:y|ies)|"
    r"bonds?|senior notes|convertible notes?|(?:private |share |equity |institutional )?plac(?:ement|ing)s?|"
    r"share sale|equity raise|capital raising|rights issue|rights offering|public offering|offering|IPO|"
    r"subsid(?:y|ies)|debt(?: package| finance)?|royalty|streaming|stream|convertible|prepayment|"
    r"pre-payment|line of credit|private placings?|preferred (?:stock|shares)|equity (?:investment|stake)|"
    r"(?:conditional )?commitments?|[Ss]eries [A-F](?: round)?|funding round|grant funding|award|"
    r"(?:letters?|expressions?) of interest|state aid|tax credits?|flow-through (?:shares|financing)|subscription|strategic investment)\b",
    re.IGNORECASE,
)
_STRONG = frozenset("lend borrow finance fund subscribe subsidise subsidize bankroll".split())
_GET = frozenset(
    "obtain receive secure raise win get close complete land attract tap borrow draw sign arrange "
    "announce execute clinch finalise finalize seek conclude net negotiate launch price upsize".split()
)
_GIVE = frozenset(
    "lend grant provide award invest commit fund finance inject extend approve offer allocate "
    "give pledge underwrite contribute advance hand earmark subscribe disburse loan buy purchase "
    "back take guarantee subsidise subsidize bankroll stump supply".split()
)
_GET_OR_GIVE = _GET | _GIVE
_PAPER = re.compile(
    r"\b(?:royalt(?:y|ies)|stream|preferred|bonds?|convertible|notes|new(?:ly issued)? shares|debt)\b"
)
_PURPOSE = re.compile(
    r"\b(?:to (?:help |partly |part-)*(?:speed|fund|finance|build|expand|develop|advance|support|"
    r"restart|accelerate|complete|construct|boost|pay|strengthen|drill|buy|upgrade|establish|set up|"
    r"produce|explore|acquire|repay|refinance|continue|study|scale|increase|ramp|bring)\b|"
    r"for (?:the |a |an |its |their |general |further )?(?:[\w-]+ ){0,3}?(?:construction|development|"
    r"expansion|restart|purchase|study|studies|plant|refinery|mine|work|works|working capital|"
    r"drilling|exploration|facility|factory|purposes|acquisition)\b|"
    r"towards? (?:the |a |an |its )?\w+)[^,.;:]{0,110}"
)
_NOT = re.compile(
    r"\b(?:foreign direct investment|investment bank|capital city|interest rates?|capital costs?|"
    r"stock options?|contract|agreement to supply|to deliver \d|award worth|settle(?:ment)?|fine|"
    r"royalty payments?|dividends?|profit|revenue|earnings|cash flow|price target|guidance)\b",
    re.IGNORECASE,
)
_SALE = sought(r"\b(?:sale of|sold|selling|stake|acquisition|takeover|to acquire|to buy)\b")
_USED = sought(
    r"\b(?:proceeds|funds|funding|money|loan|grant|financing|award|facility)\b[^.;]{0,40}?"
    r"\b(?:will|would|is to|are to|to be|can|shall|may)\b"
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield financings of a sentence: by verb, else the use of "the proceeds"."""
    told: list[Draft] = []
    if sentence.quantities and telling.ground(sentence) is not None:
        return  # what is spent on ground to earn a part of it is no loan
    for clause in sentence.clauses:
        draft = _by_clause(sentence, clause) or _by_flow(sentence, clause)
        if draft is not None and not _repeats(draft, told):
            told.append(draft)
    yield from told
    if told:
        return
    noun = _by_noun(sentence) or _plain(sentence)
    if noun is not None:
        yield noun
        return
    used = list(_use(sentence))
    vague = None if used else loose.money(sentence)
    done = finish(vague, sentence.span) if vague else None
    yield from used if done is None else [done]


def _plain(sentence: Sentence) -> Draft | None:
    """What the words around the names tell where no clause does: headlines, ellipses."""
    told = money_telling.money(sentence)
    if told is None:
        return None
    trigger, givers, takers, value = told
    draft = Draft(EventType.FINANCING, sentence, trigger, sentence.clause_of(trigger))
    draft.confidence = 0.6
    draft.add_all("investor", givers)
    draft.add_all("recipient", takers)
    draft.add("value", value)
    if not givers:
        draft.add("investor", funding.government(sentence, sentence.span))
    return finish(draft, sentence.span)


_STATE_SUM = re.compile(
    r"\s(?:of |in )?(?:federal|state|government|public|taxpayer|EU) (?:loans?|grants?|funding|money|"
    r"funds|support|aid|subsid(?:y|ies)|cash)\b"
)


def _by_noun(sentence: Sentence) -> Draft | None:
    """ "backed by a $6.6 billion grant from the U.S. government", "902 million euros of aid"."""
    draft = funding.by_noun(sentence)
    if draft is None:
        return None
    value = draft.of("value")[0].span
    if not draft.has("investor"):
        draft.add("investor", funding.government(sentence, Span(value.end, sentence.span.end)))
    state = _STATE_SUM.match(sentence.analysis.text, value.end) is not None
    return finish(draft, sentence.span) if draft.has("investor") or state else None


def _by_flow(sentence: Sentence, clause: Clause) -> Draft | None:
    """ "$20.8 million will go to Fortune Minerals", "C$7 million comes from the government"."""
    subject = clause.subject
    if clause.lemma not in ("go", "come", "flow") or subject is None:
        return None
    sums = sentence.quantities_in(subject.chunk.span, *MONEY)
    if not sums or subject.chunk.span.start > clause.chunk.span.start:
        return None
    after = Span(clause.chunk.span.end, slots.own_words(sentence, clause).end)
    draft = Draft(EventType.FINANCING, sentence, clause.chunk.span, clause)
    draft.add("value", sums[0])
    before = Span(sentence.span.start, subject.chunk.span.start)
    givers = slots.parties(sentence, after, "from") or slots.parties(sentence, before, "by", "from")
    draft.add_all("investor", givers)
    if not givers:
        draft.add("investor", funding.government(sentence, after))
    takers = slots.parties(sentence, after, "to", "into", "for")
    taken = {m.entity for m in givers}
    firms = [m for m in takers if m.type is MentionType.ORGANISATION and m.entity not in taken]
    draft.add_all("recipient", firms)
    if not draft.has("investor"):
        return None
    return finish(draft, after)


def _repeats(draft: Draft, told: list[Draft]) -> bool:
    sums = {a.span for a in draft.of("value")}
    return any(sums & {a.span for a in d.of("value")} for d in told) or (not sums and bool(told))


def _by_clause(sentence: Sentence, clause: Clause) -> Draft | None:
    if clause.lemma not in _GET_OR_GIVE:
        return None
    reach = Span(clause.chunk.span.start, slots.own_words(sentence, clause).end)
    words = reach.of(sentence.analysis.text)
    if _NOT.search(words[:100]) and not re.search(
        r"\bloan|\bgrant|\bfacility|placement", words[:100]
    ):
        return None
    noun = _NOUN.search(sentence.analysis.text, reach.start, reach.end)
    if noun is None and clause.verb.passive and clause.subject is not None:
        start = clause.subject.chunk.span.start
        noun = _NOUN.search(sentence.analysis.text, start, max(start, reach.start))
    if clause.lemma in ("buy", "purchase", "take"):
        return _paper(sentence, clause, reach)
    if noun is not None and clause.verb.main.span.overlaps(Span(noun.start(), noun.end())):
        noun = _NOUN.search(sentence.analysis.text, noun.end(), reach.end)
    value = _sum(sentence, clause, reach)
    if value is not None and funding.is_outlay(sentence, value):
        return None  # "funds US$8 million of work": an explorer's outlay
    if not _is_financing(sentence, clause, noun, value, words):
        return None
    trigger = Span(noun.start(), noun.end()) if noun else clause.chunk.span
    draft = Draft(EventType.FINANCING, sentence, trigger, clause)
    draft.reach = slots.own_words(sentence, clause)
    draft.add("value", value)
    gives = _is_giving(sentence, clause)
    (_fill_giving if gives else _fill_getting)(draft, clause, reach)
    return finish(draft, reach)


def _is_financing(
    sentence: Sentence,
    clause: Clause,
    noun: re.Match[str] | None,
    value: Quantity | None,
    words: str,
) -> bool:
    near = noun is not None and noun.start() - clause.chunk.span.end < 110
    if value is None:
        if clause.lemma == "invest":
            return re.search(r"\binvest(?:ing|s|ed)?\s+in\b", words) is not None
        lends = re.search(r"\b(?:loan|credit|facility)\b", words[:60]) is not None
        return clause.lemma == "lend" or (near and lends)
    if clause.lemma in _STRONG:
        return True
    if clause.lemma == "invest":
        return not _SALE.pattern.search(words)
    if near and not _SALE.pattern.search(words[:90]):
        return True
    if clause.lemma in ("provide", "supply", "stump", "put") and not _SALE.pattern.search(words):
        givers = _givers(sentence, clause, Span(clause.chunk.span.start, sentence.span.end))
        return bool(givers) and all(funding.is_financier(sentence, m) for m in givers)
    direct = value.span.start - clause.chunk.span.end < 12
    if clause.lemma == "raise":
        return direct and not re.search(r"\bto (?:US|A|C)?\$", words)
    if clause.lemma in ("award", "grant", "advance", "pledge", "earmark", "allocate", "commit"):
        return not _SALE.pattern.search(words)
    return direct and clause.lemma in ("receive", "get", "obtain") and _follows_funding(sentence)


def _follows_funding(sentence: Sentence) -> bool:
    """ "Lomiko receives $8.35 million", after a sentence on awards; never after one on a sale."""
    if sentence.find(_SALE):
        return False
    start = max(0, sentence.index - 2)
    near = sentence.analysis.sentences[start : sentence.index]
    return any(re.search(r"\b(?:award|grant|fund|loan)", s.text) for s in near) or bool(
        re.search(r"\b(?:government|Department|Pentagon|ministry|Commission)\b", sentence.text)
    )


def _sum(sentence: Sentence, clause: Clause, reach: Span) -> Quantity | None:
    """The first sum behind the verb that is no price a share; before it in a passive."""
    text = sentence.analysis.text
    sums = [q for q in sentence.quantities_in(reach, *MONEY) if not _per_unit(text, q)]
    if not sums and clause.verb.passive and clause.subject is not None:
        before = Span(clause.subject.chunk.span.start, clause.chunk.span.start)
        sums = sentence.quantities_in(before, *MONEY)
    if not sums and clause.subject is not None:
        sums = sentence.quantities_in(clause.subject.chunk.span, *MONEY)
    proceeds = [
        q
        for q in sums
        if re.search(
            r"\b(?:proceeds|total|aggregate)\b[^,;]{0,30}$",
            text[max(0, q.span.start - 44) : q.span.start],
        )
    ]
    chosen = proceeds or sums
    return chosen[0] if chosen else None


def _per_unit(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.span.start - 14) : quantity.span.start]
    after = text[quantity.span.end : quantity.span.end + 16]
    return bool(re.match(r"\s(?:per|a|each)\s?(?:share|unit|FT|flow)?", after)) and bool(
        re.search(r"\b(?:at|of)\s$", before)
    )


def _is_giving(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether the subject gives; for "sign", "close", "announce" by what the subject is."""
    if clause.lemma in _GIVE:
        return True
    if clause.lemma not in ("sign", "announce", "close", "complete", "conclude", "execute"):
        return False
    actors = _actors(sentence, clause)
    return bool(actors) and all(funding.is_financier(sentence, m) for m in actors)


def _actors(sentence: Sentence, clause: Clause) -> list[Mention]:
    for above in (clause, *clause.governors()):
        agent = above.subject if not above.verb.passive else above.agent
        if agent is None:
            continue
        found = slots.subject_parties(sentence, agent.chunks)
        if found:
            return fill.distinct(found)
    return []


def _fill_getting(draft: Draft, clause: Clause, reach: Span) -> None:
    sentence = draft.sentence
    actors = _actors(sentence, clause)
    lenders = [m for m in actors if funding.is_financier(sentence, m)] if len(actors) > 1 else []
    draft.add_all("investor", lenders)  # "the EIB and Keliber signed a loan agreement"
    draft.add_all("recipient", [m for m in actors if m not in lenders][:2])
    taken = {a.entity for a in draft.arguments}
    lending = clause.lemma in ("sign", "arrange", "close", "agree", "execute", "complete", "secure")
    preps = ("from", "by", "with") if lending else ("from", "by")
    givers = slots.parties(sentence, reach, *preps)
    draft.add_all("investor", [m for m in givers if m.entity not in taken])
    if not draft.has("investor"):
        draft.add("investor", funding.government(sentence, reach))


def _fill_giving(draft: Draft, clause: Clause, reach: Span) -> None:
    sentence = draft.sentence
    givers = _givers(sentence, clause, reach)
    draft.add_all("investor", givers)
    if not givers and clause.subject is not None and not clause.verb.passive:
        draft.add("investor", funding.government(sentence, clause.subject.chunk.span))
    taken = {m.entity for m in givers}
    firms = slots.slots(sentence, reach, MentionType.ORGANISATION)
    preps = ["to", "in", "for", "into", "behind", ""]
    if clause.lemma == "subscribe":
        preps.append("of")  # "subscribes $126 million for 9.9% of Ivanhoe Electric"
    if clause.lemma not in _GIVE:
        preps.append("with")  # "the bank signed a loan agreement with Eramet"
    found = [s for s in firms if not s.aside and (s.prep in preps or (s.owner and s.prep == "of"))]
    for mention in slots.heads(sentence, found):
        if mention.entity not in taken:
            draft.add("recipient", mention)
    if clause.verb.passive and clause.subject is not None and not draft.has("recipient"):
        subject = slots.subject_parties(sentence, clause.subject.chunks)
        draft.add_all("recipient", [m for m in subject if m.entity not in taken])


def _givers(sentence: Sentence, clause: Clause, reach: Span) -> list[Mention]:
    if clause.verb.passive:
        return slots.parties(sentence, reach, "by", "from")
    if clause.subject is not None and _LENDERS.search(clause.subject.chunk.lower):
        # "Lenders led by BNP Paribas are to provide …"
        before = Span(clause.subject.chunk.span.start, clause.chunk.span.start)
        return slots.parties(sentence, before, "by", "including")
    return _actors(sentence, clause)


_LENDERS = re.compile(r"\b(?:lenders|banks|investors|syndicate|consortium|funds|backers)\b")


def _paper(sentence: Sentence, clause: Clause, reach: Span) -> Draft | None:
    """ "bought $400 million of preferred stock in MP", "bought a royalty on Araguaia"."""
    words = re.split(r"\bplus\b", reach.of(sentence.analysis.text)[:80])[0]
    sums = sentence.quantities_in(reach, *MONEY)
    if not sums or not _PAPER.search(words) or clause.verb.passive:
        return None
    draft = Draft(EventType.FINANCING, sentence, clause.chunk.span, clause)
    draft.reach = slots.own_words(sentence, clause)
    draft.add_all("investor", _actors(sentence, clause)[:2])
    draft.add("value", sums[0])
    taken = {a.entity for a in draft.arguments}
    sellers = slots.parties(sentence, reach, "in", "from", "of", "on")
    firms = [m for m in sellers if m.type is MentionType.ORGANISATION and m.entity not in taken]
    draft.add_all("recipient", firms[:1])
    return finish(draft, reach)


def finish(draft: Draft, reach: Span) -> Draft | None:
    sentence = draft.sentence
    ownership.drop_share_price(draft)
    if not draft.has("value") and not (draft.has("investor") and draft.has("recipient")):
        return None
    funding.fill_lender(draft)
    funding.settle_recipient(draft, reach)
    found = sentence.mentions_in(reach, MentionType.SITE)
    draft.add("site", found[0] if found else None)
    if draft.clause is not None and draft.clause.lemma == "invest" and not draft.has("recipient"):
        actors = draft.of("investor")
        if not actors or not _grants(draft):
            return None  # building one's own plant is no financing
    if not draft.has("recipient", "site", "investor"):
        return None
    _fill_purpose(draft, reach)
    ownership.fill_metal(draft, document=False)
    ownership.fill_day(draft)
    fill.fill_country(draft)
    return draft


def _grants(draft: Draft) -> bool:
    spans, sentence = {a.span for a in draft.of("investor")}, draft.sentence
    return any(m.span in spans and funding.is_financier(sentence, m) for m in sentence.mentions)


def _fill_purpose(draft: Draft, reach: Span) -> None:
    start = max([a.span.end for a in draft.of("value")] + [reach.start])
    text = draft.sentence.analysis.text
    match = _PURPOSE.search(text, start, draft.sentence.span.end)
    if match is not None:
        draft.add("purpose", Span(match.start(), match.start() + len(match.group().rstrip())))


def _use(sentence: Sentence) -> Iterator[Draft]:
    """ "The proceeds will be used to drill X": joins the financing told before."""
    match = sentence.locate(_USED)
    if match is None:
        return
    trigger = Span(match.start(), match.end())
    draft = Draft(
        EventType.FINANCING, sentence, trigger, sentence.clause_of(trigger), anaphoric=True
    )
    purpose = _PURPOSE.search(sentence.analysis.text, match.end(), sentence.span.end)
    if purpose is None:
        return
    draft.add("purpose", Span(purpose.start(), purpose.start() + len(purpose.group().rstrip())))
    site = sentence.mentions_in(sentence.span, MentionType.SITE)
    draft.add("site", site[0] if site else None)
    fill.fill_commodity(draft, document=False)
    yield draft
