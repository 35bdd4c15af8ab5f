"""Ways to tell a stage by what is still to come or goes on: being built, to be producing, surveys."""

from __future__ import annotations

from lodewire.extraction.frames.stage_turns import TURNS

_NEW = (
    r"(?:plants?|factor(?:y|ies)|gigafactor(?:y|ies)|mines?|smelters?|refiner(?:y|ies)|facilit(?:y|ies)|"
    r"mills?|concentrators?|terminals?|works|complex(?:es)?|hubs?|fabs?|lines?|furnaces?|stations?)"
)
_TO_BE = (
    r"(?:(?:is|are) (?:now |currently |still |also )?(?:to be|being)|will be|would be|should be|to be|"
    r"(?:due|set|slated|expected|planned) to be)"
)
_GOING = (
    r"(?:will|would|should|ought to|(?:is|are) (?:due |set |expected |scheduled |slated )?to|hopes? to|"
    r"expects? to|aims? to|plans? to|intends? to|wants? to)"
)

# stage, stems of which one must be there, pattern, whether works must be named beside it
MORE_PHRASES: tuple[tuple[str, str, str, bool], ...] = (
    (
        "construction",
        "built constructed erected installed",
        rf"{_TO_BE} (?:built|constructed|erected|put up)|"
        r"(?:all but|nearly|almost|largely|practically|half) (?:built|complete[d]?|finished)",
        True,
    ),
    (
        "construction",
        "under ",
        r"(?:now|already|currently|still|is|are) under (?:construction|development)",
        True,
    ),
    (
        "construction",
        "together contracted plan intend",
        rf"(?:put|puts|putting|piec(?:es|ed|ing)) together (?=(?:an?|its|the) (?:[\w-]+ ){{0,5}}?{_NEW}\b)|"
        rf"contracted (?:with [^;.]{{1,60}}? )?for (?:an?|two) (?:[\w-]+ ){{0,5}}?{_NEW}\b|"
        rf"{_NEW} (?:that|which) (?:it|they|the \w+) (?:plans?|intends?|wants?|hopes?|aims?|means?|is|are) to "
        r"(?:build|construct|set up|put up)",
        False,
    ),
    (
        "construction",
        "shovels strip concrete decision ahead engineering",
        r"shovels (?:are |went |go |were |now )*in(?:to)? the ground|(?:start|begin|began|begun|finish)\w* "
        r"(?:pre-?)?stripping|(?:construction|investment|development) decision (?=(?:is|was|on|for|by|in)\b)|"
        r"decision to build(?= (?:is|was|by|in|on)\b)|"
        r"(?:go|goes|going|went|gone|press|presses|pressed|push|pushes|pushed) ahead with (?=(?:the |its )?[A-Z])|"
        r"completed? [\d.]+\s?(?:%|per ?cent) of (?:the )?(?:detailed |basic )?(?:engineering|construction)",
        False,
    ),
    (
        "first_production",
        "producing production operation stream running operating online",
        rf"{_GOING} (?:already )?be (?:producing|pouring|mining|in production|in operation|on stream|"
        r"up and running|operational|operating|online|delivering|shipping)(?! (?:less|more|fewer|only|below|(?:about |some |around |up to |at )*\d))",
        False,
    ),
    (
        "first_production",
        "truckload first",
        r"first (?:truckloads?|trainloads?|shiploads?|loads?|barges?|wagons?) of (?:ore|concentrates?|coal|[a-z]+)",
        False,
    ),
    (
        "exploration",
        "survey sampling mapping field season",
        r"(?:ground |airborne |regional )?(?:magnetic|gravity|electromagnetic|IP|EM|MT|radiometric|lidar|"
        r"drone|hyperspectral|passive seismic) surveys?(?= (?:is|are|was|were|has|have|will|comes?|came|began|"
        r"starts?|started|over|at|of|on|to)\b)|(?:rock[- ]chip|soil|stream[- ]sediment|channel|auger|till|"
        r"geological)(?: and \w+)? (?:sampling|mapping|inspection)[^;.]{0,34}? (?:is|are|was|were|has|have|will|began|"
        r"starts?|started)\b|field ?work (?:is |was |has |being |will |planned |under )",
        False,
    ),
    (
        "drilling",
        "rig",
        r"rigs? (?:should |will |is to |are to |are due to |is due to |was to )?(?:arrive|arrives|arrived|"
        r"mobili[sz]es?|be mobili[sz]ed|start(?:s|ed)? (?:turning|work))",
        False,
    ),
    ("drilling", "rigs", r"rigs (?:turning|drilling|spinning|at work)", False),
    (
        "ramp_up",
        "nameplate design rated",
        r"reach(?:ed|es)? [\d.]+\s?(?:%|per ?cent) of (?:its |the |their )?(?:nameplate|design|rated)",
        False,
    ),
    (
        "expansion",
        "adding double triple lift raise boost increase expand",
        r"adding an? (?:[\w-]+ ){0,4}?(?:circuit|line|train|furnace|mill|kiln|pot ?line|shaft)\b|"
        r"(?:to|will) (?:double|triple|lift|raise|boost|increase|expand) (?:annual |its )?(?:output|"
        r"production) (?:at|of|from) (?:its|the) [^;.]{1,40}? (?:mine|plant|smelter|refinery|works) (?=to\b)",
        False,
    ),
    *TURNS,
)
