"""Words that tell how far a project is: what happens (verbs) and what it happens to (nouns)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lodewire.extraction.frames.stage_phrases import PHRASES
from lodewire.extraction.frames.works import PLANT
from lodewire.extraction.grammar.sieve import Sought, any_of, sought

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
    r"ingots?|dor[eé]|bars|matte|crude|electricity|sponge|billets?|slabs?|coils?|heat|melt|tap|drums?|"
    r"precursors?|pellets?|vehicles?|cars?|tonnes?|"
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


_WORKS_NAMED = (
    r"mines?|plants?|factor(?:y|ies)|gigafactor(?:y|ies)|smelters?|refiner(?:y|ies)|facilit(?:y|ies)|"
    r"projects?|fabs?|mills?|concentrators?|terminals?|fields?|lines?|furnaces?|wind farms?|hubs?"
)
_NEW_WORKS = (
    r"plants?|fabs?|factor(?:y|ies)|gigafactor(?:y|ies)|mines?|smelters?|refiner(?:y|ies)|"
    r"facilit(?:y|ies)|mills?|concentrators?|terminals?|lines?"
)
_FIRST = r"(?:first(?:-ever)?(?! (?:in|of|to|from|for|at|on)\b)|maiden|inaugural|initial)"


@dataclass(frozen=True, slots=True)
class StageWord:
    """One way to tell a stage. ``noun``: it needs a verb of beginning, going on, ending or planning.

    ``works``: the name of works, or a noun for them, must stand in the verb's own phrases.
    ``stems``: lower-case parts of words of which one must be there; looked for first, being cheap; ``opens`` is their number.
    """

    stage: str
    pattern: Sought
    opens: int
    noun: bool = False
    works: bool = False
    stems: tuple[str, ...] = ()


def _word(
    stage: str, stems: str, pattern: str, *, noun: bool = False, works: bool = False
) -> StageWord:
    parts = tuple(stems.split())
    words = sought(rf"\b(?:{pattern})\b", re.IGNORECASE, stems=parts, apart=True)
    return StageWord(stage, words, any_of(parts), noun, works, parts)


def _phrases() -> tuple[StageWord, ...]:
    return tuple(
        _word(stage, stems, pattern, works=needed) for stage, stems, pattern, needed in PHRASES
    )


# Order decides where two overlap: an expansion that is commissioned is an expansion.
STAGE_WORDS: tuple[StageWord, ...] = (
    _word(
        "restart",
        "start open commission activat launch relight re-light relit re-lit commenc refir re-fir",
        r"re-?start(?:s|ed|ing)?(?! (?:of )?(?:the )?(?:talks|negotiations|construction|building|drilling|exploration|work))|re-?open(?:s|ed|ing)?|"
        r"re-?commission(?:s|ed|ing)?|re-?activat(?:e|es|ed|ing)|re-?launch(?:es|ed|ing)?|"
        r"re-?light(?:s|ing)?|re-?lit|recommenc(?:e|es|ed|ing)|re-?fir(?:es|ed|ing)",
        works=True,
    ),
    _word(
        "restart",
        "resum return back",
        rf"resum(?:e|es|ed|ing|ption)(?: of)?(?: (?:normal|full|commercial|limited|partial|regular|the|"
        rf"its|some|underground|open-pit|[a-z]+)){{0,2}} {_RUN}|"
        rf"{_RUN} (?:will |would |to |has |have |had |was |were |could |may |is to |are to )*"
        rf"resum(?:e|es|ed)|(?:return(?:s|ed|ing)?|came|come|coming|brought|back) "
        rf"(?:back )?(?:in|into|to|on) (?:full |normal )?(?:production|operations?|service|stream|"
        rf"line|work|capacity)|back (?:up and running|on-?line)|"
        rf"br(?:ings?|ought|inging) (?:[\w-]+ ){{0,5}}back\b",
        works=True,
    ),
    _word(
        "expansion",
        "expan capacity bottleneck upgrad moderni extend enlarg deepen revamp retool overhaul",
        rf"expan(?:d|ds|ded|ding)\b(?= (?:[\w’'-]+ ){{0,5}}(?:capacity|output|production|{PLANT}))|"
        rf"(?:rais|lift|increas|boost|doubl|tripl|expand|quadrupl)(?:e|es|ed|ing|s)? "
        rf"(?:the |its |their |annual |total |production |smelting |refining |processing |nameplate |"
        rf"ore |plant |mill |export |[\w’'-]+ ){{0,4}}capacity|debottleneck(?:s|ed|ing)?|"
        rf"(?:upgrad|moderni[sz]|extend|enlarg|deepen|overhaul|revamp|retool)(?:e|es|ed|ing|s)?\b"
        rf"(?= (?:[\w’'-]+ ){{0,6}}(?:{_WORKS_NAMED}))",
    ),
    _word(
        "expansion",
        "expan deepen second third fourth new phase upgrad moderni extension",
        r"(?:[A-Z]\d )?expansions?(?! drill)(?: project| programme| program| plans?| works?)?|deepening|"
        r"(?:upgrade|moderni[sz]ation|brownfield expansion|enlargement|capacity increase)"
        r"(?= (?:of|at|to)\b)|mine(?:-| )life extension|"
        r"(?:second|third|fourth|new) (?:concentrator|production line|line|train|phase|stage|shaft)|"
        r"phase (?:2|3|4|II|III|IV|two|three|four)(?: expansion)?",
        noun=True,
    ),
    _word(
        "first_production",
        "start begin began begun commenc enter launch live production operation service stream line "
        "running use",
        rf"{_STARTING} (?:up )?(?:commercial |mass |volume |initial |first |full-scale |trial |regular |"
        rf"full |pilot |series |cell |high-volume |{_GOODS} )?{_WORK}|{_WORK} (?:has |have |had |will |"
        rf"would |should |to |is due to |is expected to |could )*(?:start(?:s|ed)?|began|begins?|begun|"
        rf"commenc(?:e|es|ed))|(?:go(?:es)?|went|going|gone) live|(?:put|puts|putting|brought|"
        rf"brings?|bringing|came|comes?|coming|go|goes|went|going|gone|enter(?:s|ed|ing)?|start(?:s|ed)?|"
        rf"move[sd]?|placed) (?:[\w’'-]+ ){{0,6}}?(?:(?:in)?to (?:\w+ )?(?:production|operations?|service|"
        rf"use)|on ?stream|on-stream|on-?line|on line)|(?:(?:will|to|now|fully|become|became|becomes|been|"
        rf"declared) (?:be |been )?(?:now |fully |partly |commercially )*(?:operational|up and running|"
        rf"in (?:full |volume |mass |commercial |series )?(?:production|operation)))|"
        rf"in (?:full|volume|mass|commercial|series) production|(?:have|get|see) (?!been )(?:[\w’'-]+ ){{1,6}}"
        rf"(?:up and |up-and-)?running|roll(?:s|ed|ing)? off the (?:\w+ )?line",
    ),
    _word(
        "first_production",
        "first maiden inaugural initial",
        rf"(?:taps?|tapp(?:ed|ing)|pour(?:s|ed|ing)?|produc(?:e|es|ed|ing)|ship(?:s|ped|ping)?|"
        rf"deliver(?:s|ed|ing)?|generat(?:e|es|ed|ing)|pump(?:s|ed|ing)?|mine[sd]?|mining|cast(?:s|ing)?|"
        rf"roll(?:s|ed)? out|dispatch(?:es|ed)?|mak(?:e|ing)|feed(?:s|ing)?|fed|smelt(?:s|ed)?|"
        rf"export(?:s|ed)?|process(?:es|ed)?|yield(?:s|ed)|makes|made|loads?|loaded|send(?:s|ing)?|sent) (?:its |the |"
        rf"their |a |an )?{_FIRST} (?:\w+ ){{0,5}}?{_MADE}|production of (?:the |its )?first (?:\w+ ){{0,3}}"
        rf"?{_MADE}",
    ),
    _word(
        "first_production",
        "start commission inaugurat switch open launch fire turn energi power unveil",
        r"start(?:s|ed|ing)? up|(?<!the )(?<!European )commission(?:s|ed|ing)?(?![’'])|inaugurat(?:e|es|ed|ing)|switch(?:es|ed)? on|"
        r"turn(?:s|ed)? on|fir(?:es|ed) up|power(?:s|ed) up|energi[sz](?:es|ed)|"
        rf"launch(?:es|ed|ing)?(?= (?:[\w’'$€.-]+ ){{0,7}}?(?:{_WORKS_NAMED}))|"
        r"(?<!re-)(?<!is )(?<!are )(?<!was )(?<!remains )(?<!stay )open(?:s|ed|ing)?(?![- ](?:pit|cast|cut|ended|to|for|higher|lower|at|up|talks|a (?:probe|office)))",
        works=True,
    ),
    _word(
        "first_production",
        "first start commission maiden inaugural launch opening trial pilot series volume mass complet",
        rf"{_FIRST} (?:[a-z-]+ ){{0,2}}?{_MADE}"
        rf"(?! (?:{_GOODS} )?{PLANT}\b)(?! (?:half|quarter|producer|maker))|"
        r"(?:trial|pilot|test|series|volume|mass) (?:production|runs|operations)|"
        rf"(?:start|opening|launch|inauguration|completion) of (?=(?:its|the|their) (?:[\w’'-]+ ){{0,6}}?{PLANT}\b)|"
        r"(?:start|beginning|launch|commencement) of (?:[\w-]+ ){0,2}(?:production|operations?|mining|"
        r"output|deliveries)|(?:official |formal )?opening (?=of\b)|commissioning|start-up|startup|"
        r"production (?:start|launch)(?: date)?",
        noun=True,
    ),
    _word(
        "ramp_up",
        "ramp reach declar achiev attain hit enter step nameplate",
        r"ramp(?:s|ed|ing)? up(?! (?:of|sales|exports|purchases|efforts|pressure|imports|spending|"
        r"investment|hiring))|(?:reach|achiev|attain|hit|approach)(?:e|es|ed|ing|s)? (?:its |the |at )?"
        r"(?:nameplate|full|design|rated|steady-state|peak|plateau) (?:capacity|production|output|rates?|"
        r"throughput|"
        r"operations?)|(?:declar|reach|achiev|attain|enter)(?:e|es|ed|ing|s)? commercial "
        r"(?:levels? of )?production|step(?:s|ped|ping)? up (?:production|output)",
        works=True,
    ),
    _word(
        "construction",
        "complet finish ready build built construct",
        r"(?:be|been|is|was|are|were) (?:now |fully |largely |nearly |almost |half |about |some |"
        r"[\d.]+\s?(?:%|per ?cent) )*(?:completed?|finished)(?! (?:for|by|the|to buy))|"
        r"(?:finish(?:es|ed)? building|will build|to build) (?=(?:the |its )?(?-i:[A-Z]))",
        works=True,
    ),
    _word("ramp_up", "ramp", r"ramp-?up|ramp(?:ing)? up of|rampup", noun=True),
    _word(
        "construction",
        "build built construct erect set ground final fid sod stone delay postpon defer shelv scrap "
        "cancel abandon axe ditch fast-track drop spend invest pour plough pump commit sink put pull "
        "walk",
        rf"(?:build(?:s|ing)?|built|construct(?:s|ed|ing)?|erect(?:s|ed|ing)?|set(?:s|ting)? up)"
        rf"(?= (?:a |an |the |its |their |another |up )?(?:(?!to\b)[\w’'$€£&./-]+[ ,]+){{0,9}}?{PLANT}\b)|"
        rf"(?:spend|invest|pour|plough|pump|commit|sink)(?:s|ed|ing)? (?:[^\s;]+ ){{1,6}}?(?:on|in|into|for) "
        rf"(?:an? |two |three |four |five |its |new |another |more )+(?:[\w-]+ ){{0,5}}?(?:{_NEW_WORKS})\b|"
        rf"put(?:s|ting)? (?:[\w’'-]+ ){{1,7}}on (?:hold|ice)|(?:pull(?:s|ed)? out of|walk(?:s|ed)? away "
        rf"from) (?:[\w’'$€.-]+ ){{0,7}}?(?:{_NEW_WORKS}|project)\b|"
        rf"br(?:eak|eaks|oke|oken|eaking) ground|ground (?:was |is |has been |will be )?broken|"
        rf"(?:take|takes|took|taken|takes|made|makes|reach|reached|reaches|approved?) "
        rf"(?:a |the |its )?(?:positive )?(?:final investment decision|FID)|"
        rf"(?:turn(?:s|ed)?|cut(?:s)?) (?:the )?(?:first )?sods?|(?:lay|lays|laid) (?:the )?(?:foundation "
        rf"stone|cornerstone|first stone)|"
        rf"(?:delay|postpon|defer|shelv|scrap|cancel|abandon|axe?|ditch|fast-track|drop)(?:e|s|es|d|ed|"
        rf"ing|ped|led)? (?:[\w’'$€£.,-]+ ){{0,7}}?(?:plant|factory|gigafactory|mine|project|smelter|"
        rf"refinery|fab|terminal|wind farm|facility)s?\b",
    ),
    _word(
        "construction",
        "construct build ground final fid plan work mechanical development shaft cut strip prep",
        r"(?:construction|building work|work on building|ground-?breaking(?: ceremony)?|earthworks|"
        rf"work (?=on (?:[\w’'$€£.,-]+ ){{0,7}}?{PLANT}\b)|"
        r"site preparation|mechanical completion|mine development|project development|early works|"
        r"civil works|tunnelling|shaft sinking|box ?cut|pre-strip(?:ping)?|"
        r"final investment decision|FID)(?! (?:compan|sector|industr|cost|steel|material|permit|decision|"
        r"contract|activit|spending|demand|finance|loan|budget|workers|equipment|sites))|"
        rf"(?<!closure )(?<!restoration )(?<!rehabilitation )plans? for (?:a|an|the) (?:[\w/-]+ ){{0,5}}?{PLANT}|building(?= of\b)",
        noun=True,
    ),
    _word(
        "study",
        "study studies assessment pea pfs dfs bfs feed engineering",
        r"(?:(?:definitive|bankable|optimised|optimized|updated|preliminary|pre-?) ?)*feasibility "
        r"stud(?:y|ies)|scoping stud(?:y|ies)|preliminary economic assessment|PEA|PFS|DFS|BFS|"
        r"order of magnitude study|(?:front-end engineering|(?-i:FEED))(?: and design)?(?: study)?|"
        r"(?:scoping|engineering|optimi[sz]ation|economic|technical|trade-off|concept) study|"
        r"economic assessment",
        noun=True,
    ),
    _word(
        "drilling",
        "spud drill",
        r"spud(?:s|ded|ding)?|drill(?:s|ed)?(?! home)(?= (?:[\w,.-]+ ){0,7}?(?:holes?|wells?|targets?|areas?|"
        r"prospects?|met(?:re|er)s|anomal(?:y|ies)|extensions?)\b)|"
        r"(?:will|to|plans to|began to) drill(?= at| the|\b)",
    ),
    _word(
        "drilling",
        "drill infill well",
        r"(?:(?:infill|step-out|diamond|RC|reverse circulation|core|resource|exploration|first|"
        r"maiden|extension|growth|phase \w+) )*(?:drill(?:ing)? (?:programmes?|programs?|campaigns?)|"
        r"drilling|infill (?:programme|program)|exploration wells?|appraisal wells?)"
        r"|(?:deep |first )?drill ?holes|drill(?:ing)? rigs?(?= (?:at|on|is|are|has|have|mobili))"
        r"(?! (?:results|rigs? count|contractor|compan|services|budget|permit|cost|data))",
        noun=True,
    ),
    _word(
        "exploration",
        "explor survey campaign sampling fieldwork prospect seismic program work",
        r"(?:exploration|geophysical|geochemical|airborne|seismic|soil|field) (?:programmes?|programs?|"
        r"campaigns?|work|activities|surveys?|sampling)|fieldwork|prospecting|"
        r"exploration (?=(?:at|of|on)\b)|(?:trenching|mapping) (?:programmes?|programs?)",
        noun=True,
    ),
    *_phrases(),
)

STARTS = frozenset(
    "start begin commence launch initiate kick mobilise mobilize resume get enter undertake conduct "
    "carry run perform execute mount embark lay restart recommence".split()
)
GOES_ON = frozenset(
    "continue proceed progress advance press push accelerate move underway remain near "
    "undergo oversee gear fast-track fasttrack expedite ready prepare step make see stand run".split()
)
ENDS = frozenset(
    "complete finish conclude finalise finalize wrap achieve reach commission open pour mark "
    "bring deliver hit pass celebrate declare turn switch inaugurate load ship produce tap flow leave "
    "roll occur happen place take attain secure".split()
)
BEFALLS = frozenset(
    "be become take make cost create cover include involve involve comprise require allow enable "
    "bring raise lift increase boost double triple extend add give provide employ fall lie go "
    "return average total turn target stretch follow".split()
)
TELLS = frozenset(
    "deliver publish release announce report file present show table lodge submit issue receive have "
    "unveil post hand produce confirm find put yield update return deem point".split()
)
PLANS = frozenset(
    "plan expect aim schedule slate target intend propose consider review approve sanction "
    "envisage anticipate want hope seek foresee set study evaluate examine outline unveil lay "
    "come follow eye mull weigh contemplate greenlight back endorse explore assess look wish need "
    "bring advance accelerate mean pencil hasten clear commit pursue invest authorise authorize budget forecast decide confirm pledge vow promise "
    "detail promote announce reveal".split()
)
HOLDS = frozenset(
    "delay postpone defer shelve suspend halt stop pause freeze slow mothball reschedule idle slip "
    "push".split()
)
DROPS = frozenset("scrap cancel abandon terminate drop axe kill ditch".split())
UNDER_WAY = re.compile(
    r"\b(?:under ?way|in progress|on ?going|on (?:track|schedule|budget)|ahead of schedule|"
    r"\d+(?:\.\d+)?\s?(?:%|per ?cent|percent) complete|under construction|(?:nearing|near) completion|"
    r"all but complete|well advanced|advancing|well under way|taking shape|gathering pace|gaining pace|"
    r"has (?:begun|started|commenced)|on hold|on ice|behind schedule|(?:is|are|was|were|now) complete|"
    r"green-?light\w*|green-?lit|go-ahead|kick(?:s|ed|ing)? off|wrap(?:s|ped)? up|gets? under ?way|"
    r"got under ?way|push(?:es|ed|ing)? back|put(?:s|ting)? (?:back|off))\b",
    re.IGNORECASE,
)
DUE = re.compile(
    r"\b(?:due|set|slated|scheduled|expected|planned|likely|poised|ready|targeted|on track|on course|"
    r"on schedule|on target|pencilled in|earmarked|away from|forecast|anticipated|projected|tipped|"
    r"target(?:s|ing)?|earmarked|intended|proposed|planning)\s(?:\w+\s){0,2}?(?:to|for|in|by|before|first|late|early|next)\b",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"\b(?:unclear|unknown|not known|no (?:date|estimate|timetable|timeline)|did not (?:know|say)|"
    r"could not (?:say|tell)|yet to|decide whether|declined to|whether|if and when|on when)\b",
    re.IGNORECASE,
)
