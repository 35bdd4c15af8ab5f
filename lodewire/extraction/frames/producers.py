"""Producers: which works, company or country an output is told of."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, works
from lodewire.extraction.frames import output_words as said
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

_SITE_LINK = re.compile(r"\b(?:at|from|of|in|for)\s(?:the |its |their )?(?:[\w-]+\s){0,4}$")


def fill_producer(draft: Draft, at: Span) -> None:
    """Who or what produced: the clause's subject, "at" or "from" whom, else the text's company."""
    sentence = draft.sentence
    near = Span(sentence.span.start, at.end)
    sites = works.sites_of(sentence, near)
    before = [s for s in sites if s.span.start < at.start]
    beside = [s for s in before if _heads(sentence, s, at)]
    index = before.index(beside[-1]) if beside else fill.nearest(before, draft.trigger)
    if index is not None and _belongs(sentence, before[index], at):
        draft.add_all("site", works.coordinated(sentence, before[index]))
    elif not before:
        after = works.sites_of(sentence, Span(at.end, min(sentence.span.end, at.end + 60)))
        if after and _SITE_LINK.search(sentence.analysis.text[at.end : after[0].span.start]):
            draft.add("site", after[0])
    country = _producing_country(draft, at)
    if country is not None and not draft.has("site"):
        firm = works.main_company(sentence.analysis) if _is_region(country) else None
        draft.add("operator", firm or country)
        draft.add("country", country)
        return
    site = draft.of("site")
    place = site[0].span if site and sentence.span.covers(site[0].span) else draft.trigger
    if site or not is_of_area(sentence, draft.trigger):
        draft.add("operator", works.find_operator(draft, place))


def _is_region(place: Mention) -> bool:
    """ "Pilbara production" is a firm's, where the text is about one; a state's is its own."""
    return place.type is MentionType.PLACE


def _heads(sentence: Sentence, site: Mention, at: Span) -> bool:
    """ "A produced 300,000 tonnes, B 60,000": the site right before its figure."""
    between = sentence.analysis.text[site.span.end : at.start]
    return (
        re.fullmatch(r"(?:['’]s)?\s(?:(?:at|to|with|another|about|some)\s)?", between) is not None
    )


def is_of_area(sentence: Sentence, trigger: Span) -> bool:
    """ "Global output", "Production in Western Europe": of no one firm."""
    text = sentence.analysis.text
    before = text[max(sentence.span.start, trigger.start - 40) : trigger.start]
    after = text[trigger.end : min(sentence.span.end, trigger.end + 24)]
    if said.FIRM_NOUN.search(before):
        return False
    return bool(said.WORLD.search(before.rpartition(",")[2])) or bool(
        re.match(r"\s(?:in|among|by) (?:the )?[A-Z]", after)
    )


def _belongs(sentence: Sentence, site: Mention, at: Span) -> bool:
    """A site before a figure produced it unless a firm acts in between: "At X …, BHP produced"."""
    between = sentence.analysis.text[site.span.end : at.start]
    return not re.search(r";|\bwhile\b|\bthe (?:company|group|miner)\b(?!['’]s)", between)


def _producing_country(draft: Draft, at: Span) -> Mention | None:
    """ "Chile's output", "Output in China", "the country mined", "Indonesia produced"."""
    sentence = draft.sentence
    clause = draft.clause
    types = (MentionType.COUNTRY, MentionType.PLACE)
    chunk = sentence.chunk_at(draft.trigger.start)
    if chunk is not None:
        before = Span(chunk.span.start, max(chunk.span.start, draft.trigger.start))
        owners = sentence.mentions_in(before, *types)
        if owners and not sentence.mentions_in(before, MentionType.ORGANISATION):
            return owners[0]
    if clause is not None:
        subject = sentence.named(clause.subject, MentionType.ORGANISATION, MentionType.SITE)
        if subject:
            return None
        found = [m for m in sentence.named(clause.subject, *types) if _stands_alone(sentence, m)]
        if found:
            return found[0]
    start = max(sentence.span.start, draft.trigger.start - 40)
    span = Span(
        start, min(at.end, draft.trigger.end + 60) if at.start > draft.trigger.end else at.end
    )
    if works.actors_in(sentence, span) or sentence.mentions_in(span, MentionType.SITE):
        return None
    found = [m for m in sentence.mentions_in(span, *types) if _stands_alone(sentence, m)]
    return found[0] if found else None


def _stands_alone(sentence: Sentence, place: Mention) -> bool:
    """A country that produces, not the origin of somebody: "the Kazakh company", "Chilean miner"."""
    chunk = sentence.chunk_at(place.span.start)
    if chunk is None or chunk.head is None or chunk.span.end <= place.span.end:
        return True
    rest = sentence.analysis.text[place.span.end : chunk.span.end]
    if said.FIRM_NOUN.search(rest):
        return False
    return bool(re.match(r"['’]s?\s", rest)) or bool(
        re.search(r"\b(?:output|production|mines|miners|smelters|producers|plants|mills)\b", rest)
    )
