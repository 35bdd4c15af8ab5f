"""Ways to tell a stage by a turn of phrase: "came to life", "is mechanically complete", "hit its stride"."""

from __future__ import annotations

_NEW = (
    r"(?:plants?|factor(?:y|ies)|gigafactor(?:y|ies)|mines?|smelters?|refiner(?:y|ies)|facilit(?:y|ies)|"
    r"mills?|concentrators?|terminals?|works|complex(?:es)?|hubs?|fabs?|lines?|furnaces?|stations?|fields?|projects?)"
)
_GOODS = (
    r"(?:ore|metal|copper|gold|silver|nickel|lithium|zinc|lead|tin|tungsten|antimony|concentrates?|cathodes?|oil|gas|LNG|"
    r"uranium|coal|potash|graphite|cobalt|magnets?|cells?|chips|wafers|aluminium|aluminum|alumina|steel|iron ore|oxides?)"
)
_YEAR = r"(?:(?:early|late|mid)[- ])?(?:20\d\d|next year|the (?:first|second|third|fourth) (?:half|quarter))"

# stage, stems of which one must be there, pattern, whether works must be named beside it
TURNS: tuple[tuple[str, str, str, bool], ...] = (
    (
        "construction",
        "mechanical sod foundation topped steelwork equipment",
        r"mechanical(?:ly)? (?:complete|completion)|(?:turn(?:s|ed|ing)?|cut(?:s|ting)?) (?:the |a )?(?:first |ceremonial )*sod|"
        r"sod-turning|foundation stones?(?= [^;.]{0,60}\blaid\b)|la(?:id|ys?|ying) (?:the |a )?foundation stones?|"
        r"topped out|topping[- ]out|(?:began|begun|started|starts|is|are) (?:moving|installing|moving in|fitting) (?:the |its )?"
        r"(?:equipment|tools|machinery)",
        False,
    ),
    (
        "construction",
        "board",
        r"boards? (?:of directors )?(?:has |have |had )?(?:gave|given|gives?) (?:the |its |their )?(?:final |formal )?"
        r"(?:go-ahead|green light|nod|approval|blessing|assent|consent) (?:on \w+ )?(?:to|for)"
        r"(?! (?:[\w-]+ ){0,4}(?:sale|loan|merger|dividend|acquisition|deal|takeover|offer|bid|buyback))",
        False,
    ),
    (
        "construction",
        "sanctioned greenlit green-lit",
        rf"(?:sanctioned|green-?lit|signed off on) (?=(?:the |its |a )?[^;.,]{{0,50}}\b{_NEW}\b)",
        False,
    ),
    (
        "construction",
        "contract order",
        rf"(?:contracts?|order)(?: worth [^;.]{{2,24}})? to (?:build|construct|erect|put up|fit out) "
        rf"(?=[^;.]{{0,60}}\b{_NEW}\b)",
        False,
    ),
    (
        "construction",
        "built standing",
        rf"(?:want|plan|intend|aim|hope|expect|mean)s? (?:to have )?(?:an?|its|two) (?:[\w-]+ ){{0,5}}?{_NEW} "
        r"(?:built|standing|up|finished|in place|ready|complete)\b",
        False,
    ),
    (
        "construction",
        "thinking weighing mulling considering eyeing pondering toying studying exploring",
        rf"(?:thinking (?:about|of)|weighing(?: up)?|mulling|considering|eyeing|pondering|toying with|contemplating|looking at|"
        rf"looking into) (?=(?:an? |another |its )(?:[\w-]+ ){{0,4}}?(?:second|third|fourth|new|further|bigger|larger|"
        rf"greenfield)? ?(?:[\w-]+ ){{0,2}}?{_NEW}\b)(?! (?:[\w-]+ ){{0,6}}?(?:sale|stake|bid|offer|merger|closure))",
        False,
    ),
    (
        "construction",
        "shovel concrete",
        r"(?:now )?shovel-ready|pour(?:s|ed|ing)? (?:the )?(?:first )?concrete",
        True,
    ),
    (
        "construction",
        "slipped pushed delayed back late",
        rf"(?:has|have|had) (?:slipped|drifted|moved) (?:back )?(?:to|into) (?={_YEAR}\b)|"
        rf"(?:been )?(?:pushed|put|moved|pulled) (?:back|out) (?:by [\w ]{{3,18}} )?(?:to|until|into) (?={_YEAR}\b)|"
        r"(?:running|runs|is|was|be finished|be ready|open|finished) (?:a|one|two|three|six|nine|\d+) (?:years?|months?|quarters?) late",
        True,
    ),
    (
        "construction",
        "completion complet",
        rf"completion(?= (?:of [^;.]{{3,50}} )?(?:is|was|has been|should|will|would)\b[^;.]{{0,40}}\b(?:{_YEAR}|by|in|until)\b)|"
        r"to complete (?=(?:its|the|construction)\b)",
        True,
    ),
    (
        "construction",
        "ahead push",
        rf"(?:press|push|forg|go|mov)(?:e|es|ing|ed|s)? (?:ahead|forward|on) with (?=(?:an?|its|the|plans for an?) "
        rf"(?:[\w/.$€-]+ ){{0,6}}?{_NEW}\b)",
        False,
    ),
    (
        "construction",
        "develop",
        rf"(?:will|would|to|plans? to|intends? to|is to|are to|agreed to) (?:jointly )?develop (?=(?:the |its |an? )[^;.,]{{0,50}}"
        rf"\b(?:{_NEW}|deposits?)\b)",
        False,
    ),
    (
        "first_production",
        "life blew light lit tapped rolled flow left",
        r"(?:came|come|comes|coming|spr[au]ng|burst|roared|brought) to life|blew in|blow(?:s|n)? in|"
        rf"(?:{_GOODS} (?:was|were|is|has been) )(?:tapped|poured|produced|shipped|loaded|extracted) for the first time|"
        rf"{_GOODS}[^;.,]{{0,40}} left [^;.,]{{2,40}} for the first time|"
        r"(?:lit|fired up|lights?|lighting|light) (?:up )?(?:its |the |a )?(?:new |second |third |first |fourth )?(?:blast |arc |smelting |rotary )?(?:furnaces?|kilns?)",
        False,
    ),
    (
        "first_production",
        "course track schedule make produce",
        r"(?:is|are|remains?) (?:still )?on (?:course|track|schedule) to (?:make|produce|turn out|ship|deliver|start|begin|open)"
        r"(?= [^;.]{0,60}\b(?:from|in|by|during) )",
        True,
    ),
    (
        "first_production",
        "test cargo first",
        r"(?:first|maiden|test) (?:test )?(?:cargo(?:es)?|shipments?|deliver(?:y|ies)|batch(?:es)?)"
        r"(?= (?:is|are|was|were|has been|have been|should|will) (?:expected|due|planned|exported|shipped|loaded|despatched|dispatched|follow|leave)\b)",
        False,
    ),
    (
        "first_production",
        "up and running operational",
        r"(?:is|are) (?:now |already |finally |at last )*(?:up and running|fully operational|in commercial operation)|"
        r"(?:is|are) (?:now|already|finally|at last) (?:operational|in operation|on stream|operating|producing|in production)",
        True,
    ),
    (
        "restart",
        "again reviv reawak dust once",
        rf"(?:is|are|was|were) again being (?:mined|produced|smelted|processed|refined|shipped)|(?:is|are|was|were) once (?:again|more) "
        rf"(?:being )?(?:producing|operating|running|mining|mined|produced|smelted)|{_GOODS} (?:is|are|was|were) (?:now )?flowing again|"
        r"reviv(?:e|es|ed|ing)(?= (?:the |its |an? )(?:[\w’'-]+ ){0,4}(?:mine|smelter|plant|refinery|mill|operation|project)\b)|"
        r"reawaken(?:s|ed|ing)?|dust(?:s|ed|ing)? off",
        False,
    ),
    (
        "restart",
        "running again mining again producing",
        r"(?:running|mining|producing|operating|smelting|pouring|pumping|working|open) (?:once )?again",
        True,
    ),
    (
        "expansion",
        "size underground cave caving",
        r"(?:doubl|tripl|trebl|quadrupl)(?:e|es|ed|ing) (?:in size|the size of|the footprint of)|"
        r"(?:mov|chang|switch|shift|convert|go|transition)(?:e|es|ed|ing|s)? (?:over )?(?:from (?:[\w-]+ ){1,4})?(?:to|into) "
        r"(?:an? |full )?(?:underground|block[- ]cav\w+|sub-?level cav\w+|caving|open[- ]pit|open[- ]cut)(?: \w+)?",
        True,
    ),
    (
        "expansion",
        "taking lifting raising bringing boosting increasing take lift raise bring boost increase",
        r"(?:tak|lift|rais|bring|boost|increas)(?:e|ing) (?:[\w’'-]+ ){0,3}?(?:output|production|capacity)(?: (?:at|of|from) [^;.,]{2,40}?)? "
        r"(?:up )?from [^;.,]{2,28} to (?=(?:about |some )?\d)",
        False,
    ),
    (
        "expansion",
        "depth shaft",
        r"shafts?(?: at [^;.,]{2,30})? (?:has |have )?(?:reached|reaches|hit|bottomed)(?= (?:its |the |a )?(?:final )?(?:depth|bottom))",
        False,
    ),
    (
        "ramp_up",
        "stride steady ramp nameplate full tilt throttle",
        r"(?:hit|hits|hitting|found|in|into) (?:its|full) stride|(?:reach|achiev|attain|hit)(?:es|ed|ing|s)? (?:a )?steady[- ]state|"
        r"(?:at|to|towards?) full (?:tilt|throttle|speed)|(?:run|runs|running|operat\w+) at (?:its |full )?(?:nameplate|design|rated)|"
        r"(?:bring|take|brings|brought|taking|takes) [^;.,]{2,40} (?:up )?to (?:nameplate|full capacity|design capacity|full rates?)|"
        r"ramp(?:ing)?-?ups?(?= (?:of|at) [^;.,]{3,50} (?:is|was|has|took|takes|will|proved|remains?)\b)|"
        r"reach(?:ed|es)? (?:its |the )?(?:(?:designed?|nameplate|rated|full) (?:throughput|capacity|rates?|output)|nameplate\b)",
        True,
    ),
    (
        "study",
        "DFS PFS PEA BFS FS assessment study dfs pfs pea bfs",
        r"(?:definitive |bankable |pre-?)?(?:feasibility stud(?:y|ies)|scoping stud(?:y|ies)|DFS|PFS|BFS|PEA|preliminary economic assessment)"
        r"(?= (?:(?:for|on|of|at) [^;.,]{2,50} )?(?:lands?|arrives?|is due|is out|is expected|follows|put out|released|published|"
        r"will be|should be|was finished|values?|gives?|gave|puts?)\b)",
        False,
    ),
    (
        "drilling",
        "assay",
        r"assays? (?:results )?(?:from|for) (?:[\w-]+ ){0,3}(?:holes?|rigs?|drilling|metres)"
        r"(?= (?:at [^;.,]{2,40} )?(?:are|were|is|have)\b)",
        False,
    ),
)
