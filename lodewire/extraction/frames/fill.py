"""Filling the circumstances that many event types share: date, country, commodity, value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from lodewire.extraction.analysis import Analysis, Sentence
from lodewire.extraction.drafts import Draft
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.vocabulary import EventType, MentionType
from lodewire.ontology.benchmarks import load_benchmarks
from lodewire.ontology.countries import load_regions
from lodewire.ontology.sites import load_sites

_LOCATIVE = re.compile(r"\b(?:in|at|from|across|within|near|off|of)\s+(?:the\s+)?[\w\s,'’-]{0,40}$")


def scope(draft: Draft) -> Span:
    """The part of the sentence that belongs to the draft's clause, subject included."""
    if draft.reach is not None:
        return draft.reach
    if draft.clause is None:
        return draft.sentence.span
    reach, tail = draft.sentence.reach(draft.clause), draft.sentence.tail(draft.clause)
    return Span(min(reach.start, tail.start), max(reach.end, tail.end))


def nearest(found: Sequence[Mention | Quantity | DateMention], at: Span) -> int | None:
    """Index of what stands nearest to ``at``; what follows wins over what precedes."""
    best: tuple[int, int] | None = None
    for index, thing in enumerate(found):
        gap = (
            thing.span.start - at.end
            if thing.span.start >= at.start
            else (at.start - thing.span.end) + 8
        )
        if best is None or gap < best[0]:
            best = (gap, index)
    return None if best is None else best[1]


def fill_date(draft: Draft, role: str = "date") -> None:
    """Fill ``role`` with the date nearest to the trigger in its clause."""
    if draft.has(role):
        return
    dates = [d for d in draft.sentence.dates_in(scope(draft)) if d.grain != "duration"]
    dates = [d for d in dates if not is_of_speech(draft.sentence, d)]
    index = nearest(dates, draft.trigger)
    if index is not None:
        draft.add(role, dates[index])


_SAID = re.compile(r"\b(?:said|told|added)\b(?: [\w’'-]+){0,4}?(?: late| early)?(?: on| in)? $")
_SAYS = re.compile(r",? (?:said|told)\b")


def is_of_speech(sentence: Sentence, date: DateMention) -> bool:
    """ "X, the company said on Thursday", "X on Thursday said": the day of saying, not of doing."""
    if date.grain != "day":
        return False
    text = sentence.analysis.text
    start = max(sentence.span.start, date.span.start - 44)
    if _SAYS.match(text, date.span.end):
        return True
    return _SAID.search(text[start : date.span.start]) is not None


def fill_country(draft: Draft, role: str = "country") -> None:
    """Fill ``role`` with the place where it happens, if the text names it.

    First a country or region after "in"; then a demonym before a site; then the country of a
    filled site, where the text names that country anywhere.
    """
    if draft.has(role):
        return
    sentence = draft.sentence
    parties = {a.span for a in draft.arguments}
    places = [
        m
        for m in sentence.mentions_in(scope(draft), MentionType.COUNTRY, MentionType.PLACE)
        if m.span not in parties
        and m.country is not None
        and not is_city(m)
        and not _describes(sentence, m)
        and not in_aside(draft, m)
    ]
    text = sentence.analysis.text
    for place in places:
        if _LOCATIVE.search(
            text, max(sentence.span.start, place.span.start - 60), place.span.start
        ):
            draft.add(role, place)
            return
    country = site_country(draft)
    if country is not None:
        draft.add(role, country)


def is_city(mention: Mention) -> bool:
    """A place too small to be the country of what happens: "told a conference in Perth"."""
    return mention.entity in _cities()


@cache
def _cities() -> frozenset[str]:
    return frozenset(f"{r.country}:{r.name}" for r in load_regions() if r.kind.value == "city")


_ASIDE = re.compile(r",\s(?:which|who|whose|where)\b")


def in_aside(draft: Draft, mention: Mention) -> bool:
    """Tell whether a mention stands in a which-clause behind the trigger: "…, which owns X in Y"."""
    if draft.type not in _WITH_ASIDES or mention.span.start < draft.trigger.end:
        return False
    text = draft.sentence.analysis.text
    return _ASIDE.search(text, draft.trigger.end, mention.span.start) is not None


_WITH_ASIDES = frozenset((EventType.ACQUISITION, EventType.FINANCING, EventType.JOINT_VENTURE))
_FIRM = re.compile(
    r"\b(?:compan(?:y|ies)|group|miner|firm|giant|explorer|junior|producer|maker|automaker|carmaker|"
    r"investor|investors|buyer|buyers|trader|refiner|government|minister|ministry|president|official|"
    r"officials|partner|customers?|lender|bank|utility|listed|state-owned)\b"
)
_PART_OF_LAND = re.compile(
    r"[\u2019']s?\s(?:\w+ern\s|\w+-west\w*\s)?(?:north|south|east|west|\w+ern|province|region|state|"
    r"coast|capital|[A-Z])"
)


_LAND = re.compile(
    r"\b(?:mines?|projects?|assets?|operations?|smelters?|plants?|refiner(?:y|ies)|provinces?|regions?|"
    r"coast|waters|output|production|exports?|units?|deposits?|sites?|facilit(?:y|ies)|tenements?|"
    r"ground|licen[cs]es?|fields?|blocks?|reserves?|soil|territory|capital|basin|district|county|"
    r"state of|states?|island|archipelago|border|fab|factory|port|venture|scheme|prospect)\b"
)


def _is_adjective(place: Mention) -> bool:
    written = place.text.lower()
    return place.name.lower() != written and written.endswith(("an", "ese", "ish", "ch", "ean"))


def _describes(sentence: Sentence, place: Mention) -> bool:
    """Tell whether a place only says where a party is from: "China's Sinopec", "X of Texas"."""
    chunk = sentence.chunk_at(place.span.start)
    text = sentence.analysis.text
    after = text[place.span.end : place.span.end + 24]
    if after[:1] in ("'", "’") and not _PART_OF_LAND.match(after):
        return True
    if chunk is not None and _FIRM.search(text, place.span.end, chunk.span.end):
        return True
    if chunk is not None and _is_adjective(place) and not _LAND.search(chunk.lower):
        return True  # "the Danish state", "Japanese demand": whose it is, not where it happens
    if chunk is not None:
        for named in sentence.mentions_in(chunk.span, MentionType.ORGANISATION):
            if named.span.start > place.span.end:
                return True
    for named in sentence.mentions:
        if named.type is not MentionType.ORGANISATION or named.span.end > place.span.start:
            continue
        if text[named.span.end : place.span.start].strip(" ,") in ("of", "from"):
            return True
    return text[place.span.end : place.span.end + 6] in ("-based", "-liste", "-owned")


def site_country(draft: Draft) -> Mention | None:
    """The mention of the country in which a filled site lies, if the text has one."""
    sites = load_sites()
    wanted = {
        sites[a.entity].country
        for a in draft.arguments
        if a.role in ("site", "asset", "target") and a.entity is not None and a.entity in sites
    }
    told = [
        m
        for m in draft.sentence.analysis.of_type(MentionType.COUNTRY, MentionType.PLACE)
        if m.country in wanted
    ]
    # The country by its name, before a capital that stands for its government or a demonym.
    return min(told, key=lambda m: m.text.lower() != m.name.lower(), default=None)


def fill_commodity(draft: Draft, role: str = "commodity", *, document: bool = True) -> None:
    """Fill ``role``: commodities of clause, else sentence, else the document's main one."""
    if draft.has(role):
        return
    sentence = draft.sentence
    for span in (scope(draft), sentence.span):
        found = [m for m in sentence.mentions_in(span, MentionType.COMMODITY) if not m.generic]
        if found:
            draft.add_all(role, distinct(found))
            return
    if document:
        main = main_commodity(sentence.analysis)
        if main is not None:
            draft.add(role, main)


def distinct(mentions: Sequence[Mention]) -> list[Mention]:
    """Each entity once, its longest wording in place of its first."""
    best: dict[str, Mention] = {}
    for mention in mentions:
        known = best.get(mention.entity)
        if known is None or len(mention.text) > len(known.text):
            best[mention.entity] = mention
    return list(best.values())


def main_commodity(analysis: Analysis) -> Mention | None:
    """The commodity that at least half of the document's mentions of commodities and prices name."""
    mentions = analysis.of_type(MentionType.COMMODITY)
    counts: Counter[str] = Counter(m.entity for m in mentions)
    for quoted in analysis.of_type(MentionType.BENCHMARK):
        known = load_benchmarks().get(quoted.entity)
        if known is not None:
            counts[known.commodity] += 1
    if not counts:
        return None
    entity, count = counts.most_common(1)[0]
    if count < 2 or count * 2 < counts.total():
        return None
    return next((m for m in mentions if m.entity == entity), None)


def nearest_commodity(sentence: Sentence) -> Mention | None:
    """The commodity told of last in the two sentences before; None where there is none."""
    sentences = sentence.analysis.sentences
    for near in reversed(sentences[max(0, sentence.index - 2) : sentence.index]):
        found = [m for m in near.mentions if m.type is MentionType.COMMODITY and not m.generic]
        if found:
            return found[-1]
    return None


_BESIDE = re.compile(r"\b(?:near|adjacent to|close to|next to|km of|km from|like)\s(?:the |its )?$")


def sites_near(sentence: Sentence, span: Span, trigger: Span) -> Mention | None:
    """The site nearest to the trigger inside ``span``, else in the sentence."""
    text = sentence.analysis.text
    for where in (span, sentence.span):
        found = [
            m
            for m in sentence.mentions_in(where, MentionType.SITE)
            if not _BESIDE.search(text, max(sentence.span.start, m.span.start - 30), m.span.start)
        ]
        index = nearest(found, trigger)
        if index is not None:
            return found[index]
    return None


def nearest_span(spans: Sequence[Span], at: Span) -> int:
    """Index of the span nearest to ``at``; ``spans`` must not be empty."""
    gaps = [max(s.start - at.end, at.start - s.end, 0) for s in spans]
    return gaps.index(min(gaps))
