"""More ways of telling deals, as patterns over signs (see ``surface``), with a stem to look for.

A pattern here begins with the stems of which a sentence must hold one ("deliver|ship :: …"): a
look at the letters spares most sentences the search. Verbs and nouns stand in whole families, so
that a deal retold in other words is still the same deal.
"""

from __future__ import annotations

from lodewire.extraction.frames import retold_phrases, trade_phrases

_GOODS = (
    "(?:[\ue003\ue006]|\\b(?:magnets|cathodes?|anodes?|battery cells|wafers|concentrates?|feedstock|"
    "ore|ingots|oxides?|power|electricity|yellowcake|precursors?)\\b)"
)
_SITE = "(?P<s>\ue002)"
_WORKS = (
    r"(?:mines?|collier(?:y|ies)|projects?|business(?:es)?|assets?|units?|operations?|smelters?|"
    r"refiner(?:y|ies)|plants?|division|arm|complex|deposits?|subsidiar(?:y|ies)|portfolio|fields?|"
    r"blocks?|terminals?|claims|acreage|parcels|tenements|ground|propert(?:y|ies)|\ue002)"
)
_WILL = r"(?:to|will|would|shall|can|could|may|must|began|begun|start(?:s|ed)?|agree[sd]? to)"
_DEAL = (
    r"(?:contracts?|orders?|deals?|agreements?|tenders?|awards?|pacts?|accords?|MoUs?|memorandum|"
    r"arrangements?|letters? of intent|terms?|term sheets?|heads of agreement|SPAs?)"
)
_GET = (
    r"(?:land(?:s|ed)?|w[io]n(?:s|ning)?|bag(?:s|ged)?|secur(?:es?|ed|ing)|clinch(?:es|ed)?|"
    r"receiv(?:es?|ed)|gets?|got|score[sd]?|sign(?:s|ed|ing)?|ink(?:s|ed)?|awarded|nabs?|nabbed|"
    r"snar(?:es|ed)|obtain(?:s|ed)?|struck|strikes|reach(?:es|ed)?|book(?:s|ed)?|penn?(?:s|ed)?|"
    r"pick(?:s|ed)? up|conclud(?:es|ed)|seal(?:s|ed)?|has|have|announc(?:es|ed))"
)

SUPPLY_TAKES = (  # a buys from b
    r"order|contract|tak|took|lift|secur|procur|reserv|book|sourc|get|got|obtain|draw|snap|snag|collect :: "
    rf"@a~\b(?P<t>order(?:s|ed|ing)?|contract(?:s|ed) for|secur(?:es?|ed|ing)|procur(?:es?|ed|ing)|reserv(?:es?|ed)|"
    rf"book(?:s|ed)?|lock(?:s|ed) in|lined up|snap(?:s|ped)? up|snag(?:s|ged)?)\b~{_GOODS}~\bfrom @b",
    r"buy|bought|purchas|acquir|tak|took|lift|sourc|receiv|get|got|obtain|draw|collect :: "
    r"@a~\b(?P<t>buy(?:s|ing)?|bought|purchas(?:es?|ed|ing)|"
    r"acquir(?:es?|ed)|took|takes?|taking|lift(?:s|ed|ing)?|sourc(?:es?|ed|ing)|receiv(?:es?|ed|ing)|gets?|got|"
    r"obtain(?:s|ed)?|draw(?:s|ing)?|collect(?:s|ed)?)\b~(?:\ue006|\ue003 worth|cargo(?:es)?|shipments?)~\bfrom @b",
    r"suppl|provid|furnish|serv|fed :: "
    rf"@a~\b(?P<t>(?:be |been |being |was |were |is |are |get |gets )(?:supplied|provided|furnished|fed|served))\b…(?:with…)?{_GOODS}…\bby @b",
    r"suppl|provid|produc|deliver|make :: "
    r"@a~\b(?P<t>pick(?:s|ed)?|choos(?:es?|ing)|chose|chosen|select(?:s|ed)?|tapp?(?:s|ed)?|nam(?:es|ed)|"
    r"hir(?:es|ed)|appoint(?:s|ed)?|contract(?:s|ed)?|engag(?:es|ed)|ask(?:s|ed)|turn(?:s|ed) to|enlist(?:s|ed)?)\b"
    r" (?!by\b)@b…\b(?:to (?:supply|provide|deliver|produce|make|manufacture|furnish)|as (?:its |the |an? )?(?:\w+ ){0,2}supplier)\b",
    r"customer|buyer|taker|client :: "
    r"@a~\b(?P<t>(?:first|foundation|anchor|cornerstone|launch|main|lead|key|sole|exclusive|biggest|largest|only) "
    r"(?:\w+ )?(?:customers?|buyers?|off-?takers?|clients?))\b…\b(?:of|for|at|from) (?:@b|…(?P<s>\ue002))",
    r"buy|take|taking|purchas|lift|import|sourc|commit|absorb :: "
    r"@a~\b(?P<t>(?:to|will|would|can|agree[sd]? to|committed to|pledged to|plans? to) (?:buy|take|purchase|lift|"
    rf"import|source|absorb|receive|secure|procure))\b~(?:{_GOODS}|output|production|volumes?|cargo)~\b(?:from|produced by|mined by|made by) @b",
    r"cut|reduc|trim|halv|doubl|rais|increas|expand|extend|renew|terminat|cancel|end|lift|boost|widen|tripl|scal|slash :: "
    r"@a~\b(?P<t>doubl\w+|tripl\w+|rais\w+|increas\w+|cut(?:s|ting)?|reduc\w+|extend\w*|expand\w*|renew\w*|"
    r"trim\w*|halv\w+|lift\w*|terminat\w+|cancel\w*|end(?:s|ed|ing)?|boost\w*|widen\w*|slash\w*|scal\w+ (?:back|up))\b"
    r" (?:its |the |their |an? )?(?:[\w-]+ ){0,3}?(?:off-?take|orders?|purchases|imports?|liftings?)\b…\b(?:from|with|by) @b",
)
SUPPLY_MORE_TAKES = (
    r"output|production|offtake|off-take :: "
    r"@a~\b(?P<t>(?:to|will|would|agree[sd]? to) (?:buy|take|purchase|lift)|bought|buys|takes)\b[^;\ue000]{0,40}?"
    r"(?:\b(?:all|half|part|most|share|third|quarter)\b|\ue005)~\bof @b['’]s?…\b(?:output|production|off-?take)\b",
    r"contracted for|signed up for|signs up for|committed to|signed for|agreed to :: "
    r"@a…\b(?P<t>contracted for|signed up for|signs up for|committed to|signed for|agreed to (?:buy|take))\b…\ue006 of @b['’]s",
    r"from :: "
    r"@a~\b(?P<t>(?:(?:is|are|will be|to be) (?:buying|taking|importing)|(?:to|will|would) (?:buy|take|import|purchase|receive|draw|get|obtain|load|collect)))\b"
    rf"~{_GOODS}~\bfrom @g",
    r"line for|down for|sign|entitled|right|claim|call on :: "
    rf"@a~\b(?P<t>in line for|down for|signed up for|entitled to|(?:has|have|holds?) (?:an? )?(?:right|claim|call|option) (?:to|on|over))\b~{_GOODS}~\bfrom @b",
    r"make|manufactur|produc|build :: "
    rf"@b['’]s (?:[\w-]+ )*(?P<t>{_GOODS})~\b(?:made|manufactured|produced|processed|refined|supplied) by @a",
)
ALL_SUPPLY_TAKES = (*SUPPLY_TAKES, *SUPPLY_MORE_TAKES, *trade_phrases.SUPPLY_TAKES)
SUPPLY_ONE = (  # one buyer of a works' goods
    r"customer|buyer|taker :: "
    r"@a~\b(?P<t>becom\w+|became|is|was|named|as)\b…\b(?:customer|buyer|off-?taker|taker)s?\b~\ue006",
    r"output|production|concentrat|volume|offtake|off-take :: "
    r"@a~\b(?P<t>book\w*|secur\w*|tak(?:e|es|ing)|took|lock\w* (?:up|in)|snap\w* up|t(?:ie|ied|ies) up|buy\w*|bought|claim\w*|reserv\w*|handl\w*|market\w*|w[io]n|purchas\w*|sign\w* up for)\b"
    r"~\b(?:all|entire|whole|half|part|most|share|majority|\ue005|balance|rest|third|quarter)\b~\b(?:output|production|concentrates?|volumes|off-?take)\b",
    *retold_phrases.SUPPLY_ONE,
)
SUPPLY_MORE_GIVES = (
    r"bought|sourced|procured|purchased :: "
    rf"{_GOODS}…\b(?P<t>(?:will|would|is to|are to) be (?:bought|sourced|purchased|procured)) from @a",
    r"promis|guarant|assur|pledg|commit :: "
    rf"@a~\b(?P<t>promis\w+|guarantee\w*|assur\w+|pledg\w+)\b (?!during|under|by|to|in|at|for|that|last|on)@b…{_GOODS}",
    r"enrich|process|refin|toll|convert|smelt|treat|separat|recycl :: "
    rf"@a~\b(?P<t>(?:to|will|would|agree[sd]? to) (?:enrich|process|refine|toll|convert|smelt|treat|separate|recycle))\b~{_GOODS}~\bfor @b",
    r"asked by|request|behest :: "
    rf"@a~\basked by @b to\b…\b(?P<t>suppl\w*|provid\w*|deliver\w*)\b…{_GOODS}",
    r"make|manufactur|produc|build :: "
    rf"@a~\b(?P<t>(?:to|will|would) (?:make|manufacture|produce|build|fabricate))\b @b['’]s…{_GOODS}…\b{_DEAL}\b",
    r"award|contract|order|pick :: "
    rf"@b~\b(?P<t>award(?:s|ed)|gave|giv(?:es|en)|hand(?:s|ed)|grant(?:s|ed))\b @a~\b(?:contract|order|tender|deal)\b…{_GOODS}",
    *trade_phrases.SUPPLY_GIVES,
)
SUPPLY_GIVES = (  # a supplies b
    r"deliver|send|ship|suppl|provid|feed|sell|rout|export|channel|direct|alloc|earmark|reserv|market|begin|start|began :: "
    rf"@a~\b(?P<t>{_WILL} (?:begin |start )?(?:supply(?:ing)?|provid(?:e|ing)|deliver(?:ing)?|sell(?:ing)?|ship(?:ping)?|"
    r"send(?:ing)?|furnish|feed(?:ing)?|export(?:ing)?|route|channel|direct|allocate|earmark|reserve|market|"
    rf"supplying|provide))\b~{_GOODS}~\b(?:to|for) @b",
    r"contract|commit|sold|promis|pledg|earmark|reserv|alloc|destin|bound|head|ship|book :: "
    rf"@a['’]s?…{_GOODS}~\b(?P<t>contracted|committed|sold|promised|pledged|earmarked|reserved|allocated|destined|"
    r"bound|headed|pre-?sold|booked)\b (?:to|for|by) @b",
    r"sold|sell|plac|ship|deliver|sent|export|commit|promis|allocat|pledg :: "
    r"@a~\b(?P<t>sold|sells?|selling|placed|allocated|pledged|promised|"
    rf"committed)\b~(?:{_GOODS}|all of it|output|production|the lot|cargo(?:es)?)~\bto @b",
    r"contract|order|deal|agreement|tender|award|accord|pact|arrangement|letter :: "
    rf"@a~\b{_GET}\b~\b(?P<t>{_DEAL})\b…\b(?:to|for) (?:the )?(?:supply|feed|provide|deliver|furnish|sell|ship|"
    rf"supplying|delivery of|sale of)\b…{_GOODS}…\bto @b",
    r"contract|order|deal|agreement|tender|award|accord|pact|arrangement|letter :: "
    rf"@a~\b{_GET}\b~\b(?P<t>{_DEAL})\b…\bto (?:supply|feed|provide|furnish|serve) @b…\b(?:with|in)\b…{_GOODS}",
    r"contract|order|deal|award|tender :: "
    r"@a~\b(?:w[io]n(?:s|ning)?|land(?:s|ed)?|bag(?:s|ged)?|secur(?:es|ed)|clinch(?:es|ed)?|receiv(?:es|ed)|gets?|got|score[sd]?|awarded|books?|booked)\b"
    rf"~\b(?P<t>orders?|(?:supply )?contracts?|awards?|tenders?)\b~\b(?:from|by|with) @b(?:…{_GOODS})?",
    r"suppl|deliver|provid :: "
    rf"@a~\b(?P<t>(?:to|will|would|shall|may|could) (?:supply|provide|furnish)) @b…(?:\bwith\b…)?{_GOODS}",
    *retold_phrases.SUPPLY_GIVES,
)
SUPPLY_OPEN = (  # who gives, the parties' trades tell
    r"supply of|supplies of|sale of|delivery of :: "
    rf"@aa~\b(?P<t>(?:agreed|settled|decided|signed|sign|agree)(?: on| to| for)?)\b…\b(?:supply|supplies|sale|delivery) of…{_GOODS}",
    r"settl|agre|shook|shak|fix :: "
    r"@aa~\b(?P<t>settled (?:on|at)|agreed (?:on|to)|shook hands on|shake hands on|fixed)\b…\ue006",
    r"signed with|sign with|signing with|signs with|signature|pen to|name to|ink on|ink to :: "
    rf"@a~\b(?:put|puts|set|sets|lent)\b…\b(?:signature|name|pen|ink)s?\b…\b(?P<t>{_DEAL})\b…\bwith @b",
    r"signed with|sign with|signing with|signs with :: "
    r"(?:output|production|volumes|off-?take|\ue006|\ue003)~@a…(?P<t>(?:having |has |had |have )?sign(?:ed|s|ing)) with @b",
    r"contract|supply|offtake|off-take|purchase agreement :: "
    r"@a~\b(?P<t>terminat\w*|cancel\w*|end(?:s|ed|ing)|scrap\w*|t(?:ear|ore) up|ripp?\w* up|rewr\w+|amend\w*|extend\w*|renew\w*|renegotiat\w*|suspend\w*|prolong\w*)\b"
    r"…\b(?:supply (?:deal|agreement|contract|pact)|off-?take(?: deal| agreement| contract)?|purchase agreement|contract)s?\b…\bwith @b",
    r"contract|sign|settl|agre|struck|deal :: "
    r"@a~\b(?P<t>contracted|signed(?: up)?|settled|agreed(?: terms| a deal)?|struck a deal|reached (?:a deal|terms)|has a deal|contracts)\b"
    rf"…\bwith @b…\bfor~{_GOODS}",
    r"charge|benchmark|premium|contract|tc/rc|tcs|term :: "
    r"@aa~\b(?P<t>settl(?:es?|ed|ing)|agree[sd]?|fix(?:es|ed)?|set)\b~\b(?:treatment|TC/?RCs?|TCs|benchmark|annual "
    r"(?:contract|price|premium|supply)|refining charges?|contract prices?|supply terms)\b",
    r"off-take|offtake|supply|tolling|sale :: "
    r"@a['’]?s?~\b(?P<t>(?:off-?take|supply|tolling|sales?|purchase|feedstock|LNG|delivery)(?: and [\w-]+)?(?: "
    rf"{_DEAL})?)\b,?…\bwith @b",
    *retold_phrases.SUPPLY_OPEN,
    *trade_phrases.SUPPLY_OPEN,
)
SUPPLY_TO = (
    r"agreement|contract|deal|pact|accord :: "
    rf"\b(?P<t>agreement|contract|deal|pact|accord)s?\b…\bto (?:supply|sell|deliver|provide)\b…{_GOODS}~\bto @b",
    # goods go to b; who sends them may be unsaid
    r"go|sent|ship|deliver|suppl|sold|bound|destin|head :: "
    rf"{_GOODS}~\b(?P<t>(?:will|would|is to|are to|to) (?:go|be (?:sold|sent|shipped|delivered|supplied|routed|exported)))\b…\bto @b",
)

BOUGHT = (  # a buys b, or the works s
    r"own|hold|control|end|emerg|left :: "
    r"@a (?:[\w-]+ ){0,6}?(?P<t>now (?:owns?|holds?|controls?)|(?:will|would|to) (?:own|hold|control|have)|end(?:s|ed)? up (?:with|owning|holding)|"
    rf"emerg\w+ (?:as|with)|leav\w+ \w+ with|left with)\b…\ue005…(?:of|in) (?:@b|…{_SITE})",
    r"becom|becam|emerg|turn :: "
    r"@g~\b(?P<t>becom\w+|became|emerg\w+ as|turn\w* into)\b…\b(?:shareholder|owner|holder|investor|stakeholder|proprietor)s?\b"
    rf" (?:in|of|at) (?:@b|…{_SITE})",
    r"race|auction|battle|tender|contest|fight|tussle|bidding :: "
    r"@a~\b(?P<t>w[io]n(?:s|ning)?|clinch\w*|prevail\w*|beat\w*|emerg\w*|land\w*|secur\w+)\b…\b(?:race|auction|battle|tender|war|contest|fight|tussle|bidding)\b"
    rf"…\b(?:for|to (?:buy|acquire|own|take over)) (?:@b|…{_SITE})",
    r"bidder|buyer|suitor|owner|purchaser :: "
    r"@a~\b(?:is|was|are|were|as|be|named|picked|chosen|selected|emerged)\b…(?P<t>(?:bidders?|suitors?|front-?runners?|purchasers?|new owners?|buyers?))\b"
    rf"…\b(?:for|of|to buy|in) (?:@b|…{_SITE})",
    r"own|control|100|rest|remain|whole :: "
    r"@a~\b(?:agreement|agreed|deal|option|right|secur\w+|tak\w+|took|gain\w*|get\w*|got|mov\w+ to|obtain\w*|w[io]n\w*|buy\w*|bought|acquir\w+|consolidat\w+|assum\w+)\b~\b(?P<t>full ownership|full control|sole ownership|outright ownership|"
    rf"outright control|100 ?%|ownership|majority control|control|the rest|the remainder|the whole)\b of (?:@b|…{_SITE})",
    r"close to|near|verge|poised|set to|about to|hop|want|seek|look|aim|plan|agre|talks|keen|try|tri|interest|ready|propos|negotiat|edg :: "
    r"@a~\b(?:close to|near(?:s|ing)?|verge of|poised to|set to|about to|hop\w+ to|want\w* to|seek\w* to|looking to|aim\w* to|plan\w* to|agree\w* to|talks to|"
    r"talks on|talks over|keen to|try\w* to|(?<!not )interested in|ready to|propos\w+ to|negotiat\w+|edg\w+ closer to)\b…\b(?P<t>tak\w+|buy\w*|acquir\w+|pick\w* up|secur\w+|snap\w* up|land\w*|obtain\w*|"
    rf"purchas\w+)\b~\ue005~(?:of|in) (?:@b|…{_SITE})",
    r"offer|bid|propos|approach|pursuit|takeover|buyout|merger :: "
    r"@a~\b(?P<t>drop(?:s|ped)?|scrap(?:s|ped)?|abandon(?:s|ed)?|withdr[ae]w(?:s|n)?|ditch(?:es|ed)?|shelv(?:es|ed)|g[ai]ve(?:s|n)? up|end(?:s|ed)|halt(?:s|ed)?|"
    r"walk(?:s|ed)? away from|pull(?:s|ed)? (?:out of|back from)|cancel(?:s|led)?)\b…\b(?:offer|bid|proposal|approach|pursuit|takeover|buyout|plans?|merger|deal)\b"
    rf"…(?:for|of|to (?:buy|acquire|take over)|with) (?:@b|…{_SITE})",
    r"talk|negotiat|discuss|bid|offer|approach :: "
    r"@a~\b(?P<t>talks|negotiations|discussions|negotiating|discussing|bidding|approached|an approach|in the frame|shortlisted|front-?runner)\b…\b(?:to (?:buy|acquire|take over|purchase|take)|about (?:buying|"
    rf"acquiring|taking)|over (?:buying|acquiring|the purchase|a takeover|a bid|an offer)|on (?:buying|acquiring|the purchase))\b…(?:@b|{_SITE})",
    r"swoop|pounc|lunge|tilt :: "
    rf"@a~\b(?P<t>swoop\w*|pounc\w*|lunge\w*|tilt\w*)\b…\b(?:on|for|at) (?:@b|…{_SITE})",
)
BOUGHT_BACK = (  # a is bought by b
    r"shareholder|investor|holder|backer :: "
    r"@a~\b(?P<t>lur\w+|attract\w*|w[io]n|welcom\w*|brought in|bring\w* in|secur\w*|gain\w*|land\w*)\b @b…\bas (?:an? |its )?…\b(?:shareholder|investor|holder|backer)\b",
    r"bid|offer|approach|propos|takeover|suitor :: "
    r"@a~\b(?:receiv\w*|got|gets?|field\w*|fac\w+|attract\w*|drew|draws?|confirm\w*|turn\w* down|reject\w*|rebuff\w*|accept\w*|spurn\w*|weigh\w*|consider\w*|snub\w*|welcom\w*|back\w*|agree\w* to)\b"
    r"~\b(?P<t>bid|offer|approach|proposal|takeover|buyout|advance|overture)s?\b…\b(?:from|by) @b",
    r"owned by|control|hands of|fold|part of|acquired|bought|taken :: "
    r"@a~\b(?P<t>(?:agreed to be|to be|is being|was|were|being|been|will be|gets|get) (?:\w+ly )?(?:bought|acquired|taken over|purchased|snapped up|swallowed|absorbed|taken private|sold))\b…\b(?:by|to) @b",
)
INVESTED = (
    r"owner :: "
    r"(?P<s>\ue002)~\b(?P<t>new (?:majority |sole )?owners?)\b~@a",
    r"plan|bid|attempt|effort|hope|ambition|move|proposal|offer :: "
    rf"@a['’]s?…\b(?:plans?|bid|attempt|efforts?|hopes?|ambition|moves?|proposals?|offer)\b to (?P<t>take over|buy|acquire|purchase|swallow|snap up)\b…(?:@b|…{_SITE})",
    r"ownership|control :: "
    r"@a~\b(?P<t>agreements?|deal|contract|pact|accord|arrangement|option)\b~\b(?:giv\w+|gave|hand\w*|"
    rf"grant\w*|leav\w*|secur\w*)\b…\b(?:ownership|control|possession) (?:of|over)…{_SITE}",
    r"add|net|land|nab|pocket|secur|scoop :: "
    rf"@a~\b(?P<t>add(?:s|ed|ing)|net(?:s|ted)|land(?:s|ed)|nab(?:s|bed)|pocket\w*|scoop\w* up)\b (?:@b|…{_SITE})…\bfor \ue004",
    r"convert|swap|turn :: "
    r"@g~\b(?P<t>convert\w*|swapp?\w*|turn(?:s|ed|ing))\b~\ue004~\binto\b…\ue005…\b(?:in|of) @b",
    r"swap|exchang|convert|trad :: "
    rf"@g~\b(?P<t>swapp?\w*|exchang\w*|convert\w*|trad\w+)\b…\ue004~\bfor \ue005 of (?:@b|…{_SITE})",
    r"get|tak|receiv|gain|have|hold|own|acquir|buy|secur :: "
    r"@g~\b(?P<t>(?:to|will|would) (?:get|take|receive|gain|have|hold|own|acquire|buy|secure))\b…\ue005…\b(?:in|of) @b",
    r"shares|stock :: "
    r"@a~\b(?P<t>pay(?:s|ing)?|paid|spend(?:s|ing)?|spent)\b…\ue004…\b(?:for|on) @b(?:['’]s)? (?:shares|stock|shareholding)\b",
    r"partner|investor|shareholder :: "
    r"\b(?:chosen|chose|picks?|picked|selects?|selected|named|confirmed|accepted) @a\b[^;\ue000\ue007]{0,50}?\bas\b…\b(?P<t>(?:equity |strategic |new )+(?:partner|investor|shareholder|owner))\b…\b(?:in|of) (?:@b|…(?P<s>\ue002))",
    r"pay|paid|spend|spent|shell|fork|splash|hand|stump|cough|lay|laid|part :: "
    r"@a~\b(?P<t>pay(?:s|ing)?|paid|shell(?:s|ed|ing)? out|fork(?:s|ed|ing)? (?:out|over)|splash(?:es|ed|ing)?(?: out)?|"
    r"hand(?:s|ed|ing)? over|stump(?:s|ed|ing)? up|cough(?:s|ed)? up|lay(?:s|ing)? out|laid out)\b…\ue004…\bfor @b(?=[,.;]|$| (?:in|last|this|and|which|to|on)\b)",
    r"invest|sunk|sink|put :: "
    r"@a~\b(?P<t>invest(?:s|ed|ing)?|buy(?:s|ing)? into|bought into|tak(?:es|ing|en) a (?:stake|position|share) in|took a (?:stake|position|share) in|built a (?:stake|position) in)\b…(?:in )?@b…(?:\ue005|\bstake|\bshares|\bshareholding)",
)
LEFT = (  # a gives the works up
    r"exit|leav|left|quit|withdr|offload|sell|sold|divest :: "
    rf"@a~\b(?P<t>exit(?:s|ed|ing)?|leav(?:es|ing)|quit(?:s|ting)?|withdr[ae]w\w* from)\b (?:its|the|their)\b…{_SITE}…\b(?:holding|stake|interest|share|shareholding)\b",
    r"rest|remainder|balance :: "
    rf"@a~{_SITE}~\b(?P<t>selling|sold|sells|sell) the (?:rest|remainder|balance)\b…\bto @b",
)
SOLD = (  # a sells (the works s) to b
    r"agre|sell|sale|dispos|divest|hand|transfer|deal :: "
    rf"@a['’]?s?~\b(?P<t>sale|divestment|disposal|divestiture|hand-?over|transfer|exit)\b…\b(?:of|from)\b…{_WORKS}~\bto @b",
    r"sell|sold|offload|divest|part|hand|transfer|ced|dispos|unload|spin|spun :: "
    r"@a~\b(?P<t>sell(?:s|ing)?|sold|offload\w*|divest\w*|part(?:s|ed|ing)? with|hand(?:s|ed|ing)? over|transfer\w*|ced(?:es?|ed|ing)|"
    rf"dispos\w+ of|unload\w*)\b~\ue005~\b(?:of|in)\b~{_WORKS}~\bto @b",
    r"stake|interest|share|holding :: "
    r"@a['’]s?…\b(?:\ue005 )?(?P<t>stake|interest|shareholding|holding|shares?|half)\b…\b(?:bought|acquired|purchased|picked up|taken over|taken|snapped up|sold) (?:by|to) @b",
)
PAID_TO = (  # a pays b so much for the works
    r"pay|paid :: "
    rf"@a~\b(?P<t>pay(?:s|ing)?|paid) @b \ue004…\b(?:for|to (?:buy|acquire|take))\b~(?:\ue005|{_WORKS}|claims?|acreage|parcels?|ground|land)",
)
PAID_FOR = (  # a pays for what b owns
    r"pay|paid|spend|spent|shell|fork|splash|hand|stump|cough|lay|laid|part :: "
    r"@a~\b(?P<t>pay(?:s|ing)?|paid|spend(?:s|ing)?|spent|shell(?:s|ed|ing)? out|fork(?:s|ed|ing)? (?:out|over)|splash(?:es|ed|ing)?(?: out)?|"
    r"hand(?:s|ed|ing)? over|stump(?:s|ed|ing)? up|cough(?:s|ed)? up|lay(?:s|ing)? out|laid out|part(?:s|ed|ing) with)\b"
    rf"…\ue004…\b(?:for|on)\b~{_WORKS}(?:~(?:(?:held|owned|run|controlled) by|of|from|belonging to) @b)?",
)
ALL_BOUGHT = (*BOUGHT, *INVESTED, *trade_phrases.BOUGHT)
ALL_SOLD = (*SOLD, *LEFT, *trade_phrases.SOLD)
GIVEN_UP = trade_phrases.GIVEN_UP
COMBINED = (
    r"merg|combin|tie-up :: "
    r"@a~\b(?:merger|combination|tie-up|takeover) (?P<t>talks|discussions|negotiations)\b…\bwith @b",
    r"holders :: "
    r"@aa…\b(?:share|stock|unit)?holders\b~\b(?P<t>merger|combination|tie-up|union)\b",
    r"transaction|merger|scrip|all-share|all-stock|all-paper :: "
    r"@a~\b(?P<t>join\w* forces|team\w* up|ty?i\w+ up|link\w* up|com\w+ together|unit\w*)\b…\bwith @b[^;]{0,60}?\b(?:transaction|merger|scrip|all-share|all-stock|all-paper|share swap)\b",
    r"talk|negotiat|discuss|explor|deal|agre|held|revive|pact :: "
    r"@a~\b(?P<t>talks|negotiations|discussions|discussing|exploring|deal|agreement|pact|agreed|agrees|agree)\b…\bwith @b…\b(?:merg\w+|combin\w+|tie-?up|mega-?deal)\b",
    r"merg|combin|tie-up|union|join :: "
    r"\b(?P<t>merger|combination|tie-up|union|marriage)\b…\b(?:of|between|by|with) @aa",
    r"merg|combin :: "
    r"@a~\b(?P<t>merg(?:e|es|ed|ing)|combin(?:e|es|ed|ing)|fus(?:e|es|ed))\b~\bwith @b",
)
