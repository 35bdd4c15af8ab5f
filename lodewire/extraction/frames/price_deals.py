"""Prices of deals and offers: "accepted a bid of $2,410 a tonne", "inserts now fetch $33 a kg"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames.price_figures import read_figures
from lodewire.extraction.frames.price_filling import NOT_WHEN
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind, Status

_FETCHING = re.compile(
    r"\b(?:fetch(?:es|ed|ing)?|(?:trad(?:ed|es|ing)|quoted|assessed|valued|offered|sold) at|"
    r"chang(?:ed|es|ing) hands at|(?:went|goes|going|sold|sells|selling) for|(?:was|is|were|are) worth|"
    r"costs?)\s(?:as much as |up to )?$|"
    r"\b(?:rose|fell|climbed|dropped|eased|slipped|jumped|gained|lost|declined|firmed|softened|"
    r"sank|slid|tumbled|edged (?:up|down)|inched (?:up|down)|increased|surged|plunged|(?:was|were) "
    r"(?:up|down)) (?:by )?(?:[\d.]+ ?(?:%|per ?cent) )?(?:to|at) $",
    re.IGNORECASE,
)


# A deal or an offer with its price: "accepted a bid of", "sold 500 tonnes … at".
_DEAL = re.compile(
    r"\b(?:paid|pays?|paying)\s(?:about\s|around\s|up to\s|as much as\s)?$|"
    r"\b(?:bought|buying|sold|sell|booked|purchased|awarded|accepted|received|rejected|bids?|offers?|"
    r"offered|paid|pays?|paying|fixed|concluded|closed|cleared|tendered|deals?|transactions?|cargo|"
    r"cargoes|sales?|purchases?|trades?|traded)\b[^;:.$€£]{0,90}?"
    r"(?:\b(?:at|for|of|around|near|to|as low as|as high as|above|below|about)\s(?:an?\s|the\s)?"
    r")$",
    re.IGNORECASE,
)
_NO_DEAL = re.compile(
    r"\b(?:shares?|stake|royalt\w+|acquir\w+|takeover|placement|warrants?|net asset|in[- ]situ|costs?|"
    r"contracts?|agreements?|offtake|tax(?:es)?|dut(?:y|ies)|tariffs?|levy|hedg\w+|forward|would|will|could)\b",
    re.IGNORECASE,
)


def of_deals(sentence: Sentence, taken: Sequence[Span]) -> Iterator[Draft]:
    """ "A smelter accepted a bid of $2,410 a tonne for tin ingot": the price of a deal."""
    text = sentence.analysis.text
    goods = {m.entity: m for m in sentence.mentions_in(sentence.span, MentionType.COMMODITY)}
    if len(goods) != 1 or _NO_DEAL.search(sentence.text):
        return
    for quantity in sentence.quantities_in(sentence.span, QuantityKind.PRICE):
        start = max(sentence.span.start, quantity.span.start - 130)
        told = _DEAL.search(text, start, quantity.span.start)
        if told is None or any(t.overlaps(quantity.span) for t in taken):
            continue
        trigger = Span(told.start(), told.start() + len(told.group().split()[0]))
        clause = sentence.clause_of(trigger)
        yield _quoted(sentence, trigger, clause, next(iter(goods.values())), quantity)
        return


def _quoted(
    sentence: Sentence,
    trigger: Span,
    clause: Clause | None,
    goods: Mention | Span,
    level: Quantity,
) -> Draft:
    """A price of goods by a verb, a change where one follows at once ("…, 20% less than …")."""
    after = Span(trigger.start, min(sentence.span.end, level.span.end + 90))
    figures = read_figures(sentence, after, None)
    change = figures.change
    moved = change is not None and -60 <= change.span.start - level.span.end <= 40
    moved = (moved or change is None) and figures.level == level and figures.direction is not None
    type_ = EventType.PRICE_CHANGE if moved else EventType.PRICE_LEVEL
    draft = Draft(type_, sentence, trigger, clause, status=Status.REPORTED, confidence=0.6)
    draft.add("commodity", goods)
    draft.add("level", level)
    if moved and figures.direction is not None:
        draft.add("direction", figures.move or trigger, figures.direction)
        draft.add("change", change)
    _add_day(draft)
    return draft


def _add_day(draft: Draft) -> None:
    role = "period" if draft.type is EventType.PRICE_CHANGE else "date"
    sentence, text = draft.sentence, draft.sentence.analysis.text
    for date in sentence.dates_in(sentence.span):
        before = text[max(sentence.span.start, date.span.start - 40) : date.span.start]
        if date.grain != "duration" and not NOT_WHEN.search(before):
            draft.add(role, date)
            return


_NO_GOODS = re.compile(
    r"\b(?:costs?|royalt|dut(?:y|ies)|tariffs?|tax|levy|shares?|stock|project|mine|plant|company|"
    r"debt|bonds?|it|they|which|that|who|revenue|margin|AISC|fees?|fines?\b.{0,4}of)",
    re.IGNORECASE,
)


def of_goods(sentence: Sentence, taken: list[Span]) -> Iterator[Draft]:
    """ "Carbide inserts now fetch $33 a kg": a verb of price tells what no list of things knows."""
    text = sentence.analysis.text
    for quantity in sentence.quantities_in(sentence.span, QuantityKind.PRICE):
        start = max(sentence.span.start, quantity.span.start - 34)
        told = _FETCHING.search(text, start, quantity.span.start)
        if told is None or any(t.overlaps(quantity.span) for t in taken):
            continue
        goods = _goods(sentence, Span(told.start(), told.end()))
        if goods is None:
            continue
        clause = sentence.clause_of(quantity.span)
        if clause is not None and clause.verb.modal is not None:
            continue
        trigger = Span(told.start(), told.start() + len(told.group().rstrip()))
        draft = _quoted(sentence, trigger, clause, goods, quantity)
        taken.append(quantity.span)
        yield draft


def _goods(sentence: Sentence, verb: Span) -> Mention | Span | None:
    """What is sold: the subject of the verb, if it can be goods."""
    for clause in sentence.clauses:
        if not clause.chunk.span.overlaps(verb) or clause.subject is None:
            continue
        chunk = clause.subject.chunk
        words = [t for t in chunk.tokens if t.tag.value not in ("det", "quantity", "date")]
        owner = sentence.mentions_in(
            chunk.span, MentionType.ORGANISATION, MentionType.PERSON, MentionType.SITE
        )
        if not words or owner or chunk.is_pronoun or _NO_GOODS.search(chunk.lower):
            return None
        known = sentence.mentions_in(chunk.span, MentionType.COMMODITY)
        return known[-1] if known else Span(words[0].span.start, words[-1].span.end)
    return None
