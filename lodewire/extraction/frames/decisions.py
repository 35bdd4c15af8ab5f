"""Whatever else a government decides in the field: the last look, where no construction fits.

"Finance has set aside $1 billion for mills that convert", "withdrew 225,504 acres from leasing",
"guaranteed minimum prices": an authority as subject, a verb of deciding, and what it is about. What
an authority reports, produces, trades or does for one firm is no measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames import measures, parties
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

_DECIDING = frozenset(
    "set put lay allot allocate assign apportion approve pass back adopt endorse sign launch start "
    "unveil shorten rework overhaul open reopen reserve subsidise subsidize tax cut raise cap ban "
    "withdraw guarantee earmark promise pledge vow force weigh mull plan agree extend prolong halve "
    "double triple scrap abolish end repeal introduce impose create establish limit restrict curb "
    "tighten loosen relax ease lift lower reduce order require oblige mandate instruct tell direct "
    "urge ask command bind prohibit forbid bar block stop halt suspend freeze pause resume restart "
    "nationalise nationalize expropriate stockpile release replenish fill reinstate restore "
    "revive reverse reject delay postpone defer speed accelerate fast-track simplify streamline "
    "designate declare classify list add remove exempt waive grant offer provide give let allow "
    "permit enact implement enforce issue publish finalise finalize announce propose draft recommend "
    "consider amend revise change rewrite update toughen strengthen bolster boost promote encourage "
    "support fund finance commit target aim seek want intend decide resolve vote choose select pick "
    "name hold keep maintain retain bring take phase roll trim slash raise ration prioritise prioritize "
    "auction offload procure remove return take charge levy refund rebate water dilute scale step "
    "clamp crack deregulate liberalise liberalize ringfence ring-fence mothball legalise legalize "
    "outlaw set hike repeat prescribe fix peg override veto do make authorise authorize work unlock".split()
)
# What a decision of policy is about.
_ABOUT = re.compile(
    r"\b(?:capacity|quotas?|output|production|prices?|subsid\w+|incentives?|rebates?|tax(?:es)?|royalt\w+|"
    r"credits?|reserves?|stockpil\w*|leas(?:es?|ing)|licens?ing|licen[cs]es|permits|auctions?|"
    r"concessions|blocks|tenders?|moratorium|cap|ceiling|floor|ban|law|bill|act|code|decree|regulations?|"
    r"rules|standards?|mandates?|strateg(?:y|ies)|plan|programme|program|scheme|fund|funds|funding|initiative|"
    r"list|targets?|goal|stake|share|ownership|monopoly|miners|producers|smelters|mills|refiners|"
    r"companies|firms|operators|developers|investors|utilities|carmakers|automakers|acres|hectares|"
    r"barrels|bpd|b/d|mining|drilling|exploration|processing|recycling|refining|smelting|emissions|furnaces|kilns|"
    r"plants|power|electricity|gas|coal|penalt(?:y|ies)|fines|reforms?|framework|review|policy|"
    r"minimum|guarantee\w*|zones?|parks?|state control|nationalisation|nationalization)\b",
    re.IGNORECASE,
)
_FIELD = sought(
    r"\b(?:smelt\w+|refin\w+|min(?:ing|ers?|es|erals?)|capacity|output|batter\w+|barrels|b/d|bpd|"
    r"(?:electric )?vehicles?|electric cars|chips?|semiconductors?|steel\w*|energy|power|oil|gas|coal|"
    r"renewabl\w+|solar|wind|nuclear|recycl\w+|processing|magnets?|metals?|stockpil\w+|drilling|"
    r"emissions|carbon|raw materials?|subsoil|extraction|reactors?|hydrogen|royalt\w+|scrap|ore|ores|"
    r"mills|modules|acres|leasing|quotas|furnaces|fuel|geothermal|grid|alumin\w+|rare earths?)\b",
    re.IGNORECASE,
)
_OFF = re.compile(
    r"\b(?:forecasts?|estimates?|outlook|projections?|data|figures|report|survey|interest rates?|"
    r"monetary|benchmark rates?|tariffs?|dut(?:y|ies)|sanction\w*|exports?|imports?|shipments?|talks|meeting|"
    r"ceasefire|troops|peace|election|visit|lawsuit|probe|investigation|inquiry|shares? of|shareholder|"
    r"loan|offtake|takeover|dividend|stock exchange|hearing|memorandum|trade deal|summit|anti-?dumping)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(r"\b(?:record|decline|rise|increase|fall|growth|drop|surplus|deficit)\b")


def find(sentence: Sentence) -> Iterator[tuple[Span, Clause]]:
    """Yield the verb and clause of each decision that an authority takes in the field."""
    if not sentence.find(_FIELD) and not measures.goods(sentence, sentence.span):
        return
    for clause in sentence.clauses:
        if clause.lemma not in _DECIDING or clause.verb.negated:
            continue
        if clause.verb.passive:
            if _is_decided(sentence, clause):
                yield clause.chunk.span, clause
            continue
        if clause.relative and clause.subject is None:
            continue
        if _is_decision(sentence, clause):
            yield clause.chunk.span, clause


_IN_FORCE = sought(
    r"\b(?:Act|Law|Code|Regulation|Bill|Decree|Directive|law|act|code|decree)\b,?\s(?:[^\s.;,]+\s){0,4}?(?:came|comes|will come|entered|"
    r"enters|went|goes|took|takes|in force since|in effect since)\s?(?:into|in)?\s?(?:force|effect)?\b"
)


def find_acts(sentence: Sentence) -> Iterator[tuple[Span, Clause]]:
    """ "The Act came into force on 23 May 2024": a law by its day, with its date."""
    match = sentence.locate(_IN_FORCE)
    if match is None or not re.search(r"force|effect", match.group()) or not sentence.dates:
        return
    trigger = Span(match.start(), match.end())
    clause = sentence.clause_of(trigger)
    if clause is not None and re.search(
        r"mineral|mining|raw materials?|energy|oil|gas", sentence.analysis.text, re.I
    ):
        yield trigger, clause


def _is_decided(sentence: Sentence, clause: Clause) -> bool:
    """ "47 projects have been given strategic status by the Commission": told in the passive."""
    if clause.subject is None or clause.verb.reduced or clause.relative:
        return False
    subject = clause.subject.chunk.lower
    rest = _rest(sentence, clause)
    words = f"{subject} {rest}"
    if _ABOUT.search(words) is None or _FIELD.pattern.search(words) is None or _OFF.search(words):
        return False
    if _LEAVE.match(f" {subject}") or _one_firm(sentence, clause.subject.chunk.span):
        return False
    agents = [m for p in clause.with_prep("by") for m in parties.authorities(sentence, p)]
    return bool(agents)


_SHARE_OF = re.compile(
    r"\s(?:about |some |over |nearly |more than )?(?:[\d.]+ ?(?:%|per ?cent)|half|most|a (?:third|quarter)) of (?:its|the|their) "
    r"(?:[\w-]+ )?(?:output|production|supply|exports)\b"
)


def _is_decision(sentence: Sentence, clause: Clause) -> bool:
    rest = _rest(sentence, clause)
    about = _ABOUT.search(rest)
    if about is None or about.start() > 95 or _OFF.search(rest[:110]):
        return False
    if not _FIELD.pattern.search(rest) and not sentence.find(_FIELD):
        return False
    if _SHARE_OF.match(rest):
        return False  # "the Wa State takes 70% of its output"
    if not _governs(sentence, clause) or _LEAVE.match(rest):
        return False
    if clause.objects and _one_firm(sentence, clause.objects[0].chunk.span):
        return False
    # "China raised output 3 %": what a country produces, unless the words order it.
    subject = clause.subject
    states = subject is not None and sentence.named(subject, MentionType.COUNTRY)
    if states and re.match(
        r"\s(?:its\s|the\s|their\s)?(?:\w+\s){0,3}(?:output|production|capacity)\b", rest
    ):
        return bool(
            clause.verb.future or clause.verb.infinitive or clause.lemma in ("cap", "limit", "curb")
        )
    if states and clause.lemma == "hold" and not clause.verb.future:
        return False  # "holds a third of global reserves"
    return not _RESULT.search(rest[:40])


_HEAD = re.compile(
    r"\b(?:government|cabinet|parliament|congress|senate|lawmakers|president|premier|minister|ministry|department|"
    r"administration|regulators?|authorit(?:y|ies)|junta|ministers|centre|bloc|council|commission|agency|treasury|"
    r"watchdog|court|officials|assembly|legislators|king|governor|authorities|province|board|office|bank|body)$"
)
_LEAVE = re.compile(
    r"\s(?:[\w’'-]+\s){0,5}?(?:permits?|consent|certificates?|licen[cs]es?|leases?|concessions?|plan under which|benchmark prices|reference prices?)\b",
    re.IGNORECASE,
)


def _governs(sentence: Sentence, clause: Clause) -> bool:
    """The subject is a government or an office itself, not "the country's new refineries"."""
    if clause.subject is None:
        return False
    chunk = clause.subject.chunk
    before = sentence.analysis.text[
        max(sentence.span.start, chunk.span.start - 12) : chunk.span.start
    ]
    if re.search(r"\b(?:[Ww]hat|time that)\s$", before):
        return False
    found = parties.authorities(sentence, clause.subject)
    if re.search(r"\b(?:company|miner|firm|group|producer|operator|it)$", chunk.lower):
        return any(not m.generic for m in found) and chunk.lower == "it"
    if _HEAD.search(chunk.lower):
        return bool(found)
    return any(m.span.end >= chunk.span.end or m.type is not MentionType.COUNTRY for m in found)


def _rest(sentence: Sentence, clause: Clause) -> str:
    end = min(sentence.span.end, clause.chunk.span.end + 150)
    words = sentence.analysis.text[clause.chunk.span.end : end]
    return re.split(r";|\.\s|, (?:while|but|after|as)\b", words)[0]


def _one_firm(sentence: Sentence, span: Span) -> bool:
    named = sentence.mentions_in(span, MentionType.ORGANISATION, MentionType.SITE)
    return any(not parties.is_authority(sentence, m) for m in named)
