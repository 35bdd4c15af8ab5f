"""Why works stop: the closed list of causes, found only where the text states one as a cause."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.evidence import Span

_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "maintenance",
        r"(?:planned |scheduled |routine |major )?(?:plant )?(?<!care and )(?<!care, )maintenance|overhauls?|turnarounds?|"
        r"repairs?|refurbish\w+|upgrades?|upgrading|relin\w+",
    ),
    (
        "strike",
        r"(?<!drone )(?<!missile )(?<!air )(?<!rocket )strikes?|striking|walk-?outs?|industrial action|downed tools|stay-?away|sit-?ins?|"
        r"union(?:s|ised|ized)? (?:workers|members|action)|labou?r (?:dispute|action|unrest)|"
        r"(?:wage|pay) dispute|work-to-rule|wildcat \w+|walk(?:s|ed|ing)? (?:out|off)|"
        r"down(?:ed|ing|s)? tools|stop(?:ped|ping)? work|go-slow|lock-?outs?|stoppage over (?:pay|wages)",
    ),
    (
        "conflict",
        r"wars?|fighting|rebels?|insurgen\w+|militants?|militias?|attack(?:s|ed)?|drones?|missiles?|"
        r"coup|armed (?:\w+ )?(?:clash\w*|groups?|men|gang)|clashes|gunmen|violence|M23|shelling|"
        r"shelled|invasion|sabotage|raids?|putsch|bombing|air ?strikes?|jihadists?|seized|insurrection|"
        r"kidnapp\w+|looting|security (?:situation|concerns|incident)",
    ),
    (
        "protest",
        r"protest(?:s|ers?|ors?|ing)?|blockades?|blockad(?:ed|ing)|blocked (?:the |a |access )?"
        r"(?:roads?|railways?|access|by)|demonstrat(?:ors?|ions?)|roadblocks?|road block(?:s|ages?)?|"
        r"illegal miners|pickets?|occupation|sit-in|(?:local |indigenous )?(?:communit(?:y|ies)|residents|villagers|farmers)|"
        r"social unrest|unrest",
    ),
    (
        "accident",
        r"accidents?|fires?|blaze|explosions?|blasts?(?! furnace)|collapse[ds]?|collapsing|cave-?ins?|"
        r"rock ?(?:falls?|bursts?)|landslides?|landslips?|mud ?(?:slides?|rush)|wall (?:failure|slip\w*)|"
        r"slope failure|seismic\w*|earthquakes?|quakes?|tremors?|fatalit(?:y|ies)|fatal|deaths?|"
        r"leaks?|leaked|spills?|breach(?:es)?|derail\w+|pit wall|(?:tailings )?dam (?:failure|burst)|"
        r"(?:\w+ )?(?:failures?|faults?|breakdowns?|malfunctions?)|(?:technical|mechanical|equipment) "
        r"(?:problems?|issues?)|"
        r"gave way|came down|came off|caved in|burst|toppled|overturned|capsiz\w+|sank|derailments?|"
        r"rock-?bursts?|pit (?:slip|failure)|critical incident|killed|died|mud flow|flow of (?:wet )?(?:material|mud)",
    ),
    (
        "flood",
        r"flood(?:s|ed|ing)?|(?:heavy|torrential|severe|monsoonal?|record) (?:\w+ )?rains?|rainfall|"
        r"inundat\w+|cyclones?|hurricanes?|storms?|typhoons?|monsoon|ingress of water|"
        r"water (?:ingress|inflow)",
    ),
    (
        "power",
        r"power (?:cuts?|shortages?|supply|costs?|bills?|prices?|crisis|rationing|outages?|failures?|"
        r"restrictions?|curbs?|deficits?)|electricity (?:\w+ )?(?:prices?|costs?|shortages?|supply|"
        r"bills?|tariffs?|rationing)|high electricity|energy (?:bills?|costs?|prices?|crisis|shortages?)|"
        r"(?:gas|fuel|hydropower|coal) (?:shortages?|supply|curtailments?|prices?)|load[- ]?shedding|"
        r"power (?:dips?|loss|blips?|tariffs?|curtailments?|interruptions?|constraints?|problems?)|"
        r"load[- ]?curtailments?|(?:dear|costly|expensive) (?:power|electricity|energy|gas)|"
        r"(?:power|electricity|energy|gas) (?:was |is |had become |became |too )+(?:dear|expensive|costly)|"
        r"drought|low water|blackouts?|lack of (?:hydropower|power|electricity|gas|fuel)|loss of power",
    ),
    (
        "price",
        r"(?:low|lower|weak|weaker|poor|depressed|falling|sinking|sliding|slumping|tumbling|soft)\s"
        r"(?:[\w-]+ ){0,3}(?:prices?|markets?|demand|margins?|conditions)|"
        r"prices? (?:slump|fall|collapse|crash|sag|slide|rout|weakness|drop|decline)\w*|"
        r"(?:slump|fall|collapse|crash|slide|drop|plunge|decline|rout|weakness|downturn) in (?:the )?"
        r"(?:[\w-]+ ){0,3}(?:prices?|market|demand)|losses|loss-making|unprofitab\w+|uneconomic\w*|"
        r"(?:weak|poor|adverse|difficult|challenging|tough) (?:market|economic|trading|financial)\s"
        r"\w+|market conditions|(?:high|rising|soaring|higher) "
        r"(?!energy|power|electricity|fuel|gas)(?:\w+ )?costs|negative cash flow|"
        r"treatment charges|TCs?|were not buying|no buyers|cheap imports|dumping|"
        r"lack of demand|oversupply|overcapacity|weak financial",
    ),
    (
        "order",
        r"orders? (?:by|from|of)|ordered|(?:[’']s|on|under|by) (?:\w+ )?orders?|injunctions?|judges?|customs|"
        r"(?:government|ministry|authorities|state|regulators?|council|township) (?:had|has|ha[sd] it|"
        r"withdrew|revoked|suspended|closed|shut|halted|stopped|banned|barred|blocked)|"
        r"at the behest of|ban(?:s|ned)?|quotas?|court|rulings?|government (?:order|decree|ban|decision)|"
        r"regulators?(?: order\w*)?|inspectorate|directives?|decrees?|environmental (?:concerns|"
        r"violations?|breaches|checks|inspections?)|safety (?:inspections?|checks|stoppages?)|"
        r"section 54|unconstitutional|(?:licen[cs]e|permit) (?:revo\w+|suspen\w+)|"
        r"(?:revoked?|suspended|withdrawn) (?:licen[cs]es?|permits?)|injunction|emissions? curbs|"
        r"production (?:curbs|restrictions)",
    ),
)
_ANY = re.compile(
    "|".join(f"(?P<{name}>\\b(?:{pattern})\\b)" for name, pattern in _PATTERNS), re.IGNORECASE
)
_STRONG = re.compile(
    r"\b(?:because of|due (?:mainly |largely |partly )?to|owing (?:mainly |largely )?to|"
    r"as a (?:direct )?(?:result|consequence) of|caused by|triggered by|prompted by|forced by|"
    r"blam(?:ing|ed on|es|ed)|citing|cites|cited|in response to|on account of|in the wake of|"
    r"following|thanks to|attributed to|after|since|because|amid|amidst|hit by|shut by|halted by|"
    r"stopped by|closed by|(?:days?|weeks?|months?|shifts?) to|as|when|under|at the hands of|"
    r"put (?:it )?down to|on the)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\b(?:on|over|for|by|as|with|to|against|in protest at)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:because of|due (?:mainly |largely |partly )?to|owing (?:mainly |largely )?to|"
    r"as a (?:direct )?(?:result|consequence) of|caused by|blaming|citing|following|after)\s"
    r"(?P<what>(?:the |a |an |its |their )(?!(?:end|start|beginning|close|first|second|third|fourth|"
    r"company|move|decision|announcement|quarter)\b)(?:[\w.'’-]+ ?){1,6})",
    re.IGNORECASE,
)
_FAR, _NEAR = 90, 45
_NO_WEAK = frozenset(("conflict", "protest", "order", "accident"))


def find_cause(draft: Draft) -> tuple[str, Span] | None:
    """Return the cause's word of the closed list and the words that say it, or None.

    Stated are: the trigger itself ("strike"), the subject of a verb that stops or forces, and what
    follows a word of reason; "other" stands for a reason that the list does not hold.
    """
    sentence = draft.sentence
    return (
        _within(sentence, draft.trigger)
        or _as_subject(sentence, draft.clause)
        or _after_reason(sentence, draft)
        or _unlisted(sentence, draft)
    )


def _within(sentence: Sentence, span: Span) -> tuple[str, Span] | None:
    match = _ANY.search(sentence.analysis.text, span.start, span.end)
    if match is None or match.lastgroup is None:
        return None
    return match.lastgroup, Span(match.start(), match.end())


def _as_subject(sentence: Sentence, clause: Clause | None) -> tuple[str, Span] | None:
    seen = 0
    while clause is not None and seen < 3:
        phrase = clause.agent
        if phrase is not None and (not clause.inherited or seen):
            for chunk in phrase.chunks:
                found = _within(sentence, chunk.span)
                if found is not None:
                    return found
            timed = phrase.chunk.is_date or bool(sentence.dates_in(phrase.chunk.span))
            if clause.verb.passive and not seen and not timed and not sentence.named(phrase):
                return "other", phrase.chunk.span  # "interrupted by wildfires"
        clause, seen = clause.governor, seen + 1
    return None


def _after_reason(sentence: Sentence, draft: Draft) -> tuple[str, Span] | None:
    """The reason nearest to the trigger that a connector introduces."""
    text, span = sentence.analysis.text, sentence.span
    best: tuple[int, str, Span] | None = None
    for pattern, reach in ((_STRONG, _FAR), (_WEAK, _NEAR)):
        for link in pattern.finditer(text, span.start, span.end):
            if pattern is _WEAK and link.start() < draft.trigger.start:
                continue
            match = _ANY.search(text, link.end(), min(span.end, link.end() + reach))
            if match is None or match.lastgroup is None:
                continue
            if pattern is _WEAK and match.lastgroup in _NO_WEAK:
                continue
            gap = abs(link.start() - draft.trigger.end)
            if best is None or gap < best[0]:
                best = (gap, match.lastgroup, Span(match.start(), match.end()))
        if best is not None:
            return best[1], best[2]
    return None


def _unlisted(sentence: Sentence, draft: Draft) -> tuple[str, Span] | None:
    text, span = sentence.analysis.text, sentence.span
    match = _NAMED.search(text, draft.trigger.end, span.end)
    if match is None or match.start() - draft.trigger.end > 60:
        return None
    what = Span(match.start("what"), match.start("what") + len(match["what"].rstrip()))
    dates = [d for d in sentence.dates_in(sentence.span) if d.span.start <= what.start + 4]
    if any(
        d.span.overlaps(what) and d.span.start - what.start < 5 and d.span.end >= what.end
        for d in dates
    ):
        return None
    return "other", what
