"""Outages told by a noun: "a strike at Escondida", "after a 19-day shutdown"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import outage_words as said
from lodewire.extraction.frames import works
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, Modality, Status


def find_nouns(sentence: Sentence) -> Iterator[tuple[Draft, Span]]:
    """Yield an outage for each noun of standing still that is tied to works, with their place."""
    text = sentence.analysis.text
    for match in sentence.locate_all(said.NOUN):
        trigger = Span(match.start(), match.end())
        draft = Draft(EventType.DISRUPTION, sentence, trigger, sentence.clause_of(trigger))
        if _is_other_noun(sentence, trigger) or _is_talk_of(sentence, trigger):
            continue
        site, place = _where(sentence, trigger)
        if place is None:
            continue
        draft.confidence = 0.65
        draft.add("site", site)
        around = text[max(sentence.span.start, trigger.start - 40) : trigger.end + 30]
        if said.FUTURE_NOUN.search(around):
            draft.modality, draft.status = Modality.HYPOTHETICAL, Status.PROPOSED
        yield draft, place


def _where(sentence: Sentence, trigger: Span) -> tuple[Mention | None, Span | None]:
    """The site of an outage and its place in the text; the noun itself where no site is named."""
    text = sentence.analysis.text
    start = max(sentence.span.start, trigger.start - 30)
    site = _tied_site(sentence, trigger)
    if site is not None:
        return site, site.span
    plant = _tied_plant(sentence, trigger)
    if plant is not None:
        return None, plant
    if not said.MISHAP.fullmatch(trigger.of(text).split()[-1]):
        site = _loose_site(sentence, trigger)
        if site is not None:
            return site, site.span
    if said.LONG.search(text, start, trigger.end):
        return _named_before(sentence, trigger), trigger
    if _AFTER_A.search(text, start, trigger.start) and sentence.find(said.BACK):
        site = _named_before(sentence, trigger)
        return site, site.span if site is not None else None
    if _is_its_own_news(sentence, trigger):
        return works.previous_site(sentence, 3) or works.main_site(sentence.analysis), trigger
    return None, None


def _tied_site(sentence: Sentence, trigger: Span) -> Mention | None:
    """The site in the noun's own phrase, or right after "at", "of", "in", "on"."""
    text = sentence.analysis.text
    chunk = sentence.chunk_at(trigger.start)
    if chunk is not None:
        inside = sentence.mentions_in(chunk.span, MentionType.SITE)
        if inside:
            return inside[0]
    end = min(sentence.span.end, trigger.end + 110)
    for mention in sentence.mentions_in(Span(trigger.end, end), MentionType.SITE)[:1]:
        between = text[trigger.end : mention.span.start]
        if said.LINK.search(between[:60]) and not re.search(
            r"[;:.]|\b(?:said|but|while)\b", between
        ):
            return mention
    return None


_TOLD_OF = frozenset(
    "begin start launch stage hold continue extend end call join declare hit disrupt affect force "
    "cause lead last enter follow remain lift announce order suffer report impose face".split()
)


def _loose_site(sentence: Sentence, trigger: Span) -> Mention | None:
    """ "Workers at Escondida began a strike": the one site of a sentence whose verb tells of it."""
    clause = sentence.clause_of(trigger)
    if clause is None or clause.verb.negated or clause.lemma not in _TOLD_OF:
        return None
    found = [m for m in sentence.mentions_in(sentence.span, MentionType.SITE) if not m.generic]
    return found[0] if len({m.entity for m in found}) == 1 else None


_AFTER_A = re.compile(r"\b(?:after|since|following|by|from) (?:an? |the )(?:[\w-]+ ){0,2}$")


def _named_before(sentence: Sentence, trigger: Span) -> Mention | None:
    """ "resumed output at Bintulu after a 19-day shutdown": the site named last before it."""
    before = Span(sentence.span.start, trigger.start)
    named = [m for m in sentence.mentions_in(before, MentionType.SITE) if not m.generic]
    if not named and re.match(r"\s(?:there|at the)\b", sentence.analysis.text[trigger.end :][:8]):
        return works.previous_site(sentence, 3)
    return named[-1] if named else None


def _is_its_own_news(sentence: Sentence, trigger: Span) -> bool:
    """ "The stoppage began on 9 February": the outage that the sentences before tell of."""
    clause = sentence.clause_of(trigger)
    if clause is None or clause.subject is None or clause.lemma not in said.BEGINS:
        return False
    subject = clause.subject.chunk
    bare = not sentence.mentions_in(sentence.span, MentionType.SITE)
    return bare and subject.span.covers(trigger) and subject.lower.startswith(("the ", "this "))


def _is_talk_of(sentence: Sentence, trigger: Span) -> bool:
    """ "maintenance costs", "fire safety", "accident insurance": no mishap that happened."""
    if not said.MISHAP.search(trigger.of(sentence.analysis.text)):
        return False
    text = sentence.analysis.text
    after = text[trigger.end : min(sentence.span.end, trigger.end + 16)]
    return bool(said.NO_MISHAP.match(after.lstrip(" -")))


def _tied_plant(sentence: Sentence, trigger: Span) -> Span | None:
    """ "A strike over wages at the gold mines of Sibanye": works told by their noun and their firm."""
    text = sentence.analysis.text
    match = _AT_PLANT.match(text, trigger.end, min(sentence.span.end, trigger.end + 100))
    if match is None:
        return None
    place = Span(match.start("plant"), match.end("plant"))
    firms = works.actors_in(sentence, Span(match.start(), min(sentence.span.end, place.end + 40)))
    return place if firms or works.main_company(sentence.analysis) is not None else None


_AT_PLANT = re.compile(
    rf"\s(?:over [\w ]{{1,24}}? )?(?:at|in|of)\s(?:[\w’'-]+\s){{0,7}}?(?P<plant>{works.PLANT})\b",
    re.IGNORECASE,
)


def _is_other_noun(sentence: Sentence, trigger: Span) -> bool:
    text = sentence.analysis.text
    before = text[max(sentence.span.start, trigger.start - 24) : trigger.start]
    end = min(sentence.span.end, trigger.end + 70)
    if _OF_PAPER.match(text, trigger.end, end) or _SUPPOSED.match(text, trigger.end, end):
        return True
    return bool(re.search(r"\b(?:no|any|of further|without|export|trading|share|road)\s$", before))


# "the suspension of its licence", "a halt to exports": a right or a trade stands still, no works.
_OF_PAPER = re.compile(
    r"\s(?:of|to|on|in) (?:[\w’'-]+ ){0,5}?(?:licen[cs]es?|permits?|exports?|imports?|trading|trade|tariffs?|"
    r"duties|talks|bans?|laws?|flights|quotas?|sales|payments?|agreements?|contracts?|shares|dividends?|"
    r"registration|listing|moratorium|aid|sanctions)\b"
)
# "a strike at Cerro Verde would tighten the market": what somebody imagines.
_SUPPOSED = re.compile(
    r"[^.;,:]{0,44}\b(?:would|could) (?:tighten|take|cut|cost|hit|hurt|remove|push|leave|threaten|lift|"
    r"wipe|reduce|disrupt|cause|mean|raise|tip|drain)\b"
)
