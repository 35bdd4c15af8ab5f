"""Outages told by what went wrong: a dam that bursts, a road cut off, an order, output lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames import works
from lodewire.extraction.frames.causes import find_cause
from lodewire.extraction.frames.outage_turns import TURNS
from lodewire.extraction.grammar.sieve import Sought, sought
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, Status

_WORDS = r"(?:[\w’'-]+ )"
_PART = (
    r"(?:dams?|(?:pit )?walls?|roof|shaft|ramp|bench|stope|slope|embankment|conveyor|furnace|"
    r"transformer|boiler|kiln|pipeline|pipe|headframe|crane|train|locomotive|reactor|compressor|"
    r"turbine|tank|silo|generator|ladle|converter|autoclave|warehouse|heap|leach pad|stacker|"
    r"shiploader|ship ?loader|jetty|bridge|tunnel|smelter|refinery|plant|mine|mill|substation|pot ?line)"
)
_BROKE = (
    r"(?:failed|gave way|gives way|giving way|caved in|caves in|burst|bursts|collapsed|collapses|"
    r"exploded|explodes|blew up|blows up|caught fire|catches fire|burn(?:t|ed) down|went up in flames|"
    r"ruptured|derailed|derails|toppled|overturned|was breached|were breached|came down|slid|"
    r"slipped away|cracked open|broke (?:down|open|apart)|was (?:\w+ )?(?:gutted|flooded|inundated|"
    r"destroyed|wrecked|burn(?:t|ed)))"
)
_MEN = (
    r"(?:soldiers|troops|the (?:junta|army|military|police)|armed men|rebels?|militants|gunmen|fighters|"
    r"jihadists|insurgents|strikers|protesters|demonstrators|villagers|residents|farmers|"
    r"community members|illegal miners|wildcat miners|mobs?|looters|raiders|M23)"
)
_TOOK = (
    r"(?:took over|taken over|seized|overran|overrun|stormed|occupied|invaded|broke into|attacked|"
    r"captured|raided|looted|set fire to|torched|barricaded|besieged|surrounded)"
)
_WAY = (
    r"(?:access|(?:\w+ )?(?:roads?|railways?|rail lines?|tracks?|highways?|corridors?)|rail links?|"
    r"gates?|entrances?|approach(?:es)?|routes?|ports?)"
)
_STOPPING = r"(?:mining|digging|working|operating|producing|processing|smelting|refining|pumping)"
_HALT = r"(?:halt|stop|suspend|cease|shut|close|idle|pause|interrupt|down tools|put (?:\w+ ){1,4}on hold)"
_TELL = (
    r"(?:order(?:s|ed|ing)?|t(?:ell|ells|old|elling)|instruct(?:s|ed)?|direct(?:s|ed)?|"
    r"command(?:s|ed)?|requir(?:e|es|ed)|forc(?:e|es|ed|ing)|compel(?:s|led)?|oblig(?:e|es|ed))"
)

# What tells, the words one of which must be there, and the cause it states (or none).
_PATTERNS: tuple[tuple[str, Sought], ...] = tuple(
    (kind, sought(rf"\b(?:{pattern})\b", re.IGNORECASE, stems=stems.split()))
    for kind, stems, pattern in (
        (
            "broke",
            "fail way cave burst collaps explod blew blow fire burn flames ruptur derail toppl "
            "overturn breach down slid slip crack broke gutted flood inundat destroy wreck",
            rf"{_PART} (?:(?:at|of|in|near|on|belonging|carrying|that|which|holding|to) {_WORDS}{{1,9}}?)?"
            rf"(?:had |has |have |partly |suddenly |partially |then )*{_BROKE}",
        ),
        (
            "broke",
            "dam ",
            r"(?:burst|collapsed|breached|broken|failed) (?:tailings |waste |mine )?dams?|"
            r"(?:tailings |waste |mine )?dams? (?:bursts?|failures?|breach(?:es)?|disasters?|collapses?)|"
            r"tailings (?:spills?|disasters?|breach(?:es)?|leaks?)",
        ),
        (
            "taken",
            "over seized overr storm occup invad broke attack captur raid loot torch fire barricad besieg surround",
            rf"{_MEN} (?:{_WORDS}{{0,5}}?){_TOOK}",
        ),
        (
            "way",
            "block cut off clos picket barricad occup shut sever wash",
            rf"(?:block(?:s|ed|ing)?|cut(?:ting)? off|clos(?:e|es|ed|ing)|picket(?:s|ed|ing)?|"
            rf"barricad(?:e|es|ed|ing)|occup(?:y|ies|ied|ying)|shut|sever(?:s|ed|ing)?|wash(?:es|ed)? (?:out|away)|"
            rf"cut) (?:down |off )?(?:the |a |an |its |their |all |main |only |access |haul |key |both )*{_WAY}|"
            rf"{_WAY} (?:{_WORDS}{{0,6}}?)(?:has |have |had |was |were |is |are |been |being |remains? |kept )+"
            rf"(?:blocked|cut off|closed|barricaded|shut|washed (?:out|away)|severed|impassable)|"
            rf"ke(?:ep|eps|pt) (?:a |the |its )?(?:\w+ )?{_WAY} (?:closed|shut|blocked)",
        ),
        (
            "order",
            "bar ban forb prohibit prevent stop enjoin block",
            rf"(?:bar(?:s|red|ring)?|ban(?:s|ned)?|prohibit(?:s|ed)?|prevent(?:s|ed)?|stop(?:s|ped)|enjoin(?:s|ed)?|"
            rf"block(?:s|ed)?) {_WORDS}{{1,5}}?from {_STOPPING}|"
            rf"forb(?:ids?|ade|idden) {_WORDS}{{1,5}}?to (?:mine|dig|work|operate|produce|process|put|use|smelt|pump|run)",
        ),
        (
            "order",
            "order notice",
            r"(?:stop(?:[ -]work)?|stop(?:page)?|closure|shutdown|suspension|halt|cease[ -]and[ -]desist|"
            r"prohibition|cessation) (?:orders?|notices?)(?: (?:on|against|for|at|to|from|has|was|had))",
        ),
        (
            "order",
            "order tell told instruct direct command requir forc compel oblig",
            rf"{_TELL} (?:{_WORDS}{{1,5}}?)to {_HALT} (?:all |its |the |work|mining|production|operations|output)",
        ),
        (
            "ended",
            "end to",
            r"(?:put|puts|putting|brought|brings?|spelt|spelled|meant) (?:an |the |a temporary )?(?:abrupt |early )?end"
            r" (?:to|of) (?:\w+ ){0,3}?(?:mining|production|operations|output|smelting|refining|it)",
        ),
        (
            "still",
            "nothing no ",
            r"(?:nothing|no (?:trains?|cargo(?:es)?|ore|coal|ships?|vessels?|concentrates?|trucks?|metal|"
            r"shipments?|tonnes?)) (?:has|have|had) (?:since )?(?:left|come|moved|sailed|passed|departed|"
            r"gone|been (?:shipped|loaded|railed|hauled|mined|moved|dug|produced))",
        ),
        (
            "still",
            "without",
            r"(?:went|was|were|been|left|leaving|is|are|goes|gone) without (?:power|electricity|water|gas|current|steam)",
        ),
        (
            "still",
            "load capacity rates plan out of",
            r"(?:is|are|was|were|been|still|stay\w*|remain\w*|now)(?: \w+ly| still| now)? (?:at|on) "
            r"(?:part|partial|half|reduced|low|lower|minimum|curbed) (?:load|capacity|rates?|throughput)|"
            r"at (?:part|half) load|(?:run|runs|ran|running|been) (?:well |far )?(?:below|under|behind) plan|"
            r"tak(?:e|es|en|ing) [^;.]{1,60}? (?:capacity|output|production) (?:out of (?:use|service|action)|off ?line)",
        ),
        (
            "still",
            "less fewer",
            r"(?:is|are|was|were|has been|have been) (?:producing|mining|smelting|making|turning out|pumping) "
            r"(?:(?:about |some |around )?[\d.,]+ (?:tonnes|tons|ounces|barrels)(?: an?| per)? ?(?:day|week|month)? )?"
            r"(?:less|fewer)\b",
        ),
        *TURNS,
    )
)
_HARMS = re.compile(
    r"\b(?:los(?:t|es|ing|e)|forgone|forwent|deferr(?:ed|ing)|cost(?:s|ing)?|knock(?:s|ed|ing)? (?:off)?|"
    r"took|takes|shav(?:ed|es|ing)|wip(?:ed|es|ing) (?:out|off)|curtail(?:ed|s|ing)|push(?:ed|es)|"
    r"set back|robbed|depriv(?:ed|ing)|slic(?:ed|es))\b(?P<gap>[^;.$€£]{0,40}?)$",
    re.IGNORECASE,
)
_WERE_LOST = re.compile(
    r"\s?(?:of [\w -]{1,24} )?(?:were|was|has been|have been|had been|being) (?:lost|forgone|deferred|"
    r"curtailed|held up|wiped out|delayed|pushed (?:back|out))\b",
    re.IGNORECASE,
)
_NO_HARM = re.compile(
    r"\b(?:debt|contract|tender|dollars?|prices?|would|could|(?-i:may)|might|if|market share|"
    r"fear\w*|risk\w*|cost of|a (?:tonne|ton|pound|barrel|litre))\b",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"\b(?:if|unless|would|could|might|(?-i:may)|threat\w*|fear\w*|risk\w*|warn\w*|prevent|avoid|"
    r"in case|simulat\w+|lest|should a)\b",
    re.IGNORECASE,
)


def find_mishaps(sentence: Sentence) -> Iterator[tuple[Draft, Span]]:
    """Yield an outage, with its place, for each mishap, blocked way or order that names works."""
    text, span = sentence.analysis.text, sentence.span
    for kind, pattern in _PATTERNS:
        for match in sentence.locate_all(pattern):
            trigger = Span(match.start(), match.end())
            around = text[max(span.start, trigger.start - 40) : trigger.end + 12]
            if _PERHAPS.search(around) or not _is_of_works(sentence, trigger, kind):
                continue
            draft = _draft(sentence, trigger)
            _state_cause(draft, kind)
            yield draft, trigger
    yield from _losses(sentence)


_ALWAYS = {"broke": "accident", "order": "order", "taken": "conflict"}
_CIVIL = re.compile(
    r"\b(?:protest\w*|villagers|residents|farmers|communit\w+|locals|miners|strikers|demonstrat\w+|"
    r"truckers|fishermen|activists|picket\w*)\b",
    re.IGNORECASE,
)


def _state_cause(draft: Draft, kind: str) -> None:
    """The cause that the words themselves say: a dam that bursts is an accident, whatever follows."""
    text, span = draft.sentence.analysis.text, draft.trigger
    start = max(draft.sentence.span.start, span.start - 60)
    if kind in ("taken", "way") and _CIVIL.search(text, start, span.end):
        draft.add("cause", span, "protest")
    elif kind in _ALWAYS:
        draft.add("cause", span, _ALWAYS[kind])
    elif re.search(r"without (?:power|electricity|current|gas)$", span.of(text)):
        draft.add("cause", span, "power")


def _draft(sentence: Sentence, trigger: Span) -> Draft:
    clause = sentence.clause_of(Span(trigger.end - 1, trigger.end))
    return Draft(EventType.DISRUPTION, sentence, trigger, clause, confidence=0.65)


def _is_of_works(sentence: Sentence, trigger: Span, kind: str) -> bool:
    """A site in the sentence, or works of a firm that it names; for a road the text's one site."""
    text = sentence.analysis.text
    if sentence.mentions_in(sentence.span, MentionType.SITE):
        return True
    if kind == "way":
        return works.main_site(sentence.analysis) is not None and bool(sentence.find(_HANDS))
    firms = works.actors_in(sentence, sentence.span)
    near = text[
        max(sentence.span.start, trigger.start - 60) : min(sentence.span.end, trigger.end + 90)
    ]
    if not works.PLANT_NOUN.search(near):
        return kind == "order" and bool(firms)
    if firms or works.main_company(sentence.analysis) is not None:
        return True
    places = (MentionType.COUNTRY, MentionType.PLACE)  # "aluminium smelters in Yunnan"
    goods = sentence.mentions_in(sentence.span, MentionType.COMMODITY)
    return bool(goods and sentence.mentions_in(sentence.span, *places))


_HANDS = sought(
    r"\b(?:protest\w*|villagers|residents|communit\w+|locals?|farmers|miners|strik\w+|workers|union|"
    r"flood\w*|rain\w*|storm|cyclone|landslides?|snow|demonstrat\w+|activists|blockad\w+)\b",
    re.IGNORECASE,
)


def _losses(sentence: Sentence) -> Iterator[tuple[Draft, Span]]:
    """ "The storm cost BHP 2 Mt", "54,000 ounces were forgone": output that a stated cause took."""
    text, span = sentence.analysis.text, sentence.span
    for quantity in sentence.quantities_in(span, *TONNAGE):
        before = text[max(span.start, quantity.span.start - 56) : quantity.span.start]
        harm = _HARMS.search(before)
        lost = _WERE_LOST.match(text, quantity.span.end, min(span.end, quantity.span.end + 60))
        if harm is None and lost is None:
            continue
        if _NO_HARM.search(before) or re.match(
            r"\s?(?:a|per) (?:tonne|ton|pound)", text[quantity.span.end :][:12]
        ):
            continue
        if harm is not None:
            start = quantity.span.start - len(before) + harm.start()
            trigger = Span(start, quantity.span.end)
        else:
            trigger = Span(quantity.span.start, lost.end() if lost else quantity.span.end)
        draft = _draft(sentence, trigger)
        if find_cause(draft) is None:
            continue
        draft.add("volume", quantity)
        if not re.search(r"\b(?:will|costing|losing|now)\b", before):
            draft.status = Status.COMPLETED
        yield draft, trigger
        return
