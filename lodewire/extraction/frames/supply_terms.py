"""The terms of a supply deal: volume, length, value, source, goods and start of deliveries."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames import fill, slots, surface, telling
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind

_TERM = re.compile(r"\b(?:long[- ]term|multi-?year|life[- ]of[- ]mine|evergreen)\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:runs?|running|lasts?|valid|extends?|effective)(?: out)?\s(?:from |until |till |to |through |in |for )"
    r"|\b(?:until|through|for the)\s$"
)
_FOR_LENGTH = re.compile(
    r"(?:for|over|period of|term of|by|lasting|spanning|initial|minimum|life of)"
    r"\s*(?:at least |up to |about |a further |another |an? (?:initial |minimum |further )?|"
    r"the next )?$"
)
_STARTING = re.compile(
    r"\b(?:from|starting|beginning|commencing|start(?:s|ed)?|begin(?:s)?|commence(?:s)?|between|due|"
    r"as of|as early as|first deliver\w+|deliver\w+)\b[^.;]{0,24}$"
)
SHARE_OF_GOODS = re.compile(
    r"\bto (?:buy|take|purchase|receive|lift)\b[^.;]{0,30}?\bof (?:what\b|(?:its|the|their) (?:[\w-]+ ){0,3}?"
    r"(?:output|production|concentrate|off-?take|volumes))",
    re.IGNORECASE,
)
GOODS_FOR = re.compile(
    r"\b(?:for|of) (?:the |its |their |all )?(?:[\w-]+ ){0,2}?(?P<goods>material|ore|feed|feedstock|"
    r"concentrates?|output|supplies|magnets|ingots?|slabs?|turbines?|wafers?|cells|batteries|modules|"
    r"anodes?|cathodes?|chips|pellets?|billets?|LNG|gas|fuel|power|electricity|oxides?|metal)\b"
)
ALL_OF = sought(
    r"\b(?:all(?: of)?|half(?: of)?|most of|part of|the (?:entire|whole)|its (?:own )?share of|a third of|"
    r"a quarter of) (?:of )?(?:the |its |their )?(?:[\w-]+ ){0,3}?"
    r"(?:output|production|concentrate|feed|material|product|volumes?)\b"
)


def told_plainly(sentence: Sentence) -> Draft | None:
    """What the words around the names tell where no clause does: headlines, ellipses."""
    told = telling.supply(sentence)
    if told is None:
        return None
    trigger, suppliers, buyers = told
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, trigger, sentence.clause_of(trigger))
    draft.confidence = 0.6
    draft.add_all("supplier", suppliers[:4])
    draft.add_all("buyer", buyers[:2])
    return fill_terms(draft, sentence.span)


def fill_terms(draft: Draft, reach: Span) -> Draft | None:
    """Fill volume, term, value, site, commodity, date and country from the pact's own words."""
    sentence = draft.sentence
    if draft.has("supplier") and not draft.has("buyer"):
        draft.add("buyer", surface.named_after_to(sentence, reach))
    fill_volume(draft, reach)
    fill_term(draft, reach)
    for slot in slots.slots(sentence, reach, MentionType.SITE):
        if slot.prep in ("from", "at", "of", "in", "by", "under"):
            draft.add("site", slot.mention)
            break
    _fill_value(draft, reach)
    _fill_goods(draft, reach)
    _fill_start(draft, reach)
    fill.fill_country(draft)
    draft.anaphoric = draft.anaphoric or _is_the_deal(draft)
    if draft.has("commodity"):
        return draft
    return draft if draft.has("supplier") and draft.has("buyer") else None


def _is_the_deal(draft: Draft) -> bool:
    """ "The hydroxide agreement gives GM security": a deal told before, with one of its sides."""
    sentence = draft.sentence
    chunk = sentence.chunk_at(draft.trigger.start)
    if chunk is None or sentence.index == 0 or (draft.has("supplier") and draft.has("buyer")):
        return False
    subject = draft.clause.subject if draft.clause is not None else None
    acts = subject is not None and any(chunk is c for c in subject.chunks)
    definite = chunk.lower.startswith(("the ", "this ")) and acts
    return definite and not sentence.mentions_in(chunk.span, MentionType.ORGANISATION)


# "a 200,000 MT polysilicon plant": the size of a works, not of a deal.
PLANT_SIZE = re.compile(
    r"[- ](?:[\w-]+ ){0,2}?(?:plant|factory|project|mine|smelter|refinery|facility|line|unit)\b"
)


def fill_volume(draft: Draft, reach: Span) -> None:
    sentence = draft.sentence
    text = sentence.analysis.text
    told = sentence.quantities_in(reach, *TONNAGE)
    volumes = [q for q in told if not PLANT_SIZE.match(text, q.span.end)]
    if volumes:
        index = fill.nearest(volumes, draft.trigger)
        draft.add("volume", volumes[index or 0])
        return
    match = ALL_OF.pattern.search(sentence.analysis.text, reach.start, reach.end)
    if match is not None:
        draft.add("volume", Span(match.start(), match.end()))


def fill_term(draft: Draft, reach: Span) -> None:
    sentence, text = draft.sentence, draft.sentence.analysis.text
    for duration in sentence.quantities_in(sentence.span, QuantityKind.DURATION):
        before = text[max(sentence.span.start, duration.span.start - 30) : duration.span.start]
        hyphened = re.search(r"-(?:year|month)", duration.text) is not None
        if hyphened or _FOR_LENGTH.search(before):
            draft.add("term", duration)
            return
    for date in sentence.dates_in(sentence.span):
        before = text[max(sentence.span.start, date.span.start - 24) : date.span.start]
        if date.grain == "duration" and _FOR_LENGTH.search(before):
            draft.add("term", date)
            return
        if _UNTIL.search(before):
            draft.add("term", date)
            return
    match = _TERM.search(text, reach.start, reach.end) or _TERM.search(
        text, max(sentence.span.start, reach.start - 30), reach.end
    )
    if match is not None:
        draft.add("term", Span(match.start(), match.end()))


def _fill_value(draft: Draft, reach: Span) -> None:
    sentence = draft.sentence
    sums = sentence.quantities_in(reach, QuantityKind.MONEY, QuantityKind.PRICE)
    text = sentence.analysis.text
    for quantity in sums:
        before = text[max(sentence.span.start, quantity.span.start - 28) : quantity.span.start]
        after = text[quantity.span.end : quantity.span.end + 24]
        if re.search(r"\b(?:worth|at|for|of|valued|costing|total\w*)\b[^,;]{0,20}$", before) or (
            re.match(r"\s(?:deal|contract|agreement|award|order)", after)
        ):
            draft.add("value", quantity)
            return


def _fill_goods(draft: Draft, reach: Span) -> None:
    """The commodity of the pact's own words, else of the sentence, else the document's."""
    sentence = draft.sentence
    found = _goods_in(sentence, reach)
    if found:
        draft.add_all("commodity", fill.distinct(found))
        return
    goods = GOODS_FOR.search(sentence.analysis.text, reach.start, reach.end)
    vague = goods is not None and goods["goods"] in ("output", "supplies", "material")
    if (
        goods is not None
        and not vague
        and not sentence.mentions_in(sentence.span, MentionType.COMMODITY)
    ):
        draft.add("commodity", Span(goods.start("goods"), goods.end("goods")))
        return
    if draft.has("volume") or (draft.has("supplier") and draft.has("buyer")):
        fill.fill_commodity(draft)  # a lone party and the text's metal make no deal


def _goods_in(sentence: Sentence, reach: Span) -> list[Mention]:
    """Commodities that are sold: no part of a name, no use ("for electric vehicles")."""
    told = slots.slots(sentence, reach, MentionType.COMMODITY)
    free = [
        s
        for s in told
        if not _is_use(sentence, s.mention)
        and not s.mention.generic
        and not any(
            o.span.start > s.mention.span.end
            for o in sentence.mentions_in(s.chunk.span, MentionType.ORGANISATION, MentionType.SITE)
        )
    ]
    sold = [s for s in free if s.prep not in ("for", "into")]
    return [s.mention for s in sold or free]


_USE = frozenset(("battery", "batteries", "electric vehicles", "electric vehicle"))


def _is_use(sentence: Sentence, mention: Mention) -> bool:
    """ "battery-grade lithium", "for electric vehicles": what it goes into is not what is sold."""
    if mention.text.lower() not in _USE:
        return False
    return sentence.analysis.text[mention.span.end : mention.span.end + 1] == "-" or (
        len(sentence.mentions_in(sentence.span, MentionType.COMMODITY)) > 1
    )


def fill_first_delivery(draft: Draft) -> bool:
    sentence, text = draft.sentence, draft.sentence.analysis.text
    term = {a.span for a in draft.of("term")}
    for date in sentence.dates_in(sentence.span):
        before = text[max(sentence.span.start, date.span.start - 40) : date.span.start]
        if date.grain != "duration" and date.span not in term and _STARTING.search(before):
            return draft.add("date", date)
    return False


# "to be final by 28 February": when something is due is not when it was agreed.
_DUE = re.compile(r"\b(?:by|before|until|no later than) (?:the end of )?$")


def _fill_start(draft: Draft, reach: Span) -> None:
    """The start of deliveries where the text gives it, else the day of the deal."""
    sentence = draft.sentence
    term = {a.span for a in draft.of("term")}
    dates = [d for d in sentence.dates_in(sentence.span) if d.grain != "duration"]
    if fill_first_delivery(draft):
        return
    near = [d for d in dates if d.span not in term and (d.grain == "day" or reach.covers(d.span))]
    text = sentence.analysis.text
    near = [d for d in near if not _DUE.search(text[max(0, d.span.start - 24) : d.span.start])]
    index = fill.nearest(near, draft.trigger)
    if index is not None:
        draft.add("date", near[index])
