"""Deals retold in free words, as patterns over signs (see ``surface``), type by type.

What a second newspaper makes of "signed an agreement": "spoken for by", "shook hands on", "walks
away with 70%". A stem before "::" spares most sentences the search.
"""

from __future__ import annotations

_GOODS = (
    "(?:[\ue003\ue006]|\\b(?:magnets|cathodes?|anodes?|cells|concentrates?|feedstock|ore|ingots|oxides?|"
    "power|electricity|yellowcake|brine|gas|output|production|volumes)\\b)"
)
_DEAL = r"(?:contracts?|orders?|deals?|agreements?|tenders?|pacts?|accords?|MoUs?|memorandum|arrangements?|terms|rights?|mandate)"
_SITE = "(?P<s>\ue002)"
_GROUND = (
    r"(?:\ue002|projects?|propert(?:y|ies)|licen[cs]es?|ground|tenements?|permits?|claims|concessions?|"
    r"prospects?|acreage|land|blocks?|targets?|deposits?)"
)
_FUNDS = r"(?:loans?|grants?|debt|funding|financing|money|cash|credit|aid|support|equity|finance|guarantees?|backing)"

SUPPLY_GIVES = (  # a supplies b
    r"sell|supply|give|let|guarantee|hand :: "
    rf"@a~\b(?P<t>(?:would|will|to|shall|agreed to|is to) (?:sell|supply|give|guarantee|hand|let))\b @b (?:have )?(?:\ue005|half|all|most|a third|a quarter) of~{_GOODS}",
    r"spoken for|claimed|taken|snapped|sewn|committed|booked|secured|tied|absorbed|bought|reserved :: "
    r"@a['’]?s?~\b(?:output|production|volumes?|off-?take|material|concentrates?|\ue003|\ue006)~\b(?P<t>spoken for|claimed|snapped up|sewn up|"
    r"committed|booked|secured|tied up|absorbed|bought up|bought forward|reserved|locked up)\b by @b",
    r"under which|by which|accord|pact|contract|agreement|deal|arrangement|terms :: "
    r"\b(?:under which|by which|accord|pact|contract|agreement|deal|arrangement|terms)\b[^;\ue000\ue007]{0,40}?@a~\b(?P<t>ships?|sells?|supplies|sends?|provides?|"
    rf"hands over|delivers?|furnishes|makes available|will hand over)\b~{_GOODS}~\bto @b",
    r"supplied with|stocked with|fed with :: "
    rf"@a~\b(?P<t>keep\w*|kept)\b @b (?:supplied|stocked|fed) with~{_GOODS}",
    r" by  :: "
    r"@a~\b(?:was|were|is|are|been|being) (?P<t>tapped|picked|chosen|selected|hired|asked|appointed|engaged|commissioned|contracted|enlisted)\b by @b~"
    r"\bto (?:supply|make|provide|deliver|produce|manufacture|furnish|build)\b",
    r" taker :: @a~\b(?:sign|lin|nam|land|w[io]n|appoint|announc|secur|f[io][nu]+d)\w*(?: up)? @b as…\b(?P<t>taker)\b",
    r"went to|gone to|goes to|won by|awarded to|given to|fell to :: "
    rf"\b(?:tender|contract|order|award|deal)s?…\b(?:to|for) (?:the )?(?:provide|supply|supplying|deliver|delivery of|supply of|furnish|sale of)\b~{_GOODS}~\b(?P<t>went to|has gone to|goes to|was won by|"
    r"(?:was |were |has been )?(?:awarded|given) to|fell to) @a",
)
SUPPLY_TAKES = (  # a buys from b
    r"name down|names down :: "
    rf"@a~\b(?P<t>put\w* (?:its|their) names? down)\b for @b['’]s~{_GOODS}",
    r" go to| goes to|shipped to|sent to|delivered to|supplied to :: "
    rf"{_GOODS}~\b(?P<t>(?:will|would|is to|are to) (?:go|be (?:shipped|sent|delivered|supplied))|goes)\b to @a,? from @b",
    r" pay :: "
    rf"@a~\b(?P<t>(?:will|would|to|must|is to|agreed to) (?:also )?pay)\b @b [^;\ue000\ue007]{{0,50}}?\bfor (?:its |the |their )?{_GOODS}",
    r"make|produc|mine|turn|refine|smelt|dig :: "
    rf"@a~\b(?P<t>gets?|takes?|receives?|buys?|is to (?:get|take|buy)|will (?:get|take|buy)|has (?:rights?|claim) to|is entitled to)\b~(?:\ue005|half|all|most|the bulk) of (?:the |all )?{_GOODS} (?:that |which )?@b (?:\w+ )?(?:makes?|produces?|mines?|turns? out|"
    r"refines?|smelts?|digs?|will (?:make|produce|mine))",
    r"market|sell|handle|buy|lift :: "
    rf"@a~\b(?P<t>extend\w*|renew\w*|sign\w*|w[io]n\w*|secur\w*|keep\w*|kept|land\w*|got|gets?|h[oe]ld\w*|prolong\w*)\b~\b{_DEAL}\b to (?:market|sell|handle|buy|take|lift|off-?take|distribute)\b~{_GOODS}~\bfrom (?:@b|…{_SITE})",
    r"of its  :: "
    rf"@a~\b(?P<t>cover\w*|meet\w*|met|fill\w*|draw\w*|sourc\w*)\b…(?:\ue005|half|all|most|a third|a quarter) of its~{_GOODS}~\b(?:from|through a deal with|with material from|at) @b",
)
SUPPLY_ONE = (  # who buys, and no more
    r"award|auction|tender|allot :: "
    r"@a~\b(?P<t>award(?:s|ed)|auction(?:s|ed)(?: off)?|tender(?:s|ed)(?: out)?|allot(?:s|ted))\b (?:contracts for )?\ue006 of (?:[\w-]+ ){0,2}?(?:solar|wind|storage|renewables?|hybrid|power|battery|\ue003)",
    r"auctioned|awarded|tendered :: "
    r"\b(?:capacity|power|solar|wind|storage)\b of \ue006~\b(?P<t>auctioned(?: off)?|awarded|tendered)\b by~@a",
    r"due its|due their|due the :: "
    rf"@a (?:is|are) (?P<t>due) (?:its|their|the) (?:first|next|initial)…{_GOODS}",
)
SUPPLY_OPEN = (  # who gives, the parties' trades tell
    r"shake|shook :: @aa~\b(?P<t>shaken hands on|shook on|shake on)\b…\ue006",
    r"rolled over|renewed|extended|prolonged|re-signed|doubled|lapse|revived :: "
    r"@a['’]s? (?:[\w-]+ |[\ue003\ue006] ){0,4}?(?P<t>contracts?|deals?|agreements?|off-?takes?|accords?|pacts?)\b…\bwith @b~\b(?:rolled over|renewed|extended|prolonged|re-signed|doubled|lapses?d?|revived)\b~(?:\ue006|\ue003|\ue004|tonne|premium)",
)
STOPS_GIVING = (
    r"called time|calls time|pulled the plug|put an end|puts an end|tore up|torn up|walked away|walks away|wound down :: "
    rf"@a~\b(?P<t>call(?:s|ed) time on|pull(?:s|ed) the plug on|puts? an end to|tore up|has torn up|walk(?:s|ed) away from|wound down)\b…\b(?:sales?|suppl(?:y|ies)|deliver(?:y|ies)|shipments?|contract|deal)\b…{_GOODS}~\b(?:to|with) @b",
)
BOUGHT = (  # a buys b or s
    r"got|bought|brought|secured|gave|won :: "
    rf"\ue004 (?P<t>got|bought|brought|secured|gave|won|gets|buys|brings|gives) @a (?:the|its|an?|full|all)…{_GROUND}",
    r"ownership|control|title :: "
    r"\b(?:ownership|control|title|possession)\b (?:of|to|over) …(?P<s>\ue002)~\b(?P<t>moves?|moved|pass(?:es|ed)?|goes|went|go|transfer(?:s|red)?|reverts?|reverted|shift(?:s|ed)?)\b to…(?:led by |headed by )?@a",
    r"belong|in the hands of|property of :: "
    rf"{_SITE}~\b(?P<t>(?:now|henceforth|from now on|will) (?:belongs?|be in the hands of|is in the hands of|be the property of|is the property of)) (?:to )?@a",
    r"out of :: "
    r"@a~\b(?P<t>bow\w* out of|pull\w* out of|drop\w* out of|back\w* out of)\b (?:the|an?|its)…\b(?:auction|race|bidding|sale|contest|running|bid|purchase|takeover)\b…\b(?:for|of) (?:@b|…(?P<s>\ue002))",
    r"tabl|lodg|lob|put forward|dangl :: "
    r"@a~\b(?P<t>tabl\w+|lodg\w+|lobb\w+|lobs|put forward|dangl\w+)\b…\ue004…\bfor @b(?![’'\w])",
    r"until|deadline|has to decide|put up or shut up :: "
    r"@a~\b(?:has|have|had|was given|is given|got) until~\b(?P<t>offer|bid)\b…\bfor @b",
    r"position|holding|stake|interest|shareholding :: "
    r"@a~\b(?P<t>lift\w*|rais\w*|increas\w*|boost\w*|grow\w*|build\w*|built|doubl\w*|top\w* up|add\w* to)\b its (?:\w+ )?(?:position|holding|stake|interest|shareholding)\b (?:in|of) @b…\bto \ue005",
)
SOLD = (
    r"found|finds|home|taker|owner :: "
    r"@a~\b(?:found|finds?|has found) (?P<t>an? (?:home|taker|new owner|new home|buyer))\b for…\ue002~\b(?:with|in) @b",
    r"shop|hawk|feelers|tout :: "
    r"@a~\b(?P<t>shop(?:s|ping|ped) (?:around )?|hawk\w*|put\w* out feelers (?:on|for)|tout\w*|is marketing)\b ?(?:its|the|their) …\ue002",
)
GIVEN = (  # g gives b money
    r"stand|stood :: @g['’]?s?~\b(?P<t>stands?|stood|standing) behind @b~\bwith\b…\ue004",
    r"weight behind|back|help|support|prop|shore|bail :: "
    r"@g~\b(?P<t>put\w* (?:its|their) weight behind|back(?:s|ed|ing)?|help(?:s|ed)?|support(?:s|ed)?|prop(?:s|ped)? up|shor(?:es|ed) up|bail(?:s|ed)? out)\b @b…\b(?:with|to the tune of)\b…\ue004",
    r"cover|foot|pick :: "
    r"@g~\b(?P<t>cover(?:s|ed|ing)?|foot(?:s|ed|ing)? the bill for|pick(?:s|ed)? up)\b…\ue004 (?:of|towards?) @b['’]s?",
    r"so that|to let|to help|to enable :: "
    r"@g~\b(?P<t>stump\w* up|put\w* up|provid\w*|find\w*|found|giv\w*|gave|pay\w*|paid|chip\w* in|set\w* aside|lend\w*|lent)\b…\ue004~\b(?:so that|to let|to help|to enable|so) @b",
    r"find|put :: "
    r"@g~\b(?P<t>(?:will|would|to|may) (?:find|put|stump up|come up with|advance|lend))\b…\ue004~\b(?:for|into|towards?)\b…(?:@b|\ue002)",
)
GOT = (  # a gets money, from g where told
    r"behind :: "
    rf"@a~\b(?P<t>has|have|had|got|with)\b…\ue004~\b(?:of|in)\b~@g['’]?s? (?:\w+ )?{_FUNDS}\b",
    r"count on|rely on|bank on|look forward to|in line for :: "
    r"@a~\b(?P<t>(?:can|may|could|is to|will|is) (?:count on|rely on|bank on|look forward to|in line for))\b…\ue004…\bfrom @g",
    r"want|seek|ask|need|after|request|appl :: "
    rf"@a~\b(?P<t>wants?|seeks?|sought|asks? for|asked for|needs?|is after|requests?|requested|applie[sd] for|has applied for)\b…\ue004 (?:of|in)\b~@g['’]?s? (?:\w+ )?{_FUNDS}\b",
    r"get|receive|see :: "
    r"@a['’]s? (?:smelters?|mines?|plants?|refiner(?:y|ies)|works|projects?|factor(?:y|ies))\b~\b(?P<t>gets?|got|receives?|received|is to get|are to get|will get)\b…\ue004~\bfrom @g",
    r"at-the-market|rights issue|share sale|placing|placement|bond sale|sale of stock|sale of shares :: "
    r"@a~\b(?P<t>scrap\w* together|drumm\w+ up|cobbl\w+ together|gather\w*|found|rustl\w+ up|collect\w*|scoop\w*|pull\w* in|rak\w+ in|t(?:ook|akes|aken) in|took)\b…\ue004…\b(?:in|from|through|by|via|with)\b…\b(?:at-the-market|rights issue|share sale|placing|placement|bond sale|sale of (?:stock|shares|notes|bonds))",
    r"tap :: @a~\b(?P<t>tapp?(?:s|ed|ing)?) (?:the|its|equity|debt|capital|bond|local|investors)…\b(?:market|markets|investors|shareholders|holders|lenders|banks)?…\bfor…\ue004",
    r"enlarg|upsiz|widen|rais|lift|increas|doubl|extend :: "
    r"@a['’]s? …\b(?:facility|credit line|line of credit|loan|debt package)\b~\b(?P<t>enlarged|upsized|widened|raised|lifted|increased|doubled|extended)\b~\bto \ue004(?:…\bby (?:@g|its (?:banks|lenders)))?",
)
BACKED = (  # a is given money by g, no sum told
    r"cheque|check|loans|grants|money :: "
    r"@g~\b(?P<t>wr(?:itten|ote|ites|iting) (?:out )?(?:cheques?|checks?)|(?:granted|given|gave|made|handed) (?:out )?(?:loans|grants|money))\b (?:for|to) @a",
)
VENTURES = (
    r"into :: "
    r"@aa~\b(?P<t>(?:propos|plan|agre|will|are to|want|intend|decid|mean|aim)\w*)\b…\b(?:put|putting|fold|pool|place|inject|roll|combin|bring)\w*\b[^;]{0,60}?\binto (?:an?|one) (?:\w+ ){0,2}?(?:joint venture|JV|company|venture)\b",
    r"pact|deal|agreement|memorandum|accord|hands :: "
    r"@aa~\b(?:shook|shake|shaken|struck|strike|agreed|agree|signed|sign|inked|made|sealed)\b~\b(?P<t>pact|deal|agreement|memorandum|accord|hands)\b~\b(?:side by side|together|jointly|shoulder to shoulder|in tandem|in harness)\b",
    r"own|held|share|run :: "
    r"\b(?P<t>company|vehicle|entity|venture|firm) (?:that is |which is )?(?:to be )?(?:owned|held|shared|split|run)~\bby @aa",
    r"lot with|its hat|forces|its luck :: "
    r"@a~\b(?P<t>throws?|threw|thrown|throwing|cast|casts)\b (?:in )?(?:its|their) (?:lot|hat)(?: in)? with @b",
    r"put up|share|split|own|hold|fund|go halves :: "
    r"@aa~\b(?:will |would |to |are to |have agreed to |agreed to )?(?P<t>each (?:put up|own|hold|fund|take|pay|have|contribute)|share|split|go halves|go fifty-fifty)\b…\b(?:half|equally|evenly|50|\ue005|fifty|costs|ownership|works|plant|venture)",
    r"left|leav|quit|pull|walk|exit|alone :: "
    r"@a~\b(?:goes it alone|going it alone|presses on|carries on|go it alone|is on its own|left alone)\b…\b(?:after|now that|since|when|as|because) @b~\b(?P<t>left|has left|quit|has quit|pulled out|walked away|walked out|has pulled out|exited|withdrew|dropped out)",
    r"between them :: @aa~\b(?P<t>(?:will|to|are to|plan to|agreed to|would) (?:run|build|develop|own|operate|fund|finance|hold))\b~\bbetween them\b",
    r"dissolv|wound up|broke up|break up|buried :: "
    r"@aa~\b(?P<t>dissolv\w*|wound up|broke up|break up|buried|called off|disband\w*)\b~\b(?:company|vehicle|alliance|venture|club|firm|project|partnership)\b",
)
STATES = (
    r"partnership|alliance|pact|accord|roadmap|memorand|agreement :: "
    r"@ss[^;]{0,60}?(?:\ue003|minerals?|metals?|batter|raw materials|rare[- ]earth|hydrogen)[^;]{0,40}?\b(?:at the heart of|part of|covered by|the subject of|in) (?:an? |the |their )?(?:new |strategic )*(?P<t>partnership|alliance|pact|accord|roadmap|memorandum|agreement)\b",
)
EARNS = (
    r"walk|come|end up|emerge|finish :: "
    rf"@a~\b(?P<t>hand(?:s|ed)?|pay(?:s|ing)?|paid|spend(?:s|ing)?|put(?:s|ting)?|giv(?:es|ing)|invest(?:s|ing)?)\b~(?:@b~)?\ue004[^;]{{0,70}}?\b(?:walk\w* away|com\w+ away|end\w* up|emerg\w+|finish\w*|left) with\b…\ue005…{_GROUND}",
    r"must|has to|have to|needs to :: "
    rf"\b(?:earn-?in|farm-?in|option)\b[^;]{{0,40}}?@a~\b(?P<t>(?:must|has to|have to|needs to|is to) (?:drill|spend|fund|pay|explore|complete|sink))\b~{_GROUND}",
    r"if it|provided it|by : if it|once it has :: "
    rf"@a~\b(?P<t>(?:may|can|could|will) (?:take|own|get|have|earn|gain|acquire|hold))\b…(?:\ue005|majority|half|three-quarters|control) of @b['’]s~{_GROUND}~\b(?:if|provided|once|when) it\b…\b(?:put|spend|spent|fund|drill|pay|sink)\w*",
    r"pair|unit|link|bring :: "
    r"\b(?P<t>(?:search|exploration|prospecting|generative) (?:alliance|partnership|venture|pact|deal|programme|program))\b[^;\ue000\ue007]{0,40}?\b(?:pairs?|unit(?:es|ing)|links?|brings? together|joins|between) @a (?:with|and|to) @b2",
    r"farm :: @a~\b(?P<t>farm(?:s|ed|ing)? (?:in|into|out))\b @b['’]s",
    r"foot in the door|way into|entry :: "
    rf"@a~\b(?P<t>pay(?:s|ing)?|paid|spend(?:s|ing)?)\b…\ue004 (?:to get|for|to gain|to win|to buy) (?:an? |its )?(?:foot in the door|way into|entry|foothold)\b~(?:@b['’]s)?~{_GROUND}",
    r"right|option :: "
    rf"@a~\b(?P<t>walk\w* (?:off|away from)|hand\w* back|giv\w* up|gave up|dropp?\w*|let\w* go of|surrender\w*)\b @b['’]s~{_GROUND}~\b(?:right|option)\b",
)
SEEKERS = (
    r"let|allow|grant|permit|invit :: "
    r"(?P<c>\ue001)~\b(?P<t>lets?|allow(?:s|ed)?|permit(?:s|ted)?|invit(?:es|ed)) @a\b[^;\ue000\ue007]{0,20}?\b(?:prospect|explor|search|look|hunt|drill)",
)
