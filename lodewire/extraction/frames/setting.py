"""The setting of an operation: what is mined or made there, in which country, and when."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.sites import load_sites

# What works consume: named as the reason of an outage more often than as its product.
_INPUTS = frozenset(
    (
        "electricity",
        "coal",
        "natural-gas",
        "hydropower",
        "diesel",
        "water",
        "acid",
        "drones",
        "missiles",
    )
)
_FORMULA = re.compile(r"\d|^[A-Z]{2,}$|Eq$")  # "Li2O", "TREO": what a grade is told in
_DATELINE = re.compile(r"^[^.]{0,70}?(?:\([A-Za-z. ]+\) )?[-–—]{1,2} ")


def fill_material(draft: Draft) -> None:
    """Fill ``commodity``: in the site's phrase, the clause, the sentence; else what the site yields.

    A known site takes only what it is known for, where the text names that.
    """
    if draft.has("commodity"):
        return
    sentence = draft.sentence
    known = known_for(draft)
    taken = [a.span for a in draft.arguments if a.role not in ("site", "operator")]
    for span in (*_phrases(draft), fill.scope(draft), sentence.span):
        found = [
            m
            for m in sentence.mentions_in(span, MentionType.COMMODITY)
            if not _FORMULA.search(m.text)
            and not any(t.covers(m.span) for t in taken)
            and (m.entity in known or (m.entity not in _INPUTS and not known))
        ]
        if found:
            draft.add_all("commodity", fill.distinct(found))
            return
    for argument in draft.of("site"):
        if _name_commodity(draft, argument.span, known):
            return
    if known:
        for mention in sentence.analysis.of_type(MentionType.COMMODITY):
            if mention.entity in known and not _FORMULA.search(mention.text):
                draft.add("commodity", mention)
                return
    fill.fill_commodity(draft)


def _name_commodity(draft: Draft, site: Span, known: frozenset[str]) -> bool:
    """ "Ravensthorpe nickel": the commodity that is part of the site's own name."""
    text = draft.sentence.analysis.text
    for entity in sorted(known):
        match = re.search(
            rf"\b{re.escape(entity.replace('-', ' '))}\b", site.of(text), re.IGNORECASE
        )
        if match is not None:
            span = Span(site.start + match.start(), site.start + match.end())
            return draft.add("commodity", span)
    return False


def known_for(draft: Draft) -> frozenset[str]:
    """The commodities for which the filled sites stand in the ontology."""
    sites = load_sites()
    found: set[str] = set()
    for argument in draft.of("site"):
        site = sites.get(argument.entity or "")
        found.update(site.commodities if site is not None else ())
    return frozenset(found)


def _phrases(draft: Draft) -> list[Span]:
    """The noun phrases of the trigger and of the site: "Copper output", "Budel zinc smelter"."""
    spans: list[Span] = []
    for at in (draft.trigger, *(a.span for a in draft.of("site"))):
        chunk = draft.sentence.chunk_at(at.start) if draft.sentence.span.covers(at) else None
        if chunk is not None:
            spans.append(chunk.span)
    return spans


def fill_place(draft: Draft) -> None:
    """Fill ``country``: the country of a known site where the text names it, else the common way.

    A demonym before the works counts ("Norwegian smelter"), one of the company does not.
    """
    if draft.has("country"):
        return
    sites = load_sites()
    known = [sites[a.entity] for a in draft.of("site") if a.entity and a.entity in sites]
    if known:
        wanted = {s.country for s in known}
        for sentence in (draft.sentence, *_before(draft.sentence)):
            for mention in _places(sentence):
                if mention.country in wanted and _is_where(sentence, mention):
                    draft.add("country", mention)
                    return
        return
    fill.fill_country(draft)
    if not draft.has("country"):
        draft.add("country", _fronted(draft.sentence))


def _fronted(sentence: Sentence) -> Mention | None:
    """ "In Tennessee, its mines were shut": the place that opens the sentence."""
    for mention in _places(sentence)[:1]:
        before = sentence.analysis.text[sentence.span.start : mention.span.start]
        if re.fullmatch(r"(?:Elsewhere )?[Ii]n (?:[a-z]+ )?", before):
            return mention
    return None


def _places(sentence: Sentence) -> list[Mention]:
    found = sentence.mentions_in(sentence.span, MentionType.PLACE, MentionType.COUNTRY)
    return [m for m in found if not fill.is_city(m)]


def _before(sentence: Sentence) -> list[Sentence]:
    return sentence.analysis.sentences[max(0, sentence.index - 1) : sentence.index]


_IN = re.compile(
    r"\b(?:in|of|across|at)\s(?:the\s)?(?:(?:north|south|east|west|central|far)[\w-]*\s){0,2}$",
    re.IGNORECASE,
)


def _is_where(sentence: Sentence, place: Mention) -> bool:
    """A country counts anywhere near its site, a province or town only after "in"."""
    if place.generic:
        return False
    if place.type is MentionType.COUNTRY:
        return True
    start = max(sentence.span.start, place.span.start - 30)
    return bool(_IN.search(sentence.analysis.text, start, place.span.start))


def fill_time(draft: Draft, role: str = "date") -> None:
    """Fill ``role`` with the clause's date, else one that opens or closes the sentence alone."""
    fill.fill_date(draft, role)
    if draft.has(role):
        return
    sentence = draft.sentence
    start = sentence.span.start
    line = _DATELINE.match(sentence.text)
    if line is not None and sentence.index <= 2:
        start += line.end()
    dates = [
        d
        for d in sentence.dates_in(Span(start, sentence.span.end))
        if d.grain != "duration"
        and not d.text.lower().startswith("since")
        and not fill.is_of_speech(sentence, d)
    ]
    opening = [d for d in dates if d.span.start - start < 12]
    if len(dates) == 1 or opening:
        draft.add(role, (opening or dates)[0])
