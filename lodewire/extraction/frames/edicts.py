"""Edicts: what an authority lets, orders, rules out, buys for its stocks or pumps with its allies.

They are policy told by a verb alone, without a noun of rule-making: "will no longer let companies
build alumina plants", "told mills to cut output", "ruled out new refineries", "will raise output".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames import parties
from lodewire.extraction.grammar.clauses import SPEECH, Clause, Phrase
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

_LETTING = frozenset("let allow permit".split())
_BIDDING = frozenset(
    "tell ask want direct urge instruct order require mandate oblige compel force bind bid "
    "command request encourage propose recommend suggest decree prohibit ban bar forbid stop prevent".split()
)
# Those who are let, told or bound: classes of firms and works, never one of them by name.
_SUBJECTS = re.compile(
    r"\b(?:companies|firms|(?:gold|coal|bauxite|lithium|nickel|state|local|foreign|private)?\s?miners|"
    r"producers|smelters|refiners|refineries|(?:steel)?mills|(?:steel|battery|chip|car|magnet)?makers|"
    r"builders|developers|operators|investors|foreigners|utilities|generators|plants|mines|projects|"
    r"capacity|member states|agencies|departments|buyers|traders|importers|furnaces|drillers|carmakers|"
    r"steelmakers|anyone|owners|groups|suppliers|facilities)\b",
    re.IGNORECASE,
)
_FIELD = sought(
    r"\b(?:smelt\w+|refin\w+|min(?:ing|ers?|es?|erals?)|capacity|output|production|plants?|mills?|"
    r"alumin\w+|bauxite|batter\w+|steel\w*|drilling|process\w*|stockpil\w*|furnaces?|raw materials?|"
    r"coal|ore|reactors?|chips?|power stations?|emissions|gold|lithium|nickel|copper|oil|gas)\b",
    re.IGNORECASE,
)
_ABROAD = sought(
    r"\b(?:exports?|exporters?|exported|shipments?|imports?|tariffs?|dut(?:y|ies)|sanction\w*)\b",
    re.IGNORECASE,
)
_NEW_WORKS = (
    r"(?:new|more|further|additional|extra)\s(?:[\w-]+\s){0,3}?(?:capacity|plants?|smelters?|refiner(?:y|ies)|"
    r"mills?|mines?|furnaces?|projects?|drilling|permits|licen[cs]es|reactors?|wells?|fields?|coal power)"
)
_WORKS = re.compile(rf"\b{_NEW_WORKS}\b", re.IGNORECASE)
_REFUSING = frozenset(
    "approve authorise authorize permit allow license sanction build add register".split()
)
_BARRING = frozenset(
    "bar ban block prohibit forbid outlaw halt freeze stop suspend pause restrict limit".split()
)
_RULED_OUT = sought(
    rf"\b(?:rul(?:e|es|ed|ing)|phas(?:e|es|ed|ing))\sout\s(?:all\s|any\s)?(?:[\w-]+\s){{0,3}}?"
    rf"(?:{_NEW_WORKS}|coal|nuclear|fossil|combustion)\b"
    r"|\b(?:halt|paus|suspend|fr(?:eez|oz)|resum|restart|end)\w*\s(?:\w+\s){0,2}(?:(?:offshore|federal|coal|oil|wind|gas)\s)*"
    r"(?:leasing|lease sales?|licensing rounds?)\b"
    rf"|\b{_NEW_WORKS}[^.;]{{0,30}}?\s(?:is|are|was|were|be|been)\sruled out\b",
    re.IGNORECASE,
)
_PUMPING = frozenset(
    "raise increase boost hike add cut reduce trim curb lower extend prolong unwind ease "
    "restore return delay postpone pause deepen bring roll go keep hold maintain start open "
    "stick agree accelerate slash lift augment ramp tighten remove announce confirm enhance phase "
    "release approve endorse scrap remain proceed put defer shelve".split()
)
_PUMPED = re.compile(
    r"\b(?:output|production|supply|cuts?|curbs|barrels|bpd|b/d|quotas?|targets?|increases?|hikes?|oil to "
    r"the market|unwinding)\b",
    re.IGNORECASE,
)
_PACT = re.compile(r"\bopec\b|\bopec\+", re.IGNORECASE)
_STOCKED = frozenset("buy purchase acquire release sell procure auction offload stock seek".split())
_STOCK = re.compile(
    r"\b(?:stockpiles?|(?:state|strategic|national|petroleum|emergency) reserves?)\b", re.IGNORECASE
)
_MUST = ("must", "shall", "should")
_BACKED = re.compile(
    r"\b(?:plan|law|rules?|decree|code|bill|order|regulations?|guidelines|act|policy|ministry|"
    r"government|regulator|commission)\b",
    re.IGNORECASE,
)
_STANDS = sought(
    r"\b(?:cap|ceiling|limit|moratorium|ban)\son\s(?:[\w-]+\s){0,4}?(?:capacity|output|production|mining|drilling)"
    r"[^.;]{0,60}?\s(?:stays?|remains?|holds?|was kept|is kept|continues?)\b",
    re.IGNORECASE,
)


_RULE_SAYS = sought(
    r"\b(?:executive order|law|decree|bill|mining code|(?:industry|action|national|government|five-year|state) plan|"
    r"regulations|directive|new rules)\s(?:[^\s.;,]+\s){0,8}?(?:delegates?|requires?|tells?|directs?|orders?|obliges?|bars?|bans?|"
    r"caps?|limits?|calls? for|lets?|allows?|forbids?|prohibits?|gives?|raises?|sets?)\s",
    re.IGNORECASE,
)
_EXEMPTING = frozenset("exempt spare relieve free excuse".split())
_BURDEN = re.compile(
    r"\bcarbon border|\bemissions? (?:rules?|trading)|\broyalt|\bmining (?:tax|levy)", re.I
)
_NO_LONGER = sought(
    r"\b(?:no longer|not|never|stop|refuse to|cease to|now)\s(?:let|allow|permit|approve|licen[cs]e)(?:ting|ing|s)?\b",
    re.IGNORECASE,
)
# The verb of a headline that the grammar takes for a noun: "Beijing bars new refineries".
_HEADED = sought(
    r"\b(?:bars|bans|blocks|halts|outlaws|freezes|orders|tells|asks|lets|allows|wants|urges)\b"
)


def find(sentence: Sentence) -> Iterator[tuple[Span, Clause]]:
    """Yield the trigger and clause of each edict; its authority is for the caller to prove."""
    text, span = sentence.analysis.text, sentence.span
    for pattern in (_RULED_OUT, _STANDS, _NO_LONGER, _HEADED, _RULE_SAYS):
        match = sentence.locate(pattern)
        if match is not None and pattern in (_NO_LONGER, _HEADED):
            after = text[match.end() : min(span.end, match.end() + 90)]
            works = _holds(after) or (pattern is _HEADED and _WORKS.match(after.lstrip()))
            if (
                not works
                or _ABROAD.pattern.search(after)
                or author(sentence, match.start()) is None
            ):
                continue
        if match is not None and pattern is _RULE_SAYS and not _rules_field(sentence, match.end()):
            continue
        trigger = Span(match.start(), match.end()) if match is not None else None
        clause = _over(sentence, trigger) if trigger is not None else None
        if trigger is not None and clause is not None:
            yield trigger, clause
    for clause in sentence.clauses:
        if clause.verb.reduced and clause.verb.passive:
            continue
        if any(
            test(sentence, clause)
            for test in (_lets, _bids, _bars, _pumps, _stocks, _funds, _exempts, _has_to)
        ):
            yield clause.chunk.span, clause


def author(sentence: Sentence, at: int) -> Mention | None:
    """The country or agency named right before the verb at ``at``, or None."""
    window = Span(max(sentence.span.start, at - 60), at)
    kinds = (MentionType.COUNTRY, MentionType.ORGANISATION)
    for mention in reversed(sentence.mentions_in(window, *kinds)):
        between = sentence.analysis.text[mention.span.end : at]
        if re.fullmatch(r"\s(?:(?:has|will|would|is|to|said|says|it|that)\s){0,4}", between):
            return mention if parties.is_authority(sentence, mention) else None
    return None


def by_authority(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a government, agency or pact is the subject of the clause or of one above it."""
    above: Clause | None = clause
    seen = 0
    while above is not None and seen < 3:
        if not above.verb.passive and parties.authorities(sentence, above.subject):
            return True
        above, seen = above.governor, seen + 1
    return False


def _over(sentence: Sentence, trigger: Span) -> Clause | None:
    inside = (c for c in sentence.clauses if c.chunk.span.overlaps(trigger))
    return next(inside, None) or sentence.clause_of(trigger)


def _rest(sentence: Sentence, clause: Clause, size: int = 110) -> str:
    end = min(sentence.span.end, clause.chunk.span.end + size)
    return sentence.analysis.text[clause.chunk.span.end : end]


def _firm(sentence: Sentence, phrase: Phrase | None) -> bool:
    """One firm or works by name: a permit or an outage, no policy."""
    if phrase is None:
        return False
    named = sentence.mentions_in(phrase.chunk.span, MentionType.ORGANISATION, MentionType.SITE)
    return any(not parties.is_authority(sentence, m) for m in named)


def _lets(sentence: Sentence, clause: Clause) -> bool:
    if clause.lemma not in _LETTING or not by_authority(sentence, clause):
        return False
    rest = _rest(sentence, clause)
    named = _firm(sentence, clause.objects[0] if clause.objects else None)
    return not named and _holds(rest) and not _ABROAD.pattern.search(rest)


def _holds(words: str) -> bool:
    """Tell whether a class of firms is named close by, and something of the field after it."""
    who = _SUBJECTS.search(words)
    return who is not None and who.start() < 45 and _FIELD.pattern.search(words) is not None


def _bids(sentence: Sentence, clause: Clause) -> bool:
    """ "told mills to cut output", "wants builders to hold bauxite", "barred firms from mining"."""
    if clause.lemma not in _BIDDING or clause.verb.passive or not by_authority(sentence, clause):
        return False
    rest = _rest(sentence, clause)
    if _ABROAD.pattern.search(rest) or _firm(
        sentence, clause.objects[0] if clause.objects else None
    ):
        return False
    deed = re.search(
        r"\b(?:to\s[a-z]+|from\s[a-z]+ing|that\s[^.;]{1,40}\s(?:should|must|shall))\b", rest
    )
    return deed is not None and _holds(rest)


def _bars(sentence: Sentence, clause: Clause) -> bool:
    """ "bars new alumina refineries", "will not approve new copper smelters"."""
    refuses = clause.lemma in _REFUSING and (
        clause.verb.negated or re.search(r"\bno longer\b", clause.chunk.lower) is not None
    )
    if not refuses and clause.lemma not in _BARRING:
        return False
    works = _WORKS.search(_rest(sentence, clause, 70))
    return (
        works is not None
        and works.start() < 30
        and by_authority(sentence, clause)
        and not sentence.find(_ABROAD)
    )


def _pumps(sentence: Sentence, clause: Clause) -> bool:
    """ "OPEC+ will raise output", "the Saudis extended their voluntary cuts"."""
    if clause.lemma not in _PUMPING or clause.subject is None or clause.verb.passive:
        return False
    start = min(clause.subject.chunk.span.start, clause.chunk.span.start)
    words = sentence.analysis.text[start : clause.chunk.span.end]
    rest = _rest(sentence, clause, 90)
    if _PUMPED.search(rest) is None or _FORESEEN.search(rest) or sentence.find(_COUNTED):
        return False
    if _PACT.search(words):
        return True
    if re.search(r"\bvoluntary\b", rest) and by_authority(sentence, clause):
        return True
    return _CARTEL.search(clause.subject.chunk.lower) is not None and pact(sentence) is not None


_FORESEEN = re.compile(r"\b(?:forecasts?|estimates?|outlook|projections?|demand|views?)\b", re.I)
_COUNTED = sought(r"\b(?:survey\w*|data showed|secondary sources|tracker|tanker data)\b", re.I)
_CARTEL = re.compile(
    r"\b(?:group|alliance|cartel|bloc|coalition|eight (?:countries|members|producers))$"
)
_DEFUNDING = frozenset(
    "withdraw cut cancel slash halt freeze pause end scrap rescind revoke axe pull terminate".split()
)
_FUNDS = re.compile(
    r"\b(?:funding|funds|grants?|subsid(?:y|ies)|incentives?|aid|loans?|awards?|support)\s(?:for|from|to|of)\s",
    re.IGNORECASE,
)


def _exempts(sentence: Sentence, clause: Clause) -> bool:
    """ "exempt small importers from its carbon border levy"."""
    return (
        clause.lemma in _EXEMPTING
        and _BURDEN.search(_rest(sentence, clause, 220)) is not None
        and by_authority(sentence, clause)
    )


def _rules_field(sentence: Sentence, at: int) -> bool:
    """What a rule says touches the field, and no trade: that has types of its own."""
    rest = sentence.analysis.text[at : min(sentence.span.end, at + 120)]
    return _FIELD.pattern.search(rest) is not None and not sentence.find(_ABROAD)


def pact(sentence: Sentence) -> Mention | None:
    """The pact of producers that the text names, in the sentence before elsewhere, or None."""
    own = sentence.mentions_in(sentence.span, MentionType.ORGANISATION)
    every = sentence.analysis.of_type(MentionType.ORGANISATION)
    return next((m for m in (*own, *every) if _PACT.search(m.text)), None)


def is_pact(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether the clause tells what a pact of oil producers does with its output."""
    return _pumps(sentence, clause)


def ruler(sentence: Sentence, trigger: Span) -> Mention | None:
    """Who rules where the grammar names nobody: named before the verb, else the home country."""
    named = author(sentence, trigger.start)
    if named is not None:
        return named
    words = trigger.of(sentence.analysis.text)
    if any(p.pattern.fullmatch(words) for p in (_RULED_OUT, _STANDS, _RULE_SAYS)):
        return parties.home_country(sentence)
    return None


def _funds(sentence: Sentence, clause: Clause) -> bool:
    """ "cut funding for four hydrogen hubs", "make $1 billion available for processing"."""
    rest = _rest(sentence, clause, 90)
    if clause.lemma in _DEFUNDING and not clause.verb.passive:
        match = _FUNDS.search(
            sentence.analysis.text[clause.chunk.span.start : clause.chunk.span.end + 50]
        )
        if match is None:
            return False
    elif clause.lemma != "make" or not re.match(r"\s[^.;,]{3,50}\savailable\sfor\b", rest):
        return False
    if _firm(sentence, clause.objects[0] if clause.objects else None):
        return False
    fields = _FIELD.pattern.search(rest) or re.search(
        r"\b(?:hydrogen|wind|solar|renewable\w*|electric|minerals?)\b", rest
    )
    return fields is not None and by_authority(sentence, clause)


def _stocks(sentence: Sentence, clause: Clause) -> bool:
    """ "bought 15,000 t of cobalt for the national stockpile"."""
    return (
        clause.lemma in _STOCKED
        and not clause.verb.passive
        and _STOCK.search(_rest(sentence, clause)) is not None
        and by_authority(sentence, clause)
    )


def _has_to(sentence: Sentence, clause: Clause) -> bool:
    """ "New capacity must have its own bauxite, the ministry said": a rule told by who made it."""
    if clause.verb.modal not in _MUST or clause.subject is None:
        return False
    words = clause.subject.chunk.lower
    if _SUBJECTS.search(words) is None or _firm(sentence, clause.subject):
        return False
    if sentence.find(_ABROAD) or sentence.find(_FIELD) is None:
        return False
    return any(
        other.lemma in SPEECH
        and other.subject is not None
        and bool(
            parties.authorities(sentence, other.subject)
            or _BACKED.search(other.subject.chunk.lower)
        )
        for other in sentence.clauses
    )
