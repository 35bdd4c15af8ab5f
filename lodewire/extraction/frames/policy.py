"""Policy measures: caps, quotas of output, subsidies, stockpiles, lists, mining rules.

A measure is told by an authority's verb with a noun of policy ("adopted a new mining code"), by a
verb that is itself a policy ("nationalised its lithium"), or by a ban on an activity ("lifted a ban
on open-pit mining"). Figures of quotas are read in ``quotas``, one measure each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import decisions, edicts, fill, measures, parties, quotas, rulings
from lodewire.extraction.grammar.chunks import Kind
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType

# Nouns that are policy wherever an authority acts on them.
_STRONG = (
    r"(?:executive|presidential) orders?|mining (?:code|law|act|royalt\w+|reforms?|bill|charter|policy)|"
    r"(?:raw materials?|minerals?|mining|subsoil|petroleum|hydrocarbons?|energy|climate|chips|"
    r"battery|inflation reduction|lithium|nickel|copper|uranium|gold|coal)\s(?:\w+\s)?"
    r"(?:act|law|code|bill|strategy|policy|plan|programme|program|roadmap|regulations?|decree|list|"
    r"rules|reserve|stockpile|subsid\w+|mandate|moratorium|royalt\w+)|"
    r"lists? of (?:critical|strategic|essential)[\w ]{0,20}|critical[\w ]{0,20}\blists?|"
    r"critical minerals? (?:strateg\w+|polic\w+|reserve|stockpile|plan|act|office)|"
    r"(?:national|strategic|state|emergency|government)\s(?:\w+\s){0,2}(?:stockpil\w+|reserves?\b)|"
    r"stockpil(?:e|es|ing) of|reserves? of|royalt(?:y|ies)(?: rates?)?|windfall tax\w*|"
    r"(?:mineral )?extraction tax\w*|(?:production|investment|manufacturing) tax credits?|tax credits?|"
    r"tax (?:breaks?|incentives?|holidays?)|minimum prices?|(?:first |second |third )?auctions?|subsid(?:y|ies)|feed-in tariffs?|price floors?|"
    r"local content|domestic processing|phase-?out|licensing round|strategic projects?|"
    r"carbon (?:border|price|tax)\w*|emissions? (?:rules?|standards?|targets?|caps?|limits?)|"
    r"fuel (?:economy|efficiency) (?:rules?|standards?)|renewable (?:energy )?targets?|"
    r"capacity (?:cap|limits?|curbs?|ceiling|replacement|swap)|new (?:\w+ )?capacity|"
    r"(?:output|production|mining|smelting) (?:cuts?|quotas?|caps?|limits?|controls?|targets?)|"
    r"(?:lithium|mining|oil|gas|mineral)\s(?:\w+\s)?contracts\b(?=\s(?:would|will|must|shall|can))|"
    r"defen[cs]e production act|carbon border (?:levy|adjustment\w*(?: mechanism)?|tax)|"
    r"(?:critical |raw |strategic |clean )(?:raw )?(?:minerals?|materials?|energy) missions?|"
    r"(?:oil|gas|coal|wind|offshore wind|oil and gas|federal|offshore|lithium)\s(?:lease sales?|leasing|"
    r"exploration (?:contracts|licen[cs]es|permits))|(?:state|government)['’]s share of [\w ]{3,25}|"
    r"(?:value-added tax|vat) on (?:exploration|mining|gold|minerals?)|golden share|free carried interest|"
    r"(?:state )?monopoly|first refusal|beneficiation (?:rules?|policy|requirements?)|"
    r"(?:domestic|local|strategic|state) purchas\w+ (?:programme|program|scheme)|production-linked incentives?|"
    r"sovereign wealth fund|contracts? for difference|capacity market|blending (?:mandates?|requirements?)|"
    r"(?:ethanol|biofuel|biodiesel) mandates?|(?:energy|fuel) rationing|fuel subsid\w+|"
    r"quotas?|action plan|work plan|nationali[sz]ation|moratorium|negative list|white list"
)
# General nouns of rule-making; the field must stand in their own phrase or right after.
_WEAK = (
    r"laws?|bills?|acts?|codes?|decrees?|regulations?|rules|guidelines|directives?|strategy|"
    r"strategies|polic(?:y|ies)|lists?|mandates?|schemes?|programmes?|programs?|framework|roadmap|"
    r"legislation|standards?|restrictions?|incentives?|reforms?|tax(?:es)?|fees?|reserves?"
)
_BAN = (
    r"(?:ban|bans|moratorium|freeze|prohibition|curbs?|halt)\s(?:on|to|of)\s(?:\w+\s|new\s|all\s){0,3}?"
    r"(?:open-?pit|open-?cast|deep-?sea|offshore|mining|mines|mineral (?:agreements|permits)|drilling|"
    r"fracking|exploration|prospecting|licen[cs]es|permits|concessions|nuclear|coal-fired|logging|"
    r"smelters?|capacity|"
    r"the sale of (?:new )?(?:petrol|diesel|combustion|unprocessed|raw)|sales of (?:new )?(?:petrol|diesel|combustion))\b[\w-]*(?:\s(?:mining|drilling|exploration|licen[cs]es|permits))?"
)
_NO_NEW = (
    r"no (?:new|more|further)\s(?:\w+\s)?(?:licen[cs]es|permits|capacity|projects|mines|smelters)"
)
_NOUN = sought(rf"\b(?:{_BAN}|{_NO_NEW}|{_STRONG})(?!\w)", re.IGNORECASE, apart=True)
_GENERAL = sought(rf"\b(?:{_WEAK})\b", re.IGNORECASE)
_FIELD = sought(
    r"\b(?:smelt\w+|refin\w+|min(?:ing|ers?|es?|erals?)|capacity|output|production|batter\w+|"
    r"(?:electric )?vehicles?|chips?|semiconductors?|steel\w*|energy|power plants?|oil|gas|coal|"
    r"renewabl\w+|solar|wind|nuclear|recycl\w+|processing|magnets?|metals?|stockpil\w+|drilling|"
    r"emissions|carbon|raw materials?|subsoil|extraction|reactors?|hydrogen|royalt\w+|scrap|petrol|fuel|"
    r"(?:electric |petrol |diesel )?cars|combustion|fracking|offshore wind|barrels|storage|moratorium on|(?:exploration|prospecting|mining) licen[cs]\w+|hydrogen hubs|OPEC|bauxite|ore|grid)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:export\w*|import\w*|tariffs?|dut(?:y|ies)|sanction\w*|monetary|interest rate|trade deal|"
    r"price cap|peace|ceasefire|share|dividend|hedging|purchase|work)\b(?:\s\w+){0,2}$",
    re.IGNORECASE,
)
_ABROAD = sought(r"\b(?:exports?|shipments?|shipping|ship|imports?)\b", re.IGNORECASE)
_RULES = sought(r"\b(?:order|law|decree|code|bill|rules?)\b")
_DOING = frozenset(
    "nationalise nationalize expropriate subsidise subsidize stockpile deregulate privatise "
    "privatize".split()
)
_BANNING = frozenset("ban outlaw prohibit forbid bar halt freeze".split())
_ACTIVITY = re.compile(
    r"\b(?:mining|mines?|drilling|fracking|exploration|smelters?|smelting|extraction|prospecting|"
    r"(?:combustion|petrol|diesel)[\w -]* cars?|coal (?:plants?|power))\b",
    re.IGNORECASE,
)
_STOCK = re.compile(r"stockpil|reserve", re.IGNORECASE)
_STOCKING = frozenset("build top fill replenish draw rebuild stock".split())
_ORDERING = frozenset("order require mandate oblige instruct compel".split())
_ORDERED = re.compile(
    r"\b(?:closures?|shutdowns?|suspension|close|shut|suspend|halt|sold|sell|cut|stop|process\w*|refine|"
    r"limit|reduce|buy|stockpile|build)\b",
    re.IGNORECASE,
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield the measures of a sentence: figures of quotas, else one for each deciding clause."""
    if not sentence.mentions_in(sentence.span, MentionType.COMMODITY) and not sentence.find(_FIELD):
        return
    figures = list(quotas.find(sentence))
    if figures:
        yield from figures
        return
    if not parties.may_rule(sentence) and not sentence.find(_RULES):
        return
    done: list[Draft] = []
    told = (*_by_noun(sentence), *_by_verb(sentence), *edicts.find(sentence))
    yield from _measures(sentence, told, done)
    if not done:
        for draft in _measures(sentence, rulings.find(sentence), done):
            draft.confidence = 0.55
            draft.plain = rulings.is_pumping(sentence, draft.trigger)
            yield draft
    if not done:
        for draft in _measures(
            sentence, (*decisions.find(sentence), *decisions.find_acts(sentence)), done
        ):
            draft.confidence = 0.5
            draft.tentative = sentence.index == 0  # a headline may put another measure in few words
            yield draft


def _measures(
    sentence: Sentence, told: Iterable[tuple[Span, Clause]], done: list[Draft]
) -> Iterator[Draft]:
    """One draft for each telling that is no part of those in ``done``, which grows."""
    for trigger, clause in told:
        draft = _read(sentence, clause, trigger)
        if draft is None or _is_other_type(draft):
            continue
        if not any(_is_part(draft, known) for known in done):
            done.append(draft)
            yield draft


def _is_other_type(draft: Draft) -> bool:
    """ "tightened rules on foreign sales": told as an export rule; so is the purpose of a ban."""
    told = measures.told_otherwise(draft.sentence)
    spans = [draft.trigger, *(a.span for a in draft.of("action"))]
    if any(t.overlaps(s) for t in told for s in spans):
        return True
    return bool(told) and draft.clause is not None and draft.clause.verb.infinitive


def _is_part(draft: Draft, known: Draft) -> bool:
    """ "a code that raises the share and abolishes tax breaks": what one measure does is one."""
    ours, theirs = draft.clause, known.clause
    if ours is None or theirs is None or ours.chunk.span == theirs.chunk.span:
        return True
    if _parted(draft, known):
        return False
    own = ours.subject is not None and not ours.inherited and not ours.relative
    same = {a.entity for a in draft.of("authority")} & {a.entity for a in known.of("authority")}
    return bool(same) or not own


def _parted(draft: Draft, known: Draft) -> bool:
    """ "stopped giving out licences, capped output and raised the tax": deeds told side by side."""
    ours, theirs = draft.clause, known.clause
    if ours is None or theirs is None or ours.subject is None or theirs.subject is None:
        return False
    finite = all(
        not (c.relative or c.verb.infinitive or c.verb.reduced or c.verb.form == "G")
        for c in (ours, theirs)
    )
    spans = [a.span for a in known.of("action")]
    apart = not any(s.overlaps(ours.chunk.span) or s.overlaps(draft.trigger) for s in spans)
    same = ours.subject.chunk.span == theirs.subject.chunk.span
    return (
        finite
        and apart
        and same
        and not re.search(r"law|code|act|order|decree|bill|plan", ours.subject.chunk.lower)
    )


def _by_noun(sentence: Sentence) -> Iterator[tuple[Span, Clause]]:
    text = sentence.analysis.text
    for pattern in (_NOUN, _GENERAL):
        for match in sentence.locate_all(pattern):
            trigger = Span(match.start(), match.end())
            before = text[max(sentence.span.start, match.start() - 32) : match.start()]
            if _NOT.search(before.rstrip()) or _is_off(sentence, trigger):
                continue
            if re.search(r"\b(?:string|series|raft|host|number) of\s(?:\w+\s){0,2}$", before):
                continue  # "a string of policies": many measures, none in particular
            if pattern is _GENERAL and not _in_field(sentence, trigger):
                continue
            clause = measures.telling_clause(sentence, trigger) or _special(sentence, trigger)
            if clause is not None and not measures.is_background(sentence, trigger):
                yield trigger, clause


def _special(sentence: Sentence, trigger: Span) -> Clause | None:
    """Verbs that tell a measure only of some nouns: stockpiles built up, no new plants built."""
    words = trigger.of(sentence.analysis.text)
    none_new = re.match(r"no\s", words, re.IGNORECASE)
    for clause in sentence.clauses:
        if not sentence.reach(clause).overlaps(trigger):
            continue
        if _STOCK.search(words) and clause.lemma in _STOCKING:
            drawn = sentence.analysis.text[clause.chunk.span.end : clause.chunk.span.end + 11]
            return None if drawn == " attention " else clause
        if none_new and clause.verb.modal in ("may", "can", "will", "shall", "must"):
            return clause
    return None


def _is_off(sentence: Sentence, trigger: Span) -> bool:
    """Tariffs, export rules and sanctions have types of their own."""
    chunk = sentence.chunk_at(trigger.start)
    if chunk is not None and chunk.verb is not None and chunk.verb.main.span.start == trigger.start:
        return True  # "to act against …": a verb
    words = chunk.lower if chunk is not None else ""
    if re.search(r"\b(?:designat|sanction|blacklist)", sentence.text):
        return True
    rest = sentence.analysis.text[trigger.end : trigger.end + 40]
    quota = "quota" in trigger.of(sentence.analysis.text).lower()
    if quota and (sentence.find(_ABROAD) or not measures.goods(sentence, sentence.span)):
        return True
    off = r"\b(?:exports?|imports?|tariffs?|duty|duties|sanctions?|shipments)\b"
    return bool(
        re.search(off, words) or re.match(rf"\s(?:on|for|of)\s(?:[\w-]+\s){{0,3}}{off}", rest)
    )


def _in_field(sentence: Sentence, trigger: Span) -> bool:
    """Tell whether the general noun is about the field: in its phrase, or right after it."""
    chunk = sentence.chunk_at(trigger.start)
    start = chunk.span.start if chunk is not None else trigger.start
    text = sentence.analysis.text
    rest = re.match(r"[^,;.]{0,70}", text[trigger.end : sentence.span.end])
    near = Span(start, trigger.end + (rest.end() if rest is not None else 0))
    named = sentence.mentions_in(near, MentionType.COMMODITY)
    return bool(named or _FIELD.pattern.search(near.of(text)))


def _by_verb(sentence: Sentence) -> Iterator[tuple[Span, Clause]]:
    text = sentence.analysis.text
    for clause in sentence.clauses:
        if clause.lemma in _BANNING and clause.patient is not None:
            words = clause.patient.chunk.span.of(text)
            if _ACTIVITY.search(words) and not _ABROAD.pattern.search(words):
                yield clause.chunk.span, clause
        if clause.lemma in _DOING and clause.patient is not None:
            yield clause.chunk.span, clause
        if clause.lemma in _ORDERING and not clause.verb.reduced:
            rest = Span(clause.chunk.span.end, min(sentence.span.end, clause.chunk.span.end + 110))
            words = rest.of(sentence.analysis.text)
            if _ORDERED.search(words) and _FIELD.pattern.search(words):
                yield clause.chunk.span, clause


def _read(sentence: Sentence, clause: Clause, trigger: Span) -> Draft | None:
    if clause.lemma == "issue" and re.search(r"permit|licen", trigger.of(sentence.analysis.text)):
        return None
    draft = Draft(EventType.POLICY_MEASURE, sentence, trigger, clause)
    found = [m for m in parties.find_authorities(draft) if "ourt" not in m.name]
    if edicts.is_pact(sentence, clause) and not any("OPEC" in m.name for m in found):
        oil = edicts.pact(sentence)
        found = [oil] if oil is not None else found
    if not found:
        named = edicts.ruler(sentence, trigger)
        own = [] if clause.verb.passive else parties.authorities(sentence, clause.subject)
        found = [named] if named is not None else own
    if not found and rulings.is_ruling(sentence, trigger):
        told = rulings.ruler(sentence, trigger)
        found = [told] if told is not None else []
    if not found and not _by_rule(sentence, clause):
        if not (clause.verb.reduced or re.match(r"no\s", trigger.of(sentence.analysis.text), re.I)):
            return None
        # "Under a law passed in May, the state takes …", "no new plants may be built"
        found = [m for m in sentence.mentions if parties.is_authority(sentence, m)][:1]
        if not found:
            return None
    draft.add_all("authority", found[:3])
    draft.add("action", _action(sentence, clause, trigger))
    for sector in _sector(sentence, clause, trigger):
        draft.add("sector", sector)
    measures.fill_effective(draft, role="period")
    draft.add("country", country_of(draft, found))
    draft.plain = _STANDSTILL.match(trigger.of(sentence.analysis.text)) is not None and any(
        sentence.analysis.kind_of(m) in ("ministry", "government") or "inistry" in m.name
        for m in found
    )
    return draft


# A ministry's moratorium is policy, however seldom the models have met it.
_STANDSTILL = re.compile(r"(?:moratorium|ban|freeze)\b", re.IGNORECASE)


def _by_rule(sentence: Sentence, clause: Clause) -> bool:
    """ "The order requires …": a rule told before acts; its authority is that of the telling."""
    if clause.subject is None or clause.verb.passive:
        return False
    return bool(re.search(r"\b(?:order|law|decree|code|bill|rules?)$", clause.subject.chunk.lower))


def _action(sentence: Sentence, clause: Clause, trigger: Span) -> Span:
    """From the verb or the noun to the end of the phrase, at most 24 words, and to no loose end."""
    span = clause.chunk.span
    start = min(span.start, trigger.start)
    if clause.verb.passive or trigger.start - span.end > 60:
        start = trigger.start
    end = max(trigger.end, span.end if span.start - trigger.end < 60 else trigger.end)
    tokens = [t for c in sentence.chunks for t in c.tokens if start <= t.span.start]
    taken = 0
    for chunk in sentence.chunks:
        if chunk.span.end <= end:
            continue
        if chunk.kind in (Kind.COMMA, Kind.BREAK, Kind.STOP, Kind.OPEN):
            break
        taken = sum(t.span.end <= chunk.span.end for t in tokens)
        if taken > 24:
            break
        end = chunk.span.end
    text = sentence.analysis.text
    return Span(start, start + len(_LOOSE_END.sub("", text[start:end])))


# "… in key regions for", "… lets it be used as a": words that lead on to what was cut off.
_LOOSE_END = re.compile(
    r"(?:\s+(?:an?|the|and|or|of|to|for|in|on|at|by|with|from|as|that|which|its|their|within|than))+$"
)


_SECTOR_WORD = re.compile(
    r"\b(?:critical (?:raw )?(?:minerals?|materials?)|mining|smelting|refining|electric vehicles|"
    r"semiconductors|renewable energy|nuclear (?:power|energy)|offshore wind|recycling|raw materials)\b",
    re.IGNORECASE,
)


def _sector(sentence: Sentence, clause: Clause, trigger: Span) -> list[Mention | Span]:
    reach = sentence.reach(clause)
    near = Span(min(reach.start, trigger.start), max(reach.end, trigger.end))
    listed = re.search(r"\blists?\b", trigger.of(sentence.analysis.text), re.IGNORECASE)
    for span in (sentence.span,) if listed else (near, sentence.span):
        found = [m for m in sentence.mentions_in(span, MentionType.COMMODITY) if not m.generic]
        if listed is not None and len(found) > 1:  # the list's own name is not what it lists
            found = [m for m in found if "critical" not in m.entity] or found
        if found:
            return list(fill.distinct(found))
    word = _SECTOR_WORD.search(sentence.analysis.text, near.start, sentence.span.end)
    return [Span(word.start(), word.end())] if word is not None else []


def country_of(draft: Draft, authority: list[Mention]) -> Mention | None:
    """The country whose measure it is, where a body of it decides and the text names it.

    A government that stands for its country ("Zimbabwe", "Beijing") says so itself already.
    """
    for mention in authority:
        if mention.type is MentionType.COUNTRY:
            return None
        for named in draft.sentence.analysis.of_type(MentionType.COUNTRY):
            if mention.country is not None and named.entity == mention.country:
                return named
    return None
