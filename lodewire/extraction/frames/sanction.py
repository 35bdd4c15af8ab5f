"""Sanctions: dealings forbidden with a country, a firm, a person, a ship, or their goods.

Told by a verb ("sanctioned Rosneft"), a list ("placed X on the Entity List"), a noun with a verb
of imposing ("imposed sanctions on"), frozen assets, a price cap, an embargo, or a ban on taking in
the goods of a country under sanctions. Words that only look back on sanctions tell none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import blacklists, measures, parties, sanctioned
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import Sought, any_of, sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import EventType, MentionType, Status

_NOUN = sought(
    r"\b(?:(?:new|fresh|further|additional|economic|similar|secondary|sectoral|western|more|harsh|"
    r"sweeping|direct|trade|financial|import)\s)*(?:sanctions?(?:\spackage)?|package of (?:\w+\s)?"
    r"sanctions|embargo(?:es)?(?!\s(?:on|of)\s(?:sales|shipments|exports))|asset freezes?|price cap|"
    r"(?:penalties|punitive measures|restrictive measures|curbs)(?=\s(?:against|on)\b))\b",
    re.IGNORECASE,
)
_LIST = sought(
    r"\b(?:entity list|sdn list|specially designated nationals?(?: and blocked persons)?(?: list)?|sanctions? list|black ?list|unreliable[- ]entit(?:y|ies) list|export control list|"
    r"list of (?:sanctioned|designated|tankers|vessels|banned|unreliable)[^.;,]{0,50})",
    re.IGNORECASE,
)
_FREEZE = sought(
    r"\bfreezes?\s(?:on|of)\s(?:all\s|the\s)*assets\b|\b(?:fr(?:eezes?|oze|ozen|eezing)|seiz(?:e|es|ed|ing))\s(?:all\s|the\s|any\s)*assets\b|"
    r"\bassets\s(?:\w+\s){0,8}?(?:are|were|have been|be|is)\s(?:\w+ly\s)?frozen\b",
    re.IGNORECASE,
)
_CUT_OFF = sought(
    r"\b(?:cut off from|disconnect\w*(?: \w+){0,6}? from|exclud\w+(?: \w+){0,6}? from|ban\w* from)\s"
    r"(?:the\s)?swift\b(?:\s\w+ system)?",
    re.IGNORECASE,
)
_GOODS = (
    r"imports?|purchases?|metals?|warrants?|trading|transactions?|dealings?|services|deliver\w+|"
    r"re-?loading|transit|transshipment|insur\w+|financing|investment|buying"
)
_BAN = sought(
    r"\b(?:ban(?:s|ned|ning)?|prohibit(?:s|ed|ing)?|forb(?:ids?|ade|idden|idding)|"
    r"block(?:s|ed|ing)?|outlaw(?:s|ed|ing)?|bar(?:s|red|ring)?|end(?:s|ed)?|phas\w+ out)\b"
    rf"(?:\s[^\s.;]+){{0,12}}?\s(?:to take in|accept\w*|{_GOODS})\b(?:\sof)?"
    rf"|\b(?:{_GOODS})\b(?:\s[^\s.;]+){{0,8}}?\s(?:were|was|are|is|be|been|being)\s"
    r"(?:banned|prohibited|forbidden|blocked|outlawed|barred)\b"
    r"|\b(?:ban|embargo|prohibition)\s(?:on|of|covering|against)\s(?:[^\s.;]+\s){0,5}?"
    r"(?:imports?|metals?|oil|gold|crude|alumin\w+|nickel|copper|coal|diamonds|uranium|trade|lng|gas|"
    r"fuel|steel|palladium|platinum|titanium|exchanges?)\b"
    r"|\b(?:ban(?:s|ned)|bar(?:s|red)|block(?:s|ed)|exclud(?:es|ed))\s(?:[\w-]+\s){0,4}(?:metals?|oil|gold|"
    r"crude|alumin\w+|nickel|copper|coal|diamonds|uranium|steel|palladium|platinum|titanium)\s(?:from|in)\b"
    r"|\b(?:forb\w+|ban(?:s|ned)|bar(?:s|red)|prohibit\w*)\s(?:[\w’'-]+\s){1,5}?(?:to|from)\s"
    r"(?:buy\w*|import\w*|trad\w+|purchas\w+|insur\w+)\b"
    r"|\bno longer\s(?:be\s)?(?:buy|take in|accept|import|enter|purchase|deliver\w*|admit)\b"
    r"|\b(?:may|can|must|will) not\s(?:be\s)?(?:enter|import\w*|deliver\w*|land\w*|admit\w*)\b"
    r"|\bno\s(?:[A-Z]\w+)\s(?:\w+\s){1,8}(?:may|can|will)\sbe\s(?:delivered|imported|bought|accepted|sold)\b"
    r"|\b(?:has|have|had|is|are|was|were)\s(?:been\s)?(?:barred|banned|shut out|outlawed|kept out)\b"
    r"|\b(?:suspend|halt|stop|paus)\w*\s(?:[\w-]+\s){0,3}?(?:placing|placement|warranting|acceptance|listing|trading|dealings?)\s"
    r"(?:of|in)\s(?:[\w-]+\s){0,4}?(?:metals?|alumin\w+|nickel|copper)\b"
    r"|\b(?:put|plac\w+|brought|comes?|came)\s(?:[\w’'-]+\s){0,3}?under\s(?:an?\s|the\s)?(?:[\w-]+\s){0,2}?(?:bans?|embargo|asset freeze|sanctions)\b"
    r"|\bimport (?:bans?|restrictions?|curbs?|limits?)\b|\bban to be \w+|\bunder\s(?:an?\s|[\w.]+\s)?(?:embargo|sanctions|import ban)\ssince\b",
    re.IGNORECASE,
)
_CAP = sought(
    r"\b(?:cap(?:s|ped|ping)?\s(?:the\s)?prices?\b|price cap\b|cap on (?:the )?prices?\b)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:lobb(?:y|ied|ying)|call(?:s|ed|ing)?|push(?:es|ed|ing)?|press(?:es|ed|ing)?|urg(?:es?|ed|ing)|"
    r"ask(?:s|ed|ing)?|wants?|wanted)\b[^.;,]*$",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:absent|stopped short|not (?:include|cover|impose)|no(?:t a)?|without|rather than|excluding)\b"
    r"[^.;,]*$",
    re.IGNORECASE,
)
_STEMS = any_of(
    (
        "sanction",
        "list",
        "punish",
        "penal",
        "punitive",
        "off limits",
        "off-limits",
        "embargo",
        "asset",
        "swift",
        " cap",
        "designat",
        "ban to be",
    )
)
_VERBS = frozenset("sanction blacklist designate punish penalise penalize".split())
_MANY = re.compile(
    r"\b(?:entit(?:y|ies)|individuals?|compan(?:y|ies)|firms?|vessels?|tankers?|ships?|people|persons?|banks?|producers?|traders?|organi[sz]ations?)$"
)
_LISTING = frozenset(("place", "put", "add", "include", "name", "list", "enter", "target"))
_EXPORT = re.compile(r"\bexports?\b(?! of russian)", re.IGNORECASE)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield the sanctions of a sentence: by verb and list first, then noun, then bans on goods."""
    yield from measures.noted(sentence, _find(sentence))


def _find(sentence: Sentence) -> Iterator[Draft]:
    outlaws = any(m.entity in sanctioned.SANCTIONED for m in sentence.mentions)
    if not outlaws and not sentence.may_hold(_STEMS):
        yield from blacklists.find(sentence)
        return
    drafts = [*_by_state(sentence), *_by_verb(sentence), *_by_exemption(sentence)]
    drafts = drafts or list(_by_pattern(sentence)) or list(_by_frozen(sentence))
    if not drafts:
        drafts = list(_by_ban(sentence)) or list(_by_noun(sentence))[:1]
    drafts = drafts or list(_by_surface(sentence))
    yield from drafts or blacklists.find(sentence)


_PUT = sought(
    r"\b(?:put|puts|slap\w*|imposed?|imposes|plac\w+|announc\w+|levied|unveil\w*|expand\w*|wid\w+|tighten\w*|hit|hits|issued?|"
    r"lift\w*|eas\w+|remov\w+)\s(?:[\w-]+\s){0,4}?(?:sanctions|penalties)\s(?:package\s)?(?:on|against|targeting|from)\s(?:the\s)?"
    r"(?P<hit>(?:[\w’'-]+\s?){1,5})",
    re.IGNORECASE,
)


def _by_surface(sentence: Sentence) -> Iterator[Draft]:
    """ "The Treasury put sanctions on three entities": read off the words where parsing fails."""
    match = sentence.locate(_PUT)
    if match is None or measures.is_background(sentence, Span(match.start(), match.end())):
        return
    trigger = Span(match.start(), match.start("hit"))
    hit = sanctioned.find_targets(sentence, trigger)
    draft = _draft(sentence, trigger, sentence.clause_of(trigger), hit)
    if not draft.has("authority"):
        ruling = [m for m in sentence.mentions if m.span.end <= trigger.start]
        draft.add_all("authority", [m for m in ruling if parties.is_authority(sentence, m)][-1:])
    if not draft.has("target"):
        draft.add(
            "target", Span(match.start("hit"), match.start("hit") + len(match["hit"].rstrip()))
        )
    if re.match(r"lift|eas|remov", match.group(), re.IGNORECASE):
        draft.status = Status.TERMINATED
    if draft.has("authority") and not re.search(r"\b(?:may|might|could|would)\b", sentence.text):
        yield draft


def _by_verb(sentence: Sentence) -> Iterator[Draft]:
    for clause in sentence.clauses:
        maybe = clause.verb.passive and clause.verb.modal in ("may", "might", "can", "could")
        if clause.lemma not in _VERBS or clause.verb.reduced or maybe:
            continue
        own = re.search(r"sanction|Treasury|OFAC", sentence.text) or blacklists.is_topic(
            sentence.analysis
        )
        if clause.lemma == "designate" and not own:
            continue
        found = [m for m in sanctioned.hit_by(sentence, clause) if not _is_own(sentence, m, clause)]
        many = _MANY.search(clause.patient.chunk.lower) if clause.patient is not None else None
        if not found and many is None:
            continue
        draft = _draft(sentence, clause.chunk.span, clause, found)
        if not found and clause.patient is not None:
            draft.add("target", clause.patient.chunk.span)
        if draft.has("authority") or clause.verb.passive:
            yield draft


_OFF_LIST = sought(
    r"\b(?:taken off|removed from|struck (?:from|off)|dropped from|came off|deleted from)\s"
    r"(?:the\s|its\s|their\s|[A-Z][\w.]*(?:['’]s)?\s){0,3}(?:\w+\s){0,2}(?:black ?list|list)\b"
)
_OFF_LIMITS = sought(r"\boff[- ]limits\b", re.IGNORECASE)


def _by_state(sentence: Sentence) -> Iterator[Draft]:
    """ "taken off the US blacklist", "dealings with X are off limits"."""
    span = sentence.span
    for pattern, status in ((_OFF_LIST, Status.TERMINATED), (_OFF_LIMITS, Status.IN_FORCE)):
        match = sentence.locate(pattern)
        if match is None:
            continue
        trigger = Span(match.start(), match.end())
        hit = [
            m
            for m in sentence.mentions_in(Span(span.start, trigger.start), *sanctioned.TARGETS)
            if m.type is not MentionType.COUNTRY or m.entity in sanctioned.SANCTIONED
        ]
        draft = _draft(sentence, trigger, sentence.clause_of(trigger), hit[:1])
        draft.status = status
        if not draft.has("authority"):
            inside = sentence.mentions_in(trigger, MentionType.COUNTRY)
            draft.add_all("authority", inside[:1])
        if draft.has("target"):
            yield draft


def _by_frozen(sentence: Sentence) -> Iterator[Draft]:
    """ "Another 140 individuals and entities had their assets frozen"."""
    found = sanctioned.find_frozen(sentence)
    if found is not None:
        draft = Draft(EventType.SANCTION, sentence, found[1], sentence.clause_of(found[1]))
        draft.add("target", found[0])
        draft.add("action", Span(found[1].end - len("assets frozen"), found[1].end))
        measures.fill_effective(draft)
        yield draft


def _by_exemption(sentence: Sentence) -> Iterator[Draft]:
    """ "Canada exempted the firm from sanctions": the measure ends for those exempted."""
    for clause in sentence.clauses:
        if clause.lemma not in ("exempt", "delist", "remove", "free", "spare"):
            continue
        ends = next((p for p in clause.with_prep("from") if "sanction" in p.chunk.lower), None)
        found = sanctioned.hit_by(sentence, clause)
        if ends is None or not found:
            continue
        draft = _draft(sentence, clause.chunk.span, clause, found)
        draft.status = Status.TERMINATED
        if draft.has("authority"):
            yield draft


def _is_own(sentence: Sentence, mention: Mention, clause: Clause) -> bool:
    """ "Its board sanctioned the project", "EU-sanctioned": nobody is put under sanctions."""
    party = sentence.head_party(clause.agent)
    return party is not None and party.entity == mention.entity


def _by_pattern(sentence: Sentence) -> Iterator[Draft]:
    for pattern in (_LIST, _FREEZE, _CUT_OFF, _CAP):
        match = sentence.locate(pattern)
        if match is None:
            continue
        trigger = Span(match.start(), match.end())
        clause = sentence.clause_of(trigger)
        if clause is None:
            continue
        if pattern is _LIST and not any(
            c.lemma in (*_LISTING, "be") and -20 < trigger.start - c.chunk.span.end < 170
            for c in sentence.clauses
        ):
            continue
        yield from _listed(sentence, pattern, trigger, clause)
        return


def _listed(sentence: Sentence, pattern: Sought, trigger: Span, clause: Clause) -> Iterator[Draft]:
    if pattern is _CAP:
        draft = _draft(sentence, trigger, clause, sanctioned.outlawed(sentence))
        draft.drop("action")
        draft.add("action", _clause_words(sentence, clause, trigger))
        if draft.has("target"):
            yield draft
        return
    if pattern is _LIST and clause.lemma == "be" and _stands_on(sentence, trigger):
        yield from _long_listed(sentence, trigger, clause)
        return
    verb = next(
        (c for c in sentence.clauses if c.lemma in _LISTING and c.chunk.span.end <= trigger.start),
        clause,
    )
    owners = sentence.mentions_in(trigger, MentionType.COUNTRY)
    hit = (
        sanctioned.hit_by(sentence, verb)
        or sanctioned.owned_after(sentence, trigger)
        or sanctioned.told_last(sentence, trigger)
    )
    hit = [m for m in hit if m.span not in {o.span for o in owners}]
    if not hit and verb.chunk.span.end < trigger.start:
        hit = sentence.mentions_in(Span(verb.chunk.span.end, trigger.start), *sanctioned.TARGETS)[
            :3
        ]
    draft = _draft(
        sentence, Span(min(verb.chunk.span.start, trigger.start), trigger.end), verb, hit
    )
    unnamed = not hit and pattern is not _FREEZE and verb.patient is not None
    goods = verb.patient is not None and measures.goods(sentence, verb.patient.chunk.span)
    if goods and pattern is _LIST:
        return  # goods put on a control list: an export rule
    if unnamed and verb.patient is not None and not verb.patient.chunk.is_pronoun:
        draft.add("target", verb.patient.chunk.span)
    draft.drop("action")
    draft.add("action", _clause_words(sentence, verb, trigger))
    if draft.has("target"):
        yield draft


def _stands_on(sentence: Sentence, trigger: Span) -> bool:
    start = max(sentence.span.start, trigger.start - 30)
    before = sentence.analysis.text[start : trigger.start]
    return re.search(r"\bon\s(?:the|its|a)\s(?:[\w.]+\s){0,3}$", before) is not None


def _long_listed(sentence: Sentence, trigger: Span, clause: Clause) -> Iterator[Draft]:
    """ "Huawei has been on the Entity List since 2019": with its day only."""
    hit = sentence.named(clause.subject, *sanctioned.TARGETS)
    draft = _draft(sentence, trigger, clause, hit)
    if draft.has("target") and draft.has("effective_date"):
        yield draft


def _clause_words(sentence: Sentence, clause: Clause, trigger: Span) -> Span:
    """The verb and the words of the measure: "placed on the Entity List", at most 14 words."""
    start = clause.chunk.span.start if clause.chunk.span.start < trigger.start else trigger.start
    words = list(re.finditer(r"\S+", sentence.analysis.text[start : max(trigger.end, start + 1)]))
    if len(words) > 14:
        return trigger
    return Span(start, trigger.end)


def _by_noun(sentence: Sentence) -> Iterator[Draft]:
    text = sentence.analysis.text
    for match in sentence.locate_all(_NOUN):
        trigger = Span(match.start(), match.end())
        if not measures.is_told(sentence, trigger) or re.match(
            r"\s(?:risks?|regime|evasion|busting|authorit\w+|fears?|relief|list)\b",
            text[trigger.end :],
        ):
            continue
        clause = measures.telling_clause(sentence, trigger)
        many = sanctioned.find_many(sentence, trigger)
        named = [] if many is not None else sanctioned.find_targets(sentence, trigger)
        draft = _draft(sentence, trigger, clause, named)
        draft.add("target", many)
        if draft.has("authority") or draft.has("target"):
            yield draft


def _by_ban(sentence: Sentence) -> Iterator[Draft]:
    text = sentence.analysis.text
    for match in sentence.locate_all(_BAN):
        before = text[max(sentence.span.start, match.start() - 60) : match.start()]
        if _EXPORT.search(match.group()) or _ABSENT.search(before) or _ASKED.search(before):
            continue
        trigger = Span(match.start(), match.end())
        clause = measures.telling_clause(sentence, trigger) or sentence.clause_of(trigger)
        hit = sanctioned.outlawed(sentence)
        draft = _draft(sentence, trigger, clause, hit)
        ours = {a.entity for a in draft.of("authority")}
        theirs = [a for a in draft.of("target") if a.entity not in ours]
        continues = not hit and re.search(r"\bban to be\b", match.group())
        if continues and clause is not None:
            widened = next(clause.with_prep("to"), None)
            draft.add("product", widened.chunk.span if widened is not None else None)
        if theirs or continues:
            yield draft


def _draft(
    sentence: Sentence, trigger: Span, clause: Clause | None, targets: list[Mention]
) -> Draft:
    draft = Draft(EventType.SANCTION, sentence, trigger, clause)
    hit = {m.entity for m in targets}
    found = [m for m in parties.find_authorities(draft) if m.entity not in hit]
    found = [m for m in found if not _is_outlaw(sentence, m, clause)]
    if not found and clause is not None:
        found = _possessor(sentence, trigger, hit)
    draft.add_all("authority", found)
    draft.add_all("target", targets)
    draft.add_all("product", sanctioned.find_products(sentence, trigger))
    draft.add("action", _action(sentence, trigger))
    measures.fill_effective(draft)
    return draft


def _is_outlaw(sentence: Sentence, mention: Mention, clause: Clause | None) -> bool:
    """ "Russia sanctions": whom they hit, unless it acts itself ("Russia sanctioned 28 firms")."""
    if mention.entity not in sanctioned.SANCTIONED:
        return False
    return clause is None or mention not in sentence.named(clause.subject, MentionType.COUNTRY)


def _possessor(sentence: Sentence, trigger: Span, hit: set[EntityId]) -> list[Mention]:
    """ "an American embargo", "US sanctions": the demonym before the noun."""
    before = [
        m
        for m in sentence.mentions_in(
            Span(max(sentence.span.start, trigger.start - 45), trigger.start), MentionType.COUNTRY
        )
        if m.entity not in hit and not _is_outlaw(sentence, m, None)
    ]
    return before[-1:]


def _action(sentence: Sentence, trigger: Span) -> Span:
    """The words of the measure, at most twelve."""
    words = list(re.finditer(r"\S+", trigger.of(sentence.analysis.text)))
    end = words[min(len(words), 12) - 1].end()
    return Span(trigger.start, trigger.start + end)
