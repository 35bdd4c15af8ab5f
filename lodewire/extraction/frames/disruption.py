"""Disruptions: outages, curtailments, closures, strikes, force majeure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, setting, works
from lodewire.extraction.frames import outage_words as said
from lodewire.extraction.frames.causes import find_cause
from lodewire.extraction.frames.outage_extent import fill_volume, settle_status
from lodewire.extraction.frames.outage_mishaps import find_mishaps
from lodewire.extraction.frames.outage_nouns import find_nouns
from lodewire.extraction.grammar.clauses import Clause, Phrase
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield an outage for each verb, idiom or noun that tells of works standing still."""
    if sentence.find(said.NOT):
        return
    seen: list[Span] = []
    for draft in (
        *_by_verbs(sentence),
        *_by_idioms(sentence),
        *_by_mishaps(sentence),
        *_by_nouns(sentence),
    ):
        if any(draft.trigger.overlaps(s) for s in seen):
            continue
        seen.append(draft.trigger)
        yield draft


def _by_verbs(sentence: Sentence) -> Iterator[Draft]:
    for clause in sentence.clauses:
        if clause.verb.negated:
            continue
        stopped = _of_hands(sentence, clause)
        if stopped is None and clause.lemma in _HALTING:
            stopped = _stopped(sentence, clause)
        if stopped is None:
            continue
        draft = Draft(EventType.DISRUPTION, sentence, clause.chunk.span, clause, confidence=0.8)
        yield from _finish(draft, stopped.chunk.span)


_HALTING = said.STOP | said.CUT | said.STRIKE
_HANDS = re.compile(
    r"\b(?:workers|union|unions|miners|staff|employees|personnel|crew|labou?rers|contractors)\b"
)


_LEAVING = frozenset(("strike", "withdraw", "pull", "evacuate", "remove"))


def _of_hands(sentence: Sentence, clause: Clause) -> Phrase | None:
    """ "Workers at X will strike", "withdrew staff from X": people who leave their works."""
    if clause.lemma not in _LEAVING or not sentence.mentions_in(sentence.span, MentionType.SITE):
        return None
    subject = clause.subject
    if clause.lemma == "strike" and subject is not None and not clause.objects:
        return subject if _HANDS.search(subject.chunk.lower) else None
    if clause.lemma != "strike" and clause.patient is not None:
        return clause.patient if _HANDS.search(clause.patient.chunk.lower) else None
    return None


def _stopped(sentence: Sentence, clause: Clause) -> Phrase | None:
    """The works, or the work at them, that the verb brings to a stand; None where it is not that."""
    phrase = clause.patient
    if phrase is None and _stops_doing(sentence, clause):
        return Phrase(clause.chunk)
    if phrase is None and clause.lemma in said.STOP:
        phrase = clause.subject
    if phrase is None:
        return None
    words = " ".join(c.lower for c in phrase.chunks)
    head = phrase.chunk.head.lower if phrase.chunk.head is not None else words
    if (words.startswith("no ") or said.OTHER_WORK.search(head)) or (
        said.OTHER_WORK.search(words) and not said.OUTPUT.search(words)
    ):
        return None
    after = _of_phrase(sentence, clause, phrase)
    if said.OTHER_WORK.search(after) and clause.lemma != "force":
        return None
    named = sentence.named(phrase, MentionType.SITE) or _spoken_of(sentence, clause, head)
    if clause.lemma in said.STRIKE:
        return phrase if _is_hit(sentence, clause, phrase, words, named) else None
    if clause.lemma in said.CUT and clause.lemma not in said.STOP:
        return phrase if _is_cut(sentence, clause, words) else None
    if clause.lemma == "end" and not said.WHOLE.search(words):
        return None
    if head == "work" and re.match(r"\son\b", sentence.analysis.text[phrase.chunk.span.end :][:4]):
        return None  # "stopped work on its plant": building it
    if clause.lemma == "close" and not _is_works(sentence, clause, words, named):
        return None
    if named or said.ACTIVITY.search(f"{words} {after}") or _plant(f"{words} {after}"):
        return phrase
    if _shuts_itself(sentence, clause, phrase):
        return phrase
    if clause.lemma in ("block", "blockade") and _ACCESS.search(words):
        return phrase if sentence.mentions_in(sentence.span, MentionType.SITE) else None
    return None


def _spoken_of(sentence: Sentence, clause: Clause, head: str) -> list[Mention]:
    """ "until TIMET closed it", "Auby, closed by Nyrstar": the site named before the verb."""
    if head not in ("it", "them"):
        return []
    start = max(sentence.span.start, clause.chunk.span.start - 110)
    before = sentence.mentions_in(Span(start, clause.chunk.span.start), MentionType.SITE)
    return [m for m in before if not m.generic][-1:]


_ACCESS = re.compile(
    r"\b(?:roads?|access|rail(?:way|road)?s?|entrances?|ports?|routes?|gates?|highways?|corridor|line)\b"
)


def _is_works(sentence: Sentence, clause: Clause, words: str, named: list[Mention]) -> bool:
    return not _is_bourse(sentence, clause) and bool(named or _plant(words))


def _shuts_itself(sentence: Sentence, clause: Clause, phrase: Phrase) -> bool:
    """ "PASAR is to shut for an indefinite period": a firm of one works stands for it."""
    alone = clause.patient is None or clause.verb.passive
    if re.match(r"\s(?:off|out|up)\b", sentence.analysis.text[clause.chunk.span.end :][:6]):
        return False
    if clause.lemma not in ("shut", "shutter", "idle", "curtail", "mothball") or not alone:
        return False
    return any(works.is_actor(sentence, m) for m in sentence.parties(phrase))


def _stops_doing(sentence: Sentence, clause: Clause) -> bool:
    """ "stopped mining at", "ceased producing": the work is told by a verb of its own."""
    return any(
        c.governor is clause and c.verb.form == "G" and c.lemma in said.DOING
        for c in sentence.clauses
    )


def _of_phrase(sentence: Sentence, clause: Clause, phrase: Phrase) -> str:
    """ "part of its plant", "a third of the capacity": what the head noun is a part of."""
    end = phrase.chunk.span.end
    stop = clause.chunk.span.start if clause.chunk.span.start > end else sentence.span.end
    match = said.PART.match(sentence.analysis.text, end, min(stop, end + 70))
    return match["whole"].lower() if match is not None else ""


def _plant(words: str) -> bool:
    return works.PLANT_NOUN.search(words) is not None


def _is_bourse(sentence: Sentence, clause: Clause) -> bool:
    """ "closed at $10", "closed 17% down": a price, not a plant."""
    text = sentence.analysis.text
    after = text[clause.chunk.span.end : clause.chunk.span.end + 24]
    return bool(
        re.match(r"\s(?:at \$|at \d|up|down|higher|lower|\d[\d.,]*\s?%|little|flat)", after)
    )


def _is_cut(sentence: Sentence, clause: Clause, words: str) -> bool:
    """ "cut output at X": needs works or a firm that acts, else it is policy or a statistic."""
    if not said.OUTPUT.search(words) or clause.patient is None:
        return False
    if sentence.dates_in(clause.patient.chunk.span) or re.search(
        r"\b(?:guidance|target|forecast|cost|emission)", words
    ):
        return False
    if clause.verb.passive or clause.subject is None:
        return bool(sentence.mentions_in(sentence.reach(clause), MentionType.SITE))
    if sentence.named(clause.subject, MentionType.SITE):
        return clause.verb.modal is None
    return any(works.is_actor(sentence, m) for m in sentence.parties(clause.subject)) or bool(
        said.HAZARD.search(clause.subject.chunk.lower)
    )


def _is_hit(
    sentence: Sentence, clause: Clause, phrase: Phrase, words: str, named: list[Mention]
) -> bool:
    agent = clause.agent
    hazard = " ".join(c.lower for c in agent.chunks) if agent is not None else ""
    taken = clause.lemma in ("seize", "occupy", "capture", "overrun") and (
        said.FORCES.search(hazard) or bool(sentence.named(agent, MentionType.COUNTRY))
    )
    if not (taken or said.HAZARD.search(hazard) or clause.lemma in ("flood", "engulf")):
        return False
    return bool(named or said.ACTIVITY.search(words) or _plant(words))


def _by_idioms(sentence: Sentence) -> Iterator[Draft]:
    text = sentence.analysis.text
    for match in sentence.locate_all(said.IDIOM):
        trigger = Span(match.start(), match.end())
        clause = _idiom_clause(sentence, trigger)
        if clause is not None and clause.verb.negated and " not " not in match.group():
            continue
        if match.group().startswith(",") and re.search(r"\bre-?(?:open|start)", sentence.text):
            continue
        if re.match(r"\s(?:definition|clause|is a|allows|provision)", text[trigger.end :][:20]):
            continue
        if _is_bare(sentence, match.group(), trigger):
            continue
        draft = Draft(EventType.DISRUPTION, sentence, trigger, clause, confidence=0.75)
        yield from _finish(draft, trigger)


_POSTURE = frozenset(
    "put place be remain go stay keep leave move sit stand stay come declare".split()
)


def _idiom_clause(sentence: Sentence, trigger: Span) -> Clause | None:
    before = [c for c in sentence.clauses if c.chunk.span.start <= trigger.start]
    for clause in reversed(before):
        if clause.lemma in _POSTURE and not clause.relative:
            return clause
    return sentence.clause_of(Span(trigger.start, trigger.start + 1))


def _is_bare(sentence: Sentence, words: str, trigger: Span) -> bool:
    """ "A force majeure is a legal let-out": nobody acts and nothing stands still."""
    if "force majeure" in words.lower():
        clause = sentence.clause_of(trigger)
        verb = clause is not None and clause.lemma in (
            "declare invoke issue announce call notify remain lift extend impose plead claim serve "
            "trigger withdraw drop end send cite give maintain keep be".split()
        )
        start = max(sentence.span.start, trigger.start - 14)
        verb = verb or said.CALLED.search(sentence.analysis.text, start, trigger.start) is not None
        near = sentence.analysis.text[trigger.end : trigger.end + 24]
        return not verb and not re.match(r"\s(?:declar\w+|at|on|notice|letter|over|since)", near)
    if "maintenance" in words and sentence.mentions_in(
        sentence.span, MentionType.ORGANISATION, MentionType.SITE
    ):
        return False
    start = max(sentence.span.start, trigger.start - 90)
    before = sentence.mentions_in(Span(start, trigger.end), MentionType.SITE)
    near = sentence.analysis.text[start : min(sentence.span.end, trigger.end + 60)]
    return not before and not _plant(near) and not said.ACTIVITY.search(near)


def _by_mishaps(sentence: Sentence) -> Iterator[Draft]:
    for draft, place in find_mishaps(sentence):
        yield from _finish(draft, place)


def _by_nouns(sentence: Sentence) -> Iterator[Draft]:
    for draft, place in find_nouns(sentence):
        yield from _finish(draft, place)


def _finish(draft: Draft, at: Span) -> Iterator[Draft]:
    """Fill the circumstances; nothing is yielded where the text says that no harm was done."""
    sentence = draft.sentence
    if sentence.find(said.UNHURT):
        return
    _fill_sites(draft)
    inside = works.actors_in(sentence, at)
    operator = works.find_operator(draft, _place(draft, at)) or (inside[-1] if inside else None)
    if operator is not None:
        draft.add_all("operator", works.with_partners(sentence, operator))
    if operator is not None and _is_of_others(draft, operator):
        draft.drop("site")
    cause = find_cause(draft) if not draft.has("cause") else None
    if cause is not None:
        draft.add("cause", cause[1], cause[0])
    fill_volume(draft)
    setting.fill_material(draft)
    _leave_out_cause(draft)
    setting.fill_place(draft)
    setting.fill_time(draft)
    settle_status(draft)
    of_area = draft.has("country") and (
        draft.has("volume") or (draft.has("commodity") and _plant(sentence.text))
    )
    if draft.has("site", "operator") or of_area:
        yield draft


def _leave_out_cause(draft: Draft) -> None:
    """ "A power cut", "a gas shortage": what ran short is the cause, not what the works make."""
    causes = [a.span for a in draft.of("cause")]
    draft.arguments = [
        a
        for a in draft.arguments
        if a.role != "commodity" or not any(c.covers(a.span) for c in causes)
    ]


def _is_of_others(draft: Draft, operator: Mention) -> bool:
    """Two operators are never one outage: "the smelter" is not Codelco's where Glencore ran it."""
    sentence = draft.sentence
    if not sentence.span.covers(operator.span) or operator.generic:
        return False
    sites = {a.entity for a in draft.of("site")}
    named = [m for m in sentence.analysis.of_type(MentionType.SITE) if m.entity in sites]
    if any(sentence.span.covers(m.span) and not m.generic for m in named):
        return False
    beside = {
        firm.entity
        for near in sentence.analysis.sentences
        if any(near.span.covers(m.span) and not m.generic for m in named)
        for firm in works.actors_in(near, near.span)
    }
    return bool(beside) and operator.entity not in beside


def _place(draft: Draft, at: Span) -> Span:
    sites = draft.of("site")
    return sites[0].span if sites and draft.sentence.span.covers(sites[0].span) else at


def _fill_sites(draft: Draft) -> None:
    sentence = draft.sentence
    if draft.has("site"):
        return
    for span in (fill.scope(draft), sentence.span):
        found = works.sites_of(sentence, span)
        index = fill.nearest(found, draft.trigger)
        if index is not None:
            draft.add_all("site", works.coordinated(sentence, found[index]))
            return
    town = works.town_of(sentence)
    if town is not None:
        draft.add("site", town)  # "its refining facility in Monaca, Pennsylvania"
        return
    if not sentence.find(said.THE_WORKS):
        main = works.own_site(sentence.analysis)
        firm = works.main_company(sentence.analysis)
        others = {m.entity for m in works.actors_in(sentence, sentence.span)}
        elsewhere = sentence.mentions_in(sentence.span, MentionType.COUNTRY, MentionType.PLACE)
        if (
            main is not None
            and not elsewhere
            and others <= ({firm.entity} if firm is not None else set())
        ):
            draft.add("site", main)
        return
    site = works.previous_site(sentence, 1) or works.only_site(sentence.analysis)
    actors = {m.entity for m in works.actors_in(sentence, sentence.span)}
    before = sentence.analysis.sentences[max(0, sentence.index - 1)]
    if actors <= {m.entity for m in works.actors_in(before, before.span)}:
        draft.add("site", site)
