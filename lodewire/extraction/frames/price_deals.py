"""Prices of deals and offers: "accepted a bid of $2,410 a tonne", "inserts now fetch $33 a kg"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import forecast
from lodewire.extraction.frames.price_figures import read_figures
from lodewire.extraction.frames.price_filling import NOT_WHEN, fill_commodity
from lodewire.extraction.frames.price_hours import after_time
from lodewire.extraction.frames.price_words import EXCHANGE
from lodewire.extraction.grammar.clauses import SPEECH, Clause
from lodewire.extraction.grammar.sieve import sought
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
_NO_DEAL = sought(
    r"\b(?:shares?|stake|royalt\w+|acquir\w+|takeover|placement|warrants?|net asset|in[- ]situ|costs?|"
    r"contracts?|agreements?|offtake|tax(?:es)?|dut(?:y|ies)|tariffs?|levy|hedg\w+|forward|would|will|could)\b",
    re.IGNORECASE,
)


def of_deals(sentence: Sentence, taken: Sequence[Span]) -> Iterator[Draft]:
    """ "A smelter accepted a bid of $2,410 a tonne for tin ingot": the price of a deal."""
    text = sentence.analysis.text
    named = {m.entity: m for m in sentence.mentions_in(sentence.span, MentionType.COMMODITY)}
    goods: list[Mention | Span] = list(named.values())
    if not goods:
        weighed = sentence.quantities_in(sentence.span, QuantityKind.MASS)
        goods = [q.substance for q in weighed if q.substance is not None]
    if len(goods) != 1 or sentence.find(_NO_DEAL):
        return
    for quantity in sentence.quantities_in(sentence.span, QuantityKind.PRICE):
        start = max(sentence.span.start, quantity.span.start - 130)
        told = _DEAL.search(text, start, quantity.span.start)
        if told is None or any(t.overlaps(quantity.span) for t in taken):
            continue
        trigger = Span(told.start(), told.start() + len(told.group().split()[0]))
        clause = sentence.clause_of(trigger)
        yield _quoted(sentence, trigger, clause, goods[0], quantity)
        return


def _quoted(
    sentence: Sentence,
    trigger: Span,
    clause: Clause | None,
    goods: Mention | Span,
    level: Quantity,
) -> Draft:
    """A price of goods by a verb, a change where one follows at once ("…, 20% less than …")."""
    after = Span(trigger.start, _end(sentence, level, clause))
    figures = read_figures(sentence, after, None)
    change = figures.change
    level = figures.level or level
    moved = change is not None and -60 <= change.span.start - level.span.end <= 90
    moved = (moved or change is None) and figures.direction is not None
    type_ = EventType.PRICE_CHANGE if moved else EventType.PRICE_LEVEL
    draft = Draft(type_, sentence, trigger, clause, status=Status.REPORTED, confidence=0.6)
    named = isinstance(goods, Mention) and goods.type is MentionType.COMMODITY
    draft.add("benchmark", _phrase(sentence, trigger, goods))
    words = goods.of(sentence.analysis.text).lower().split() if isinstance(goods, Span) else []
    told = bool(words) and words[-1] not in _ANAPHORS
    draft.add("commodity", goods if named or told else None)
    if not draft.has("commodity") and isinstance(goods, Span):
        fill_commodity(draft)
    draft.add("level", level)
    if moved and figures.direction is not None:
        draft.add("direction", figures.move or trigger, figures.direction)
        draft.add("change", change)
    _add_day(draft)
    return draft


def _end(sentence: Sentence, level: Quantity, clause: Clause | None) -> int:
    """Where what may be said of the price ends: at a verb with a subject of its own."""
    end = min(sentence.span.end, level.span.end + 130)
    for later in sentence.clauses:
        subject = later.subject
        own = subject is not None and later is not clause and later.lemma not in SPEECH
        own = own and later.verb.finite and not later.relative and not later.verb.reduced
        if own and subject is not None and level.span.end < subject.chunk.span.start:
            end = min(end, subject.chunk.span.start)
    link = _LINK.search(sentence.analysis.text, level.span.end, end)
    return link.start() if link is not None else end


_LINK = re.compile(r"\s(?:as|while|because|when|whereas)\s")


def _add_day(draft: Draft) -> None:
    role = "period" if draft.type is EventType.PRICE_CHANGE else "date"
    sentence, text = draft.sentence, draft.sentence.analysis.text
    for date in sentence.dates_in(sentence.span):
        before = text[max(sentence.span.start, date.span.start - 40) : date.span.start]
        if date.grain != "duration" and not NOT_WHEN.search(before):
            draft.add(role, date)
            return


_NO_GOODS = re.compile(
    r"\b(?:costs?|C1|net cash|all-in|royalt|dut(?:y|ies)|tariffs?|tax|levy|shares?|stock|project|mine|plant|company|"
    r"debt|bonds?|it|they|which|that|who|revenue|margin|AISC|fees?|fines?\b.{0,4}of)",
    re.IGNORECASE,
)


# Verbs of a price: what their subject is sold at, or moves to.
_PRICING = frozenset(
    "stand average trade change put peg quote assess value settle close end finish open cost fetch earn "
    "command bring hold hover go move sell sit hit touch reach mark price bid offer roll remain stay rise fall "
    "climb drop ease slip jump gain lose decline firm soften slide sink tumble surge plunge recover rebound "
    "bounce put be see edge inch creep nudge tick".split()
)


_DUTY = sought(r"\b(?:thresholds?|dut(?:y|ies)|tariffs?|lev(?:y|ies)|royalt\w+|tax(?:es|ed)?)\b")


def of_goods(sentence: Sentence, taken: list[Span]) -> Iterator[Draft]:
    """ "Carbide inserts now fetch $33 a kg": a verb of price tells what no list of things knows."""
    headline = sentence.index == 0 and not sentence.text.rstrip().endswith(".")
    if headline or sentence.find(_DUTY):
        return  # a headline's round mark ("past $3,900") is not the price of the report
    ahead = [a.span for d in forecast.find(sentence) for a in d.arguments]
    for quantity in sentence.quantities_in(sentence.span, QuantityKind.PRICE, QuantityKind.MONEY):
        if any(t.overlaps(quantity.span) for t in (*taken, *ahead)) or not _is_rate(
            sentence, quantity
        ):
            continue
        trigger = _pricing_verb(sentence, quantity)
        if trigger is None:
            continue
        goods = _goods(sentence, trigger)
        clause = sentence.clause_of(quantity.span)
        if goods is None or (clause is not None and clause.verb.modal is not None):
            continue
        draft = _quoted(sentence, trigger, clause, goods, quantity)
        figures = [*draft.of("level"), *draft.of("change")]
        if any(t.overlaps(a.span) for a in figures for t in taken):
            continue
        taken.extend(a.span for a in draft.arguments)
        yield draft


_DEARER = re.compile(
    r"[^;.]{0,30}?,? (?:or )?(?:about |some |nearly )?\S{1,12} ?(?:%|per ?cent|pc) "
    r"(?:dearer|cheaper|higher|lower|more|less|above|below|up|down)\b"
)


def _is_rate(sentence: Sentence, quantity: Quantity) -> bool:
    """A sum for a unit, whether the unit is known ("$73.88/bl") or the sum is told as moving."""
    if quantity.kind is QuantityKind.PRICE:
        return True
    text, end = sentence.analysis.text, quantity.span.end
    small = quantity.bounds[1] < 100_000
    per = re.match(r"/[a-zA-Z]{1,5}\b", text[end : end + 7]) is not None
    return small and (per or _DEARER.match(text, end, sentence.span.end) is not None)


def _pricing_verb(sentence: Sentence, quantity: Quantity) -> Span | None:
    text = sentence.analysis.text
    start = max(sentence.span.start, quantity.span.start - 34)
    told = _FETCHING.search(text, start, quantity.span.start)
    if told is not None:
        return Span(told.start(), told.start() + len(told.group().rstrip()))
    before = [c for c in sentence.clauses if c.chunk.span.end <= quantity.span.start]
    if not before or before[-1].lemma not in _PRICING or not before[-1].verb.finite:
        return None
    verb, between = before[-1], text[before[-1].chunk.span.end : quantity.span.start]
    plain = not re.search(r"[;:]|\bcosts?\b|\bmargin", between) and len(between) <= 60
    ahead = verb.verb.modal is not None or verb.verb.negated
    return verb.chunk.span if plain and not ahead else None


_ANAPHORS = frozenset(
    "indicator indicators index basket contract benchmark price prices metal".split()
)


def _phrase(sentence: Sentence, trigger: Span, goods: Mention | Span) -> Span | None:
    """The whole subject, where it says more than the goods: "Day-ahead power on the Iberian market"."""
    chunk = sentence.chunk_at(goods.span.start if isinstance(goods, Mention) else goods.start)
    if chunk is None or chunk.span.end > trigger.start:
        return None
    text = sentence.analysis.text
    words = [t for t in chunk.tokens if t.tag.value not in ("det", "poss", "date")]
    start = words[0].span.start if words else chunk.span.start
    start = after_time(sentence, chunk, start, [goods] if isinstance(goods, Mention) else [])
    verb = sentence.chunk_at(trigger.start)
    end = verb.span.start if verb is not None else trigger.start
    behind = _BEHIND.match(text, chunk.span.end, max(chunk.span.end, end))
    if behind is not None and sentence.dates_in(Span(behind.start(), behind.end())):
        behind = None
    whole = Span(start, behind.end() if behind is not None else chunk.span.end)
    if isinstance(goods, Mention):
        more = len(whole.of(text)) - (goods.span.end - goods.span.start) > 2
        return whole if more or goods.type is not MentionType.COMMODITY else None
    told = words[-1].lower in _ANAPHORS if words else False
    placed = sentence.mentions_in(chunk.span, MentionType.COUNTRY, MentionType.PLACE)
    marked = re.search(r"[\d-]", whole.of(text)) or EXCHANGE.pattern.search(whole.of(text))
    return whole if behind is not None or told or placed or marked else None


_BEHIND = re.compile(
    r"\s(?:in|on|of|from|cif|fob|delivered (?:to|into))\s(?:the )?(?:[\w.%-]+\s){0,3}?[A-Z][\w-]+"
    r"(?:\s(?:market|exchange|port|[A-Z][\w-]+))*"
)


def _goods(sentence: Sentence, verb: Span) -> Mention | Span | None:
    """What is sold: the subject of the verb, if it can be goods or a crude named for its place."""
    for clause in sentence.clauses:
        if not clause.chunk.span.overlaps(verb) or clause.subject is None:
            continue
        chunk = clause.subject.chunk
        words = [t for t in chunk.tokens if t.tag.value not in ("det", "quantity", "date")]
        owners = (MentionType.ORGANISATION, MentionType.PERSON, MentionType.SITE)
        owner = [
            m
            for m in sentence.mentions_in(chunk.span, *owners)
            if not EXCHANGE.pattern.search(m.text)
        ]
        if not words or owner or chunk.is_pronoun or _NO_GOODS.search(chunk.lower):
            return None
        known = sentence.mentions_in(chunk.span, MentionType.COMMODITY, MentionType.BENCHMARK)
        terms = words[0].lower in _TERMS  # "oxide 99% (75:25), fob China, was $50-52 per kg"
        start = sentence.span.start if terms else chunk.span.start
        near = Span(start, max(chunk.span.end, clause.chunk.span.start))
        known = known or sentence.mentions_in(near, MentionType.COMMODITY)
        if known:
            return known[-1]
        if terms or words[-1].lower in _NO_NAMES or len(words) > 6:
            return None
        place = sentence.mentions_in(chunk.span, MentionType.COUNTRY, MentionType.PLACE)
        if place and place[-1].span == Span(words[0].span.start, words[-1].span.end):
            return place[-1] if place[-1].text in _CRUDES else None
        return Span(words[0].span.start, words[-1].span.end)
    return None


_TERMS = frozenset("fob cif cfr exw ex-works ddp delivered basis in-warehouse duty-paid".split())
_NO_NAMES = frozenset(
    "range figure figures gap spread total average number level market deal deals bid bids offer offers sale "
    "amount value record high low peak trade trades group investment purchase move shift sum two three both last week day month year ones rest".split()
)
_CRUDES = frozenset(("Dubai", "Oman", "Urals", "Tapis", "Minas", "Bonny Light", "Murban", "Merey"))
