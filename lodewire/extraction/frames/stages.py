"""Words that tell how far a project is: what happens (verbs) and what it happens to (nouns)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lodewire.extraction.frames.works import PLANT

_WORK = (
    r"(?:production|operations?|operating|mining|producing|output|smelting|milling|processing|"
    r"refining|manufacturing|extraction|pumping|commercial operations?|service)"
)
_RUN = _WORK.replace("(?:", "(?:work|", 1)
_MADE = (
    r"(?:production|output|pour|gold|silver|ore|concentrate|copper|cathodes?|nickel|matte|"
    r"(?:nickel )?pig iron|oil|gas|LNG|metal|shipments?|cargo(?:es)?|batch|bar|lithium|hydroxide|"
    r"carbonate|spodumene|uranium|yellowcake|aluminium|aluminum|alumina|steel|hot metal|graphite|"
    r"anode(?: material)?|cells?|chips|wafers|magnets|oxide|antimony|tungsten|tin|zinc|cobalt|"
    r"potash|coal|iron ore|power|deliver(?:y|ies)|saleable product|product)"
)
_GOODS = (
    r"(?:copper|gold|nickel|lithium|zinc|tin|oil|gas|LNG|uranium|coal|battery|chip|vehicle|steel|"
    r"aluminium|aluminum|iron ore|cobalt|graphite|magnet|wafer|concentrate|underground|open-pit)"
)
_STARTING = (
    r"(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began|begun|commenc(?:e|es|ed|ing)|enter(?:s|ed|ing)?|"
    r"launch(?:es|ed|ing)?)"
)


@dataclass(frozen=True, slots=True)
class StageWord:
    """One way to tell a stage. ``noun``: it needs a verb of beginning, going on, ending or planning.

    ``works``: the name of works, or a noun for them, must stand in the verb's own phrases.
    ``stems``: lower-case parts of words of which one must be there; looked for first, being cheap.
    """

    stage: str
    pattern: re.Pattern[str]
    noun: bool = False
    works: bool = False
    stems: tuple[str, ...] = ()


def _word(
    stage: str, stems: str, pattern: str, *, noun: bool = False, works: bool = False
) -> StageWord:
    compiled = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    return StageWord(stage, compiled, noun, works, tuple(stems.split()))


# Order decides where two overlap: an expansion that is commissioned is an expansion.
STAGE_WORDS: tuple[StageWord, ...] = (
    _word(
        "restart",
        "start open commission activat",
        r"re-?start(?:s|ed|ing)?(?! (?:of )?(?:talks|negotiations))|re-?open(?:s|ed|ing)?|"
        r"recommission(?:s|ed|ing)?|reactivat(?:e|es|ed|ing)",
        works=True,
    ),
    _word(
        "restart",
        "resum return back production service stream",
        rf"resum(?:e|es|ed|ing|ption)(?: of)?(?: (?:normal|full|commercial|limited|partial|regular|the|"
        rf"its|some|underground|open-pit|[a-z]+)){{0,2}} {_RUN}|"
        rf"{_RUN} (?:will |would |to |has |have |had |was |were |could |may |is to |are to )*"
        rf"resum(?:e|es|ed)|(?:return(?:s|ed|ing)?|came|come|coming|brought|back) "
        rf"(?:back )?(?:in|into|to|on) (?:full |normal )?(?:production|operations?|service|stream)|"
        rf"br(?:ings?|ought|inging) (?:[\w-]+ ){{0,5}}back\b",
        works=True,
    ),
    _word(
        "expansion",
        "expan capacity bottleneck",
        rf"expan(?:d|ds|ded|ding)\b(?= (?:[\w’'-]+ ){{0,5}}(?:capacity|output|production|{PLANT}))|"
        rf"(?:rais|lift|increas|boost|doubl|tripl|expand|quadrupl)(?:e|es|ed|ing|s)? "
        rf"(?:the |its |their |annual |total |production |smelting |refining |processing |nameplate |"
        rf"ore |plant |mill |export |[\w’'-]+ ){{0,4}}capacity|debottleneck(?:s|ed|ing)?",
    ),
    _word(
        "expansion",
        "expan deepen second third fourth new phase",
        r"(?:[A-Z]\d )?expansions?(?: project| programme| program| plans?| works?)?|deepening|"
        r"(?:second|third|fourth|new) (?:concentrator|production line|line|train|phase|stage|shaft)|"
        r"phase (?:2|3|4|II|III|IV|two|three|four)(?: expansion)?",
        noun=True,
    ),
    _word(
        "first_production",
        "start begin began begun commenc enter launch live production operation service stream",
        rf"{_STARTING} (?:up )?(?:commercial |mass |volume |initial |first |full-scale |trial |regular |"
        rf"full |pilot |series |cell |high-volume |{_GOODS} )?{_WORK}|{_WORK} (?:has |have |had |will |"
        rf"would |should |to |is due to |is expected to |could )*(?:start(?:s|ed)?|began|begins?|begun|"
        rf"commenc(?:e|es|ed))|(?:goes|went|going|gone) live|(?:put|puts|brought|brings?|came|comes?|"
        rf"coming) (?:[\w’'-]+ ){{0,4}}?(?:into (?:production|operation|service)|on ?stream|on-stream)",
    ),
    _word(
        "first_production",
        "first",
        rf"(?:tap(?:s|ped)|pour(?:s|ed)|produc(?:e|es|ed|ing)|ship(?:s|ped|ping)?|deliver(?:s|ed)?|"
        rf"export(?:s|ed)?|process(?:es|ed)?|yield(?:s|ed)|makes?|made|loads?|loaded) (?:its |the |"
        rf"their |a )?first (?:\w+ ){{0,4}}?{_MADE}|production of (?:the |its )?first (?:\w+ ){{0,3}}"
        rf"?{_MADE}",
    ),
    _word(
        "first_production",
        "start commission inaugurat switch open",
        r"start(?:s|ed|ing)? up|commission(?:s|ed|ing)|inaugurat(?:e|es|ed|ing)|switch(?:es|ed) on|"
        r"(?<!re-)open(?:s|ed|ing)?(?![- ](?:pit|cast|cut|ended|to|for|higher|lower|at|up|talks|a (?:probe|office)))",
        works=True,
    ),
    _word(
        "first_production",
        "first start commission",
        rf"first (?:commercial |nickel |copper |gold |lithium |spodumene |cobalt )?{_MADE}"
        rf"(?! (?:{_GOODS} )?{PLANT}\b)(?! (?:half|quarter|producer|maker))|"
        r"start of (?:commercial )?production|commissioning|start-up|startup",
        noun=True,
    ),
    _word(
        "ramp_up",
        "ramp reach declar",
        r"ramp(?:s|ed|ing)? up(?! (?:of|sales|exports|purchases|efforts|pressure|imports|spending|"
        r"investment|hiring))|reach(?:es|ed|ing)? (?:its |the )?(?:nameplate|full|design|rated) "
        r"(?:capacity|production)|declar(?:es|ed|ing) commercial production",
        works=True,
    ),
    _word("ramp_up", "ramp", r"ramp-up|ramp up of", noun=True),
    _word(
        "construction",
        "build built construct erect set ground final fid",
        rf"(?:build(?:s|ing)?|built|construct(?:s|ed|ing)?|erect(?:s|ed|ing)?|set(?:s|ting)? up)"
        rf"(?= (?:a |an |the |its |their |another |up )?(?:[\w’'$€-]+[ ,]+){{0,9}}?{PLANT}\b)|"
        rf"br(?:eak|eaks|oke|eaking) ground|(?:take|takes|took|taken|made|reach|reached|approved?) "
        rf"(?:a |the |its )?(?:positive )?(?:final investment decision|FID)",
    ),
    _word(
        "construction",
        "construct build ground final fid plan",
        r"(?:construction|building work|work on building|ground-?breaking(?: ceremony)?|"
        r"final investment decision|FID)(?! (?:compan|sector|industr|cost|steel|material|permit|"
        r"contract|activit|spending|demand|finance|loan|budget|workers|equipment|sites))|"
        rf"plans? for (?:a|an|the) (?:[\w/-]+ ){{0,5}}?{PLANT}|building(?= of\b)",
        noun=True,
    ),
    _word(
        "study",
        "study studies assessment pea pfs dfs bfs",
        r"(?:(?:definitive|bankable|optimised|optimized|updated|preliminary|pre-?) ?)*feasibility "
        r"stud(?:y|ies)|scoping stud(?:y|ies)|preliminary economic assessment|PEA|PFS|DFS|BFS|"
        r"order of magnitude study",
        noun=True,
    ),
    _word("drilling", "spud", r"spud(?:s|ded|ding)?"),
    _word(
        "drilling",
        "drill infill well",
        r"(?:(?:infill|step-out|diamond|RC|reverse circulation|core|resource|exploration|first|"
        r"maiden|extension|growth|phase \w+) )*(?:drill(?:ing)? (?:programmes?|programs?|campaigns?)|"
        r"drilling|infill (?:programme|program)|exploration wells?|appraisal wells?)"
        r"(?! (?:results|rigs? count|contractor|compan|services|budget|permit|cost|data))",
        noun=True,
    ),
    _word(
        "exploration",
        "explor survey campaign sampling fieldwork prospect seismic program work",
        r"(?:exploration|geophysical|geochemical|airborne|seismic|soil|field) (?:programmes?|programs?|"
        r"campaigns?|work|activities|surveys?|sampling)|fieldwork|prospecting",
        noun=True,
    ),
)

STARTS = frozenset("start begin commence launch initiate kick mobilise mobilize resume get".split())
GOES_ON = frozenset(
    "continue proceed progress advance press push accelerate move underway remain near".split()
)
ENDS = frozenset(
    "complete finish conclude finalise finalize wrap achieve reach commission open pour mark "
    "bring".split()
)
TELLS = frozenset("deliver publish release announce report file present".split())
PLANS = frozenset(
    "plan expect aim schedule slate target intend propose consider review approve sanction "
    "envisage anticipate want hope seek foresee set study evaluate examine outline unveil lay "
    "come follow".split()
)
HOLDS = frozenset(
    "delay postpone defer shelve suspend halt stop pause freeze slow mothball".split()
)
DROPS = frozenset("scrap cancel abandon terminate drop axe kill".split())
UNDER_WAY = re.compile(
    r"\b(?:under ?way|in progress|on ?going|on (?:track|schedule|budget)|ahead of schedule|"
    r"\d+(?:\.\d+)?\s?(?:%|per ?cent|percent) complete|under construction|(?:nearing|near) completion|"
    r"all but complete|well advanced|advancing)\b",
    re.IGNORECASE,
)
DUE = re.compile(
    r"\b(?:due|set|slated|scheduled|expected|planned|likely|poised|ready|targeted|on track|on course|"
    r"target(?:s|ing)?|earmarked|intended|proposed|planning)\s(?:\w+\s){0,2}?(?:to|for|in|by|before)\b",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"\b(?:unclear|unknown|not known|no (?:date|estimate|timetable|timeline)|did not (?:know|say)|"
    r"could not (?:say|tell)|yet to|decide whether|declined to|whether|if and when|on when)\b",
    re.IGNORECASE,
)
