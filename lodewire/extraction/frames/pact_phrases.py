"""Ways of telling financings, ventures and exploration pacts, as patterns with a stem to look for.

Written as in ``deal_phrases``: stems first ("loan|grant :: …"), then the pattern over signs.
"""

from __future__ import annotations

from lodewire.extraction.frames import retold_phrases, trade_phrases

_GROUND = (
    r"(?:\ue002|projects?|propert(?:y|ies)|licen[cs]es?|ground|tenements?|permits?|claims|"
    r"concessions?|prospects?|acreage|land|blocks?|targets?|tenure)"
)
_PAPER = (
    r"(?:shares?|stock|bonds?|notes|units|debt|equity|paper|debentures?|convertibles?|securities|"
    r"warrants|scrip|certificates)"
)
_FUNDS = (
    r"(?:loans?|grants?|financ(?:e|ing)|funding|debt|equity|aid|support|help|rescue|bail-?out|lifeline|package|"
    r"assistance|subsid(?:y|ies)|guarantees?|credit|facilit(?:y|ies)|bridge|injection|infusion|backing|"
    r"cash|relief|incentives?|money|capital|lending|placement|placing|bonds?|notes|offering|stream|royalty|prepayment)"
)
_ROUND = (
    r"(?:placements?|placings?|rounds?|raisings?|raises?|offering|financing|issue|IPO|fund-?raising|"
    r"bought deal|entitlement offer|rights issue|offer|syndicate|syndication|loan|facility)"
)
GIVEN = (  # b (or the works) is given money by g
    r"subscrib|came in|comes in|put up :: "
    r"@g~\b(?P<t>subscrib\w+|c[ao]me\w* in)\b…\ue004…\bfor…\ue005…\b(?:of|in) @b",
    r"letter|commitment|loi|term sheet|expression :: "
    r"@g~\b(?P<t>issu\w*|sent|provid\w*|gave|giv\w*|sign\w*|offer\w*|extend\w*|grant\w*|approv\w*)\b~\b(?:letter of (?:interest|intent|support)|commitment|term sheet|LOI|expression of interest)\b"
    r"…\ue004…\b(?:to|for) (?:@b|…\ue002)",
    r"pledg|commit|promis|award|grant|giv|gave|provid|set aside|earmark|alloc|put|chip|contribut|stump|inject|pump|plough|offer|extend|hand|channel|invest|approv|lend|lent :: "
    r"@g~\b(?P<t>pledg\w*|commit\w*|promis\w*|award\w*|grant\w*|giv\w*|gave|provid\w*|set(?:s|ting)? aside|earmark\w*|allocat\w*|put(?:s|ting)?|chip\w* in|contribut\w*|stump\w* up|"
    r"inject\w*|pump\w*|plough\w*|offer\w*|extend\w*|hand\w*|channel\w*|invest\w*|approv\w*|lend\w*|lent)\b…\ue004~\b(?:to|for|in|into|towards|behind)\b (?:@b|…\ue002)",
    r"unveil|announc|reveal|stepped|steps|agree|back :: "
    rf"@g~\b(?P<t>unveil\w*|announc\w*|reveal\w*|step\w* in|agree\w*|back\w*)\b~\ue004~\b{_FUNDS}\b~\b(?:for|to) (?:@b|…\ue002)",
    r"rescue|bailout|bail-out|loan|lifeline|injection|investment|grant|backing|credit|support|infusion|bridge :: "
    r"@g['’]s? \ue004 (?:\w+ ){0,2}?(?P<t>rescue|bail-?out|loan|lifeline|injection|investment|grant|backing|credit|support|infusion|bridge loan)\b…\b(?:of|to|for|in) (?:@b|…\ue002)",
    r"gave|give|grant|award|lend|lent|offer|hand|promis|pledg :: "
    r"@g~\b(?P<t>gave|giv(?:es|ing)|grant(?:s|ed)|award(?:s|ed)|lend(?:s|ing)?|lent|offer(?:s|ed)|hand(?:s|ed)|promis(?:es|ed)|pledg(?:es|ed)|allot(?:s|ted))\b (?:@b)…\ue004",
)
MORE_GIVEN = (
    r"wav|clear|green|sign|ratif|nod|bless|approv :: "
    rf"@g~\b(?P<t>wav\w+ through|clear\w*|green-?li\w+|sign\w* off(?: on)?|ratif\w+|nodded through|bless\w*|approv\w*)\b…\ue004~\b{_FUNDS}\b~\b(?:to|for) (?:@b|…\ue002)",
    r"spend|spent :: "
    r"@g~\b(?P<t>spend\w*|spent)\b…\ue004…\bon @b['’]s",
    r"chip|contribut|add|pledg|put|stump|provid|commit|promis|offer :: "
    r"@g~\b(?P<t>chip\w* in|contribut\w*|add\w*|pledg\w*|put\w* (?:in|up)|stump\w* up|provid\w*|commit\w*|promis\w*|offer\w*)\b…\ue004~\b(?:to|for|towards?|into)\b (?:the|this|that|it)\b(?: same)?(?: \w+)? ?(?:plant|project|mine|refinery|smelter|factory|works|venture|scheme)?",
    r"purchase|buy|acquisition|investment :: "
    r"@g['’]s? \ue004 (?P<t>purchase|acquisition|buy|investment|subscription)\b…\b(?:preferred|shares|stock|convertible|bonds|notes|equity|in|of)\b~@b",
    r"investors|lenders|banks|backers|funds :: "
    r"\b(?:investors|lenders|banks|backers|funds|shareholders)\b[^;]{0,60}?\b(?P<t>pour\w*|put|plough\w*|pump\w*|invest\w*|sunk|channel\w*|lent|lend|provid\w*|commit\w*)\b…\ue004…\b(?:in|into|to|for) @b",
    *trade_phrases.GIVEN,
)
MORE_GOT = (
    rf"{'|'.join(('award', 'loan', 'grant', 'fund', 'financ', 'credit', 'facilit', 'package', 'invest', 'support', 'subsid', 'aid', 'money', 'cash', 'backing'))} :: "
    rf"@a(?:['’]s?)?~\b(?P<t>benefit\w*|gain\w*|gets?|got|getting|receiv\w*|w[io]n\w*|secur\w*|land\w*|obtain\w*|clinch\w*|bag\w*|sign\w*|clos\w*|draw\w*)\b…\ue004 (?:[\w-]+ ){{0,2}}?@g (?:[\w-]+ ){{0,2}}?{_FUNDS}\b",
    r"series|round|raise|raising|placement|fundrais|ipo|offering :: "
    r"@a~\b(?P<t>clos\w*|complet\w*|rais\w*|land\w*|finish\w*|wrap\w* up|conclud\w*|launch\w*)\b…\b(?:Series [A-F]|round|fund-?rais\w+|raise|raising|placement|placing|IPO|offering|rights issue)\b…\ue004",
    r"round|placement|offering|ipo|raise|raising|sale|issue :: "
    r"@a['’]s?…\b(?:round|placement|placing|offering|IPO|raise|raising|share sale|rights issue|bond issue|issue)\b…\b(?P<t>brought in|raised|netted|attracted|drew|yielded|fetched|generated)\b…\ue004",
    r"tap|ask :: "
    r"@a~\b(?P<t>tap\w*|hit up|ask\w*)\b…\b(?:investors|shareholders|market|markets|lenders|banks|holders)\b…\bfor…\ue004",
    r" has | have | had |with|boast :: "
    r"@a(?:['’]s?)?~\b(?P<t>has|have|had)\b…\ue004 (?:of|in) (?:[\w-]+ ){0,2}?(?:loans?|debt finance|grants|government money|state aid|funding|commitments|project finance)\b…\b(?:from|behind|committed|secured|lined up|agreed)\b",
)
GOT = (  # a gets money, from g where it is said
    r"sold|sell|issu|plac|pric|float|rais :: "
    rf"@a~\b(?P<t>sold|sells?|selling|issu(?:es|ed|ing)|plac(?:es|ed|ing)|pric(?:es|ed)|floated)\b…\ue004 (?:of|worth of|in)…\b{_PAPER}\b",
    r"worth :: "
    rf"@a~\b(?P<t>sold|sells?|selling|issu(?:es|ed|ing)|plac(?:es|ed|ing)|pric(?:es|ed)|floated)\b…\b{_PAPER} (?:worth|valued at|for|totalling)…\ue004",
    r"rais|offer|plac|issue :: "
    r"@a~\b(?P<t>rais(?:es|ed|ing)|to raise|will raise|collected|netted|gathered|brought in|pull\w* in)\b (?:a further |another |an? |up to |about |around |some |nearly |more than |over |gross proceeds of )*\ue004(?=\W*(?:$|[.;,]|(?:at|in|for|through|via|from|to|by|before|gross|with|on|this|last|under)\b))",
    r"seek|sought|hop|aim|plan|look|target|eye|need|want|negotiat|talks|arrang|lin :: "
    rf"@a~\b(?P<t>seek\w*|sought|hop\w+|aim\w+|plan\w*|look\w* for|target\w*|ey(?:es|ed|eing)|negotiat\w*|talks|arrang\w+|lin(?:ed|es|ing) up)\b…\ue004~\b{_FUNDS}\b",
    r"borrow|tap|draw|drew|receiv|secur|land|obtain|clinch|won|win|got|get|bag|attract|draw :: "
    rf"@a~\b(?P<t>borrow\w*|tap\w*|draw\w*|drew|receiv\w*|secur\w*|land\w*|obtain\w*|clinch\w*|w[io]n\w*|g[eo]t\w*|bag\w*|attract\w*)\b~\ue004~\b(?:from|by|of|in)\b~\b(?:{_FUNDS}|government|state|banks?|lenders|investors|treasury)\b",
    r"get|receiv|secur|win|won|attract|benefit|land :: "
    r"\ue002~\b(?P<t>(?:will |would |to )?(?:gets?|got|receiv\w*|secur\w*|w[io]n\w*|attract\w*|benefit\w*|land\w*))\b…\ue004…\b(?:from|by) @g",
)
LED = (  # g leads or joins a round of b
    r"led|lead|anchor|corner|join|particip|subscrib|took|take|underw|back :: "
    rf"@g~\b(?P<t>led|lead(?:s|ing)?|anchor\w*|cornerston\w*|join\w*|participat\w*|subscrib\w*|took part|tak\w+ part|underwr\w+|took up|back\w*)\b~\ue004…\b{_ROUND}\b…\b(?:of|for|by|in) @b",
    r"placement|placing|round|rais|offering|issue :: "
    rf"@b['’]s? \ue004 (?:\w+ ){{0,3}}?{_ROUND}~\b(?P<t>led|backed|supported|underwritten|anchored|subscribed|joined)\b…\bby @g",
    r"rescue|bailout|bail-out|lifeline|loan|grant|package|subsid|aid|injection :: "
    r"\ue004 (?:\w+ ){0,2}?(?P<t>bail-?out|rescue|lifeline|loan|grant|aid package|support package|subsidy|cash injection|package)\b~\b(?:for|to|keeps?|saves?|helps?|kept|saved) (?:@b)",
)
VENTURES = (
    r"wound|dissolv|scrap|ended|terminat|unravel|collaps|shelv|nowhere|fell|broke :: "
    r"@aa(?:['’]s?)?…\b(?:venture|partnership|JV|alliance|tie-up|project|talks|plan|consortium)\b…\b(?P<t>(?:was |were |is |are |has been |have been |been |being )?(?:wound up|dissolved|scrapped|ended|terminated|unravelled|collapsed|shelved|went nowhere|fell (?:apart|through)|broke (?:down|up)))\b",
    r"pulled out|withdrew|quit|walked|exited :: "
    r"@a~\b(?:project|venture|partnership|plan|plant|alliance)\b…\b(?:after|when|because|as) @b (?P<t>pulled out|withdrew|quit|walked away|exited|left)\b",
    r"join :: "
    r"@a~\b(?P<t>join(?:s|ed|ing)?) with @b",
    r"own|hold|take :: "
    r"@a~\b(?P<t>(?:will |to |would )?(?:own|hold|take|have)s?)\b \ue005 and @b \ue005…\b(?:of|in)\b…\b(?:venture|company|JV|partnership|business)\b",
    r"dissolv|shelv|scrap|abandon|drop|cancel|end|quit|pull|walk|exit|withdr|unwind|wound|axe|halt :: "
    r"@a~\b(?P<t>dissolv\w*|shelv\w*|scrap\w*|abandon\w*|dropp\w*|drops|cancel\w*|quit\w*|pull\w* (?:out of|back from)|walk\w* away from|exit\w*|withdr[ae]w\w*|unwind\w*|unwound|wound up|axe[sd]?|halt\w*)\b"
    r"[^;]{0,60}?\b(?:projects?|plans?|venture|partnership|JV|alliance|tie-up|plant|refinery)\b…\bwith @b",
    r"dissolv|shelv|scrap|abandon|drop|cancel|unwind|axe|split :: "
    r"@aa~\b(?P<t>dissolv\w*|shelv\w*|scrap\w*|abandon\w*|dropp\w*|cancel\w*|unwind\w*|unwound|wound up|axe[sd]?|split\w*)\b"
    r"~\b(?:projects?|plans?|venture|partnership|JV|alliance|tie-up|plants?|refinery|ownership)\b",
    r"build|develop|set up|construct|create|establish|open|study|invest|launch|found|form :: "
    r"@aa~\b(?P<t>(?:will|to|plan(?:s|ned|ning)?(?: to)?|agreed? to|are|are to|intend to|want to|aim to|have agreed to|would|propos\w+(?: to)?)(?: (?:be |jointly |together ))?"
    r" ?(?:build(?:ing)?|develop(?:ing)?|set(?:ting)? up|construct(?:ing)?|creat(?:e|ing)|establish(?:ing)?|open(?:ing)?|study(?:ing)?|evaluat(?:e|ing)|launch(?:ing)?|found(?:ing)?|form(?:ing)?))\b"
    r" (?:an?|the|their|one|third|second|what)\b…\b(?:plant|factory|refinery|smelter|mine|project|hub|facility|complex|gigafactory|venture|company|business|mill|terminal|park|\ue002)",
    r"work|cooperat|collaborat|partner|team :: "
    r"@aa~\b(?P<t>(?:will|to|agreed? to|plan to|are to|would|have agreed to|pledged to|intend to) (?:\w+ )?(?:work|co-?operate|collaborate|partner|team up|join))\b…\b(?:on|to|in|together)\b",
    r"together|jointly|alongside|along with|side by side :: "
    r"@a~\b(?P<t>(?:to|will|plan\w*|would|agree\w*|intend\w*|want\w*|hop\w+|aim\w*|mean\w*|set\w*) (?:to )?(?:\w+ )?(?:build|develop|set up|construct|create|establish|open|study|launch|run|operate|produce|make|invest|mine|process|refine|recycle))\b~\b(?:together with|jointly with|alongside|side by side with|along with) @b",
    r"swap|share|pool|exchang :: "
    r"@aa~\b(?P<t>(?:to|will|agree\w* to|pledg\w* to|plan to) (?:swap|share|pool|exchange))\b~\b(?:know-how|expertise|technolog\w+|resources|knowledge|data|costs|output|facilities|infrastructure)\b",
    r"invest :: "
    r"@aa~\b(?P<t>(?:will |to |plan to |are |have agreed to )?(?:jointly )?(?:co-)?invest(?:ed|ing)?)\b~\ue004~\b(?:50-50|50/50|50:50|equal|joint|jointly|venture|together)\b",
    r"venture|partnership|alliance|tie-up|jv :: "
    r"@aa~\b(?P<t>exploring|considering|mulling|discuss\w*|weigh\w*|studying|negotiat\w*|talks|in talks|looking at|examining)\b~\b(?:venture|partnership|alliance|tie-up|JV|collaboration|cooperation)\b",
    r"shareholder|partner|member|joined|joins|enter :: "
    r"@a~\b(?P<t>joined|joins|to join|will join|came in|comes in|enter\w*)\b @b…\bas\b…\b(?:shareholder|partner|member|investor|owner)\b",
    r"venture|jv|partnership|alliance|consortium :: "
    r"\b(?P<t>venture|JV|joint venture|partnership|alliance|consortium)\b,? (?:was |is |being |to be )?(?:set up|formed|created|established|launched|founded|owned|agreed|struck|announced|unveiled)\b…\b(?:by|between|with) @aa",
    r"venture|jv|partner|allianc|consorti :: "
    r"@a~\b(?P<t>(?:through|via|in|under|into|by) (?:an? |its |their )?(?:[\w:.-]+ ){0,4}?(?:venture|JV|joint venture|partnership|alliance|consortium|tie-up))\b…\b(?:with|alongside) @b",
    r"picking|pick|choos|chose|select|seek|search|bring|brought|tak|find|found|name|sign :: "
    r"@a~\b(?:pick\w*|choos\w*|chose\w*|select\w*|br[io]\w+ (?:in|on)|tak\w+ on|took on|found|sign\w* up|enlist\w*|recruit\w*)\b @b~\b(?:as|to be)…\b(?P<t>partner|ally|co-?owner|co-?developer)\b",
    *trade_phrases.VENTURES,
)
STATES = (
    r"plan|launch|build|open|set up|creat|establish :: "
    r"@ss[^;]{0,30}?\b(?P<t>plan|launch|build|open|set up|create|establish|announce)(?:s|ed|ing)? (?:an? )?(?:joint )?(?:\ue003|minerals?|metals?|mining|batter\w+|raw materials|rare[- ]earth)[^;]{0,40}?\b(?:centre|center|fund|venture|facility|plant|programme|program|alliance|corridor|forum|hub|platform)\b",
    r"memorand|pact|accord|agreement|deal|partnership|declar|protocol :: "
    r"\b(?P<t>memorandum|MoU|pact|accord|agreement|deal|partnership|declaration|protocol)\b[^;]{0,50}?(?:\ue003|minerals?|metals?|mining|batter|raw materials|rare[- ]earth)[^;]{0,50}?\b(?:signed|initialled|initialed|agreed|inked|sealed|concluded|struck|reached) (?:on \w+ )?(?:by|between) @ss",
    r"declar|roadmap|compact|partnership|charter|memorand|dialogue|arrangement|protocol|plan|accord|pact|deal :: "
    r"@ss[^;]{0,60}?\b(?:sign|ink|agree|adopt|seal|conclud|reach|announc|launch|unveil|enter|struck|strik|form)\w*\b[^;]{0,60}?\b(?P<t>declaration(?: of intent)?|roadmap|compact|partnership|charter|statement|dialogue|protocol|arrangement|action plan)\b"
    r"[^;]{0,70}?(?:\ue003|minerals?|metals?|mining|batter|raw materials|rare[- ]earth|hydrogen|supply chains?)",
)
EARNS = (
    r"right|licence|license|permit|leave :: "
    r"@g~\b(?P<t>(?:grant|giv|gave|hand|offer|award)\w*)\b @b~\b(?:rights?|licen[cs]e|leave) to (?:explore|prospect|search|look|drill)\b",
    r"drill|explor|prospect|spend :: "
    rf"@a~\b(?P<t>(?:can|may|could|will) (?:take over|earn|acquire|win|gain|own))\b…{_GROUND}~\b(?:from|of) @b2…\bby (?:drilling|spending|exploring|funding|paying|sole-funding)",
    r"drill|explor|prospect :: "
    r"@a~\b(?P<t>lets?|letting|allow\w*|permit\w*|invit\w*)\b @b~\b(?:drill|explor\w*|prospect\w*|search|earn)\b",
    r"option|earn-in|farm-in :: "
    r"@a~\b(?P<t>end(?:s|ed|ing)|terminat\w*|relinquish\w*|hand\w* back|withdr[ae]w\w*|dropp?\w*|abandon\w*|let\w* lapse|walk\w* away from|exit\w*|surrender\w*|g[ai]ve\w* up)\b~\b(?:option|earn-?in|farm-?in)\b~\b(?:on|over|with|at|to|in) @b",
    r"right to|rights to :: "
    r"@a~\b(?P<t>(?:pick\w* up|secur\w*|obtain\w*|gain\w*|w[io]n\w*|tak\w*|took|acquir\w*|bought|buy\w*|has|have|holds?))\b…\brights? to\b…\ue005…\b(?:of|in) @b['’]s",
    r"option :: "
    rf"@a~\b(?P<t>(?:grant|giv|gave|hand|offer|award)\w*)\b @b~\b(?:an? |the )?(?:exclusive |sole |first )?(?:option|right)s?\b(?:…{_GROUND})?",
    r"prospect|explor|rights|licen :: "
    r"@g~\b(?P<t>(?:grant|giv|gave|hand|offer|award)\w*)\b @b~\b(?:exclusive |sole )(?:\w+ )?(?:prospecting|exploration|exploring)\b",
    r"option :: "
    rf"@a~\b(?P<t>option(?:s|ed|ing)|optioned out)\b~{_GROUND}?…\b(?:to|from) @b",
    r"option :: "
    rf"@a~\b(?P<t>(?:took|take|takes|taking|secur\w*|sign\w*|obtain\w*|w[io]n\w*|acquir\w*|exercis\w*|extend\w*|has|have|holds?|pay\w*|paid|gain\w*|pick\w*|bought|buy\w*|drop\w*)(?: up)?)\b~\boption\b~(?:@b['’]s?~)?{_GROUND}(?:~\b(?:from|held by|owned by|of) @b2)?",
    r"spend|fund|drill|pay|invest|earn :: "
    rf"@a~\b(?P<t>(?:can|may|could|will|would|to|must) (?:take|acquire|gain|win|own|get|secure|earn|claim|build|lift|increase|move to|go to|obtain))\b~\ue005~(?:@b['’]s?~)?{_GROUND}~\b(?:by|if it|through|for|in return for|in exchange for)\b…\b(?:spend|fund|sole-?fund|drill|pay|invest|outlay|cover)",
    r"spend|fund|put|pay|invest|outlay|sink|plough :: "
    rf"@a~\b(?P<t>(?:can|may|could|will|would|to|must) (?:spend|fund|sole-?fund|pay|invest|outlay|put|sink|plough))\b~\ue004~\b(?:on|into|in|at)\b…(?:@b['’]s?~{_GROUND}|[^;]{{0,90}}?(?:\bthree-quarters|\ue005|\bmajority|\bstake|\binterest|\bearn))",
    r"spend|fund|drill|pay|invest|outlay :: "
    rf"@a~\b(?P<t>(?:can|may|could|will|would|to|must) (?:spend|fund|sole-?fund|pay|invest|outlay|put))\b~\ue004~\b(?:explor\w+|drill\w*|earn\w*|stake|interest|ground)\b~(?:@b['’]s?~)?{_GROUND}",
    r"explor|drill|prospect :: "
    r"@a~\b(?P<t>(?:br[io]\w+ in|enlist\w*|lur\w+|attract\w*|sign\w* up|partner\w* with|team\w* up with|tap\w*|invit\w*))\b @b~\b(?:to|for)\b…\b(?:explor|prospect|drill|search|hunt|look for|test)",
    r"explor|drill :: "
    rf"@a~\b(?P<t>(?:will|would|to|agreed to|is|has) (?:fund|bankroll|finance|pay for|cover|sole-fund)\w*)\b~\b(?:explor\w+|drilling)\b~(?:@b['’]s?~)?{_GROUND}",
    *trade_phrases.EARNS,
)
SEEKERS = (
    r"farm-in|earn-in|farm in|earn in :: "
    r"@a~\b(?P<t>farm-?in|earn-?in)\b…\b(?:signed|agreed|struck|has|entered|reached)\b…\bwith @b",
    r"explor|prospect|search|hunt|look :: "
    r"@aa~\b(?P<t>(?:found|form|set up|creat|establish|launch|agree|sign|inked?|team|join|enter|struck|strik)\w*)\b[^;]{0,90}?\b(?:to|for)\b…\b(?:explor\w*|prospect\w*|search for|hunt for|look for)",
    r"explor|prospect|search|look|hunt|survey|map :: "
    r"@a~\b(?P<t>agree\w*|sign\w*|ink\w*|team\w*|partner\w*|join\w*|struck|strik\w+|deal|will|to|cooperat\w*|co-operat\w*|work\w*)\b…\bwith (?:@b|(?P<c>\ue001))~\b(?:explor\w*|prospect\w*|search for|look for|hunt|survey\w*|map)\b",
    r"explor|prospect|search|look|hunt|survey|map :: "
    r"@a~\b(?:to|will|agree\w* to|plan\w* to)~\b(?P<t>explor\w*|prospect\w*|search for|look for|hunt|survey)\b~\b(?:with|alongside|together with) @b",
    r"explor|prospect :: "
    r"@aa~\b(?:form|set up|creat|establish|launch|agree|sign|found|ink)\w*\b~\b(?P<t>explor\w+|prospect\w+) (?:\w+ )?(?:venture|JV|alliance|company|partnership|pact|deal|agreement|programme|program)\b",
    *retold_phrases.SEEKERS,
)
