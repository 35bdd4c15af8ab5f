"""Words of outage: what stops, cuts or hits works, what is work there, what is no outage at all."""

from __future__ import annotations

import re

from lodewire.extraction.grammar.sieve import sought

STOP = frozenset(
    "suspend halt stop shut close idle curtail mothball cease pause stall shutter freeze cripple "
    "paralyse paralyze disrupt interrupt shutdown evacuate end ground blockade block sideline hobble "
    "wind trip decommission ax axe moth-ball discontinue abandon vacate stymie hamper bank bench "
    "furlough douse quench extinguish deactivate disable immobilise immobilize still strand".split()
)
CUT = frozenset(
    "cut curb slash reduce trim curtail throttle limit halve lower scale lose pare shave clip lop "
    "dent crimp dial rein ration restrict slow crank".split()
)
STRIKE = frozenset(
    "hit damage destroy engulf swamp ravage rock flood knock strike attack target affect impact "
    "inundate batter torch shell raid storm seize capture overrun occupy loot wreck ruin deluge drown "
    "submerge flatten topple rupture gut scorch maroon wash rip tear bomb cut cripple".split()
)
ACTIVITY = re.compile(
    r"\b(?:operations?|production|output|mining|smelting|refining|milling|processing|work|pumping|"
    r"activit(?:y|ies)|loadings?|exports? terminal|pumping|extraction|manufacturing|assembly|capacity|throughput|deliver(?:y|ies) from|shipments from|"
    r"mined?|digging|coking|casting|crushing|hauling|loading|milling|tapping|flows?|runs|crude runs|"
    r"blasting|hoisting|stoping|leaching|electrowinning|shifts?)\b",
    re.IGNORECASE,
)
OUTPUT = re.compile(
    r"\b(?:output|production|operations|capacity|throughput|mining|runs|flows?|operating rates?|"
    r"utili[sz]ation|run rates?|smelting|refining|pumping|shipments)\b",
    re.IGNORECASE,
)
OTHER_WORK = re.compile(
    r"\b(?:construction|building|expansion|development|drill\w*|exploration|study|sales|deliver\w+|"
    r"exports?|imports?|trading|shares?|talks|negotiations|dividends?|buyback|payments?|hiring|"
    r"investment|spending|guidance|targets?|forecasts?|plans?|costs?|quotas?|deal|purchases?|"
    r"prices?|premiums?|futures|contracts?|permits?|licen[cs]es?|orders?|tariffs?|emissions?|"
    r"workforce|jobs|debt|aid|flights|offtake|programme|program)\b",
    re.IGNORECASE,
)
_BE = r"(?:remains?|remained|stays?|stayed|lies?|lay|is|are|was|were|be|been|being|still)"
_LOW = (
    r"(?:(?:well |far |just |only |about |around |roughly |some |no more than |less than |under |"
    r"barely )*(?:half|a (?:third|quarter|fraction|fifth)|one-third|a half|two-thirds|three-quarters|"
    r"\d[\d.]*\s?(?:%|per ?cent|percent|pc))(?: (?:of|its|their|the|normal|full|nameplate|usual|"
    r"capacity|rates?|tilt|steam))*|(?:reduced|lower|minimum|partial|limited|low|half)"
    r"(?: (?:rates?|capacity|output|load|levels?|throughput|speed))?|"
    r"(?:curbed|curtailed|part|lowered|slower) (?:rates?|capacity|output|load|levels?)|"
    r"(?:one-\w+|a \w+|\d+\s?(?:%|per ?cent)) below (?:normal|capacity)|(?:well )?(?:below|under) "
    r"(?:capacity|full|normal|nameplate|rated)(?: \w+)?)"
)
_IDIOM_STEMS = (
    "mainten|halt|standstill|stop|close|idle|still|silent|dark|cold|quiet|-line|offline|stream|"
    "out of| down| off|sleep|to bed|tools|shut|suspend|mothball|under water|paraly|seal|resum|"
    "restart|reopen|hibernat|running|operating|operate| ran | runs | run |working|worked|works|"
    "force maj|strike|walk|crews|workers|staff|personnel|people|miners| not |lost a|order"
).split("|")
_NOUN_STEMS = (
    "stop|outage|shut|halt|clos|suspension|curtail|disrupt|interrupt|blockade|strike|walk|industrial|"
    "idling|turnaround|lock|sit-in|sit in|stay|break|downtime|fire|blaze|explo|blast|cave|rock|slide|"
    "mud|derail|flood|collapse|attack|power|leak|spill|failure|accident|mainten|overhaul|evacuat|"
    "fault|standstill|slow|rupture|mishap|slip|load"
).split("|")
IDIOM = sought(
    r"\b(?:(?:care|care-)(?: and |-and-)maintenance|(?:ground|grinds?|came|come|comes|brought|bring\w*)\s"
    r"(?:[\w-]+\s){0,6}to a (?:complete |full |virtual |shuddering |sudden )?(?:halt|standstill|stop|close)|"
    r"(?:stood|stands?|standing|lay|lies|sits?|sat|left|leaves|leaving) (?:idle|still|silent|dark)|"
    r"(?:taken|went|knocked|take|took|goes|go|going|knock|knocks|trips?|tripped|fell|forced|drops?|"
    r"dropped|put|puts)\s(?:[\w’'-]+\s){0,8}?(?:off-?line|off line|off stream|out of (?:action|"
    r"service|operation|commission|production)|offstream)|"
    r"(?:wound|wind|winding|ramped|powered|taken|scaled|dialled|run) down|"
    r"(?:gone|went|goes?|going|fell|falls?|fallen) (?:dark|cold|silent|quiet)|"
    r"(?:is|are|was|were|been|stay\w*|remain\w*)(?: \w+ly| now| still| already)? (?:dark|silent|cold)\b|"
    r"(?:switch|turn)(?:s|ed|ing)? off(?= (?:[\w’'-]+ ){0,6}(?:furnaces?|smelters?|plants?|pot ?lines?|"
    r"kilns?|lines?|units?|reactors?|turbines?|ovens?|refiner\w+|mines?)\b)|"
    r"(?:put|puts|putting|sent|sends) (?:[\w’'-]+ ){1,5}to (?:sleep|bed)|(?:down|shut) tools|"
    rf"{_BE} (?:currently |now |still |effectively |already |all |"
    r"temporarily |partly |partially |fully |largely |virtually |completely )?(?:closed|shut|idled?|off-?line|down|"
    r"out of (?:action|service|operation|use)|at a standstill|mothballed|suspended|under water|"
    r"shut in|shut-in|off stream|paraly[sz]ed|cut off|stopped|halted|sealed(?: off)?)"
    r"(?<!closed)(?<!down)(?! (?:\d|by|at|on its|to))|"
    rf"{_BE} (?:now |still )?(?:closed|down)(?! (?:\d|from|by|at|on its|to))|"
    r"(?:shut|shuts|shutting) in(?= |[,.])|(?:had|have|has|having) (?:it|them) (?:closed|shut|"
    r"suspended|halted|stopped|sealed)|, (?:shut|closed|idled?|suspended|mothballed|down)"
    r"(?: down)? (?:since|for)|"
    r"(?:plant|mine|smelter|furnace|mill|refinery|line|unit|field)s? down for|"
    r"yet to (?:resume|restart|reopen)|(?:in|into|under) (?:temporary |indefinite |prolonged |full )?"
    r"(?:suspension|mothballs|shutdown|hibernation)|"
    rf"(?:running|operating|run|runs|ran|operates?|operated|working|works|stays? open|carr\w+ on) "
    rf"(?:[\w’'-]+ ){{0,5}}?(?:at|on) (?:an? |the )?{_LOW}|"
    r"(?:run|runs|ran|running|operate[sd]?|operating) (?:one-\w+|a \w+|\d+\s?(?:%|per ?cent)) below "
    r"(?:normal|capacity)|"
    r"(?:has|have|had) not (?:turned|run|operated|produced|worked|reopened|restarted|resumed|shipped|"
    r"sailed|been worked|been seen to work)(?: \w+){0,3} since|lost (?:a|two|three|\d+|several) "
    r"(?:days?|weeks?|months?|shifts?)|order\w* (?:[\w’'-]+ ){1,4}(?:closed|shut|suspended|halted)|"
    r"(?:shut|shuts|shutting|clos(?:e|es|ed|ing)) (?:its|their|the) (?:doors|gates)|"
    r"force majeure|walk(?:s|ed|ing)? (?:out|off)|down(?:s|ed|ing)? tools|"
    r"(?:lay|lays|laid|laying) down (?:their )?tools|"
    r"(?:go|went|goes|going|gone|are|been|was|were|came|come|out) (?:out )?on strike|"
    r"(?:pull|pulls|pulled|withdrew|withdrawn|evacuat\w+) (?:[\w’'-]+ ){0,4}(?:crews?|workers|staff|"
    r"personnel|people|men|miners) (?:out of|from|off))(?!\w)",
    re.IGNORECASE,
    stems=_IDIOM_STEMS,
    apart=True,
)
NOUN = sought(
    r"\b(?:(?:production|unplanned|planned|temporary|partial|full|complete|indefinite|month-long|"
    r"week-long|power|mine|plant|smelter|work|unscheduled) )*"
    r"(?:stoppages?|outages?|shut-?downs?|halts?|closures?|suspensions?|curtailments?|shut-?ins?|"
    r"standstill|(?:compressor |technical |electrical |grid |mechanical |equipment )faults?|"
    r"(?:summer|annual|winter|maintenance|planned|scheduled|turnaround) stops?|go-slows?|slowdowns?|"
    r"power (?:dips?|loss|blips?|trips?|interruptions?|curtailments?)|load[- ](?:curtailment|shedding)|"
    r"(?:pipeline )?ruptures?|mishaps?|wall slips?|"
    r"disruptions?|interruptions?|blockades?|strikes?|walk-?outs?|industrial action|idling|"
    r"turnarounds?|lock-?outs?|sit-?ins?|work stoppages?|stay-?aways?|breakdowns?|downtime|"
    r"fires?|blaze|explosions?|blasts?(?! furnace| hole)|cave-?ins?|rock ?(?:falls?|bursts?)|landslides?|"
    r"mudslides?|mud rush|derailments?|flooding|floods?|(?:dam |wall |pit |roof |shaft |tunnel |slope |stope )?collapse|"
    r"(?:drone |missile |rebel |militant |cyber ?)?attacks?|power (?:cuts?|failures?|outages?)|"
    r"(?:gas |oil |pipeline |acid )?(?:leaks?|spills?)|(?:equipment|mechanical|transformer) failures?|"
    r"(?:fatal )?accidents?|(?:planned |scheduled |routine |extended |major )?(?<!and )(?<!and-)(?<!care, )"
    r"maintenance(?: work| shutdown| outage)?|overhauls?|evacuations?)\b",
    re.IGNORECASE,
    stems=_NOUN_STEMS,
    apart=True,
)
MISHAP = re.compile(
    r"\b(?:fires?|blaze|explosions?|blasts?|accidents?|maintenance|overhauls?|attacks?|leaks?|spills?|"
    r"floods?|flooding|collapse|evacuations?|faults?|ruptures?|mishaps?|slowdowns?|standstill)\b",
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
UNHURT = sought(
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
NOT = sought(
    r"\b(?:strike price|strikes? (?:a |the )?(?:deal|agreement|gold|balance|oil)|"
    r"struck (?:a |an |the |oil|gas|gold)(?:\w+ ){0,2}(?:deal|agreement|accord|bargain)?|strike rate|"
    r"fire sale|ceasefire|under fire|open fire|trading (?:halt|suspension)|trading (?:was|were|is) halted|"
    r"share trading|hunger strike|strike length|along strike|talks (?:halted|resumed))\b",
    re.IGNORECASE,
)
PART = re.compile(r"\s(?:of|at|on|in)\s(?P<whole>(?:[\w’'&.-]+\s?){1,6})", re.IGNORECASE)
WHOLE = re.compile(r"\b(?:operations|production|mining|smelting|refining)\b")
DOING = frozenset(
    "mine smelt refine produce process load pump mill operate extract leach dig ship haul hoist crush "
    "cast rail export".split()
)
THE_WORKS = sought(
    r"\b(?:[Tt]he (?:[\w-]+ ){0,2}(?:mine|plant|smelter|site|facility|field|refinery|operation|project|"
    r"complex|stoppage|shutdown|outage|suspension|blockade|strike)|there|[Ff]orce majeure|"
    r"^(?:Production|Operations|Output|Mining|Work)|work (?:was|has been|is))\b"
)
BEGINS = frozenset(
    "begin start last end enter drag stretch follow come continue cost stem result affect cause take "
    "run remain persist stop".split()
)
# What tells of works that stood still: a mishap beside it is its reason.
BACK = sought(
    r"\b(?:back|resum\w+|re-?start\w*|re-?open\w*|halt\w*|stopp\w+|shut\w*|idled?|suspend\w*|"
    r"out of action|recover\w*|repair\w*|return\w*|force majeure)\b"
)
# A noun of standing still that says how long, or that it was meant, needs no verb of its own.
LONG = re.compile(
    r"(?:\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many|nearly|week|month|year|day|multi)"
    r"[- ](?:day|week|month|year|hour)s?(?:-long)?|\b(?:week|month|year|day)-long|\b(?:un)?planned|"
    r"\b(?:un)?scheduled|\bextended|\bprolonged|\btemporary|\blengthy|\bbrief|\bindefinite|\bsudden|"
    r"\bforced|[’']s|(?:weeks?|months?|days?) of) (?:[\w-]+ ){0,2}(?:stoppages?|outages?|shut-?downs?|halts?|closures?|suspensions?|"
    r"walk-?outs?|strikes?|blockades?|stops?|interruptions?|turnarounds?|maintenance)$",
    re.IGNORECASE,
)
# Parts of words of which an idiom or a noun of outage holds one: a cheap look before the search.
FORCES = re.compile(
    r"\b(?:army|soldiers|troops|junta|government|authorities|police|rebels?|militants?|fighters|forces|"
    r"gunmen|villagers|residents|protesters|strikers|state)\b"
)
CALLED = re.compile(r"\b(?:declar|plead|invok|claim|call|issu|serv)(?:e|es|ed|ing|s) (?:a )?$")
