"""Outages told by a turn of phrase: what takes capacity out, keeps ships away, seals the gates."""

from __future__ import annotations

_WORDS = r"(?:[\w’'-]+ )"
_AMOUNT = r"(?:[\d.,]+ ?(?:million |m|k)?(?:tonnes?|tons?|t|mt|ounces|oz|barrels|bpd|b/d|MW|lbs?|pounds|%|per ?cent|percent)|half|(?:a|one|two)[ -](?:third|quarter|fifth)s?|much|most|all|part)"
_POWER = r"(?:capacity|output|production|throughput|operations)"
_WHY = (
    r"(?:rains?|storms?|floods?|flooding|snow|ice|drought|strikes?|fires?|blast|explosion|quakes?|earthquakes?|tremors?|"
    r"cyclones?|hurricanes?|typhoons?|winds?|heat|cold|outages?|blackouts?|breakdowns?|leaks?|collapses?|protests?|"
    r"blockades?|shortages?|maintenance|accidents?|landslides?|power cuts?|lightning)"
)

# kind, words one of which must be there, pattern; see outage_mishaps
TURNS: tuple[tuple[str, str, str], ...] = (
    (
        "still",
        "took takes taking knock wiped",
        rf"(?:took|takes|taking|knock(?:s|ed|ing)?|wip(?:es|ed|ing)) out (?:about |around |some |nearly |more than |over )*"
        rf"(?:{_AMOUNT} )?(?:of )?(?:its |the |their |annual )*{_POWER}",
    ),
    (
        "still",
        "forc compel oblig caus led prompt push driv",
        rf"(?:forc(?:e|es|ed|ing)|compel(?:s|led|ling)|oblig(?:e|es|ed|ing)|caus(?:e|es|ed|ing)|led|leads|leading|"
        rf"prompt(?:s|ed|ing)|push(?:es|ed|ing)|dr(?:ive|ives|ove|iving)) {_WORDS}{{1,7}}?to (?:idle|halve|curtail|curb|slash|"
        rf"mothball|shut in|turn off|switch off|bring down|scale back|wind down|limit|close) ",
    ),
    (
        "still",
        "to zero nothing",
        rf"{_POWER} (?:{_WORDS}{{0,5}}?)(?:is|was|will be|would be|has been|had been|fell|falls|drops|dropped|to be) "
        r"(?:cut |brought down |reduced |down |taken |slashed )?to (?:zero|nil|nothing)",
    ),
    (
        "still",
        "standstill halt stop",
        rf"br(?:ings?|ought|inging) {_WORDS}{{1,8}}?to a (?:complete |near |virtual |sudden )?(?:standstill|halt|stop)",
    ),
    (
        "way",
        "seal chain ship vessel away keep",
        r"(?:seal(?:s|ed|ing)?|chain(?:s|ed)?|lock(?:s|ed)?|padlock(?:s|ed)?|barr(?:ed|ing)) (?:off |shut )?(?:the |its )?(?:\w+ )?(?:gates?|entrances?)",
    ),
    (
        "still",
        "ships vessels trains trucks keep kept",
        r"ke(?:ep|eps|eping|pt) (?:\w+ )?(?:ships|vessels|trains|trucks|barges|ore|coal|cargo(?:es)?|crews|workers|miners) "
        r"(?:from|out of|away from|off)",
    ),
    (
        "still",
        "cost lost robbed deprived",
        rf"{_WHY} (?:{_WORDS}{{0,5}}?)(?:cost|robbed|deprived) {_WORDS}{{1,4}}?(?:of )?(?:an? |two |three |four |five |six |seven |"
        rf"ten |several |\d+ )(?:days?|weeks?|months?|shifts?) of (?:{_WORDS})?(?:loading|output|production|mining|shipments|"
        rf"operations|exports|work|shipping|hauling)",
    ),
    (
        "still",
        "called off suspended stand-down stood",
        r"(?:mining|work|operations?|production|drilling and blasting|hoisting|loading|hauling)[^;.]{0,40} (?:has|have|had|was|were|is|are) "
        r"(?:been )?(?:called off|stood down|put on hold|frozen)",
    ),
)
