"""Project milestones: drilling, studies, building, first production, expansion, restart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, setting, stages, works
from lodewire.extraction.frames.capacity import fill_capacity, find_sizes
from lodewire.extraction.frames.milestone_bounds import is_other_talk
from lodewire.extraction.frames.milestone_joins import join_phases
from lodewire.extraction.frames.milestone_status import is_plain, is_unsaid, settle
from lodewire.extraction.frames.stages import STAGE_WORDS, StageWord
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType

_NOT_WORKS = re.compile(
    r"\b(?:talks|negotiations|trading|exports?|imports?|shipments?|sales|flights|market|border|"
    r"inquir\w+|investigations?|probe|offices?|airport|schools?|roads?|railways?|cases?|embassy|"
    r"dialogue|bidding|investors?|doors?|arena|museum|tenders?|bids?|auctions?|stud(?:y|ies)|"
    r"assessments?|reports?|surveys?|reviews?|audits?|data room|accounts?)\b",
    re.IGNORECASE,
)
_PLANT = works.PLANT_NOUN
_PURPOSE = re.compile(
    r"\b(?:for|of|until|after|before|from|following|towards?|fund|finance|in) (?:a |an |the |its |"
    r"further |additional )?$"
)


def find(sentence: Sentence) -> list[Draft]:
    """Return one milestone for each stage that the sentence tells of a site or of works."""
    return join_phases(list(_read_stages(sentence)))


def _read_stages(sentence: Sentence) -> Iterator[Draft]:
    taken: list[Span] = []
    told: set[tuple[str, str]] = set()
    able = sentence.able
    for word in STAGE_WORDS:
        if word.opens not in able:
            continue
        for trigger in _triggers(sentence, word):
            if any(trigger.overlaps(t) for t in taken):
                continue
            if any(_is_part(sentence, trigger, t) for t in taken):
                continue  # "commissioning of the expansion": one happening
            draft = _read(sentence, word, trigger)
            if draft is None:
                continue
            taken.append(trigger)
            key = (word.stage, draft.of("site")[0].value if draft.has("site") else "")
            if key not in told:
                told.add(key)
                yield draft
            if word.stage == "construction":
                yield from _more_works(draft)
    if not told:
        yield from find_sizes(sentence)


_AND_WORKS = re.compile(
    rf"\band (?:a|an|another) (?:[\w/-]+ ){{0,6}}?{works.PLANT}\b", re.IGNORECASE
)


def _more_works(first: Draft) -> Iterator[Draft]:
    """ "plans for a smelter at A and a recycling plant at B": the second has its own place."""
    sentence = first.sentence
    known = {a.entity for a in first.of("site")}
    for match in _AND_WORKS.finditer(sentence.analysis.text, first.trigger.end, sentence.span.end):
        end = min(sentence.span.end, match.end() + 60)
        sites = sentence.mentions_in(Span(match.start(), end), MentionType.SITE)
        fresh = [s for s in sites if s.entity not in known and not s.generic]
        if not fresh:
            continue
        draft = Draft(
            EventType.PROJECT_MILESTONE,
            sentence,
            Span(match.start(), match.end()),
            first.clause,
            status=first.status,
            modality=first.modality,
            confidence=first.confidence,
        )
        draft.add("site", fresh[0])
        draft.arguments.extend(first.of("operator"))
        draft.add("stage", draft.trigger, "construction")
        here = Span(match.start(), fresh[0].span.end)
        draft.add_all("commodity", sentence.mentions_in(here, MentionType.COMMODITY))
        setting.fill_material(draft)
        setting.fill_place(draft)
        known.add(fresh[0].entity)
        yield draft


def _is_part(sentence: Sentence, trigger: Span, other: Span) -> bool:
    left, right = sorted((trigger, other))
    between = sentence.analysis.text[left.end : right.start]
    return bool(
        re.fullmatch(
            r"\s(?:of|for)\s(?:[\w'’-]+\s){0,5}|\s(?:was|is|were|has been)\s|\sand\s", between
        )
    )


def _triggers(sentence: Sentence, word: StageWord) -> list[Span]:
    found: list[Span] = []
    if sentence.may_hold(word.pattern.number):
        found = [Span(m.start(), m.end()) for m in sentence.locate_all(word.pattern)]
    if found:
        firms = (MentionType.ORGANISATION, MentionType.PERSON)
        names = [m for m in sentence.mentions_in(sentence.span, *firms) if not m.generic]
        found = [f for f in found if not any(n.span.covers(f) for n in names)]
    return [*found, *_begun_work(sentence, word)]


_WORK_HEAD = re.compile(r"\b(?:production|operations?|mining|manufacturing|smelting|output)$")
_BEGUN = {"first_production": ("start", "begin", "commence"), "restart": ("resume", "restart")}


def _begun_work(sentence: Sentence, word: StageWord) -> list[Span]:
    """ "Production at the plant is planned to begin": the verb stands far from its subject."""
    if word.noun or "return" in word.stems or word.stage not in _BEGUN or "first" in word.stems:
        return []
    return [
        clause.chunk.span
        for clause in sentence.clauses
        if clause.lemma in _BEGUN[word.stage]
        and clause.subject is not None
        and not clause.relative
        and _WORK_HEAD.search(clause.subject.chunk.lower)
    ]


def _read(sentence: Sentence, word: StageWord, trigger: Span) -> Draft | None:
    clause = _host(sentence, trigger, word.noun)
    if clause is not None and clause.verb.negated and not _is_not_before(sentence, trigger):
        return None
    if word.noun and not _is_told(sentence, word, trigger, clause):
        return None
    done = word.works and "complet" in word.stems
    if done and _UNTIL.search(sentence.analysis.text, sentence.span.start, trigger.start):
        return None
    if word.works and not _has_works(sentence, trigger, clause):
        return None
    if clause is not None and clause.verb.reduced and word.stage == "construction":
        return None  # "the plant, built for $800 million": no news of its building
    if is_unsaid(sentence, trigger) or is_other_talk(sentence, trigger, word):
        return None
    if clause is not None and (
        _is_purpose(clause, trigger, word) or (not word.noun and _is_bare(clause, trigger))
    ):
        return None
    if word.stage == "expansion" and not word.noun and _is_detail(clause, trigger):
        return None
    draft = Draft(EventType.PROJECT_MILESTONE, sentence, trigger, clause, confidence=0.75)
    settle(draft, word)
    if not _fill_works(draft, word):
        return None
    draft.add("stage", trigger, word.stage)
    fill_capacity(draft)
    setting.fill_material(draft)
    _fill_date(draft)
    setting.fill_place(draft)
    return draft


def _fill_works(draft: Draft, word: StageWord) -> bool:
    """Fill site and operator; False where neither ties the stage to works of somebody."""
    sentence, trigger, text = draft.sentence, draft.trigger, draft.sentence.analysis.text
    site = _fill_site(draft)
    at = site.span if site is not None and sentence.span.covers(site.span) else trigger
    operator = works.find_operator(draft, at)
    if site is None:
        draft.add("site", works.town_of(sentence))
    if operator is not None:
        draft.add_all("operator", works.with_partners(sentence, operator))
    else:
        draft.add("operator", _state(draft) or works.told_next(sentence))
    near = Span(
        max(sentence.span.start, trigger.start - 140), min(sentence.span.end, trigger.end + 140)
    )
    tied = _PLANT.search(near.of(text)) or _NAMED_PLACE.match(text, trigger.end)
    return draft.has("site") or (draft.has("operator") and bool(tied or is_plain(draft, word)))


def _state(draft: Draft) -> Mention | None:
    """ "India has started building a refinery": a state that acts itself."""
    if draft.clause is None or draft.has("site"):
        return None
    for clause in (draft.clause, *draft.clause.governors()):
        phrase = clause.agent if clause.verb.passive else clause.subject
        found = draft.sentence.named(phrase, MentionType.COUNTRY)
        if found and phrase is not None and found[-1].span.end >= phrase.chunk.span.end:
            return found[-1]
    return None


def _is_not_before(sentence: Sentence, trigger: Span) -> bool:
    """ "production will not begin before 2022": late, not denied."""
    after = sentence.analysis.text[trigger.end : min(sentence.span.end, trigger.end + 30)]
    return bool(re.match(r"\W{0,2}\s?(?:\w+ ){0,2}?(?:before|until|earlier than)\b", after))


_NAMED_PLACE = re.compile(r"\s(?:at|of) (?:the |its )?[A-Z]")  # "Construction at Nolans"
_UNTIL = re.compile(r"\b(?:until|once|when|before|after)\b[^,;]{0,80}$", re.IGNORECASE)


def _is_purpose(clause: Clause, trigger: Span, word: StageWord) -> bool:
    """ "a loan to build a plant": what money is for, no news of the building."""
    if not clause.verb.infinitive or not clause.chunk.span.overlaps(trigger):
        return False
    governor = clause.governor
    if governor is None or word.stage not in ("construction", "expansion", "drilling"):
        return False
    fit = stages.PLANS | stages.STARTS | {"agree", "be", "have", "work", "spend", "unveil", "help"}
    return governor.lemma not in fit


def _is_bare(clause: Clause, trigger: Span) -> bool:
    """ "the cost of building", "alternatives about resuming": a gerund that nobody begins."""
    verb = clause.verb
    if verb.form != "G" or verb.auxiliaries or not clause.chunk.span.overlaps(trigger):
        return False
    governor = clause.governor
    begun = stages.STARTS | stages.PLANS | stages.GOES_ON | stages.HOLDS | {"put", "keep"}
    return bool(clause.link) or governor is None or governor.lemma not in begun


def _is_detail(clause: Clause | None, trigger: Span) -> bool:
    """ "It lifts capacity to …", "; lifts capacity": what the milestone before brings about."""
    if clause is None or not clause.chunk.span.overlaps(trigger):
        return True
    return clause.subject is None or clause.subject.chunk.is_pronoun


def _host(sentence: Sentence, trigger: Span, noun: bool) -> Clause | None:
    """The clause that tells of the trigger: its own verb, else the verb it is subject or object of."""
    own = [c for c in sentence.clauses if c.chunk.span.overlaps(trigger)]
    if own and not (noun and own[0].verb.form == "G"):
        return own[0]
    for clause in sentence.clauses:
        if clause in own or clause.subject is None or clause.inherited or clause.relative:
            continue
        start, end = clause.subject.chunk.span.start, clause.chunk.span.start
        between = [c for c in sentence.clauses if start < c.chunk.span.start < end]
        if start <= trigger.start < end and (
            not between or clause.subject.chunk.span.covers(trigger)
        ):
            return clause
    return sentence.clause_of(Span(trigger.start, trigger.start + 1))


def _is_told(sentence: Sentence, word: StageWord, trigger: Span, clause: Clause | None) -> bool:
    """A noun tells a milestone only where something is begun, done, planned or put off with it."""
    text = sentence.analysis.text
    before = text[max(sentence.span.start, trigger.start - 30) : trigger.start]
    if word.stage == "expansion" and re.search(
        r"\b(?:[Cc]onstruction|[Bb]uilding) of (?:the |a )?$", before
    ):
        return False
    if word.pattern.pattern.pattern.startswith("\\b(?:(?:construction") and re.match(
        r"plans? for", trigger.of(text), re.IGNORECASE
    ):
        return True
    if word.stage == "study" and _PURPOSE.search(before) and "results of" not in before:
        return False
    near = text[trigger.start : min(sentence.span.end, trigger.end + 110)]
    if word.stage == "ramp_up" and re.search(r"\bin (?:the )?$", before):
        return True
    if stages.UNDER_WAY.search(near) or re.search(r"\bunder $", before):
        return True
    if clause is None:
        return sentence.index == 0  # a headline without a verb: "First gold at Bellevue"
    verbs = (
        stages.STARTS | stages.GOES_ON | stages.ENDS | stages.PLANS | stages.HOLDS | stages.DROPS
    )
    if word.stage == "study":
        verbs |= stages.TELLS
    lemmas = {clause.lemma, *(g.lemma for g in clause.governors())}
    if lemmas & verbs:
        return True
    if _is_subject(clause, trigger) and not _PURPOSE.search(before):
        return word.stage == "study" or clause.lemma in stages.BEFALLS
    if (
        sentence.index == 0
        and not _PURPOSE.search(before)
        and works.sites_of(sentence, sentence.span)
    ):
        return True  # a headline: "Rio doubles down on Rincon with $2.5 billion expansion"
    if word.stage == "first_production":
        return bool(sentence.dates_in(Span(trigger.end, min(sentence.span.end, trigger.end + 40))))
    return bool(stages.DUE.search(near))


def _is_subject(clause: Clause, trigger: Span) -> bool:
    return clause.subject is not None and clause.subject.chunk.span.overlaps(trigger)


def _has_works(sentence: Sentence, trigger: Span, clause: Clause | None) -> bool:
    """The verb's own phrases name works: "reopened its Kendadih mine", "the first line started up"."""
    text = sentence.analysis.text
    left = text[max(sentence.span.start, trigger.start - 70) : trigger.start]
    left = re.split(r"[;:]|, (?:and|but|while)\b|\bwhile\b|\bthat\b", left)[-1]
    right = text[trigger.end : min(sentence.span.end, trigger.end + 60)]
    right = re.split(r"[;:.]|, |\b(?:and|but|while|which)\b", right)[0]
    own = clause is not None and clause.chunk.span.overlaps(trigger)
    if own and clause is not None:
        acts = bool(clause.objects) and not clause.verb.passive
        left, right = ("", right) if acts else (left, right[:24])
    words = f"{left} {trigger.of(text)} {right}"
    if _NOT_WORKS.search(f"{left[-40:]} {right}"):
        return False
    start = max(sentence.span.start, trigger.start - len(left))
    if re.search(r"\b(?:it|them)\b", trigger.of(text) + right[:8]):
        start = sentence.span.start  # "idled its Auby smelter and brought it back"
    named = sentence.mentions_in(Span(start, trigger.end + len(right)), MentionType.SITE)
    if not named and re.match(r"\s?(?:It|They|That)\b", sentence.text[: len(left) + 4]):
        before = works.previous_site(sentence, 1)
        named = [before] if before is not None else []
    if own and clause is not None and not named:
        named = sentence.named(clause.subject, MentionType.SITE)
    return bool(named or _PLANT.search(words) or _ACTIVITY.search(words))


_ACTIVITY = re.compile(r"\b(?:production|operations?|mining|output|smelting)\b", re.IGNORECASE)


def _fill_site(draft: Draft) -> Mention | None:
    """Sites in the clause's own words, then in the sentence, then the one just spoken of."""
    sentence = draft.sentence
    scope = fill.scope(draft)
    for span in (scope, sentence.span):
        found = works.sites_of(sentence, span)
        index = _where(sentence, found, draft.trigger)
        if index is None:
            index = fill.nearest(found, draft.trigger)
        if index is not None:
            draft.add_all("site", works.coordinated(sentence, found[index]))
            return found[index]
    main = works.own_site(sentence.analysis)
    if main is not None and _of_main(draft):
        draft.add("site", main)
        return main
    if not re.search(
        r"\b(?:there|[Tt]he (?:[\w-]+ ){0,2}(?:mine|plant|smelter|refinery|project|facility|fab|factory)|"
        r"[Pp]roduction|[Mm]ining|[Oo]perations|[Cc]onstruction|[Dd]rilling|[Cc]ommissioning|[Pp]iling|"
        r"stud(?:y|ies)|[Ff]irst|[Ii]t|its)\b",
        sentence.text,
    ):
        return None
    site = works.previous_site(sentence, 2)
    actors = {m.entity for m in works.actors_in(sentence, sentence.span)}
    near = sentence.analysis.sentences[max(0, sentence.index - 2) : sentence.index]
    known = {m.entity for s in near for m in works.actors_in(s, s.span)}
    if site is not None and actors <= known:
        draft.add("site", site)
        return site
    return None


def _where(sentence: Sentence, found: list[Mention], trigger: Span) -> int | None:
    """ "at Tambourah, where drilling is due": the site that the relative clause speaks of."""
    text = sentence.analysis.text
    for index, site in enumerate(found):
        between = text[site.span.end : trigger.start] if site.span.end <= trigger.start else ";"
        if re.fullmatch(r"[^;.]{0,40}\b(?:where|which|whose)\b[^;.]{0,34}", between):
            return index
    return None


def _of_main(draft: Draft) -> bool:
    """A firm with one project speaks of that: "Boreal aims to break ground next year"."""
    sentence = draft.sentence
    actors = {m.entity for m in works.actors_in(sentence, sentence.span)}
    main = works.main_company(sentence.analysis)
    if main is None:
        return not actors
    return actors <= {main.entity}


def _fill_date(draft: Draft) -> None:
    """The first date behind the trigger before another milestone; else the clause's own."""
    sentence = draft.sentence
    text = sentence.analysis.text
    end = min(sentence.span.end, draft.trigger.end + 120)
    for date in sentence.dates_in(Span(draft.trigger.end, end)):
        between = text[draft.trigger.end : date.span.start]
        beyond = re.search(r"\band (?:will|is|plans)\b", between)
        if beyond:
            return
        if date.grain == "duration" or re.search(r"[;]|\bsince\b", between):
            continue
        if date.text.lower().startswith("since"):
            continue
        draft.add("date", date)
        return
    setting.fill_time(draft)
