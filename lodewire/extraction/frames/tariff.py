"""Tariffs: who charges how much on what, from where, since when.

One tariff a rate. A rate belongs to a tariff by construction: "a 25 % tariff", "a duty of 25 %",
"raise duties from 10 % to 25 %", "pay 25 %", and, in sentences that go on with a list of rates,
"BYD faces 17 %, Geely 20 %". Other percentages (prices, shares) stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft, Filler
from lodewire.extraction.frames import fill, measures, parties, tariff_rows
from lodewire.extraction.frames.duties import STEMS, goes_on, tariff_nouns
from lodewire.extraction.frames.rates import find_rates
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind

_CHANGES = re.compile(r"(?i)tariff|dut(?:y|ies)|lev(?:y|ies)|measures|changes|surtax")


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one tariff for each distinct rate that the sentence states, or one without a rate."""
    found = list(_find(sentence))
    if not any(d.has("rate") for d in found):
        found = list(tariff_rows.find(sentence)) or found
    yield from measures.noted(sentence, found)


def _find(sentence: Sentence) -> Iterator[Draft]:
    percent = any(q.kind is QuantityKind.PERCENT for q in sentence.quantities)
    if not sentence.may_hold(STEMS) and not percent:
        return
    nouns = tariff_nouns(sentence)
    rates = find_rates(sentence, nouns, 0 if nouns else goes_on(sentence))
    if not rates:
        draft = measures.takes_effect(sentence, EventType.TARIFF, _CHANGES)
        draft = draft or _without_rate(sentence, nouns)
        if draft is not None:
            yield draft
        return
    for index, rate in enumerate(rates):
        trigger = nouns[fill.nearest_span(nouns, rate.span)] if nouns else rate.span
        stretch = _stretch(sentence, rates, index)
        draft = _draft(sentence, trigger, rate, stretch, _hit_by(sentence, rates, index))
        if draft.has("authority") or not sentence.find(_OPINION):
            yield draft


# What onlookers reckon with is no fact where nobody is said to charge it.
_ONLOOKERS = r"(?:analysts?|traders?|economists?|brokers?|consultan\w+|market participants)"
_OPINION = sought(
    rf"\b(?:according to|say|said|says)\s(?:[\w’']+\s){{0,3}}{_ONLOOKERS}\b|"
    rf"\b{_ONLOOKERS}\s(?:[\w’']+\s){{0,5}}?(?:said|says?|expect\w*|estimate\w*|reckon\w*|think|warn\w*|put)\b",
    re.IGNORECASE,
)


def _without_rate(sentence: Sentence, nouns: list[Span]) -> Draft | None:
    for noun in nouns:
        if not measures.is_told(sentence, noun):
            continue
        draft = _draft(sentence, noun, None, sentence.span)
        told = draft.has("product", "target") or _by_whom(sentence, draft)
        if told and not re.search(r"\btariff\b(?! on)", noun.of(sentence.analysis.text)):
            draft.confidence = 0.6
            return draft
    return None


def _by_whom(sentence: Sentence, draft: Draft) -> bool:
    """ "South Korea introduced anti-dumping duties this year": who and when, the goods told before."""
    clause = draft.clause
    acts = clause is not None and clause.lemma in _BRINGING and not clause.verb.infinitive
    return acts and draft.has("authority") and bool(sentence.dates) and sentence.index > 0


_BRINGING = frozenset(
    "introduce impose levy adopt set slap raise double lift scrap abolish reimpose".split()
)


def _stretch(sentence: Sentence, rates: list[Quantity], index: int) -> Span:
    """The words that belong to one of several rates: up to its neighbours."""
    if len(rates) == 1:
        return sentence.span
    start = rates[index - 1].span.end if index else sentence.span.start
    end = rates[index + 1].span.start if index + 1 < len(rates) else sentence.span.end
    return Span(start, end)


_UPON = re.compile(r"\s(?:(?:dut(?:y|ies)|tariffs?)\s)?(?:on|for|against|from)\s", re.IGNORECASE)


def _hit_by(sentence: Sentence, rates: list[Quantity], index: int) -> Span | None:
    """ "5% on sheet from South Korea and 2% on imports from Greece": who is told behind each rate."""
    text = sentence.analysis.text
    if len(rates) < 2 or not all(_UPON.match(text, r.span.end) for r in rates):
        return None
    end = rates[index + 1].span.start if index + 1 < len(rates) else sentence.span.end
    return Span(rates[index].span.start, end)


def _draft(
    sentence: Sentence,
    trigger: Span,
    rate: Quantity | None,
    stretch: Span,
    hit: Span | None = None,
) -> Draft:
    """``stretch`` holds what belongs to the rate; ``hit`` whom it hits, where that is narrower."""
    clause = measures.telling_clause(sentence, trigger) or sentence.clause_of(trigger)
    draft = Draft(EventType.TARIFF, sentence, trigger, clause)
    draft.add("rate", rate)
    named = [m for m in parties.find_authorities(draft) if not _is_origin(sentence, m)]
    found = named or _destination(sentence)
    targets = _targets(sentence, hit or stretch, found)
    draft.add_all("authority", [m for m in found if m.entity not in {t.entity for t in targets}])
    draft.add_all("target", targets)
    draft.add_all("product", _products(sentence, stretch, trigger, rate.span if rate else trigger))
    measures.fill_effective(draft, stretch, weekdays=True)
    if not draft.has("product", "target", "authority"):
        draft.confidence = 0.4
    return draft


def _is_origin(sentence: Sentence, mention: Mention) -> bool:
    """ "potash from Canada pays 10%": where the goods come from imposes nothing."""
    before = sentence.analysis.text[
        max(sentence.span.start, mention.span.start - 20) : mention.span.start
    ]
    return mention.type is MentionType.COUNTRY and _FROM.search(before) is not None


_FROM = re.compile(r"\b(?:from|originating in|made in|produced in|against)\s(?:the\s)?$")


def _destination(sentence: Sentence) -> list[Mention]:
    """ "imported into the US", "imports by India": the country that takes the goods in."""
    text = sentence.analysis.text
    for mention in sentence.mentions_in(sentence.span, MentionType.COUNTRY):
        before = text[max(sentence.span.start, mention.span.start - 24) : mention.span.start]
        if re.search(
            r"\b(?:(?:imports?|imported|shipped|coming)\s(?:\w+\s)?(?:in)?to|entering|bound for)\s"
            r"(?:the\s)?$",
            before,
        ):
            return [mention]
    for mention in sentence.mentions_in(sentence.span, MentionType.COUNTRY):
        before = text[max(sentence.span.start, mention.span.start - 24) : mention.span.start]
        if re.search(
            r"\b(?:effect|levied|charged|force|duty|tariffs?|imposed) in\s(?:the\s)?$", before
        ):
            return [mention]
    return []


def _products(sentence: Sentence, stretch: Span, trigger: Span, rate: Span) -> list[Filler]:
    """The goods after the rate or the noun ("on …"), else those before; unlisted ones by words."""
    named = [m for m in measures.goods(sentence, stretch) if not _is_ending(sentence, m)]
    for anchor in dict.fromkeys((max(rate.end, trigger.end), min(rate.end, trigger.end))):
        phrase = measures.phrase_after(sentence, anchor, _ON)
        if phrase is None or phrase.start >= stretch.end:
            continue
        if sentence.mentions_in(phrase, MentionType.ORGANISATION):
            continue
        inside = [i for i, m in enumerate(named) if phrase.overlaps(m.span)]
        inside = inside or _including(sentence, named, phrase)
        if inside:
            return list(_each(measures.coordinated(sentence, named, inside[0])))
        if sentence.analysis.text[phrase.start].isupper():
            continue  # "38.1% for SAIC": a name, not goods
        return [phrase]
    charged = list(_charged(sentence, stretch, rate))
    if charged:
        return charged
    before = [i for i, m in enumerate(named) if m.span.end <= max(trigger.start, rate.start)]
    if before:
        return list(_each(measures.coordinated(sentence, named, before[-1])))
    after = [i for i, m in enumerate(named) if 0 <= m.span.start - trigger.end < 60]
    if after:
        return list(_each(measures.coordinated(sentence, named, after[0])))
    return []


def _including(sentence: Sentence, named: list[Mention], phrase: Span) -> list[int]:
    """ "some raw materials, including coking coal": what the phrase includes."""
    for index, mention in enumerate(named):
        between = sentence.analysis.text[phrase.end : max(phrase.end, mention.span.start)]
        if re.fullmatch(r",?\s(?:including|such as|namely|like|among them)\s(?:\w+\s)?", between):
            return [index]
    return []


def _each(mentions: list[Mention]) -> list[Mention]:
    """Each wording once: a schedule tells stainless rod from stainless bar."""
    return list({m.text.lower(): m for m in mentions}.values())


_ON = re.compile(
    r"(?:\s(?:rates?|tariffs?|dut(?:y|ies)|levy|levies|surtax|surcharge|import|anti-dumping|"
    r"of|up|to|\d[\d.]*%?|will be charged|is charged|has been imposed|will be imposed|"
    r"will be levied|was imposed|on all|applied)){0,4}\s(?:on|for|covering|against)\s",
    re.IGNORECASE,
)


def _charged(sentence: Sentence, stretch: Span, rate: Span) -> Iterator[Filler]:
    """ "Fittings attract 13 %", "For slab, … a 30 % tariff": unlisted goods by their place."""
    first = next(sentence.noun_phrases(), None)
    opener = sentence.chunks[0].lower if sentence.chunks else ""
    if opener in ("for", "on") and first is not None and first.index == 1 and not first.is_date:
        if not sentence.mentions_in(first.span) and not measures.is_no_goods(first.lower):
            yield first.span
        return
    for clause in sentence.clauses:
        if clause.lemma not in ("attract", "face", "pay", "incur", "bear", "draw"):
            continue
        if clause.subject is None or clause.inherited or not stretch.covers(clause.chunk.span):
            continue
        if not sentence.reach(clause).overlaps(rate):
            continue
        for chunk in clause.subject.chunks:
            named = measures.goods(sentence, chunk.span)
            yield from named
            if (
                not named
                and not sentence.mentions_in(chunk.span)
                and not chunk.is_pronoun
                and not measures.is_no_goods(chunk.lower)
            ):
                yield chunk.span


def _is_ending(sentence: Sentence, mention: Mention) -> bool:
    """ "the steel industry", "copper futures": what the goods name is not what is charged."""
    after = sentence.analysis.text[mention.span.end : mention.span.end + 24]
    return bool(
        re.match(
            r"\s(?:industry|makers?|lobby|futures|market|prices?|premium|sector|producers?)\b",
            after,
        )
    )


_TARGET = re.compile(
    r"\b(?:from|against|on)\s+(?:(?!after|before|since|when|as|that|while)[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:%|per ?cent|tonnes?|tons?)\s(?:for|on|to|against)\s(?:the\s)?$|"
    r"\b(?:out of|originating in|made in|built in|produced in|shipped from|coming from|exported from|"
    r"source[sd]? from|bought from)\s(?:the\s)?$",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"[’'s]*\s(?:[\w-]+\s){0,3}(?:imports?|exports?|goods|products|steel|alumin\w+|copper|evs?|"
    r"electric|cars?|vehicles|metals?|batter\w+|chips|semiconductors|solar|oil|peas|lumber|coal|"
    r"shipments|producers|exporters|suppliers|graphite|wafers|magnets|minerals|origin)\b",
    re.IGNORECASE,
)
_EXEMPT = re.compile(
    r"\b(?:except|excluding|exempt\w*|free trade|left out|other than|spared?|relations? with)\b",
    re.IGNORECASE,
)


def _targets(sentence: Sentence, stretch: Span, authority: list[Mention]) -> list[Mention]:
    """Countries hit: after "from" or "against", or a demonym before the goods."""
    text = sentence.analysis.text
    ours = {m.entity for m in authority} | {m.country for m in authority}
    found: list[Mention] = []
    for mention in sentence.mentions_in(stretch, MentionType.COUNTRY):
        if mention.entity in ours:
            continue
        before = text[max(sentence.span.start, mention.span.start - 40) : mention.span.start]
        if _EXEMPT.search(text, sentence.span.start, mention.span.start):
            continue
        arrives = re.search(r"\b(?:imports? (?:in)?to|into|in|by|based in)\s(?:the\s)?$", before)
        if arrives and not _FOR.search(before):
            continue
        near = bool(found) and 0 <= mention.span.start - found[-1].span.end < 12
        listed = near and re.search(r"(?:,|\band|\bor)\s(?:the\s)?$", before) is not None
        if (
            listed
            or _TARGET.search(before)
            or _FOR.search(before)
            or _ORIGIN.match(text, mention.span.end)
        ):
            found.append(mention)
    return fill.distinct(found)
