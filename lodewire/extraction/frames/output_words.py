"""Words of output: what is produced, guided to, compared, and what is no output at all."""

from __future__ import annotations

import re

from lodewire.extraction.grammar.sieve import sought

NOUN = sought(
    r"\b(?:(?:mine|mined|refined|total|overall|annual|monthly|quarterly|attributable|crude|group|"
    r"smelter|saleable|finished|payable|full-year|record|metal|consolidated|domestic|national|daily|"
    r"weekly|primary|crude steel|oil|net|gross|equity|raw|first-half|second-half|yearly) )*"
    r"(?:production|output)\b(?! (?:capacity|controls?|guidance|target|costs?|plans?|quotas?|cuts?|lines?|rates? (?:of|cut)|"
    r"facilit\w+|sites?|plants?|units?|process|stoppage|halts?|sharing|outages?|caps?|limits?|ceiling|"
    r"losses|problems|issues|value|tax|base|hub))",
    re.IGNORECASE,
)
VERB = sought(
    r"\b(?:produce|produced|produces|producing|mined|poured|pumped|pumps|turned out|churned out|yielded|"
    r"smelted|refined|extracted|made|makes|manufactured|assembled|delivered|brought out|mining|mines|"
    r"pours?|churns? out|turns? out|turning out|pumping|pump|extracts?|generated|recovered|built|"
    r"rolled out|yields?|yielding|smelts|refines|raised|harvested|cast|crushed out|gave|gives?|giving|"
    r"dug|digs?|digging|hoisted|supplied|supplies|contributed|put out|puts out|shipped|ships|"
    r"railed|brought up|notched up|clocked up|gushed|won|achieved|logged|coaxed)\b",
    re.IGNORECASE,
)
WEAK_VERBS = frozenset(
    (
        "made",
        "makes",
        "delivered",
        "yielded",
        "refined",
        "recovered",
        "generated",
        "raised",
        "built",
        *"gave give gives giving supplied supplies contributed shipped ships won achieved railed logged".split(),
        *"put mine mines".split(),
    )
)
GUIDANCE = sought(
    r"\b(?:guidance|guides?|guided|guiding|(?:production|output) (?:forecast|target|plan))\b",
    re.IGNORECASE,
)
EXPECTS = re.compile(
    r"\b(?:expect(?:s|ed)|forecasts?|sees|anticipates?|estimates?)\b[^.;]{0,60}?"
    r"\b(?:to produce|to mine|to pump|produc(?:tion|ing)|output)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:expect\w*|forecasts?|targets?|targeted|targeting|aims?|aiming|plans?|planned|will|seen|"
    r"could|should|would|(?-i:may)|might|can|estimates? that|project(?:s|ed)|anticipat\w+|to produce|"
    r"to average|wants?|hopes?|is set to|are set to|is to|are to|capable|able to|goal|"
    r"potential\w*|once|when complete)\b",
    re.IGNORECASE,
)
NOT_OUTPUT = re.compile(
    r"\b(?:capacity|quotas?|resources?|reserves?|nameplate|design(?:ed)?|sold|sales|"
    r"shipments|exports?|imports?|imported|stocks?|stockpiles?|inventor(?:y|ies)|deficit|"
    r"surplus|shortfall|demand|consumption|consumed|cap|capped|limit|licen[cs]ed?|estimate of|"
    r"recovery|supply deal|offtake|contract|throughput|processed|treated|milled|moved|stripped|"
    r"warehouses?|ore milled)\b(?! output| production)",
    re.IGNORECASE,
)
BASE = re.compile(
    r"\b(?:from|than|against|versus|vs\.?|compared (?:with|to)|(?:up|down) from|instead of|"
    r"as against|after|estimate of|forecast of|plan of|target of|expected|above|below|over the|on the|"
    r"previous|earlier range of|exceed\w*|beat\w*|a loss of|loss of|lost|cost|costs|by|of the|"
    r"between|missed)\s(?:an? |the |its |their |about |around |some |earlier |original |initial |"
    r"previous |range of |record |revised )*$",
    re.IGNORECASE,
)
# "down from previous guidance of", "against an earlier target of": what no longer holds.
FORMER = re.compile(
    r"\b(?:from|than|against|versus|vs\.?|compared (?:with|to)|instead of|rather than) "
    r"(?:(?:an?|the|its|their|previous|previously \w+|earlier|prior|original|initial|former|old|last) )"
    r"{0,3}(?:[\w’'-]+ ){0,2}?(?:targets?|goal|forecasts?|outlook|expectations?|projections?|"
    r"estimates?|plan|range|budget|guidance)\b[^;,]{0,30}$",
    re.IGNORECASE,
)
LEVEL_LINK = re.compile(
    r"\b(?:to|at|of|was|were|is|reached?|reach(?:es|ing)|total(?:led|ed|s|ling)|came (?:in )?(?:at|to)|"
    r"stood at|stands at|averag(?:ed|ing)|amount(?:ed|ing) to|hit|touched|topped|surpassed|exceeded|"
    r"passed|crossed|equal(?:led|ed)|registered|with|reaching|making up|running at|clocked in at|"
    r"hovered (?:at|around)|came in(?: at)?|ended (?:the \w+ )?at|remained|unchanged at|be)\s(?:an? |the |about |"
    r"around |some |just |only |record |nearly |almost |estimated |average of |total of |high of |"
    r"between )*$",
    re.IGNORECASE,
)
REACHES = re.compile(r"(?:topp|exceed|surpass|pass|cross|reach|hit|total|near)\w*\s", re.IGNORECASE)
WORLD = re.compile(
    r"\b(?:global(?:ly)?|world(?:wide)?|world[’']s|country[’']s|nation[’']s|national)\b",
    re.IGNORECASE,
)
SHARE_VERB = sought(
    r"\b(?:account(?:s|ed|ing)? for|suppl(?:ies|ied|ying)|yields?|yielded|dug|digs|gives|gave|"
    r"turns? out|turned out|smelts|pumps|pumped|makes?|made|delivers|mines?|refines|take place in|takes place in|"
    r"comes? out of|(?:is|are) (?:mined|made|produced|refined|processed|done|smelted) in|"
    r"produc(?:es|ed|ing)|came from|comes? from|"
    r"mine[sd]|provid(?:es|ed|ing)|represent(?:s|ed|ing)?|contribut(?:es|ed|ing)|makes? up|made up|"
    r"generat(?:es|ed)|controls?|controlled|dominates?|refine[sd]|process(?:es|ed)|holds?|has|"
    r"responsible for|source of|home to|with)\b",
    re.IGNORECASE,
)
SHARE_OF = re.compile(
    r"\s?(?:of|to)\s(?:(?:[\w’'.-]+\s){0,6}?(?:production|output|supply|supplies|produced|mined|separation|refining|"
    r"smelting|processing)\b|"
    r"(?:the )?(?:global|world|world[’']s)\s(?:[\w-]+\s?){1,3})",
    re.IGNORECASE,
)
HOPED = re.compile(
    r"\b(?:is|are|was|were)\s(?:being |now )?(?:targeted|expected|forecast|planned|seen|projected)\b"
)
OTHER_SUBJECT = re.compile(
    r"\b(?:prices?|premiums?|exports?|imports?|sales|demand|costs?|revenues?|profits?|earnings|"
    r"shares?|stocks?|inventor\w+|capacity|grades?)\b",
    re.IGNORECASE,
)
FIRM_NOUN = re.compile(
    r"\b(?:largest|biggest|top|leading|No\.?|number)\b|"
    r"\b(?:miner|producer|company|group|giant|maker|major|developer|utility|firm)$"
)
RELATIVE = re.compile(
    r"\b(?:previous|preceding|prior|same|corresponding|last (?:month|quarter))\b", re.IGNORECASE
)
LOST = re.compile(r"\b(?:loss(?:es)?|lost|deferred|missed|forgone)\s(?:of\s|in\s)?(?:\w+\s)?$")
UP_FROM = re.compile(r",?\s(?:up|down) (?:slightly |sharply )?(?:from|on)\s[^,;.]{0,6}$")
COMPARED = re.compile(
    r"(?:\b(?:from|than|against|compared (?:with|to)|versus|over|on|as in)\s(?:the |that of the )?|"
    r"\b(?:same|corresponding|previous|preceding|prior|year-ago)\s(?:period|month|quarter|time|half)"
    r"\s(?:of|in)\s(?:the )?)$",
    re.IGNORECASE,
)
AT_END = re.compile(r"(?:capacity|capable of|able to)\s(?:\w+\s){0,4}$", re.IGNORECASE)
# Past forms that tell of what was done whatever the rest of the sentence looks forward to.
DONE = re.compile(
    r"(?:produced|mined|poured|pumped|turned out|churned out|smelted|refined|extracted|delivered|gave|"
    r"dug|hoisted|shipped|yielded|made|supplied|contributed|recovered|achieved|won)",
    re.IGNORECASE,
)
NOT_YET = re.compile(
    r"\b(?:to|will|would|could|can|may|might|should|be|been|being|expects?|expected|if)\s(?:\w+ly )?$",
    re.IGNORECASE,
)
LATE = re.compile(r"\b(?:from|in|of)$")
SHIPS = re.compile(r"(?:ship|rail)(?:s|ped|ed)", re.IGNORECASE)
# "a 640,000-oz-a-year company": how large something is, not what it made.
SIZED = re.compile(
    r"\s(?:[\w-]+\s)?(?:company|producer|miner|group|operations?|plant|mine|project|smelter|refinery|"
    r"mill|facility|business|unit|line|train|furnace)\b"
)
# "sticking to a 2025 target of": its own figure, against which no other is held.
KEPT = re.compile(
    r"\b(?:stick\w*|stuck|kept|keep\w*|maintain\w*|reiterat\w*|reaffirm\w*|affirm\w*|confirm\w*|"
    r"retain\w*|left|repeat\w*|back(?:s|ed)|h[oe]ld\w*|sets?|has|have|gave|gives|issue[sd]?) "
    r"(?:[\w’'-]+ ){0,6}(?:targets?|forecasts?|estimates?|plans?|outlook|range) of (?:between |about )?$"
)
