"""Further ways of telling a deal, as patterns over signs (see ``surface``), type by type.

Set phrases in which neither the verb nor the noun alone is one of dealing: "put on the block",
"turned to Cameco for all its uranium", "the partnership brings together".
"""

from __future__ import annotations

from lodewire.extraction.frames import retold_phrases

_GOODS = "[\ue003\ue006]"
_WORKS = r"(?:mines?|projects?|business|assets?|unit|operations?|smelter|refinery|plant|division|arm|complex|deposit|\ue002)"
_BID = r"(?P<t>takeover|bid|offer|buyout|acquisition|merger|approach|proposal)"
_B = "takeover|bid|offer|buyout|acquisition|merger|approach|proposal"
_JUDGED = r"(?:knocked back|rejected|accepted|approved|backed|recommended|rebuffed|spurned|turned down|welcomed|cleared)"

VENTURES = (
    r"@a~\bjoin(?:s|ed|ing)? (?P<t>up)\b…\bwith @b",
    r"@aa~\bjoin(?:s|ed|ing)? (?P<t>up)\b",
    r"\b(?P<t>partnership|venture|consortium|alliance|tie-up|collaboration)\b,? (?:brings?|bringing|groups?|"
    r"grouping|unit(?:es|ing)|pool(?:s|ing)|link(?:s|ing)|compris\w+|made up of|consisting of)…@aa",
    r"@a~\b(?P<t>hold|own|take|have|control)s?\b…\ue005~\b(?:the|a) (?:new )?(?:\w+ )?(?:company|venture|JV|"
    r"partnership)\b,? (?:while|and|with) @b (?:the )?(?:rest|remainder|remaining|balance|other)",
    r"@a~\bbecom\w+…(?P<t>partner) in @b",
    r"@a~\b(?P<t>enter\w*|signed?|signs|form\w*|join\w*)…\b(?:talks|pact|deal|agreement|plan)\b…\b(?:to|on) (?:jointly |"
    r"together )?(?:build|develop|set up|create|form)\w*\b~\bwith @b",
    r"@a~\b(?P<t>brings?|brought|bringing|took|taking|takes?) (?:in )?@b…\b(?:as|on board as) (?:a |its )?(?:\w+ )?partner",
    r"@a~\b(?P<t>joins?|joined|to join|will join)\b @b…\b(?:in|on) (?:a |the )?(?:\w+ ){0,4}(?:project|venture|plant|refinery|smelter)",
    *retold_phrases.VENTURES,
    *retold_phrases.STATES,
)
TAKES = (
    rf"@a~\b(?P<t>turn(?:s|ed|ing)?|look(?:s|ed|ing)?) to @b…\bfor…{_GOODS}",
    rf"@a~{_GOODS}…\b(?P<t>suppl(?:y|ies))\b…\b(?:come|be sourced|be drawn) from @b",
    rf"@a~\b(?P<t>sign(?:s|ed)? up)(?: for)?…{_GOODS}…\bfrom @b",
    rf"@a~\b(?P<t>(?:commit|contract|agree|sign)\w*)\b…\bto (?:off-?take|buy|purchase|take)…{_GOODS}…\bfrom @b",
    *retold_phrases.SUPPLY_TAKES,
)
TO_ONE = (
    r"\b(?:output|production|volumes?|offtake)\b~\b(?P<t>contracted|committed|allocated|promised|"
    r"earmarked|pre-sold|presold|pledged|sold) to @b",
    rf"@a~\b(?P<t>sole (?:buyer|customer|offtaker)|(?:foundation|anchor) (?:customer|buyer|offtaker))\b…(?:for|of)…{_GOODS}",
    r"\b(?P<t>contracts?|agreements?|deals?)\b…\b(?:output|production|volumes?)\b…\b(?:signed|agreed|struck|reached) with @b",
    r"\b(?P<t>off-?taker|launch customer|foundation customer)s? (?:is|are|will be|being) @b",
)
STOPS = (
    rf"@a~\b(?P<t>(?:suspend|halt|stop|end|ceas|paus|cancel|scrap|quit|freez|froze|cut)\w* (?:off )?(?:(?:its|all|the|any) )?(?:purchas(?:es|ing)|buying|imports|importing|order(?:s|ing)?|deliveries|sourcing|taking|procur(?:ing|ement)))\b…{_GOODS}(?:…\bfrom @b)?",
    rf"@a~\b(?P<t>(?:agree[sd]? to|will|to) (?:buy|purchase|take))\b…\ue004 (?:of|worth of)…{_GOODS}(?:…\bfrom @b)?",
)
STOPS_GIVING = (
    rf"@a~\b(?P<t>(?:suspend|halt|stop|end|ceas|paus|cancel|scrap|quit|freez|froze|cut)\w* (?:off )?(?:(?:its|all|the|any) )?(?:shipping|sending|supplying|selling|delivering|deliveries|shipments|sales|suppl(?:y|ies)))\b…{_GOODS}…\bto (?:@b|\ue001)",
    *retold_phrases.STOPS_GIVING,
)
BOUGHT = (
    r"@a~\b(?:holds?|owns?|has|held|owned)\b…\ue005…\b(?:of|in) @b, (?:which it )?(?P<t>bought|acquired|purchased|picked up|taken|built up|snapped up)\b",
    r"@a~\b(?P<t>negotiat\w+|haggl\w+|angl\w+|push\w*|press\w*|ask\w*|in talks)\b…\b(?:for|over|about|on) …\ue005…\b(?:of|in) @b",
    r"\b(?:chosen|chose|picks?|picked|selects?|selected|named|names|confirmed) @a as…(?P<t>owner|buyer|purchaser)\b…\bof (?:@b|(?P<s>\ue002))",
    rf"@a~\b(?P<t>pa(?:y|ys|id|ying))\b…\ue004…\bfor @b['’]s…{_WORKS}",
    r"hostile :: @a~\b(?P<t>(?:go|goes|went) hostile)\b~\b(?:for|on) @b",
    r"@a~\b(?P<t>in line|in the running|poised|close|set|vying|competing|bidding)\b (?:for|to (?:buy|acquire|take))…\b(?:stake|interest|control)\b…\b(?:in|of) (?:@b|…(?P<s>\ue002))",
    r"@a~\b(?P<t>take[sn]?|took|taking|grab\w*|get\w*|build\w*|built|amass\w*|hik\w*|rais\w*|lift\w*|boost\w*)\b…\ue005…\b(?:of|in) (?:@b|…(?P<s>\ue002))",
    *retold_phrases.BOUGHT,
)
BOUGHT_BACK = (
    rf"\b(?:share|stock)holders (?:of|in|at) @a~\bvot\w+~\bfor @b['’]s…{_BID}\b",
    rf"{_B} :: @b['’]s?…{_BID}\b~\b{_JUDGED}…\bby @a",
    rf"{_B} :: @a(?:['’]s?)?…\b(?:board|directors|shareholders)?…{_JUDGED}…{_BID}…\b(?:from|by|of) @b",
)
SOLD = (
    r"@a~\b(?P<t>puts?|putting|placed|places)\b…\ue002…\b(?:on the block|up for sale|for sale|on the market|up for grabs)",
    r"@a['’]s?…\b(?P<t>stake|interest|shareholding|holding|shares)\b…(?:went|goes|passed|passes|will go|are going|is going) to @b",
    *retold_phrases.SOLD,
)
MERGED = (
    r"@aa~\b(?P<t>talks|discussions|negotiations)\b…\b(?:merg|combin|to create|tie-up)\w*",
    r"@aa~\b(?P<t>merger|combination) (?:talks|discussions|negotiations)\b",
)
_PAPERS = r"(?:shares?|stock|units|notes|bonds?|debentures?|convertibles?|securities|paper|warrants|equity)"
GIVEN = (
    rf"@g~\b(?P<t>buy(?:s|ing)?|bought|purchas\w+|pick\w* up|took|tak(?:e|es|ing)|subscrib\w+(?: for)?|acquir\w+)\b…\ue004 (?:worth )?(?:of|in) @b(?:['’]s?)? (?:new |preferred |ordinary |common )?{_PAPERS}\b",
    r"@g~\b(?P<t>c[ao]m(?:e|es|ing) in|follow(?:s|ed)|chip(?:s|ped) in|weigh(?:s|ed) in|step(?:s|ped) in|join(?:s|ed) in)\b…\bwith\b…\ue004(?:…\b(?:for|of|in|into|to) @b)?",
    rf"@g~\b(?P<t>put\w*|pour\w*|inject\w*|invest\w*|pump\w*|sink\w*|plough\w*|plow\w*)\b…\ue004…\b(?:in|into)\b (?:new |preferred |ordinary |common |convertible |newly issued )*{_PAPERS}\b(?: (?:of|in) @b)?",
    r"@g~\b(?P<t>becom\w+)\b…\bshareholder (?:in|of) @b…\ue004",
    r"@g~\b(?P<t>put\w*|pour\w*|inject\w*|invest\w*|pump\w*|sink\w*|lend\w*|pledg\w*|award\w*|grant\w*|provid\w*|"
    r"giv\w*|gave|contribut\w*|commit\w*)\b…\ue004…\b(?:in|into|to|for|towards) @b",
    *retold_phrases.GIVEN,
)
GOT = (
    rf"@a~\b(?P<t>sold|sells?|selling|issu(?:es|ed|ing)|plac(?:es|ed|ing)|floated|floats)\b (?:new |further |more |additional |preferred |ordinary |common |convertible |green )*{_PAPERS} (?:for|worth|raising|to raise|to bring in|bringing in|netting|fetching)\b…\ue004",
    r"\ue004 (?:was|were|is|are|has been|have been|had been|is being|is to be|will be|would be) (?:\w+ly )?(?P<t>announced|approved|proposed|set aside|offered|earmarked|reserved|lined up|found|agreed|signed off|cleared|pencilled in|put aside) (?:for|to) @a",
    r"@a~\b(?:hop\w+|ask\w*|appl\w+|wait\w*|push\w*|angl\w+|lobb\w+|bid\w*) (?P<t>for)\b…\ue004…\b(?:towards?|to (?:build|fund|help|pay|finish|restart|expand|develop)|in (?:loans?|grants?|aid|state|government|federal|public))\b",
    r"@a~\b(?P<t>(?:been |was |were |is |are )(?:promised|granted|awarded|lent|offered|pledged|given|allocated|handed))\b…\ue004~\b(?:by|from) @g",
    r"@a~\b(?P<t>gets?|got|receiv\w+|secur\w+|lands?|landed|wins?|won|bags?|rais\w+|draws?|snags?)\b…\ue004…\bfrom @g",
    *retold_phrases.GOT,
)
BACKED = (
    r"@a~\b(?P<t>gets?|got|wins?|won|receives?|received|secures?|secured|lands?|landed|bags?)\b (?:\w+ )?@g['’]?s? (?:\w+ )?"
    r"(?:cash|funding|loan|backing|grant|investment|financing|equity investment)\b",
    *retold_phrases.BACKED,
)
EARNS = (
    r"\b(?P<t>farm-?in|earn-?in|option|exploration (?:deal|pact|agreement|alliance)|joint venture and earn-?in)\b(?: agreement| deal| pact)?,? (?:that |which )?@a (?:has |have |had |just |recently )*(?:signed|struck|agreed|entered into|reached|concluded|inked|made|sealed)…\bwith @b",
    r"@a~\b(?P<t>(?:can|may|could|will) (?:go|move|increase|lift|raise))\b…\ue005…(?:\ue002|project|property|licen[cs]e|ground|tenements?)~\bspend",
    *retold_phrases.EARNS,
)
