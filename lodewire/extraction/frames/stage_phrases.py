"""More ways to tell a stage: set phrases, results of drilling, money put into works."""

from __future__ import annotations

from lodewire.extraction.frames.stage_sayings import MORE_PHRASES
from lodewire.extraction.frames.works import PLANT

NEW_WORKS = (
    r"(?:plants?|fabs?|factor(?:y|ies)|gigafactor(?:y|ies)|mines?|smelters?|refiner(?:y|ies)|"
    r"facilit(?:y|ies)|mills?|concentrators?|terminals?|(?<!power )lines?|furnaces?|works|complex(?:es)?|parks?|"
    r"farms?|electroly[sz]ers?|units?|stations?|kilns?|reactors?|hubs?)"
)
_ANY = r"(?:[^\s;]+ )"
_SIZE = (
    r"[\d.,]+\s?(?:(?:million|m|k|thousand|billion)\s)?(?:metric )?(?:t|tonnes?|tons?|kt|Mt|MW|GW|GWh|MWh|"
    r"bpd|b/d|barrels|ounces|oz|mtpa|tpa|pounds|lbs?|wafers|vehicles|cars|units)\b"
)
_RATE = r"\b(?:a|per|each|every)\s(?:year|yr|annum|month|week|day)|tpa\b|t/yr|t/y|mtpa|annually"

# stage, stems of which one must be there, pattern, whether works must be named beside it
PHRASES: tuple[tuple[str, str, str, bool], ...] = (
    (
        "drilling",
        "m  met ft",
        r"\d[\d.,]*\s?(?:m|metres?|meters?|ft|feet) ?(?:@|at|grading|of|averaging|assaying|carrying) "
        r"(?:about |up to )?[\d.,]+ ?(?:g/t|%|per ?cent|ppm|oz|grams|gpt)|"
        r"(?:intersected|intercepted|hit|struck|cut|returned|encountered|turned up|pierced) "
        rf"{_ANY}{{0,4}}?[\d.,]+\s?(?:m|metres?|meters?|feet)\b",
        False,
    ),
    (
        "drilling",
        "rig hole programme program drilled metre meter",
        r"rigs? (?:are|is|were|was|has been|have been) (?:now )?(?:turning|spinning|drilling|at work|on site|"
        r"moved|mobili[sz]ed|sent)|\d[\d., ]*\s?(?:m|metres?|meters?) (?:programmes?|programs?|campaign)|"
        r"holes? (?:\([^)]{1,20}\) )?(?:were |was |have been |has been |was )?drilled|"
        r"\d[\d., ]*\s?(?:m|metres?|meters?) (?:were|was|have been|had been) (?:drilled|completed)|"
        r"\d[\d., ]*\s?(?:m|metres?|meters?) of (?:[\w-]+ )?(?:RC|reverse circulation|diamond|core|aircore|"
        r"drilling|holes)|drilled (?:some |about |another |a further )?\d[\d., ]*\s?(?:m|metres|meters|holes|wells)\b",
        False,
    ),
    (
        "restart",
        "again back",
        r"(?:begin|begins|began|begun|start|starts|started|run|running|operate|operating|work|working|up|"
        r"produce|producing|turning|open) again|(?:come|comes|came|coming) back(?! (?:to|with|from|for))|back (?:to life|on its feet|at work|in (?:business|action)|"
        r"on its way|at full|to full|to normal)|(?:be|is|are|was|were|been) (?:now |fully |partly )?back"
        r"(?= (?:in|by|on|after|next|this|from|up)\b)",
        True,
    ),
    (
        "first_production",
        "make produce turn churn yield",
        rf"(?:will|would|to|should) (?:make|produce|turn out|churn out) (?:some |about |up to |an initial |"
        rf"as much as |an? )*(?=[\d.,]+[^;]{{0,40}}?(?:{_RATE})[^;]{{0,50}}?\b(?:from|starting|beginning)\b)",
        False,
    ),
    (
        "first_production",
        "feed fed commissioning cargo",
        r"(?:feed(?:s|ing)?|fed) (?:first |its first |the first )?(?:ore|concentrates?|coal|scrap)\b|"
        r"(?:commissioning|maiden|inaugural|first) cargo",
        False,
    ),
    (
        "ramp_up",
        "declared full nameplate",
        r"commercial (?:levels of )?(?:production|operations?) (?:was|were|is|has been|had been) (?:only )?"
        r"(?:declared|reached|achieved)|(?:near|arriv|run|work|clos|climb|mov)(?:s|ed|ing|ning)?(?: in)?(?: at| on| to| towards)? "
        r"(?:its |the |their )?(?:full|nameplate|rated|design)(?: capacity| rate| output| \d| of)",
        True,
    ),
    (
        "construction",
        "complete built finished",
        r"[\d.]+\s?(?:%|per ?cent|percent|pc) (?:complete|built|finished|done)",
        True,
    ),
    (
        "construction",
        "put going rise erect site assembl",
        rf"(?:put|puts|putting) up (?=(?:an?|the|its|two|three|another|some) {_ANY}{{0,6}}?{NEW_WORKS}\b|[\d.]+\s?[MG]W)|"
        rf"{NEW_WORKS} (?:is|are) (?:already |now |also )?(?:going up|rising|taking shape)",
        False,
    ),
    (
        "construction",
        "approv alloc earmark aside put plough pledg",
        rf"(?:approv|allocat|earmark|pledg|set(?:s|ting)? aside|put|plough|dedicat|releas)(?:e|es|ed|s|ing|ting)? "
        rf"(?=[^;.]{{0,12}}(?:[$€£¥₩]|[A-Z]{{2,3}}[$ ]?\d|\d))(?:[^\s;]+ ){{1,5}}?(?:on|in|into|for|to|towards?) "
        rf"(?:an? |two |three |four |five |its |the |new |another |more )+(?:[\w/-]+ ){{0,5}}?{NEW_WORKS}\b|"
        rf"earmarked (?:[\w-]+ ){{1,3}}?{NEW_WORKS}\b",
        False,
    ),
    (
        "construction",
        "deal agreement accord convention memorandum pact contract mou letter protocol talks proposal",
        r"(?:deal|agreement|accord|convention|memorandum(?: of understanding)?|pact|contract|MoU|letter of "
        r"intent|protocol|talks|negotiations|proposals?|framework|term sheet)"
        rf"(?: with {_ANY}{{1,10}}?| on {_ANY}{{1,3}}?| in {_ANY}{{1,2}}?| (?=for|about|on|to)|, )(?:[^;.]{{0,40}}?)?(?:for|about|on|to build|to set up|to put up) "
        rf"(?:an?|such an?|two|three) (?:US\$|\$|€|£)?(?:[\w/.$€-]+ ){{0,6}}?{NEW_WORKS}(?= (?:at|in|near|of|with|on|that|to|costing|worth|making)\b|[,.])",
        False,
    ),
    (
        "construction",
        "planned proposed envisaged drawing pipeline cards works",
        rf"(?:{PLANT}|stations?)(?: (?:of|in|at|near|with) {_ANY}{{1,6}}?| )(?:is|are) (?:also |now )?(?:planned|proposed|envisaged|"
        r"foreseen|mooted|on the drawing board|in the pipeline|on the cards|in the works)",
        False,
    ),
    (
        "construction",
        "board",
        r"boards? (?:of directors )?(?:has |have |had )?(?:unanimously |formally )?(?:approved|sanctioned|"
        r"signed off on|green-?lit|endorsed|given (?:the |its )?(?:final )?(?:go-ahead|green light|nod|"
        r"approval|blessing) (?:to|for))(?= [^;.]{0,60}?\b(?:construction|development|build|"
        rf"project|{NEW_WORKS})\b)(?! (?:[\w-]+ ){{0,3}}?(?:sale|loan|merger|dividend|acquisition|deal))",
        False,
    ),
    (
        "first_production",
        "ribbon officially",
        r"(?:cut|cuts|cutting) the ribbon (?=on|at)|ribbon-cutting|officially (?:opened|opens|launched|started up)",
        True,
    ),
    (
        "construction",
        "piling excavat groundwork foundation shovel concrete",
        r"(?:piling|excavation|groundworks?|site works|steel erection|first concrete|foundation work) "
        r"(?:work )?(?:starts?|started|begins?|began|has begun|is under ?way|will (?:start|begin)|is to (?:start|begin))",
        False,
    ),
    (
        "expansion",
        "add",
        rf"add(?:s|ed|ing)? (?:[a-z]+ ){{0,3}}?(?={_SIZE}(?: [\w/-]+){{0,4}} (?:capacity|melt|output|production|at|to)\b)",
        False,
    ),
    (
        "expansion",
        "satellite potline furnace kiln module crusher wellfield",
        r"(?:switch|turn|start|fire|power|commission|add|open|build)(?:s|es|ed|ing)? (?:on |up )?(?:its |a |the )?"
        r"(?:second|third|fourth|fifth|sixth|another|new) (?:[\w-]+ )?(?:satellite|potline|furnace|kiln|module|"
        r"crusher|wellfield|line|train|unit|mill|circuit|shaft|smelter)\b",
        False,
    ),
    (
        "construction",
        "gave gives given giv walk drop",
        r"(?:gave|gives?|given|giving) up(?: on)?(?! (?:\d|a |its stake|his|her|control|the stake|shares))|"
        r"walk(?:s|ed|ing)? away from",
        True,
    ),
    *MORE_PHRASES,
)
