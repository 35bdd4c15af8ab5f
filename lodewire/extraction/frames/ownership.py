"""What changes hands, from whom and to whom, for how much: shared by verbs and nouns of buying."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import PARTY, Sentence
from lodewire.extraction.drafts import MONEY, SHARE, TONNAGE, Draft
from lodewire.extraction.frames import fill, slots, surface, works
from lodewire.extraction.frames.slots import Slot
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import MentionType

STAKE = re.compile(
    r"\b(?:stakes?|interests?|shareholding|holding|shares?|equity|control|ownership)\b"
)
ASSETS = re.compile(
    r"\b(?:rights|licen[cs]es?|permits?|assets?|mines?|projects?|deposits?|smelters?|refiner(?:y|ies)|"
    r"plants?|business(?:es)?|units?|subsidiar(?:y|ies)|operations?|portfolio|tenements?|claims|"
    r"division|land package|leases?|blocks?|fields?|terminals?|company|companies|ground|property|"
    r"properties|concessions?|wind farms?|arm|parcels?|acreage)\b"
)
_FIRM_WORDS = re.compile(
    r"\b(?:subsidiar(?:y|ies)|units?|business(?:es)?|division|compan(?:y|ies)|arm)\b"
)
_PAPER = re.compile(
    r"\b(?:royalt(?:y|ies)|stream|preferred|bonds?|notes|debt|convertible|new(?:ly issued)? shares|"
    r"warrants?|\d+ (?:(?:million|billion|m|bn) )?(?:worth )?of (?:[\w-]+ ){0,3}?(?:units|shares|stock)|worth of (?:[\w-]+ ){0,3}?(?:units|shares|stock)|back for|options?|treasury|on[- ]market|carbon credits?|futures)\b"
)
_GOODS = re.compile(
    r"\b(?:tonnes|tons|barrels|cargo(?:es)?|volumes|production|offtake|off-take|carbonate|hydroxide|oxides?|spodumene|magnets|sulphate|sulfate|coal|steel|ore|feedstock|equipment|power|concentrate|"
    r"output|gas|electricity|trucks?|rigs?|fuel|metal|bullion|ounces|pounds)\b"
)
_PRICE_BEFORE = re.compile(
    r"\b(?:for|worth|at|of|via|valued at|paying|pays?|paid|price of|consideration of|total(?:ling|ing)?|"
    r"receiv(?:ing|ed|es|e)|rais(?:ing|ed)|fetch(?:ing|ed)|invest(?:ing|s)?|offer(?:ed|ing|s)?|bid|valu(?:ing|es) \w+ at|spend(?:ing)?)"
    r"\s(?:an? |the |up to |about |around |some |nearly |more than |over |as much as |just |only |"
    r"(?:initial|total|aggregate|cash) )*(?:consideration of |sum of |price of )?$"
)
_NOT_PRICE = re.compile(
    r"\b(?:group|company|miner|giant|producer|entity|powerhouse|dividend|debt|costs?|revenue|profit|"
    r"savings|synergies|capex)\s(?:worth|of|valued at)\s(?:[a-z]+ )*$"
)
_DEAL_AFTER = re.compile(
    r"^(?:[- ](?:all-share|all-stock|cash|takeover|buyout|acquisition|hostile|unsolicited|merger|"
    r"cash-and-stock))*[- ](?:deal|bid|offer|takeover|acquisition|purchase|buyout|transaction|merger|"
    r"proposal|approach|sale)\b"
)
_PART = re.compile(
    r"\b(?P<part>(?:a |the )?(?:half|majority|minority|controlling|remaining|entire|whole|third|quarter)"
    r"(?: (?:stake|interest|share|holding|shareholding))?)\b(?= (?:of|in)\b| stake| interest)"
)


def fill_objects(draft: Draft, region: Span, *, preps: tuple[str, ...] = ("",)) -> None:
    """Fill target, asset and the possessors who sell them from the object in ``region``.

    The first phrase with names wins; after a stake or an asset word the names stand behind "in",
    "of", "to", "for" or "over".
    """
    sentence = draft.sentence
    found = slots.slots(sentence, region, MentionType.ORGANISATION, MentionType.SITE)
    taken = {a.entity for a in draft.arguments}
    wide = ("of", "in", "into", "over", "behind", "")
    words = region.of(sentence.analysis.text)[:90].lower()
    reach = wide if STAKE.search(words) or ASSETS.search(words) else (*preps, "of", "into")
    first: str | None = None
    for slot in found:
        if slot.mention.entity in taken and slot.prep in ("to", "from", "by", "with"):
            break  # what changes hands is told before to whom and from whom
        if slot.prep not in reach or slot.aside or slot.mention.entity in taken:
            continue
        if first is not None and slot.prep != first:
            break
        if not _add_object(draft, slot):
            continue
        first = slot.prep if not slot.owner else first
        taken.add(slot.mention.entity)


IN_IT = re.compile(r"\b(?:in|of) (?:it|the (?:company|group|firm|miner|developer|explorer))\b")


_IN_WHICH = re.compile(r"\b(?:in|of) which\b")


def fill_antecedent(draft: Draft) -> None:
    """ "Mopani Copper Mines, in which the latter acquired 51 percent": who stands before."""
    sentence = draft.sentence
    start = max(sentence.span.start, draft.trigger.start - 60)
    match = _IN_WHICH.search(sentence.analysis.text, start, draft.trigger.start)
    if match is None:
        return
    taken = {a.entity for a in draft.arguments}
    before = [
        m
        for m in sentence.mentions
        if m.type in (MentionType.ORGANISATION, MentionType.SITE)
        and m.entity not in taken
        and 0 <= match.start() - m.span.end <= 24
    ]
    if before:
        site = before[-1].type is MentionType.SITE
        draft.add("asset" if site else "target", before[-1])


def fill_pronoun(draft: Draft, region: Span) -> None:
    """ "a lithium deal with Vulcan … to buy an 8% stake in it": the firm named last before."""
    sentence = draft.sentence
    match = IN_IT.search(sentence.analysis.text, region.start, region.end)
    if match is None:
        return
    taken = {a.entity for a in draft.arguments}
    before = [
        m
        for m in sentence.mentions
        if m.type in (MentionType.ORGANISATION, MentionType.SITE)
        and m.span.end <= match.start()
        and not m.generic
    ]
    firms = [m for m in before if m.type is MentionType.ORGANISATION]
    free = [m for m in firms if m.entity not in taken and slots.is_actor(sentence, m)]
    sites = [m for m in before if m.type is MentionType.SITE]
    if free or not sites:
        draft.add("target", free[-1] if free else None)
    else:
        draft.add("asset", sites[-1])  # "X has long made copper; Y acquired 80% of it"


def _add_object(draft: Draft, slot: Slot) -> bool:
    sentence, mention = draft.sentence, slot.mention
    if mention.type is MentionType.ORGANISATION and not slots.is_actor(sentence, mention):
        return False
    if slot.owner:
        draft.add("seller", mention)
        return True
    if slot.inside and mention.type is MentionType.ORGANISATION and _modifies(slot):
        return False
    draft.add("asset" if mention.type is MentionType.SITE else "target", mention)
    return True


def _modifies(slot: Slot) -> bool:
    """ "Glencore shares", "a Rio Tinto unit": the name is not what is bought."""
    head = slot.chunk.head
    return head is not None and head.lower in ("shares", "unit", "mine", "project", "smelter")


def fill_words(draft: Draft, region: Span) -> None:
    """An asset without a name ("its Mexican subsidiary") is kept as the words say."""
    sentence = draft.sentence
    for chunk in sentence.noun_phrases():
        if not region.covers(chunk.span):
            continue
        if _UNITS.search(chunk.lower):
            return  # "sold 1.5m units": paper
        if ASSETS.search(chunk.lower) and not STAKE.search(chunk.lower):
            first = next(t for t in [*chunk.tokens] if t.tag not in (Tag.DET, Tag.POSS))
            words = Span(first.span.start, chunk.tokens[-1].span.end)
            draft.add("target" if _FIRM_WORDS.search(chunk.lower) else "asset", words)
            return
        if _is_bare_name(sentence, chunk) and chunk.span.start > region.start:
            draft.add("asset", chunk.span)  # "a buyer for Forrestania"
            return
        part = STAKE.search(chunk.lower) or _PORTION.fullmatch(chunk.lower)
        if not part and not sentence.quantities_in(chunk.span):
            return


_PORTION = re.compile(r"(?:the )?(?:last|rest|remainder|balance|bulk|lot|most|all|some|part|half)")
_UNITS = re.compile(r"\d[\d.,]*\s?(?:m|million|bn)?\s(?:units|shares)$")


def _is_bare_name(sentence: Sentence, chunk: Chunk) -> bool:
    """Capitalised words that are neither a day nor a country nor a person."""
    if not all(t.text[:1].isupper() for t in chunk.tokens) or sentence.dates_in(chunk.span):
        return False
    if sentence.quantities_in(chunk.span):
        return False
    known = sentence.mentions_in(
        chunk.span, MentionType.COUNTRY, MentionType.PERSON, MentionType.PLACE
    )
    return not known


_PART_OF_GOODS = re.compile(
    r"(?:%|\bper ?cent|\bpct|\bhalf|\bthird|\bquarter|\bmost|\ball)(?: of)? (?:of )?(?:the |its |their )?"
    r"(?:(?:(?:mine|plant|project|company)|[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})['’]s )?"
    r"(?:[\w-]+ ){0,2}?(?P<what>[a-z]+)|"
    r"(?:%|\bper ?cent|\bpct|\bhalf|\bthird|\bquarter|\bmost|\ball) of (?P<made>what [^.;,]{0,90}?(?:produc|min|mak|turn)\w*)"
)


def _part_of_goods(sentence: Sentence, region: Span) -> bool:
    """ "sell Ford 40% of the carbonate": a share of goods is no share of a firm."""
    match = _PART_OF_GOODS.search(sentence.analysis.text, region.start, region.start + 120)
    if match is None:
        return False
    if match["made"] is not None:
        return True  # "15% of what the project produces"
    what = Span(match.start("what"), match.end("what"))
    words = Span(match.start(), match.end())
    if _GOODS.search(what.of(sentence.analysis.text)):
        return True
    named = sentence.mentions_in(words, MentionType.ORGANISATION, MentionType.SITE)
    sold = [
        m for m in sentence.mentions_in(words, MentionType.COMMODITY) if m.span.end == words.end
    ]
    after = sentence.analysis.text[words.end : words.end + 14]
    return bool(sold) and not named and not ASSETS.search(after)


def trades_goods(sentence: Sentence, region: Span) -> bool:
    """Buying tonnes, power, royalties or shares on the market is no acquisition."""
    words = region.of(sentence.analysis.text)[:110].lower()
    if _PAPER.search(words[:70]) or _ALL_GOODS.match(words):
        return True
    if _part_of_goods(sentence, region):
        return True
    if STAKE.search(words[:60]):
        return False
    first = next((c for c in sentence.noun_phrases() if region.covers(c.span)), None)
    if first is None:
        return True
    if sentence.quantities_in(first.span, *TONNAGE):
        return not (ASSETS.search(first.lower) or STAKE.search(first.lower))
    if _GOODS.search(first.lower) or _is_commodity(sentence, first.span):
        return not (ASSETS.search(first.lower) or STAKE.search(first.lower))
    return False


_ALL_GOODS = re.compile(
    r"\W*(?:up to |about |some )?(?:all|half|most|part|a third|a quarter|[\d.]+ ?(?:%|per ?cent)) (?:of )?"
    r"(?:the |its |their )?(?:[\w-]+ ){0,3}(?:concentrates?|output|production|off-?take|ore)\b"
)


def _is_commodity(sentence: Sentence, span: Span) -> bool:
    named = sentence.mentions_in(span, MentionType.ORGANISATION, MentionType.SITE)
    return bool(sentence.mentions_in(span, MentionType.COMMODITY)) and not named


LEAST = 1000  # money; what is paid for works, firms or debt is more than for a share of one


def drop_share_price(draft: Draft) -> None:
    """ "issued at AUD0.28 each": what one share is paid with is not what was raised."""
    if any(a.quantity and a.quantity.bounds[1] < LEAST for a in draft.of("value")):
        draft.drop("value")


def fill_sums(draft: Draft, region: Span, *, noun: bool = False) -> None:
    """Fill stake and value from ``region``: "25% of", "a 70 percent stake", "for $44 million"."""
    sentence, text = draft.sentence, draft.sentence.analysis.text
    for quantity in sentence.quantities_in(region, *SHARE):
        if _is_stake(text, quantity):
            draft.add("stake", quantity)
    if not draft.has("stake"):
        match = _PART.search(text, region.start, region.end)
        if match is not None:
            draft.add("stake", Span(match.start("part"), match.end("part")))
    if draft.has("value"):
        return
    for quantity in sentence.quantities_in(region, *MONEY):
        if quantity.bounds[1] < LEAST:
            continue  # what one share is paid with
        if is_price(text, sentence.span.start, quantity, noun=noun):
            draft.add("value", quantity)
            return


def is_price(text: str, start: int, quantity: Quantity, *, noun: bool = False) -> bool:
    """Tell whether a sum is what is paid: "for $44 million", "a C$1.5 billion bid".

    Beside a verb "its $35 billion purchase of X" is another deal's sum; ``noun`` lets it count.
    """
    before = text[max(start, quantity.span.start - 40) : quantity.span.start]
    deal = _DEAL_AFTER.match(text[quantity.span.end : quantity.span.end + 50])
    if deal is not None:
        after = text[quantity.span.end + deal.end() : quantity.span.end + deal.end() + 8]
        return noun or re.match(r"\s(?:of|for|from)\s[A-Z]", after) is None
    if re.match(r"\s(?:a|per)\s(?:share|unit)", text[quantity.span.end : quantity.span.end + 10]):
        return False
    return bool(_PRICE_BEFORE.search(before)) and not _NOT_PRICE.search(before)


def _is_stake(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.span.start - 48) : quantity.span.start].lower()
    after = text[quantity.span.end : quantity.span.end + 44].lower()
    if re.match(
        r"[- ](?:premium|discount|rise|increase|of (?:the )?(?:output|production|world|global))",
        after,
    ):
        return False
    if re.match(
        r"\s(?:of|in|stake|interest|share|equity|non-|minority|indirect|direct|owned)", after
    ):
        return True
    if re.search(r"\b(?:stake|interest|holding|shareholding)\b.{0,34}\b(?:to|by)\s$", before):
        return True
    return bool(
        STAKE.search(after[:36])
        or re.search(r"\b(?:stakes?|interests?|share) of [\d%. a-z]*$", before)
    )


def finish(draft: Draft) -> Draft | None:
    """Add the circumstances; None when nothing says what changes hands."""
    takers = {a.entity for a in draft.of("acquirer")} - {None}
    draft.arguments = [
        a for a in draft.arguments if a.role != "target" or a.entity not in takers
    ]  # nobody buys himself: "the junior" was taken for the buyer
    if not draft.has("target", "asset"):
        return None
    if draft.has("seller") and not draft.has("acquirer"):
        draft.add("acquirer", surface.named_after_to(draft.sentence, fill.scope(draft)))
    if not draft.has("acquirer", "seller") and _GIVEN_UP.match(
        draft.trigger.of(draft.sentence.analysis.text)
    ):
        _owner_sells(draft)
    fill_day(draft)
    fill_metal(draft, document=draft.sentence.index <= 2)
    fill.fill_country(draft)
    if not draft.has("acquirer", "seller"):
        draft.confidence -= 0.25
    return draft


_GIVEN_UP = re.compile(r"(?:sale|divest|dispos)", re.IGNORECASE)
_BARE_WORKS = re.compile(
    r"(?:operation|mine|plant|smelter|refinery|project|complex|field)s?", re.IGNORECASE
)


def _owner_sells(draft: Draft) -> None:
    """ "A sale of the operation is one of the options": the text's firm may sell its works."""
    analysis = draft.sentence.analysis
    draft.add("seller", works.main_company(analysis))
    words = [a for a in draft.of("asset") if a.entity is None]
    site = works.own_site(analysis)
    if site is not None and words and _BARE_WORKS.search(words[0].text.split()[-1]):
        draft.drop("asset")
        draft.add("asset", site)


def fill_day(draft: Draft) -> None:
    """The date in the deal's own words, else the day it was said, else what opens the sentence."""
    fill.fill_date(draft)
    if draft.has("date"):
        return
    start = draft.sentence.span.start
    days = [d for d in draft.sentence.dates if d.grain == "day"] or [
        d for d in draft.sentence.dates if d.grain != "duration" and d.span.start - start < 12
    ]
    index = fill.nearest(days, draft.trigger)
    if index is not None:
        draft.add("date", days[index])


def fill_metal(draft: Draft, *, document: bool = True) -> None:
    """Commodities of the deal's own words, no part of a name and in no aside; else the document's."""
    sentence = draft.sentence
    names = [a.span for a in draft.arguments if a.entity is not None]
    found = [
        m
        for m in sentence.mentions_in(fill.scope(draft), MentionType.COMMODITY)
        if not any(n.covers(m.span) and n != m.span for n in names)
        and not m.generic
        and not fill.in_aside(draft, m)
    ]
    if found:
        draft.add_all("commodity", fill.distinct(found))
    elif document:
        draft.add("commodity", fill.main_commodity(sentence.analysis))


def buyers_after(sentence: Sentence, region: Span, *preps: str) -> list[Mention]:
    """Parties that a preposition governs, the first phrase with its conjuncts only."""
    found = slots.slots(sentence, region, *PARTY)
    chosen: list[Slot] = []
    for slot in found:
        if slot.prep in preps and not slot.aside:
            joined = not chosen or _joined(sentence, chosen[-1], slot)
            if not joined:
                break
            chosen.append(slot)
    return slots.heads(sentence, chosen)


def _joined(sentence: Sentence, left: Slot, right: Slot) -> bool:
    if left.chunk.index == right.chunk.index:
        return True
    between = sentence.chunks[left.chunk.index + 1 : right.chunk.index]
    return all(c.kind in (Kind.CONJ, Kind.COMMA, Kind.NP) for c in between)
