"""Words of outage: what stops, cuts or hits works, what is work there, what is no outage at all."""

from __future__ import annotations

import re

STOP = frozenset(
    "suspend halt stop shut close idle curtail mothball cease pause stall shutter freeze cripple "
    "paralyse paralyze disrupt interrupt shutdown evacuate end ground blockade block sideline hobble "
    "wind trip decommission ax axe moth-ball discontinue abandon vacate stymie hamper".split()
)
CUT = frozenset("cut curb slash reduce trim curtail throttle limit halve lower scale lose".split())
STRIKE = frozenset(
    "hit damage destroy engulf swamp ravage rock flood knock strike attack target affect impact "
    "inundate batter torch shell raid storm seize capture overrun occupy loot".split()
)
ACTIVITY = re.compile(
    r"\b(?:operations?|production|output|mining|smelting|refining|milling|processing|work|pumping|"
    r"activit(?:y|ies)|loadings?|exports? terminal|pumping|extraction|manufacturing|assembly|capacity|throughput|deliver(?:y|ies) from|shipments from|"
    r"mined?)\b",
    re.IGNORECASE,
)
OUTPUT = re.compile(
    r"\b(?:output|production|operations|capacity|throughput|mining)\b", re.IGNORECASE
)
OTHER_WORK = re.compile(
    r"\b(?:construction|building|expansion|development|drill\w*|exploration|study|sales|deliver\w+|"
    r"exports?|imports?|trading|shares?|talks|negotiations|dividends?|buyback|payments?|hiring|"
    r"investment|spending|guidance|targets?|forecasts?|plans?|costs?|quotas?|deal|purchases?|"
    r"prices?|premiums?|futures|contracts?|permits?|licen[cs]es?|orders?|tariffs?|emissions?|"
    r"workforce|jobs|debt|aid|flights|offtake|programme|program)\b",
    re.IGNORECASE,
)
IDIOM = re.compile(
    r"\b(?:(?:care|care-)(?: and |-and-)maintenance|(?:ground|grinds?|came|come|comes|brought|bring\w*)\s"
    r"(?:[\w-]+\s){0,6}to a (?:complete |full |virtual )?(?:halt|standstill|stop)|"
    r"(?:stood|stands?|standing|lay|lies|sits?|sat) idle|(?:taken|went|knocked|take|took|goes|go|going|"
    r"knock|knocks|trips?|tripped|fell|forced)\s(?:[\w’'-]+\s){0,5}?(?:off-?line|out of (?:action|"
    r"service|operation|commission))|(?:wound|wind|winding|ramped|powered|taken|scaled|dialled) down|"
    r"(?:remains?|remained|stays?|is|are|was|were|be|been|still) (?:currently |now |still |effectively |"
    r"temporarily |partly |partially |fully |largely )?(?:closed|shut|idled?|off-?line|down|"
    r"out of (?:action|service|operation)|at a standstill|mothballed|suspended)"
    r"(?! (?:\d|from|by|at))|, (?:shut|closed|idled?|suspended|mothballed)(?: down)? since|"
    r"yet to (?:resume|restart)|(?:in|into|under) (?:temporary |indefinite |prolonged )?"
    r"(?:suspension|mothballs|shutdown)|(?:running|operating) (?:at|on) (?:half|reduced|partial|limited)|"
    r"force majeure|walk(?:ed|ing)? (?:out|off)|down(?:ed|ing)? tools|"
    r"(?:go|went|goes|going|gone|are|been|was|out) on strike)\b",
    re.IGNORECASE,
)
NOUN = re.compile(
    r"\b(?:(?:production|unplanned|planned|temporary|partial|full|complete|indefinite|month-long|"
    r"week-long|power|mine|plant|smelter|work|unscheduled) )*"
    r"(?:stoppages?|outages?|shut-?downs?|halts?|closures?|suspensions?|curtailments?|"
    r"disruptions?|interruptions?|blockades?|strikes?|walk-?outs?|industrial action|idling|"
    r"turnarounds?|lock-?outs?|sit-?ins?|work stoppages?|stay-?aways?|breakdowns?|downtime|"
    r"fires?|blaze|explosions?|blasts?(?! furnace| hole)|cave-?ins?|rock ?(?:falls?|bursts?)|landslides?|"
    r"mudslides?|mud rush|derailments?|flooding|floods?|(?:dam |wall |pit |roof |shaft )?collapse|"
    r"(?:drone |missile |rebel |militant |cyber ?)?attacks?|power (?:cuts?|failures?|outages?)|"
    r"(?:gas |oil |pipeline |acid )?(?:leaks?|spills?)|(?:equipment|mechanical|transformer) failures?|"
    r"(?:fatal )?accidents?|(?:planned |scheduled |routine |extended |major )?(?<!and )(?<!and-)(?<!care, )"
    r"maintenance(?: work| shutdown| outage)?|overhauls?|evacuations?)\b",
    re.IGNORECASE,
)
MISHAP = re.compile(
    r"\b(?:fires?|blaze|explosions?|blasts?|accidents?|maintenance|overhauls?|attacks?|leaks?|spills?|"
    r"floods?|flooding|collapse|evacuations?)\b",
    re.IGNORECASE,
)
NO_MISHAP = re.compile(
    r"\b(?:costs?|capital|capex|contracts?|services?|budget|programme|program|workers?|safety|"
    r"insurance|risks?|prevention|investigation|anniversary|victims?|cannabis|price)\b",
    re.IGNORECASE,
)
HAZARD = re.compile(
    r"\b(?:fires?|blaze|explosions?|blasts?|landslides?|mudslides?|rockfalls?|rock bursts?|"
    r"cave-ins?|collapse|earthquakes?|quakes?|tremors?|floods?|flooding|rains?|rainy season|"
    r"cyclone|hurricane|storms?|typhoon|drought|snow|attacks?|drones?|missiles?|strikes?|protests?|"
    r"blockades?|outages?|power cuts?|load-?shedding|leaks?|spill|breakdowns?|failures?|seismic\w*|"
    r"wildfires?|bushfires?|winds?|lightning|rebels?|militants?|gunmen|protesters?|accidents?|faults?|"
    r"shortages?|sabotage|cyber-?attacks?|weather|typhoons?|hail|heatwave|mud|avalanche|derailment|"
    r"walk-?outs?|stoppages?|problems?|issues|bottlenecks?|unrest|fighting|shelling|rainfall|"
    r"disease|pandemic|covid(?:-19)?|coronavirus|shells?|airstrikes?|raids?)\b",
    re.IGNORECASE,
)
UNHURT = re.compile(
    r"\b(?:unaffected|not (?:been )?affected|no (?:material |significant )?(?:impact|effect|damage|"
    r"disruptions?)|without (?:disruption|interruption)|working normally|operating normally|averted|"
    r"avert|avoided|avoid|called off|ruled out)\b",
    re.IGNORECASE,
)
FUTURE_NOUN = re.compile(
    r"\b(?:threat(?:en\w*|s)?|possible|potential|looming|risks? of|fears? of|warn\w* of|could|(?-i:may)|"
    r"might|if|unless|vote[ds]? (?:for|on)|planned|plans?|avoid)\b",
    re.IGNORECASE,
)
LINK = re.compile(r"\b(?:at|of|in|on|to|by|from|for|near|hit|hits|halted?|shut|closed?)\b")
NOT = re.compile(
    r"\b(?:strike price|strikes? (?:a |the )?(?:deal|agreement|gold|balance|oil)|"
    r"struck (?:a |an |the |oil|gas|gold)(?:\w+ ){0,2}(?:deal|agreement|accord|bargain)?|strike rate|"
    r"fire sale|ceasefire|under fire|open fire|trading (?:halt|suspension)|trading (?:was|were|is) halted|"
    r"share trading|hunger strike|strike length|along strike|talks (?:halted|resumed))\b",
    re.IGNORECASE,
)
PART = re.compile(r"\s(?:of|at|on|in)\s(?P<whole>(?:[\w’'&.-]+\s?){1,6})", re.IGNORECASE)
WHOLE = re.compile(r"\b(?:operations|production|mining|smelting|refining)\b")
DOING = frozenset("mine smelt refine produce process load pump mill operate extract".split())
THE_WORKS = re.compile(
    r"\b(?:[Tt]he (?:[\w-]+ ){0,2}(?:mine|plant|smelter|site|facility|field|refinery|operation|project|"
    r"complex|stoppage|shutdown|outage|suspension|blockade|strike)|there|[Ff]orce majeure|"
    r"^(?:Production|Operations|Output|Mining|Work)|work (?:was|has been|is))\b"
)
