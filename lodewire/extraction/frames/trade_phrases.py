"""Deals told by less common verbs and nouns of the trade press, as patterns over signs (see ``surface``).

A stem before "::" spares most sentences the search. What stands in one list is one construction with
the family of its words, British, American and Asian.
"""

from __future__ import annotations

_GOODS = (
    "(?:[\ue003\ue006]|\\b(?:magnets|cathodes?|anodes?|cells|concentrates?|feedstock|ore|ingots|oxides?|"
    "power|electricity|yellowcake|brine|gas|output|production|volumes|material|metal)\\b)"
)
_SITE = "(?P<s>\ue002)"
_WORKS = (
    r"(?:mines?|projects?|business(?:es)?|assets?|units?|operations?|smelters?|refiner(?:y|ies)|plants?|division|"
    r"arm|complex|deposits?|subsidiar(?:y|ies)|portfolio|fields?|blocks?|licen[cs]es?|\ue002)"
)
_SHARE = r"(?:\ue005|(?:a|one) (?:half|third|quarter|fifth|tenth)|half|stake|interest|shareholding|holding|position)"
_GROUND = (
    r"(?:\ue002|\ue007|projects?|propert(?:y|ies)|licen[cs]es?|ground|tenements?|permits?|claims|concessions?|"
    r"prospects?|acreage|blocks?|targets?|deposits?)"
)

SUPPLY_TAKES = (  # a takes from b
    r"market|sell|distribut|lift|handle|load :: "
    r"@a~\b(?P<t>(?:is to|are to|will|would|to|shall) (?:market|sell|distribute|lift|handle|load))\b~"
    rf"(?:\ue005|half|all|most|part|the bulk|a third|a quarter)~{_GOODS}~@b",
    r"first call|first right|first refusal|priority :: "
    rf"@a~\b(?:has|have|had|gets?|got|holds?|obtain\w*|w[io]n\w*|secur\w*|retain\w*)\b…\b(?P<t>first call|first rights?|right of first (?:refusal|offer)|priority)\b~{_GOODS}(?:~\bfrom (?:@b|…{_SITE}))?",
    r"commitment|undertaking|order|pledge :: "
    rf"@a['’]s?~\b(?P<t>(?:purchase|off-?take|buying|supply|take-or-pay) (?:commitment|undertaking|order|pledge)s?)\b~{_GOODS}~(?:\bfrom @b|{_SITE}|\ue006|\ue005)",
)
SUPPLY_GIVES = (  # a gives b
    r"pipe|send|ship|feed|rail|truck|haul|dispatch|despatch|provid|deliver :: "
    rf"@a~\b(?P<t>(?:is to|are to|will|would|to|shall) (?:pipe|send|ship|feed|rail|truck|haul|dispatch|despatch))\b~{_GOODS}~\bto @b",
    r"parcel|cargo|shipment|batch|consignment|lot :: "
    rf"@a~\b(?P<t>(?:has |have |had )?(?:shipped|sent|dispatched|despatched|delivered|made))\b~\b(?:parcel|cargo(?:es)?|shipments?|batch|consignment|lot|delivery)\b~{_GOODS}~\bto @b…\b(?:under|as part of|in line with)\b",
    r"taker in|buyer in|customer in|outlet in|home with|taker as|taker for :: "
    r"@a~\b(?:found|finds?|lin\w+ up|secur\w*|w[io]n|gain\w*|land\w*|sign\w*|has)\b…\b(?P<t>(?:off-?takers?|buyers?|customers?|outlets?|anchor customer))\b…\bin @b",
    r"customer|taker|offtaker|buyer :: "
    r"@a~\b(?:lock\w* in|lin\w+ up|sign\w*(?: up)?|secur\w*|land\w*|w[io]n|nail\w* down)\b @b…\bas (?:the |its |an? )?(?:\w+ ){0,3}?(?P<t>customer|off-?taker|buyer|taker)\b",
)
SUPPLY_OPEN = (  # who gives, the parties' trades tell
    r"feedstock|concentrate|offtake|off-take|supplies|cargoes|deliver|material :: "
    r"@aa?~\b(?:sign\w*|ink\w*|reach\w*|struck|strik\w+|clinch\w*|seal\w*|has|have|agree\w*|made|pen\w*|conclud\w*|come to|came to|arriv\w+ at)\b…\b(?P<t>deal|agreement|contract|pact|terms|understanding|accord|arrangement)\b (?:on|over|for|covering)\b~\b(?:feedstock|concentrates?|off-?take|supplies|cargoes|deliver(?:y|ies)|material)",
    r"understanding|terms|arrangement :: "
    rf"@a~\b(?:come|came|comes|arriv\w*|reach\w*)\b…\b(?P<t>understanding|terms|arrangement|accommodation)\b~\bwith @b~\b(?:sale|supply|purchase|delivery|off-?take)\b~{_GOODS}",
    r"mou|memorand|term sheet|heads of :: "
    r"@a~\b(?:sign\w*|ink\w*|has|have|agree\w*|enter\w*|pencil\w*|execut\w*|land\w*|secur\w*|clos\w*)\b…\b(?P<t>(?:off-?take|supply|sales?|tolling|marketing) (?:\w+ )?(?:MoUs?|memorand\w+|term sheets?|heads of (?:agreement|terms)|LOIs?|letters? of intent))\b~\bwith @b",
)
BOUGHT = (  # a buys b or s
    r"not yet|not own|already|still|lack|n't :: "
    r"@a~\b(?P<t>buy(?:s|ing)?|bought|acquir\w+|tak(?:es?|ing)|took|purchas\w+|offer\w*|bid\w*|mop\w* up)\b…\b(?:all|rest|remaining|remainder|balance|shares|stake|\ue005)\b"
    r"[^;\ue000\ue007]{0,40}?\b(?:it|they|the \w+|\ue000) (?:does not|do not|did not|doesn['’]t|don['’]t|still lacks?|lacks?|still does not)\b[^;\ue000\ue007]{0,30}?\b(?:in|of) @b",
    r"ownership|control|title|rights :: "
    rf"\b(?:ownership|control|title|possession|rights) (?:of|to|over|in) (?:the )?(?:@b|…{_SITE})~\b(?P<t>(?:has |have |was |were |will be |will |would )?(?:pass(?:es|ed)?|mov(?:es|ed)|transfer(?:s|red)?|go(?:es|ne)?|went|handed|revert(?:s|ed)?|shift(?:s|ed)?))\b(?: back| over)? to @a",
    r"option|pre-empt|right :: "
    rf"@a~\b(?P<t>exercis\w+|trigger\w*|invok\w+|tak\w+ up|took up)\b…\b(?:call option|option to (?:buy|acquire|purchase)|purchase option|pre-empt\w+ rights?|rights? of first refusal)\b…(?:{_SHARE}~)?(?:@b|{_SITE})",
    r"slice|chunk|sliver|foothold|position :: "
    rf"@a~\b(?P<t>tak\w+|took|buy\w*|bought|acquir\w*|pick\w* up|gain\w*|secur\w*|grab\w*)\b…\ue005 (?:slice|chunk|sliver|piece|position|shareholding)…\b(?:of|in) (?:@b|…{_SITE})",
    r"clear|wav|green|nod|bless|approv|wave :: "
    r"\b(?:regulators?|watchdog|court|shareholders|board|commission|authority|bureau|FIRB|CCI|CMA)\b…\b(?P<t>clear\w*|approv\w*|wav\w+ through|green-?li\w+|nodded through|bless\w*|back\w*|accept\w*)\b @a['’]s?…\b(?:takeover|acquisition|purchase|buyout|merger|offer|bid)\b…(?:of|for|with) (?:@b|…(?P<s>\ue002))",
)
SOLD = (  # a sells (s) to b
    r"hand|pass|transfer|turn|sell|sold|ced|yield :: "
    rf"@a~\b(?P<t>(?:to |will |would |is to )?(?:hand(?:s|ed|ing)?(?: over)?|pass(?:es|ed)?|transfer(?:s|red)?|sell(?:s|ing)?|sold|ced(?:es|ed)|yield(?:s|ed)?|turn(?:s|ed)? over))\b (?:its |the |their )?(?:\ue005|(?:a|one) (?:half|third|quarter|fifth|tenth)|half) of [^;\ue000\ue007]{{0,40}}?\b{_WORKS}\b~\bto @b",
)
GIVEN_UP = (  # a gives up s, or part of b, and nobody is named who takes it
    rf"let go|parted with|exit|offload|shed|divest|dispos|dump|sold|unload|sell|relinquish|spin|spun|carv :: "
    rf"@a~\b(?P<t>(?:has |have )?(?:let(?:s|ting)? go of|part(?:s|ed|ing) with|offload\w*|shed(?:s|ding)?|divest\w*|dispos\w+ of|dump\w*|unload\w*|relinquish\w*|sold(?: off)?|sell(?:s|ing)?(?: off)?))\b (?:its |the |their |all of its )?(?:remaining |entire |whole |minority )?(?:\ue005|half)[^;\ue000\ue007]{{0,25}}?\b(?:of|in) (?:the )?(?:@b|…{_SITE})",
    r"up for sale|on the block|on the market|for sale|up for grabs :: "
    rf"@a~\b(?P<t>put(?:s|ting)?|place[sd]?|is putting|has put)\b~{_SHARE}[^;\ue000\ue007]{{0,25}}?\b(?:of|in) (?:the )?(?:@b|…{_SITE})~\b(?:up for sale|on the (?:auction )?block|on the market|for sale|up for grabs)",
    r"up for sale|on the block|on the market|for sale|up for grabs :: "
    rf"@a~\b(?P<t>put(?:s|ting)?|place[sd]?|is putting|has put)\b~{_SITE}~\b(?:up for sale|on the (?:auction )?block|on the market|for sale|up for grabs)",
    rf"up for sale|on the block|on the market :: "
    rf"@a~\b(?P<t>put(?:s|ting)?|place[sd]?|has put)\b (?:up for sale|on the (?:auction )?block|on the market)~{_SITE}",
)
GIVEN = (  # g gives money to b, or for s
    r"stump|put|pour|sink|sunk|plough|plow|pump|inject|channel|commit|find|lend|lent|guarantee|underwrit|back|fund|chip|provid|advanc :: "
    r"@g~\b(?P<t>stump(?:s|ed|ing)? up|(?:is |are )?putting|puts?|pour(?:s|ed|ing)?|sink(?:s|ing)?|sank|sunk|plough(?:s|ed|ing)?|plow(?:s|ed|ing)?|pump(?:s|ed|ing)?|"
    r"inject(?:s|ed|ing)?|channel(?:s|l?ed)?|lend(?:s|ing)?|lent|guarantee(?:s|d|ing)?|underwrit(?:es|ten|ing|e)|underwrote|advanc(?:es|ed|ing))\b…\ue004~\b(?:for|into|in|towards?|behind|to|of)\b…(?:@b|\ue002|\b(?:mine|project|plant|smelter|refinery|factory|scheme|facility|restart|expansion)\b)",
    r"package|facility|loan|financing|round :: "
    r"@g~\b(?P<t>provid\w*|suppl\w*|put up|contribut\w*|furnish\w*|cover\w*|tak\w+|took)\b…\b(?:bulk|half|most|majority|lion['’]s share|part|share|rest|balance|\ue004)\b of (?:the |a |its )?…(?:\ue004)?…\b(?:package|facility|loan|financing|round|funding)\b(?:~\bfor (?:@b|…\ue002))?",
    r"guarantee|interest|letter|support :: "
    r"@g~\b(?P<t>(?:could|may|might|would|will) (?:guarantee|lend|provide|fund|cover|back|insure|finance|support))\b…\ue004(?:~\b(?:of|for|to|towards)\b…(?:@b|\ue002))?",
)
VENTURES = (
    r"join :: @a~\b(?P<t>join(?:s|ed|ing)?|to join|will join|has joined)\b @b (?:to|in|on|for)\b(?! (?:the )?(?:board|index|list|ranks|\w*(?:appeal|call|critici|oppos|urg|warn|protest|say|suing|suspend|halt|cutting|raising|report|post|forecast|seek|support|back)))",
    r"alongside|side by side|hand in hand|in tandem :: "
    r"@a~\b(?P<t>(?:to |will |would |agreed to |is |are )?(?:work|develop|build|invest|cooperat|co-operat|explor|study|collaborat)\w*)\b (?:\w+ )?(?:alongside|side by side with|hand in hand with|in tandem with|together with) @b",
    r"alliance|partnership|venture|consorti|jv|tie-up|memorand|mou :: "
    r"\b(?P<t>alliance|partnership|joint venture|venture|JV|consortium|tie-up|memorandum of understanding|MoU)\b (?:of|between|linking|among|uniting|formed by) @aa[^;]{0,60}?\b(?:(?:was|were|has been|is to be|will be|been) (?:announced|formed|signed|agreed|set up|created|unveiled|launched|concluded|sealed)|(?:will|would|is to|plans? to|aims? to) (?:build|develop|explore|study|invest|produce|mine|process|make|supply))",
    r"studying|looking at|weighing|exploring|assessing|evaluating|considering|talks :: "
    r"@aa~\b(?P<t>(?:are |have been |will |to )?(?:study|look\w* (?:at|into)|weigh\w*|explor\w*|assess\w*|evaluat\w*|consider\w*|studying))\b…\b(?:plant|hub|refinery|smelter|factory|project|venture|facility|complex|recycling|chain|corridor)\b",
)
EARNS = (
    r"earn|gain|take|acquir|secur|get|win|own :: "
    rf"@a~\b(?P<t>(?:can|may|could|will|would|to|has the right to|is entitled to|stands to) (?:earn|gain|take|acquire|secure|get|win|own|move to|lift its \w+ to))\b…\ue005…\b(?:of|in|at) (?:the )?(?:@b['’]s )?…{_GROUND}~\bby (?:spend|fund|sole|complet|drill|pay|invest|explor|issu|outlay|meet|deliver|mak|financ)",
    r"option :: "
    rf"@a~\b(?P<t>option(?:s|ed|ing)|has optioned|optioned out|granted an option (?:on|over))\b~{_GROUND}~\bto @b",
    r"fund :: "
    r"@a~\b(?P<t>fund(?:s|ed|ing)?|bankroll\w*|financ\w+|sole-fund\w*|pay\w* for)\b~\b(?:explor\w+|drill\w*|prospect\w*)\b~\bwith @b~(?:earn\w*|\ue005)",
)
